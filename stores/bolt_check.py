"""Checks a Neo4j graph against the catalog, in which anyone can draw and edit by hand, and adopts what was drawn.

One query for each label, relation and type compares everything on the server; only what is wrong comes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from graph_schema.catalog import ELEMENT_TYPES, NODE_TYPES, RELATION_TYPES
from graph_schema.cypher import CYPHER_TYPES, quoted
from graph_schema.errors import Fault, StoredFault
from graph_schema.model import ElementType, NodeType, Property, RelationType, ValueType
from graph_schema.progress import Progress
from graph_schema.validation import FIRST_DAY, LAST_DAY, Rule
from stores.checks import HAND, PROVENANCE, at, broken_rules, conditions, drawn_by_hand, place_of, repeated

Ask = Callable[[str], Sequence[tuple[Any, ...]]]
"""Runs a query and returns its records."""

_ANY_LABEL: Final = "|".join(quoted(node.label) for node in NODE_TYPES)
_LABELS: Final = "[" + ", ".join(f"'{node.label}'" for node in NODE_TYPES) + "]"
_TYPES: Final = sorted({relation.type for relation in RELATION_TYPES})
_CONVERSIONS: Final = {
    ValueType.DATE: (({"STRING"}, r"\d{4}-\d{2}-\d{2}", "date({0})"),),
    ValueType.INTEGER: (({"STRING", "FLOAT"}, r"[+-]?\d{1,18}(\.0+)?", "toInteger({0})"),),
    ValueType.FLOAT: (({"STRING"}, r"[+-]?\d+(\.\d+)?", "toFloat({0})"),),
    ValueType.BOOLEAN: (({"STRING"}, "true|false", "toBoolean({0})"),),
    ValueType.STRINGS: (({"STRING"}, r"[\s\S]*", "[{0}]"),),
    ValueType.STRING: (({"INTEGER", "FLOAT", "BOOLEAN", "DATE"}, r"[\s\S]*", "toString({0})"),),
}
"""For each wanted type: of which types a value may be, how it is written, and the function that converts it."""


def stored_faults(ask: Ask, progress: Progress) -> tuple[list[StoredFault], dict[ElementType, list[StoredFault]]]:
    """Return what is refused, and by element what lacks its provenance alone."""
    refused: list[StoredFault] = []
    adoptable: dict[ElementType, list[StoredFault]] = {}
    for done, element in enumerate(ELEMENT_TYPES):
        progress("check", done, len(ELEMENT_TYPES))
        for record in ask(_broken_query(element)):
            faults, missing = _told(element, *record)
            refused += faults
            if missing:
                adoptable.setdefault(element, []).append(missing)
        if isinstance(element, RelationType):
            refused += (_parallel(element, *record) for record in ask(_repeated_query(element)))
    for type_ in _TYPES:
        refused += (_misdrawn(type_, record) for record in ask(_misdrawn_query(type_)))
    refused += (_many_labels(*record) for record in ask(_MANY_LABELS))
    progress("check", len(ELEMENT_TYPES), len(ELEMENT_TYPES))
    broken = {fault.place for fault in refused}
    sound = {element: [each for each in faults if each.place not in broken] for element, faults in adoptable.items()}
    return refused, {element: faults for element, faults in sound.items() if faults}


def adopt(element: ElementType) -> str:
    """Give what was drawn by hand the provenance that it lacks; ``$now`` is the time of it."""
    given = {"source": f"'{HAND}'", "synthetic": "false", "loaded_at": "$now"}
    if isinstance(element, RelationType):
        given = {"key": "''", **given}
    named = [p.name for p in element.stored if p.required and p.name in PROVENANCE]
    whole = [p.name for p in element.stored if p.required and p.name not in PROVENANCE and p.name not in ("src", "dst")]
    conditions = [f"({' OR '.join(f'x.{quoted(name)} IS NULL' for name in named)})"]
    conditions += [f"x.{quoted(name)} IS NOT NULL" for name in whole]
    values = ", ".join(f"x.{quoted(name)} = coalesce(x.{quoted(name)}, {value})" for name, value in given.items())
    return f"MATCH {_pattern(element)} WHERE {' AND '.join(conditions)} SET {values} RETURN count(*)"


def _pattern(element: ElementType) -> str:
    if isinstance(element, NodeType):
        return f"(x:{quoted(element.label)})"
    return f"(a:{quoted(element.source)})-[x:{quoted(element.type)}]->(b:{quoted(element.target)})"


def _broken_query(element: ElementType) -> str:
    """Return of each row that breaks a rule: key, caption, element id, and for each rule whether, value and kind."""
    asked = conditions(element, _condition)
    key, caption = (
        ("[x.`id`]", f"x.{quoted(element.caption)}")
        if isinstance(element, NodeType)
        else ("[a.`id`, b.`id`, x.`key`]", "null")
    )
    values = ", ".join("null" if p.pii else f"x.{quoted(p.name)}" for p, _ in asked)
    kinds = ", ".join(f"valueType(x.{quoted(p.name)})" for p, _ in asked)
    ends = "" if isinstance(element, NodeType) else "a, b, "
    # As a list, since the planner would take a disjunction of this length apart for a second and more.
    return (
        f"MATCH {_pattern(element)} WITH {ends}x, [{', '.join(asked.values())}] AS broken WHERE true IN broken "
        f"RETURN {key}, {caption}, elementId(x), broken, [{values}], [{kinds}]"
    )


def _condition(p: Property, rule: Rule) -> str:
    """Write the condition that a property breaks a rule; comparing values of two types gives null, so no fault."""
    value, choices = f"x.{quoted(p.name)}", ", ".join(f"'{choice}'" for choice in p.choices)
    type_ = "date" if p.type is ValueType.DATE else "datetime"
    wrong_type = f"{value} IS NOT :: {CYPHER_TYPES[p.type]}"
    if p.type is ValueType.FLOAT:
        wrong_type = f"({wrong_type} OR NOT (-Infinity < {value} < Infinity))"
    return {
        Rule.REQUIRED: f"{value} IS NULL",
        Rule.TYPE: wrong_type,
        Rule.NOT_EMPTY: f"{value} =~ '\\\\s*'",
        Rule.CHOICE: f"NOT {value} IN [{choices}]",
        Rule.RANGE: f"({value} < {type_}('{FIRST_DAY}') OR {value} > {type_}('{LAST_DAY}'))",
        Rule.ORDER: f"{value} > x.`valid_to`",
    }[rule]


def _told(
    element: ElementType, key: Sequence[Any], caption: object, found_at: str, *rules: Sequence[Any]
) -> tuple[list[StoredFault], StoredFault | None]:
    """Say what is refused of one row, and what it lacks of its provenance."""
    broken, values, kinds = rules
    asked = list(conditions(element, _condition))
    kind_of = dict(zip((p.name for p, _ in asked), kinds, strict=True))
    place = place_of(element, key, f"{caption or ''} without id ({found_at})".strip())
    refused, missing = [], []
    for p, rule, fault in broken_rules(asked, broken, values):
        if rule is Rule.REQUIRED and p.name in PROVENANCE:
            missing.append(p.name)
            continue
        kind = str(kind_of[p.name]).removesuffix(" NOT NULL")
        of_type = rule is Rule.TYPE and kind not in CYPHER_TYPES[p.type]  # else it is a number that is not finite
        reason = f"is of type {kind}, no {p.type.value}" if of_type else ""
        refused.append(at(place, fault, reason=reason, cypher=_mended(element, found_at, p, rule, fault, kind)))
    return refused, drawn_by_hand(place, missing) if missing else None


def _mended(element: ElementType, found_at: str, p: Property, rule: Rule, fault: Fault, kind: str) -> str:
    """Write the Cypher that mends a fault, where it can be told without a person."""
    name = f"x.{quoted(p.name)}"
    if rule is Rule.REQUIRED:
        value = "'…'"
    elif rule is Rule.TYPE:
        value = _converted(p, name, fault.value, kind)
    else:
        return ""
    pattern = "(x)" if isinstance(element, NodeType) else f"()-[x:{quoted(element.type)}]->()"
    return f"MATCH {pattern} WHERE elementId(x) = '{found_at}' SET {name} = {value}" if value else ""


def _converted(p: Property, name: str, shown: str, kind: str) -> str:
    """Write the value as the catalog's type where it plainly means one; else nothing."""
    for kinds, pattern, function in _CONVERSIONS.get(p.type, ()):
        if kind in kinds and re.fullmatch(pattern, shown):
            return function.format(name)
    return ""


def _repeated_query(relation: RelationType) -> str:
    """Return keys that several relationships have; one that was drawn without a key has the empty one."""
    return (
        f"MATCH {_pattern(relation)} WITH a.`id` AS src, b.`id` AS dst, coalesce(x.`key`, '') AS key, count(*) AS n, "
        "min(CASE WHEN x.`source` IS NULL THEN elementId(x) END) AS drawn WHERE n > 1 RETURN [src, dst, key], n, drawn"
    )


def _parallel(relation: RelationType, key: Sequence[object], times: int, drawn: str | None) -> StoredFault:
    pattern = f"()-[x:{quoted(relation.type)}]->()"
    cypher = f"MATCH {pattern} WHERE elementId(x) = '{drawn}' DELETE x" if drawn else ""
    return repeated(place_of(relation, key), relation, times, cypher)


def _misdrawn_query(type_: str) -> str:
    """Return relationships of a type between nodes of the catalog that it does not join in this direction."""
    known = " OR ".join(f"(a:{quoted(r.source)} AND b:{quoted(r.target)})" for r in _relations(type_))
    end = "head([l IN labels({0}) WHERE l IN " + _LABELS + "]), {0}.`id`"
    return (
        f"MATCH (a:{_ANY_LABEL})-[x:{quoted(type_)}]->(b:{_ANY_LABEL}) WHERE NOT ({known}) "
        f"RETURN {end.format('a')}, {end.format('b')}, elementId(x)"
    )


def _misdrawn(type_: str, record: tuple[Any, ...]) -> StoredFault:
    source, src, target, dst, found_at = record
    place = f"({source}:{src})-[{type_}]->({target}:{dst})"
    pairs = [(r.source, r.target) for r in _relations(type_)]
    match = f"MATCH (a)-[x:{quoted(type_)}]->(b) WHERE elementId(x) = '{found_at}'"
    if (target, source) in pairs:
        remedy, cypher = "turn it round", f"{match} CREATE (b)-[y:{quoted(type_)}]->(a) SET y = properties(x) DELETE x"
    else:
        known = ", ".join(map(str, _relations(type_)))
        remedy, cypher = f"delete it, or draw one of {known}", f"{match} DELETE x"
    return StoredFault("type", type_, "is no relation of the catalog", remedy, place, cypher)


_MANY_LABELS: Final = (
    f"MATCH (x:{_ANY_LABEL}) WITH x, [l IN labels(x) WHERE l IN {_LABELS}] AS held WHERE size(held) > 1 "
    "RETURN held, x.`id`, elementId(x)"
)


def _many_labels(held: Sequence[str], id_: object, found_at: str) -> StoredFault:
    cypher = f"MATCH (x) WHERE elementId(x) = '{found_at}' REMOVE x:{quoted(held[-1])}"
    place = f"{held[0]}:{id_}"
    return StoredFault("labels", ", ".join(held), "are several of the catalog", "keep one, such as so:", place, cypher)


def _relations(type_: str) -> Iterator[RelationType]:
    return (relation for relation in RELATION_TYPES if relation.type == type_)
