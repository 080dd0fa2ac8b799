"""A dataset in memory: what is asked, nodes by label, relations, whatever they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.knowledge.columns import Column, Given, TextColumn, equal_cells
from recommender.knowledge.spec import Spec
from recommender.measure.arrays import Flags, Indices, Splits, Times

SPLITS: Final = ("train", "valid", "test", "valid_context", "test_context")
EdgeKey = tuple[str, str, str]
"""Source label, relation, target label."""
NO_SPLIT: Final = -1
"""Code of a row without a split; other codes are places in ``SPLITS``."""


@dataclass(frozen=True)
class BadRow:
    """A row that was left out; ``line`` is the line of the file on which it begins, from 1."""

    file: str
    line: int
    field: str
    value: str
    reason: Wording
    remedy: Wording


@dataclass(frozen=True)
class Nodes:
    """Nodes of one label, in the order of the file; ``raw`` holds every column as it was written.

    ``text_of`` names the columns that are the text of a node, all columns of text where it is empty.
    """

    label: str
    ids: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    raw: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text_of: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Place of each node by its id."""
        return {name: place for place, name in enumerate(self.ids)}

    @cached_property
    def texts(self) -> tuple[str, ...] | None:
        """Text of each node, joined; None where the label has none."""
        columns = [self.raw[name] for name in self.text_of]
        if not columns:
            columns = [column.values for column in self.columns if isinstance(column, TextColumn)]
        return tuple(" ".join(filter(None, parts)) for parts in zip(*columns, strict=True)) if columns else None

    def matching(self, where: Mapping[str, Given]) -> Flags:
        """Which nodes have the given values, shape (nodes,); raises ``SourceError`` for a column that is not there."""
        found = np.ones(len(self), dtype=bool)
        for name, value in where.items():
            if name not in self.raw:
                raise SourceError(
                    Wording(
                        f"nodes/{self.label}.csv: dataset.toml의 조건에 쓴 열이 없습니다: {name!r}. "
                        f"있는 열: {', '.join(self.raw) or 'id'}",
                        f"nodes/{self.label}.csv has no column {name!r}, which dataset.toml filters by; "
                        f"it has {', '.join(self.raw) or 'only ids'}",
                    )
                )
            found &= equal_cells(self.raw[name], value)
        return found


@dataclass(frozen=True)
class Edges:
    """Edges of one relation between two labels; all arrays of shape (edges,).

    ``src`` and ``dst`` are places in the nodes of ``source`` and ``target``; ``time`` is NaT where there is none,
    ``split`` a place in ``SPLITS`` or ``NO_SPLIT``, ``weight`` 1 where the file has none.
    """

    source: str
    name: str
    target: str
    src: Indices
    dst: Indices
    time: Times
    split: Splits
    weight: npt.NDArray[np.float32]
    _joins: dict[tuple[str, tuple[int, int]], sparse.csr_array] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __len__(self) -> int:
        return len(self.src)

    def joins(self, way: Literal["out", "in"], shape: tuple[int, int]) -> sparse.csr_array:
        """Which places are joined, as ones, made once: of ``shape`` (source, target), turned round for ``in``."""
        if (way, shape) not in self._joins:
            ones = np.ones(len(self), np.float32)
            matrix = sparse.coo_array((ones, (self.src, self.dst)), shape=shape).tocsr()
            matrix.data[:] = 1.0
            self._joins[way, shape] = matrix if way == "out" else matrix.T.tocsr()
        return self._joins[way, shape]

    @property
    def key(self) -> EdgeKey:
        """Source label, relation, target label."""
        return self.source, self.name, self.target

    def take(self, chosen: Flags | Indices) -> Edges:
        """Return some of the rows, by flags or places."""
        ends = self.src[chosen], self.dst[chosen]
        return Edges(*self.key, *ends, self.time[chosen], self.split[chosen], self.weight[chosen])


@dataclass(frozen=True)
class Dataset:
    """One experiment folder: what it asks, its nodes by label, its relations, and the rows left out."""

    folder: Path
    spec: Spec
    nodes: Mapping[str, Nodes]
    relations: tuple[Edges, ...]
    quarantine: tuple[BadRow, ...]
    notes: tuple[Wording, ...]
    content_hash: str

    @property
    def name(self) -> str:
        """Name of the dataset."""
        return self.spec.name

    @cached_property
    def target(self) -> Edges:
        """Edges that are asked for; raises ``SourceError`` where the folder has none."""
        wanted = self.spec.task.target
        for edges in self.relations:
            if edges.key == wanted:
                return edges
        names = ", ".join("__".join(edges.key) for edges in self.relations)
        file = f"edges/{'__'.join(wanted or ())}.csv"
        raise SourceError(
            Wording(
                f"{self.folder}: 예측할 관계(target)의 파일이 없습니다: {file}. 있는 관계: {names}",
                f"{self.folder} has no {file}, the target; it has {names}",
            )
        )

    @cached_property
    def context(self) -> tuple[Edges, ...]:
        """All relations besides the target."""
        return tuple(edges for edges in self.relations if edges.key != self.spec.task.target)
