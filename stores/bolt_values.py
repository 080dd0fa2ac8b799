"""What Neo4j returns of single nodes, relationships and paths, and its errors, as those of the store's contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConnectionPoolError,
    DatabaseUnavailable,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_schema.catalog import NODE_TYPES, relation_type
from graph_schema.cypher import HASH_PROPERTY
from graph_schema.errors import (
    QueryTimeoutError,
    SchemaError,
    StoreAuthError,
    StoreError,
    StoreSilentError,
    StoreUnavailableError,
)
from graph_schema.model import CAPTION, CODES, NodeRef
from stores.base import GraphPath, Relationship
from stores.bolt_address import failed, is_silent, not_let_in, refused, timed_out, unreached

_LABELS: Final = frozenset(node.label for node in NODE_TYPES)
_TIMED_OUT: Final = frozenset(
    f"Neo.ClientError.Transaction.TransactionTimedOut{set_by}" for set_by in ("", "ClientConfiguration")
)
"""What a server says of a query that it ended: by its own limit, or by the one that it was given."""
_KEPT_INSIDE: Final = (HASH_PROPERTY, CAPTION.name, CODES.name)


def present(properties: Mapping[str, Any]) -> dict[str, object]:
    """Keep the catalog's values that are not null, dates and times as Python's own."""
    return {
        name: _native(value) for name, value in properties.items() if value is not None and name not in _KEPT_INSIDE
    }


def _native(value: Any) -> object:
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native().astimezone(UTC)
    return value.to_native() if isinstance(value, neo4j.time.Date) else value


def reference(labels: Sequence[str], id_: str) -> NodeRef:
    """Name a node by the label of the catalog that it has; an empty one where it has none."""
    return NodeRef(next((label for label in labels if label in _LABELS), ""), id_)


def relationship(found: Sequence[Any]) -> Relationship | None:
    """Read one relationship; None where the catalog does not know it, because others wrote it."""
    type_, source_labels, source_id, target_labels, target_id, properties = found
    source, target = reference(source_labels, source_id), reference(target_labels, target_id)
    try:
        relation = relation_type(source.label, type_, target.label)
    except SchemaError:
        return None
    return Relationship(relation, source, target, present(properties))


def path(nodes: Sequence[Any], relationships: Sequence[Any]) -> GraphPath | None:
    """Read one walk; None where the catalog does not know one of its relationships."""
    steps = [relationship(found) for found in relationships]
    if None in steps:
        return None
    return GraphPath(tuple(reference(*node) for node in nodes), tuple(step for step in steps if step is not None))


def translated(error: DriverError | Neo4jError, uri: str, user: str) -> StoreError:
    """Return an error of the driver as one of the ``StoreError`` family."""
    match error:
        case AuthError():
            return StoreAuthError(not_let_in(uri, user))
        case ServiceUnavailable() | SessionExpired() | ConnectionPoolError() | DatabaseUnavailable():
            return (StoreSilentError if is_silent(error) else StoreUnavailableError)(unreached(uri, error))
        case Neo4jError(code=code) if code in _TIMED_OUT:
            return QueryTimeoutError(timed_out(uri))
        case Neo4jError():
            return StoreError(refused(uri, error.code, error.message))
    return StoreError(failed(uri, error))
