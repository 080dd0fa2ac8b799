"""One command from folders to the page: real runs in processes of their own, resumed where they were stopped."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from benchmarks import all_figures
from benchmarks.figures.archives import sha256_of
from benchmarks.figures.sets import QUICK_SETS
from benchmarks.figures.timing import Timing

pytestmark = pytest.mark.slow
SETS = [each.name for each in QUICK_SETS]


def test_quick_runs_packs_and_writes_and_a_second_start_does_nothing_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ["--quick", "--seeds", "1", "--out", str(tmp_path)]
    all_figures.main(start)
    page = (tmp_path / "benchmarks.md").read_text()
    for name in SETS:
        metrics = json.loads((tmp_path / name / "metrics.json").read_text())
        best = metrics["models"][metrics["best_simple"]]["slices"]["all"][metrics["main"]]
        assert f"{metrics['best_simple']} {best['mean']:.4f} [{best['low']:.4f}, {best['high']:.4f}]" in page
        archive = tmp_path / "release" / f"{name}.tar.gz"
        assert sha256_of(archive) in page
        with tarfile.open(archive) as tar:
            assert {f"{name}/{file}" for file in ("metrics.json", "figures.json", "report.md", "timing.json")} <= set(
                tar.getnames()
            )
    assert page.count("not measured: the engine was not asked for") >= 2
    assert "**met**" not in page
    capsys.readouterr()
    all_figures.main(start)
    assert capsys.readouterr().out.count("done already") == len(SETS)
    assert [len(Timing.read(tmp_path / name).legs) for name in SETS] == [1, 1]
    assert (tmp_path / "benchmarks.md").read_text() == page


def test_absent_files_are_skipped_with_the_reason_and_the_page_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    where = ["--out", str(tmp_path / "out"), "--shared", str(tmp_path / "nowhere"), "--page", str(page)]
    all_figures.main([*where, "--sets", "umls", "codex-s"])
    printed = capsys.readouterr().out
    assert f"umls: skipped, {tmp_path / 'nowhere' / 'bench' / 'umls'} is not there; " in printed
    assert "codex-s: skipped" in printed
    assert "not measured: no run: `python -m benchmarks.all_figures --sets umls`" in page.read_text()


def test_files_that_cannot_be_imported_end_in_a_status_and_the_page_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, files = tmp_path / "page.md", tmp_path / "shared" / "bench" / "umls"
    files.mkdir(parents=True)
    where = ["--out", str(tmp_path / "out"), "--shared", str(tmp_path / "shared"), "--page", str(page)]
    with pytest.raises(SystemExit, match="failed: umls"):
        all_figures.main([*where, "--sets", "umls"])
    assert "umls: the import ended with status 1" in capsys.readouterr().out
    assert "not measured: no run: `python -m benchmarks.all_figures --sets umls`" in page.read_text()


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no figures are called nothing; choose of h2020-P-2019"):
        all_figures.main(["--out", str(tmp_path), "--sets", "nothing", "--page", str(tmp_path / "page.md")])
    assert not (tmp_path / "page.md").exists()
