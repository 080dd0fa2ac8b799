"""Needs and grievances that companies raised, from the CSV template; personal details are masked on the way in."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders.fields import Fields
from loaders.masking import mask
from loaders.names import tidy
from loaders.notices import mention_topic
from loaders.records import RowRecords
from loaders.templates import (
    COMPANY_REGION,
    LIST_SEPARATOR,
    Column,
    Template,
    business_number,
    choice,
    company_at,
    own_id,
    region,
    start,
)

KINDS: Final = {
    "기술": "technology",
    "애로": "grievance",
    "자금": "finance",
    "인력": "workforce",
    "수출": "export",
    "공간": "space",
    "교육": "education",
    "자문": "consulting",
}
STATES: Final = {"접수": "open", "배정": "assigned", "완료": "resolved", "반려": "declined"}


def transform(fields: Fields) -> RowRecords:
    """Tell what is needed, of what kind, by whom and since when."""
    id_ = own_id(fields)
    fields.required("kind")
    raised_on = fields.day("raised_on")
    records = start(fields, "needs", id_)
    need = records.node(
        NodeRef("Need", f"need:{id_}"),
        title=mask(fields.required("title")),
        text=mask(fields.prose("text") or "") or None,
        kind=choice(fields, "kind", KINDS),
        state=choice(fields, "state", STATES) or "open",
        raised_on=raised_on,
    )
    for topic in fields.items("topics", LIST_SEPARATOR):
        records.link(need, "ABOUT", mention_topic(records, topic))
    number, company = business_number(fields, "business_number"), fields.text("company")
    if number and not company:
        fields.fault(
            "company",
            Wording("사업자등록번호만 있고 비어 있습니다", "empty beside a business number"),
            Wording("기업 이름을 적으십시오", "fill in the company's name"),
        )
    elif company:
        ref = company_at(company, region(fields, "region"), number)
        asking = records.mention(ref, name=tidy(company), business_number=number)
        records.link(asking, "NEEDS", need, on=raised_on)
    return records


TEMPLATE = Template(
    name="needs",
    title_ko="기술수요·애로·민원 (CSV 양식)",
    title_en="Needs (CSV template)",
    own=(
        Column("id", "번호", "own id, without blanks", required=True),
        Column("title", "제목", "one line; personal details are masked", required=True, pii=True),
        Column("kind", "종류", ", ".join(KINDS), required=True),
        Column("text", "내용", "details; telephone numbers, e-mail and personal numbers are masked", pii=True),
        Column("state", "처리 상태", f"{', '.join(STATES)}; 접수 when empty"),
        Column("raised_on", "접수일", "date", gives=("raised_on", "on")),
        Column("company", "기업명", "company that asks", gives=("NEEDS",)),
        Column("business_number", "사업자등록번호", "its business number, where it is known by it", pii=True, key=True),
        COMPANY_REGION,
        Column("topics", "주제", "separated by `;`", gives=("ABOUT",)),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
