"""Records of Neo4j become Arrow columns without a value being bent to fit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import arrow_schema
from graph_schema.errors import StoreError
from graph_schema.model import ElementType
from stores.bolt_columns import record_batch

COMPANY = node_type("Company")
FILED = relation_type("Company", "FILED", "Technology")
SOUND = {"id": "a", "source": "test", "synthetic": False, "name": "두레정밀"}


def records(element: ElementType, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(row.get(p.name) for p in element.stored) for row in rows]


def test_sound_records_keep_their_values() -> None:
    """Dates come as days since 1970, times as microseconds; a whole number is a float too."""
    rows = [
        SOUND | {"founded_on": 1, "loaded_at": 5, "employees": 2**53 + 1, "revenue_krw": 12, "certificates": ["벤처"]},
        SOUND | {"id": "b", "certificates": []},
    ]
    batch = record_batch(COMPANY, records(COMPANY, *rows))
    assert batch.schema == arrow_schema(COMPANY.stored)
    first, second = batch.to_pylist()
    assert (first["founded_on"], first["loaded_at"]) == (date(1970, 1, 2), datetime(1970, 1, 1, 0, 0, 0, 5, tzinfo=UTC))
    assert (first["employees"], first["revenue_krw"], first["certificates"]) == (2**53 + 1, 12.0, ["벤처"])
    assert (second["certificates"], second["employees"]) == ([], None)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"certificates": "벤처기업"}, "Company b: certificates holds str, no strings; run `dure graph check`"),
        ({"certificates": ["벤처", 1]}, "Company b: certificates holds list, no strings"),
        ({"employees": 12.5}, "Company b: employees holds float, no integer"),
        ({"employees": True}, "Company b: employees holds bool, no integer"),
        ({"single_establishment": 1}, "Company b: single_establishment holds int, no boolean"),
        ({"founded_on": "STRING NOT NULL"}, "Company b: founded_on holds STRING NOT NULL, no date"),
        ({"name": None}, "Company b: name holds nothing, no string"),
        ({"founded_on": 2**40}, "founded_on holds a number that is out of range"),
    ],
)
def test_what_does_not_fit_is_named(value: dict[str, object], told: str) -> None:
    with pytest.raises(StoreError, match=told):
        record_batch(COMPANY, records(COMPANY, SOUND, SOUND | {"id": "b"} | value))


def test_a_personal_value_is_not_shown() -> None:
    with pytest.raises(StoreError, match="phone holds int, no string") as caught:
        record_batch(COMPANY, records(COMPANY, SOUND | {"phone": 3155501199}))
    assert "555" not in str(caught.value)


def test_a_relationship_is_named_by_its_ends() -> None:
    row = {"src": "a", "dst": "t", "key": None, "source": "test", "synthetic": False}
    with pytest.raises(StoreError, match=r"\(Company\)-\[FILED\]->\(Technology\) a t: key holds nothing, no string"):
        record_batch(FILED, records(FILED, row))
