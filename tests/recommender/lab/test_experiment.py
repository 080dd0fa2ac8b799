"""An experiment from folder to files: repeatable, resumable, with its controls, and honest about faults."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from graph_schema.errors import ConfigError, EvaluationError, NotFoundError
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.knowledge.device import resolve_device
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment, Request
from tests.recommender.bench.models import Broken, CallList, Counted, Popular, few_models
from tests.recommender.folders import Row, World, consortia, people, shop


def request(
    folder: Path, out: Path, *, seeds: int = 2, wanted: ModelChoice | None = None, hide: bool = True
) -> Request:
    return Request(folder, out, wanted or ModelChoice(), seeds, encoder="none", hide_queries=hide)


def run(world: World, path: Path, **options: Any) -> Path:
    world.write(path / "data")
    Experiment(request(path / "data", path / "out", **options), available=few_models).run()
    return path / "out"


def read(out: Path) -> dict[str, dict[str, object]]:
    return json.loads((out / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(shop(), tmp_path_factory.mktemp("shop"))


def test_metrics_have_model_seed_slice_interval_cost_and_hashes(finished: Path) -> None:
    metrics = read(finished)
    auto = metrics["models"]["auto"]
    assert [each["seed"] for each in auto["seeds"]] == [0, 1]
    value = auto["seeds"][1]["slices"]["all"]["recall@20"]
    assert value["low"] <= value["mean"] <= value["high"]
    assert auto["seeds"][0]["fit_seconds"] >= 0
    assert auto["seeds"][0]["peak_mib"] > 0
    assert set(metrics["hashes"]) == {"data", "config", "code_version", "encoder"}
    mean = np.mean([each["slices"]["all"]["recall@20"]["mean"] for each in auto["seeds"]])
    assert auto["slices"]["all"]["recall@20"]["mean"] == pytest.approx(mean)


def test_the_device_that_was_used_is_named(finished: Path) -> None:
    """``auto`` is another one on another machine, and figures differ with it."""
    assert read(finished)["settings"]["device"] == str(resolve_device("auto"))


def test_all_slices_that_have_queries_are_there(finished: Path) -> None:
    assert read(finished)["slices"] == {"all": 60, "warm": 60}


def test_settings_are_chosen_on_valid_and_all_tried_ones_are_kept(finished: Path) -> None:
    popularity = read(finished)["models"]["popularity"]
    tried = [each["valid"]["recall@20"] for each in popularity["tried"]]
    assert popularity["chosen"] == int(np.argmax(tried))
    assert popularity["config"]["power"] == popularity["tried"][popularity["chosen"]]["config"]["power"]


def test_a_model_that_does_not_depend_on_its_seed_runs_once(finished: Path) -> None:
    metrics = read(finished)
    assert len(metrics["models"]["popularity"]["seeds"]) == 1
    assert metrics["models"]["popularity"]["depends_on_seed"] is False
    assert metrics["models"]["auto"]["depends_on_seed"] is True
    assert metrics["unseen_queries"]["models"]["popularity"]["depends_on_seed"] is None
    assert "1 (같음) · 1 (alike)" in (finished / "report.md").read_text(encoding="utf-8")
    assert metrics["models"]["auto"]["spread"]["recall@20"] > 0
    assert not (finished / "run-popularity-1.trec").exists()
    assert (finished / "run-auto-1.trec").exists()


def test_one_seed_does_not_show_whether_a_model_depends_on_it(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, seeds=1, hide=False)
    assert all(each["depends_on_seed"] is None for each in read(out)["models"].values())
    assert "1 (같음) · 1 (alike)" not in (out / "report.md").read_text(encoding="utf-8")


def test_the_shuffled_control_gets_two_seeds_and_the_report_says_so(tmp_path: Path) -> None:
    def available(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
        simple, engine = few_models(bench, resources)
        return simple, {**engine, "engine-shuffled-graph": (Popular(1.0, 7.0),)}

    shop().write(tmp_path / "data")
    Experiment(request(tmp_path / "data", tmp_path / "out", seeds=3), available=available).run()
    models = read(tmp_path / "out")["models"]
    assert len(models["auto"]["seeds"]) == len(models["engine-without-gnn"]["seeds"]) == 3
    assert [each["seed"] for each in models["engine-shuffled-graph"]["seeds"]] == [0, 1]
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "each of the seeds 0, 1, 2 (engine-shuffled-graph: the first 2)" in text


def test_the_shuffled_control_takes_over_what_valid_chose_for_the_engine(tmp_path: Path) -> None:
    """The least popular first are behind by more than chance; the control would choose its own first variant."""

    def available(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
        simple, _ = few_models(bench, resources)
        better, worse = Popular(), Popular(-1.0)
        return simple, {"engine": (worse, better), "engine-shuffled-graph": (Popular(1.0, 2.0), Popular(-1.0))}

    shop().write(tmp_path / "data")
    Experiment(request(tmp_path / "data", tmp_path / "out"), available=available).run()
    models = read(tmp_path / "out")["models"]
    assert models["auto"]["chosen"] == 1
    assert models["engine-shuffled-graph"]["config"]["power"] == -1.0
    assert len(models["engine-shuffled-graph"]["tried"]) == 1


def test_run_files_are_trec_runs_that_give_the_same_figures(finished: Path) -> None:
    """Recall at 20 computed anew from the run file and the folder alone equals that of the report."""
    lines = [line.split(" ") for line in (finished / "run-auto-0.trec").read_text(encoding="utf-8").splitlines()]
    assert all(line[1] == "Q0" and line[5] == "auto" for line in lines)
    with (finished.parent / "data/edges/User__BUYS__Item.csv").open(encoding="utf-8") as file:
        truth: dict[str, set[str]] = {}
        for row in csv.DictReader(file):
            if row["split"] == "test":
                truth.setdefault(row["src"], set()).add(row["dst"])
    found = dict.fromkeys(truth, 0)
    for query, _, item, rank, _, _ in lines:
        found[query] += int(rank) <= 20 and item in truth[query]
    recall = np.mean([found[query] / min(len(items), 20) for query, items in truth.items()])
    wanted = read(finished)["models"]["auto"]["seeds"][0]["slices"]["all"]["recall@20"]["mean"]
    assert recall == pytest.approx(wanted, abs=1e-12)


def test_lists_hold_no_known_pair_and_fall_in_score(finished: Path) -> None:
    with (finished.parent / "data/edges/User__BUYS__Item.csv").open(encoding="utf-8") as file:
        known = {(row["src"], row["dst"]) for row in csv.DictReader(file) if row["split"] != "test"}
    last: tuple[str, float] = ("", 0.0)
    for line in (finished / "run-auto-0.trec").read_text(encoding="utf-8").splitlines():
        query, _, item, _, score, _ = line.split(" ")
        assert (query, item) not in known
        assert query != last[0] or float(score) <= last[1]
        last = query, float(score)


def test_unseen_queries_are_made_where_none_is_cold(finished: Path) -> None:
    unseen = read(finished)["unseen_queries"]
    assert unseen["window"]["queries"] == 12
    assert set(unseen["models"]) == {"auto", "popularity", "content-knn"}
    kinds = [each["kind"] for each in read(finished)["cold_against_content"]]
    assert kinds == ["made unseen"]


def test_the_report_compares_with_the_best_simple_model(finished: Path) -> None:
    metrics = read(finished)
    simple = {name: model for name, model in metrics["models"].items() if model["role"] == "simple"}
    best = max(simple, key=lambda name: simple[name]["slices"]["all"]["recall@20"]["mean"])
    assert metrics["best_simple"] == best
    assert {each["model"] for each in metrics["against_best_simple"]} == set(metrics["models"]) - {best}
    assert metrics["gains"]["gnn:recall@20"]["against"] == "engine-without-gnn"


def test_the_pages_tell_it_in_korean_and_english(finished: Path) -> None:
    text = (finished / "report.md").read_text(encoding="utf-8")
    for word in ("주 지표", "what the GNN adds", "made unseen", "settings tried on valid", "조건"):
        assert word in text
    assert "only the first row that uses a part shows its seconds" in text
    page = (finished / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == 6
    assert "src=" not in page


def test_values_of_each_query_are_kept(finished: Path) -> None:
    table = pq.read_table(finished / "queries.parquet")
    assert table.num_rows == 60
    mean = np.mean(table.column("auto|recall@20").to_numpy())
    assert mean == pytest.approx(read(finished)["models"]["auto"]["slices"]["all"]["recall@20"]["mean"])


def test_two_runs_give_the_same_files(finished: Path, tmp_path: Path) -> None:
    """Byte for byte, but for seconds and memory."""
    Experiment(request(finished.parent / "data", tmp_path), available=few_models).run()
    names = [*(path.name for path in finished.glob("run-*.trec")), "figures.json", "queries.parquet"]
    for name in names:
        assert (finished / name).read_bytes() == (tmp_path / name).read_bytes()
    assert read(finished)["figures_hash"] == read(tmp_path)["figures_hash"]


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    """Finished parts are not computed again; the damaged one is, and the figures are those of an unbroken run."""
    shop().write(tmp_path / "data")
    fits: list[str] = []
    model = Counted(Popular(1.0, 0.5), CallList(fits))

    def counted(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"counted": (model,)}, {}

    def go() -> bytes:
        asked = request(tmp_path / "data", tmp_path / "out", seeds=3, wanted=ModelChoice(("counted",)), hide=False)
        Experiment(asked, available=counted).run()
        return (tmp_path / "out" / "figures.json").read_bytes()

    first = go()
    assert len(fits) == 3
    kept = sorted((tmp_path / "out/parts").rglob("*.npz"))
    assert len(kept) == 3
    kept[0].write_bytes(kept[0].read_bytes()[:100])
    kept[1].unlink()
    assert go() == first
    assert len(fits) == 5


def test_a_budget_that_changes_no_settings_refits_nothing(tmp_path: Path) -> None:
    """Neither the engine nor its controls: what a budget changes stands in their settings."""
    out = run(shop(), tmp_path, hide=False)
    before = {path.name for path in (out / "parts").rglob("*.npz")}
    larger = replace(request(tmp_path / "data", out, hide=False), budget_minutes=60.0)
    Experiment(larger, available=few_models).run()
    assert {path.name for path in (out / "parts").rglob("*.npz")} == before
    assert read(out)["settings"]["budget"] == 60.0


def test_another_budget_refits_the_rows_that_it_sizes_and_no_other(tmp_path: Path) -> None:
    """Two seeds of each: the simple row is fitted by the first run alone, the engine once for each of two budgets."""
    shop().write(tmp_path / "data")
    fits: dict[str, list[str]] = {"popularity": [], "engine": []}

    def sized(_bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
        rows = {"popularity": Popular(), "engine": Popular(resources.budget_minutes, 1.0)}
        found = {name: (Counted(each, CallList(fits[name])),) for name, each in rows.items()}
        return {"popularity": found["popularity"]}, {"engine": found["engine"]}

    asked = request(tmp_path / "data", tmp_path / "out", hide=False)
    for minutes, refitted in ((1.0, 2), (2.0, 4), (1.0, 4)):
        Experiment(replace(asked, budget_minutes=minutes), available=sized).run()
        assert (len(fits["popularity"]), len(fits["engine"])) == (2, refitted)


def test_a_part_of_other_data_is_not_taken(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, hide=False)
    before = {path.name for path in (out / "parts").rglob("*.npz")}
    with (tmp_path / "data/edges/User__BUYS__Item.csv").open("a", encoding="utf-8") as file:
        file.write("u00,i79,2020-01-01,train\n")
    Experiment(request(tmp_path / "data", out, hide=False), available=few_models).run()
    after = {path.name for path in (out / "parts").rglob("*.npz")}
    assert len(after) == 2 * len(before)


def test_only_the_named_model_where_asked(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, wanted=ModelChoice(("popularity",), only=True), seeds=3)
    assert list(read(out)["models"]) == ["popularity"]
    assert {path.name for path in out.glob("run-*.trec")} == {f"run-popularity-{seed}.trec" for seed in range(3)}


def test_a_simple_model_comes_with_the_other_simple_ones(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, wanted=ModelChoice(("popularity",)), hide=False)
    assert set(read(out)["models"]) == {"popularity", "content-knn"}


def test_an_unknown_model_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no model is called popularty .* popularity"):
        run(shop(), tmp_path, wanted=ModelChoice(("popularty",)))


def test_a_control_that_fails_is_a_row_that_says_why(tmp_path: Path) -> None:
    shop().write(tmp_path / "data")

    def with_broken(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"popularity": (Popular(),), "broken": (Broken(),)}, {"engine": (Popular(1.0, 1.0),)}

    Experiment(request(tmp_path / "data", tmp_path / "out"), available=with_broken).run()
    assert "finite" in read(tmp_path / "out")["failed"]["broken"]
    assert "could not be run" in (tmp_path / "out/report.md").read_text(encoding="utf-8")


def test_a_model_asked_for_that_fails_is_an_error_after_the_report(tmp_path: Path) -> None:
    shop().write(tmp_path / "data")

    def with_broken(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"popularity": (Popular(),)}, {"engine": (Broken(),)}

    with pytest.raises(EvaluationError, match="auto: auto gave nan"):
        Experiment(request(tmp_path / "data", tmp_path / "out"), available=with_broken).run()
    assert "popularity" in read(tmp_path / "out")["models"]


@pytest.mark.parametrize("world", [consortia, people])
def test_other_kinds_of_folders(tmp_path: Path, world: type[World]) -> None:
    """Questions that come with context, and people who are recommended to people."""
    metrics = read(run(world(), tmp_path))
    assert metrics["models"]["auto"]["slices"]["all"]["recall@20"]["mean"] > 0


@pytest.mark.parametrize(
    ("spoil", "match"),
    [
        (lambda row: (*row[:3], "tset" if row[3] == "test" else row[3]), "nobody is asked in the test .* 120 .*split"),
        (lambda row: (row[0], f"x{row[1]}", *row[2:]), "no row that can be used.* 600 .*nodes/Item.csv has no such id"),
    ],
)
def test_a_window_that_bad_rows_emptied_says_so(tmp_path: Path, spoil: Callable[[Row], Row], match: str) -> None:
    world = shop()
    world.target = [spoil(row) for row in world.target]
    with pytest.raises(EvaluationError, match=match) as caught:
        run(world, tmp_path)
    path = re.escape(str(tmp_path / "out" / "quarantine.csv"))
    assert re.search(rf"rows left out before: \d+, see {path} \(most often, \d+ of them: ", str(caught.value))


def test_an_unknown_device_is_refused_whatever_is_asked(tmp_path: Path) -> None:
    """Also where no model would compute on it."""
    shop().write(tmp_path / "data")
    wrong = replace(
        request(tmp_path / "data", tmp_path / "out", wanted=ModelChoice(("popularity",), only=True)), device="x"
    )
    with pytest.raises(ConfigError, match=r"unknown device 'x'; known are auto, cpu, cuda"):
        Experiment(wrong, available=few_models)
    assert not (tmp_path / "out").exists()


def test_a_leak_is_refused_before_anything_is_learned(tmp_path: Path) -> None:
    world = shop()
    world.add("edges/Item__BOUGHT_BY__User", "src,dst", [(row[1], row[0]) for row in world.target])
    world.target[0] = (*world.target[0][:2], "spring", "train")
    with pytest.raises(EvaluationError, match="BOUGHT_BY") as caught:
        run(world, tmp_path)
    assert "left out" not in str(caught.value), "a bad row has nothing to do with a leak"
    assert not (tmp_path / "out/parts").exists()
