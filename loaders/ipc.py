"""International Patent Classification: the tree above a code, with short Korean and English titles."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from graph_schema.model import NodeRef
from loaders.records import Record, RowRecords, shared

SOURCE: Final = "ipc"
_CODE = re.compile(r"(?P<subclass>[A-H]\d{2}[A-Z])(?:\s*\d+(?:/\d+)?)?(?:\s*\(\d{4}\.\d{2}(?:\.\d{2})?\))?")
"""A code may carry the version of the classification: ``G06F 3/01 (2006.01)``."""
_TABLE: Final = Path(__file__).with_name("ipc_titles.csv")
_LENGTHS: Final = (1, 3, 4)
"""Characters of a section, a class and a subclass."""


def subclass(code: str) -> str | None:
    """Return the subclass of a code (``B24B 3/34`` → ``B24B``); None where it is no IPC code."""
    match = _CODE.fullmatch(code.strip())
    return match["subclass"] if match else None


class Title(NamedTuple):
    """What a section, class or subclass is called."""

    ko: str
    en: str


@cache
def titles() -> dict[str, Title]:
    """Return the titles of all sections, classes and subclasses by code."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Title(row["name"], row["title"]) for row in csv.DictReader(file)}


def mention(records: RowRecords, subclass_: str) -> NodeRef:
    """Add a subclass with its class and section; a code that the table of titles lacks goes by itself."""
    records.records.extend(_mentioned(subclass_))
    return NodeRef("TechField", f"ipc:{subclass_}")


@cache
def _mentioned(subclass_: str) -> tuple[Record, ...]:
    own = RowRecords(SOURCE, subclass_)
    above: NodeRef | None = None
    for level, length in enumerate(_LENGTHS, start=1):
        code = subclass_[:length]
        title = titles().get(code, Title(code, code))
        ref = own.mention(
            NodeRef("TechField", f"ipc:{code}"),
            name=title.ko,
            name_en=title.en,
            code=code,
            scheme="ipc",
            level=level,
            source_id=code,
        )
        if above:
            own.link(ref, "PART_OF", above, source_id=code)
        above = ref
    return shared(own)
