"""Run files and answers as other tools read them."""

from __future__ import annotations

import warnings
from pathlib import Path

import ir_measures
import numpy as np
import pyarrow.parquet as pq
import pytest
from ir_measures import nDCG

from recommender.bench.trec import write_qrels
from recommender.bench.triple_bench import TripleBench
from recommender.knowledge.folder.read import read_dataset
from recommender.lab.experiment import Experiment, Request
from recommender.triples.popularity import PopularityEstimator
from tests.recommender.bench.models import few_models
from tests.recommender.bench.test_triple_bench import tastes
from tests.recommender.folders import shop


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop")
    world = shop()
    world.target = [(f"{row[0]} x", *row[1:]) for row in world.target]
    world.files.clear()
    world.write(path / "data")
    Experiment(Request(path / "data", path / "out", seeds=1, encoder="none"), available=few_models).run()
    return path / "out"


def _theirs(qrels: Path, run: Path) -> dict[str, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the tool leaves its files open
        found = ir_measures.iter_calc(
            [nDCG @ 10], list(ir_measures.read_trec_qrels(str(qrels))), list(ir_measures.read_trec_run(str(run)))
        )
        return {each.query_id: each.value for each in found}


def test_another_tool_finds_the_same_ndcg(finished: Path) -> None:
    """To 1e-9, query by query, for a model that ties nothing; an id with a blank is one word in both files."""
    theirs = _theirs(finished / "test.qrels", finished / "run-auto-0.trec")
    table = pq.read_table(finished / "queries.parquet")
    ours = dict(zip(table.column("query").to_pylist(), table.column("auto|ndcg@10").to_pylist(), strict=True))
    assert len(ours) == 60
    assert theirs.keys() == {name.replace(" ", "%20") for name in ours}
    for name, value in ours.items():
        assert theirs[name.replace(" ", "%20")] == pytest.approx(value, abs=1e-9)


def test_the_window_with_unseen_queries_has_its_own_answers(finished: Path) -> None:
    theirs = _theirs(finished / "unseen.qrels", finished / "unseen-auto-0.trec")
    assert len(theirs) == 12
    assert not (finished / "unseen-engine-without-gnn-0.trec").exists()


def test_answers_of_one_question_about_triples_stand_together(tmp_path: Path) -> None:
    """Each triple of the test is in the answers twice, under its tail and its head question, each asked once."""
    bench = TripleBench(read_dataset(tastes(tmp_path / "data", "BUYS", "LIKES")))
    outcome = bench.rank(bench.fit(PopularityEstimator(), "test", 0), "test", "popularity")
    questions = bench.questions("test")
    write_qrels(tmp_path / "test.qrels", questions, outcome)
    lines = [line.split() for line in (tmp_path / "test.qrels").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2 * len(bench.triples.test) == len({(line[0], line[2]) for line in lines})
    assert {line[0] for line in lines} == set(questions.list_names)
    named = {f"{line[0]} {line[2]}" for line in lines}
    assert named == set(questions.names)
    assert np.all(np.diff([questions.list_names.index(line[0]) for line in lines]) >= 0)
