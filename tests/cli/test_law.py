"""The law from the command line."""

from __future__ import annotations

import json

from graph_schema.errors import NotFoundError
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
