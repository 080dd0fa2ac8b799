"""The network learns what companies of an industry take, and applies it to a company it never saw."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import torch

from graph_schema.errors import ModelError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.served.scorers.gnn import Gnn
from recommender.served.scorers.gnn_graph import asker_batch, build_graph
from recommender.served.scorers.gnn_inputs import Projection
from recommender.served.scorers.gnn_network import AskerNetwork, NetworkShape
from recommender.served.scorers.popularity import Popularity
from recommender.served.task_data import TaskData
from recommender.served.validation import ndcg, new_pairs
from tests.recommender.fixtures import APPLIED, GraphBuilder, WordEncoder, planted_city
from tests.recommender.served.scorers.contract import data_of

CUT = date(2025, 8, 1)
SETTINGS = Gnn(hidden=16, text_dimension=8, periods=3, epochs=25, dropout=0.1)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> TaskData:
    return data_of(planted_city(), tmp_path_factory.mktemp("planted"), CUT)


def test_the_planted_pattern_is_found_where_popularity_cannot(known: TaskData) -> None:
    later = TaskData(known.snapshot, known.task, known.vectors)
    window = new_pairs(known, later)
    queries = known.queries_at(window.askers)
    figures = {
        estimator.name: ndcg(estimator.fit(known, np.random.default_rng(0)).score(queries), known, window)
        for estimator in (SETTINGS, Popularity())
    }
    assert figures["gnn"] > figures["popularity"] + 0.2


def test_a_company_never_seen_gets_the_programmes_of_its_industry(known: TaskData) -> None:
    """Each industry finds its own over three seeds, a single one of which may mistake an industry for another."""
    shares = np.zeros((3, 4))
    for seed in range(3):
        scorer = SETTINGS.fit(known, np.random.default_rng(seed))
        for theme in range(4):
            links = {"IN_INDUSTRY": (NodeRef("Industry", f"ksic11:{theme}"),)}
            queries = known.queries_for_profile(Profile("새 회사", links, employees=5), WordEncoder())
            shares[seed, theme] = np.mean(np.argsort(-scorer.score(queries)[0])[:6] % 4 == theme)
    assert shares.mean() > 0.8
    assert (shares.mean(axis=0) > 0.6).all()


def test_epochs_are_chosen_on_the_last_period_and_then_fixed(known: TaskData) -> None:
    chosen = Gnn(hidden=8, text_dimension=8, max_epochs=9, judge_every=3, patience=3)
    epochs = chosen.fit(known, np.random.default_rng(0)).settled.epochs
    assert epochs in {3, 6, 9}


def test_training_neither_depends_on_what_torch_drew_before_nor_moves_it(known: TaskData) -> None:
    weights = []
    for before in (1, 2):
        torch.manual_seed(before)
        state = torch.get_rng_state()
        scorer = Gnn(hidden=8, text_dimension=8, epochs=2, dropout=0.5).fit(known, np.random.default_rng(0))
        weights.append(b"".join(value.tobytes() for value in scorer.arrays().values()))
        assert torch.equal(torch.get_rng_state(), state)
    assert weights[0] == weights[1]


def test_a_restored_network_scores_the_same_to_the_last_bit(known: TaskData) -> None:
    scorer = Gnn(hidden=8, text_dimension=8, epochs=2).fit(known, np.random.default_rng(0))
    again = scorer.settled.restore(known, scorer.arrays())
    queries = known.queries_at(np.arange(30))
    np.testing.assert_array_equal(scorer.score(queries), again.score(queries))


def test_what_scores_agrees_with_the_network_that_was_trained(known: TaskData) -> None:
    """The network of torch, given the same weights, gives the same scores to 1e-5, guests included."""
    scorer = Gnn(hidden=8, text_dimension=8, epochs=3).fit(known, np.random.default_rng(0))
    arrays = scorer.arrays()
    graph = build_graph(known, Projection(arrays["mean"], arrays["axes"]))
    network = AskerNetwork(NetworkShape.of(graph), hidden=8, dropout=0.1)
    weights = {name: value for name, value in arrays.items() if name.startswith("network/")}
    network.load_state_dict({name.removeprefix("network/"): torch.from_numpy(v) for name, v in weights.items()})
    network.eval()
    profile = Profile("새 회사 금형", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:1"),)})
    guest = known.queries_for_profile(profile, WordEncoder())
    for queries in (known.queries_at(np.arange(known.n_queries)), guest):
        with torch.no_grad():
            states, candidates = network.embed(graph.collect("x"), graph.edge_index_dict)
            x, edges = asker_batch(known, Projection(arrays["mean"], arrays["axes"]), queries, graph.collect("own"))
            bias = network.popularity_bias(graph["candidate"].popularity)
            wanted = network.scale * network.ask(x, edges, states) @ candidates.T + bias
        np.testing.assert_allclose(scorer.score(queries), wanted.numpy(), atol=1e-5, rtol=1e-5)


def test_scoring_needs_no_torch() -> None:
    """A process that only opens a trained network and scores imports neither torch nor PyTorch Geometric."""
    script = (
        "import sys; from recommender.serve import recommender; from recommender.served.scorers import families, gnn; "
        "print([name for name in ('torch', 'torch_geometric', 'lightgbm') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_arrays_of_another_task_are_refused(known: TaskData) -> None:
    scorer = Gnn(hidden=8, text_dimension=8, epochs=1).fit(known, np.random.default_rng(0))
    arrays = dict(scorer.arrays())
    arrays["candidates"] = arrays["candidates"][:-1]
    with pytest.raises(ModelError, match="ranks 23 candidates, the snapshot has 24"):
        scorer.settled.restore(known, arrays)


def test_without_dated_pairs_there_is_nothing_to_train_on(tmp_path: Path) -> None:
    graph = GraphBuilder().node("Company", "a").node("Program", "p").link(APPLIED, "a", "p")
    with pytest.raises(ModelError, match="no dated pairs"):
        Gnn().fit(data_of(graph, tmp_path), np.random.default_rng(0))
