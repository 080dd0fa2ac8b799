"""What one input row says, as records of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from graph_schema.catalog import node_type, relation_type
from graph_schema.model import ElementType, NodeRef, NodeType
from graph_schema.validation import validate


class Record(NamedTuple):
    """One node or relationship; a ``stub`` is only mentioned and yields to the register's own entry.

    One that is ``shared`` is made and checked once for all rows that say it, never without the nodes at its ends;
    ``shared`` is then its identity.
    """

    element: ElementType
    values: Mapping[str, object]
    stub: bool = False
    shared: str = ""

    @property
    def identity(self) -> str:
        """Name that is the same for two records exactly when they write the same node or relationship."""
        if isinstance(self.element, NodeType):
            return f"{self.element.name}\x1f{self.values['id']}"
        return f"{self.element.name}\x1f{self.values['src']}\x1f{self.values['dst']}\x1f{self.values['key']}"


@dataclass
class RowRecords:
    """Collects the records of one row; the first one added is the row's own subject, which names its duplicates.

    ``source`` and ``source_id`` go onto every record that does not bring its own, ``synthetic`` onto all of them but
    mentions of things that are real by themselves (a region, an industry).
    """

    source: str
    source_id: str
    synthetic: bool = False
    records: list[Record] = field(default_factory=list)

    def node(self, ref: NodeRef, **values: object) -> NodeRef:
        """Add the register's own entry of a node."""
        self._add_node(ref, values, stub=False)
        return ref

    def mention(self, ref: NodeRef, **values: object) -> NodeRef:
        """Add a node that is only mentioned: written where none is yet, never over one that is there."""
        self._add_node(ref, values, stub=True)
        return ref

    def link(self, source: NodeRef, type_: str, target: NodeRef, key: str = "", **values: object) -> None:
        """Add a relationship between two nodes of which the row has records."""
        entry = {**self._provenance(), "src": source.id, "dst": target.id, "key": key, **values}
        self.records.append(Record(relation_type(source.label, type_, target.label), entry))

    def own(self) -> list[Record]:
        """Return the records without those of other sources' code tables, which are alike in all rows."""
        return [each for each in self.records if not each.shared or each.values["source"] == self.source]

    def borrowed(self) -> list[Record]:
        """Return the records of other sources' code tables."""
        return [each for each in self.records if each.shared and each.values["source"] != self.source]

    def stands_alone(self, source: str) -> bool:
        """Whether a row of ``source`` states all under its own id, and enters no node but its subject.

        Then the row alone tells whether what it says is in the graph.
        """
        if self.source != source:
            return False
        for at, (element, values, stub, shared) in enumerate(self.records):
            if values["source"] == source and values["source_id"] != self.source_id:
                return False
            if at and not (stub or shared) and isinstance(element, NodeType):
                return False
        return True

    def _add_node(self, ref: NodeRef, values: Mapping[str, object], *, stub: bool) -> None:
        entry = {**self._provenance(), "id": ref.id, **values}
        self.records.append(Record(node_type(ref.label), entry, stub))

    def _provenance(self) -> dict[str, object]:
        return {"source": self.source, "source_id": self.source_id, "synthetic": self.synthetic}


def shared(records: RowRecords) -> tuple[Record, ...]:
    """Return what a code table says of one code, to be kept and added to every row that mentions the code.

    Raises ``ValidationError`` where a record breaks the catalog.
    """
    for record in records.records:
        validate(record.element, record.values)
    return tuple(record._replace(shared=record.identity) for record in records.records)


def text_hashes(texts: Iterable[str]) -> list[int]:
    """Hash each text to 63 bits."""
    digests = b"".join([blake2b(text.encode(), digest_size=8).digest() for text in texts])
    hashes: list[int] = (np.frombuffer(digests, ">u8") >> 1).tolist()
    return hashes
