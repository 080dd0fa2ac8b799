"""Validation names everything that is wrong with a record, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from graph_schema import validation
from graph_schema.catalog import ELEMENT_TYPES, node_type, relation_type
from graph_schema.errors import ValidationError
from graph_schema.model import ValueType
from graph_schema.validation import validate

COMPANY = node_type("Company")
GOOD = {"id": "brn:1234567890", "source": "test", "synthetic": False, "name": "두레정밀"}


def fields_at_fault(record: dict[str, object]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        validate(COMPANY, GOOD | record)
    assert all(all((*fault.reason, *fault.remedy)) for fault in caught.value.faults)
    return [fault.field for fault in caught.value.faults]


def test_a_sound_record_passes() -> None:
    validate(COMPANY, GOOD)
    validate(
        COMPANY,
        GOOD
        | {
            "loaded_at": datetime(2026, 3, 2, tzinfo=UTC),
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2020, 1, 1),
            "employees": 0,
            "revenue_krw": 10**9,
            "legal_form": "sole",
            "certificates": [],
            "products": "첫 줄\n둘째 줄",
            "address": None,
        },
    )
    validate(
        relation_type("Company", "CO_FILED_WITH", "Company"),
        {"src": "a", "dst": "b", "key": "", "source": "test", "synthetic": True},
    )


def test_every_fault_is_in_one_error() -> None:
    record = {"name": None, "employees": "12", "legal_form": "gmbh", "colour": "blue", "valid_from": date(2021, 1, 1)}
    assert sorted(fields_at_fault(record | {"valid_to": date(2020, 1, 1)})) == [
        "colour",
        "employees",
        "legal_form",
        "name",
        "valid_from",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", "  "),
        ("id", 7),
        ("name", "둘\x00레"),
        ("name", "둘\ud800레"),
        ("certificates", "벤처"),
        ("certificates", ["벤처", None]),
        ("certificates", ["벤\x07처"]),
        ("employees", 1.5),
        ("employees", True),
        ("employees", 2**63),
        ("revenue_krw", float("nan")),
        ("revenue_krw", float("inf")),
        ("single_establishment", 1),
        ("synthetic", None),
        ("founded_on", "2020-01-01"),
        ("founded_on", datetime(2020, 1, 1, tzinfo=UTC)),
        ("founded_on", date(1799, 12, 31)),
        ("valid_to", date(9999, 12, 31)),
        ("loaded_at", datetime(219, 1, 1, tzinfo=UTC)),
        ("loaded_at", datetime(2020, 1, 1)),  # noqa: DTZ001 - the fault under test
        ("loaded_at", datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=9)))),
        ("loaded_at", date(2020, 1, 1)),
        ("embedding", [0.5]),
    ],
)
def test_one_fault(field: str, value: object) -> None:
    assert fields_at_fault({field: value}) == [field]


def test_personal_values_are_not_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        validate(COMPANY, GOOD | {"phone": "031\x00-555-0199"})
    assert "555" not in str(caught.value)


def test_the_message_names_the_record() -> None:
    with pytest.raises(ValidationError, match=r"Company brn:1234567890: employees='x': is no integer; write a whole"):
        validate(COMPANY, GOOD | {"employees": "x"})


@given(
    element=st.sampled_from(ELEMENT_TYPES),
    record=st.dictionaries(
        st.sampled_from(["?", *sorted({p.name for e in ELEMENT_TYPES for p in e.properties})]),
        st.one_of(
            st.none(),
            st.text(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.dates(),
            st.datetimes(),
            st.lists(st.one_of(st.text(), st.none())),
        ),
    ),
)
def test_any_record_passes_or_is_refused_with_faults(element, record) -> None:  # noqa: ANN001 - hypothesis gives them
    known = {p.name for p in element.properties}
    sound_names = set(record) <= known and all(record.get(p.name) is not None for p in element.properties if p.required)
    try:
        validate(element, record)
        refused = False
    except ValidationError as error:
        refused = bool(error.faults)
    assert refused or sound_names


@pytest.mark.parametrize("year", [1, 1799, 2201, 9999])
def test_a_day_or_time_outside_the_years_1800_to_2200_is_a_fault(year: int) -> None:
    assert fields_at_fault({"founded_on": date(year, 6, 1)}) == ["founded_on"]
    assert fields_at_fault({"loaded_at": datetime(year, 6, 1, tzinfo=UTC)}) == ["loaded_at"]
    assert fields_at_fault({"valid_from": date(year, 6, 1), "valid_to": date(year, 6, 1)}) == ["valid_from", "valid_to"]


def test_the_first_and_the_last_of_these_years_pass() -> None:
    validate(COMPANY, GOOD | {"founded_on": date(1800, 1, 1), "loaded_at": datetime(2200, 12, 31, 23, tzinfo=UTC)})


def test_a_text_too_long_for_its_index_is_a_fault_and_told_in_short() -> None:
    """Neo4j would refuse the whole batch for it; what is not indexed may be as long as it likes."""
    validate(COMPANY, GOOD | {"name": "가" * 2_000, "products": "가" * 20_000})
    with pytest.raises(ValidationError) as caught:
        validate(COMPANY, GOOD | {"name": "가" * 2_001})
    (fault,) = caught.value.faults
    assert (fault.field, fault.value) == ("name", "가" * 200 + "…")
    assert "2,000 characters" in fault.reason.en


VALUES = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.sampled_from(["", " ", "a\x00", "x" * 2_001, "open", "grant", "sole"]),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(UTC)),
    st.lists(st.text(max_size=3) | st.integers(), max_size=3),
)


SOUND = {
    ValueType.STRING: "x",
    ValueType.BOOLEAN: True,
    ValueType.INTEGER: 1,
    ValueType.FLOAT: 1.0,
    ValueType.DATE: date(2026, 3, 2),
    ValueType.DATETIME: datetime(2026, 3, 2, tzinfo=UTC),
    ValueType.STRINGS: ["x"],
}


@settings(max_examples=300)
@given(st.data())
def test_no_record_that_seems_sound_among_others_is_refused(data: st.DataObject) -> None:
    """The look at columns may doubt a sound record, but lets none pass that the look at the record refuses."""
    element = data.draw(st.sampled_from(ELEMENT_TYPES))
    every = [p.name for p in element.stored]
    names = data.draw(st.lists(st.sampled_from([*every, "nonsense"]), unique=True, min_size=1))
    names = names if data.draw(st.booleans()) else [*dict.fromkeys([*names, *every])]
    types = {p.name: p.type for p in element.stored}
    values = [st.just(SOUND[types[name]]) | VALUES if name in types else VALUES for name in names]
    records = data.draw(st.lists(st.tuples(*values), min_size=1, max_size=4))
    seem_sound = set(range(len(records))) - set(validation.doubtful(element, names, [*zip(*records, strict=True)]))
    for at in seem_sound:
        event("seems sound")
        validate(element, dict(zip(names, records[at], strict=True)))


def test_only_the_record_that_breaks_the_catalog_is_doubted() -> None:
    """Sound records beside it are not looked at once more."""
    records = [GOOD, GOOD | {"name": "가" * 2_001}, GOOD | {"name": "a\x00b"}, GOOD | {"name": None}, GOOD]
    columns = [*zip(*(record.values() for record in records), strict=True)]

    assert validation.doubtful(COMPANY, [*GOOD], columns) == [1, 2, 3]
