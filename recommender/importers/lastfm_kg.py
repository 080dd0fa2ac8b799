"""Last.FM listening with a knowledge graph: RecBole atomic files with a fixed split.

Users, items and ratings from HetRec 2011 (non-commercial research), the graph from Satori as released with KGCN. An
entity that is an item, by ``lastfm.link``, becomes that item's node, so the graph and the listening meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from recommender.importers.recbole import recbole_folder
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.write import ExperimentFolder

LISTENED: Final[EdgeKey] = ("User", "LISTENED", "Item")


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make the one folder of the files under ``path``."""
    yield recbole_folder(
        "lastfm-kg",
        path,
        LISTENED[1],
        "Last.FM with a knowledge graph, fixed split: which items does a user listen to?\n"
        "The weight of LISTENED is the number of plays. An entity that is an item is that item's node.",
    )
