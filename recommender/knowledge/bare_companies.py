"""Which companies are known by their names alone, as far as words go."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from graph_schema.catalog import relation_type
from recommender.measure.arrays import Flags
from recommender.snapshot.snapshot import Snapshot


def bare_companies(snapshot: Snapshot) -> Flags:
    """Companies of which neither products nor an industry is known, (companies,); the text of one is its name."""
    return snapshot.derived("bare companies", lambda: _found(snapshot))


def _found(snapshot: Snapshot) -> Flags:
    made = pc.utf8_trim_whitespace(pc.fill_null(snapshot.nodes("Company").column("products"), ""))
    bare = np.asarray(pc.equal(made, "").to_numpy(), dtype=bool)
    industries = snapshot.edges(relation_type("Company", "IN_INDUSTRY", "Industry")).src
    bare[industries[industries >= 0]] = False
    return bare
