"""The page on the graph is what the catalog makes."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from graph_schema.catalog import ELEMENT_TYPES, NODE_TYPES, RELATION_TYPES
from graph_schema.documentation import graph_page, write_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "graph.md"


def test_the_committed_page_is_what_the_catalog_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == graph_page(), (
        "the catalog changed: run `python -m graph_schema.documentation docs/graph.md`"
    )


def test_the_page_names_every_element_and_property() -> None:
    page = graph_page()
    assert all(f"`{node.label}` {node.ko}" in page for node in NODE_TYPES)
    assert all(f"|{relation.type}| {relation.target}" in page for relation in RELATION_TYPES)
    assert all(f"| `{p.name}` |" in page for element in ELEMENT_TYPES for p in element.properties)


def test_every_row_of_a_table_has_the_cells_of_its_heading() -> None:
    """A ``|`` within a text must not open another cell."""
    rows = [line.replace("\\|", "") for line in graph_page().splitlines()]
    tables = [list(rows) for is_table, rows in groupby(rows, lambda row: row.startswith("|")) if is_table]
    assert len(tables) > len(NODE_TYPES)
    assert all(len({row.count("|") for row in table}) == 1 for table in tables)


def test_writing_makes_the_file(tmp_path: Path) -> None:
    write_page(tmp_path / "graph.md")
    assert (tmp_path / "graph.md").read_text(encoding="utf-8") == graph_page()
