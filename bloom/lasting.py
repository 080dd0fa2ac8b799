"""Keeps what has ended out of phrases and actions: a company is found where it is, not where it was as well."""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from graph_schema.catalog import RELATION_TYPES

_EVENTS: Final = {relation.type for relation in RELATION_TYPES if any(p.name == "on" for p in relation.own)}
LASTING: Final = frozenset(relation.type for relation in RELATION_TYPES) - _EVENTS | {"OCCUPIES"}
"""Types of what holds for a time, a tenancy too, though it begins on a day; what happened on a day stays a fact."""
PATTERN: Final = re.compile(r"\[(\w*):([A-Z_|]+)\]")
"""A relationship of some types in Cypher, one that no condition binds yet."""


def holding(cypher: str) -> str:
    """Bind each relationship that lasts to those that have not ended, which a load dates and leaves in the graph."""
    numbers = count(1)

    def bound(found: re.Match[str]) -> str:
        name, types = found.groups()
        if not LASTING.issuperset(types.split("|")):
            return found[0]
        name = name or f"held{next(numbers)}"
        return f"[{name}:{types} WHERE {name}.valid_to IS NULL]"

    return PATTERN.sub(bound, cypher)
