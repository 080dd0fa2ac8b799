"""Writes batches of rows into Neo4j, each in one transaction, and tells what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np

from graph_schema.cypher import known_nodes, known_relationships, merge_nodes, merge_relationships
from graph_schema.model import NodeType, RelationType
from stores import bolt_hands
from stores.base import Outcome, Outcomes
from stores.batches import UpsertBatch

# Of one transaction: larger ones gain nothing, and each holds its memory and locks until its end.
_ROWS_AT_A_TIME: Final = 5_000
_SAMPLED: Final = 100
"""Rows of a batch that are looked up first: of a graph that is new to the store none is there."""
Records = list[tuple[Any, ...]]
Ask = Callable[[str, dict[str, Any]], Records]
"""Runs a query of a transaction with its parameters, and returns its records."""
Transact = Callable[[Callable[[Ask], None]], object]
"""Does work in one transaction, more than once where another writer's locks undo it."""


def upsert_nodes(transact: Transact, node: NodeType, batch: UpsertBatch, *, stub: bool) -> Outcomes:
    """Write nodes by ``id``; see ``GraphStore``."""
    sending = _Sending(batch, known_nodes(node, stub=stub), partial(merge_nodes, node, stub=stub))
    transact(sending.send)
    sent = np.full(batch.table.num_rows, Outcome.UNCHANGED, np.int8)
    for (written,) in sending.merged:
        sent[written] = Outcome.WRITTEN
    return sending.outcomes(sent)


def upsert_relationships(transact: Transact, relation: RelationType, batch: UpsertBatch) -> Outcomes:
    """Write relationships by (``src``, ``dst``, ``key``); see ``GraphStore``."""
    sending = _Sending(batch, known_relationships(relation), partial(merge_relationships, relation))
    transact(sending.send)
    sent = np.full(batch.table.num_rows, Outcome.DANGLING, np.int8)
    sent[sending.left_out] = Outcome.UNCHANGED
    for found, written in sending.merged:
        sent[found] = Outcome.UNCHANGED
        sent[written] = Outcome.WRITTEN
    return sending.outcomes(sent)


@dataclass(slots=True)
class _Sending:
    """A batch, how to ask which of its rows are stored as they are, and how to merge the others."""

    batch: UpsertBatch
    known: str
    merge: Callable[[Sequence[str]], str]
    left_out: list[int] = field(default_factory=list)
    """Positions of the rows that are stored as they are."""
    replaced: list[bolt_hands.Found] = field(default_factory=list)
    """What was stored in the place of the others, where somebody asked what people did to it."""
    merged: Records = field(default_factory=list)
    """What the merges returned."""

    def send(self, ask: Ask) -> None:
        """Write what differs.

        A row whose hash is stored already is told by its key and hash alone; a sample says whether asking is worth it.
        """
        every = np.arange(self.batch.table.num_rows)
        self.left_out = _value(ask, self.known, {"rows": self.batch.keys(every[:: max(1, len(every) // _SAMPLED)])})
        if self.left_out:
            self.left_out = _value(ask, self.known, {"rows": self.batch.keys(every)})
        rows = np.setdiff1d(every, self.left_out)
        self.replaced = bolt_hands.replaced(partial(_value, ask), self.batch, rows)
        parcel = self.batch.parcel(rows)
        self.merged = []
        for parameters in parcel.portions(_ROWS_AT_A_TIME):
            self.merged += ask(self.merge(parcel.names), parameters)

    def outcomes(self, sent: Outcomes) -> Outcomes:
        """Return the outcomes of the input by those of the rows ``sent``."""
        bolt_hands.note(self.batch, self.replaced, sent)
        return self.batch.outcomes(sent)


def _value(ask: Ask, query: str, parameters: dict[str, Any]) -> list[Any]:
    """Return the one value that a query answers with."""
    [(value,)] = ask(query, parameters)
    return list(value)
