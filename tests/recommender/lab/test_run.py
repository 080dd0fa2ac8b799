"""An experiment in one call from Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from graph_schema.errors import ConfigError, EvaluationError
from recommender.lab import run_experiment
from recommender.lab.results import Results
from recommender.measure.arrays import Values
from recommender.measure.metrics import compute
from recommender.measure.ranks import PositiveRanks
from tests.recommender.bench.models import Popular
from tests.recommender.folders import shop


def first_place(ranks: PositiveRanks) -> Values:
    """Chance that the best answer stands first."""
    best = ranks.first
    return np.where(ranks.above[best] == 0, 1.0 / ranks.tied[best], 0.0)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    path = tmp_path_factory.mktemp("shop")
    shop().write(path / "data")
    return run_experiment(
        path / "data",
        ["popularity", Popular(noise=1.0, name="mine")],
        path / "out",
        metrics={"first place": first_place},
        seeds=2,
        only=True,
        cold=False,
        encoder="none",
        ranks="parquet",
    )


def test_names_and_estimators_stand_side_by_side(results: Results) -> None:
    """The frame has what the files have."""
    metrics = results.metrics.set_index(["model", "slice", "metric"])
    written = json.loads((results.out / "metrics.json").read_text(encoding="utf-8"))["models"]
    assert set(written) == {"popularity", "mine"}
    for name, model in written.items():
        value = model["slices"]["all"]["recall@20"]
        assert tuple(metrics.loc[(name, "all", "recall@20")]) == (value["mean"], value["low"], value["high"])


def test_each_question_has_a_row_with_all_metrics(results: Results) -> None:
    """Their mean is that of the run."""
    table = results.per_question
    assert table.groupby("model").size().to_dict() == {"popularity": 60, "mine": 60}
    resources = table.groupby("model")["ndcg@10"].mean()
    metrics = results.metrics.set_index(["model", "slice", "metric"])["mean"]
    assert resources["mine"] == pytest.approx(metrics["mine", "all", "ndcg@10"])


def test_timings_have_a_row_for_each_seed_that_was_run(results: Results) -> None:
    timings = results.timings
    assert timings.groupby("model")["seed"].apply(list).to_dict() == {"popularity": [0], "mine": [0, 1]}
    assert (timings["fit_seconds"] >= 0).all()
    assert (timings["peak_mib"] > 0).all()


def test_each_seed_has_figures_of_its_own_whose_mean_is_that_of_the_run(results: Results) -> None:
    """The popular ones do not depend on it, so they have one."""
    found = results.by_seed.query("slice == 'all' and metric == 'ndcg@10'")
    assert found.groupby("model")["seed"].agg(list).to_dict() == {"mine": [0, 1], "popularity": [0]}
    whole = results.metrics.query("slice == 'all' and metric == 'ndcg@10'").set_index("model")["mean"]
    assert found.groupby("model")["mean"].mean().to_dict() == pytest.approx(whole.to_dict())
    assert found.query("model == 'mine'")["mean"].nunique() == 2


def test_each_model_is_compared_with_the_best_simple_one(results: Results) -> None:
    """As in the file, whose p-values are corrected for the number of rows."""
    written = json.loads((results.out / "metrics.json").read_text(encoding="utf-8"))["against_best_simple"]
    assert len(written) == len(results.comparisons) == 1
    row, found = written[0], results.comparisons.iloc[0]
    assert (found["model"], found["against"], found["metric"]) == (row["model"], row["against"], row["metric"])
    assert tuple(found[["difference", "low", "high", "p_value"]]) == tuple(row["difference"].values())
    assert (found["p_holm"], found["ratio"]) == (row["p_holm"], row["ratio"]["mean"])


def test_the_ranks_of_a_run_are_those_of_its_file(results: Results) -> None:
    written = pq.read_table(results.out / "ranks.parquet").to_pandas()
    assert results.ranks.equals(written)


def test_a_run_shows_in_a_line_where_its_files_are(results: Results) -> None:
    assert repr(results) == f"Results(out={results.out!r})"


def test_a_metric_of_ones_own_stands_in_frames_and_report(results: Results) -> None:
    frame = results.metrics
    row = frame[(frame["metric"] == "first place") & (frame["slice"] == "all") & (frame["model"] == "mine")]
    ranks = results.findings.test.model("mine")
    assert ranks is not None
    wanted = np.mean([first_place(outcome.ranks).mean() for outcome in ranks.row.outcomes])
    assert row["mean"].item() == pytest.approx(wanted)
    assert "first place" in (results.out / "report.md").read_text(encoding="utf-8")


def test_ranks_of_all_answers_are_written(results: Results) -> None:
    """They give the metrics again."""
    table = pq.read_table(results.out / "ranks.parquet").to_pandas()
    mine = table[(table["model"] == "mine") & (table["seed"] == 1)]
    outcome = next(each for each in results.findings.test.models if each.name == "mine").row.outcomes[1]
    assert len(mine) == int(outcome.ranks.counts.sum())
    best = mine.groupby("query", sort=False)["rank"].min()
    assert (mine["optimistic"] == mine["pessimistic"]).all(), "a noise of single floats ties nothing"
    np.testing.assert_allclose((1 / best).to_numpy(), compute(outcome.ranks, "mrr"))
    tied = table[table["model"] == "popularity"]
    assert (tied["optimistic"] <= tied["rank"]).all()
    assert (tied["rank"] <= tied["pessimistic"]).all()


def test_ranks_can_be_a_table_of_text_and_vanish_where_they_are_not_asked_for(results: Results) -> None:
    folder = results.out.parent / "data"
    calls = {"seeds": 1, "only": True, "cold": False, "encoder": "none"}
    run_experiment(folder, "popularity", results.out.parent / "text", ranks="csv", **calls)
    table = pd.read_csv(results.out.parent / "text/ranks.csv")
    assert list(table.columns) == ["model", "seed", "query", "answer", "rank", "optimistic", "pessimistic"]
    assert len(table) > 60
    run_experiment(folder, "popularity", results.out.parent / "text", **calls)
    assert not (results.out.parent / "text/ranks.csv").exists()


def test_options_may_be_numbers_of_numpy(tmp_path: Path) -> None:
    """As they come out of a table or an array; the run, its hash and its files have plain ones."""
    shop().write(tmp_path / "data")
    options = {"seeds": np.int64(1), "budget": np.float64(0.5), "only": np.bool_(True), "cold": np.bool_(False)}  # noqa: FBT003 - numpy's own
    found = run_experiment(tmp_path / "data", "popularity", tmp_path / "out", **options)
    plain = run_experiment(
        tmp_path / "data", "popularity", tmp_path / "other", seeds=1, budget=0.5, only=True, cold=False
    )
    assert found.findings.hashes == plain.findings.hashes


def test_variants_of_a_row_are_chosen_among_on_valid(tmp_path: Path) -> None:
    """Baselines come with them, as they do on the command line."""
    shop().write(tmp_path / "data")
    found = run_experiment(
        tmp_path / "data", {"mine": [Popular(-1.0), Popular()]}, tmp_path / "out", seeds=1, cold=False, encoder="none"
    )
    mine = found.findings.test.model("mine")
    assert mine is not None
    assert mine.row.chosen == 1
    assert {"popularity", "ease"} <= set(found.metrics["model"])


@pytest.mark.parametrize("models", [[object()], [], {"mine": []}, {"mine": "ease"}, [Popular(name="")]])
def test_what_is_no_model_is_refused(tmp_path: Path, models: object) -> None:
    with pytest.raises(ConfigError, match=r"no(t a)? model"):
        run_experiment(tmp_path, models, tmp_path / "out")


def test_a_metric_with_the_name_of_another_is_refused_before_a_fit(tmp_path: Path) -> None:
    shop().write(tmp_path / "data")
    with pytest.raises(ConfigError, match="mrr are there already"):
        run_experiment(
            tmp_path / "data", "popularity", tmp_path / "out", metrics={"mrr": first_place}, only=True, encoder="none"
        )
    assert not list((tmp_path / "out").rglob("*.npz"))


@pytest.mark.parametrize(
    ("name", "metric", "error", "words"),
    [
        ("mrr", first_place, ConfigError, "mrr are there already"),
        (
            "odd",
            lambda _: np.zeros(3),
            EvaluationError,
            r"finite number to each of 60 questions, and gave shape \(3,\)",
        ),
        ("nan", lambda ranks: np.full(len(ranks), np.nan), EvaluationError, "gave some that are not finite"),
    ],
)
def test_a_metric_that_is_none_is_refused(
    results: Results, name: str, metric: Callable[[PositiveRanks], Values], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        run_experiment(
            results.out.parent / "data",
            "popularity",
            results.out.parent / "refused",
            metrics={name: metric},
            seeds=1,
            only=True,
            cold=False,
            encoder="none",
        )
