"""The page: figures of real runs between the markers, everything else as people wrote it, nothing made up."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.figures.page import BEGIN, END, write_page
from benchmarks.figures.readings import SetRun, read_set
from benchmarks.figures.sets import PUBLIC_SETS, FigureSet, Goal
from benchmarks.figures.timing import Leg, Timing
from benchmarks.figures.tiny import write_tiny
from graph_schema.errors import ConfigError
from recommender.bench.bench import Bench
from recommender.bench.catalogue import Variants
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment, Request
from recommender.report.compare import open_run
from recommender.report.explained import Explained, Share, write_explained
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.ease import Ease
from recommender.scorers.popularity import Popularity

SHOP = FigureSet("tiny-shop-synthetic", "recall@10", Goal(0.3), importer="x", described=True, content_goal=True)


def _models(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
    """Stand quick models where the engine is: the page reads any run alike."""
    simple = {"popularity": (Popularity(),), "content-knn": (ContentKnn(),)}
    return simple, {"engine": (Ease(),), "engine-without-gnn": (Popularity(),)}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a run of the real runner with five seeds, in a folder of results."""
    folder = tmp_path_factory.mktemp("bench")
    request = Request(write_tiny(SHOP.name, folder / "sets"), folder / SHOP.name, encoder="none", device="cpu")
    Experiment(request, available=_models).run()
    Timing((Leg("k", "2026-11-22T10:00:00", 90.0, 60.0, 2048.0, 0, 0.3, {"python": "3.11"}),)).write(request.out)
    return folder


def _page(tmp_path: Path, readings: list[SetRun], out: Path) -> str:
    page = tmp_path / "page.md"
    write_page(page, readings, out)
    return page.read_text()


def _row(text: str, heading: str, name: str = SHOP.name) -> str:
    part = text.partition(f"## {heading}")[2].partition("\n## ")[0]
    return next(line for line in part.splitlines() if line.startswith(f"| `{name}`"))


def test_without_runs_the_page_has_no_figure_and_names_the_commands(tmp_path: Path) -> None:
    text = _page(tmp_path, [read_set(each, tmp_path) for each in PUBLIC_SETS], tmp_path)
    for each in PUBLIC_SETS:
        row = _row(text, "Engine against", each.name)
        assert "not measured: no run" in row
        assert f"python -m benchmarks.all_figures --sets {each.name}`" in row
    for row in (line for line in text.splitlines() if line.startswith("|")):
        # Goals and names aside, no cell holds a number.
        assert not re.search(r"\d\.\d{2,}", re.sub(r"≥ [\d.]+", "", row)), row
        assert "**met**" not in row
    assert "not measured: no run: `python -m benchmarks.all_figures --sets city-training`" in text
    assert "--sets city-growth" in text


def test_every_figure_is_that_of_the_run(tmp_path: Path, out: Path) -> None:
    text = _page(tmp_path, [read_set(SHOP, out)], out)
    metrics = json.loads((out / SHOP.name / "metrics.json").read_text())
    engine = metrics["models"]["auto"]["slices"]["all"]["recall@10"]
    simple = metrics["models"][metrics["best_simple"]]["slices"]["all"]["recall@10"]
    ratio = next(each["ratio"] for each in metrics["against_best_simple"] if each["model"] == "auto")
    row = _row(text, "Engine against")
    for value, form in ((engine, ".4f"), (simple, ".4f"), (ratio, ".3f")):
        assert f"{value['mean']:{form}} [{value['low']:{form}}, {value['high']:{form}}]" in row
    assert metrics["best_simple"] in row
    gain = metrics["gains"]["gnn:recall@10"]["difference"]
    assert f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]" in _row(text, "What the network adds")
    cold = metrics["cold_against_content"][0]["ratio"]
    assert f"{cold['mean']:.3f} [{cold['low']:.3f}, {cold['high']:.3f}] ×" in _row(text, "Queries of which")
    assert "| 1.5 | 1.0 | 2.00 | 1 |" in _row(text, "What it took")
    assert metrics["hashes"]["data"][:16] in _row(text, "The runs")


def test_content_knn_is_compared_as_the_run_compares_it(out: Path) -> None:
    """Where content-kNN is the best simple model, the ratio from the queries is that of the run."""
    reading = read_set(SHOP, out)
    assert reading.best_simple == "content-knn"
    told, compared = reading.against_content(), reading.against_best()
    assert told is not None
    assert compared is not None
    assert (told.mean, told.low, told.high) == pytest.approx(tuple(compared["ratio"].values()))


def _judged(out: Path, tmp_path: Path, events: int, engine: float) -> SetRun:
    """Return the run with so many events on valid, and the engine's figure there."""
    shutil.copytree(out / SHOP.name, tmp_path / SHOP.name)
    reading = read_set(SHOP, tmp_path)
    metrics = json.loads(json.dumps(reading.metrics))
    metrics["windows"]["valid"]["events"] = events
    for name, simple in (("popularity", 0.2), ("content-knn", 0.3)):
        metrics["models"][name] |= {"chosen": 0, "tried": [{"valid": {SHOP.metric: simple}}]}
    metrics["models"]["auto"] |= {"chosen": 1, "tried": [{"valid": {}}, {"valid": {SHOP.metric: engine}}]}
    return replace(reading, metrics=metrics)


@pytest.mark.parametrize(
    ("events", "engine", "serves"), [(30, 0.31, "engine"), (29, 0.31, "content-knn"), (30, 0.29, "content-knn")]
)
def test_what_would_serve_is_decided_by_valid_and_by_events_enough(
    tmp_path: Path, out: Path, events: int, engine: float, serves: str
) -> None:
    reading = _judged(out, tmp_path, events, engine)
    row = _row(_page(tmp_path, [reading], out), "What would serve")
    model = "auto" if serves == "engine" else serves
    assert f"| {engine:.4f} | content-knn 0.3000 | {events} | {serves} | {reading.whole(model)['mean']:.4f} |" in row
    compared = reading.against_best(model)
    assert ("1, the same model" if compared is None else f"{compared['ratio']['mean']:.3f}") in row


@pytest.mark.parametrize(
    ("goal", "words"),
    [(Goal(0.0), "**met**"), (Goal(1.0), "missed"), (Goal(0.0001, times=True), None), (None, "no goal")],
)
def test_a_goal_is_met_or_missed_by_the_figures(
    tmp_path: Path, out: Path, goal: Goal | None, words: str | None
) -> None:
    reading = read_set(replace(SHOP, goal=goal), out)
    if words is None:
        compared = reading.against_best()
        assert compared is not None
        words = "**met**" if compared["difference"]["low"] > 0 else "missed"
    assert _row(_page(tmp_path, [reading], out), "Engine against").endswith(f"| {words} |")


def _compared(reading: SetRun, name: str, ratio: float, low: float, network: float) -> SetRun:
    """Return the run as one of awards with such a ratio, such a lower end of its gain and of what the network adds."""
    metrics = json.loads(json.dumps(reading.metrics))
    against = next(each for each in metrics["against_best_simple"] if each["model"] == "auto")
    against["ratio"] = {"mean": ratio, "low": ratio - 0.1, "high": ratio + 0.1}
    against["difference"] |= {"low": low}
    for gain in metrics["gains"].values():
        gain["difference"] |= {"low": network}
    return replace(reading, of=replace(SHOP, name=name, award=True), metrics=metrics)


@pytest.mark.parametrize(
    ("ratio", "low", "network", "results"),
    [
        (1.06, 0.01, 0.01, ["**met**"] * 4),
        (1.04, 0.01, -0.01, ["**met**", "missed", "**met**", "missed"]),
        (0.98, -0.01, 0.01, ["missed", "missed", "missed", "**met**"]),
    ],
)
def test_goals_of_several_sets_are_judged_together(
    tmp_path: Path, out: Path, ratio: float, low: float, network: float, results: list[str]
) -> None:
    """Two of seven sets gain nothing, which five of seven, three of seven and half of all bear."""
    reading = read_set(SHOP, out)
    sets = [_compared(reading, f"set-{at}", ratio, low, network) for at in range(5)]
    worse = [_compared(reading, f"worse-{at}", 0.995, -0.01, -0.01) for at in range(2)]
    text = _page(tmp_path, [*sets, *worse], out).partition("Over several sets:")[2].partition("\n## ")[0]
    rows = [line for line in text.splitlines() if " tasks: " in line]
    assert [row.rsplit("|", 2)[1].strip() for row in rows] == results
    assert rows[2].split("|")[2:4] == [" 7 ", f" {min(ratio, 0.995):.3f} × "]


def _explain(run: Path, share: Share, without_path: dict[str, int]) -> None:
    data = open_run(run).metrics["hashes"]["data"]
    write_explained(Explained(SHOP.name, 0, share, {}, without_path, 0.5, 0.1, data=data), run)


@pytest.mark.parametrize(("hits", "words"), [(96, "**met**"), (90, "missed")])
def test_explanations_are_judged_by_their_share(tmp_path: Path, out: Path, hits: int, words: str) -> None:
    shutil.copytree(out / SHOP.name, tmp_path / SHOP.name)
    share = Share.of([True] * hits + [False] * (100 - hits))
    _explain(tmp_path / SHOP.name, share, {"popularity": 20})
    row = _row(_page(tmp_path, [read_set(replace(SHOP, explained=120), tmp_path)], tmp_path), "Explanations")
    assert f"| {share.share:.3f} [{share.low:.3f}, {share.high:.3f}] | 100 | 20 | ≥ 95% of 120 | {words} |" in row


def test_fewer_explanations_than_asked_for_do_not_count(tmp_path: Path, out: Path) -> None:
    asked = replace(SHOP, explained=1_000)
    assert "not measured" in _row(_page(tmp_path, [read_set(asked, out)], out), "Explanations")
    shutil.copytree(out / SHOP.name, tmp_path / SHOP.name)
    share = Share.of([True] * 10)
    _explain(tmp_path / SHOP.name, share, {})
    row = _row(_page(tmp_path, [read_set(asked, tmp_path)], tmp_path), "Explanations")
    assert "does not count: 10 of 1000 cases" in row


def test_too_few_seeds_do_not_count(tmp_path: Path, out: Path) -> None:
    reading = read_set(SHOP, out)
    assert reading.metrics is not None
    fewer = replace(reading, metrics={**reading.metrics, "seeds": [0, 1]})
    text = _page(tmp_path, [fewer], out)
    assert "does not count: 2 of 5 seeds" in _row(text, "Engine against")
    assert "does not count: 2 of 5 seeds" in _row(text, "What the network adds")


def test_an_engine_that_failed_is_not_measured_and_says_why(tmp_path: Path, out: Path) -> None:
    reading = read_set(SHOP, out)
    assert reading.metrics is not None
    models = {name: model for name, model in reading.metrics["models"].items() if name != "auto"}
    failed = replace(reading, metrics={**reading.metrics, "models": models, "failed": {"auto": "too | large"}})
    row = _row(_page(tmp_path, [failed], out), "Engine against")
    assert "not measured: the engine could not be run: too \\| large" in row


def test_a_run_of_another_dataset_is_none(out: Path, tmp_path: Path) -> None:
    (tmp_path / SHOP.name).symlink_to(out / SHOP.name)
    assert (
        read_set(replace(SHOP, metric="mrr"), tmp_path).missing
        == "the run there is of tiny-shop-synthetic by recall@10"
    )


def test_minutes_that_are_less_than_the_run_measured_are_a_lower_bound(tmp_path: Path, out: Path) -> None:
    reading = read_set(SHOP, out)
    lost = replace(reading, timing=Timing((Leg("k", "2026-11-22", 0.0, exit=0),)))
    assert "| at least " in _row(_page(tmp_path, [lost], out), "What it took")


def test_what_people_wrote_stays(tmp_path: Path, out: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\nBefore.\n\n{BEGIN}\nold figures\n{END}\n\n## What was tried\n\nAfter.\n")
    for _ in range(2):
        write_page(page, [read_set(SHOP, out)], out)
        text = page.read_text()
        assert text.startswith(f"# Title\n\nBefore.\n\n{BEGIN}\n")
        assert text.endswith(f"{END}\n\n## What was tried\n\nAfter.\n")
        assert "old figures" not in text
        assert text.count(SHOP.name) > 3


def test_a_page_without_markers_gets_them_below_its_title(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\nText.\n")
    write_page(page, [], tmp_path)
    text = page.read_text()
    assert text.startswith(f"# Title\n\n{BEGIN}\n")
    assert text.endswith(f"{END}\n\nText.\n")


@pytest.mark.parametrize("text", [f"# T\n{BEGIN}\n", f"# T\n{END}\n{BEGIN}\n", f"# T\n{BEGIN}\n{BEGIN}\n{END}\n"])
def test_markers_that_do_not_pair_are_refused_and_the_page_stays(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(ConfigError, match="markers"):
        write_page(page, [], tmp_path)
    assert page.read_text() == text
