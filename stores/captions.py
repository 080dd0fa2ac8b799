"""Short captions of nodes in Neo4j, and their codes in Korean, for whoever looks at them in Bloom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from graph_schema.captions import captions_of, numbered
from graph_schema.catalog import NODE_TYPES
from graph_schema.cypher import found_by_id, quoted
from graph_schema.model import CODES, NODE_CAPTION, NodeType, Property
from graph_schema.progress import Progress, silent
from stores.base import BATCH_ROWS
from stores.bolt import Neo4jStore

CodeWords = Callable[[str, str], str]
"""Property and code to the Korean word."""

_LISTS_OF_CODES: Final = frozenset({"targets"})


def write_captions(store: Neo4jStore, words: CodeWords, progress: Progress = silent) -> None:
    """Give numbers to captions that several nodes of a label have, and to all nodes their codes in Korean.

    Loads write a caption by what a node says itself, which does not know of its siblings.
    """
    for done, node in enumerate(NODE_TYPES):
        progress("captions", done, len(NODE_TYPES))
        coded = [p for p in node.own if p.choices or p.name in _LISTS_OF_CODES]
        captions: list[str] = []
        codes: list[tuple[str, str]] = []
        for batch in store.read_nodes(node):
            captions += captions_of(node, pa.Table.from_batches([batch]))
            rows = batch.select(["id", *(p.name for p in coded)]).to_pylist()
            codes += [(row["id"], _in_words(row, coded, words)) for row in rows]
        made = [[id_, caption, said] for (id_, said), caption in zip(codes, numbered(captions), strict=True)]
        for start in range(0, len(made), BATCH_ROWS):
            store.records(_fill(node), {"rows": made[start : start + BATCH_ROWS]}, write=True)


def _in_words(row: Mapping[str, Any], coded: Sequence[Property], words: CodeWords) -> str:
    said = []
    for p in coded:
        codes = [row[p.name]] if isinstance(row[p.name], str) else row[p.name]
        if codes:
            said.append(f"{p.ko}: {', '.join(words(p.name, code) for code in codes)}")
    return " · ".join(said)


def _fill(node: NodeType) -> str:
    """Write what is not there yet."""
    caption, codes = (f"n.{quoted(p.name)}" for p in (NODE_CAPTION, CODES))
    return (
        f"UNWIND $rows AS row {found_by_id('n', node.label, 'row[0]')}"
        f"WHERE coalesce({caption}, '') <> row[1] OR coalesce({codes}, '') <> row[2] "
        f"SET {caption} = row[1], {codes} = CASE WHEN row[2] <> '' THEN row[2] END"
    )
