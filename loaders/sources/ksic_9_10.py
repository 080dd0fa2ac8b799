"""KSIC revisions 9 and 10 (한국표준산업분류): one row a class, with the four levels above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import industries
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import csv_rows

NAME = "ksic-9-10"
_LEVELS: Final = (5, 4, 3, 2, 1)
"""Digits of a code by level, classes first; sections are letters."""
_REQUIRED = (*(f"ksic{level}_{part}" for level in _LEVELS for part in ("cd", "nm")), "ksic_C")
_REVISIONS: Final = {"C9": 9, "C10": 10}
_RANGE = re.compile(r"\s*\(\d\d\s*(?:~\s*\d\d\s*)?\)$")


def class_name(text: str) -> str:
    """Return a name without the range of divisions that sections carry."""
    return _RANGE.sub("", text.strip())


def read(path: Path) -> Iterator[Row]:
    """Stream classes from a table."""
    return csv_rows(path, _REQUIRED)


def transform(fields: Fields) -> RowRecords:
    """Tell what a class and the four levels above it are called, and how they hang together."""
    revision = _REVISIONS.get(fields.required("ksic_C"), 0)
    if not revision:
        fields.fault(
            "ksic_C",
            Wording("이 표에 없는 차수입니다", "not a revision of this table"),
            Wording(f"다음 가운데 하나를 적으십시오: {', '.join(_REVISIONS)}", f"write {' or '.join(_REVISIONS)}"),
        )
    records = RowRecords(NAME, industries.ref(fields.required("ksic5_cd"), revision).id)
    below: NodeRef | None = None
    for level in _LEVELS:
        code, name = fields.required(f"ksic{level}_cd"), fields.required(f"ksic{level}_nm")
        node = records.node(
            industries.ref(code, revision),
            name=class_name(name),
            code=code,
            revision=revision,
            level=level,
            source_id=industries.ref(code, revision).id,
        )
        if below:
            records.link(below, "PART_OF", node, source_id=below.id)
        below = node
    return records


SOURCE = Source(
    name=NAME,
    title_ko="한국표준산업분류 제9차·제10차",
    title_en="KSIC revisions 9 and 10",
    publisher="국가데이터처 (통계청), 정리: KSIC authors",
    licence="MIT",
    required=_REQUIRED,
    read=read,
    transform=transform,
    quirks=("both revisions in one table; a code that both have is two nodes",),
)
