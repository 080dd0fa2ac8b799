"""Companies that are confirmed as ventures (벤처기업명단, data.go.kr 15084581), with industry, product and city."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.certificates import period
from loaders import ksic, place_names, regions
from loaders.answers import saved_rows
from loaders.fields import Fields
from loaders.names import legal_form
from loaders.points import point_at
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape
from loaders.templates import company_at, company_name

NAME = "ventures"
_CERTIFICATE: Final = "벤처기업"
_REVISION: Final = 11
"""The revision in which the column is said to be."""
_REQUIRED = ("업체명", "벤처유효시작일", "벤처유효종료일")


def read(path: Path) -> Iterator[Row]:
    """Stream companies from a table or an answer."""
    return saved_rows(path, Shape(_REQUIRED, columns=(*SOURCE.optional, "간략주소", "지역")))


def transform(fields: Fields) -> RowRecords:
    """Tell which company is a venture, what it makes and where it is.

    It is known by its name and city; a person who has yet to found a company is refused. A name of an industry that
    revision 11 does not have is left open, as is a place that is not known.
    """
    name = company_name(fields, "업체명")
    place = place_names.place(fields.text("간략주소") or "") or place_names.place(fields.text("지역") or "")
    ref = company_at(name, place, register=NAME)
    records = RowRecords(NAME, ref.id)
    first, last = fields.day("벤처유효시작일"), fields.day("벤처유효종료일")
    company = records.node(
        ref,
        name=name,
        products=fields.text("주생산품"),
        legal_form=legal_form(name),
        certificates=[_CERTIFICATE],
        certificate_periods=[period(_CERTIFICATE, first, last)] if first and last else None,
        **point_at(place, (fields.text("간략주소"),))._asdict(),
    )
    for code in ksic.read_codes(fields.text("업종명(11차)") or "", _REVISION).found:
        for industry in ksic.mention(records, code):
            records.link(company, "IN_INDUSTRY", industry)
    if place:
        records.link(company, "LOCATED_IN", regions.mention(records, place))
    return records


SOURCE = Source(
    name=NAME,
    title_ko="벤처기업명단",
    title_en="Venture-confirmed companies",
    publisher="중소벤처기업부",
    url="https://www.data.go.kr/data/15084581/fileData.do",
    required=_REQUIRED,
    gives={("주생산품",): ("products",), ("업종명(11차)",): ("IN_INDUSTRY",)},
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "no business number: name and city are the id",
        "confirmed from a day to a day, outside of which nothing counts it as a venture",
        "예비창업자 and a person's name is refused, and not shown",
        "industries by the names of revision 11; one that it does not have is left open",
    ),
)
