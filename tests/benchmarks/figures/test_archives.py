"""Archives of runs: the results alone, in bytes that depend on nothing else."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

from benchmarks.figures.archives import pack_run, sha256_of


def _run(folder: Path) -> Path:
    (folder / "parts").mkdir(parents=True)
    for name in ("metrics.json", "run-auto-0.trec", "report.md", ".timing.json", "other.txt", "parts/fit.json"):
        (folder / name).write_text(f"this is {name}\n")
    return folder


def test_an_archive_has_the_results_and_neither_parts_nor_scratch_files(tmp_path: Path) -> None:
    archive = pack_run(_run(tmp_path / "umls"), tmp_path / "release" / "umls.tar.gz")
    assert archive is not None
    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["umls/metrics.json", "umls/report.md", "umls/run-auto-0.trec"]
        member = tar.extractfile("umls/report.md")
        assert member is not None
        assert member.read() == b"this is report.md\n"


def test_equal_results_written_at_another_time_give_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for place, day in (("one", 1_000_000), ("two", 2_000_000)):
        folder = _run(tmp_path / place / "umls")
        for path in folder.rglob("*"):
            os.utime(path, (day, day))
        archive = pack_run(folder, tmp_path / f"{place}.tar.gz")
        assert archive is not None
        found.append(sha256_of(archive))
    assert found[0] == found[1]


def test_a_changed_result_is_packed_anew_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    folder, archive = _run(tmp_path / "umls"), tmp_path / "umls.tar.gz"
    pack_run(folder, archive)
    first, at = sha256_of(archive), archive.stat().st_mtime_ns
    pack_run(folder, archive)
    assert archive.stat().st_mtime_ns == at
    (folder / "metrics.json").write_text("other figures\n")
    os.utime(folder / "metrics.json", ns=(at + 10**9, at + 10**9))
    pack_run(folder, archive)
    assert sha256_of(archive) != first


def test_without_results_there_is_no_archive_and_no_hash(tmp_path: Path) -> None:
    assert pack_run(tmp_path, tmp_path / "umls.tar.gz") is None
    assert not sha256_of(tmp_path / "umls.tar.gz")
