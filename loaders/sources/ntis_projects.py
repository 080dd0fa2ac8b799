"""NTIS: R&D projects of the state, the organisations and researchers that took part, and their fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders import nst, place_names
from loaders.answers import xml_rows
from loaders.eligibility.text import one_line
from loaders.fields import Fields
from loaders.files import file_kind
from loaders.institutions import mention_organisation
from loaders.names import is_company, organisation_ref
from loaders.reading import nested_values
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape, table_rows

NAME = "ntis-projects"
_TITLE: Final = "ProjectTitle/Korean"
_REQUIRED = ("ProjectNumber", _TITLE)
_FIELDS: Final = ("ScienceClass/Large", "ScienceClass/Medium", "ScienceClass/Small")
_HOST: Final = "ResearchAgency/Name"
_ROLES: Final = {
    _HOST: "host",
    "ManageAgency/Name": "manager",
    "OrderAgency/Name": "authority",
}


def read(path: Path) -> Iterator[Row]:
    """Stream projects from an XML answer, or from a table with the paths of its elements."""
    if file_kind(path) == "xml":
        return xml_rows(path, ("HIT",), Shape(_REQUIRED), nested_values)
    return table_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a project is about, how long and with how much it runs, and who took part.

    The region is that of the organisation that does the research.
    Managers and researchers are named without an id: each is one person of one project, and nobody of another.
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
    place = place_names.place(fields.text("Region") or "")
    for path, role in _ROLES.items():
        name = fields.text(path)
        if name:
            ref = mention_organisation(records, name, place if role == "host" else None)
            records.link(ref, "PARTICIPATED_IN", project, key=role, role=role, on=starts)
    field = nst.mention(records, fields, _FIELDS)
    if field:
        records.link(project, "IN_FIELD", field)
    _add_researchers(records, fields, project)
    return records


def _period(fields: Fields, end: str) -> object:
    """Return the day on which the whole project begins or ends, else its year's."""
    return fields.day(f"ProjectPeriod/Total{end}") or fields.day(f"ProjectPeriod/{end}")


def _add_researchers(records: RowRecords, fields: Fields, project: NodeRef) -> None:
    """Add who leads the project and who works in it, by their place in the row, which tells nobody's name."""
    about = next(filter(None, map(fields.text, reversed(_FIELDS))), None) or one_line(fields.text(_TITLE) or "")
    host, manager = fields.text(_HOST), fields.text("Manager/Name")
    if manager:
        headline = " · ".join(filter(None, ("연구책임자", host, about)))
        leader = _add_researcher(records, project, "manager", headline, manager)
        if host and not is_company(host):
            records.link(leader, "AFFILIATED_WITH", organisation_ref(host))
    others = [*filter(None, fields.items_in_order("Researchers/Name", ";"))]
    if manager in others:
        others.remove(manager)
    for number, name in enumerate(others, start=1):
        _add_researcher(records, project, f"member-{number}", f"참여연구원 · {about}", name)


def _add_researcher(records: RowRecords, project: NodeRef, place: str, headline: str, name: str) -> NodeRef:
    ref = records.node(NodeRef("Researcher", f"{NAME}:{project.id}:{place}"), headline=headline, name=name)
    role = place.partition("-")[0]
    records.link(ref, "PARTICIPATED_IN", project, key=role, role=role)
    return ref


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
        **{(path,): (f"PARTICIPATED_IN {role}",) for path, role in _ROLES.items() if path != _HOST},
        (_HOST,): ("PARTICIPATED_IN host", "AFFILIATED_WITH", "headline"),
        ("ScienceClass/Large@code",): ("IN_FIELD",),
        ("Manager/Name",): ("PARTICIPATED_IN manager", "AFFILIATED_WITH"),
        ("Researchers/Name",): ("PARTICIPATED_IN member",),
    },
    read=read,
    transform=transform,
    pii=frozenset({"Manager/Name", "Researchers/Name", "Researchers"}),
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        '<span class="search_word"> within texts is dropped; times stand behind days',
        "Region is where the research is done, and so where its ResearchAgency is",
        (
            "managers and researchers are persons without an id: one of one project each, never joined by name, not "
            "recommended without consent; whoever leads is not entered again as a member"
        ),
        "an address that is not registered gets words alone, with HTTP 200",
    ),
)
