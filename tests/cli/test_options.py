"""A day on the command line is exactly that day, wherever the machine is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.options import default_jobs, parse_day, serving_jobs, training_jobs
from graph_schema.errors import ConfigError
from recommender.snapshot.snapshot import FileEntry, Manifest, Snapshot


@pytest.fixture(params=["America/Santiago", "Africa/Cairo", "Asia/Seoul", "UTC"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("text", ["2024-09-08", "2024-04-26", "1900-01-01", "2200-12-31", "2024-02-29"])
def test_a_day_without_midnight_stays_that_day(text: str) -> None:
    assert parse_day(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    ["20260302", "2026-W10-1", "2026-3-2", "2026-02-30", " 2026-03-02", "2026-03-02T00:00", "２０２６-03-02", ""],
)
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="is not a day; write it like 2026-03-02"):
        parse_day(text)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=f"{text} lies outside the years 1900 to 2200"):
        parse_day(text)


def test_no_day_is_none() -> None:
    assert parse_day(None) is None


def test_two_processes_share_work_where_cores_and_memory_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_jobs(1e9) == 1
    for cores, jobs in ((1, 1), (2, 2), (16, 2), (None, 1)):
        monkeypatch.setattr("os.cpu_count", lambda found=cores: found)
        assert default_jobs(1e-6) == jobs


def test_a_large_graph_is_trained_on_fewer_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Eight free gigabytes hold two that train on a city of 20,000 companies, one on 100,000; three, two that serve."""
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=8_000_000_000))

    def made_of(rows: int) -> Snapshot:
        manifest = Manifest("0" * 64, 1, "2026-03-02T00:00:00+00:00", {"nodes/Company": FileEntry(rows, "0", "0")})
        return Snapshot(tmp_path, manifest)

    small, large = made_of(243_000), made_of(1_137_000)
    assert (training_jobs(small), training_jobs(large)) == (2, 1)
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=3_000_000_000))
    assert (serving_jobs(small), serving_jobs(large)) == (2, 1)
