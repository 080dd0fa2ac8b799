"""What both stores do alike: check the schema, close behind a ``with``, bring rows to the catalog's columns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import pyarrow as pa

from graph_schema.columns import arrow_schema
from graph_schema.errors import StoreError
from graph_schema.migrations import Migration, pending
from graph_schema.model import ElementType
from stores.base import BATCH_ROWS


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
            raise StoreError(f"{self.uri} lacks the migration {missing[0].name!r}; run `dure migrate --store {named}`")
        self._ready = True


def conform(element: ElementType, rows: pa.Table) -> pa.Table:
    """Bring ``rows`` to the catalog's columns; a row that lacks a required value is a fault of the caller."""
    schema = arrow_schema(element.stored)
    missing = [name for name in schema.names if name not in rows.column_names]
    if missing:
        raise StoreError(f"rows for {element} lack {', '.join(missing)}; build them with table_from_columns")
    try:
        batch = rows.select(schema.names).cast(pa.schema([field.with_nullable(nullable=True) for field in schema]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(f"rows for {element} have a value of the wrong type: {error}") from error
    empty = [field.name for field in schema if not field.nullable and batch.column(field.name).null_count]
    if empty:
        raise StoreError(f"rows for {element} have no value in {', '.join(empty)}, which every row needs")
    return batch
