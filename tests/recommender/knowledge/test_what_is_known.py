"""What is known at a moment: pairs as they are asked, relations at a label, questions, and nothing from later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.dataset import Edges
from recommender.knowledge.known import Known, joined, oriented
from recommender.knowledge.spec import TaskSpec
from tests.recommender.scorers.small import ask, edges, partners, taken

TOOK = ("User", "TOOK", "Item")
PAIRS = [(0, 1), (3, 0), (0, 2), (0, 1)]
DAYS = ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"]
LINKS = [
    edges(("User", "IN", "Field"), [(0, 1), (4, 0), (0, 1)], ["2020-01-15", "2020-02-15", "2020-03-15"]),
    edges(("Item", "LIKE", "Item"), [(0, 3), (2, 1)]),
]
KNOWN = taken(PAIRS, DAYS, links=LINKS)


def rows(known: Known) -> list[tuple[int, int, str]]:
    pairs = known.pairs
    days = pairs.time.astype("datetime64[D]").astype(str)
    return list(zip(pairs.query.tolist(), pairs.candidate.tolist(), days.tolist(), strict=True))


def task(query: str, candidate: str, target: tuple[str, str, str], *, symmetric: bool = False) -> TaskSpec:
    return TaskSpec.model_validate({"query": query, "candidate": candidate, "target": target, "symmetric": symmetric})


def ends(found: Edges, of: TaskSpec) -> list[tuple[int, int]]:
    pairs = oriented(found, of)
    return list(zip(pairs.query.tolist(), pairs.candidate.tolist(), strict=True))


def test_target_edges_are_turned_towards_the_question() -> None:
    """Asked from its source they stay, from its target they are turned round, of a symmetric relation both stand."""
    found = edges(TOOK, [(0, 1), (3, 2)])
    assert ends(found, task("User", "Item", TOOK)) == [(0, 1), (3, 2)]
    assert ends(found, task("Item", "User", TOOK)) == [(1, 0), (2, 3)]
    both = edges(("Company", "WITH", "Company"), [(0, 1), (3, 2)])
    asked = task("Company", "Company", ("Company", "WITH", "Company"), symmetric=True)
    assert ends(both, asked) == [(0, 1), (3, 2), (1, 0), (2, 3)]


def test_joined_pairs_keep_day_and_weight() -> None:
    one = KNOWN.pairs.take(np.array([0]))
    other = replace(KNOWN.pairs.take(np.array([1])), weight=np.array([7], dtype=np.float32))
    both = joined(one, other)
    assert (both.query.tolist(), both.candidate.tolist()) == ([0, 3], [1, 0])
    assert both.weight.tolist() == [1, 7]
    assert both.time.tolist() == KNOWN.pairs.time[:2].tolist()


def test_the_history_has_each_pair_once() -> None:
    wanted = np.zeros((5, 4))
    wanted[0, [1, 2]] = wanted[3, 0] = 1
    np.testing.assert_array_equal(KNOWN.history.toarray(), wanted)
    assert KNOWN.history.dtype == np.float32
    assert not KNOWN.same_label
    assert partners([(0, 1)]).same_label


def test_relations_at_a_label_are_seen_from_both_ends() -> None:
    """A relation within a label leads out and in; one that stands there twice is there once."""
    of_users, of_items, of_fields = (KNOWN.adjacency(label) for label in ("User", "Item", "Field"))
    assert list(of_users) == [("User", "IN", "Field", "out")]
    assert list(of_fields) == [("User", "IN", "Field", "in")]
    assert list(of_items) == [("Item", "LIKE", "Item", "out"), ("Item", "LIKE", "Item", "in")]
    fields = of_users["User", "IN", "Field", "out"].toarray()
    assert fields.shape == (5, 2)
    assert np.argwhere(fields).tolist() == [[0, 1], [4, 0]]
    assert fields.max() == 1
    np.testing.assert_array_equal(of_fields["User", "IN", "Field", "in"].toarray(), fields.T)
    out, back = of_items["Item", "LIKE", "Item", "out"].toarray(), of_items["Item", "LIKE", "Item", "in"].toarray()
    assert np.argwhere(out).tolist() == [[0, 3], [2, 1]]
    np.testing.assert_array_equal(back, out.T)
    assert KNOWN.adjacency("Group") == {}
    assert KNOWN.adjacency("User") is of_users, "it is made once"


@pytest.mark.parametrize(
    ("moment", "pairs", "links"),
    [("2020-01-01", 0, 0), ("2020-01-02", 1, 0), ("2020-03-01", 2, 2), ("2020-03-15", 3, 2), ("2021-01-01", 4, 3)],
)
def test_what_happens_at_a_moment_is_not_known_before_it(moment: str, pairs: int, links: int) -> None:
    """Undated facts always were."""
    found = KNOWN.before(np.datetime64(moment, "s"))
    assert rows(found) == rows(KNOWN)[:pairs]
    assert [len(each) for each in found.relations] == [links, 2]
    assert found.start == found.now == np.datetime64(moment, "s")
    assert len(KNOWN.pairs) == 4


def test_undated_pairs_stay_known_at_any_moment() -> None:
    assert len(taken([(0, 1)]).before(np.datetime64("1900-01-01", "s")).pairs) == 1


def test_now_is_just_after_the_newest_pair_and_the_oldest_is_the_first() -> None:
    assert KNOWN.now == np.datetime64("2020-04-01T00:00:01")
    assert KNOWN.oldest == np.datetime64("2020-01-01")
    for nothing in (taken([(0, 1)]), taken([])):
        assert np.isnat(nothing.now)
        assert np.isnat(nothing.oldest)
    mixed = replace(KNOWN, pairs=joined(KNOWN.pairs, taken([(1, 1)]).pairs))
    assert (mixed.now, mixed.oldest) == (KNOWN.now, KNOWN.oldest), "what has no day says nothing"


def test_hidden_pairs_are_gone_and_nothing_else() -> None:
    found = KNOWN.without(np.array([True, False, False, True]))
    assert rows(found) == rows(KNOWN)[1:3]
    assert found.relations is KNOWN.relations
    assert found.history.nnz == 2


def test_known_only_data_hold_what_is_known_and_no_answer() -> None:
    """The target rows are the known pairs, turned back where the question turns them; other relations stay whole."""
    early = KNOWN.before(np.datetime64("2020-02-15", "s")).known_only
    target = early.dataset.target
    assert (target.src.tolist(), target.dst.tolist()) == ([0, 3], [1, 0])
    assert set(target.split.tolist()) == {-1}
    assert early.dataset.name == KNOWN.dataset.name
    assert len(KNOWN.dataset.target) == 4, "the data themselves stay"
    spec = KNOWN.dataset.spec
    turned = spec.model_copy(update={"task": task("Item", "User", TOOK)})
    back = replace(KNOWN, dataset=replace(KNOWN.dataset, spec=turned))
    back = replace(back, pairs=oriented(KNOWN.dataset.target, turned.task))
    assert back.known_only.dataset.target.src.tolist() == KNOWN.dataset.target.src.tolist()
    assert back.known_only.dataset.target.dst.tolist() == KNOWN.dataset.target.dst.tolist()


@pytest.mark.parametrize("query", [[0], [3, 0], [4, 0, 3], [4], []])
def test_a_question_comes_with_all_that_is_known_of_its_asker(query: list[int]) -> None:
    asked = KNOWN.history_of(np.array(query, dtype=np.int64))
    assert len(asked) == len(query)
    np.testing.assert_array_equal(asked.context.toarray(), KNOWN.history.toarray()[query].reshape(len(query), 4))
    for place, candidate, time in zip(asked.given.query, asked.given.candidate, asked.given.time, strict=True):
        assert (query[place], candidate, str(time.astype("datetime64[D]"))) in rows(KNOWN)
    assert len(asked.given) == sum(row[0] in query for row in rows(KNOWN))


def test_one_who_asks_twice_brings_the_same_twice() -> None:
    asked = KNOWN.history_of(np.array([0, 3, 0]))
    assert asked.context.toarray().tolist() == [[0, 1, 1, 0], [1, 0, 0, 0], [0, 1, 1, 0]]
    assert np.isnat(asked.given.time).all()
    assert asked.given.weight.tolist() == [1] * 5


def test_some_of_the_questions_keep_what_was_given_with_them() -> None:
    asked = ask(KNOWN, [4, 0, 2], [(0, 3), (2, 1), (2, 0)])
    some = asked.take(np.array([2, 0]))
    assert some.query.tolist() == [2, 4]
    assert some.context.toarray().tolist() == [[1, 1, 0, 0], [0, 0, 0, 1]]
    none = asked.take(np.array([1]))
    assert none.context.nnz == 0
    assert len(none.given) == 0
    assert len(asked.take(np.zeros(0, dtype=np.int64))) == 0


def test_rows_of_a_label_are_its_nodes_with_links_and_vectors() -> None:
    vectors = {"User": np.eye(5, 3, dtype=np.float32)}
    known = replace(KNOWN, vectors=vectors)
    found = known.rows_of("User")
    assert len(found) == 5
    assert found.links is known.adjacency("User")
    assert found.text is vectors["User"]
    assert known.rows_of("Item").text is None
