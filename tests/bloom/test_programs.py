"""A programme is offered as long as it is open: until its last day, or without one for as long as its kind allows."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any, Final

import pytest

from bloom.parameters import as_of
from bloom.phrases import PHRASES
from graph_schema.catalog import WINDOW_KINDS, node_type, relation_type
from graph_schema.model import NodeRef
from graph_schema.windows import OPEN_ENDED
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Verdict
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.snapshot.dated_facts import DatedFacts
from stores.bolt import Neo4jStore
from tests.recommender.rules.judging import TODAY, askers
from tests.recommender.small_graph import goyang
from tests.stores.contract import COMPANY, companies, relationships, rows_of

_PROGRAM: Final = node_type("Program")
_BEFORE, _AFTER = date(2026, 3, 1), date(2026, 3, 3)
_DAYS: Final[dict[str, tuple[date | None, ...]]] = {
    "announced_on": (
        *(None, date(2026, 1, 2), _AFTER, date(2025, 1, 1), date(2024, 12, 31)),
        *(date(2023, 3, 2), date(2023, 3, 1)),
    ),
    "apply_from": (None, _AFTER),
    "apply_until": (None, TODAY, _BEFORE),
    "valid_to": (None, _BEFORE),
}


def _found(store: Neo4jStore, begin: str, **typed: object) -> list[str]:
    """Return the programmes that a phrase finds on the day, in their order."""
    phrase = next(phrase for phrase in PHRASES if phrase.text.startswith(begin))
    records = store.records(as_of(phrase.cypher, TODAY), {"company": "두레정밀", **typed})
    return list(dict.fromkeys(record[1]["id"] for record in records if record[1] is not None))


def _offer(store: Neo4jStore, programmes: dict[str, dict[str, Any]]) -> None:
    store.upsert_nodes(COMPANY, companies("c", name=["두레정밀"]))
    names = sorted({name for programme in programmes.values() for name in programme})
    columns = {name: [programme.get(name) for programme in programmes.values()] for name in names}
    titles = list(programmes)
    store.upsert_nodes(_PROGRAM, rows_of(_PROGRAM, id=titles, title=titles, **columns))


@pytest.mark.neo4j
def test_what_has_no_last_day_is_offered_beside_what_has_one(neo4j_store: Neo4jStore) -> None:
    """What is not known to be open is not; the nearest last day and the newest notice come first."""
    lately = {"announced_on": date(2026, 1, 2)}
    _offer(
        neo4j_store,
        {kind: {"window_kind": kind, **lately} for kind in WINDOW_KINDS}
        | {"none": lately}
        | {"later": {"window_kind": "fixed", "apply_until": date(2026, 4, 1)}}
        | {"sooner": {"window_kind": "until_budget", "apply_until": date(2026, 3, 9), **lately}}
        | {"elsewhere": {"window_kind": "always", "nationwide": False}},
    )
    region, targets = node_type("Region"), relation_type("Program", "TARGETS", "Region")
    neo4j_store.upsert_nodes(region, rows_of(region, id=["r"], name=["제주"]))
    neo4j_store.upsert_relationships(targets, relationships(targets, ("elsewhere", "r")))
    always, *bound = sorted(OPEN_ENDED)
    expected = ["sooner", always, "later", *bound]
    assert _found(neo4j_store, "지금 신청할") == expected
    assert _found(neo4j_store, "그날 신청할", day=TODAY) == expected
    assert _found(neo4j_store, "그날 신청할", day=date(2025, 1, 1)) == ["later"]


@pytest.mark.neo4j
def test_of_many_both_kinds_are_drawn(neo4j_store: Neo4jStore) -> None:
    """Neither pushes out the other; where there are few of one, the other has the rest."""
    dated = {f"d{n:03d}": {"window_kind": "fixed", "apply_until": date(2026, 3, 3 + n % 20)} for n in range(300)}
    endless = {f"e{n:03d}": {"window_kind": "always", "announced_on": date(2026, 1, 2)} for n in range(5)}
    _offer(neo4j_store, dated | endless)
    found = _found(neo4j_store, "지금 신청할")
    assert {id_[0]: sum(other[0] == id_[0] for other in found) for id_ in found} == {"d": 245, "e": 5}
    nearest = [id_ for id_, each in dated.items() if each["apply_until"] == date(2026, 3, 3)]
    assert set(nearest) <= set(found)


@pytest.mark.neo4j
@pytest.mark.parametrize("begin", ["지금 신청할", "그날 신청할"])
def test_both_kinds_of_window_are_entered_by_an_index(neo4j_store: Neo4jStore, begin: str) -> None:
    """Among a few programmes too, where the planner would rather read all of them."""
    _offer(neo4j_store, {"p": {"window_kind": "always"}})
    phrase = next(phrase for phrase in PHRASES if phrase.text.startswith(begin))
    plan = str(neo4j_store.explain(phrase.cypher, {"company": "두레정밀", "day": TODAY}))
    assert "p:Program(apply_until)" in plan
    assert "p:Program(window_kind)" in plan
    assert "NodeByLabelScan" not in plan


@pytest.mark.neo4j
def test_phrases_and_recommendations_agree_on_what_is_over(neo4j_store: Neo4jStore) -> None:
    """Whatever its days; recommendations also offer, to be checked, what is not known to be open."""
    cases = [
        {"window_kind": kind} | {name: value for name, value in zip(_DAYS, days, strict=True) if value}
        for kind in ("fixed", *OPEN_ENDED)
        for days in product(*_DAYS.values())
        if kind != "fixed" or days[2]
    ]
    programmes = {f"p{number:03d}": case for number, case in enumerate(cases)}
    over = _over(programmes)
    assert 20 < len(programmes) - len(over) < len(over)
    ids = list(programmes)
    offered: set[str] = set()
    for first in range(0, len(ids), 200):  # a phrase draws no more
        some = {id_: programmes[id_] for id_ in ids[first : first + 200]}
        neo4j_store.records("MATCH (p:Program) DETACH DELETE p", write=True)
        _offer(neo4j_store, some)
        offered |= set(_found(neo4j_store, "지금 신청할"))
    assert offered == set(ids) - over


def _over(programmes: dict[str, dict[str, Any]]) -> set[str]:
    """Ask the rule of recommendations."""
    graph = goyang()
    for id_, case in programmes.items():
        graph.node("Program", id_, title=id_, **case)
    facts = DatedFacts(graph.snapshot())
    candidates = Candidates(facts, [NodeRef("Program", id_) for id_ in programmes])
    decisions = decide(get_task("programs"), CandidatePairs(askers(facts, "bakery"), candidates, TODAY))
    windows = (
        next(check for check in decisions.checks(0, at) if check.rule == "window") for at in range(len(programmes))
    )
    return {id_ for id_, window in zip(programmes, windows, strict=True) if window.verdict is Verdict.OUT}
