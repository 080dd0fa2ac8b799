"""국가과학기술표준분류: fields of science and technology on three levels, from a table or from the answer of NTIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import nst
from loaders.answers import saved_rows, xml_rows
from loaders.fields import Fields
from loaders.files import file_kind
from loaders.reading import element_values
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = nst.SOURCE
_COLUMNS: Final = (("대분류코드", "대분류명"), ("중분류코드", "중분류명"), ("소분류코드", "소분류명"))
"""Code and name of each level, the widest first."""
_ENGLISH: Final = "영문명"
_REQUIRED = tuple(name for columns in _COLUMNS for name in columns)
_SPELLINGS: Final = {
    spelling: f"{level}명"
    for level in ("대분류", "중분류", "소분류")
    for spelling in (f"{level}코드명", f"{level}한글명", f"{level}코드한글명", f"{level}명(국문)")
} | dict.fromkeys(("소분류영문명", "소분류코드영문명", "소분류명(영문)"), _ENGLISH)
_CODE, _NAME, _NAME_EN = "cd", "cdNm", "cdNmEng"
"""What the answer of NTIS calls a code and its names."""


def read(path: Path) -> Iterator[Row]:
    """Stream fields from a table with a column for each level, or from an answer that has one code an item."""
    shape = Shape(_REQUIRED, _SPELLINGS, SOURCE.optional)
    if file_kind(path) == "xml":
        return xml_rows(path, ("dataset",), shape, _levels_of)
    return saved_rows(path, shape)


def _levels_of(item: Element) -> Mapping[str, str]:
    """Put an item's code below those that it begins with, which it does not name."""
    values = element_values(item)
    if _CODE not in values:
        return values
    code = values[_CODE].strip()
    own = min(max(len(code) // 2, 1), nst.LEVELS)
    row = dict.fromkeys(_REQUIRED, "")
    for level, (code_column, name_column) in enumerate(_COLUMNS[:own], start=1):
        row[code_column] = code if level == own else code[: 2 * level]
        row[name_column] = values.get(_NAME, "") if level == own else ""
    return row | {_ENGLISH: values.get(_NAME_EN, "")}


def transform(fields: Fields) -> RowRecords:
    """Tell what the narrowest field of the row is called, and what it is part of.

    A field above it that the row does not name is only mentioned: its own row says what it is called.
    """
    codes = _codes(fields)
    records = RowRecords(NAME, codes[-1] if codes else "")
    below: NodeRef | None = None
    for level in range(len(codes), 0, -1):
        field = _add(records, fields, codes[level - 1], level, narrowest=below is None)
        if below:
            records.link(below, "PART_OF", field, source_id=below.id.partition(":")[2])
        below = field
    return records


def _codes(fields: Fields) -> list[str]:
    """Return the codes of a row from the widest on: the narrowest that is written begins with those above it."""
    written = [fields.text(code) or "" for code, _ in _COLUMNS]
    while written and not written[-1]:
        written.pop()
    if not written:
        fields.required(_COLUMNS[0][0])
        return []
    own, column = written[-1], _COLUMNS[len(written) - 1][0]
    codes = [own[: 2 * level] for level in range(1, len(written))]
    if not nst.is_code(own, len(written)):
        fields.fault(
            column,
            Wording("국가과학기술표준분류 코드가 아닙니다", "not a code of the classification"),
            Wording(
                "대분류는 EE, 중분류는 EE06, 소분류는 EE0602처럼 적으십시오",
                "write EE for the widest level, EE06 below it, EE0602 below that",
            ),
        )
    elif any(stated not in ("", code) for stated, code in zip(written, codes, strict=False)):
        fields.fault(
            column,
            Wording("상위 분류의 코드로 시작하지 않습니다", "does not begin with the code above it"),
            Wording("상위 분류와 하위 분류의 코드를 맞추십시오", "make the codes of the levels agree"),
        )
    return [*codes, own]


def _add(records: RowRecords, fields: Fields, code: str, level: int, *, narrowest: bool) -> NodeRef:
    column = _COLUMNS[level - 1][1]
    name = _name(fields.required(column) if narrowest else fields.text(column) or "", code)
    values = {"name": name or code, "code": code, "scheme": NAME, "level": level, "source_id": code}
    if not name:
        return records.mention(nst.ref(code), **values)
    return records.node(nst.ref(code), **values, **({"name_en": fields.text(_ENGLISH)} if narrowest else {}))


def _name(written: str, code: str) -> str:
    """Return a name without the code that some tables print before it (``EE06. 소프트웨어``)."""
    return written.removeprefix(code).lstrip(". ")


SOURCE = Source(
    name=NAME,
    title_ko="국가과학기술표준분류",
    title_en="National classification of science and technology",
    publisher="과학기술정보통신부 · KISTEP",
    url="https://www.data.go.kr/data/15065871/fileData.do",
    required=_REQUIRED,
    gives={(_ENGLISH,): ("name_en",)},
    read=read,
    transform=transform,
    licence="public code table",
    quirks=(
        "codes have 2, 4 and 6 characters (EE, EE06, EE0602), each beginning with the one above it",
        (
            "a table has code and name of each level side by side (`대분류코드`, `대분류명`, …); 코드명, 한글명 and "
            "코드한글명 stand for 명, and a code printed before its name is dropped"
        ),
        (
            "NTIS answers with one code an item (`targetSearch`, `rqstSlctCd=NTIS001`, a key of its own): `upperCd` is "
            "the number of a kind for the widest, so that the code itself tells what is above"
        ),
        "what projects and results call a code yields to this table, whichever was loaded first",
        (
            "the revisions of 2018 and 2023 give many codes of the third level to other fields: load the one that the "
            "projects are written in"
        ),
        "written after descriptions of both shapes; what a table lacks is named where it is refused",
    ),
)
