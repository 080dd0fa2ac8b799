"""국가과학기술표준분류 (nst): the ids of its fields, and the tree above a field from the codes and names of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_schema.model import NodeRef
from loaders.fields import Fields
from loaders.records import RowRecords

SOURCE: Final = "nst"
LEVELS: Final = 3
"""대분류, 중분류 and 소분류, of two characters more each."""
_CODE: Final = re.compile(r"[A-Z]{2}(?:\d{2}){0,2}")


def is_code(text: str, level: int) -> bool:
    """Whether a text is a code of a level: ``EE`` of 1, ``EE06`` of 2, ``EE0602`` of 3."""
    return len(text) == 2 * level and bool(_CODE.fullmatch(text))


def ref(code: str) -> NodeRef:
    """Return the node of a code."""
    return NodeRef("TechField", f"{SOURCE}:{code}")


def mention(records: RowRecords, fields: Fields, paths: Sequence[str]) -> NodeRef | None:
    """Add the field that ``paths`` name from the widest on, with those above it; return the narrowest that is one.

    The table of the classification says what a code is called; a row that names it says so where no table did.
    """
    above: NodeRef | None = None
    for level, path in enumerate(paths, start=1):
        code = fields.text(f"{path}@code")
        if code is None or not is_code(code, level):
            return above
        own = RowRecords(SOURCE, code)
        field = own.mention(ref(code), name=fields.text(path) or code, code=code, scheme=SOURCE, level=level)
        if above:
            own.link(field, "PART_OF", above)
        records.records.extend(own.records)
        above = field
    return above
