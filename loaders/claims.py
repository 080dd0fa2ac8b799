"""Writes what one source says beside what others say of the same; see ``graph_schema.claims``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.claims import Claim, claimed_names, claims_of, overruled, united
from graph_schema.columns import arrow_schema
from graph_schema.model import CLAIMS, ElementType, NodeType
from loaders import sites
from stores.base import GraphStore, Outcome, Outcomes

SYNTHETIC = "synthetic"
"""The mark of made-up rows, and the column of the templates that gives it."""


_ADDRESS: Final = "address"


class Disagreement(NamedTuple):
    """A property of which two sources give different values: that of the source ``by`` is shown."""

    element: ElementType
    name: str
    by: str
    overruled: str


@dataclass
class Claims:
    """Writes what sources say to ``store``; ``disagreements`` counts what is not shown of what was written."""

    store: GraphStore
    disagreements: Counter[Disagreement] = field(default_factory=Counter)

    def upsert(
        self, element: ElementType, rows: pa.Table, *, stub: bool = False, unmarked: Sequence[bool] = ()
    ) -> Outcomes:
        """Write ``rows``, each as what its source says; see ``GraphStore`` for outcomes.

        A ``stub`` leaves alone what its source says already, but takes a mark of made-up rows away. Rows that are
        ``unmarked`` do not say whether they are made up: what their source says is marked where it was.
        """
        outcomes = np.full(rows.num_rows, Outcome.UNCHANGED, np.int8)
        kept = np.asarray(unmarked or [False] * rows.num_rows, np.bool_)
        made_up = rows[SYNTHETIC].to_numpy()
        sources = np.array(rows["source"].to_pylist(), np.object_)
        for source in dict.fromkeys(sources):
            at = np.flatnonzero(sources == source)
            if stub:
                at = at[np.argsort(made_up[at], kind="stable")]  # of the mentions in a batch the first is written
            outcomes[at] = self._upsert_of(source, element, rows.take(at), stub=stub, unmarked=kept[at])
        return outcomes

    def _upsert_of(
        self, source: str, element: ElementType, rows: pa.Table, *, stub: bool, unmarked: npt.NDArray[np.bool_]
    ) -> Outcomes:
        stored = {_key(element, row): row for row in self.store.contested(element, source, rows).to_pylist()}
        if not stored:
            return self.write(element, rows, stub=stub)
        keys = [*zip(*(rows[name].to_pylist() for name in _key_names(element)), strict=True)]
        shared = np.array([key in stored for key in keys], np.bool_)
        made = [
            self._beside(element, stored[key], row, stub=stub, unmarked=keeps)
            for key, row, keeps in zip(
                (keys[at] for at in np.flatnonzero(shared)),
                rows.filter(pa.array(shared)).to_pylist(),
                unmarked[shared],
                strict=True,
            )
        ]
        outcomes = np.empty(rows.num_rows, np.int8)
        outcomes[shared] = self.write(element, pa.Table.from_pylist(made, arrow_schema(element.stored)))
        outcomes[~shared] = self.write(element, rows.filter(pa.array(~shared)), stub=stub)
        return outcomes

    def _beside(
        self, element: ElementType, stored: Mapping[str, Any], row: Mapping[str, Any], *, stub: bool, unmarked: bool
    ) -> dict[str, Any]:
        """Return the row to be stored in place of ``stored`` once the source of ``row`` says it."""
        claims = claims_of(element, stored)
        for source, other in claims.items():
            if source != row["source"] and (address := other.get(_ADDRESS)):
                sites.note_other(row["id"], address)
        known = claims.get(row["source"])
        claim: Claim = {name: row[name] for name in claimed_names(element)}
        if known is not None and stub:
            claim = {**known, SYNTHETIC: known[SYNTHETIC] and claim[SYNTHETIC]}
        if known is not None and unmarked:
            claim = {**claim, SYNTHETIC: known[SYNTHETIC]}
        claims[row["source"]] = claim
        made = {**row, **united(element, claims.values())}
        self.disagreements.update(
            Disagreement(element, name, *sources)
            for name, *sources in overruled(element, claims.values(), made)
            if row["source"] in sources
        )
        if all(made[name] == stored[name] for name in claimed_names(element)):
            # What is shown stays as it is, and so it did not change today.
            made["loaded_at"] = stored["loaded_at"]
        return made

    def write(self, element: ElementType, rows: pa.Table, *, stub: bool = False) -> Outcomes:
        """Write rows of which no other source speaks."""
        if isinstance(element, NodeType):
            return self.store.upsert_nodes(element, rows, stub=stub)
        return self.store.upsert_relationships(element, rows)


def claimed_by(element: ElementType, source: str, rows: pa.Table) -> pa.Table:
    """Return stored ``rows`` as ``source`` says them, without those of which it says nothing."""
    alone = rows.filter(pc.and_(pc.is_null(rows[CLAIMS.name]), pc.equal(rows["source"], source)))
    shared = [
        {**row, **claim, CLAIMS.name: None}
        for row in rows.filter(pc.is_valid(rows[CLAIMS.name])).to_pylist()
        if (claim := claims_of(element, row).get(source)) is not None
    ]
    return pa.concat_tables([alone, pa.Table.from_pylist(shared, rows.schema)]) if shared else alone


def _key_names(element: ElementType) -> tuple[str, ...]:
    return ("id",) if isinstance(element, NodeType) else ("src", "dst", "key")


def _key(element: ElementType, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _key_names(element))
