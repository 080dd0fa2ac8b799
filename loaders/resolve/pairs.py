"""Finds pairs of organisations that may be one: reads the names, then compares in arrays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from graph_schema.progress import Progress, silent
from loaders import regions
from loaders.names import may_be_person, unfold
from loaders.resolve.comparison import RESULT, STATEMENTS
from loaders.resolve.database import memory
from loaders.resolve.spellings import spellings
from loaders.streets import street_of
from stores.one_node import preference

_CHUNK: Final = 100_000
"""Organisations whose names are spelled out at a time, which bounds memory in a register of millions."""
_FORMS: Final = (
    ("farm", re.compile(r"(?:농업|어업)회사법인|(?:영농|영어)조합")),
    ("stock", re.compile(r"주식회사|\(주\)")),
    ("limited", re.compile(r"유한|\(유\)")),
)

PAIRS: Final = pa.schema(
    [
        ("left", pa.int64()),
        ("right", pa.int64()),
        ("score", pa.float64()),
        ("same", pa.bool_()),
        ("sure", pa.bool_()),
        ("codes", pa.list_(pa.string())),
        ("bits", pa.list_(pa.float64())),
    ]
)
"""One row a pair: the positions of the one that is let go and of the one that stays, the sum of the evidence in bits,
whether they are taken as one, whether a number says so, and each piece of evidence with its bits."""

_SPELLINGS: Final = pa.schema([("row", pa.int64()), ("label", pa.string()), ("key", pa.string()), ("how", pa.string())])
_BEARERS: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("bare", pa.string()),
        ("rank", pa.string()),
        ("person", pa.bool_()),
        ("form", pa.string()),
        ("shop", pa.bool_()),
        ("street_kind", pa.string()),
        ("street", pa.string()),
    ]
)
_PLACES: Final = pa.schema([("code", pa.string()), ("city", pa.string()), ("province", pa.string())])

_ORGANISATION: Final = """
    CREATE TEMP TABLE organisation AS
    WITH placed AS (
        SELECT row, list(DISTINCT code) FILTER (city IS NOT NULL) AS districts,
            list(DISTINCT city) FILTER (city IS NOT NULL) AS cities, list(DISTINCT province) AS provinces
        FROM (SELECT row, unnest(regions) AS code FROM incoming) JOIN place USING (code) GROUP BY row
    )
    SELECT row, label, bare, nullif(business_number, '') AS business_number,
        CASE WHEN corporate_number ~ '^0*$' OR (form LIKE '%stock%' AND substr(corporate_number, 5, 2) <> '11')
            OR (form = 'limited' AND substr(corporate_number, 5, 2) = '11') THEN NULL
            ELSE corporate_number END AS corporate_number,
        nullif(regexp_replace(address, '[\\s,()-]', '', 'g'), '') AS address,
        districts, cities, provinces,
        list_transform(list_filter(industries, lambda i: length(i) >= 11), lambda i: substr(i, 8, 5)) AS classes,
        list_distinct(list_transform(
            list_filter(industries, lambda i: length(i) >= 9), lambda i: substr(i, 8, 2)
        )) AS divisions,
        text, coalesce(sole, FALSE) AS sole, rank, person, form, shop, street_kind, street
    FROM incoming JOIN bearer USING (row) LEFT JOIN placed USING (row)
"""
"""A corporate number tells the kind of corporation (11: 주식회사); one that contradicts the name was copied wrongly."""


def find_pairs(organisations: pa.Table, progress: Progress = silent) -> pa.Table:
    """Return the pairs of ``organisations`` that are one or that a person should look at, with columns ``PAIRS``.

    ``organisations`` has the columns of ``loaders.resolve.organisations.SCHEMA``; time and memory grow with its rows.
    """
    with memory() as database:
        _load(database, organisations, progress)
        for done, statement in enumerate(STATEMENTS, start=1):
            database.execute(statement)
            progress("compare", done, len(STATEMENTS))
        found = database.sql(RESULT).to_arrow_table()
    return found.cast(PAIRS)


def _load(database: duckdb.DuckDBPyConnection, organisations: pa.Table, progress: Progress) -> None:
    """Make the tables that are compared."""
    places = [(code, regions.city(code), code[: regions.PROVINCE_DIGITS]) for code in regions.table()]
    database.register("place", _table(_PLACES, places))
    database.execute("CREATE TEMP TABLE spelling (row BIGINT, label VARCHAR, key VARCHAR, how VARCHAR)")
    database.execute(
        "CREATE TEMP TABLE bearer (row BIGINT, bare VARCHAR, rank VARCHAR, person BOOLEAN, form VARCHAR, shop BOOLEAN, "
        "street_kind VARCHAR, street VARCHAR)"
    )
    for start in range(0, organisations.num_rows, _CHUNK):
        part = organisations.slice(start, _CHUNK).select(["label", "id", "name", "address"])
        for name, rows in zip(("spelling", "bearer"), _read_names(start, part), strict=True):
            database.register("part", rows)
            database.execute(f"INSERT INTO {name} SELECT * FROM part")  # noqa: S608 - one of two names
            database.unregister("part")
        progress("read names", start + part.num_rows, organisations.num_rows)
    database.register("incoming", organisations.append_column("row", pa.array(range(organisations.num_rows))))
    database.execute(_ORGANISATION)
    database.unregister("incoming")


def _read_names(start: int, part: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the spellings of each name; and who rather stays, who may be a person, the legal form, and the street."""
    spelt: list[tuple[object, ...]] = []
    bearers: list[tuple[object, ...]] = []
    columns = (part[name].to_pylist() for name in ("label", "id", "name", "address"))
    for row, (label, id_, name, address) in enumerate(zip(*columns, strict=True), start=start):
        company = label == "Company"
        own = spellings(name, company=company)
        spelt += ((row, label, key, how) for key, how in own)
        order, length, _ = preference(id_)
        form = " ".join(word for word, pattern in _FORMS if pattern.search(unfold(name))) if company else ""
        shop = company and not id_.startswith(("brn:", "name:"))
        bearers.append(
            (
                row,
                own[0].key if own else "",
                f"{order}{length:05}{id_}",
                company and may_be_person(name),
                form or None,
                shop,
                *(street_of(address) or (None, None)),
            )
        )
    return _table(_SPELLINGS, spelt), _table(_BEARERS, bearers)


def _table(schema: pa.Schema, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
