"""Shops of the whole country (소상공인시장진흥공단 상가(상권)정보, data.go.kr 15083033): one row a shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders import ksic, regions
from loaders.answers import saved_rows
from loaders.fields import Fields
from loaders.names import tidy
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape
from loaders.templates import industry_codes

NAME = "stores"
_REVISION: Final = 10
"""The register still writes its industries in revision 10, with their section letter (I56191)."""
_REQUIRED = ("상가업소번호", "상호명", "표준산업분류코드", "시군구코드")
_API: Final = {
    "bizesId": "상가업소번호",
    "bizesNm": "상호명",
    "brchNm": "지점명",
    "ksicCd": "표준산업분류코드",
    "signguCd": "시군구코드",
    "rdnmAdr": "도로명주소",
    "lnoAdr": "지번주소",
}
"""Fields of the API where the file has Korean headers."""


def read(path: Path) -> Iterator[Row]:
    """Stream shops from a table or an answer."""
    return saved_rows(path, Shape(_REQUIRED, _API))


def transform(fields: Fields) -> RowRecords:
    """Tell what a shop is called, in which industry it works and where; names repeat, so its number is its id."""
    number = fields.required("상가업소번호")
    records = RowRecords(NAME, number)
    branch = fields.text("지점명")
    shop = records.node(
        NodeRef("Company", f"{NAME}:{number}"),
        name=tidy(" ".join(filter(None, (fields.required("상호명"), branch)))),
        address=fields.text("도로명주소"),
    )
    for code in industry_codes(fields, "표준산업분류코드", _REVISION):
        for industry in ksic.mention(records, code):
            records.link(shop, "IN_INDUSTRY", industry)
    place = regions.find(fields.required("시군구코드"))
    if place:
        records.link(shop, "LOCATED_IN", regions.mention(records, place))
    elif fields.text("시군구코드"):
        fields.fault("시군구코드", "not a known district", "write its five digits")
    return records


SOURCE = Source(
    name=NAME,
    title_ko="상가(상권)정보",
    title_en="Shops",
    publisher="소상공인시장진흥공단",
    url="https://www.data.go.kr/data/15083033/fileData.do",
    required=_REQUIRED,
    read=read,
    transform=transform,
    pii=frozenset({"도로명주소", "지번주소"}),
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "KSIC 10 with its section letter (I56191); the API has English field names",
        "names repeat, so the shop's own number is its id",
    ),
)
