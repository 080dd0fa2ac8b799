"""Numbers of askers and candidates that go together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.engine.numbers import number_sources
from recommender.engine.seeds import Seeding
from recommender.knowledge.known import Known, Questions
from recommender.knowledge.unseen import as_guests
from recommender.measure.arrays import Floats
from tests.recommender.scorers.small import ask, taken

STAFF = {"User": {"staff": ["1", "2", "100", "120", ""]}}
AREA = {"Item": {"area": ["10", "20", "900", "1000"]}}


def scores(known: Known, questions: Questions | None = None) -> dict[str, Floats]:
    questions = questions or ask(known, range(5))
    seeds = Seeding(known, 0.0)(questions)
    return {name: values for each in number_sources(known) for name, values in each.scores(seeds, questions)}


def test_a_candidate_suits_askers_like_those_that_took_it() -> None:
    known = taken([(0, 0), (1, 0), (2, 1), (3, 1)] * 5, columns=STAFF)
    found = scores(known)["takers:staff"]
    assert found[0, 0] > 2 * found[0, 1]
    assert found[2, 1] > 2 * found[2, 0]


def test_an_asker_without_the_number_tells_nothing() -> None:
    found = scores(taken([(0, 0), (2, 1)], columns=STAFF))["takers:staff"]
    assert (found[4] == 0.5).all()


def test_days_count_as_numbers() -> None:
    columns = {"User": {"since": ["2001-01-01", "2002-01-01", "2020-01-01", "2021-01-01", ""]}}
    found = scores(taken([(0, 0), (1, 0), (2, 1), (3, 1)] * 5, columns=columns))["takers:since"]
    assert found[0, 0] > found[0, 1]
    assert found[3, 1] > found[3, 0]


def test_the_number_of_a_candidate_is_expected_from_those_of_the_asker() -> None:
    """Small users took small rooms: the small room that nobody took is nearer to them than the large one."""
    known = taken([(0, 0), (1, 0), (2, 2), (3, 2)] * 10, columns=STAFF | AREA)
    found = scores(known)["fits:area"]
    assert found[0, 1] > 2 * found[0, 3]
    assert found[2, 3] > 2 * found[2, 1]


def test_few_pairs_expect_nothing() -> None:
    assert (scores(taken([(0, 0)], columns=STAFF | AREA))["fits:area"] == 0.5).all()


def test_a_guest_is_measured_as_a_node_is() -> None:
    known = taken([(0, 0), (1, 0), (2, 2), (3, 2)] * 10, columns=STAFF | AREA)
    guest = replace(ask(known, [0, 1]), guests=as_guests(known, np.array([1, 3])))
    found, nodes = scores(known, guest), scores(known, ask(known, [1, 3]))
    assert all((found[name] == values).all() for name, values in nodes.items())


def test_where_no_number_is_known_there_is_no_score() -> None:
    assert scores(taken([(0, 0)])) == {}
