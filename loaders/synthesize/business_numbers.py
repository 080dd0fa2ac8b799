"""Business registration numbers of made-up companies: whole and checked, and such as no company can have.

The tax office gives new businesses 101 to 999 as the first three digits (국세청 사업자등록번호 체계), so 000 to 100
are nobody's. The two that follow tell sole proprietors (01 to 79) from companies' head offices (81, 86, 87, 88), as in
real ones.
"""

from __future__ import annotations

import numpy as np

from loaders.names import check_digit
from loaders.synthesize.sampling import Bools, Strings

_SOLE_KINDS = tuple(range(1, 80))
"""Sole proprietors who pay value-added tax."""
_COMPANY_KINDS = (81, 86, 87, 88)
"""Fourth and fifth digits: head offices of companies for profit."""
_SERIALS = 9_999
"""Numbers of one kind: 0001 to 9999."""


def business_numbers(sole: Bools) -> Strings:
    """Return the ten digits of each company, ``sole`` (companies,) tells sole proprietors; none is given twice."""
    numbers = np.empty(len(sole), np.object_)
    for kinds, rows in ((_SOLE_KINDS, np.flatnonzero(sole)), (_COMPANY_KINDS, np.flatnonzero(~sole))):
        numbers[rows] = [_number(place, kinds) for place in range(len(rows))]
    return numbers


def _number(place: int, kinds: tuple[int, ...]) -> str:
    block, serial = divmod(place, _SERIALS)
    office, kind = divmod(block, len(kinds))
    digits = f"{office:03d}{kinds[kind]:02d}{serial + 1:04d}"
    return f"{digits}{check_digit(digits)}"
