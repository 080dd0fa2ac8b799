"""Reads whole labels and relations of a Neo4j graph, page by page, as Arrow batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa

from graph_schema.model import ElementType, NodeType
from stores import bolt_queries
from stores.base import BATCH_ROWS
from stores.bolt_columns import record_batch

Rows = list[list[Any]]
Ask = Callable[[str, dict[str, Any] | None], Sequence[tuple[Any, ...]]]
"""Runs a query with its parameters and returns its records."""


def read(ask: Ask, element: ElementType) -> Iterator[pa.RecordBatch]:
    """Stream all of a label or relation by its key; raises ``UnsoundError`` for a value of another type."""
    for rows in pages_of(ask, element):
        yield batch_of(element, rows)


def batch_of(element: ElementType, rows: Rows) -> pa.RecordBatch:
    """Turn a page into a batch and let go of its rows, since the next page is on its way."""
    batch = record_batch(element, rows)
    rows.clear()
    return batch


def pages_of(ask: Ask, element: ElementType, *, searched: bool = False) -> Iterator[Rows]:
    """Stream the stored columns of a label or relation by its key, with ``searched`` the search text of nodes last."""
    names = [p.name for p in element.stored]
    if isinstance(element, NodeType):
        return pages(ask, bolt_queries.page_of_nodes(element, searched=searched), [names.index("id")])
    keys = [names.index(key) for key in ("src", "dst", "key")]
    return pages(ask, bolt_queries.page_of_relationships(element), keys)


def pages(ask: Ask, query: str, keys: Sequence[int]) -> Iterator[Rows]:
    """Read page by page, each after the ``keys`` that end the last, the next one while the last is worked on."""

    def read_after(after: Sequence[str]) -> Rows:
        rows: Rows = ask(query, {"after": list(after), "rows": BATCH_ROWS})[0][0]
        return rows

    with ThreadPoolExecutor(1, "read") as reader:
        rows = read_after([""] * len(keys))
        while rows:
            last = [rows[-1][key] or "" for key in keys]
            following = reader.submit(read_after, last) if len(rows) == BATCH_ROWS else None
            yield rows
            rows = following.result() if following else []
