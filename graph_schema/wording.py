"""What is said to people, in Korean and in English, for the layers below the recommender."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

Language = Literal["ko", "en"]


class Wording(str):
    """A text in English that has its Korean beside it.

    It is compared, joined and shown as the English one, so that only who speaks Korean need know of it.
    """

    __slots__ = ("ko",)
    ko: str

    def __new__(cls, ko: str, en: str) -> Self:
        """Say the same in Korean and in English."""
        text = super().__new__(cls, en)
        text.ko = ko
        return text

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Return what a copy is made of."""
        return type(self), (self.ko, str(self))

    @classmethod
    def joined(cls, parts: Iterable[Wording]) -> Self:
        """Join several with semicolons."""
        all_ = [*parts]
        return cls("; ".join(each.ko for each in all_), "; ".join(all_))


def in_language(text: str, language: Language) -> str:
    """Return the Korean of a text where that is wanted and known, else the text as it is."""
    return text.ko if language == "ko" and isinstance(text, Wording) else str(text)
