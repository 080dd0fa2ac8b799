"""Topics of the themes: the registers' own where they use such a word, made-up ones for themes they never mention."""

from __future__ import annotations

from loaders.synthesize.sampling import Strings, words
from loaders.synthesize.themes import THEMES

_MOST = 3
"""Topics of a theme: real notices bear two or three."""


def theme_topics(real: frozenset[str]) -> list[list[str]]:
    """Return ids of topics by theme: up to three that are in ``real``, else one that is made up."""
    return [[tag for tag in theme.tags if tag in real][:_MOST] or [f"syn-t-{theme.key}"] for theme in THEMES]


def topic_columns(real: frozenset[str]) -> dict[str, Strings]:
    """Return the catalog's columns of the made-up topics."""
    made_up = [theme for theme in THEMES if real.isdisjoint(theme.tags)]
    ids = words(f"syn-t-{theme.key}" for theme in made_up)
    return {"id": ids, "source_id": ids, "name": words(theme.tags[0] for theme in made_up)}
