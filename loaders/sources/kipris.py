"""KIPRIS Plus: patents and utility models, their applicants and who filed together; organisations only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders import ipc
from loaders.answers import saved_rows
from loaders.fields import Fields
from loaders.institutions import mention_organisation
from loaders.names import is_organisation
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "kipris"
_NUMBER = re.compile(r"\d{13}")
_REQUIRED = ("applicationNumber", "inventionTitle", "applicant_orgs")
STATUS: Final = {
    "등록": "registered",
    "공개": "published",
    "거절": "refused",
    "소멸": "expired",
    "취하": "withdrawn",
    "포기": "abandoned",
}
"""Legal states of patents by their names in Korea."""
_DIALECTS: Final = {
    "ApplicationNumber": "applicationNumber",
    "ApplicationDate": "applicationDate",
    "InventionName": "inventionTitle",
    "InternationalpatentclassificationNumber": "ipc",
    "RegistrationStatus": "registerStatus",
    "RegistrationDate": "registrationDate",
    "Applicant": "applicant_orgs",
    "Abstract": "abstract",
    "ipcNumber": "ipc",
    "registerDate": "registrationDate",
    "applicantName": "applicant_orgs",
    "astrtCont": "abstract",
}
"""Tags of ``PatentUtilityInfo`` and of ``getAdvancedSearch`` where they differ from the table's columns."""


def read(path: Path) -> Iterator[Row]:
    """Stream patents from a table or from either XML dialect."""
    return saved_rows(path, Shape(_REQUIRED, _DIALECTS), tags=("PatentUtilityInfo", "item"))


def transform(fields: Fields) -> RowRecords:
    """Tell what a patent is about, who filed it, and that its applicants worked together.

    An applicant whose name shows no organisation may be a person and is left out.
    """
    number = fields.required("applicationNumber").replace("-", "")
    if number and not _NUMBER.fullmatch(number):
        fields.fault(
            "applicationNumber",
            Wording("출원번호가 아닙니다", "not an application number"),
            Wording("열세 자리를 적으십시오", "write its 13 digits"),
        )
    codes = fields.items("ipc", "|")
    applied_on = fields.day("applicationDate")
    records = RowRecords(NAME, number)
    technology = records.node(
        NodeRef("Technology", number),
        title=" ".join(fields.required("inventionTitle").split()),
        abstract=fields.prose("abstract"),
        applied_on=applied_on,
        registered_on=fields.day("registrationDate"),
        status=STATUS.get(fields.text("registerStatus") or "", "unknown"),
        ipc=codes or None,
    )
    for field in dict.fromkeys(filter(None, map(ipc.subclass, codes))):
        records.link(technology, "IN_FIELD", ipc.mention(records, field))
    fields.required("applicant_orgs")
    named = dict.fromkeys(part.strip() for part in re.split(r"[|;]", fields.text("applicant_orgs") or ""))
    applicants = {mention_organisation(records, name) for name in named if name and is_organisation(name)}
    _file(records, sorted(applicants), technology, applied_on)
    return records


def _file(records: RowRecords, applicants: list[NodeRef], technology: NodeRef, on: date | None) -> None:
    """Link sorted applicants to the patent and to each other: companies first, then by id, one direction only."""
    for applicant in applicants:
        records.link(applicant, "FILED", technology, on=on)
    for first, second in combinations(applicants, 2):
        records.link(first, "CO_FILED_WITH", second, key=technology.id, on=on)


SOURCE = Source(
    name=NAME,
    title_ko="KIPRIS 특허·실용신안",
    title_en="KIPRIS patents and utility models",
    publisher="지식재산처 · 한국특허정보원",
    url="https://plus.kipris.or.kr",
    required=_REQUIRED,
    gives={
        ("applicationDate",): ("applied_on", "on"),
        ("registrationDate",): ("registered_on",),
        ("registerStatus",): ("status",),
        ("ipc",): ("ipc", "IN_FIELD"),
        ("abstract",): ("abstract",),
    },
    read=read,
    transform=transform,
    licence="KIPRIS Plus 이용약관; bibliographic facts",
    quirks=(
        "two XML dialects and saved tables; an answer about trademarks is refused",
        "| and ; join applicants, who then filed together; 대한민국(농촌진흥청장) is the office",
        "an applicant whose name shows no organisation may be a person and is left out",
        "IPC with or without its version; days with slashes and times",
    ),
)
