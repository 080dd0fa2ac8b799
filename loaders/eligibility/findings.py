"""What was read of one field of a notice: a value with the spans it stands on, or spans that were not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from loaders.eligibility.passages import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A value and where it was read; without a value, what the text says and nobody understood.

    ``doubtful`` marks a value that something else in the notice contradicts or narrows.
    """

    value: T | None
    spans: tuple[Span, ...]
    doubtful: bool = False

    @property
    def unread(self) -> bool:
        """Whether somebody has to read the notice."""
        return self.value is None or self.doubtful
