"""Checks a Neo4j graph against the catalog, in which anyone can draw and edit by hand, and adopts what was drawn.

One query for each label and three for all relationships compare everything on the server; only what is wrong comes
back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.cypher import CYPHER_TYPES, quoted
from graph_schema.errors import Fault, StoredFault
from graph_schema.model import CAPTION, ElementType, NodeType, Property, RelationType, ValueType
from graph_schema.progress import Progress
from graph_schema.validation import FIRST_DAY, LAST_DAY, MAX_INDEXED_LENGTH, PropertyRule
from graph_schema.wording import Wording
from stores import bolt_queries
from stores.checks import HAND, PROVENANCE, at, broken_rules, conditions, drawn_by_hand, place_of, repeated

Ask = Callable[[str], Sequence[tuple[Any, ...]]]
"""Runs a query and returns its records."""

_ANY_LABEL: Final = "|".join(quoted(node.label) for node in NODE_TYPES)
_TYPES: Final = tuple(dict.fromkeys(relation.type for relation in RELATION_TYPES))
_ANY_TYPE: Final = "|".join(map(quoted, _TYPES))
_CONVERSIONS: Final = {
    ValueType.DATE: (({"STRING"}, r"\d{4}-\d{2}-\d{2}", "date({0})"),),
    ValueType.INTEGER: (({"STRING", "FLOAT"}, r"[+-]?\d{1,18}(\.0+)?", "toInteger({0})"),),
    ValueType.FLOAT: (({"STRING"}, r"[+-]?\d+(\.\d+)?", "toFloat({0})"),),
    ValueType.BOOLEAN: (({"STRING"}, "true|false", "toBoolean({0})"),),
    ValueType.STRINGS: (({"STRING"}, r"[\s\S]*", "[{0}]"),),
    ValueType.STRING: (({"INTEGER", "FLOAT", "BOOLEAN", "DATE"}, r"[\s\S]*", "toString({0})"),),
}
"""For each wanted type: of which types a value may be, how it is written, and the function that converts it."""


@dataclass(slots=True)
class FoundFaults:
    """What a check has found so far."""

    refused: list[StoredFault] = field(default_factory=list)
    drawn: list[tuple[ElementType, StoredFault]] = field(default_factory=list)
    """What lacks its provenance, and of which element it is."""

    def add(self, row: _Row, broken: Sequence[tuple[Property, PropertyRule, Fault]]) -> None:
        """Take up the rules that a node or relationship breaks."""
        missing = [p.name for p, rule, _ in broken if rule is PropertyRule.REQUIRED and p.name in PROVENANCE]
        self.refused += (row.listed(*each) for each in broken if each[0].name not in missing)
        if missing:
            self.drawn.append((row.element, drawn_by_hand(row.place, missing)))

    def adoptable(self) -> dict[ElementType, list[StoredFault]]:
        """Return by element what lacks its provenance alone."""
        broken = {fault.place for fault in self.refused}
        sound: dict[ElementType, list[StoredFault]] = {}
        for element, fault in self.drawn:
            if fault.place not in broken:
                sound.setdefault(element, []).append(fault)
        return sound


@dataclass(frozen=True, slots=True)
class _Row:
    """A node or relationship that breaks a rule, and the kinds of its values."""

    element: ElementType
    place: str
    element_id: str
    kinds: Mapping[str, str]

    def listed(self, p: Property, rule: PropertyRule, fault: Fault) -> StoredFault:
        """Say where a fault is, and what fixes it where that can be told without a person."""
        kind, value, reason = self.kinds[p.name].removesuffix(" NOT NULL"), "", None
        if rule is PropertyRule.REQUIRED:
            value = "'…'"
        elif rule is PropertyRule.TYPE and kind not in CYPHER_TYPES[p.type].split(" | "):  # else it is no finite number
            value = _converted(p, f"x.{quoted(p.name)}", fault.value, kind)
            reason = Wording(f"{kind} 형식이고 {p.type.value} 형식이 아닙니다", f"is of type {kind}, no {p.type.value}")
        pattern = "(x)" if isinstance(self.element, NodeType) else f"()-[x:{quoted(self.element.type)}]->()"
        cypher = f"MATCH {pattern} WHERE elementId(x) = '{self.element_id}' SET x.{quoted(p.name)} = {value}"
        return at(self.place, fault, reason=reason, cypher=cypher if value else "")


def stored_faults(ask: Ask, progress: Progress) -> FoundFaults:
    """Compare all that is stored with the catalog."""
    findings = FoundFaults()
    for done, node in enumerate(NODE_TYPES):
        progress("check", done, len(NODE_TYPES) + 1)
        asked = conditions(node, _condition)
        for id_, caption, element_id, broken, values, kinds in ask(_broken_nodes(node, asked)):
            place = place_of(node, [id_], f"{caption or ''} ({element_id})".strip())
            findings.add(_Row(node, place, element_id, dict(kinds)), broken_rules(asked, broken, values))
    findings.refused += (_many_labels(*record) for record in ask(bolt_queries.MANY_LABELS))
    progress("check", len(NODE_TYPES), len(NODE_TYPES) + 1)
    for record in ask(_BROKEN_RELATIONSHIPS):
        _add_relationship(findings, *record)
    for type_, start, end, key, times, drawn in ask(_REPEATED):
        relation = _relation(type_, start, end)
        if relation is not None:  # else each of them was told as misdrawn
            place = place_of(relation, [start[1], end[1], key])
            findings.refused.append(repeated(place, relation, times, _deleted(relation, drawn)))
    progress("check", len(NODE_TYPES) + 1, len(NODE_TYPES) + 1)
    return findings


def adopt(element: ElementType) -> str:
    """Give what was drawn by hand the provenance that it lacks; ``$now`` is the time of it."""
    today = bolt_queries.day_in_korea("$now")
    given = {"source": f"'{HAND}'", "synthetic": "false", "loaded_at": "$now", "first_seen": today}
    if isinstance(element, RelationType):
        given = {"key": "''", **given, CAPTION.name: f"'{element.caption}'"}
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


def _broken(asked: Mapping[tuple[Property, PropertyRule], str]) -> str:
    """Write for each rule whether it is broken, as a list, since the planner would take a disjunction so long apart."""
    return f"[{', '.join(asked.values())}] AS broken"


def _shown(asked: Mapping[tuple[Property, PropertyRule], str]) -> str:
    """Write the values that may be shown, in a map, and the kind of each value."""
    properties = dict.fromkeys(p for p, _ in asked)
    values = ", ".join(f".{quoted(p.name)}" for p in properties if not p.pii)
    names = ", ".join(f"'{name}'" for name in dict.fromkeys(p.name for p in properties))
    return f"x {{{values}}}, [name IN [{names}] | [name, valueType(x[name])]]"


def _broken_nodes(node: NodeType, asked: Mapping[tuple[Property, PropertyRule], str]) -> str:
    """Return of each node that breaks a rule: id, caption, element id, for each rule whether, values and kinds."""
    return (
        f"MATCH {_pattern(node)} WITH x, {_broken(asked)} WHERE true IN broken "
        f"RETURN x.`id`, x.{quoted(node.caption)}, elementId(x), broken, {_shown(asked)}"
    )


def _condition(p: Property, rule: PropertyRule) -> str:
    """Write the condition that a property breaks a rule; comparing values of two types gives null, so no fault."""
    value, choices = f"x.{quoted(p.name)}", ", ".join(f"'{choice}'" for choice in p.choices)
    type_ = "date" if p.type is ValueType.DATE else "datetime"
    wrong_type = f"{value} IS NOT :: {CYPHER_TYPES[p.type]}"
    if p.type is ValueType.FLOAT:
        wrong_type = f"({wrong_type} OR NOT (-Infinity < {value} < Infinity))"
    return {
        PropertyRule.REQUIRED: f"{value} IS NULL",
        PropertyRule.TYPE: wrong_type,
        PropertyRule.NOT_EMPTY: f"{value} =~ '\\\\s*'",
        PropertyRule.LENGTH: f"{value} =~ '(?s).{{{MAX_INDEXED_LENGTH + 1},}}'",
        PropertyRule.CHOICE: f"NOT {value} IN [{choices}]",
        PropertyRule.RANGE: f"({value} < {type_}('{FIRST_DAY}') OR {value} > {type_}('{LAST_DAY}'))",
        PropertyRule.ORDER: f"{value} > x.`valid_to`",
    }[rule]


_OF_ANY_RELATION: Final = {
    rule: condition for relation in RELATION_TYPES for rule, condition in conditions(relation, _condition).items()
}
"""The rules of all relations in one; which of them a relationship is under, its relation tells."""


def _relations(type_: str) -> Iterator[RelationType]:
    return (relation for relation in RELATION_TYPES if relation.type == type_)


def _joins(type_: str) -> str:
    pairs = " OR ".join(f"(a:{quoted(r.source)} AND b:{quoted(r.target)})" for r in _relations(type_))
    return f"WHEN '{type_}' THEN {pairs}"


_BROKEN_RELATIONSHIPS: Final = (
    f"MATCH (a:{_ANY_LABEL})-[x:{_ANY_TYPE}]->(b:{_ANY_LABEL}) "
    f"WITH a, b, x, CASE type(x) {' '.join(map(_joins, _TYPES))} END AS known, "
    f"{_broken(_OF_ANY_RELATION)} WHERE NOT known OR true IN broken "
    f"RETURN type(x), [labels(a), a.`id`], [labels(b), b.`id`], elementId(x), broken, {_shown(_OF_ANY_RELATION)}"
)
"""Relationships between nodes of the catalog that break a rule, or that no relation joins in this direction."""

_REPEATED: Final = (
    f"MATCH (a:{_ANY_LABEL}) CALL (a) {{ MATCH (a)-[x:{_ANY_TYPE}]->(b:{_ANY_LABEL}) "
    "WITH b, type(x) AS type, coalesce(x.`key`, '') AS key, count(*) AS times, "
    "min(CASE WHEN x.`source` IS NULL THEN elementId(x) END) AS drawn WHERE times > 1 "
    "RETURN type, [labels(b), b.`id`] AS end, key, times, drawn } "
    "RETURN type, [labels(a), a.`id`], end, key, times, drawn"
)
"""Keys that several relationships have; one that was drawn without a key has the empty one."""

_End = tuple[Sequence[str], object]
"""Labels and id of a node."""


def _add_relationship(findings: FoundFaults, type_: str, *record: Any) -> None:
    start, end, element_id, broken, values, kinds = record
    relation = _relation(type_, start, end)
    if relation is None:
        findings.refused.append(_misdrawn(type_, start, end, element_id))
        return
    row = _Row(relation, place_of(relation, [start[1], end[1], values["key"]]), element_id, dict(kinds))
    listed = broken_rules(_OF_ANY_RELATION, broken, values)
    findings.add(row, [each for each in listed if each[0] in relation.stored])


def _relation(type_: str, start: _End, end: _End) -> RelationType | None:
    return next((r for r in _relations(type_) if r.source in start[0] and r.target in end[0]), None)


def _misdrawn(type_: str, start: _End, end: _End, element_id: str) -> StoredFault:
    source, target = (next(node.label for node in NODE_TYPES if node.label in labels) for labels, _ in (start, end))
    place = f"({source}:{start[1] or '?'})-[{type_}]->({target}:{end[1] or '?'})"
    match = f"MATCH (a)-[x:{quoted(type_)}]->(b) WHERE elementId(x) = '{element_id}'"
    if any((r.source, r.target) == (target, source) for r in _relations(type_)):
        remedy = Wording("방향을 뒤집으십시오", "turn it round")
        cypher = f"{match} CREATE (b)-[y:{quoted(type_)}]->(a) SET y = properties(x) DELETE x"
    else:
        known = ", ".join(map(str, _relations(type_)))
        remedy = Wording(f"지우거나 다음 가운데 하나로 그리십시오: {known}", f"delete it, or draw one of {known}")
        cypher = f"{match} DELETE x"
    reason = Wording("카탈로그에 없는 관계입니다", "is not a relation of the catalog")
    return StoredFault("type", type_, reason, remedy, place, cypher)


def _deleted(relation: RelationType, element_id: str | None) -> str:
    return (
        f"MATCH ()-[x:{quoted(relation.type)}]->() WHERE elementId(x) = '{element_id}' DELETE x" if element_id else ""
    )


def _many_labels(held: Sequence[str], id_: object, element_id: str) -> StoredFault:
    cypher = f"MATCH (x) WHERE elementId(x) = '{element_id}' REMOVE x:{quoted(held[-1])}"
    place = f"{held[0]}:{id_ or '?'}"
    reason = Wording("카탈로그의 레이블이 여럿입니다", "are several of the catalog")
    remedy = Wording("다음처럼 하나만 남기십시오:", "keep one, such as so:")
    return StoredFault("labels", ", ".join(held), reason, remedy, place, cypher)


def _converted(p: Property, name: str, shown: str, kind: str) -> str:
    """Write the value as the catalog's type where it plainly means one; else nothing."""
    for kinds, pattern, function in _CONVERSIONS.get(p.type, ()):
        if kind in kinds and re.fullmatch(pattern, shown):
            return function.format(name)
    return ""
