"""A batch of askers, in the graph or not, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scipy import sparse

from recommender.measure.arrays import Floats, Indices


@dataclass(frozen=True)
class Queries:
    """A batch of Q askers over a task with C candidates.

    ``index``: (Q,) row of each asker in the task's query vocabulary, -1 for one that is not in the graph.
    ``text``: (Q, d) unit-length text embeddings; zero where there is no text.
    ``attributes``: (Q, a) standardised numbers and flags, the columns of ``TaskData.attribute_names``.
    ``links``: by relation name (``SRC__REL__DST``), (Q, nodes of the far end) sparse facts known of the asker.
    ``history``: (Q, C) known target relationships, values > 0 (more recent is larger).
    """

    index: Indices
    text: Floats
    attributes: Floats
    links: Mapping[str, sparse.csr_array]
    history: sparse.csr_array

    def __len__(self) -> int:
        return len(self.index)

    def take(self, rows: Indices) -> Queries:
        """Batch of some of the askers; ``rows`` are positions in this batch."""
        links = {name: matrix[rows] for name, matrix in self.links.items()}
        return Queries(self.index[rows], self.text[rows], self.attributes[rows], links, self.history[rows])
