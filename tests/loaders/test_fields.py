"""Tests of typed reading of a row's fields."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.columns import ColumnFields
from loaders.fields import Fields, korean_date, parse_date


def one(text: str) -> Fields:
    return Fields({"x": text})


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_dates_are_read_in_four_forms(day: date) -> None:
    assert {parse_date(day.strftime(form)) for form in ("%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d")} == {day}


@pytest.mark.parametrize(
    "text", ["20230230", "2023-13-01", "202311", "1899-12-31", "2101-01-01", "99999999", "어제", ""]
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-01-23T15:00:00.000Z", date(2025, 1, 24)),
        ("2025-01-23T14:59:59Z", date(2025, 1, 23)),
        ("2024-12-31T15:00:00.000Z", date(2025, 1, 1)),
        ("2025-01-23T00:00:00+09:00", date(2025, 1, 23)),
        ("2025-01-23T15:00:00", date(2025, 1, 24)),
        ("내일", None),
        ("2100-12-31T14:59:59Z", date(2100, 12, 31)),
        ("2100-12-31T15:00:00Z", None),
        ("1899-12-31T15:00:00Z", date(1900, 1, 1)),
        ("1899-12-31T14:59:59Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9999-12-31T23:00:00Z", None),
    ],
)
def test_times_in_utc_are_days_in_korea(moment: str, day: date | None) -> None:
    assert korean_date(moment) == day


def test_every_fault_of_a_row_is_noted() -> None:
    fields = Fields({"a": "", "b": "x", "c": "-1", "d": "1.5", "e": "아마", "f": "2023-99-99", "g": "nan"})
    fields.required("a")
    fields.number("b")
    fields.number("c")
    fields.integer("d")
    fields.boolean("e")
    fields.day("f")
    fields.number("g")
    fields.korean_day("e")

    assert [fault.field for fault in fields.faults] == ["a", "b", "c", "d", "e", "f", "g", "e"]
    assert all(all((*fault.reason, *fault.remedy)) for fault in fields.faults)


def test_an_empty_or_absent_field_is_none_without_a_fault() -> None:
    fields = Fields({"x": "  "})

    for name in ("x", "absent"):
        assert fields.text(name) is fields.day(name) is fields.number(name) is fields.integer(name) is None
        assert fields.boolean(name) is fields.korean_day(name) is None
        assert fields.items(name, ";") == fields.items_in_order(name, ";") == []
    assert not fields.faults


@given(st.floats(0, 1e12))
def test_numbers_keep_their_value(value: float) -> None:
    assert one(f"{Decimal(value):f}").number("x") == value


@pytest.mark.parametrize(
    "text", ["1e3", "1_000", "nan", "inf", "-inf", "1E3", "0x10", "1,2,3", "1,23", "1.5.2", ".", "", "--1", "9" * 400]
)
@pytest.mark.parametrize("kind", ["number", "integer"])
def test_what_only_a_programmer_takes_for_a_number_is_a_fault(text: str, kind: str) -> None:
    fields = one(text)
    assert getattr(fields, kind)("x", least=-9) is None
    assert len(fields.faults) == (1 if text else 0)


@given(st.integers(0, 2**63 - 1))
def test_whole_numbers_keep_every_digit(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value}.0"):
        assert one(text).integer("x") == value


def test_a_whole_number_of_more_than_64_bits_is_a_fault() -> None:
    fields = one(str(2**63))
    assert fields.integer("x") is None
    assert [str(fault.reason) for fault in fields.faults] == ["greater than 9223372036854775807"]


def test_numbers_may_have_thousands_set_off() -> None:
    assert one("1,234,567").integer("x") == 1_234_567
    assert one("-2").integer("x", least=-20) == -2


def test_yes_and_no_in_both_languages() -> None:
    assert [one(text).boolean("x") for text in ("예", "TRUE", "y", "아니오", "false", "0")] == [True] * 3 + [False] * 3


def test_lists() -> None:
    assert one("가; 나;;가").items("x", ";") == ["가", "나"]
    assert one("가@@나@가").items_in_order("x", "@") == ["가", "", "나", "가"]


def test_damaged_characters_of_long_texts_are_shown_as_such() -> None:
    fields = one("오토\x9f인코더\n둘째 줄\x00")

    assert fields.prose("x") == "오토\ufffd인코더\n둘째 줄\ufffd"
    assert fields.prose("absent") is None


@pytest.mark.parametrize(
    "text",
    [
        "2019년 1월 2일",
        "2019년1월2일",
        "2019-01-02 00:00:00",
        "2019-01-02T09:30",
        "2019/01/02 00:00:00",
        "2019. 1. 2.",
        "2019.1.2(수)",
        "2019-01-02 00:00:00.0",
        "20190102",
        "20190102093000",
        "\u200b2019-01-02\ufeff",
    ],
)
def test_days_are_read_as_registers_write_them(text: str) -> None:
    assert one(text).day("x") == date(2019, 1, 2)


@pytest.mark.parametrize("text", ["2019-01", "19.1.2", "43467", "2019-13-01", "2019년", "201901021"])
def test_what_is_no_whole_day_is_a_fault(text: str) -> None:
    fields = one(text)

    assert fields.day("x") is None
    assert len(fields.faults) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,250,000원", 1_250_000), ("₩1,000", 1000), ("15명", 15), ("１２", 12), ("12.0", 12), ("33 ㎡", 33)],
)
def test_numbers_are_read_with_their_unit(text: str, value: int) -> None:
    assert one(text).number("x") == one(text).integer("x") == value


@pytest.mark.parametrize("text", ["3,5", "1,2,3", "12억", "약 5", "1.23457E+09"])
def test_what_is_no_plain_number_is_a_fault_and_never_another_number(text: str) -> None:
    fields = one(text)

    assert fields.number("x") is None
    assert str(fields.faults[0].reason) == (
        "a spreadsheet has rounded it" if "E" in text else "not a number of at least 0"
    )


@pytest.mark.parametrize("text", ["-", "–", "—", "ー", "없음", "해당 없음", "N/A", "#N/A", "null"])
def test_a_sign_for_nothing_is_nothing(text: str) -> None:
    fields = one(text)

    assert fields.number("x") is fields.integer("x") is fields.day("x") is fields.korean_day("x") is None
    assert not fields.faults


def test_a_dash_is_no_text_and_no_list() -> None:
    fields = one(" - ")

    assert (fields.text("x"), fields.items("x", ";"), fields.items_in_order("x", "@")) == (None, [], [])
    fields.required("x")
    assert fields.faults


@pytest.mark.parametrize(
    ("text", "value"), [("아니요", False), ("네", True), ("해당 없음", False), ("○", True), ("무", False)]
)
def test_yes_and_no_are_read_in_every_usual_word(text: str, value: bool) -> None:  # noqa: FBT001 - the expected answer
    assert one(text).boolean("x") is value


def test_signs_that_nobody_sees_and_decomposed_korean_make_no_other_text() -> None:
    decomposed = unicodedata.normalize("NFD", "가나정밀")

    assert one(f"\u200b{decomposed}\ufeff").text("x") == "가나정밀"
    assert one(f"{decomposed};\u200b가나정밀").items("x", ";") == ["가나정밀"]


@pytest.mark.parametrize(("kind", "told"), [("number", "such as 1250.5"), ("integer", "such as 1250")])
def test_the_remedy_of_a_bad_number_is_a_number_of_its_kind(kind: str, told: str) -> None:
    fields = Fields({"x": "약 10명"})
    getattr(fields, kind)("x")
    assert [str(fault.remedy) for fault in fields.faults] == [f"write digits only, {told}"]


@pytest.mark.parametrize("text", ["#NAME?", "#REF!", "#DIV/0!", "#######"])
def test_an_error_of_a_spreadsheet_is_no_text(text: str) -> None:
    """Shown by a formula that fails, or by a column that is too narrow; a tag is a text."""
    fields = Fields({"name": text, "tag": "#청년"})
    assert (fields.text("name"), fields.required("name"), fields.text("tag")) == (None, "", "#청년")
    assert [(fault.field, fault.reason.en) for fault in fields.faults] == [("name", "an error of a spreadsheet")]
    rows = ColumnFields([{"name": text}, {"name": "가나"}])
    assert rows.required("name") == ["", "가나"]
    assert [(at, len(faults)) for at, faults in rows.faults.items()] == [(0, 1)]


def test_what_a_lookup_did_not_find_is_nothing() -> None:
    fields = Fields({"name": "#N/A"})
    assert fields.text("name") is None
    assert not fields.faults
    assert fields.required("name") == ""
    assert [fault.reason.en for fault in fields.faults] == ["this field must not be empty"]


def test_a_character_that_cannot_be_read_spoils_a_name_and_no_prose() -> None:
    fields = Fields({"name": "가\ufffd", "summary": "나\ufffd"})
    assert (fields.prose("summary"), fields.text("name")) == ("나\ufffd", None)
    assert [fault.field for fault in fields.faults] == ["name"]


def test_a_text_that_an_export_wrapped_for_spreadsheets_is_unwrapped() -> None:
    fields = Fields({"number": '="0123"', "title": "= 공고 =", "url": "https://a.kr/?id=1"})
    assert [fields.text(name) for name in fields.values] == ["0123", "= 공고 =", "https://a.kr/?id=1"]
    assert ColumnFields([{"x": '="가나"'}]).texts("x") == ["가나"]
    assert not fields.faults
