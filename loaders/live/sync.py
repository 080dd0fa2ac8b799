"""What a daily job does: fetches each service that has its key, and loads its pages, in the order of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from graph_schema.catalog import node_type
from graph_schema.claims import claims_of
from graph_schema.errors import ConfigError
from graph_schema.model import NodeRef, NodeType
from graph_schema.progress import Progress, silent
from graph_schema.wording import Language, Wording
from loaders.fields import Fields
from loaders.frame import load
from loaders.live.answer import read_rows
from loaders.live.client import Client
from loaders.live.editions import newest_edition
from loaders.live.endpoints import ENDPOINTS, Batches, Endpoint
from loaders.live.harvest import Harvest, HarvestRequest, harvest
from loaders.live.keys import Keyring, variable
from loaders.live.pages import PageFolder
from loaders.refusals import both
from loaders.registry import SOURCES
from loaders.report import LoadReport, UnreadFilesError
from loaders.source import Row, Source
from stores.base import GraphStore
from stores.file_lock import exclusive

QUERIES_VARIABLE: Final = "DURE_SYNC_QUERIES"
_PROVENANCE: Final = frozenset({"id", "source", "source_id", "synthetic"})


@dataclass(frozen=True)
class Planned:
    """A service that is asked, or why it is not (``skipped``, None where it is)."""

    endpoint: Endpoint
    skipped: Wording | None = None


@dataclass(frozen=True)
class Synced:
    """What came of a service: what was fetched, and the load of it (None where nothing was to load)."""

    endpoint: Endpoint
    harvest: Harvest
    report: LoadReport | None = None
    failures: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class Sync:
    """The settings of a run: keys, what each service is asked for, a relay in place of the APIs' hosts, and folders."""

    keys: Keyring
    downloads: Path
    quarantine: Path
    queries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relay: str = ""
    language: Language = "en"
    """Of what is wrong with rows."""

    def plan(self, names: Sequence[str] = ()) -> list[Planned]:
        """Return the services to ask, those of ``names`` (services or sources) or all that a day needs.

        Of two services that have the same rows the first that has its key is asked. Raises ``ConfigError`` for an
        unknown name.
        """
        chosen = _chosen(names)
        planned: list[Planned] = []
        served: set[str] = set()
        for endpoint in chosen:
            reason = self._missing(endpoint)
            if endpoint.rows_of in served and endpoint.name not in names:
                continue
            if not reason:
                served.add(endpoint.rows_of)
            planned.append(Planned(endpoint.through(self.relay) if self.relay else endpoint, reason))
        return [each for each in planned if not (each.skipped and each.endpoint.rows_of in served)]

    def run(
        self,
        planned: Sequence[Planned],
        store: GraphStore,
        client: Client,
        *,
        since: date | None = None,
        progress: Progress = silent,
        now: datetime | None = None,
    ) -> Iterator[Synced]:
        """Fetch and load one service after the other; a failing one keeps none of the others from being loaded."""
        for endpoint in (each.endpoint for each in planned if not each.skipped):
            with exclusive(self.downloads / f"{endpoint.name}.lock"):
                yield self._sync_one(
                    newest_edition(endpoint, client), store, client, since, progress, now or datetime.now(UTC)
                )

    def _missing(self, endpoint: Endpoint) -> Wording | None:
        """Say what a service lacks to be asked, and where to get it."""
        if endpoint.key and endpoint.key not in self.keys:
            name = variable(endpoint.key)
            return both(
                endpoint.title,
                f"인증키가 없습니다. {endpoint.apply_at} 에서 발급받아 {name} 에 넣으십시오",
                f"no key; apply for one at {endpoint.apply_at} and put it into {name}",
            )
        if endpoint.asks_for and not (self.queries.get(endpoint.name) or endpoint.queries):
            setting = f'{QUERIES_VARIABLE}=\'{{"{endpoint.name}": ["…"]}}\''
            return both(
                endpoint.title,
                f"무엇을 물을지 정해지지 않았습니다. {setting} 로 정하십시오 ({endpoint.asks_for})",
                f"it is not said what to ask for; set {setting} ({endpoint.asks_for})",
            )
        return None

    def _sync_one(
        self,
        endpoint: Endpoint,
        store: GraphStore,
        client: Client,
        since: date | None,
        progress: Progress,
        now: datetime,
    ) -> Synced:
        source = SOURCES.get(endpoint.source)
        wanted = HarvestRequest(
            now,
            store.uri,
            since,
            self.queries.get(endpoint.name, ()),
            business_numbers(store) if isinstance(endpoint.paging, Batches) else (),
            news_to(store, source) if source else lambda _row: True,
        )
        read = source.read if source else read_rows
        folder = PageFolder(self.downloads / endpoint.name)
        made = harvest(endpoint, client, folder, read, wanted, progress=progress)
        failures = [made.failure.wording] if made.failure else []
        report = None
        if source and made.rows:
            try:
                spoken = replace(source, language=self.language)
                report = load(spoken, made.pages, store, quarantine_dir=self.quarantine, progress=progress, now=now)
            except UnreadFilesError as error:
                report = error.report
                failures.append(error.wording)
        if not failures:
            folder.finish()
        return Synced(endpoint, made, report, tuple(failures))


def business_numbers(store: GraphStore) -> list[str]:
    """Return the business numbers of all real companies of the graph that still stand, in order."""
    numbers: set[str] = set()
    for batch in store.read_nodes(node_type("Company")):
        rows = zip(*(batch[name].to_pylist() for name in ("business_number", "synthetic", "valid_to")), strict=True)
        numbers |= {number for number, made_up, ended in rows if number and not made_up and ended is None}
    return sorted(numbers)


def news_to(store: GraphStore, source: Source) -> Callable[[Row], bool]:
    """Return a test of whether a row of ``source`` says anything of its subject that ``store`` does not have.

    A row that cannot be read is no news: it waits as it did before. A bad cell says nothing.
    """

    def is_new(row: Row) -> bool:
        fields = Fields(row.values)
        said = source.transform(fields)
        entry = next((each for each in said.records if isinstance(each.element, NodeType) and not each.stub), None)
        if entry is None or not all(source.spoilt(fault, row.values) for fault in fields.faults):
            return False
        stored = store.get_node(NodeRef(entry.element.name, str(entry.values["id"])))
        known = claims_of(entry.element, stored).get(source.name) if stored else None
        return known is None or any(
            _plain(value) != _plain(known.get(name))
            for name, value in entry.values.items()
            if name not in _PROVENANCE and value not in (None, "")
        )

    return is_new


def _chosen(names: Sequence[str]) -> list[Endpoint]:
    if not names:
        return [endpoint for endpoint in ENDPOINTS.values() if endpoint.daily]
    known = {*ENDPOINTS, *(endpoint.source for endpoint in ENDPOINTS.values() if endpoint.source)}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigError(
            Wording(
                f"알 수 없는 출처입니다: {', '.join(unknown)}. 받을 수 있는 출처: {', '.join(ENDPOINTS)}",
                f"unknown source {', '.join(unknown)}; those that can be fetched are {', '.join(ENDPOINTS)}",
            )
        )
    return [endpoint for endpoint in ENDPOINTS.values() if {endpoint.name, endpoint.source} & set(names)]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value
