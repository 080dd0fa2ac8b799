"""Technologies that their holders offer or keep, from the CSV template."""

from __future__ import annotations

import re
from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import ipc
from loaders.fields import Fields
from loaders.institutions import mention_organisation
from loaders.records import RowRecords
from loaders.sources.kipris import STATUS
from loaders.templates import LIST_SEPARATOR, Column, Template, choice, own_id, start

NAME: Final = "technologies"
_APPLICATION: Final = re.compile(r"\d{2}-?\d{4}-?\d{7}")


def transform(fields: Fields) -> RowRecords:
    """Tell what a technology does, whose it is and whether it is offered; one by its application number is a patent."""
    id_ = own_id(fields)
    patent = id_.replace("-", "") if _APPLICATION.fullmatch(id_) else None
    codes = fields.items("ipc", LIST_SEPARATOR)
    fields_of = [ipc.subclass(code) for code in codes]
    if None in fields_of:
        fields.fault(
            "ipc",
            Wording("국제특허분류 코드가 아닙니다", "not a code of the International Patent Classification"),
            Wording("G01N 또는 G01N 21/00처럼 적으십시오", "write it as G01N or G01N 21/00"),
        )
    applied_on = fields.day("applied_on")
    records = start(fields, NAME, id_)
    technology = records.node(
        NodeRef("Technology", patent or f"{NAME}:{id_}"),
        title=" ".join(fields.required("title").split()),
        abstract=fields.prose("abstract"),
        applied_on=applied_on,
        registered_on=fields.day("registered_on"),
        status=choice(fields, "status", STATUS),
        ipc=codes or None,
        for_licence=fields.boolean("for_licence"),
        url=fields.text("url"),
    )
    for field in dict.fromkeys(filter(None, fields_of)):
        records.link(technology, "IN_FIELD", ipc.mention(records, field))
    fields.required("holder")
    for holder in fields.items("holder", LIST_SEPARATOR):
        records.link(mention_organisation(records, holder), "FILED", technology, on=applied_on)
    return records


TEMPLATE = Template(
    name=NAME,
    title_ko="보유·이전 기술 (CSV 양식)",
    title_en="Technologies held and offered (CSV template)",
    own=(
        Column("id", "번호", "application number of the patent, else own id, without blanks", required=True),
        Column("title", "기술명", "title of the technology", required=True),
        Column("holder", "보유기관", "organisations that hold it, separated by `;`; no persons", required=True),
        Column("for_licence", "이전 희망", "예 or 아니오 (true, false): offered for licence; unknown when empty"),
        Column("abstract", "요약", "what it does, in a few sentences"),
        Column("ipc", "국제특허분류", "IPC codes (G01N, G01N 21/00), separated by `;`", gives=("ipc", "IN_FIELD")),
        Column("applied_on", "출원일", "date", gives=("applied_on", "on")),
        Column("registered_on", "등록일", "date"),
        Column("status", "법적 상태", f"{', '.join(STATUS)}"),
        Column("url", "원문 주소", "link to the offer"),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
