"""The page on the law is what the rows make."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from graph_schema.law.page import law_page, write_page
from graph_schema.law.rows import TABLES, table

PAGE = Path(__file__).resolve().parents[3] / "docs" / "law.md"


def test_the_committed_page_is_what_the_rows_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == law_page(), (
        "the law changed: run `python -m graph_schema.law.page docs/law.md`"
    )


def test_every_row_is_on_the_page_in_a_whole_line() -> None:
    page = law_page()
    assert all(f"| `{row.id}` |" in page for name in TABLES for row in table(name))
    lines = [line.replace("\\|", "") for line in page.splitlines()]
    tables = [list(rows) for is_table, rows in groupby(lines, lambda line: line.startswith("|")) if is_table]
    assert all(len({line.count("|") for line in rows}) == 1 for rows in tables)


def test_writing_makes_the_file(tmp_path: Path) -> None:
    write_page(tmp_path / "law.md")
    assert (tmp_path / "law.md").read_text(encoding="utf-8") == law_page()
