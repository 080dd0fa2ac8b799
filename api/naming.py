"""Finds the node that a request means, by ``Label:id`` or by a name that one node has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_schema.catalog import NODE_TYPES, is_reference, parse_ref
from graph_schema.errors import NotFoundError, SchemaError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders.resolve.finding import nodes_called
from stores.base import GraphStore

_LISTED: Final = 10
"""Choices that one can choose from; a search shows more."""
_SCHEMA: Final = {
    "pattern": f"^(?:(?:{'|'.join(node.label for node in NODE_TYPES)}):[\\s\\S]+|(?![A-Za-z]+:.)[\\s\\S]+)$"
}
"""What the schema says of it: a label of the catalog, or none; whether there is such a node the answer says."""
_MOST_CHARACTERS: Final = 2_100
"""Of ``Label:id``: ids have up to 2,000."""
_LONGEST_NAME: Final = 200
"""As long as what is searched for may be."""
_MEANS: Final = (
    "Label:id, 또는 한 노드만 가진 이름(일부도 가능); 여럿이면 422와 후보 · Label:id, or a name, in part too, that one "
    "node has; 422 with the choices where several do"
)
NAMED_NODE: Final[Mapping[str, Any]] = {
    "description": _MEANS,
    "json_schema_extra": _SCHEMA,
    "min_length": 1,
    "max_length": _MOST_CHARACTERS,
}
"""Of a parameter that names a node."""


def node_meant(store: GraphStore, text: str) -> NodeRef:
    """Return the node that ``text`` means; its names are those that a search of the store shows anyway.

    Raises ``NotFoundError`` where nothing is called so, and ``SchemaError`` with the choices where several nodes are.
    """
    if is_reference(text):
        return parse_ref(text)
    found = nodes_called(store, text) if len(text) <= _LONGEST_NAME else []
    if len(found) == 1:
        return found[0].ref
    if not found:
        raise NotFoundError(
            Wording(
                f"{text!r}: 그런 이름의 노드가 없습니다. /v1/search에서 찾으십시오",
                f"nothing is called {text!r}; find it with /v1/search",
            )
        )
    listed = ", ".join(f"{hit.ref} ({hit.caption})" for hit in found[:_LISTED])
    more = ", …" if len(found) > _LISTED else ""
    raise SchemaError(
        Wording(
            f"{text!r}: 맞는 노드가 {len(found):,}개입니다. 하나를 Label:id로 적으십시오: {listed}{more}",
            f"{text!r} may mean {len(found):,} nodes; name one as Label:id: {listed}{more}",
        )
    )
