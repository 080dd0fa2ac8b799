"""Companies of the city's own register, from the CSV template."""

from __future__ import annotations

from typing import Final, NamedTuple

from graph_schema.certificates import parted, period
from graph_schema.wording import Wording
from loaders import place_names, regions
from loaders.centers import center_ref
from loaders.columns import ColumnFields
from loaders.fields import Fields
from loaders.names import tidy
from loaders.points import Point, columns_of, point_at
from loaders.sheets import ColumnRecords
from loaders.source import one_row
from loaders.templates import (
    BUSINESS_NUMBER,
    LIST_SEPARATOR,
    Column,
    Template,
    business_number,
    choice,
    company_at,
    company_name,
    corporate_number,
    industries,
    region,
    start_columns,
)

LEGAL_FORMS: Final = {"개인": "sole", "법인": "corporation", "기타": "other"}


class _Center(NamedTuple):
    id: str
    name: str


def transform_columns(rows: ColumnFields) -> ColumnRecords:
    """Tell what companies are, what they make, their industries and where they are.

    A company with a business number is known by it, one without by its normalised name and its city.
    """
    names = rows.read(company_name, "name")
    numbers, places = rows.read(business_number, "business_number"), rows.read(region, "region")
    ids = [company_at(*known).id for known in zip(names, places, numbers, strict=True)]
    records = start_columns(rows, "companies", ids)
    records.subject(
        "Company",
        ids,
        name=names,
        business_number=numbers,
        corporate_number=rows.read(corporate_number, "corporate_number"),
        representative=rows.texts("representative"),
        phone=rows.texts("phone"),
        email=rows.texts("email"),
        address=rows.texts("address"),
        products=rows.texts("products"),
        founded_on=rows.read(Fields.day, "founded_on"),
        employees=rows.read(Fields.integer, "employees"),
        revenue_krw=rows.read(Fields.number, "revenue_krw"),
        legal_form=rows.read(_legal_form, "legal_form"),
        single_establishment=rows.read(Fields.boolean, "single_establishment"),
        certificates=rows.read(_certificates, "certificates"),
        certificate_periods=rows.read(_certificate_periods, "certificates"),
        **columns_of(rows.read(_point, "region", "address")),
    )
    records.link_mentioned("IN_INDUSTRY", "Industry", rows.read(industries, "industries", "ksic_revision"))
    records.link_mentioned("LOCATED_IN", "Region", [*map(regions.mentioned, places)])
    centers = rows.read(_center, "center", "region")
    named = [center and center.name for center in centers]
    records.mention("Center", [center and center.id for center in centers], name=named)
    records.link("LOCATED_IN", "Center", [[center.id] if center else [] for center in centers])
    return records


def _legal_form(fields: Fields, name: str) -> str | None:
    return choice(fields, name, LEGAL_FORMS)


def _point(fields: Fields, region_name: str, address_name: str) -> Point:
    texts = fields.text(region_name), fields.text(address_name)
    return point_at(place_names.place(texts[0] or ""), texts)


def _certificates(fields: Fields, name: str) -> list[str] | None:
    return [parted(written)[0] for written in fields.items(name, LIST_SEPARATOR)] or None


def _certificate_periods(fields: Fields, name: str) -> list[str] | None:
    """Return from when certificates are valid whose day of issue is stated; until when is for the law."""
    known = map(parted, fields.items(name, LIST_SEPARATOR))
    return [period(certificate, issued) for certificate, issued in known if issued] or None


def _center(fields: Fields, name: str, region_name: str) -> _Center | None:
    """Return the centre that a company is in, which is known by its district, too."""
    center = fields.text(name)
    place = place_names.place(fields.text(region_name) or "") or ""
    if center and len(place) < regions.DISTRICT_DIGITS:
        fields.fault(
            name,
            Wording("센터가 있는 시군구를 알 수 없습니다", "the district of the centre is not known"),
            Wording("region을 시군구까지 적으십시오", "fill in region down to the district"),
        )
    return _Center(center_ref(center, place).id, tidy(center)) if center and place else None


TEMPLATE = Template(
    name="companies",
    title_ko="기업 목록 (CSV 양식)",
    title_en="Companies (CSV template)",
    own=(
        Column("name", "기업명", "name of the company", required=True),
        BUSINESS_NUMBER,
        Column("corporate_number", "법인등록번호", "13 digits; the same for all places of a corporation"),
        Column("representative", "대표자", "representative", pii=True),
        Column("phone", "전화", "telephone", pii=True),
        Column("email", "전자우편", "e-mail", pii=True),
        Column("address", "주소", "address", pii=True),
        Column(
            "region",
            "지역",
            "code (41281) or name (고양시 덕양구)",
            gives=("LOCATED_IN Region", *Point._fields),
            key=True,
        ),
        Column("industries", "업종코드", "KSIC codes, the main one first, separated by `;`", gives=("IN_INDUSTRY",)),
        Column("ksic_revision", "차수", "revision of KSIC that the codes are of: 9, 10 or 11", gives=()),
        Column("products", "생산품·서비스", "what the company makes or does, in a few words"),
        Column("founded_on", "설립일", "date"),
        Column("employees", "종업원 수", "whole number"),
        Column("revenue_krw", "매출액(원)", "KRW a year"),
        Column("legal_form", "법적 형태", "개인, 법인, 기타 (sole, corporation, other)"),
        Column("single_establishment", "단독 사업체", "예 or 아니오 (true, false)"),
        Column(
            "certificates",
            "인증",
            "such as 벤처기업, 이노비즈, with their day of issue where known, 벤처기업(2024-03-31), separated by `;`",
            gives=("certificates", "certificate_periods"),
        ),
        Column(
            "center",
            "지식산업센터",
            "name of the centre that the company is in; needs the district in region",
            gives=("LOCATED_IN Center",),
        ),
    ),
    transform=one_row(transform_columns),
    transform_columns=transform_columns,
)
SOURCE = TEMPLATE.source
