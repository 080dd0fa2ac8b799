"""A target's words as a passage, and what was found in it."""

from __future__ import annotations

from loaders.eligibility.asides import set_apart
from loaders.eligibility.findings import Finding
from loaders.eligibility.passages import Passage


def value(found: Finding[tuple[str, ...]] | None) -> set[str] | None:
    return None if found is None or found.value is None else set(found.value)


def passage(text: str) -> Passage:
    return Passage("summary", 0, text)


def applicants(text: str) -> Passage:
    """Return a target without whom it prefers or bars, as those who apply are read from it."""
    return set_apart(passage(text)).applicants
