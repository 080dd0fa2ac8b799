"""Tokens by hand, and that a node is seen through its links alone."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from benchmarks.propagation.compression import Compression
from benchmarks.propagation.graph import TypedGraph, both_ways
from benchmarks.propagation.tokens import Propagation
from graph_schema.errors import ConfigError
from tests.benchmarks.propagation.graphs import BACK, FILED, random_city, three_companies


def identity(width: int) -> Compression:
    """Pass rows on as they are."""
    return Compression(np.zeros(width, np.float32), np.eye(width, dtype=np.float32))


def test_tokens_are_own_then_means_one_hop_then_means_of_states_then_log_degrees() -> None:
    graph = three_companies()
    propagation = Propagation({"company": identity(3), "patent": identity(3)})
    known = propagation.spread(graph)
    # State of a patent: its own two numbers and the mean of its companies' own: patent 0 → 1, patent 1 → (1 + 3) / 2.
    assert known.states["patent"].tolist() == [[2.0, 0.0, 1.0], [4.0, 6.0, 2.0]]  # 8 is beyond the bound of 6
    tokens = propagation.tokens(known, "company")
    expected = [
        [1.0, 3.0, 4.0, 3.0, 3.0, 1.5, np.log(3.0)],
        [3.0, 4.0, 8.0, 4.0, 6.0, 2.0, np.log(2.0)],
        [5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ]
    assert tokens.dtype == np.float16
    np.testing.assert_allclose(tokens, expected, rtol=1e-3)


def test_weights_of_links_count() -> None:
    """A mean is weighted by the relation's values."""
    filed = sparse.csr_array(np.array([[3, 0], [1, 0]], dtype=np.float32))
    own = {"company": np.zeros((2, 1), np.float32), "patent": np.array([[2.0], [4.0]], dtype=np.float32)}
    graph = TypedGraph(own, both_ways({FILED: filed}))
    propagation = Propagation({"company": identity(2), "patent": identity(2)})
    tokens = propagation.tokens(propagation.spread(graph), "company")
    assert tokens[0, 1] == pytest.approx(2.5)


@settings(max_examples=15)
@given(st.integers(0, 2**31))
def test_a_node_recomputed_as_if_it_were_new_has_the_same_tokens(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_city(40, rng)
    propagation = Propagation.fit(graph, 5, rng)
    known = propagation.spread(graph)
    rows = rng.choice(40, 7, replace=False)
    links = {key: matrix[rows] for key, matrix in graph.into("company").items()}
    again = propagation.tokens_of(known, "company", graph.own["company"][rows], links)
    np.testing.assert_array_equal(again, propagation.tokens(known, "company")[rows])


def test_blocks_of_rows_do_not_change_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = random_city(50, np.random.default_rng(3))
    propagation = Propagation.fit(graph, 5, np.random.default_rng(0))
    whole = propagation.tokens(propagation.spread(graph), "company")
    monkeypatch.setattr("benchmarks.propagation.tokens._ROWS", 7)
    blocks = propagation.tokens(propagation.spread(graph), "company")
    np.testing.assert_allclose(blocks.astype(float), whole.astype(float), atol=2e-2)
    assert whole.shape == (50, propagation.width(graph, "company"))


def test_the_same_seed_gives_the_same_tokens() -> None:
    graph = random_city(60, np.random.default_rng(1))
    first, second = (Propagation.fit(graph, 4, np.random.default_rng(9)) for _ in range(2))
    np.testing.assert_array_equal(
        first.tokens(first.spread(graph), "patent"), second.tokens(second.spread(graph), "patent")
    )


def test_a_type_without_nodes_has_no_tokens_of_the_right_width() -> None:
    graph = three_companies()
    propagation = Propagation.fit(graph, 3, np.random.default_rng(0))
    known = propagation.spread(graph)
    empty = propagation.tokens_of(known, "company", np.zeros((0, 1), np.float32), {BACK: sparse.csr_array((0, 2))})
    assert empty.shape == (0, propagation.width(graph, "company"))


def test_a_matrix_that_does_not_fit_its_nodes_is_refused() -> None:
    graph = three_companies()
    with pytest.raises(ConfigError, match="rows are targets"):
        TypedGraph(graph.own, {FILED: graph.relations[FILED].T.tocsr()})
