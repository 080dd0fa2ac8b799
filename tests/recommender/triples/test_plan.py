"""The parts of the stack are sized by the budget, and what would not fit is left out."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.triples.complex import ComplexEstimator
from recommender.triples.data import Triples
from recommender.triples.message_passing import PathNetworkEstimator
from recommender.triples.plan import FEWEST_QUESTIONS, PENALTIES, RIDGES, parts_left_out, plan_encoder, plan_parts
from recommender.triples.tuning import TunedEstimator
from tests.recommender.triples.graphs import families, untyped


def drawn(entities: int, relations: int, count: int, *, held: int = 40) -> Triples:
    """Triples drawn by chance, of which the last are valid's and test's."""
    rng = np.random.default_rng(0)
    ends = (rng.integers(entities, size=count), rng.integers(relations, size=count), rng.integers(entities, size=count))
    rows = np.unique(np.stack(ends, axis=1).astype(np.int64), axis=0)
    rng.shuffle(rows)
    return untyped(entities, relations, rows[2 * held :], rows[:held], rows[held : 2 * held])


def variants(triples: Triples, minutes: float) -> tuple[ComplexEstimator, ...]:
    tuned = plan_parts(triples, minutes)["ComplEx"]
    assert isinstance(tuned, TunedEstimator)
    return tuple(each for each in tuned.variants if isinstance(each, ComplexEstimator))


def test_a_small_graph_gets_every_part() -> None:
    assert list(plan_parts(families(), 10.0)) == [
        "popularity",
        "path rules",
        "ComplEx",
        "RESCAL",
        "EASE",
        "graph encoder",
    ]


def test_settings_that_valid_chooses_among_are_variants() -> None:
    parts = plan_parts(families(), 10.0)
    assert [each.training.penalty for each in variants(families(), 10.0)] == list(PENALTIES)
    ease = parts["EASE"]
    assert isinstance(ease, TunedEstimator)
    assert len(ease.variants) == len(RIDGES)


def test_without_time_nothing_that_takes_time_is_left_and_the_rank_is_least() -> None:
    triples = drawn(2_000, 4, 20_000)
    assert list(plan_parts(triples, 1e-4)) == ["popularity", "path rules", "ComplEx", "EASE"]
    assert {(each.rank, each.training.epochs) for each in variants(triples, 1e-4)} == {(32, 8)}


def test_what_a_large_graph_does_without_is_told() -> None:
    """A report that showed the engine alone would let a reader take it for the whole one."""
    assert parts_left_out(families(), 10.0) is None
    note = parts_left_out(drawn(7_000, 4, 20_000), 20.0)
    assert note is not None
    assert note.en == (
        "for 7,000 entities and a budget of 20 minutes the engine does without RESCAL, EASE and trains ComplEx against "
        "2,000 drawn entities in place of all"
    )
    assert note.ko.startswith("개체 7,000개와 예산 20분에 맞추어 엔진은 RESCAL, EASE 없이 학습합니다; ComplEx는 전체가")


@pytest.mark.parametrize(("less", "more"), [(0.1, 1.0), (1.0, 20.0), (20.0, 400.0)])
def test_more_time_never_makes_a_part_smaller(less: float, more: float) -> None:
    triples = drawn(2_000, 4, 20_000)
    assert set(plan_parts(triples, less)) <= set(plan_parts(triples, more))
    one, other = variants(triples, less)[0], variants(triples, more)[0]
    assert (one.rank, one.training.epochs) <= (other.rank, other.training.epochs)


def test_where_all_variants_would_take_too_long_smaller_ones_choose() -> None:
    triples = drawn(2_000, 4, 20_000)
    tuned = plan_parts(triples, 1.0)["ComplEx"]
    assert isinstance(tuned, TunedEstimator)
    assert len(tuned.pilots) == len(tuned.variants)
    pilot, chosen = tuned.pilots[0], tuned.variants[0]
    assert isinstance(pilot, ComplexEstimator)
    assert isinstance(chosen, ComplexEstimator)
    assert pilot.rank < chosen.rank
    assert pilot.training.penalty == chosen.training.penalty


def test_among_many_entities_the_softmax_is_sampled_and_matrices_are_left_out() -> None:
    triples = drawn(7_000, 3, 9_000)
    parts = plan_parts(triples, 10.0)
    assert not {"EASE", "RESCAL"} & set(parts)
    assert {each.training.negatives for each in variants(triples, 10.0)} == {2_000}
    assert {each.training.negatives for each in variants(families(), 10.0)} == {0}


def test_an_encoder_that_would_see_too_few_questions_is_left_out() -> None:
    triples = drawn(500, 3, 4_000)
    found = {minutes: plan_encoder(triples, minutes) for minutes in (1e-6, 0.05, 1.0, 50.0)}
    assert found[1e-6] is None
    widths = [each.width for each in found.values() if isinstance(each, PathNetworkEstimator)]
    assert widths == sorted(widths)
    assert all(each.steps * each.batch_size >= FEWEST_QUESTIONS - each.batch_size for each in found.values() if each)
