"""Administrative regions: the project's own table, or the legal-dong codes of the whole country (법정동코드)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import regions
from loaders.answers import saved_rows
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = regions.SOURCE
_CODE = re.compile(r"\d{2}|\d{5}")
_WORDS_OF_A_CITY = 2
"""Province and city; a third word is a district of the city."""
_REQUIRED = ("code", "name", "parent")
_LEGAL_DONG = ("법정동코드", "법정동명", "폐지여부")
_LEGAL_DONG_CODE = re.compile(r"(?P<region>\d{5})(?P<dong>\d{5})")


def read(path: Path) -> Iterator[Row]:
    """Stream regions of either table; of legal dongs the provinces, cities and districts that still exist."""
    return filter(_is_wanted, saved_rows(path, Shape(_REQUIRED), Shape(_LEGAL_DONG)))


def _is_wanted(row: Row) -> bool:
    if "법정동코드" not in row.values or row.fault:
        return True
    code = _LEGAL_DONG_CODE.fullmatch(row.values["법정동코드"].strip())
    return code is None or (row.values["폐지여부"].strip() != "폐지" and code["dong"] == "00000")


def transform(fields: Fields) -> RowRecords:
    """Tell what a region is called and what it is part of."""
    if "법정동코드" in fields.values:
        code, name, parent = _legal_dong(fields)
    else:
        code, name, parent = fields.required("code"), fields.required("name"), fields.text("parent")
    if code and not _CODE.fullmatch(code):
        fields.fault(
            "code",
            Wording("행정구역 코드가 아닙니다", "not an administrative code"),
            Wording(
                "시도는 2자리, 시군구는 5자리로 적으십시오", "write 2 digits for a province, 5 for a city or district"
            ),
        )
    if parent and not (_CODE.fullmatch(parent) and parent != code):
        fields.fault(
            "parent",
            Wording("상위 지역의 코드가 아닙니다", "not the code of a region above"),
            Wording("상위 지역의 2자리 또는 5자리 코드를 적으십시오", "write its 2 or 5 digits"),
        )
    level = 1 if parent is None else 2 if len(parent) == regions.PROVINCE_DIGITS else 3
    records = RowRecords(NAME, code)
    region = records.node(NodeRef("Region", code), name=name, code=code, level=level)
    if parent:
        above = records.mention(NodeRef("Region", parent), name=parent, code=parent)
        records.link(region, "PART_OF", above)
    return records


def _legal_dong(fields: Fields) -> tuple[str, str, str | None]:
    """Return code, name and parent as the project's own table has them: 고양시 덕양구 is a part of 고양시."""
    text, words = fields.required("법정동코드"), fields.required("법정동명").split()
    match = _LEGAL_DONG_CODE.fullmatch(text)
    if match is None:
        fields.fault(
            "법정동코드",
            Wording("법정동코드가 아닙니다", "not a legal-dong code"),
            Wording("열 자리를 적으십시오", "write its ten digits"),
        )
        return text, " ".join(words), None
    code = match["region"]
    if code.endswith("000"):
        return code[: regions.PROVINCE_DIGITS], " ".join(words), None
    city = len(words) > _WORDS_OF_A_CITY
    # Sejong is a province and its only district, of one name.
    return code, " ".join(words[1:] or words), f"{code[:4]}0" if city else code[: regions.PROVINCE_DIGITS]


SOURCE = Source(
    name=NAME,
    title_ko="행정구역",
    title_en="Administrative regions",
    publisher="행정안전부 (행정표준코드)",
    url="https://www.code.go.kr",
    required=_REQUIRED,
    read=read,
    transform=transform,
    licence="public code table",
    quirks=(
        (
            "read from the project's own table, or from the list of legal-dong codes (법정동코드), tab or comma, "
            "CP949; abolished codes are left out"
        ),
        (
            "ten-digit codes count to the district; 특례시, and the province 전남광주 of July 2026, are known "
            "under their old codes too"
        ),
        (
            "neighbourhoods, which texts name, are no nodes: `recommender/snapshot/neighbourhoods.csv` has the 읍, 면 "
            "and 동 of law by district, gathered from the boundaries of the National Geographic Information Institute "
            "of 2023-09-15 (공공데이터포털, 이용허락범위 제한 없음)"
        ),
    ),
)
