"""KSIC revision 11 (한국표준산업분류): the tree of 21 sections down to 1,205 classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders import industries, ksic
from loaders.fields import Fields
from loaders.files import shown
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import csv_rows

NAME = industries.SOURCE
_REVISION: Final = 11
"""The revision that this file is of."""
_CODE = re.compile(r"[A-U]|\d{2,5}")
_REQUIRED = ("code", "level", "name", "parent")


def read(path: Path) -> Iterator[Row]:
    """Stream codes from a table; raises ``SourceError`` for one of an older revision, with the same columns."""
    rows = list(csv_rows(path, _REQUIRED))
    known = {revision: sum(_is_of(row, revision) for row in rows) for revision in ksic.REVISIONS}
    revision = max(known, key=known.__getitem__)
    if revision != _REVISION:
        raise SourceError(
            Wording(
                f"{shown(path)}: 한국표준산업분류 11차가 아니라 {revision}차의 표입니다. 9차와 10차는 둘 다 있는 표를 "
                "`dure load ksic-9-10 <파일>`로 적재하십시오",
                f"{shown(path)} is a table of KSIC revision {revision}, not 11; load revisions 9 and 10 with "
                "`dure load ksic-9-10 <file>` from the table that has both",
            )
        )
    yield from rows


def _is_of(row: Row, revision: int) -> bool:
    """Whether a revision knows the row's code under the row's name."""
    known = ksic.table(revision).get(row.values["code"].strip())
    return known is not None and known[1] == row.values["name"].strip()


def transform(fields: Fields) -> RowRecords:
    """Tell what a code is called and what it is part of."""
    code, name = fields.required("code"), fields.required("name")
    level, parent = fields.integer("level", least=1), fields.text("parent")
    if code and not _CODE.fullmatch(code):
        fields.fault(
            "code",
            Wording("한국표준산업분류 코드가 아닙니다", "not a KSIC code"),
            Wording(
                "대분류 글자 또는 앞자리 0을 포함한 2~5자리 숫자로 적으십시오",
                "write a section letter or 2 to 5 digits, leading zeros included",
            ),
        )
    if (parent is None) != (level == 1):
        fields.fault(
            "parent",
            Wording("대분류가 아닌 코드에는 상위 코드가 있습니다", "every code but a section has a parent"),
            Wording("상위 코드를 적고, 대분류는 비우십시오", "write the parent's code, for sections none"),
        )
    records = RowRecords(NAME, code)
    industry = records.node(industries.ref(code, _REVISION), name=name, code=code, revision=_REVISION, level=level)
    if parent:
        # The parent's own row may come later in the file, or in a later batch.
        above = records.mention(industries.ref(parent, _REVISION), name=parent, code=parent, revision=_REVISION)
        records.link(industry, "PART_OF", above)
    return records


SOURCE = Source(
    name=NAME,
    title_ko="한국표준산업분류 제11차",
    title_en="KSIC revision 11",
    publisher="국가데이터처 (통계청)",
    url="https://kssc.mods.go.kr",
    required=_REQUIRED,
    read=read,
    transform=transform,
    licence="public code table",
    quirks=(
        "codes are text: 01 is no 1",
        "tables of revisions 9 and 10 have the same columns, and are refused",
    ),
)
