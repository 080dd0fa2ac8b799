"""What is said to people, in Korean and in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, Self

Language = Literal["ko", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence, or a part of one, in Korean and in English; ``str`` gives the English, as messages of errors do."""

    ko: str
    en: str

    def __iter__(self) -> Iterator[str]:
        """Yield the Korean and the English."""
        yield self.ko
        yield self.en

    def __str__(self) -> str:
        return self.en

    @property
    def both(self) -> str:
        """The Korean and the English in one line, once where they are alike, for readers of whom nothing is known."""
        return self.ko if self.ko == self.en else f"{self.ko} · {self.en}"

    def in_language(self, language: Language) -> str:
        """Return the text in a language."""
        return self.ko if language == "ko" else self.en

    @classmethod
    def alike(cls, text: str) -> Self:
        """Return what is the same in both: names, numbers, commands, and what somebody else says."""
        return cls(text, text)

    @classmethod
    def joined(cls, parts: Iterable[Wording]) -> Self:
        """Join several with semicolons."""
        all_ = [*parts]
        return cls("; ".join(each.ko for each in all_), "; ".join(each.en for each in all_))


NOTHING: Final = Wording("", "")
"""A part of a sentence that is left out."""
