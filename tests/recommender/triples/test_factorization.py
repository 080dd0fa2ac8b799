"""Decoders are trained by a softmax over all entities, over a sample of them, and over candidates only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.triples.complex import ComplexEstimator
from recommender.triples.data import Queries, Triples
from recommender.triples.evaluate import mean_reciprocal_rank, rank_split
from recommender.triples.factorization import FactorizationConfig
from recommender.triples.protocols import FitContext
from tests.recommender.triples.graphs import families

CONFIG = FactorizationConfig(epochs=40, batch_size=32, penalty=0.001)


@pytest.mark.parametrize("negatives", [0, 20])
def test_known_triples_come_out_on_top(negatives: int) -> None:
    triples = families()
    scorer = ComplexEstimator(32, scale=0.1, training=replace(CONFIG, negatives=negatives)).fit(triples, FitContext())
    assert mean_reciprocal_rank(rank_split(triples, triples.train, scorer.score)) > 0.9


def test_entities_of_other_labels_are_left_out_of_the_softmax() -> None:
    """Parents are type 0 and children type 1; what is no candidate is not pushed down."""
    plain = families()
    types = (np.arange(48) >= 24).astype(np.int64)
    typed = Triples(48, 3, plain.train, plain.valid, plain.test, types, np.array([0, 1, 0]), np.array([1, 0, 0]))
    scorer = ComplexEstimator(32, scale=0.1, training=CONFIG).fit(typed, FitContext())
    assert mean_reciprocal_rank(rank_split(typed, typed.train, scorer.score)) > 0.9


def test_a_strong_penalty_keeps_vectors_short() -> None:
    triples = families()
    some, relation = triples.train[:5, 0], triples.train[:5, 1]
    spreads = [
        ComplexEstimator(8, scale=0.1, training=replace(CONFIG, penalty=penalty))
        .fit(triples, FitContext())
        .score(Queries(some, relation))
        .std()
        for penalty in (0.0, 10.0)
    ]
    assert spreads[1] < 0.1 * spreads[0]
