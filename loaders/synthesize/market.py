"""Support programmes as the made-up companies see them: themes, hidden taste, size and age, yearly window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loaders.synthesize.admission import Rules, read_rules
from loaders.synthesize.background import Background, strings
from loaders.synthesize.needs import SPAN, YEARS
from loaders.synthesize.sampling import Bools, Floats, Ints, as_day, normal, stream
from loaders.synthesize.taste import DIMENSION, Taste
from loaders.synthesize.themes import THEME_COUNT, THEMES

HALF_YEAR = 182
"""Days of a round; a programme's window opens in the same half of every year."""

_WINDOW_DAYS = (10, 60)
"""Bounds of the days to apply: a notice's own, outliers cut."""
_USUAL_DAYS = 30
"""Days to apply where a notice does not say; half of those of the sample that do have no more than 31."""
_ABSENT = -(10**9)
"""A day before all others, for programmes without one."""
_NEVER = -_ABSENT
"""A day after all others."""
_YEAR_DAYS = 365
"""After so many days a programme returns, in rounds of half a year and a day between years."""
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:년|\))")
"""The year that a call is for, as titles name it."""
_KINDS: dict[str, tuple[float, float, float]] = {
    "grant": (0.3, 1.4, 1.9),
    "loan": (0.5, 1.0, 2.0),
    "education": (0.9, 0.7, 1.4),
    "consulting": (0.3, 0.9, 1.7),
    "export": (0.0, 2.0, 2.2),
    "marketing": (0.4, 0.8, 1.6),
    "startup": (0.2, 0.7, 0.9),
    "workforce": (0.1, 1.7, 2.0),
    "rnd": (-0.2, 2.2, 2.1),
    "space": (-0.2, 1.2, 1.2),
    "other": (0.0, 1.2, 1.8),
}
"""Kind of programme: attraction, and the log of employees and of (age + 1) that it is made for."""

EDITION_PREFIX = "syn-"
"""Before the id of a notice: the id of its other editions."""
_CROWDING = 0.45
"""Programmes of one agency and kind share their applicants: each gets fewer, the more there are."""


@dataclass(frozen=True)
class Market:
    """Programmes somebody in the city may apply to, aligned arrays.

    ``opens`` is the first day of the window within its half-year, ``length`` its days, ``half`` 0 or 1; ``themes``
    (programmes, themes) and ``taste`` (programmes, D). The notice in ``programs`` holds from day ``earliest`` to day
    ``latest``: what happens on other days belongs to the programme's other ``editions``, a node of its own.
    """

    programs: pa.Table
    ids: npt.NDArray[np.object_]
    kind: npt.NDArray[np.object_]
    rules: Rules
    popularity: Floats
    themes: Floats
    taste: Floats
    size: Floats
    age: Floats
    half: Ints
    opens: Ints
    length: Ints
    earliest: Ints
    latest: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nodes(self) -> npt.NDArray[np.object_]:
        """Ids of the notices, and behind them those of their other editions; shape (2 x programmes,)."""
        return np.concatenate([self.ids, EDITION_PREFIX + self.ids])

    def node(self, program: Ints, day: Ints) -> Ints:
        """Return the position in ``nodes`` of what was applied to on ``day``: the notice where it held then."""
        return np.where(self.holds(program, day), program, program + len(self))

    def holds(self, program: Ints, day: Ints) -> Bools:
        """Mark the days on which the notice of a programme holds."""
        return np.asarray((self.earliest[program] <= day) & (day <= self.latest[program]))

    def recurring(self, until: int) -> Ints:
        """Return the programmes that have a window before day ``until`` beyond the days of their notice."""
        first = until - SPAN + self.half * HALF_YEAR + self.opens
        days = first[:, None, None] + _YEAR_DAYS * np.arange(YEARS)[:, None] + np.arange(_WINDOW_DAYS[1])
        open_ = np.arange(_WINDOW_DAYS[1]) < self.length[:, None, None]
        held = self.holds(np.arange(len(self))[:, None, None], days)
        return np.flatnonzero((open_ & ~held).any(axis=(1, 2)))

    def window(self, columns: Ints, start: int) -> tuple[Ints, Ints]:
        """Return first and last day of the windows of ``columns`` in the round that begins on day ``start``."""
        opens = start + self.opens[columns]
        return opens, opens + self.length[columns] - 1


def make_market(
    background: Background,
    courses: pa.Table,
    links: Mapping[str, Mapping[str, list[str]]],
    taste: Taste,
    seed: int,
    until: int,
) -> Market:
    """Join the register's programmes and the made-up courses, and draw what is hidden about them.

    ``links`` are topics, targeted industries and regions of both, by label and programme.
    """
    programs = pa.concat_tables([background.programs, courses])
    rules = read_rules(background, programs, links)
    reachable = np.flatnonzero(rules.industry.any(axis=0) & rules.region.any(axis=0))
    programs = programs.take(pa.array(reachable))
    rules = rules.take(reachable)
    rng = stream(seed, "programmes")
    count = programs.num_rows
    kind = np.array([k if k in _KINDS else "other" for k in strings(programs, "kind")], np.object_)
    attraction, size, age = np.array([_KINDS[k] for k in kind], np.float32).reshape(-1, 3).T
    crowd = np.unique(kind.astype(str), return_inverse=True)[1]
    popularity = attraction + 0.7 * normal(rng, count) - _CROWDING * np.log(np.bincount(crowd)[crowd])
    first, last = _notice_days(programs)
    half, opens, length = _windows(first, last, until, rng)
    earliest, latest = _lives(first, last, strings(programs, "title"))
    return Market(
        programs=programs,
        ids=strings(programs, "id"),
        kind=kind,
        rules=rules,
        popularity=popularity.astype(np.float32),
        themes=_themes(programs, kind, links["Topic"]),
        taste=_tastes(rules, taste, rng),
        size=size + 0.5 * normal(rng, count),
        age=age + 0.4 * normal(rng, count),
        half=half,
        opens=opens,
        length=length,
        earliest=earliest,
        latest=latest,
    )


def _themes(programs: pa.Table, kind: npt.NDArray[np.object_], topics: Mapping[str, list[str]]) -> Floats:
    """Read themes off kind, title and topics; shape (programmes, themes), 0 to 1.5."""
    titles = strings(programs, "title")
    about = [set(topics.get(id_, ())) for id_ in programs["id"].to_pylist()]
    matrix: Floats = np.zeros((len(titles), THEME_COUNT), np.float32)
    kinds = [str(k) for k in kind]
    for column, theme in enumerate(THEMES):
        spoken = np.array([float(any(word in title for word in theme.words)) for title in titles])
        own = {*theme.tags, f"syn-t-{theme.key}"}
        tagged = np.array([float(not tags.isdisjoint(own)) for tags in about])
        by_kind = np.array([theme.kinds.get(k, 0.0) for k in kinds])
        matrix[:, column] = np.minimum(by_kind + 0.8 * spoken + 0.8 * tagged, 1.5)
    return matrix


def _tastes(rules: Rules, taste: Taste, rng: np.random.Generator) -> Floats:
    """Draw hidden vectors; a programme for some industries leans to their mean."""
    admitted = rules.industry.T.astype(np.float32)
    admitted *= ~np.all(rules.industry, axis=0, keepdims=True).T
    mean: Floats = admitted @ taste.leaf / np.maximum(admitted.sum(axis=1, keepdims=True), 1)
    return np.asarray(0.75 * normal(rng, len(mean), DIMENSION) + 0.6 * mean, np.float32)


def _notice_days(programs: pa.Table) -> tuple[Ints, Ints]:
    """Return the first and the last day of each notice: none is open before it is announced."""
    return np.maximum(_days(programs, "apply_from"), _days(programs, "announced_on")), _days(programs, "apply_until")


def _windows(first: Ints, last: Ints, until: int, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Take the day of the year and the length from the notice where it has them, else draw the day."""
    drawn = rng.integers(0, 2 * HALF_YEAR, len(first))
    low, high = _WINDOW_DAYS
    length = np.where((first > _ABSENT) & (last >= first), np.clip(last - first + 1, low, high), _USUAL_DAYS)
    begins = np.where((first == _ABSENT) & (last > _ABSENT), last - length + 1, first)
    of_year = np.minimum((begins - (until - SPAN)) % _YEAR_DAYS, 2 * HALF_YEAR - 1)
    half, opens = np.divmod(np.where(begins > _ABSENT, of_year, drawn), HALF_YEAR)
    return half, np.minimum(opens, HALF_YEAR - length), length


def _lives(first: Ints, last: Ints, titles: npt.NDArray[np.object_]) -> tuple[Ints, Ints]:
    """Return from when to when a notice holds: by its days, else for a year, else by the year that its title names.

    A notice that names no day at all holds always.
    """
    found = [_TITLE_YEAR.search(title) for title in titles]
    # The calls of a year are announced from November of the year before.
    of_title = np.array([as_day(int(m[1]) - 1, 11, 1) if m else _ABSENT for m in found], np.int64)
    from_last = np.where(last > _ABSENT, last - _YEAR_DAYS + 1, _ABSENT)
    earliest = np.where(first > _ABSENT, first, np.maximum(from_last, of_title))
    for_a_year = np.where(earliest > _ABSENT, earliest + _YEAR_DAYS - 1, _NEVER)
    return earliest, np.where(last > _ABSENT, last, for_a_year)


def _days(programs: pa.Table, column: str) -> Ints:
    values = programs[column].cast(pa.int32()).to_pylist()
    return np.array([_ABSENT if value is None else value for value in values], np.int64)
