"""What is known of the candidates, one array per property, read once for each task."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef, RelationType
from graph_schema.wording import Wording
from recommender.measure.arrays import Days, Flags, Objects
from recommender.snapshot.dated_facts import DatedFacts, day_column, number_column, text_column
from recommender.snapshot.link_rows import binary

T = TypeVar("T")
_KEPT_DAYS: Final = 4
"""Nearly all ask for today; what holds on a day is worked out anew for the others."""


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
            snapshot = facts.snapshot.id[:12]
            raise NotFoundError(
                Wording(
                    f"스냅숏 {snapshot}에 없는 후보: {missing}. 이 스냅숏으로 모델을 새로 학습하십시오",
                    f"{missing} is not in snapshot {snapshot}; train a new model on it",
                )
            )
        self._days: dict[str, Days] = {}
        self._numbers: dict[str, npt.NDArray[np.float64]] = {}
        self._objects: dict[str, Objects] = {}
        self._kept: dict[Hashable, Any] = {}
        self._days_kept: OrderedDict[date, dict[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

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

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` says of the candidates on any day, asked the first time alone; nobody may change it."""
        return _kept(self._kept, key, make)

    def on(self, as_of: date, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` says of the candidates on a day, kept for the days that were last asked for."""
        with self._lock:
            kept = self._days_kept.setdefault(as_of, {})
            self._days_kept.move_to_end(as_of)
            while len(self._days_kept) > _KEPT_DAYS:
                self._days_kept.popitem(last=False)
        return _kept(kept, key, make)

    def is_label(self, label: str) -> Flags:
        """Which are of a label, (C,)."""
        return self.once(("label", label), lambda: np.asarray(self.label == label, dtype=bool))

    def is_one(self, name: str, *values: object) -> Flags:
        """Where a property is known and one of ``values``, (C,)."""
        return self.once(
            ("one", name, values), lambda: np.array([value in values for value in self.texts(name)], dtype=bool)
        )

    def is_true(self, name: str) -> Flags:
        """Where a flag is known and set, (C,)."""
        return self.once(("true", name), lambda: np.array([value is True for value in self.texts(name)], dtype=bool))

    def is_false(self, name: str) -> Flags:
        """Where a flag is known and not set, (C,)."""
        return self.once(("false", name), lambda: np.array([value is False for value in self.texts(name)], dtype=bool))

    def links(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Nodes that the candidates point to by a relation, (C, nodes); all candidates have its source label."""
        return self.on(as_of, relation, lambda: binary(self.facts.links(relation, as_of)[self.row]))

    def links_upwards(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Return the same with all codes above them in their tree, (C, nodes)."""
        tree = self.facts.closure(relation.target)
        return self.on(as_of, (relation, "up"), lambda: sparse.csr_array(self.links(relation, as_of) @ tree))

    def linked_from(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Nodes that point to the candidates by a relation, (C, nodes), a count where there are several."""
        return self.on(
            as_of, (relation, "from"), lambda: sparse.csr_array(self.facts.links(relation, as_of).T.tocsr()[self.row])
        )

    def captions(self, indices: Sequence[int], label: str) -> list[str]:
        """Names of nodes at positions of a label."""
        vocabulary = self.facts.snapshot.vocabulary(label)
        return [self.facts.snapshot.caption(NodeRef(label, vocabulary.id(int(index)))) for index in indices]

    @cached_property
    def _table(self) -> pa.Table:
        """Rows of the candidates, which have one label wherever a rule reads their properties."""
        return self.facts.snapshot.nodes(str(self.label[0])).take(self.row)


def _kept(kept: dict[Hashable, Any], key: Hashable, make: Callable[[], T]) -> T:
    if key not in kept:
        kept[key] = make()
    found: T = kept[key]
    return found
