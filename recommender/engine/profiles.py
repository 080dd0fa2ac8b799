"""Attributes of nodes as sparse blocks: values of category columns, and nodes that an undated relation leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn
from recommender.knowledge.known import Known, LinkKey, Rows
from recommender.measure.arrays import Floats
from recommender.scorers.facts import unit_rows
from recommender.scorers.few_rows import narrow, scaled, scaled_columns, side_by_side

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
        return unit_rows(scaled_columns(members, self.rarity))


@dataclass(frozen=True)
class BlockKind:
    """Where a block comes from: a column, a relation, or over it what the far nodes are of (``beyond``)."""

    name: str
    source: str | LinkKey
    beyond: Block | None
    covered: int
    """Nodes that it ever describes."""

    def of(self, rows: Rows) -> Block:
        """Return the block of some nodes, or guests."""
        if isinstance(self.source, str):
            column = next(each for each in rows.nodes.columns if each.name == self.source)
            assert isinstance(column, CategoryColumn)
            return Block(self.name, narrow(column.members))
        links = rows.links[self.source]
        return Block(self.name, narrow(links if self.beyond is None else _shares(links, self.beyond)))


class BlockKinds:
    """What describes nodes of a label, the same at every moment; those that describe most nodes first.

    A relation counts where no row of it has a time. Relations to the query or the candidate label are no attributes:
    they are baskets. What a dated relation leads to has attributes of its own, such as the programmes of an
    organisation's projects; those count as well, but not further on (``through``).
    """

    def __init__(self, known: Known, label: str, *, through: bool = False) -> None:
        kinds = [*_of_columns(known, label), *_of_relations(known, label, through=through)]
        self.kinds = sorted((each for each in kinds if each.covered), key=lambda each: -each.covered)

    def of(self, rows: Rows) -> tuple[Block, ...]:
        """Return the blocks of some nodes of the label, or of guests."""
        blocks = [kind.of(rows) for kind in self.kinds]
        if len(blocks) <= _MAX_BLOCKS:
            return tuple(blocks)
        rest = side_by_side([block.members for block in blocks[_MAX_BLOCKS - 1 :]])
        return (*blocks[: _MAX_BLOCKS - 1], Block("others", rest))


def attribute_blocks(known: Known, label: str, *, through: bool = False) -> tuple[Block, ...]:
    """Blocks of all nodes of a label."""
    return BlockKinds(known, label, through=through).of(known.rows_of(label))


def _of_columns(known: Known, label: str) -> Iterator[BlockKind]:
    for column in known.dataset.nodes[label].columns:
        if isinstance(column, CategoryColumn):
            covered = int((np.diff(column.members.indptr) > 0).sum())
            yield BlockKind(column.name, column.name, None, covered)


def _of_relations(known: Known, label: str, *, through: bool) -> Iterator[BlockKind]:
    timed = {edges.key for edges in known.dataset.context if not np.isnat(edges.time).all()}
    ends = {known.task.query, known.task.candidate}
    for key in known.adjacency(label):
        source, relation, target, way = key
        far = target if way == "out" else source
        if far in ends:
            continue
        covered = _ever_described(known, key)
        if key[:3] not in timed:
            yield BlockKind("__".join(key), key, None, covered)
        elif not through:
            for block in attribute_blocks(known, far, through=True):
                yield BlockKind(f"{relation}>{block.name}", key, block, covered)


def _ever_described(known: Known, key: LinkKey) -> int:
    """Nodes that a relation touches in the whole dataset, at any time."""
    near = [edges.src if key[3] == "out" else edges.dst for edges in known.dataset.context if edges.key == key[:3]]
    return sum(len(np.unique(each)) for each in near)


def _shares(links: sparse.csr_array, block: Block) -> sparse.csr_array:
    """Attributes of the far nodes as shares, each row summing to 1."""
    members = sparse.csr_array(links @ block.members)
    total = np.maximum(np.asarray(members.sum(axis=1)).reshape(-1), 1e-9)
    return scaled(members, (1.0 / total).astype(np.float32))


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
    return narrow(unit_rows(side_by_side(parts)))


def text_vectors_of(known: Known, label: str) -> Floats | None:
    """Text vectors of a label, None where it has none."""
    vectors = known.vectors.get(label)
    return vectors if vectors is not None and vectors.any() else None
