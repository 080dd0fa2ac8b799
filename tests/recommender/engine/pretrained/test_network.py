"""The network over canonical features."""

from __future__ import annotations

import numpy as np
import torch

from recommender.engine.pretrained.canonical import COLUMNS, KINDS
from recommender.engine.pretrained.network import INPUTS, mean_z, network_forward, network_inputs
from recommender.engine.pretrained.network_training import CanonicalNetwork, HeadConfig, train_head, without_kinds
from recommender.engine.pretrained.weights import shipped_weights
from tests.recommender.engine.pretrained.small_episodes import episode


def test_numpy_agrees_with_torch() -> None:
    network = CanonicalNetwork(HeadConfig(), torch.Generator().manual_seed(0)).eval()
    arrays = shipped_weights()
    network.load_state_dict({name: torch.from_numpy(np.array(each)) for name, each in arrays.items()})
    table = episode().pools.table
    table[::2, : 2 * 5] = np.nan
    with torch.no_grad():
        theirs = network(torch.from_numpy(network_inputs(table))).numpy()
    np.testing.assert_allclose(network_forward(arrays, table), theirs, rtol=1e-5, atol=1e-5)


def test_inputs_are_finite_whatever_is_absent() -> None:
    """Absent kinds are 0, and those that there are count as much more."""
    table = episode().pools.table
    whole = network_inputs(table)
    assert whole.shape == (len(table), INPUTS)
    half = table.copy()
    half[:, 2:] = np.nan
    inputs = network_inputs(half)
    assert np.isfinite(inputs).all()
    np.testing.assert_allclose(inputs[:, 0], whole[:, 0] * len(KINDS), rtol=1e-6)
    np.testing.assert_allclose(mean_z(half), table[:, COLUMNS.index("knn/z")])
    assert np.isfinite(network_inputs(np.full_like(table, np.nan))).all()
    assert mean_z(np.full_like(table, np.nan)).tolist() == [0.0] * len(table)


def test_it_learns_what_tells_answers_apart_and_one_seed_gives_the_same() -> None:
    config = HeadConfig(epochs=10, kinds_dropped=0.0, learning_rate=0.01)
    first, second = (train_head([[episode(300)]], config, 3) for _ in range(2))
    assert all(first[name].tobytes() == second[name].tobytes() for name in first)
    unseen = episode(20, seed=9)
    best = network_forward(first, unseen.pools.table).reshape(20, -1).argmax(axis=1)
    assert (best == unseen.labels.reshape(20, -1).argmax(axis=1)).mean() > 0.6


def test_what_was_learnt_is_carried_on() -> None:
    start = train_head([[episode()]], HeadConfig(epochs=1), 0)
    still = train_head([[episode()]], HeadConfig(epochs=1, learning_rate=1e-9, reg=0.0), 1, start)
    for name, each in start.items():
        np.testing.assert_allclose(still[name], each, atol=1e-6)


def test_kinds_are_taken_from_whole_questions() -> None:
    pools = episode(50).pools
    out = without_kinds(pools.table, pools.question, 0.5, np.random.default_rng(0))
    gone = np.isnan(out[:, : 2 * len(KINDS)]).reshape(50, 10, len(KINDS), 2)
    assert (gone.all(axis=(1, 3)) | ~gone.any(axis=(1, 3))).all()
    assert 0.3 < gone.mean() < 0.7
    assert not np.isnan(pools.table).any()
