"""NTIS: R&D projects of the state, the organisations that took part, and their fields; no persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders import regions
from loaders.answers import xml_rows
from loaders.eligibility.text import one_line
from loaders.fields import Fields
from loaders.files import file_kind
from loaders.institutions import mention_organisation
from loaders.reading import nested_values
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape, table_rows

NAME = "ntis-projects"
_TITLE: Final = "ProjectTitle/Korean"
_REQUIRED = ("ProjectNumber", _TITLE)
_FIELD = re.compile(r"[A-Z]{2}(?:\d{2}){0,2}")
_LEVELS: Final = ("Large", "Medium", "Small")
_ROLES: Final = {
    "ResearchAgency/Name": "host",
    "ManageAgency/Name": "manager",
    "OrderAgency/Name": "authority",
}


def read(path: Path) -> Iterator[Row]:
    """Stream projects from an XML answer, or from a table with the paths of its elements."""
    if file_kind(path) == "xml":
        return xml_rows(path, ("HIT",), Shape(_REQUIRED), nested_values)
    return table_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a project is about, how long and with how much it runs, and which organisations took part.

    The region is that of the organisation that does the research.
    Managers and researchers are named without an id: they are persons who cannot be told apart, and are left out.
    """
    number = fields.required("ProjectNumber")
    records = RowRecords(NAME, number)
    starts, ends = _period(fields, "Start"), _period(fields, "End")
    project = records.node(
        NodeRef("Project", number),
        title=one_line(fields.required(_TITLE)),
        starts_on=starts,
        ends_on=ends,
        funds_krw=fields.number("TotalFunds") or fields.number("GovernmentFunds"),
    )
    place = regions.find(fields.text("Region") or "")
    for path, role in _ROLES.items():
        name = fields.text(path)
        if name:
            ref = mention_organisation(records, name, place if role == "host" else None)
            records.link(ref, "PARTICIPATED_IN", project, key=role, role=role, on=starts)
    field = _field(records, fields)
    if field:
        records.link(project, "IN_FIELD", field)
    return records


def _period(fields: Fields, end: str) -> object:
    """Return the day on which the whole project begins or ends, else its year's."""
    return fields.day(f"ProjectPeriod/Total{end}") or fields.day(f"ProjectPeriod/{end}")


def _field(records: RowRecords, fields: Fields) -> NodeRef | None:
    """Add the field of the national classification (nst) with those above it; return the narrowest."""
    above: NodeRef | None = None
    for level, name in enumerate(_LEVELS, start=1):
        code = fields.text(f"ScienceClass/{name}@code")
        if code is None or not _FIELD.fullmatch(code) or len(code) != 2 * level:
            return above
        own = RowRecords("nst", code)
        ref = own.mention(
            NodeRef("TechField", f"nst:{code}"),
            name=fields.text(f"ScienceClass/{name}") or code,
            code=code,
            scheme="nst",
            level=level,
        )
        if above:
            own.link(ref, "PART_OF", above)
        records.records.extend(own.records)
        above = ref
    return above


SOURCE = Source(
    name=NAME,
    title_ko="NTIS 국가R&D 과제",
    title_en="NTIS R&D projects",
    publisher="과학기술정보통신부 · KISTEP",
    url="https://www.ntis.go.kr",
    required=_REQUIRED,
    gives={
        ("ProjectPeriod/TotalStart", "ProjectPeriod/Start"): ("starts_on", "on"),
        ("ProjectPeriod/TotalEnd", "ProjectPeriod/End"): ("ends_on",),
        ("TotalFunds", "GovernmentFunds"): ("funds_krw",),
        **{(path,): (f"PARTICIPATED_IN {role}",) for path, role in _ROLES.items()},
        ("ScienceClass/Large@code",): ("IN_FIELD",),
    },
    read=read,
    transform=transform,
    pii=frozenset({"Manager/Name", "Researchers/Name", "Researchers"}),
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        '<span class="search_word"> within texts is dropped; times stand behind days',
        "managers and researchers are persons without an id and are left out",
        "Region is where the research is done, and so where its ResearchAgency is",
        "an address that is not registered gets words alone, with HTTP 200",
    ),
)
