"""How much of a knowledge industry centre may be support facilities: 산업집적법 시행령 제36조의4."""

from __future__ import annotations

from datetime import date
from typing import Final

from graph_schema.law.rows import LawRow, in_force

_IN_COMPLEX: Final[tuple[str, ...]] = ("complex_industrial", "complex_mixed")
_OUTSIDE: Final[tuple[str, ...]] = ("outside_capital", "outside_elsewhere")
"""Kinds of place; in which zone of a complex a centre is, registers of centres do not tell."""


def reached_quotas(share: float, on: date, *, in_complex: bool | None = None) -> tuple[LawRow, ...]:
    """Return the rows of which a centre's share of support facilities has reached the quota, the least one first.

    A share that is not known (NaN) has reached none. ``in_complex``: whether the centre lies in an industrial complex.
    """
    kinds = () if in_complex is False else _IN_COMPLEX
    kinds += () if in_complex else _OUTSIDE
    rows = (row for kind in kinds for row in in_force("quotas", kind, on))
    return tuple(sorted((row for row in rows if share >= row.figure), key=lambda row: row.figure))
