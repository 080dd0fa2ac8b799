"""The pretrained network is judged once, and its page compares it with the run of the same questions."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.pretraining import Found, choices, keep, main, rows_of
from benchmarks.pretraining_page import MARKERS, read_figures, write_figures
from benchmarks.pretraining_sets import SETS, OpenSet, PublicSet
from tests.recommender.folders import shop

QUESTIONS = [f"q{at}" for at in range(40)]


def write_parts(folder: Path, **rows: float) -> None:
    """Keep rows in which every question has one value, two seeds of each."""
    folder.mkdir(parents=True)
    for name, value in rows.items():
        for seed in (0, 1):
            values = {"valid": [value], "test": [value + seed * 0.02] * len(QUESTIONS)}
            (folder / f"{name}-{seed}.json").write_text(json.dumps(values))


def write_run(folder: Path, **rows: Sequence[float]) -> None:
    """Write what a run leaves of its questions, in another order than they are asked here."""
    folder.mkdir(parents=True)
    columns = {f"{name.replace('_', '-')}|ndcg@10": list(values)[::-1] for name, values in rows.items()}
    more = {"query": QUESTIONS[::-1], "group": list(range(len(QUESTIONS))), "auto|mrr": [0.9] * len(QUESTIONS)}
    pq.write_table(pa.table(more | columns), folder / "queries.parquet")
    (folder / "metrics.json").write_text(json.dumps({"seeds": [0, 1, 2]}))


def test_a_page_holds_the_network_against_the_best_of_the_run(tmp_path: Path) -> None:
    """Popularity is .2 everywhere, EASE .4, the engine .25 or .75 by question; the rest of the page stays."""
    write_parts(tmp_path / "parts" / "one", **{"pretrained": 0.5, "fine-tuned": 0.6, "package": 0.45})
    engine = np.where(np.arange(len(QUESTIONS)) < 20, 0.25, 0.75)
    ties = [0.2] * len(QUESTIONS)
    write_run(tmp_path / "runs" / "one", auto=engine, popularity=ties, recent_popularity=[0.1] * 40, ease=[0.4] * 40)
    figures = read_figures("one", QUESTIONS, tmp_path / "parts", tmp_path / "runs")
    np.testing.assert_allclose(figures.rows["auto"][0], engine)
    page = tmp_path / "page.md"
    page.write_text(f"# A card\n\nWritten.\n\n{MARKERS[0]}\nold\n{MARKERS[1]}\n\nKept.\n")
    write_figures(page, [figures])
    text = page.read_text()
    assert "old" not in text
    assert text.startswith("# A card\n\nWritten.")
    assert text.endswith("Kept.\n")
    assert (
        "| `one` | 40 | popularity 0.200 | ease 0.400 | 0.510 ± 0.014 | +0.310 [+0.310, +0.310] "
        "| +0.110 [+0.110, +0.110] | 0.460 ± 0.014 |" in text
    )
    assert "| `one` | 0.500, seeds: 3 | 1.020 [" in text
    assert "| 0.610 ± 0.014 | 1.220 [" in text


def test_a_set_without_a_run_has_its_own_figures_alone(tmp_path: Path) -> None:
    write_parts(tmp_path / "parts" / "one", **{"pretrained": 0.5, "fine-tuned": 0.6})
    page = tmp_path / "page.md"
    write_figures(page, [read_figures("one", QUESTIONS, tmp_path / "parts", tmp_path / "runs")])
    assert "| `one` | 40 | – | – | 0.510 ± 0.014 | – | – | – |" in page.read_text()
    assert "| `one` | – | – | 0.610 ± 0.014 | – |" in page.read_text()


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []

    def measure(stages: Sequence[str]) -> Found:
        asked.append(stages)
        return {stage: np.array([0.25, 0.75]) for stage in stages}

    for _ in range(2):
        keep(tmp_path / "one" / "pretrained-0.json", measure, ("valid", "test"))
    assert asked == [("valid", "test")]
    kept = json.loads((tmp_path / "one" / "pretrained-0.json").read_text())
    assert kept == {"valid": [0.25, 0.75], "test": [0.25, 0.75]}
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["pretrained-0.json"]


def test_settings_are_listed_by_their_mean_over_sets_on_valid(tmp_path: Path) -> None:
    for name, values in {"one": (0.2, 0.3), "two": (0.4, 0.1)}.items():
        write_parts(tmp_path / name, **{"pretrained 0": values[0], "pretrained 1": values[1]})
    assert list(choices(tmp_path, ["one", "two"])) == [
        "valid, pretrained 0: 0.3000 over 2 sets",
        "valid, pretrained 1: 0.2000 over 2 sets",
    ]


def opened(folder: Path, each: PublicSet, most: int = 100) -> OpenSet:
    """Open a made-up folder under the name of a set."""
    shop().write(folder / each.folder)
    return OpenSet(each, folder, folder, folder / "vectors.sqlite", most)


def test_weights_of_other_sets_are_learnt_once_and_judged_on_both_windows(tmp_path: Path) -> None:
    one, other = (
        opened(tmp_path, PublicSet(name, "shop", "", name, ships=ships)) for name, ships in (("a", False), ("b", True))
    )
    options = argparse.Namespace(seeds=1, choose=False)
    rows = {name: measure for name, _, measure in rows_of(one, [other], options, tmp_path / "learned")}
    assert list(rows) == ["pretrained", "fine-tuned", "package"]
    for measure in rows.values():
        found = measure(("valid", "test"))
        assert [len(found[stage]) for stage in ("valid", "test")] == [
            len(one.stages[stage].questions) for stage in ("valid", "test")
        ]
        assert all(((values >= 0) & (values <= 1)).all() for values in found.values())
    assert [path.name for path in (tmp_path / "learned").iterdir()] == ["without a-0.safetensors"]


def test_answers_that_stand_first_are_worth_one(tmp_path: Path) -> None:
    each = opened(tmp_path, PublicSet("a", "shop", "", "a", ships=True), most=3)
    pools, stage = each.pools["test"], each.stages["test"]
    assert len(each.questions) == len(stage.questions) == 3
    best = np.asarray(stage.positives[pools.question, pools.candidate]).reshape(-1).astype(np.float32)
    assert each.values("test", best).tolist() == [1.0, 1.0, 1.0]


def test_an_unknown_set_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--sets", "nowhere"])
    assert "invalid choice: 'nowhere'" in capsys.readouterr().err
    assert len({each.folder for each in SETS}) == len(SETS)
