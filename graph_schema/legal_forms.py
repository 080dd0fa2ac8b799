"""Legal forms of companies as they stand in Korean names, compatibility characters unfolded (㈜ is (주))."""

from __future__ import annotations

from typing import Final

COMPANY_FORMS: Final = (
    "주식회사",
    "유한책임회사",
    "유한회사",
    "합자회사",
    "합명회사",
    "농업회사법인",
    "어업회사법인",
    "(주)",
    "(유)",
    "(합)",
)
"""Longer ones before those that they hold."""
