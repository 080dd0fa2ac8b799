"""What people and the rule decide is kept in the graph, whatever store holds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from graph_schema.errors import NotFoundError, ValidationError
from graph_schema.model import NodeRef
from loaders.resolve.decisions import Pair, apply, decide, pair_of, propose, read_decisions, split, undo
from stores.base import GraphStore
from stores.one_node import OneNode

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
INSTITUTION = node_type("Institution")
OFFICE, BRANCH, OTHER = "한국무역협회", "한국무역협회부산지역본부", "부산상공회의소"


def _ref(name: str) -> NodeRef:
    return NodeRef("Institution", name)


def _pair(one: str, other: str) -> Pair:
    return pair_of(_ref(one), _ref(other))


def _enter(store: GraphStore, *names: str) -> None:
    columns = {"id": list(names), "name": list(names)}
    store.upsert_nodes(INSTITUTION, table_from_columns(INSTITUTION, columns, source="test", loaded_at=NOW))


def _kept(store: GraphStore) -> dict[str, str]:
    return OneNode(store).kept["Institution"]


class DecisionsContract:
    """Show, apply, undo, decide, split."""

    def test_what_is_proposed_is_joined_once_and_can_be_taken_back_and_made_again(self, store: GraphStore) -> None:
        _enter(store, OFFICE, BRANCH, OTHER)
        proposals = propose(store)
        assert [(each.member.name, each.stays.name, each.same) for each in proposals] == [(BRANCH, OFFICE, True)]
        assert _kept(store) == {}

        assert apply(store, proposals, NOW).joined == 1
        assert apply(store, propose(store), LATER).joined == 0
        assert _kept(store) == {BRANCH: OFFICE}

        assert undo(store, LATER) == 1
        assert _kept(store) == {}
        assert apply(store, propose(store), LATER).joined == 1
        assert _kept(store) == {BRANCH: OFFICE}

    def test_the_evidence_and_who_decided_are_kept(self, store: GraphStore) -> None:
        _enter(store, OFFICE, BRANCH)
        apply(store, propose(store), NOW)
        (decision,) = read_decisions(store).values()
        kept = {name: decision.row[name] for name in ("source", "source_id", "decided_by", "score", "evidence")}
        assert kept == {
            "source": "resolve",
            "source_id": "20260302T030000Z",
            "decided_by": "rule",
            "score": 8.0,
            "evidence": ["지점·지사와 본점 · branch of the head office (+8.0)"],
        }

    def test_one_run_is_taken_back_and_another_stays(self, store: GraphStore) -> None:
        _enter(store, OFFICE, BRANCH)
        first = apply(store, propose(store), NOW)
        _enter(store, "특허청", "지식재산처")
        second = apply(store, propose(store), LATER)
        assert undo(store, LATER, second.run) == 1
        assert _kept(store) == {BRANCH: OFFICE}
        assert undo(store, LATER, first.run) == 1

    def test_a_run_that_nothing_comes_from_is_an_error(self, store: GraphStore) -> None:
        """A run that was taken back already is none."""
        _enter(store, OFFICE, BRANCH)
        run = apply(store, propose(store), NOW).run
        with pytest.raises(NotFoundError, match=r"no decision comes from a run '2026'; name one as"):
            undo(store, LATER, "2026")
        assert [undo(store, LATER, run), undo(store, LATER, run)] == [1, 0]

    def test_what_the_rule_no_longer_proposes_is_withdrawn(self, store: GraphStore) -> None:
        """A node that a register names anew is another organisation now."""
        _enter(store, OFFICE, BRANCH)
        apply(store, propose(store), NOW)
        columns = {"id": [BRANCH], "name": ["부산무역회관"]}
        store.upsert_nodes(INSTITUTION, table_from_columns(INSTITUTION, columns, source="test", loaded_at=LATER))
        assert apply(store, propose(store), LATER).withdrawn == 1
        assert _kept(store) == {}

    def test_what_a_person_keeps_apart_is_not_proposed_again(self, store: GraphStore) -> None:
        _enter(store, OFFICE, BRANCH)
        apply(store, propose(store), NOW)
        assert decide(store, {_pair(OFFICE, BRANCH): False}, NOW) == 1
        assert _kept(store) == {}
        assert propose(store) == []
        assert apply(store, propose(store), LATER).joined == 0

    def test_what_a_person_joins_stays_joined(self, store: GraphStore) -> None:
        _enter(store, OFFICE, OTHER)
        assert decide(store, {_pair(OFFICE, OTHER): True}, NOW) == 1
        assert decide(store, {_pair(OTHER, OFFICE): True}, LATER) == 0
        apply(store, propose(store), LATER)
        undo(store, LATER)
        assert set(_kept(store)) | set(_kept(store).values()) == {OFFICE, OTHER}

    def test_a_node_is_split_from_all_that_it_was_one_with(self, store: GraphStore) -> None:
        """Those that stay together do, and no third one joins it again."""
        other_branch = "한국무역협회전북지역본부"
        _enter(store, OFFICE, BRANCH, other_branch)
        apply(store, propose(store), NOW)
        assert split(store, _ref(BRANCH), LATER) == [_ref(OFFICE), _ref(other_branch)]
        apply(store, propose(store), LATER)
        assert _kept(store) == {other_branch: OFFICE}

    def test_a_node_that_is_one_with_none_cannot_be_split(self, store: GraphStore) -> None:
        _enter(store, OFFICE)
        with pytest.raises(NotFoundError, match="joined with no other node"):
            split(store, _ref(OFFICE), NOW)

    def test_people_cannot_contradict_each_other_through_a_third(self, store: GraphStore) -> None:
        """Then nothing of it is written."""
        _enter(store, OFFICE, BRANCH, OTHER)
        decide(store, {_pair(OFFICE, BRANCH): True, _pair(BRANCH, OTHER): True}, NOW)
        with pytest.raises(ValidationError, match="through a third"):
            decide(store, {_pair(OFFICE, OTHER): False}, NOW)
        assert len(_kept(store)) == 2

    def test_a_rule_yields_to_what_a_person_keeps_apart_through_a_third(self, store: GraphStore) -> None:
        other_branch = "한국무역협회전북지역본부"
        _enter(store, OFFICE, BRANCH, other_branch)
        decide(store, {_pair(BRANCH, other_branch): False}, NOW)
        proposals = propose(store)
        assert [each.same for each in proposals] == [False, False]
        assert all("여러 곳과 맞음 · fits several that are not one" in each.evidence for each in proposals)

    def test_nodes_that_are_not_there_or_not_alike_are_refused(self, store: GraphStore) -> None:
        _enter(store, OFFICE)
        with pytest.raises(NotFoundError, match="Institution:없는곳"):
            decide(store, {_pair(OFFICE, "없는곳"): True}, NOW)
        with pytest.raises(ValidationError, match="two different nodes of one label"):
            pair_of(_ref(OFFICE), _ref(OFFICE))
        with pytest.raises(ValidationError, match="two different nodes of one label"):
            pair_of(_ref(OFFICE), NodeRef("Company", "brn:1"))
