"""Loading, counting and snapshots from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from graph_schema.errors import ConfigError, SourceError
from loaders.samples import sample_loads
from tests.cli.conftest import Run

_KEYS = {"source", "read", "loaded", "unchanged", "quarantined", "seconds"}
_FILES = dict(sample_loads())


def test_load_reports_exactly_the_promised_keys(run: Run) -> None:
    """One JSON object with the six keys; read is the sum of the three outcomes."""
    report = json.loads(run("load", "centers", _FILES["centers"], "--json").stdout)
    assert set(report) == _KEYS
    assert (report["source"], report["read"], report["loaded"]) == ("centers", 29, 29)


def test_second_load_changes_nothing(run: Run) -> None:
    run("load", "centers", _FILES["centers"])
    report = json.loads(run("load", "centers", _FILES["centers"], "--json").stdout)
    assert (report["loaded"], report["unchanged"], report["quarantined"]) == (0, 29, 0)


def test_store_option_names_another_file(run: Run, tmp_path: Path, home: Path) -> None:
    uri = f"duckdb://{tmp_path / 'elsewhere.duckdb'}"
    run("load", "centers", _FILES["centers"], "--store", uri)
    counts = json.loads(run("graph", "counts", "--store", uri, "--json").stdout)
    assert counts["nodes"]["Center"] == 29
    assert not (home / "graph.duckdb").exists()


def test_list_names_every_source_with_both_titles(run: Run) -> None:
    listed = json.loads(run("load", "--list", "--json").stdout)
    assert {"ksic11", "centers", "bizinfo", "kstartup", "ntis-calls", "kipris", "companies", "needs"} <= {
        entry["name"] for entry in listed
    }
    assert all(entry["title_ko"] and entry["title_en"] for entry in listed)


def test_unknown_source_and_missing_file_say_what_to_do(run: Run, tmp_path: Path) -> None:
    unknown = run("load", "nonsense", tmp_path / "x.csv").exception
    assert isinstance(unknown, SourceError)
    assert "known are" in str(unknown)
    missing = run("load", "centers", tmp_path / "없는 파일.csv").exception
    assert isinstance(missing, SourceError)
    assert "없는 파일.csv" in str(missing)


def test_load_without_a_file_shows_its_usage(run: Run) -> None:
    assert isinstance(run("load", "centers").exception, ConfigError)


def test_bad_rows_wait_in_quarantine_while_the_rest_loads(run: Run, tmp_path: Path, home: Path) -> None:
    lines = _FILES["centers"].read_text(encoding="utf-8").splitlines()
    broken = tmp_path / "centers.csv"
    header = lines[0].split(",")
    empty_name = [""] * len(header)
    broken.write_text("\n".join([*lines, ",".join(empty_name)]) + "\n", encoding="utf-8")
    result = run("load", "centers", broken)
    assert "quarantined 1" in result.stdout
    assert str(home / "quarantine") in result.stdout
    assert list((home / "quarantine").glob("centers-*.csv"))


def test_snapshot_is_named_by_its_content(run: Run, tmp_path: Path) -> None:
    """The same load into two stores gives one snapshot id."""
    ids = []
    for name in ("a", "b"):
        uri = f"duckdb://{tmp_path / f'{name}.duckdb'}"
        run("load", "centers", _FILES["centers"], "--store", uri)
        ids.append(json.loads(run("snapshot", "--store", uri, "--json").stdout)["snapshot_id"])
    assert ids[0] == ids[1]


def test_copy_moves_a_graph_between_stores(run: Run, tmp_path: Path) -> None:
    run("load", "centers", _FILES["centers"])
    target = f"duckdb://{tmp_path / 'copy.duckdb'}"
    source = f"duckdb://{tmp_path / 'home' / 'graph.duckdb'}"
    copied = json.loads(run("graph", "copy", "--from", source, "--to", target, "--json").stdout)
    assert copied == json.loads(run("graph", "counts", "--json").stdout)


def test_migrate_twice_applies_nothing_the_second_time(run: Run) -> None:
    run("migrate")
    second = json.loads(run("migrate", "--json").stdout)
    assert second["applied"] == []
    assert second["version"] >= 1
