"""The law from the command line."""

from __future__ import annotations

import json

from graph_schema.errors import NotFoundError, SchemaError
from graph_schema.law.rows import TABLES, table
from tests.command_line import Run


def test_tables_are_counted(run: Run) -> None:
    counted = json.loads(run("law", "--json").stdout)
    assert [each["table"] for each in counted] == list(TABLES)
    assert {each["table"]: each["rows"] for each in counted} == {name: len(table(name)) for name in TABLES}
    assert "clocks" in run("law").stdout


def test_rows_of_a_table_on_a_day(run: Run) -> None:
    """Of the limits of sales only those of the day are shown; a figure that is not known is null."""
    before, after = (json.loads(run("law", "size_ceilings", "--on", day, "--json").stdout) for day in _CHANGE)
    assert {"sme-J-2017"} == {row["id"] for row in before if row["id"].startswith("sme-J-")}
    assert {row["id"]: row["figure"] for row in after if row["id"].startswith("sme-J-")} == {"sme-J-2025": 1e11}
    assert [row["figure"] for row in after if row["id"] == "sme-S94-2025"] == [None]


_CHANGE = ("2025-08-31", "2025-09-01")


def test_what_is_to_be_confirmed_is_listed_with_its_source(run: Run) -> None:
    rows = json.loads(run("law", "--to-confirm", "--json").stdout)
    assert rows
    assert not any(row["confirmed"] for row in rows)
    assert all(row["source"] for row in rows)
    assert "holidays 0.109" in run("law", "holidays", "--to-confirm").stdout


def test_an_unknown_table_is_refused(run: Run) -> None:
    assert isinstance(run("law", "taxes").exception, NotFoundError)


def test_the_size_of_a_company_is_told_with_the_rows_that_decide(run: Run) -> None:
    """Four full-time workers and three half ones are 5.5, fewer than the ten of manufacturing."""
    given = ("size", "C10711", "--sales", "500000000", "--workers", "4", "--part-timers", "3", "--on", "2026-11-30")
    found = json.loads(run(*given, "--json").stdout)
    assert found["possible"] == ["micro"]
    assert found["regular_workers"] == 5.5
    assert [row["id"] for row in found["rows"]] == ["micro-C", "small-C10-2025", "sme-C10-2025"]
    said = run(*given).stdout
    assert "size: micro enterprise (on 2026-11-30, 5.5 regular workers)" in said
    assert "별표 3" in said


def test_what_would_decide_a_size_is_named(run: Run) -> None:
    given = ("size", "J62010", "--workers", "8", "--on", "2026-11-30")
    found = json.loads(run(*given, "--json").stdout)
    assert (found["possible"], found["unknown"]) == (["small", "medium", "larger"], ["sales"])
    assert "would be decided by its sales" in run(*given).stdout


def test_who_outgrew_a_size_is_told_how_long_grace_lasts(run: Run) -> None:
    given = ("size", "J62010", "--sales", "9e9", "--workers", "8", "--outgrown", "2025-03-01")
    assert "grace: counts among micro enterprises until 2028-12-31" in run(*given, "--on", "2026-11-30").stdout
    assert json.loads(run(*given, "--on", "2029-01-01", "--json").stdout)["grace"] == {}
    larger = ("size", "J62010", "--sales", "9e11", "--workers", "90", "--outgrown", "2025-10-01", "--on", "2026-11-30")
    assert json.loads(run(*larger, "--json").stdout)["grace"] == {"sme": "2030-12-31"}


def test_an_industry_that_is_none_is_refused(run: Run) -> None:
    assert isinstance(run("size", "Z99").exception, SchemaError)


def test_the_last_day_of_a_complaint_leaves_holidays_out(run: Run) -> None:
    """Seven working days from 23 December 2026 on, that day included; Christmas, New Year and two weekends are none."""
    given = ("deadline", "grievance", "--received", "2026-12-23")
    found = json.loads(run(*given, "--json").stdout)
    assert (found["last_day"], found["row"]["id"]) == ("2027-01-04", "grievance")
    assert "to be dealt with by 2027-01-04" in run(*given).stdout
    assert isinstance(run("deadline", "other").exception, NotFoundError)
