"""Shops of the whole country (소상공인시장진흥공단 상가(상권)정보, data.go.kr 15083033): one row a shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders import ksic, place_names, regions
from loaders.answers import saved_rows
from loaders.columns import ColumnFields
from loaders.fields import Fields
from loaders.names import tidy
from loaders.points import Point, columns_of, point_at
from loaders.sheets import ColumnRecords, Mentioned
from loaders.source import Row, Source, one_row
from loaders.tables import Shape
from loaders.templates import industry_codes

NAME = "stores"
_REVISION: Final = 10
"""The register still writes its industries in revision 10, with their section letter (I56191)."""
_REQUIRED = ("상가업소번호", "상호명", "표준산업분류코드", "시군구코드")
_PLACE: Final = ("시군구코드", "시도명", "시군구명")
_API: Final = {
    "bizesId": "상가업소번호",
    "bizesNm": "상호명",
    "brchNm": "지점명",
    "ksicCd": "표준산업분류코드",
    "signguCd": "시군구코드",
    "ctprvnNm": "시도명",
    "signguNm": "시군구명",
    "rdnmAdr": "도로명주소",
    "ldongNm": "법정동명",
    "lnoAdr": "지번주소",
}
"""Fields of the API where the file has Korean headers."""


def read(path: Path) -> Iterator[Row]:
    """Stream shops from a table or an answer."""
    return saved_rows(path, Shape(_REQUIRED, _API, SOURCE.optional))


def transform_columns(rows: ColumnFields) -> ColumnRecords:
    """Tell what shops are called, in which industry they work and where; names repeat, so a shop's number is its id."""
    numbers = rows.required("상가업소번호")
    branches, names = rows.texts("지점명"), rows.required("상호명")
    records = ColumnRecords(NAME, numbers)
    records.subject(
        "Company",
        [f"{NAME}:{number}" for number in numbers],
        name=[tidy(" ".join(filter(None, named))) for named in zip(names, branches, strict=True)],
        address=rows.texts("도로명주소"),
        **columns_of(_points(rows)),
    )
    records.link_mentioned("IN_INDUSTRY", "Industry", rows.read(_industries, "표준산업분류코드"))
    records.link_mentioned("LOCATED_IN", "Region", rows.read(_mentioned_place, *_PLACE))
    return records


def _industries(fields: Fields, name: str) -> Mentioned:
    return ksic.mentioned(industry_codes(fields, name, _REVISION))


def _points(rows: ColumnFields) -> list[Point]:
    """Return the points of the neighbourhoods that are named, which thousands of shops share, else of the addresses."""
    named = all(rows.texts("법정동명"))
    return rows.read(_point, *_PLACE, "법정동명" if named else "지번주소")


def _point(fields: Fields, code: str, province: str, district: str, within: str) -> Point:
    return point_at(_place(fields, code, province, district), (fields.text(within),))


def _place(fields: Fields, code: str, province: str, district: str) -> str | None:
    """Return where a shop is by its code, else by name: provinces that are joined or parted get codes anew."""
    named = " ".join(filter(None, map(fields.text, (province, district))))
    return place_names.place(fields.text(code) or "") or place_names.place(named)


def _mentioned_place(fields: Fields, *names: str) -> Mentioned:
    place = _place(fields, *names)
    if fields.required(names[0]) and place is None:
        fields.fault(
            names[0],
            Wording("알려진 시군구가 아닙니다", "not a known district"),
            Wording("다섯 자리 코드를 적으십시오", "write its five digits"),
        )
    return regions.mentioned(place)


SOURCE = Source(
    name=NAME,
    title_ko="상가(상권)정보",
    title_en="Shops",
    publisher="소상공인시장진흥공단",
    url="https://www.data.go.kr/data/15083033/fileData.do",
    required=_REQUIRED,
    gives={
        ("도로명주소",): ("address",),
        ("표준산업분류코드",): ("IN_INDUSTRY",),
        ("시군구코드",): ("LOCATED_IN Region", *Point._fields),
        ("법정동명", "지번주소"): Point._fields,
    },
    read=read,
    transform=one_row(transform_columns),
    transform_columns=transform_columns,
    pii=frozenset({"도로명주소", "지번주소"}),
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "KSIC 10 with its section letter (I56191); the API has English field names",
        "names repeat, so the shop's own number is its id",
        "a code of a district that is not known, as those of joined provinces, gives way to the district's name",
    ),
)
