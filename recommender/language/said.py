"""A sentence in both languages of the service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or a part of one, in Korean and in English."""

    ko: str
    en: str
