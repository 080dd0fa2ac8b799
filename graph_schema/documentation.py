"""Makes ``docs/graph.md`` from the catalog; ``python -m graph_schema.documentation docs/graph.md`` writes it."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES
from graph_schema.cypher import embedding_label
from graph_schema.migrations import CURRENT_VERSION
from graph_schema.model import NODE_BASE, RELATION_BASE, NodeType, Property, RelationType

_WIDTH = 100
"""Columns of prose in the documentation: a change of one word stays readable beside what it was."""
_HEADING = f"""# The graph

Made from `graph_schema/catalog.py` by `python -m graph_schema.documentation docs/graph.md`; do not edit it here.
Schema version {CURRENT_VERSION}.

Flags: **required** is never null; **pii** is personal data and stays out of snapshots, perspectives, logs, search and
indexes; **indexed** has a range index; **searchable** is part of `search_text`, which the one full-text index covers;
**encoded** is part of the text that is embedded; **derived** is computed from other values and stays out of content
hashes and snapshots. A null value is an unknown one.
"""


def wrapped(page: str) -> str:
    """Return a page with its paragraphs and lists wrapped; tables, code and headings stay as they are."""
    return "\n\n".join(_wrapped(block) for block in page.split("\n\n"))


def _wrapped(block: str) -> str:
    text = block.strip("\n")
    if not text or text.startswith(("|", "`" * 3, "#", "<")):
        return block
    parts = text.split("\n") if text.startswith("- ") else [" ".join(text.split("\n"))]
    indent = "  " if text.startswith("- ") else ""
    filled = [
        textwrap.fill(part, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        for part in parts
    ]
    return block.replace(text, "\n".join(filled))


def graph_page() -> str:
    """Return the page: diagram, properties common to all, a table for each label and for each relation."""
    lines = "\n".join(
        [
            _HEADING,
            *_diagram(),
            "## Properties of every node\n",
            *_property_table(NODE_BASE),
            "## Columns of every relationship\n",
            *_property_table(RELATION_BASE),
            "## Labels\n",
            *(line for node in NODE_TYPES for line in _node_section(node)),
            "## Relationships\n",
            *_relation_table(),
            *(line for relation in RELATION_TYPES if relation.own for line in _relation_section(relation)),
            *_overlay(),
        ]
    )
    return wrapped(lines)


def write_page(path: Path) -> None:
    """Write the page to ``path``."""
    path.write_text(graph_page(), encoding="utf-8")


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "graph LR"
    for node in NODE_TYPES:
        yield f'  {node.label}["{node.label}<br/>{node.ko}"]'
    for relation in RELATION_TYPES:
        arrow = "---" if relation.symmetric else "-->"
        yield f"  {relation.source} {arrow}|{relation.type}| {relation.target}"
    yield "```\n"


def _node_section(node: NodeType) -> Iterator[str]:
    yield f"### `{node.label}` {node.ko} ({node.en})\n"
    embedded = f" Embeddings: `{embedding_label(node)}`." if node.embedded else ""
    yield f"Key: {_cell(node.key_from)}. Caption: `{node.caption}`.{embedded}\n"
    yield from _property_table(node.own)


def _relation_table() -> Iterator[str]:
    yield (
        "Facts that are **private** are one company's dealings: it and the city may see them, other companies see at "
        "most how many there are.\n"
    )
    yield "| from | type | to | Korean | English | direction | seen by |"
    yield "|---|---|---|---|---|---|---|"
    for relation in RELATION_TYPES:
        direction = "both" if relation.symmetric else "one"
        cells = (
            f"`{relation.source}`",
            f"`{relation.type}`",
            f"`{relation.target}`",
            relation.ko,
            relation.en,
            direction,
            "**private**" if relation.private else "all",
        )
        yield table_row(cells)
    yield ""


def _relation_section(relation: RelationType) -> Iterator[str]:
    yield f"### `{relation}`\n"
    yield from _property_table(relation.own)


def _overlay() -> Iterator[str]:
    yield "## Overlay\n"
    yield (
        "What a Neo4j server carries over the graph, with these properties alone. Loaders, copies, counts, checks and "
        "snapshots leave it as it is, and so does the embedded store.\n"
    )
    types = {relation.type: relation for relation in OVERLAY_TYPES}
    for type_, relation in types.items():
        joined = (f"{other.source} → {other.target}" for other in OVERLAY_TYPES if other.type == type_)
        yield f"### `{type_}` {relation.ko} ({relation.en})\n"
        yield f"{', '.join(joined)}.\n"
        yield from _property_table(relation.properties)


def _property_table(properties: Iterable[Property]) -> Iterator[str]:
    yield "| property | type | Korean | English | flags | values |"
    yield "|---|---|---|---|---|---|"
    for p in properties:
        choices = ", ".join(f"`{choice}`" for choice in p.choices)
        yield table_row((f"`{p.name}`", p.type.value, p.ko, p.en, ", ".join(_flags(p)), choices))
    yield ""


def _flags(p: Property) -> Iterator[str]:
    for flag in ("required", "pii", "indexed", "searchable", "encoded", "derived"):
        if getattr(p, flag):
            yield f"**{flag}**" if flag == "pii" else flag


def table_row(cells: Iterable[str]) -> str:
    """Write one row of a Markdown table."""
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Keep ``|`` and ``<`` from being read as markup."""
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    write_page(Path(sys.argv[1]))
