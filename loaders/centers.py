"""Knowledge industry centres as nodes: their id, and the mention of one."""

from __future__ import annotations

from graph_schema.model import NodeRef
from loaders.names import normalise, tidy
from loaders.records import RowRecords


def center_ref(name: str, district: str) -> NodeRef:
    """Return the node of a centre: its normalised name and the code of its district."""
    return NodeRef("Center", f"{normalise(name)}@{district}")


def mention_center(records: RowRecords, name: str, district: str) -> NodeRef:
    """Add a centre that is known by name and district; where it lies is for the register of centres to say."""
    return records.mention(center_ref(name, district), name=tidy(name))
