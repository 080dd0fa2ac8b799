"""Certificates, on the last day of their validity and the day after it."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.errors import NotFoundError
from graph_schema.law.certificates import certificate_holds
from graph_schema.law.rows import in_force

ISSUED = date(2023, 3, 2)


@pytest.mark.parametrize("kind", ["venture", "innobiz", "mainbiz", "women", "disabled"])
def test_a_certificate_is_held_for_three_years(kind: str) -> None:
    days = (date(2023, 3, 1), ISSUED, date(2026, 3, 1), date(2026, 3, 2))
    assert [certificate_holds(kind, ISSUED, day) for day in days] == [-1, 1, 1, -1]
    assert certificate_holds(kind, None, ISSUED) == 0


@pytest.mark.parametrize("kind", ["social", "laboratory"])
def test_a_validity_that_is_not_known_is_left_open(kind: str) -> None:
    assert certificate_holds(kind, date(2026, 3, 2), date(2030, 1, 1)) == 0


@pytest.mark.parametrize(("kind", "value"), [("innobiz_age", 3), ("mainbiz_age", 3), ("disabled_workers", 0.3)])
def test_each_condition(kind: str, value: float) -> None:
    assert [row.figure for row in in_force("certificates", kind, ISSUED)] == [value]


def test_an_unknown_certificate_is_refused_by_name() -> None:
    with pytest.raises(NotFoundError, match="no certificate 'iso'; it knows venture, innobiz"):
        certificate_holds("iso", ISSUED, ISSUED)
