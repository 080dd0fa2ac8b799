"""The page on the law is what the rows make."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from graph_schema.law.page import READERS, law_page, readers_of, write_page
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


def test_every_reader_asks_the_law_and_every_module_that_asks_it_is_one() -> None:
    """What the page says to act is asked for, and no module asks for more than the page tells."""
    named = {module for kinds in READERS.values() for modules in kinds.values() for module in modules}
    root = PAGE.parents[1]
    asking = {
        str(path.relative_to(root))
        for package in ("api", "loaders", "recommender")
        for path in (root / package).rglob("*.py")
        if re.search(r"graph_schema\.law\.(?!days|industries|truth)\w+ import", path.read_text(encoding="utf-8"))
    }
    assert named == asking


def test_kinds_that_have_readers_are_kinds_of_their_table() -> None:
    kinds = {name: {"", *(row.kind for row in table(name))} for name in TABLES}
    assert all(of.keys() <= kinds[name] for name, of in READERS.items())


@pytest.mark.parametrize(
    ("name", "id_", "acts"),
    [
        ("startups", "startup-2022", True),
        ("startups", "startup-early", False),
        ("size_method", "sales-years", True),
        ("size_method", "micro-grace", True),
        ("certificates", "venture", True),
        ("certificates", "innobiz-age", False),
        ("quotas", "support-outside-capital", True),
        ("quotas", "support-day-care", False),
        ("clocks", "grievance", False),
        ("clocks", "proposal", False),
        ("admission", "goyang-711", True),
    ],
)
def test_the_page_says_of_each_row_whether_it_acts(name: str, id_: str, *, acts: bool) -> None:
    (line,) = (line for line in law_page().splitlines() if line.startswith(f"| `{id_}` |"))
    assert line.endswith("| **nothing** |") is not acts
    assert bool(readers_of(name, next(row for row in table(name) if row.id == id_))) is acts


def test_writing_makes_the_file(tmp_path: Path) -> None:
    write_page(tmp_path / "law.md")
    assert (tmp_path / "law.md").read_text(encoding="utf-8") == law_page()
