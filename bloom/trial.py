"""Tries every phrase, suggestion and scene action on the graph, before a coordinator does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from bloom.actions import ACTIONS
from bloom.parameters import ASKED, as_of
from bloom.phrases import PHRASES
from bloom.saved_cypher import Phrase, SceneAction
from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.errors import (
    Fault,
    QueryTimeoutError,
    StoreAuthError,
    StoreError,
    StoreUnavailableError,
    ValidationError,
)
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores.base import Counts
from stores.bolt import Neo4jStore
from stores.bolt_trial import PATIENCE, Plan, QueryTrial, plan_of, try_query

MOST_SCANNED: Final = 10_000
"""Nodes or relationships that a query may read from end to end; more, and it grows with the city."""
MOST_ROWS: Final = 10_000
"""Records that Bloom takes."""
MOST_SECONDS: Final = 1.0
"""Whoever types in Bloom takes longer for a standstill."""
_RUNS: Final = 3
"""A machine may be busy elsewhere: the quickest of so many runs counts."""
_VALUES: Final = 3
"""Values that each parameter is tried with: a frequent one, a middling one, a rare one."""
_MOST_TRIED: Final = 20
"""Of what is suggested, where nothing is found by fewer: as many as are suggested of a label."""
_DRAWN: Final = frozenset({"node", "relationship", "path", "nothing"})
_NAMED: Final = re.compile(r":\s*`?(\w+)`?")

Kind = Literal["phrase", "suggestion", "action"]


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """What came of one query: most rows and slowest of the values it was tried with, and why it will not do.

    A row that holds nothing but what was asked about does not count.
    """

    kind: Kind
    name: str
    rows: int
    milliseconds: int
    indexes: Sequence[str]
    fault: Wording | None = None
    slow: bool = False
    """Whether time is the fault: then the machine may be what is to blame."""

    @property
    def untried(self) -> bool:
        """Whether nothing was found, so that neither its time nor what it draws has been seen."""
        return not self.rows and self.fault is None


@dataclass(frozen=True, slots=True)
class _Query:
    kind: Kind
    name: str
    cypher: str
    writes: bool = False

    @property
    def asks(self) -> bool:
        """Whether its first column is what was asked about, whatever is found."""
        return f" AS {ASKED}," in self.cypher


@dataclass(frozen=True, slots=True)
class _Trier:
    """The store to try on, the sizes of its labels and types, the day to ask on, and the time that a query may take."""

    store: Neo4jStore
    sizes: Mapping[str, int]
    day: date | None
    most_seconds: float

    def rows(self, cypher: str) -> list[tuple[Any, ...]]:
        return self.store.records(as_of(cypher, self.day))


def try_all(
    store: Neo4jStore,
    phrases: Sequence[Phrase] = PHRASES,
    actions: Sequence[SceneAction] = ACTIONS,
    progress: Progress = silent,
    most_seconds: float = MOST_SECONDS,
    day: date | None = None,
) -> list[TrialOutcome]:
    """Try each phrase with values that have what it looks for, each action on a sample; what actions write is undone.

    They are asked as on ``day``, today where there is none. A query that takes more than ``most_seconds`` is at fault.
    """
    trier = _Trier(store, _sizes(store.counts()), day, most_seconds)
    outcomes: list[TrialOutcome] = []
    for done, phrase in enumerate(phrases):
        progress("phrases", done, len(phrases))
        outcomes += _try_phrase(trier, phrase)
    for done, action in enumerate(actions):
        progress("scene actions", done, len(actions))
        ids = [row[0] for row in trier.rows(action.sample)]
        query = _Query("action", action.name, action.cypher, action.writes)
        outcomes.append(_try(trier, query, [{action.on: ids}])[0])
    return outcomes


def require_sound(outcomes: Sequence[TrialOutcome]) -> None:
    """Raise ``ValidationError`` that names every query that will not do."""
    remedy = Wording(
        "저장소를 적재하고 `dure migrate`를 실행하거나, bloom/phrases.py 또는 bloom/actions.py에서 고치십시오",
        "load and `dure migrate` the store, or change it in bloom/phrases.py or bloom/actions.py",
    )
    slow = Wording(
        "서버가 바쁘지 않을 때 다시 내보내거나, --most-seconds를 높여 그대로 받아들이십시오",
        "export again while the server is not busy, or take it as it is with a higher --most-seconds",
    )
    faults = [Fault(o.kind, o.name, o.fault, slow if o.slow else remedy) for o in outcomes if o.fault]
    if faults:
        raise ValidationError(Wording("퍼스펙티브를 쓰지 않았습니다", "the perspective is not written"), faults)


def _sizes(counts: Counts) -> dict[str, int]:
    """Count nodes by label, relationships by type."""
    sizes = {node.label: counts.nodes.get(node.name, 0) for node in NODE_TYPES}
    for relation in RELATION_TYPES:
        sizes[relation.type] = sizes.get(relation.type, 0) + counts.relationships.get(relation.name, 0)
    return sizes


def _try_phrase(trier: _Trier, phrase: Phrase) -> Iterator[TrialOutcome]:
    suggested: dict[str, Sequence[object]] = {}
    for parameter in phrase.parameters:
        query = _Query("suggestion", f"{phrase.text} · ${parameter.name}", parameter.suggestions())
        outcome, values = _try(trier, query, [{}])
        suggested[parameter.name] = values or [parameter.placeholder]
        yield outcome
    tried = _combined({name: _some(values) for name, values in suggested.items()})
    if phrase.sample:
        tried += [dict(zip(suggested, row, strict=True)) for row in trier.rows(phrase.sample)]
    yield _try(trier, _Query("phrase", phrase.text, phrase.cypher), tried, _combined(suggested)[:_MOST_TRIED])[0]


def _some(values: Sequence[object]) -> Sequence[object]:
    """Return the first, the last and one between."""
    places = dict.fromkeys((0, len(values) // 2, len(values) - 1))
    return [values[place] for place in places][:_VALUES]


def _combined(suggested: Mapping[str, Sequence[object]]) -> list[dict[str, object]]:
    """Fill the gaps together, each with all of its values; of two gaps each gets another place."""
    return [
        {name: values[(i + place) % len(values)] for place, (name, values) in enumerate(suggested.items())}
        for i in range(max(map(len, suggested.values()), default=1))
    ]


def _try(
    trier: _Trier, query: _Query, tried: Sequence[Mapping[str, object]], more: Sequence[Mapping[str, object]] = ()
) -> tuple[TrialOutcome, Sequence[object]]:
    """Try one query with some values, and with ``more`` until one finds something.

    Returns what came of it and the first column of the last run.
    """
    cypher, most = as_of(query.cypher, trier.day), trier.most_seconds
    trials: list[QueryTrial] = []
    rows = 0
    try:
        plan = plan_of(trier.store, cypher, tried[0])
        for place, values in enumerate((*tried, *more)):
            if rows and place >= len(tried):
                break
            trials.append(try_query(trier.store, cypher, values, runs=_RUNS, timeout=most, write=query.writes))
            rows = max(rows, trials[-1].beside if query.asks else trials[-1].rows)
    except QueryTimeoutError:
        endless = Wording(
            f"{PATIENCE * most:g}초 안에 끝나지 않았습니다. 서버가 바쁘거나 질의가 너무 느립니다",
            f"it had not ended after {PATIENCE * most:g} s: the server is busy, or the query too slow",
        )
        return TrialOutcome(query.kind, query.name, rows, round(1000 * PATIENCE * most), (), endless, slow=True), ()
    except (StoreUnavailableError, StoreAuthError):
        raise
    except StoreError as error:
        return TrialOutcome(query.kind, query.name, 0, 0, (), error.wording), ()
    seconds = max(trial.seconds for trial in trials)
    asks_index = query.kind != "suggestion" or bool(plan.scans)
    fault = _plan_fault(plan, trier.sizes, asks_index=asks_index) or _trial_fault(query, trials)
    slow = not fault and seconds > most
    if slow:
        fault = Wording(
            f"{seconds:.1f}초가 걸려 {most:g}초를 넘습니다",
            f"it takes {seconds:.1f} s, more than {most:g} s",
        )
    outcome = TrialOutcome(query.kind, query.name, rows, round(1000 * seconds), plan.indexes, fault, slow)
    return outcome, trials[-1].values


def _plan_fault(plan: Plan, sizes: Mapping[str, int], *, asks_index: bool) -> Wording | None:
    for scan in plan.scans:
        names = _NAMED.findall(scan)
        read = sum(sizes.get(name, 0) for name in names) if names else MOST_SCANNED + 1
        if read > MOST_SCANNED:
            return Wording(
                f"{scan}: 모두 읽는 질의입니다. {MOST_SCANNED:,}개까지만 읽을 수 있습니다",
                f"it reads all of {scan}, of which a query may read {MOST_SCANNED:,} at most",
            )
    return Wording("색인을 쓰지 않습니다", "it uses no index") if asks_index and not plan.indexes else None


def _trial_fault(query: _Query, trials: Sequence[QueryTrial]) -> Wording | None:
    rows = max(trial.rows for trial in trials)
    if query.kind != "suggestion" and any(trial.kinds - _DRAWN for trial in trials):
        return Wording(
            "노드, 관계, 경로가 아니라 값을 돌려주어 그릴 것이 없습니다",
            "it returns values, and no nodes, relationships or paths, so nothing can be drawn",
        )
    if rows > MOST_ROWS:
        return Wording(
            f"레코드 {rows:,}개를 돌려줍니다. Bloom은 {MOST_ROWS:,}개까지 받습니다",
            f"it returns {rows:,} records, of which Bloom takes {MOST_ROWS:,}",
        )
    return None
