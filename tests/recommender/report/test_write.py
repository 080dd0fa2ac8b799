"""The files of a run: they belong together, and name what cannot be written."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment
from recommender.report.explained import Explained, Share, write_explained
from tests.recommender.bench.models import CallList, Counted, Popular, few_models
from tests.recommender.folders import shop
from tests.recommender.lab.test_experiment import read, request, run


def test_what_was_explained_stays_in_the_report_while_the_data_are_the_same(tmp_path: Path) -> None:
    out = run(shop(), tmp_path, hide=False)
    data = read(out)["hashes"]["data"]
    write_explained(Explained("world", 0, Share.of([True]), {}, {}, 1.0, 0.0, model="gnn", data=data), out)
    before = (out / "report.md").read_text(encoding="utf-8")
    Experiment(request(tmp_path / "data", out, hide=False), available=few_models).run()
    assert "gnn on world" in before
    assert (out / "report.md").read_text(encoding="utf-8") == before
    shop(seed=1).write(tmp_path / "data")
    Experiment(request(tmp_path / "data", out, hide=False), available=few_models).run()
    assert "Explanations" not in (out / "report.md").read_text(encoding="utf-8")
    assert not (out / "explain.json").exists()


def test_a_report_that_cannot_be_written_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "out/report.md").mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"out cannot be written .* --out"):
        run(shop(), tmp_path, hide=False)


def test_files_of_two_runs_are_not_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that a report says is written while no other run may write."""
    files = ("metrics.json", "figures.json", "queries.parquet", "run-auto-0.trec", "test.qrels", "report.html")
    there: list[list[bool]] = []

    @contextmanager
    def held(path: Path) -> Iterator[None]:
        assert path == tmp_path / "out/parts/.lock"
        there.append([(tmp_path / "out" / name).exists() for name in files])
        yield
        there.append([(tmp_path / "out" / name).exists() for name in files])

    monkeypatch.setattr("recommender.report.write.exclusive", held)
    run(shop(), tmp_path, hide=False)
    assert there == [[False] * len(files), [True] * len(files)]


def test_ids_with_spaces_are_escaped(tmp_path: Path) -> None:
    world = shop()
    world.target = [(f"{row[0]} x", f"{row[1]}%20y\u3000z", *row[2:]) for row in world.target]
    world.files.clear()
    lines = (run(world, tmp_path, hide=False) / "run-auto-0.trec").read_text(encoding="utf-8").splitlines()
    assert all(len(line.split(" ")) == 6 for line in lines)
    assert lines[0].split(" ")[0].endswith("%20x")
    assert lines[0].split(" ")[2].endswith("%2520y%E3%80%80z")


def test_bad_rows_are_written_down(tmp_path: Path) -> None:
    world = shop()
    world.target.append(("u00", "i01", "tomorrow", "train"))
    out = run(world, tmp_path, hide=False)
    with (out / "quarantine.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["field"], row["value"]) == ("time", "tomorrow")
    assert read(out)["quarantined_rows"] == 1
    assert "tomorrow" in (out / "report.md").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told_before_a_fit(tmp_path: Path) -> None:
    fits: list[str] = []

    def counted(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"popularity": (Counted(Popular(), CallList(fits)),)}, {}

    shop().write(tmp_path / "data")
    asked = request(tmp_path / "data", tmp_path / "out", wanted=ModelChoice(("popularity",)))
    experiment = Experiment(asked, available=counted)
    (tmp_path / "out/parts").write_text("in the way", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"out cannot be written .* --out"):
        experiment.run()
    assert not fits
