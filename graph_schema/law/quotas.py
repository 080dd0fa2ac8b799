"""How much of a knowledge industry centre may be support facilities: 산업집적법 시행령 제36조의4."""

from __future__ import annotations

from datetime import date
from typing import Final

from graph_schema.law.rows import LawRow, in_force

_SHARES: Final = ("complex_industrial", "complex_mixed", "outside_capital", "outside_elsewhere")
"""Kinds of place; which of them a centre is in, registers of centres do not tell."""


def reached_quotas(share: float, on: date) -> tuple[LawRow, ...]:
    """Return the rows of which a centre's share of support facilities has reached the quota, the least one first.

    A share that is not known (NaN) has reached none.
    """
    rows = (row for kind in _SHARES for row in in_force("quotas", kind, on))
    return tuple(sorted((row for row in rows if share >= row.figure), key=lambda row: row.figure))
