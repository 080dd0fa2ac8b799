"""Certificates are held on the days on which they are valid."""

from __future__ import annotations

from datetime import date

from graph_schema.certificates import held, period


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
