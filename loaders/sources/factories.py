"""Factory register (공장등록): companies, what they make, and the knowledge industry centres that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders import ksic, place_names, regions, sites
from loaders.answers import saved_rows
from loaders.centers import mention_center
from loaders.fields import Fields
from loaders.names import legal_form
from loaders.points import point_at
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape
from loaders.templates import codes_of_revision, company_at, company_name, industry_codes

NAME = "factories"
_REQUIRED = ("공장관리번호", "회사명", "업종코드", "차수")
_HEADERS: Final = {
    "업체명": "회사명",
    **dict.fromkeys(("공장대표주소(도로명)", "공장대표주소", "공장소재지"), "공장주소"),
    "공장대표주소(지번)": "공장주소_지번",
    "주생산품": "생산품",
}
"""What cities write above the columns of their own lists."""
_PUBLIC: Final = ("회사명", "생산품", "공장주소")
"""The yearly public file (data.go.kr 15105482) has these and the name of the industrial complex alone."""
_PLACES: Final = ("공장주소_지번", "시도명", "시군구명")
"""Where a factory is, beside its address."""
_API: Final = {
    "fctryManageNo": "공장관리번호",
    "cmpnyNm": "회사명",
    "rprsntvNm": "대표자명",
    "cmpnyTelno": "전화번호",
    "cmpnyFxnum": "팩스번호",
    "rnAdres": "공장주소",
    "allEmplyCo": "종업원합계",
    "rprsntvIndutyCode": "대표업종",
    "indutyNm": "업종명",
    "indutyCodes": "업종코드",
    "mainProductCn": "생산품",
    "irsttNm": "단지명",
}
"""Fields of the API (data.go.kr 15087611) by the columns of the table."""


def read(path: Path) -> Iterator[Row]:
    """Stream factories from the detailed table, from the public one of five columns, or from the API's answer."""
    columns = (*SOURCE.optional, *_PLACES)
    return saved_rows(path, Shape(_REQUIRED, _API | _HEADERS, columns), Shape(_PUBLIC, _HEADERS, columns))


def transform(fields: Fields) -> RowRecords:
    """Tell which company runs the factory, what is made in it, in which industries, and where.

    A company is known by its name and city, and may run several factories there: the factory's place is the row's
    subject, and the first row of a company is heard on it.
    """
    name = company_name(fields, "회사명")
    address = fields.text("공장주소") or fields.text("공장주소_지번") or ""
    place = place_names.place(address) or place_names.place(
        " ".join(filter(None, map(fields.text, ("시도명", "시군구명"))))
    )
    company = company_at(name, place, register=NAME)
    number = fields.text("공장관리번호") or _number(company.id, address)
    records = RowRecords(NAME, number)
    if place is None:
        fields.fault(
            "공장주소",
            Wording("알려진 지역이 없는 주소입니다", "names no known region"),
            Wording(
                "시도부터 적으십시오(경기도 고양시 일산동구 …)",
                "write it from the province on (경기도 고양시 일산동구 …)",
            ),
        )
        return records
    sites.note(company.id, number, name, address, fields.text("대표자명"))
    records.link(company, "LOCATED_IN", regions.mention(RowRecords(NAME, number), place), key=number)
    regions.mention(records, place)
    # The API joins what it does not know too: "측정기, , ,".
    products = ", ".join(fields.items("생산품", ",")) or None
    records.node(
        company,
        name=name,
        products=products,
        employees=fields.integer("종업원합계"),
        legal_form=legal_form(name),
        **point_at(place, map(fields.text, ("공장주소", "공장주소_지번")))._asdict(),
    )
    for code in dict.fromkeys(chain.from_iterable(_codes(fields, name) for name in ("대표업종", "업종코드"))):
        for industry in ksic.mention(records, code):
            records.link(company, "IN_INDUSTRY", industry, key=number)
    center = fields.text("지식산업센터명")
    if center and len(place) == regions.DISTRICT_DIGITS:
        records.link(company, "LOCATED_IN", mention_center(records, center, place), key=number)
    return records


def _codes(fields: Fields, name: str) -> list[ksic.KsicCode]:
    """Return codes of the revision that is stated; the API tells it by the name of the main industry alone."""
    main, called = fields.text("대표업종"), fields.text("업종명")
    if fields.text("차수") or not (main and called):
        return codes_of_revision(fields, name, "차수")
    return industry_codes(fields, name, ksic.revision_of(main, called))


def _number(company: str, address: str) -> str:
    """Return a number for a factory of the public file, which has none; an address is not to be read from it."""
    return blake2b(f"{company}\x1f{' '.join(address.split())}".encode(), digest_size=8).hexdigest()


SOURCE = Source(
    name=NAME,
    title_ko="공장등록현황",
    title_en="Factory register",
    publisher="한국산업단지공단",
    url="https://www.data.go.kr/data/15105482/fileData.do",
    required=_REQUIRED,
    gives={
        ("생산품",): ("products",),
        ("종업원합계",): ("employees",),
        ("대표업종", "업종코드"): ("IN_INDUSTRY",),
        ("차수",): (),
        ("지식산업센터명",): ("LOCATED_IN Center",),
    },
    read=read,
    transform=transform,
    pii=frozenset({"공장주소", "공장주소_지번", "대표자명", "전화번호", "팩스번호"}),
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        (
            "the detailed table of 35 to 38 columns, the public one of five, which has no number, or the API, which is "
            "asked by the name of a company (15087611) and answers in XML whatever type is asked for"
        ),
        "lists of cities too, with 업체명, 공장대표주소 or 공장소재지 and 주생산품 as their headers",
        "codes are of the revision in 차수 (10 or 11); the API has none, but names the main industry, which tells it",
        "a company is known by its name and city; addresses stay out of the graph",
        "rows of one name and city at other streets, not of one 대표자명, are one node and named in the report",
    ),
)
