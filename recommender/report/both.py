"""Texts in Korean and in English."""

from __future__ import annotations

from typing import Self


class Both(str):
    """A text in both languages: as plain text one after the other, on a page whichever the reader wants."""

    __slots__ = ("en", "ko")
    ko: str
    en: str

    def __new__(cls, ko: str, en: str) -> Self:
        """Join the two, once where they are alike."""
        text = super().__new__(cls, ko if ko == en else f"{ko} / {en}")
        text.ko, text.en = ko, en
        return text
