"""Attributes of nodes as sparse blocks: values of category columns, and nodes that an undated relation leads to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn
from recommender.knowledge.known import Known, LinkKey, Rows
from recommender.measure.arrays import Floats
from recommender.scorers.facts import unit_rows

_MAX_BLOCKS = 6
"""Chosen by hand: each block is a dense score over all candidates more, and two features."""


@dataclass(frozen=True)
class Block:
    """One kind of attribute: ``members`` of shape (nodes, values), 0 or 1, or shares."""

    name: str
    members: sparse.csr_array

    @cached_property
    def rarity(self) -> Floats:
        """Inverse document frequency of each value, (values,)."""
        counts = np.bincount(self.members.indices, minlength=self.members.shape[1])
        return np.asarray(np.log1p(self.members.shape[0] / np.maximum(counts, 1)), dtype=np.float32)

    @property
    def cosines(self) -> sparse.csr_array:
        """Rows weighted by inverse document frequency and scaled to length 1."""
        return self.cosines_of(self.members)

    def cosines_of(self, members: sparse.csr_array) -> sparse.csr_array:
        """Return the same of other rows with these values."""
        return unit_rows(sparse.csr_array(members @ sparse.diags_array(self.rarity)))


def attribute_blocks(known: Known, label: str, rows: Rows | None = None, *, through: bool = False) -> tuple[Block, ...]:
    """Blocks of a label, those that describe most nodes first; a relation counts where no row of it has a time.

    ``rows`` are some nodes of the label, or guests, in the same blocks; all its nodes by default.

    Which blocks there are, and their order, is the same at every moment: a place in the features means one thing.
    Relations to the query or the candidate label are no attributes: they are baskets. What a dated relation leads to
    has attributes of its own, such as the programmes of an organisation's projects; those count as well, but not
    further on (``through``).
    """
    nodes = known.dataset.nodes[label]
    rows = known.rows_of(label) if rows is None else rows
    blocks = [Block(column.name, column.members) for column in rows.nodes.columns if isinstance(column, CategoryColumn)]
    covered = [
        int((np.diff(column.members.indptr) > 0).sum())
        for column in nodes.columns
        if isinstance(column, CategoryColumn)
    ]
    timed = {edges.key for edges in known.dataset.context if not np.isnat(edges.time).all()}
    ends = {known.task.query, known.task.candidate}
    for key, matrix in rows.links.items():
        source, _, target, way = key
        far = target if way == "out" else source
        if far in ends:
            continue
        more: list[Block] = []
        if key[:3] not in timed:
            more = [Block("__".join(key), matrix)]
        elif not through:
            more = [_seen_through(key[1], matrix, block) for block in attribute_blocks(known, far, through=True)]
        blocks += more
        covered += [_ever_described(known, key)] * len(more)
    order = np.argsort([-each for each in covered], kind="stable")
    kept = [blocks[at] for at in order if covered[at]]
    if len(kept) <= _MAX_BLOCKS:
        return tuple(kept)
    rest = sparse.csr_array(sparse.hstack([block.members for block in kept[_MAX_BLOCKS - 1 :]]))
    return (*kept[: _MAX_BLOCKS - 1], Block("others", rest))


def _ever_described(known: Known, key: LinkKey) -> int:
    """Nodes that a relation touches in the whole dataset, at any time."""
    near = [edges.src if key[3] == "out" else edges.dst for edges in known.dataset.context if edges.key == key[:3]]
    return sum(len(np.unique(each)) for each in near)


def _seen_through(relation: str, matrix: sparse.csr_array, block: Block) -> Block:
    """Attributes of the far nodes as shares, each row summing to 1."""
    members = sparse.csr_array(matrix @ block.members)
    total = np.maximum(np.asarray(members.sum(axis=1)).reshape(-1), 1e-9)
    return Block(
        f"{relation}>{block.name}", sparse.csr_array(sparse.diags_array((1.0 / total).astype(np.float32)) @ members)
    )


def joined_cosines(
    blocks: tuple[Block, ...], nodes: int, of: tuple[sparse.csr_array, ...] | None = None
) -> sparse.csr_array:
    """All blocks side by side, each of length 1 in a row, the whole of length 1: a product is the mean cosine.

    ``of`` are the values of other rows in each block, those of all nodes by default.
    """
    if not blocks:
        return sparse.csr_array((nodes, 1), dtype=np.float32)
    members = of or tuple(block.members for block in blocks)
    parts = [block.cosines_of(each) for block, each in zip(blocks, members, strict=True)]
    return unit_rows(sparse.csr_array(sparse.hstack(parts), dtype=np.float32))


def text_of(known: Known, label: str) -> Floats | None:
    """Text vectors of a label, None where it has none."""
    vectors = known.vectors.get(label)
    return vectors if vectors is not None and vectors.any() else None
