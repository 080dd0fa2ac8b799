"""Administrative regions: provinces, the cities and counties of Gyeonggi, the districts of Goyang."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph_schema.model import NodeRef
from loaders import regions
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import csv_rows

NAME = regions.SOURCE
_CODE = re.compile(r"\d{2}|\d{5}")
_PROVINCE = 2
_REQUIRED = ("code", "name", "parent")


def read(path: Path) -> Iterator[Row]:
    """Stream regions from a table."""
    return csv_rows(path, _REQUIRED)


def transform(fields: Fields) -> RowRecords:
    """Tell what a region is called and what it is part of."""
    code, name, parent = fields.required("code"), fields.required("name"), fields.text("parent")
    if code and not _CODE.fullmatch(code):
        fields.fault("code", "not an administrative code", "write 2 digits for a province, 5 for a city or district")
    if parent and not (_CODE.fullmatch(parent) and parent != code):
        fields.fault("parent", "not the code of a region above", "write its 2 or 5 digits")
    level = 1 if parent is None else 2 if len(parent) == _PROVINCE else 3
    records = RowRecords(NAME, code)
    region = records.node(NodeRef("Region", code), name=name, code=code, level=level)
    if parent:
        above = records.mention(NodeRef("Region", parent), name=parent, code=parent)
        records.link(region, "PART_OF", above)
    return records


SOURCE = Source(
    name=NAME,
    title_ko="행정구역",
    title_en="Administrative regions",
    publisher="행정안전부 (행정표준코드)",
    url="https://www.code.go.kr",
    required=_REQUIRED,
    read=read,
    transform=transform,
)
