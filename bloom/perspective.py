"""The perspective that Bloom imports (format 2.7), made from the catalog: equal input gives equal bytes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from bloom.actions import ACTIONS
from bloom.phrases import PHRASES
from bloom.saved_cypher import Parameter, Phrase, SceneAction
from bloom.styles import (
    RELATIONSHIP_COLOUR,
    RELATIONSHIP_COLOURS,
    RELATIONSHIP_RULES,
    Degrees,
    StyleRule,
    captions,
    icon,
    node_rules,
    size,
)
from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES
from graph_schema.colours import COLOURS
from graph_schema.cypher import HASH_PROPERTY
from graph_schema.model import (
    CAPTION,
    CODES,
    DEGREE,
    HUB,
    NODE_BASE,
    NODE_CAPTION,
    RELATION_BASE,
    NodeType,
    Property,
    RelationType,
    ValueType,
)

FORMAT: Final = "2.7.0"
_NAME: Final = "두레 · 고양시 기업지원"
_IDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://dure.example/bloom")
_DATA_TYPES: Final = {
    ValueType.STRING: "string",
    ValueType.INTEGER: "bigint",
    ValueType.FLOAT: "number",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "Date",
    ValueType.DATETIME: "DateTime",
    ValueType.STRINGS: "array",
}
_SHOWN_BASE: Final = ("synthetic", DEGREE.name, HUB.name, NODE_CAPTION.name, CODES.name)
"""Shown of every node: whether it is made up, what its size goes by, whether it is a hub, caption and codes."""
_HASH: Final = Property(HASH_PROPERTY, ValueType.STRING, "", "")
_CATEGORY_NAME: Final = "0_CATEGORY_NAME_CAPTION_KEY"
_RANGE_COLOURS: Final = ("#D5EEE2", "#81CCA8", "#428C6A")
_RELATIONS: Final = (*RELATION_TYPES, *OVERLAY_TYPES)


@dataclass(frozen=True)
class _Clock:
    """Times of a perspective: of the day it is for, since the time of writing would change every file."""

    as_of: date

    def at(self, place: int = 0) -> int:
        """Milliseconds of the day's beginning, and ``place`` more, so that ids made of them differ."""
        begin = datetime(self.as_of.year, self.as_of.month, self.as_of.day, tzinfo=UTC)
        return int(begin.timestamp()) * 1000 + place


def perspective(as_of: date, counts: Mapping[str, int], degrees: Degrees) -> dict[str, Any]:
    """Return the perspective for the day ``as_of``.

    ``counts``: relationships by table, as the store counts them; ``degrees``: by label the numbers of relationships
    that a tenth and a hundredth of its nodes exceed.
    """
    clock = _Clock(as_of)
    types = dict.fromkeys(relation.type for relation in _RELATIONS)
    return {
        "name": _NAME,
        "id": str(_IDS),
        "version": FORMAT,
        "createdAt": clock.at(),
        "lastEditedAt": clock.at(),
        "categories": [_category(number, node, degrees, clock) for number, node in enumerate(NODE_TYPES, 1)],
        "labels": {node.label: [_key(p, node.label) for p in _shown(node)] for node in NODE_TYPES},
        "relationshipTypes": [_relationship_type(type_, clock) for type_ in types],
        "palette": {"colors": list(COLOURS.values())[:14], "currentIndex": len(NODE_TYPES)},
        "templates": [_template(place, phrase, clock) for place, phrase in enumerate(PHRASES)],
        "sceneActions": [_scene_action(place, action, clock) for place, action in enumerate(ACTIONS)],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": True,
        "isAuto": False,
        "parentPerspectiveId": None,
        "metadata": {
            "pathSegments": [{"source": r.source, "relationshipType": r.type, "target": r.target} for r in _RELATIONS],
            "indexes": [*map(_indexes, NODE_TYPES), {"label": None, "type": "native", "propertyKeys": []}],
            "stats": {"labels": {}, "relationshipTypes": _counts_by_type(counts)},
        },
    }


def as_text(made: Mapping[str, Any]) -> str:
    """Write a perspective as the file that Bloom imports."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _category(number: int, node: NodeType, degrees: Degrees, clock: _Clock) -> dict[str, Any]:
    """Write a category; of a node with several labels Bloom takes the first category, so the catalog's order holds."""
    return {
        "id": number,
        "name": node.ko,
        "labels": [node.label],
        "properties": [_property(p, hidden=_is_hidden(p)) for p in (*node.properties, _HASH)],
        "createdAt": clock.at(),
        "lastEditedAt": clock.at(),
        "color": COLOURS[node.label],
        "size": size(node),
        "icon": icon(node),
        "captionKeys": [_CATEGORY_NAME, *captions(node)],
        "styleRules": _style_rules(node_rules(node, clock.as_of, degrees.get(node.label)), clock, first=number * 100),
    }


def _is_hidden(p: Property) -> bool:
    """Tell whether a property of a node is kept from view: provenance, what is derived, what is personal."""
    if p.name in _SHOWN_BASE:
        return False
    return p.pii or p.derived or p is _HASH or p in NODE_BASE


def _shown(node: NodeType) -> list[Property]:
    return [p for p in node.properties if not _is_hidden(p)]


def _property(p: Property, *, hidden: bool) -> dict[str, Any]:
    """Write a property; one that is hidden carries a copy of itself, as Bloom writes it."""
    shown = {"name": p.name, "exclude": False, "dataType": _DATA_TYPES[p.type]}
    return {**shown, "exclude": True, "property": shown} if hidden else shown


def _key(p: Property, owner: str) -> dict[str, str]:
    return {"propertyKey": p.name, "type": owner, "dataType": _DATA_TYPES[p.type]}


def _relationship_type(type_: str, clock: _Clock) -> dict[str, Any]:
    own = {p.name: p for relation in _RELATIONS if relation.type == type_ for p in _described(relation)}
    captions_of = [CAPTION.name, CODES.name, *(name for name in ("reason_ko", "on") if name in own)]
    first = 10_000 + 100 * list(dict.fromkeys(r.type for r in _RELATIONS)).index(type_)
    return {
        "id": type_,
        "name": type_,
        "properties": [_key(p, type_) for p in own.values()],
        "color": RELATIONSHIP_COLOURS.get(type_, RELATIONSHIP_COLOUR),
        "size": 1,
        "captionKeys": captions_of,
        "styleRules": _style_rules(RELATIONSHIP_RULES.get(type_, ()), clock, first=first),
    }


def _described(relation: RelationType) -> Sequence[Property]:
    """Return the properties of a relationship that people read: what is written on it, its own, and when it ended."""
    ended = [p for p in RELATION_BASE if p.name == "valid_to" and not relation.overlay]
    return [CAPTION, CODES, *(p for p in relation.own if not p.pii), *ended]


def _style_rules(rules: Iterable[StyleRule], clock: _Clock, *, first: int) -> list[dict[str, Any]]:
    low, middle, high = _RANGE_COLOURS
    return [
        {
            "id": f"rule:{clock.at(first + place)}",
            "type": "single",
            "size": rule.size or 1,
            "minSize": 1,
            "maxSize": 2,
            "minColor": low,
            "midColor": middle,
            "maxColor": high,
            "minPoint": "unprocessed",
            "maxPoint": "unprocessed",
            "applyColor": rule.colour is not None,
            "applySize": rule.size is not None,
            "applyCaption": False,
            "captionKeys": [_CATEGORY_NAME],
            "color": rule.colour or RELATIONSHIP_COLOUR,
            "isTimeZoneConvertEnabled": False,
            "selectedTimeZone": "Z",
            "basedOn": f"{rule.property_}_{rule.kind}",
            "valuesMapper": [],
            "existingValues": [],
            "conditionValue": rule.value,
            "rangeValue": None,
            "condition": rule.condition,
        }
        for place, rule in enumerate(rules)
    ]


def _template(place: int, phrase: Phrase, clock: _Clock) -> dict[str, Any]:
    return {
        "name": phrase.about,
        "id": f"tmpl:{clock.at(place)}",
        "createdAt": clock.at(place),
        "text": phrase.text,
        "cypher": phrase.cypher,
        "isUpdateQuery": None,
        "params": [_parameter(parameter) for parameter in phrase.parameters],
        "hasCypherErrors": False,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": f"${parameter.name}",
        "dataType": parameter.data_type,
        "collapsed": False,
        "suggestionLabel": parameter.label,
        "suggestionProp": parameter.property_,
        "suggestionBoolean": False,
        "cypher": parameter.cypher,
    }


def _scene_action(place: int, action: SceneAction, clock: _Clock) -> dict[str, Any]:
    ids = [number for number, node in enumerate(NODE_TYPES, 1) if node.label in action.labels]
    return {
        "name": action.name,
        "id": str(uuid.uuid5(_IDS, action.name)),
        "createdAt": clock.at(place),
        "cypher": action.cypher,
        "isUpdateQuery": True if action.writes else None,
        "categories": ids or None,
        "relationshipTypes": list(action.types) or None,
        "hasCypherErrors": False,
    }


def _indexes(node: NodeType) -> dict[str, Any]:
    keys = [{"key": p.name, "metadataProp": False} for p in _shown(node) if p.indexed]
    return {"label": node.label, "type": "native", "propertyKeys": keys}


def _counts_by_type(counts: Mapping[str, int]) -> dict[str, int]:
    """Sum the counts of tables by relationship type, those that have any."""
    totals: dict[str, int] = {}
    for relation in RELATION_TYPES:
        number = counts.get(relation.name, 0)
        if number:
            totals[relation.type] = totals.get(relation.type, 0) + number
    return totals
