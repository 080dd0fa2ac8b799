"""Fetches all pages of one service: goes on where it was stopped, and ends where there is nothing new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from loaders.fields import KOREA, Fields, parse_date
from loaders.live.answer import ApiAnswer, Read, examine
from loaders.live.client import OK, Client
from loaders.live.endpoints import Batches, Endpoint, Numbered, Periods
from loaders.live.pages import PageFolder
from loaders.refusals import both
from loaders.source import Row

_DAY: Final = "%Y%m%d"
_MOST_PAGES: Final = 10_000
"""More than the daily quota of any of the services."""
_DATE_LENGTH: Final = len("2026-03-02")


@dataclass(frozen=True)
class HarvestRequest:
    """What a run asks a service for.

    ``store``: where it is loaded into. ``since``: only what is new since that day. ``queries``: the parts, in place of
    the service's own. ``numbers``: what is asked about, for a service that answers batches. ``is_new`` tells whether a
    row says anything that is not known.
    """

    now: datetime
    store: str = ""
    since: date | None = None
    queries: tuple[str, ...] = ()
    numbers: Sequence[str] = ()
    is_new: Callable[[Row], bool] = lambda _row: True

    @property
    def today(self) -> date:
        """Day of the run in Korea."""
        return self.now.astimezone(KOREA).date()


@dataclass
class Harvest:
    """What came of a run: the kept pages in order, how many were there already, their rows, and what to tell.

    ``failure`` is what ended the run early; the pages up to there are whole.
    """

    pages: list[Path] = field(default_factory=list)
    reused: int = 0
    rows: int = 0
    notes: dict[Wording, None] = field(default_factory=dict)
    failure: SourceError | None = None


@dataclass(frozen=True)
class _Track:
    """Pages that follow each other: parameters that all of them share, or one request with a body."""

    parameters: Mapping[str, str]
    body: object | None = None


@dataclass
class _Harvesting:
    endpoint: Endpoint
    client: Client
    folder: PageFolder
    read: Read
    wanted: HarvestRequest
    progress: Progress
    follows: bool
    made: Harvest = field(default_factory=Harvest)

    def follow(self, number: int, track: _Track) -> None:
        """Fetch a track to its end."""
        paging = self.endpoint.paging
        if not isinstance(paging, Numbered):
            answer = self._page(f"{number:04}", track.parameters, track.body)
            self._report_full(answer)
            return
        seen, before = 0, ApiAnswer([], None)
        for page in range(1, _MOST_PAGES + 1):
            own = {paging.page: str(seen + 1 if paging.by_row else page), paging.size: str(paging.rows)}
            answer = self._page(f"{number:04}-{page:05}", {**track.parameters, **own}, None)
            if answer.rows and [row.values for row in answer.rows] == [row.values for row in before.rows]:
                self._drop_last(answer)
                self.note(
                    "쪽 번호가 무시되어 같은 쪽이 되풀이됩니다", "the page number is ignored: the same page came again"
                )
                return
            seen, before = seen + len(answer.rows), answer
            if self._is_last(answer, seen, paging.rows):
                return

    def _page(self, name: str, parameters: Mapping[str, str], body: object | None) -> ApiAnswer:
        """Return a page, kept already or fetched now."""
        file = f"{name}.{self.endpoint.suffix}"

        def look(path: Path) -> ApiAnswer:
            return examine(path, self.endpoint, self.read)

        def take(said: bytes, status: int) -> ApiAnswer:
            found = self.folder.keep(file, said, look)
            if status != OK:
                self.folder.path(file).unlink()
            return found

        if self.folder.has(file):
            self.made.reused += 1
            answer = look(self.folder.path(file))
        else:
            answer = self.client.fetch(self.endpoint, parameters, body, take)
        self.made.pages.append(self.folder.path(file))
        self.made.rows += len(answer.rows)
        self.progress(f"{self.endpoint.name}: rows fetched", self.made.rows, answer.total)
        self._report_ignored_filter(answer)
        return answer

    def _drop_last(self, answer: ApiAnswer) -> None:
        self.made.pages.pop().unlink()
        self.made.rows -= len(answer.rows)

    def _is_last(self, answer: ApiAnswer, seen: int, rows: int) -> bool:
        """Whether nothing follows; rows are counted, since some servers give fewer on a page than asked for."""
        if not answer.rows or (len(answer.rows) < rows if answer.total is None else seen >= answer.total):
            return True
        return self.endpoint.newest_first and self._is_known(answer)

    def _is_known(self, answer: ApiAnswer) -> bool:
        """Whether the rest of a list that has the newest first is older than what is wanted, or known."""
        if self.wanted.since:
            return all(self._is_older(row) for row in answer.rows)
        return self.follows and not any(self.wanted.is_new(row) for row in answer.rows)

    def _is_older(self, row: Row) -> bool:
        since, field_name = self.wanted.since, self.endpoint.since.field if self.endpoint.since else ""
        written = Fields(row.values).text(field_name) or ""
        day = parse_date(written[:_DATE_LENGTH]) or parse_date(written)
        return bool(since and day and day < since)

    def _report_ignored_filter(self, answer: ApiAnswer) -> None:
        asked = self.endpoint.since is not None and bool(self.endpoint.since.parameter or self._by_period())
        if self.wanted.since and asked and any(map(self._is_older, answer.rows)):
            self.note(
                f"{self.wanted.since} 이후만 요청했으나 서버가 조건을 무시하여 더 오래된 것도 왔습니다",
                f"the server ignores what was asked for (since {self.wanted.since}): older rows came too",
            )

    def _by_period(self) -> bool:
        return isinstance(self.endpoint.paging, Periods)

    def _report_full(self, answer: ApiAnswer) -> None:
        most = self.endpoint.parameters.get("prt")
        if most and len(answer.rows) >= int(most):
            self.note(
                f"한 번에 {most}건까지만 주므로 더 있을 수 있습니다. --since 로 날짜별로 받으십시오",
                f"at most {most} rows come at a time, so there may be more; fetch day by day with --since",
            )

    def note(self, ko: str, en: str) -> None:
        """Keep something to tell, once."""
        self.made.notes[both(self.endpoint.title, ko, en)] = None


def harvest(
    endpoint: Endpoint,
    client: Client,
    folder: PageFolder,
    read: Read,
    wanted: HarvestRequest,
    *,
    progress: Progress = silent,
) -> Harvest:
    """Fetch the pages of a service into ``folder``; ``read`` is its loader's.

    A run that was killed goes on with the page that is missing. One that fails returns what it has, and why. Whoever
    has loaded the pages of one that does not fail finishes the folder's run.
    """
    follows = folder.begin(_asked(endpoint, wanted), wanted.now)
    work = _Harvesting(endpoint, client, folder, read, wanted, progress, follows)
    if wanted.since and endpoint.since is None:
        work.note(
            "이 API는 날짜로 물을 수 없어 전부 받습니다", "this API cannot be asked by day: everything is fetched"
        )
    try:
        for number, track in enumerate(_tracks(endpoint, wanted), start=1):
            work.follow(number, track)
    except SourceError as error:
        work.made.failure = error
    return work.made


def _asked(endpoint: Endpoint, wanted: HarvestRequest) -> dict[str, object]:
    """Return what tells one run from another, numbers as a digest, since they may be a person's."""
    digest = blake2b("\n".join(wanted.numbers).encode(), digest_size=16).hexdigest()
    return {
        "address": endpoint.address,
        "store": wanted.store,
        "since": wanted.since.isoformat() if wanted.since else "",
        "queries": list(wanted.queries or endpoint.queries),
        "numbers": digest,
    }


def _tracks(endpoint: Endpoint, wanted: HarvestRequest) -> Iterator[_Track]:
    paging = endpoint.paging
    if isinstance(paging, Batches):
        for start in range(0, len(wanted.numbers), paging.rows):
            yield _Track({}, {paging.member: list(wanted.numbers[start : start + paging.rows])})
    elif isinstance(paging, Periods):
        yield from (_Track(parameters) for parameters in _periods(paging, wanted))
    elif endpoint.asks_for:
        yield from (_Track({endpoint.asks_for: query}) for query in wanted.queries or endpoint.queries)
    elif wanted.since and endpoint.since and endpoint.since.parameter:
        yield _Track({endpoint.since.parameter: wanted.since.strftime(_DAY)})
    else:
        yield _Track({})


def _periods(paging: Periods, wanted: HarvestRequest) -> Iterator[dict[str, str]]:
    if wanted.since is None and not paging.back:
        yield {}
        return
    begin = wanted.since or wanted.today - timedelta(days=paging.back - 1)
    for step in count():
        first = begin + timedelta(days=step * paging.days)
        if first > wanted.today:
            return
        last = min(first + timedelta(days=paging.days - 1), wanted.today)
        yield {paging.first: first.strftime(_DAY)} | ({paging.last: last.strftime(_DAY)} if paging.last else {})
