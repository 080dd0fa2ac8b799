"""Made-up business numbers: whole, checked, each given once, and none that a company can have."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from loaders.names import business_number
from loaders.synthesize.business_numbers import business_numbers

FIRST_ASSIGNED = 101
"""What the tax office gives as the first three digits begins here."""


def test_they_pass_the_check_and_are_nobodys(tables: dict[str, pa.Table]) -> None:
    numbers = tables["Company"]["business_number"].to_pylist()
    assert len(set(numbers)) == len(numbers)
    assert all(business_number(number) == number for number in numbers)
    assert max(int(number[:3]) for number in numbers) < FIRST_ASSIGNED


def test_the_middle_tells_who_is_a_sole_proprietor(tables: dict[str, pa.Table]) -> None:
    companies = tables["Company"]
    for number, form in zip(companies["business_number"].to_pylist(), companies["legal_form"].to_pylist(), strict=True):
        assert (int(number[3:5]) < 80) == (form == "sole")


@pytest.mark.parametrize("sole", [True, False])
def test_a_city_of_a_million_has_enough(sole: bool) -> None:  # noqa: FBT001 - a value of the test
    numbers = business_numbers(np.full(1_000_000, sole))
    assert len(set(numbers)) == len(numbers)
    assert max(int(number[:3]) for number in numbers) < FIRST_ASSIGNED
