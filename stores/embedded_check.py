"""Checks the tables of the embedded store against the catalog, each in one query.

Its columns are typed and only loaders write it, so there is nothing to adopt; a loader may still bring an unknown
choice, a day out of range or a bad key.
"""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from graph_schema.catalog import ELEMENT_TYPES
from graph_schema.errors import StoredFault
from graph_schema.model import ElementType, Property, RelationType, ValueType
from graph_schema.progress import Progress
from graph_schema.validation import FIRST_DAY, LAST_DAY, MAX_INDEXED_LENGTH, PropertyRule
from stores.checks import at, broken_rules, conditions, place_of, repeated, unknown_end
from stores.tables import key_columns, quoted


def stored_faults(cursor: duckdb.DuckDBPyConnection, progress: Progress) -> list[StoredFault]:
    """Return all that the tables hold against the catalog."""
    faults: list[StoredFault] = []
    for done, element in enumerate(ELEMENT_TYPES):
        progress("check", done, len(ELEMENT_TYPES))
        faults += _broken(cursor, element)
        faults += _repeated(cursor, element)
        if isinstance(element, RelationType):
            faults += _dangling(cursor, element)
    progress("check", len(ELEMENT_TYPES), len(ELEMENT_TYPES))
    return faults


def _broken(cursor: duckdb.DuckDBPyConnection, element: ElementType) -> Iterator[StoredFault]:
    asked = conditions(element, _condition)
    shown = list(dict.fromkeys(p.name for p, _ in asked if not p.pii))
    values = ", ".join(f"{quoted(name)}::VARCHAR" for name in shown)
    query = (
        f"SELECT [{', '.join(key_columns(element))}], [{', '.join(asked.values())}], [{values}] "
        f"FROM {quoted(element.name)} WHERE {' OR '.join(asked.values())} ORDER BY ALL"
    )
    for key, broken, texts in cursor.execute(query).fetchall():
        place = place_of(element, key)
        listed = broken_rules(asked, broken, dict(zip(shown, texts, strict=True)))
        yield from (at(place, found) for _, _, found in listed)


def _condition(p: Property, rule: PropertyRule) -> str:
    """Write the condition that a column breaks a rule; types are DuckDB's affair but for numbers and items of lists."""
    column, type_ = quoted(p.name), {ValueType.DATE: "DATE", ValueType.DATETIME: "TIMESTAMPTZ"}.get(p.type)
    choices = ", ".join(f"'{choice}'" for choice in p.choices)
    wrong_type = {
        ValueType.FLOAT: f"NOT isfinite({column})",
        ValueType.STRINGS: f"len({column}) > list_count({column})",
    }.get(p.type, "")
    return {
        PropertyRule.REQUIRED: f"{column} IS NULL",
        PropertyRule.TYPE: wrong_type,
        PropertyRule.NOT_EMPTY: f"regexp_full_match({column}, '\\s*')",
        PropertyRule.LENGTH: f"length({column}) > {MAX_INDEXED_LENGTH}",
        PropertyRule.CHOICE: f"{column} NOT IN ({choices})",
        PropertyRule.RANGE: f"{column} NOT BETWEEN '{FIRST_DAY}'::{type_} AND '{LAST_DAY}'::{type_}",
        PropertyRule.ORDER: f"{column} > valid_to",
    }[rule]


def _repeated(cursor: duckdb.DuckDBPyConnection, element: ElementType) -> Iterator[StoredFault]:
    """Find keys that are there more than once; the tables have no primary key."""
    keys = ", ".join(key_columns(element))
    query = f"SELECT any_value([{keys}]), count(*) FROM {quoted(element.name)} GROUP BY row_key HAVING count(*) > 1"
    for key, times in cursor.execute(query).fetchall():
        yield repeated(place_of(element, key), element, times)


def _dangling(cursor: duckdb.DuckDBPyConnection, relation: RelationType) -> Iterator[StoredFault]:
    for end, label in (("src", relation.source), ("dst", relation.target)):
        absent = f"{end} NOT IN (SELECT id FROM {quoted(label)})"
        query = f"SELECT [src, dst, key] FROM {quoted(relation.name)} WHERE {absent}"
        for (key,) in cursor.execute(query).fetchall():
            yield unknown_end(place_of(relation, key), end)
