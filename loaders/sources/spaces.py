"""Listings of space in knowledge industry centres, from the CSV template."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import industries, regions
from loaders.centers import mention_center
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.templates import Column, Template, choice, industry_list, own_id, region, start

_USES: Final = {"공장": "industry", "입주대상시설": "industry", "지원시설": "support"}
"""Uses of units as listings and the building register name them."""


def transform(fields: Fields) -> RowRecords:
    """Tell what a space offers, in which centre it is and which industries it admits."""
    id_ = own_id(fields)
    fields.required("region")
    center, district = fields.required("center"), region(fields, "region")
    if district and len(district) < regions.DISTRICT_DIGITS:
        fields.fault(
            "region",
            Wording("시군구보다 넓은 지역입니다", "wider than a district"),
            Wording("고양시 일산동구처럼 구까지 적으십시오", "write the district, such as 고양시 일산동구"),
        )
    admitted = industry_list(fields)
    all_industries = fields.boolean("all_industries")
    if admitted and all_industries:
        fields.contradiction(
            ("all_industries", "industries"),
            Wording("업종 목록과 함께 true로 적혀 있습니다", "true beside a list of industries"),
            Wording("둘 가운데 하나만 남기십시오", "keep one of the two"),
        )
    records = start(fields, "spaces", id_)
    space = records.node(
        NodeRef("Space", f"space:{id_}"),
        title=fields.required("title"),
        area_m2=fields.number("area_m2"),
        floor=fields.integer("floor", least=-20),
        deposit_krw=fields.number("deposit_krw"),
        rent_krw=fields.number("rent_krw"),
        price_krw=fields.number("price_krw"),
        available_from=fields.day("available_from"),
        unit_use=choice(fields, "unit_use", _USES),
        all_industries=False if admitted else all_industries,
    )
    if district:
        records.link(space, "PART_OF", mention_center(records, center, district))
    for code in admitted:
        records.link(space, "ADMITS", industries.mention(records, code))
    return records


TEMPLATE = Template(
    name="spaces",
    title_ko="호실 매물 (CSV 양식)",
    title_en="Spaces (CSV template)",
    own=(
        Column("id", "번호", "own id, without blanks", required=True),
        Column("title", "제목", "one line that describes the space", required=True),
        Column("center", "지식산업센터", "name of the centre", required=True),
        Column("region", "지역", "district of the centre: code (41281) or name (고양시 덕양구)", required=True),
        Column("area_m2", "전용 면적(㎡)", "square metres"),
        Column("floor", "층", "whole number, negative below ground"),
        Column("deposit_krw", "보증금(원)", "KRW"),
        Column("rent_krw", "월세(원)", "KRW a month"),
        Column("price_krw", "매매가(원)", "KRW"),
        Column("available_from", "입주 가능일", "date"),
        Column("unit_use", "용도", f"{', '.join(_USES)}; unknown when empty: what the law lets in depends on it"),
        Column("all_industries", "전 업종 입주 가능", "예 or 아니오 (true, false); unknown when empty"),
        Column(
            "industries", "입주 가능 업종코드", "KSIC 11 codes, separated by `;`", gives=("ADMITS", "all_industries")
        ),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
