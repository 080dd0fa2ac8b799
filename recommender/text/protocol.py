"""The seam of text encoders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Floats

Role = Literal["query", "passage"]
"""What is asked, or what may be the answer."""


class TextEncoder(Protocol):
    """Turns texts into vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def model_id(self) -> str:
        """Name and version of the model; equal ids give equal vectors."""
        ...

    def encode(self, texts: Sequence[str], role: Role, progress: Progress = silent) -> Floats:
        """Encode texts; float32, shape (texts, dimension), unit length, zero for an empty text."""
        ...

    def pieces(self, word: str) -> int:
        """Count the pieces of its vocabulary that the model reads a word as; 1 where it knows the whole of it."""
        ...
