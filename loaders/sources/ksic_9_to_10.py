"""KSIC revisions 9 to 10: which class continues which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders import industries
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import csv_rows

NAME = "ksic-9-to-10"
_CLASS_LEVEL = 5
"""Level of the five-digit classes, which alone the table pairs."""
_REQUIRED = ("ksic9_cd", "ksic9_nm", "ksic10_cd", "ksic10_nm")


def read(path: Path) -> Iterator[Row]:
    """Stream links from a table."""
    return csv_rows(path, _REQUIRED)


def transform(fields: Fields) -> RowRecords:
    """Tell that a class of revision 9 is continued by one of revision 10, and what of it."""
    old, new = fields.required("ksic9_cd"), fields.required("ksic10_cd")
    records = RowRecords(NAME, f"{old}→{new}")
    records.link(industries.ref(old, 9), "MAPS_TO", industries.ref(new, 10), note=fields.text("detail"))
    for code, revision in ((old, 9), (new, 10)):
        records.mention(
            industries.ref(code, revision),
            name=fields.required(f"ksic{revision}_nm"),
            code=code,
            revision=revision,
            level=_CLASS_LEVEL,
        )
    return records


SOURCE = Source(
    name=NAME,
    title_ko="한국표준산업분류 제9차–제10차 연계표",
    title_en="KSIC revision 9 to revision 10",
    publisher="국가데이터처 (통계청), 정리: KSIC authors",
    licence="MIT",
    required=_REQUIRED,
    gives={("detail",): ("note",)},
    read=read,
    transform=transform,
    quirks=("one code may go on in several, with a note which part",),
)
