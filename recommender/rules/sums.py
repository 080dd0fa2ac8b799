"""Writes sums of money as people say them."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph_schema.wording import Wording

_UNITS: Final = ((1e12, "조"), (1e8, "억"), (1e4, "만"))
_SCALES: Final = ((1e9, " billion"), (1e6, " million"))


def krw(amount: float) -> Wording:
    """Write an amount in won: 1억 3,000만 원, KRW 130 million; what is no round number stands in full."""
    return Wording(_korean(amount), _english(amount))


def krw_between(least: float, most: float) -> Wording:
    """Write what an amount lies between; one that is open above has an infinite ``most``."""
    low = krw(least)
    if least == most:
        return low
    if np.isinf(most):
        return Wording(f"{low.ko} 이상", f"{low.en} or more")
    high = krw(most)
    return Wording(f"{low.ko}~{high.ko}", f"{low.en} to {high.en}")


def _korean(amount: float) -> str:
    if amount % _UNITS[-1][0]:
        return f"{amount:,.10g}원"
    parts = []
    for unit, name in _UNITS:
        whole, amount = divmod(amount, unit)
        parts += [f"{whole:,.0f}{name}"] if whole else []
    return f"{' '.join(parts) or '0'} 원"


def _english(amount: float) -> str:
    round_ = not amount % _UNITS[-1][0]
    scale, name = next(((scale, name) for scale, name in _SCALES if round_ and amount >= scale), (1.0, ""))
    return f"KRW {amount / scale:,.10g}{name}"


def staff_said(count: object) -> Wording:
    """Word a number of employees, or a span of numbers as text: one is no plural."""
    return Wording(f"직원 {count}명", f"{count} employee" if str(count) == "1" else f"{count} employees")
