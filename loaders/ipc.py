"""International Patent Classification: the tree above a code, as far as the code itself tells it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from graph_schema.model import NodeRef
from loaders.records import Record, RowRecords, shared

SOURCE: Final = "ipc"
_CODE = re.compile(r"(?P<subclass>[A-H]\d{2}[A-Z])(?:\s*\d+(?:/\d+)?)?(?:\s*\(\d{4}\.\d{2}(?:\.\d{2})?\))?")
"""A code may carry the version of the classification: ``G06F 3/01 (2006.01)``."""
_SECTIONS: Final = {
    "A": "생활필수품",
    "B": "처리조작·운수",
    "C": "화학·야금",
    "D": "섬유·제지",
    "E": "고정구조물",
    "F": "기계공학·조명·가열·무기·폭파",
    "G": "물리학",
    "H": "전기",
}
_LENGTHS: Final = (1, 3, 4)
"""Characters of a section, a class and a subclass."""


def subclass(code: str) -> str | None:
    """Return the subclass of a code (``B24B 3/34`` → ``B24B``); None where it is no IPC code."""
    match = _CODE.fullmatch(code.strip())
    return match["subclass"] if match else None


def mention(records: RowRecords, subclass_: str) -> NodeRef:
    """Add a subclass with its class and section; classes go by their code, since no table of titles is at hand."""
    records.records.extend(_mentioned(subclass_))
    return NodeRef("TechField", f"ipc:{subclass_}")


@cache
def _mentioned(subclass_: str) -> tuple[Record, ...]:
    own = RowRecords(SOURCE, subclass_)
    above: NodeRef | None = None
    for level, length in enumerate(_LENGTHS, start=1):
        code = subclass_[:length]
        name = _SECTIONS.get(code, code)
        ref = own.mention(
            NodeRef("TechField", f"ipc:{code}"), name=name, code=code, scheme="ipc", level=level, source_id=code
        )
        if above:
            own.link(ref, "PART_OF", above, source_id=code)
        above = ref
    return shared(own)
