"""Experts who agreed to be listed, from the CSV template."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import industries, regions
from loaders.fields import Fields
from loaders.notices import mention_topic
from loaders.records import RowRecords
from loaders.templates import LIST_SEPARATOR, Column, Template, choice, industry_list, own_id, region_list, start

PROFESSIONS: Final = {
    "세무사": "tax",
    "공인노무사": "labour",
    "변리사": "patent",
    "경영지도사": "management",
    "변호사": "legal",
    "공인회계사": "accounting",
    "관세사": "customs",
    "기술지도사": "technology",
    "마케팅": "marketing",
    "금융": "finance",
    "기타": "other",
}


def transform(fields: Fields) -> RowRecords:
    """Tell what an expert is good at, for which industries and where; without a date of consent nothing is kept."""
    id_ = own_id(fields)
    consented_on = fields.needed(
        Fields.day,
        "consented_on",
        Wording("동의한 날짜를 적거나 이 행을 빼십시오", "write the day of the consent, or leave the row out"),
    )
    fields.required("profession")
    records = start(fields, "experts", id_)
    expert = records.node(
        NodeRef("Expert", f"expert:{id_}"),
        headline=fields.required("headline"),
        name=fields.text("name"),
        phone=fields.text("phone"),
        email=fields.text("email"),
        profession=choice(fields, "profession", PROFESSIONS),
        capacity=fields.integer("capacity"),
        experience_years=fields.integer("experience_years"),
        consented_on=consented_on,
    )
    for topic in fields.items("topics", LIST_SEPARATOR):
        records.link(expert, "SPECIALIZES_IN", mention_topic(records, topic))
    for code in industry_list(fields):
        records.link(expert, "SPECIALIZES_IN", industries.mention(records, code))
    for code in region_list(fields):
        records.link(expert, "LOCATED_IN", regions.mention(records, code))
    return records


TEMPLATE = Template(
    name="experts",
    title_ko="전문가 목록 (CSV 양식, 동의 필수)",
    title_en="Experts, by consent (CSV template)",
    own=(
        Column("id", "번호", "own id, without blanks", required=True),
        Column("headline", "소개", "profession and fields, without a name", required=True),
        Column("profession", "직종", ", ".join(PROFESSIONS), required=True),
        Column("consented_on", "동의일", "date on which the expert agreed to be listed", required=True),
        Column("name", "이름", "name", pii=True),
        Column("phone", "전화", "telephone", pii=True),
        Column("email", "전자우편", "e-mail", pii=True),
        Column("topics", "전문 주제", "separated by `;`", gives=("SPECIALIZES_IN Topic",)),
        Column("industries", "전문 업종코드", "KSIC 11 codes, separated by `;`", gives=("SPECIALIZES_IN Industry",)),
        Column("regions", "활동 지역", "codes or names, separated by `;`", gives=("LOCATED_IN",)),
        Column("capacity", "월 상담 가능 건수", "whole number"),
        Column("experience_years", "경력(년)", "whole number"),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
