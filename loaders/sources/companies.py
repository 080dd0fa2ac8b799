"""Companies of the city's own register, from the CSV template."""

from __future__ import annotations

from typing import Final

from loaders import ksic, regions
from loaders.centers import mention_center
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.templates import (
    LIST_SEPARATOR,
    Column,
    Template,
    business_number,
    choice,
    company_at,
    company_name,
    corporate_number,
    industry_codes,
    region,
    revision,
    start,
)

LEGAL_FORMS: Final = {"개인": "sole", "법인": "corporation", "기타": "other"}


def transform(fields: Fields) -> RowRecords:
    """Tell what a company is, what it makes, its industries and where it is.

    A company with a business number is known by it, one without by its normalised name and its city.
    """
    name = company_name(fields, "name")
    number, place = business_number(fields, "business_number"), region(fields, "region")
    ref = company_at(name, place, number)
    records = start(fields, "companies", ref.id)
    company = records.node(
        ref,
        name=name,
        business_number=number,
        corporate_number=corporate_number(fields, "corporate_number"),
        representative=fields.text("representative"),
        phone=fields.text("phone"),
        email=fields.text("email"),
        address=fields.text("address"),
        products=fields.text("products"),
        founded_on=fields.day("founded_on"),
        employees=fields.integer("employees"),
        revenue_krw=fields.number("revenue_krw"),
        legal_form=choice(fields, "legal_form", LEGAL_FORMS),
        single_establishment=fields.boolean("single_establishment"),
        certificates=fields.items("certificates", LIST_SEPARATOR) or None,
    )
    for code in industry_codes(fields, "industries", revision(fields, "ksic_revision")):
        for industry in ksic.mention(records, code):
            records.link(company, "IN_INDUSTRY", industry)
    center = fields.text("center")
    if place:
        records.link(company, "LOCATED_IN", regions.mention(records, place))
    if center and (place is None or len(place) < regions.DISTRICT_DIGITS):
        fields.fault("center", "the district of the centre is not known", "fill in region down to the district")
    elif center and place:
        records.link(company, "LOCATED_IN", mention_center(records, center, place))
    return records


TEMPLATE = Template(
    name="companies",
    title_ko="기업 목록 (CSV 양식)",
    title_en="Companies (CSV template)",
    own=(
        Column("name", "기업명", "name of the company", required=True),
        Column("business_number", "사업자등록번호", "10 digits, checked; the company's id where given", pii=True),
        Column("corporate_number", "법인등록번호", "13 digits; the same for all places of a corporation"),
        Column("representative", "대표자", "representative", pii=True),
        Column("phone", "전화", "telephone", pii=True),
        Column("email", "전자우편", "e-mail", pii=True),
        Column("address", "주소", "address", pii=True),
        Column("region", "지역", "code (41281) or name (고양시 덕양구)"),
        Column("industries", "업종코드", "KSIC codes, the main one first, separated by `;`"),
        Column("ksic_revision", "차수", "revision of KSIC that the codes are of: 10 or 11"),
        Column("products", "생산품·서비스", "what the company makes or does, in a few words"),
        Column("founded_on", "설립일", "date"),
        Column("employees", "종업원 수", "whole number"),
        Column("revenue_krw", "매출액(원)", "KRW a year"),
        Column("legal_form", "법적 형태", "개인, 법인, 기타 (sole, corporation, other)"),
        Column("single_establishment", "단독 사업체", "예 or 아니오 (true, false)"),
        Column("certificates", "인증", "such as 벤처기업, 이노비즈, separated by `;`"),
        Column("center", "지식산업센터", "name of the centre that the company is in; needs the district in region"),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
