"""A graph of typed nodes with vectors and typed relations as sparse matrices: what propagation reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scipy import sparse

from graph_schema.errors import ConfigError
from recommender.measure.arrays import Floats

EdgeKey = tuple[str, str, str]
"""Source type, name, target type: what a source knows flows to the target."""


@dataclass(frozen=True)
class TypedGraph:
    """``own``: (nodes, d) vectors by node type; ``relations``: (targets, sources), values are weights ≥ 0.

    Raises ``ConfigError`` where a matrix does not fit the nodes it joins.
    """

    own: Mapping[str, Floats]
    relations: Mapping[EdgeKey, sparse.csr_array]

    def __post_init__(self) -> None:
        for (source, name, target), matrix in self.relations.items():
            wanted = tuple(len(self.own[label]) if label in self.own else None for label in (target, source))
            if matrix.shape != wanted:
                raise ConfigError(
                    f"relation {source}-{name}-{target} has the shape {matrix.shape}, its nodes need {wanted}; rows "
                    "are targets, columns are sources"
                )

    def into(self, label: str) -> dict[EdgeKey, sparse.csr_array]:
        """Relations that end at a node type, sorted by name, so that tokens have one order."""
        return {key: self.relations[key] for key in sorted(self.relations) if key[2] == label}


def both_ways(relations: Mapping[EdgeKey, sparse.csr_array]) -> dict[EdgeKey, sparse.csr_array]:
    """Add the way back of every relation; one that joins a type with itself is made symmetric instead."""
    out: dict[EdgeKey, sparse.csr_array] = {}
    for (source, name, target), matrix in relations.items():
        if source == target:
            out[source, name, target] = sparse.csr_array(matrix + matrix.T)
        else:
            out[source, name, target] = matrix
            out[target, f"back-{name}", source] = sparse.csr_array(matrix.T)
    return out
