"""Certificates are held on the days on which they are valid."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.certificates import held, issues, parted, period


def test_a_certificate_without_a_period_is_held_and_one_of_several_periods_suffices() -> None:
    names = ["벤처기업", "이노비즈", "ISO 9001"]
    periods = [
        period("벤처기업", date(2020, 1, 1), date(2022, 12, 31)),
        period("벤처기업", date(2026, 1, 1), date(2028, 12, 31)),
        period("ISO 9001", date(2024, 5, 1), date(2027, 4, 30)),
    ]

    assert periods[2] == "2024-05-01/2027-04-30 ISO 9001"
    assert held(names, periods, date(2026, 11, 30)) == names
    assert held(names, periods, date(2024, 4, 30)) == ["이노비즈"]
    assert held(names, (), date(2024, 4, 30)) == names


@pytest.mark.parametrize(
    ("written", "name", "issued"),
    [
        ("벤처기업(2024-03-31)", "벤처기업", date(2024, 3, 31)),
        ("벤처기업 확인서 (2024. 3. 31. 발급)", "벤처기업 확인서", date(2024, 3, 31)),
        ("ISO 9001", "ISO 9001", None),
        ("벤처기업(2024-13-31)", "벤처기업(2024-13-31)", None),
        ("벤처기업(2024-03-31~2027-03-30)", "벤처기업(2024-03-31~2027-03-30)", None),
        ("여성기업(중소기업)", "여성기업(중소기업)", None),
    ],
)
def test_a_day_behind_a_certificate_is_that_of_its_issue(written: str, name: str, issued: date | None) -> None:
    """A day that is none, and a period, are left as they are written."""
    assert parted(written) == (name, issued)


def test_until_when_a_certificate_is_valid_may_be_left_open() -> None:
    """Then it is held from its issue on, as far as the days tell."""
    periods = [period("벤처기업", date(2024, 3, 31)), period("벤처기업", date(2020, 1, 1))]
    closed = period("이노비즈", date(2024, 1, 1), date(2026, 12, 31))
    assert periods[0] == "2024-03-31/ 벤처기업"
    assert issues([*periods, closed]) == {"벤처기업": date(2024, 3, 31)}
    assert held(["벤처기업"], periods[:1], date(2030, 1, 1)) == ["벤처기업"]
    assert held(["벤처기업"], periods[:1], date(2024, 3, 30)) == []
