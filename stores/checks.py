"""What both stores look for when they check their content against the catalog, and how they tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from graph_schema.errors import Fault, StoredFault
from graph_schema.model import ElementType, NodeType, Property
from graph_schema.validation import PropertyRule, fault, rules
from graph_schema.wording import Wording

PROVENANCE: Final = ("key", "source", "synthetic")
"""Required properties that are given to what was drawn by hand."""
HAND: Final = "hand"
"""Source of what was drawn by hand."""

Condition = Callable[[Property, PropertyRule], str]
"""Writes, in a store's language, the condition that a property breaks a rule; empty where it cannot."""


def conditions(element: ElementType, condition: Condition) -> dict[tuple[Property, PropertyRule], str]:
    """Write all conditions of an element, in the order in which they are told."""
    return {
        (p, rule): written
        for p in element.stored
        if p.name not in _ends(element)
        for rule in rules(p)
        if (written := condition(p, rule))
    }


def place_of(element: ElementType, key: Sequence[object], otherwise: str = "?") -> str:
    """Name a node by id, a relationship by both ends and key, as Cypher does, so that it reads in any language.

    ``otherwise`` stands for a node's missing id.
    """
    if isinstance(element, NodeType):
        return f"{element.label}:{key[0]}" if key[0] is not None else f"{element.label} {otherwise}"
    src, dst = ("?" if end is None else end for end in key[:2])
    key_of_pair = f" {{key: {key[2]!r}}}" if key[2] else ""
    return f"({element.source}:{src})-[{element.type}{key_of_pair}]->({element.target}:{dst})"


def broken_rules(
    asked: Iterable[tuple[Property, PropertyRule]], broken: Sequence[object], values: Mapping[str, object]
) -> list[tuple[Property, PropertyRule, Fault]]:
    """Say of one row the first rule that each property breaks; ``broken`` in the order of ``asked``."""
    listed: dict[Property, tuple[Property, PropertyRule, Fault]] = {}
    for (p, rule), breaks in zip(asked, broken, strict=True):
        if breaks:
            value = values.get(p.name)
            listed.setdefault(p, (p, rule, fault(p, rule, "" if value is None else str(value))))
    return list(listed.values())


def at(place: str, found: Fault, *, reason: Wording | None = None, cypher: str = "") -> StoredFault:
    """Say where a fault is, and on Neo4j what fixes it."""
    return StoredFault(found.field, found.value, reason or found.reason, found.remedy, place, cypher)


def repeated(place: str, element: ElementType, times: int, cypher: str = "") -> StoredFault:
    """Say that a key is there more than once."""
    name = "id" if isinstance(element, NodeType) else "key"
    remedy = (
        Wording("하나만 남기고 지우십시오", "delete all but one")
        if name == "id"
        else Wording(
            "하나만 남기고 지우거나 키를 서로 다르게 하십시오", "delete all but one, or give each a key of its own"
        )
    )
    reason = Wording(f"{times}번 나옵니다", f"is there {times} times")
    return StoredFault(name, "", reason, remedy, place, cypher)


def unknown_end(place: str, end: str) -> StoredFault:
    """Say that a relationship ends at a node that is not there."""
    reason = Wording("저장소에 없습니다", "is not in the store")
    remedy = Wording(
        "노드를 적재하거나, 관계를 빼고 다시 적재하십시오", "load the node, or the relationship again without it"
    )
    return StoredFault(end, "", reason, remedy, place)


def drawn_by_hand(place: str, names: Sequence[str]) -> StoredFault:
    """Say what will be given to something drawn by hand."""
    given = [value for name, value in _GIVEN.items() if name in names]
    reason = Wording(
        "손으로 그린 것처럼 빠져 있습니다",
        f"{'is' if len(names) == 1 else 'are'} missing, as where it was drawn by hand",
    )
    taken = Wording(f"이 값으로 봅니다: {', '.join(given)}", f"taken as {', '.join(given)}")
    return StoredFault(", ".join(names), "", reason, taken, place)


_GIVEN: Final = {"key": "key ''", "source": f"source '{HAND}'", "synthetic": "synthetic false"}


def _ends(element: ElementType) -> tuple[str, ...]:
    return () if isinstance(element, NodeType) else ("src", "dst")
