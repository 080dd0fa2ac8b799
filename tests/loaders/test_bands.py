"""Numbers and bands are read as registers write them."""

from __future__ import annotations

import pytest

from loaders.bands import Band, employees, revenue
from loaders.fields import Fields


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("12", Band(12, 12)),
        ("1,200명", Band(1200, 1200)),
        ("5~9", Band(5, 9)),
        ("1~4명", Band(1, 4)),
        ("10명 이상 ~ 50명 미만", Band(10, 49)),
        ("10명 이상 50명 미만", Band(10, 49)),
        ("5인 미만", Band(0, 4)),
        ("9명 이하", Band(0, 9)),
        ("50명 이상", Band(50, None)),
        ("300명 초과", Band(301, None)),
        ("500~", Band(500, None)),
    ],
)
def test_people(text: str, band: Band) -> None:
    fields = Fields({"employees": text})
    assert (employees(fields, "employees"), fields.faults) == (band, [])


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("1,850,000,000", Band(1.85e9, 1.85e9)),
        ("1850000000원", Band(1.85e9, 1.85e9)),
        ("1420000000", Band(1.42e9, 1.42e9)),
        ("1234567890123", Band(1_234_567_890_123, 1_234_567_890_123)),
        ("1420000000.5", Band(1_420_000_000.5, 1_420_000_000.5)),
        ("1000000000~5000000000", Band(1e9, 5e9)),
        ("1조 2천억", Band(1.2e12, 1.2e12)),
        ("10억~50억", Band(1e9, 5e9)),
        ("10~50억", Band(1e9, 5e9)),
        ("5000만원 ~ 1억원", Band(5e7, 1e8)),
        ("10억~50억 미만", Band(1e9, 5e9 - 1)),
        ("5억 미만", Band(0, 5e8 - 1)),
        ("30억원 이상", Band(3e9, None)),
    ],
)
def test_money(text: str, band: Band) -> None:
    fields = Fields({"revenue": text})
    assert (revenue(fields, "revenue"), fields.faults) == (band, [])


@pytest.mark.parametrize("text", ["많음", "9~5", "-5", "5명 미만 ~ 9명", "5~9명 이상", "10달러"])
def test_what_is_no_number_is_a_fault(text: str) -> None:
    for read in (employees, revenue):
        fields = Fields({"a": text})
        assert read(fields, "a") is None
        assert [str(fault.reason) for fault in fields.faults] == ["neither a number nor a band"]


def test_nothing_is_no_fault() -> None:
    fields = Fields({"a": " - "})
    assert (employees(fields, "a"), revenue(fields, "b"), fields.faults) == (None, None, [])
