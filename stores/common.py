"""What both stores do alike: check the schema, close behind a ``with``, bring rows to the catalog's columns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import EMBEDDING_DIMENSION
from graph_schema.columns import arrow_schema
from graph_schema.errors import StoreError
from graph_schema.migrations import Migration, pending
from graph_schema.model import ElementType, NodeType
from graph_schema.wording import Wording
from stores.base import BATCH_ROWS

KOREA_AHEAD_US: Final = 9 * 3_600_000_000
"""Korea is so many microseconds ahead of UTC, all year round."""
DAY_US: Final = 24 * 3_600_000_000
"""Microseconds of a day, in which times are stored."""


class MigratedStore(ABC):
    """Base of a store that works only once its schema is that of the catalog.

    ``name`` is what remedies call the store; its address where None.
    """

    batch_rows = BATCH_ROWS

    def __init__(self, migrations: Sequence[Migration]) -> None:
        self._migrations = migrations
        self.name: str | None = None
        self._ready = False

    @property
    @abstractmethod
    def uri(self) -> str:
        """Where the store is, without credentials."""

    @abstractmethod
    def schema_version(self) -> int:
        """Return the number of the last applied migration; 0 for a new store."""

    @abstractmethod
    def close(self) -> None:
        """Release what the store holds; may be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _require_schema(self) -> None:
        """Refuse to work on a store whose schema is not that of the catalog."""
        if self._ready:
            return
        missing = pending(self.schema_version(), self._migrations)
        if missing:
            named = self.name or self.uri
            name = missing[0].name
            raise StoreError(
                Wording(
                    f"{self.uri}: 마이그레이션 {name!r} 적용이 필요합니다. 다음 명령을 실행하십시오: "
                    f"`dure migrate --store {named}`",
                    f"{self.uri} lacks the migration {name!r}; run `dure migrate --store {named}`",
                )
            )
        self._ready = True


def opened_read_only(place: object) -> Wording:
    """Say that a store is not written to by whoever opened it to read."""
    return Wording(
        f"{place}: 읽기 전용으로 열었습니다. 쓰려면 read_only 없이 여십시오",
        f"{place} was opened read-only; open it without read_only to write",
    )


def require_vectors(node: NodeType, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Refuse vectors of a label that is not embedded, and such as are not one for each id."""
    if not node.embedded:
        raise StoreError(
            Wording(
                f"{node}: 임베딩이 없는 레이블입니다. 임베딩이 있는 레이블은 docs/graph.md에 있습니다",
                f"{node} nodes have no embedding; see docs/graph.md for the labels that do",
            )
        )
    if vectors.shape != (shape := (len(ids), EMBEDDING_DIMENSION)):
        raise StoreError(
            Wording(
                f"{node}: 벡터의 형태: {vectors.shape}, 필요한 형태: {shape}",
                f"vectors of {node} have the shape {vectors.shape}, not {shape}",
            )
        )


def conform(element: ElementType, rows: pa.Table) -> pa.Table:
    """Bring ``rows`` to the catalog's columns; a row that lacks a required value is a fault of the caller."""
    schema = arrow_schema(element.stored)
    missing = [name for name in schema.names if name not in rows.column_names]
    if missing:
        names = ", ".join(missing)
        raise StoreError(
            Wording(
                f"{element}: 행에 없는 열: {names}. table_from_columns로 행을 만드십시오",
                f"rows for {element} lack {names}; build them with table_from_columns",
            )
        )
    try:
        batch = rows.select(schema.names).cast(pa.schema([field.with_nullable(nullable=True) for field in schema]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(
            Wording(
                f"{element}: 행에 형식이 맞지 않는 값이 있습니다({error})",
                f"rows for {element} have a value of the wrong type: {error}",
            )
        ) from error
    empty = [field.name for field in schema if not field.nullable and batch.column(field.name).null_count]
    if empty:
        names = ", ".join(empty)
        raise StoreError(
            Wording(
                f"{element}: 모든 행에 있어야 하는 값이 비어 있습니다: {names}",
                f"rows for {element} have no value in {names}, which every row needs",
            )
        )
    return _with_first_seen(batch)


def _with_first_seen(batch: pa.Table) -> pa.Table:
    """Fill the first day of rows that name none by the day in Korea on which they were loaded."""
    at = batch.schema.get_field_index("first_seen")
    microseconds = pc.add(batch["loaded_at"].cast(pa.int64()), KOREA_AHEAD_US)
    day = pc.divide(microseconds, DAY_US).cast(pa.int32()).cast(pa.date32())
    return batch.set_column(at, batch.schema.field(at), pc.coalesce(batch["first_seen"], day))
