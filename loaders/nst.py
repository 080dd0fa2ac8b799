"""국가과학기술표준분류 (nst): the tree above a field, from the codes and names that rows bring; no table is at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_schema.model import NodeRef
from loaders.fields import Fields
from loaders.records import RowRecords

_CODE: Final = re.compile(r"[A-Z]{2}(?:\d{2}){0,2}")


def mention(records: RowRecords, fields: Fields, paths: Sequence[str]) -> NodeRef | None:
    """Add the field that ``paths`` name from the widest on, with those above it; return the narrowest that is one."""
    above: NodeRef | None = None
    for level, path in enumerate(paths, start=1):
        code = fields.text(f"{path}@code")
        if code is None or not _CODE.fullmatch(code) or len(code) != 2 * level:
            return above
        own = RowRecords("nst", code)
        ref = own.mention(
            NodeRef("TechField", f"nst:{code}"), name=fields.text(path) or code, code=code, scheme="nst", level=level
        )
        if above:
            own.link(ref, "PART_OF", above)
        records.records.extend(own.records)
        above = ref
    return above
