"""Opens a model in a process of a pool."""

from __future__ import annotations

from pathlib import Path

from graph_schema.garbage import keep_all
from recommender.serve.lean_imports import import_lean
from recommender.serve.recommender import Recommender, open_recommender


def open_in_worker(home: Path, version: str) -> Recommender:
    """Open a model for as long as the process of a pool works; raises as ``open_recommender`` does."""
    import_lean()
    recommender = open_recommender(home, version=version)
    keep_all()  # what was opened stays, so no search for cycles need pass it
    return recommender
