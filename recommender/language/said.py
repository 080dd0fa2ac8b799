"""A sentence in both languages of the service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or a part of one, in Korean and in English."""

    ko: str
    en: str

    def __iter__(self) -> Iterator[str]:
        """Yield the Korean and the English."""
        yield self.ko
        yield self.en
