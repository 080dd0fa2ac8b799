"""Content hashes are equal for equal rows and differ for different ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from stores.hashing import ContentDigest, content_hashes, content_properties

COMPANY = node_type("Company")
_TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text(max_size=3),
            "products": _TEXT,
            "address": _TEXT,
            "employees": st.none() | st.integers(-3, 3),
            "revenue_krw": st.none() | st.floats(allow_nan=False),
            "founded_on": st.none() | st.dates(),
            "single_establishment": st.none() | st.booleans(),
            "certificates": st.none() | st.lists(_TEXT, max_size=3),
        }
    ),
    min_size=1,
    max_size=6,
)


def table(rows: list[dict[str, Any]], **constants: Any) -> pa.Table:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    constants = {"id": "a", "source": "test", **constants}
    return table_from_columns(COMPANY, columns, **constants)


def hashes(rows: list[dict[str, Any]], **constants: Any) -> list[str]:
    found: list[str] = content_hashes(COMPANY, table(rows, **constants)).to_pylist()
    return found


@settings(max_examples=60)
@given(ROWS)
def test_hashes_are_equal_exactly_where_rows_are(rows: list[dict[str, Any]]) -> None:
    found = hashes(rows)
    for i, left in enumerate(rows):
        for j, right in enumerate(rows):
            # -0.0 equals 0.0 and yet is another float.
            same = repr(sorted(left.items())) == repr(sorted(right.items()))
            assert (found[i] == found[j]) == same, (left, right)


@settings(max_examples=20)
@given(ROWS)
def test_hashes_depend_on_neither_batches_nor_the_order_of_columns(rows: list[dict[str, Any]]) -> None:
    whole = table(rows)
    cut = pa.concat_tables([whole.slice(i, 1) for i in range(whole.num_rows)])
    turned = whole.select(list(reversed(whole.column_names)))
    assert content_hashes(COMPANY, whole).equals(content_hashes(COMPANY, cut))
    assert content_hashes(COMPANY, whole).equals(content_hashes(COMPANY, turned))


def test_a_hash_never_changes() -> None:
    """Stores and snapshots keep hashes, so the same row must give this one in every version of this code."""
    row = {
        "name": "두레정밀",
        "employees": 7,
        "revenue_krw": 0.1,
        "founded_on": date(2020, 2, 29),
        "certificates": ["가"],
    }
    assert hashes([row]) == ["91548f5017cdfe78f680f51b2c3f8fb8"]


def test_the_time_of_loading_is_no_content() -> None:
    row = {"name": "두레정밀"}
    assert hashes([row], loaded_at=datetime(2026, 1, 1, tzinfo=UTC)) == hashes([row])


def test_null_and_empty_and_their_neighbours_differ() -> None:
    lists: list[list[str | None] | None] = [None, [], [""], ["", ""], [None], ["a", "b"], ["ab"], ["1:a"]]
    assert len(set(hashes([{"name": "a", "certificates": value} for value in lists]))) == len(lists)
    texts = [{"name": "a", "products": p, "address": q} for p, q in ((None, ""), ("", None), ("", ""), (None, None))]
    assert len(set(hashes(texts))) == 4


def test_a_subset_of_properties_may_be_hashed() -> None:
    """A snapshot leaves personal data out, so a change there does not change its hash."""
    one, other = (table([{"name": "두레", "address": address}]) for address in ("일산동구", "덕양구"))
    public = COMPANY.public
    assert content_hashes(COMPANY, one, public).equals(content_hashes(COMPANY, other, public))
    assert not content_hashes(COMPANY, one).equals(content_hashes(COMPANY, other))


def test_no_rows_give_no_hashes() -> None:
    assert content_hashes(COMPANY, table([{"name": "a"}]).slice(0, 0)).to_pylist() == []


def test_the_digest_of_many_rows_knows_no_batches_and_no_personal_values() -> None:
    """It is the SHA-256 of the rows' public hashes, one after the other."""
    rows = table_from_columns(COMPANY, {"id": ["a", "b"], "name": ["두레", "한빛"], "phone": ["1", "2"]}, source="test")
    whole, parted = ContentDigest(COMPANY), ContentDigest(COMPANY)
    whole.add(rows)
    parted.add(rows.slice(0, 1))
    parted.add(rows.slice(1).set_column(rows.column_names.index("phone"), "phone", pa.array(["9"])))
    hashes = content_hashes(COMPANY, rows, [p for p in content_properties(COMPANY) if not p.pii])
    expected = hashlib.sha256("".join(hashes.to_pylist()).encode()).hexdigest()
    assert (str(whole), str(parted), whole.rows) == (expected, expected, 2)
