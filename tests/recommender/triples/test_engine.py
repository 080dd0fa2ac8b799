"""The engine on graphs of any shape, whole and with parts taken away."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.bench.contender import config_of, hash_of
from recommender.models.triples import engine_contenders, simple_contenders
from recommender.triples.data import Queries, Triples
from recommender.triples.engine import TripleEngineEstimator, engine_variants
from recommender.triples.evaluate import mean_reciprocal_rank, rank_split
from recommender.triples.plan import GRAPH_ENCODER, plan_encoder, plan_parts
from recommender.triples.protocols import FitContext
from tests.recommender.triples.graphs import families, two_labels, untyped
from tests.recommender.triples.scorer_contract import TripleScorerContract

MINUTES = 0.01
NONE = np.empty((0, 3), dtype=np.int64)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the parts small."""
    monkeypatch.setattr("recommender.triples.plan.FEWEST_QUESTIONS", 100)


class TestTripleEngine(TripleScorerContract):
    """The engine keeps to it."""

    @pytest.fixture
    def estimator(self) -> TripleEngineEstimator:
        return engine_variants(two_labels(), 0.001)["engine"]


@pytest.mark.slow
def test_answers_what_the_graph_implies() -> None:
    triples = families()
    scorer = engine_variants(triples, MINUTES)["engine"].fit(triples, FitContext())
    assert mean_reciprocal_rank(rank_split(triples, triples.test, scorer.score)) > 0.8


@pytest.mark.parametrize(
    "triples",
    [
        two_labels(),
        untyped(3, 1, np.array([[0, 0, 1]]), np.array([[1, 0, 2]]), np.array([[0, 0, 2]])),
        untyped(20, 1, np.array([[i, 0, (i + 1) % 20] for i in range(20)]), NONE, NONE),
    ],
    ids=["two labels", "one triple", "no valid"],
)
def test_runs_on_tiny_graphs(triples: Triples) -> None:
    scorer = engine_variants(triples, 0.001)["engine"].fit(triples, FitContext())
    scores = scorer.score(Queries(np.array([0, 1]), np.array([0, 1])))
    assert scores.shape == (2, triples.n_entities)
    assert np.isfinite(scores).all()


def test_one_seed_gives_one_engine() -> None:
    triples, queries = families(30), Queries(np.arange(20), np.arange(20) % 6)
    first, second = (
        engine_variants(triples, 0.001)["engine"].fit(triples, FitContext(seed=1)).score(queries) for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_test_triples_are_never_read() -> None:
    triples, queries = families(), Queries(np.arange(20), np.arange(20) % 6)
    without = untyped(triples.n_entities, triples.n_relations, triples.train, triples.valid, NONE)
    minutes = 0.001
    first, second = (
        engine_variants(each, minutes)["engine"].fit(each, FitContext()).score(queries) for each in (triples, without)
    )
    np.testing.assert_array_equal(first, second)


def test_rows_take_the_graph_encoder_away_or_shuffle_its_graph() -> None:
    rows = engine_variants(families(), 1.0)
    parts = {name: dict(row.parts) for name, row in rows.items()}
    assert GRAPH_ENCODER not in parts["engine-without-gnn"]
    assert parts["gnn"].keys() == {GRAPH_ENCODER}
    assert parts["engine-shuffled-graph"][GRAPH_ENCODER].shuffled


def test_rows_of_a_report_share_their_trained_parts() -> None:
    rows, told = engine_variants(families(), 0.001), []
    context = FitContext(progress=lambda what, *_: told.append(what))
    rows["engine"].fit(families(), context)
    before = len(told)
    rows["engine-without-gnn"].fit(families(), context)
    assert before > 0
    assert len(told) == before


def test_what_was_trained_does_not_change_the_description_of_a_row() -> None:
    row = engine_variants(two_labels(), 0.001)["engine"]
    before = hash_of(config_of(row))
    row.fit(two_labels(), FitContext())
    assert hash_of(config_of(row)) == before


def test_a_larger_graph_gets_smaller_parts_and_loses_what_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.triples.plan.FEWEST_QUESTIONS", 4_000)
    rng = np.random.default_rng(0)
    small = untyped(200, 2, _random(rng, 200, 2_000), _random(rng, 200, 50), NONE)
    large = untyped(40_000, 2, _random(rng, 40_000, 400_000), _random(rng, 40_000, 2_000), NONE)
    assert "EASE" in plan_parts(small, 10.0)
    assert "EASE" not in plan_parts(large, 10.0)
    narrow, wide = plan_encoder(large, 4.0), plan_encoder(small, 4.0)
    assert wide is not None
    assert narrow is None or narrow.width < wide.width


def test_every_simple_model_has_variants_and_no_row_has_two_names() -> None:
    simple, engine = simple_contenders(families()), engine_contenders(families())
    assert all(simple.values())
    assert all(engine.values())
    assert not simple.keys() & engine.keys()


def _random(rng: np.random.Generator, entities: int, size: int) -> np.ndarray:
    return np.stack(
        (rng.integers(0, entities, size), rng.integers(0, 2, size), rng.integers(0, entities, size)), axis=1
    )
