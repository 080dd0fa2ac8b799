"""Runs beside one another."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_schema.errors import EvaluationError, NotFoundError
from graph_schema.wording import Wording
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment, Request
from recommender.report.compare import compare_runs, find_runs, open_run
from tests.recommender.bench.models import Broken, Popular, few_models
from tests.recommender.folders import shop


def run(data: Path, out: Path, *models: str) -> Path:
    request = Request(data, out, ModelChoice(models), seeds=1, encoder="none", hide_queries=False)
    Experiment(request, available=few_models).run()
    return out


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    shop().write(folder / "data")
    run(folder / "data", folder / "all/auto", "auto")
    run(folder / "data", folder / "all/content", "content-knn")
    shop(seed=1).write(folder / "other")
    run(folder / "other", folder / "all/other", "popularity")
    return folder / "all"


def test_runs_are_found_with_what_they_are(runs: Path) -> None:
    found = find_runs(runs.parent)
    assert [(run.path.name, run.asked, run.main) for run in found] == [
        ("auto", ["auto"], "recall@20"),
        ("content", ["content-knn"], "recall@20"),
        ("other", ["popularity"], "recall@20"),
    ]


def test_a_paired_difference_is_that_of_the_report(runs: Path) -> None:
    """The row content-kNN stands in both runs, so auto against it is known already."""
    (found,) = compare_runs(open_run(runs / "auto"), [open_run(runs / "content")], "ndcg@10")
    assert (found.model, found.against) == ("auto/auto", "content/content-knn")
    mine, theirs = open_run(runs / "auto").metrics["models"], open_run(runs / "content").metrics["models"]
    wanted = (
        mine["auto"]["slices"]["all"]["ndcg@10"]["mean"] - theirs["content-knn"]["slices"]["all"]["ndcg@10"]["mean"]
    )
    assert found.difference.mean == pytest.approx(wanted)
    (none,) = compare_runs(open_run(runs / "auto"), [open_run(runs / "auto")])
    assert none.difference.mean == 0


def test_both_means_stand_beside_their_difference(runs: Path) -> None:
    (found,) = compare_runs(open_run(runs / "auto"), [open_run(runs / "content")])
    mine = open_run(runs / "auto").value("auto")["mean"]
    theirs = open_run(runs / "content").value("content-knn")["mean"]
    assert (found.mean, found.against_mean) == (pytest.approx(mine), pytest.approx(theirs))
    assert found.difference.mean == pytest.approx(found.mean - found.against_mean)


def test_each_pair_comes_once(runs: Path, tmp_path: Path) -> None:
    """Two models of one run make one pair, not four, and a run that is named twice says nothing twice."""
    both = open_run(run(runs.parent / "data", tmp_path / "both", "popularity", "content-knn"))
    (found,) = compare_runs(both, [both, both])
    assert {found.model, found.against} == {"both/popularity", "both/content-knn"}
    auto = open_run(runs / "auto")
    pairs = [(each.model, each.against) for each in compare_runs(auto, [both, both])]
    assert sorted(pairs) == [("auto/auto", "both/content-knn"), ("auto/auto", "both/popularity")]


def test_a_run_says_when_it_ended_and_what_it_took(runs: Path) -> None:
    """Minutes are those of all its fits and rankings; neither is part of what two equal runs share."""
    found = open_run(runs / "auto")
    assert datetime.fromisoformat(found.finished).tzinfo is not None
    assert found.minutes is not None
    assert found.minutes >= 0
    figures = json.loads((runs / "auto/figures.json").read_text(encoding="utf-8"))
    assert not {"finished", "minutes"} & figures.keys()


def test_runs_on_other_data_are_refused(runs: Path) -> None:
    with pytest.raises(EvaluationError, match="only runs on the same files"):
        compare_runs(open_run(runs / "auto"), [open_run(runs / "other")])


def test_queries_of_one_name_are_not_paired(runs: Path, tmp_path: Path) -> None:
    """A run that cannot tell its queries apart is refused whichever side it stands on, against itself too."""
    copied = tmp_path / "twice"
    shutil.copytree(runs / "auto", copied)
    table = pq.read_table(copied / "queries.parquet")
    names = table.column("query").to_pylist()
    table = table.set_column(table.column_names.index("query"), "query", pa.array([names[1], *names[1:]]))
    pq.write_table(table, copied / "queries.parquet")
    twice, auto = open_run(copied), open_run(runs / "auto")
    for first, other in ((twice, auto), (auto, twice), (twice, twice)):
        with pytest.raises(EvaluationError, match=r"twice has 1 names that several queries share"):
            compare_runs(first, [other])


def test_a_run_whose_asked_model_failed_is_named(runs: Path, tmp_path: Path) -> None:
    def with_broken(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"popularity": (Popular(),)}, {"engine": (Broken(),)}

    asked = Request(runs.parent / "data", tmp_path / "broken", seeds=1, encoder="none", hide_queries=False)
    with pytest.raises(EvaluationError, match="auto gave nan"):
        Experiment(asked, available=with_broken).run()
    broken, whole = open_run(tmp_path / "broken"), open_run(runs / "auto")
    assert list(broken.failed) == ["auto"]
    assert whole.failed == {}
    assert broken.failed["auto"].ko.startswith("모델 auto: 질의 0, 후보 0의 점수: nan. ")
    for first, other in ((broken, whole), (whole, broken)):
        with pytest.raises(EvaluationError, match=r"broken has no figures .*auto gave nan.* --model"):
            compare_runs(first, [other])


def test_a_run_that_told_failures_in_english_alone_still_opens(runs: Path, tmp_path: Path) -> None:
    shutil.copytree(runs / "auto", tmp_path / "older")
    path = tmp_path / "older/metrics.json"
    metrics = json.loads(path.read_text(encoding="utf-8"))
    del metrics["failed_ko"]
    path.write_text(json.dumps(metrics | {"failed": {"gnn": "no room"}, "failed_asked": ["gnn"]}), encoding="utf-8")
    assert open_run(tmp_path / "older").failed == {"gnn": Wording("no room", "no room")}


def test_an_unknown_metric_and_a_folder_without_run_are_told(runs: Path) -> None:
    with pytest.raises(NotFoundError, match=r"its metrics are .*mrr"):
        compare_runs(open_run(runs / "auto"), [open_run(runs / "content")], "auc")
    with pytest.raises(NotFoundError, match="no finished run"):
        open_run(runs)
