"""What is known of the candidates, one array per property, read once for each task."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef, RelationType
from recommender.measure.arrays import Days, Flags
from recommender.snapshot.dated_facts import DatedFacts, binary, day_column, number_column, text_column

Objects = npt.NDArray[np.object_]


class Candidates:
    """C nodes of the snapshot, of one or several labels, in a fixed order."""

    def __init__(self, facts: DatedFacts, refs: Sequence[NodeRef]) -> None:
        """Find the nodes; raises ``NotFoundError`` for one that the snapshot lacks."""
        self.facts = facts
        self.refs = tuple(refs)
        self.label = np.array([ref.label for ref in refs], dtype=object)
        self.row = np.empty(len(refs), dtype=np.int64)
        for label in set(self.label):
            here = np.flatnonzero(self.label == label)
            ids = pa.array([refs[int(position)].id for position in here], pa.string())
            self.row[here] = facts.snapshot.vocabulary(str(label)).index(ids)
        if (self.row < 0).any():
            missing = refs[int(np.flatnonzero(self.row < 0)[0])]
            raise NotFoundError(f"{missing} is not in snapshot {facts.snapshot.id[:12]}; train a new model on it")
        self._days: dict[str, Days] = {}
        self._numbers: dict[str, npt.NDArray[np.float64]] = {}
        self._objects: dict[str, Objects] = {}
        self._flags: dict[Hashable, Flags] = {}

    def __len__(self) -> int:
        return len(self.refs)

    def only(self, index: int) -> Candidates:
        """One candidate alone."""
        return Candidates(self.facts, [self.refs[index]])

    def days(self, name: str) -> Days:
        """Date property, (C,), NaT where unknown."""
        if name not in self._days:
            self._days[name] = day_column(self._table, name)
        return self._days[name]

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """Numeric property, (C,), NaN where unknown, as in a snapshot from before the property was."""
        if name not in self._numbers:
            known = name in self._table.column_names
            self._numbers[name] = number_column(self._table, name) if known else np.full(len(self), np.nan)
        return self._numbers[name]

    def texts(self, name: str) -> Objects:
        """Any other property as objects, (C,), None where unknown, as in a snapshot from before the property was."""
        if name not in self._objects:
            known = name in self._table.column_names
            self._objects[name] = text_column(self._table, name) if known else np.full(len(self), None, dtype=object)
        return self._objects[name]

    def flags(self, name: Hashable, make: Callable[[], Flags]) -> Flags:
        """Return what ``make`` says of the candidates, (C,), asked the first time alone."""
        if name not in self._flags:
            self._flags[name] = make()
        return self._flags[name]

    def is_one(self, name: str, *values: object) -> Flags:
        """Where a property is known and one of ``values``, (C,)."""
        return np.array([value in values for value in self.texts(name)], dtype=bool)

    def is_true(self, name: str) -> Flags:
        """Where a flag is known and set, (C,)."""
        return np.array([value is True for value in self.texts(name)], dtype=bool)

    def is_false(self, name: str) -> Flags:
        """Where a flag is known and not set, (C,)."""
        return np.array([value is False for value in self.texts(name)], dtype=bool)

    def links(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Nodes that the candidates point to by a relation, (C, nodes); all candidates have its source label."""
        return binary(self.facts.links(relation, as_of)[self.row])

    def linked_from(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Nodes that point to the candidates by a relation, (C, nodes), a count where there are several."""
        return sparse.csr_array(self.facts.links(relation, as_of).T.tocsr()[self.row])

    def captions(self, indices: Sequence[int], label: str) -> list[str]:
        """Names of nodes at positions of a label."""
        vocabulary = self.facts.snapshot.vocabulary(label)
        return [self.facts.snapshot.caption(NodeRef(label, vocabulary.id(int(index)))) for index in indices]

    @cached_property
    def _table(self) -> pa.Table:
        """Rows of the candidates, which have one label wherever a rule reads their properties."""
        return self.facts.snapshot.nodes(str(self.label[0])).take(self.row)
