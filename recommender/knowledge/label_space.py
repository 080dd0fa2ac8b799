"""One row space over the nodes of several labels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph_schema.model import NodeRef
from recommender.measure.arrays import Indices
from recommender.snapshot.snapshot import Snapshot


class LabelSpace:
    """Rows ``0 … n-1`` over chosen nodes, label after label; ``members`` gives their positions in the snapshot."""

    def __init__(self, snapshot: Snapshot, members: Mapping[str, Indices]) -> None:
        self._snapshot = snapshot
        self.members = members
        self.starts: dict[str, int] = {}
        self._rows: dict[str, Indices] = {}
        end = 0
        for label, positions in members.items():
            self.starts[label] = end
            rows = np.full(len(snapshot.nodes(label)), -1, dtype=np.int64)
            rows[positions] = end + np.arange(len(positions))
            self._rows[label] = rows
            end += len(positions)
        self._length = end

    def __len__(self) -> int:
        return self._length

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels in row order."""
        return tuple(self.members)

    def ref(self, row: int) -> NodeRef:
        """Return the node of a row; raises ``IndexError`` outside the space."""
        if not 0 <= row < self._length:
            raise IndexError(row)
        label = next(label for label in reversed(self.starts) if self.starts[label] <= row and len(self.members[label]))
        position = int(self.members[label][row - self.starts[label]])
        return NodeRef(label, self._snapshot.vocabulary(label).id(position))

    def find(self, ref: NodeRef) -> int | None:
        """Return the row of a node, None where it is not in the space."""
        if ref.label not in self.members:
            return None
        position = self._snapshot.vocabulary(ref.label).find(ref.id)
        row = -1 if position is None else int(self._rows[ref.label][position])
        return None if row < 0 else row

    def rows(self, label: str, positions: Indices) -> Indices:
        """Rows of nodes of ``label`` by their positions in the snapshot, -1 for those outside the space."""
        return self._rows[label][positions]
