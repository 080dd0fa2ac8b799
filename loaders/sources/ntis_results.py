"""NTIS: papers, patents and reports that R&D projects of the state brought about, and the organisations behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders import nst
from loaders.answers import xml_rows
from loaders.eligibility.text import one_line
from loaders.fields import Fields
from loaders.files import file_kind
from loaders.institutions import mention_organisation
from loaders.names import is_organisation
from loaders.reading import nested_values
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape, table_rows

NAME = "ntis-results"
_REQUIRED = ("ResultID", "ResultTitle")
_OF_PATENTS: Final = ("RegistNumber", "RegistType", "Registrant", "IprType")
_FIELDS: Final = ("ScienceClass1", "ScienceClass2", "ScienceClass3")
_KOREA: Final = frozenset({None, "대한민국", "한국", "KR"})
_APPLICATION = re.compile(r"[12]0\d{11}")
"""The number of a Korean patent (10) or utility model (20), by which KIPRIS knows it."""


def read(path: Path) -> Iterator[Row]:
    """Stream results from an XML answer, or from a table with the paths of its elements."""
    if file_kind(path) == "xml":
        return xml_rows(path, ("HIT",), Shape(_REQUIRED), nested_values)
    return table_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a project brought about, who developed it and who filed it; authors are persons and are left out.

    One result may come from several projects, each in a row of its own: what the row adds is its subject.
    """
    number, title = fields.required("ResultID"), one_line(fields.required("ResultTitle"))
    project = fields.text("ProjectID")
    patent = any(fields.text(name) for name in _OF_PATENTS)
    application = _application_number(fields)
    result = NodeRef("Technology", application or f"{NAME}:{number}")
    row = "@".join(filter(None, (application or number, project)))
    records = RowRecords(NAME, row)
    if project:
        records.link(NodeRef("Project", project), "PRODUCED", result)
        records.mention(NodeRef("Project", project), title=_project_title(fields) or project)
    # The patent register says more of what it has, and a row with a project more than one without.
    enter = records.node if project and not application else records.mention
    enter(result, title=title, status=_status(fields) if patent else "unprotected")  # no right stands behind a paper
    developer = fields.text("PerformAgency/Name")
    if developer:
        records.link(mention_organisation(records, developer), "DEVELOPED", result, key=row)
    named = re.split(r"[|;]", fields.text("Registrant") or "")
    for name in dict.fromkeys(filter(is_organisation, map(str.strip, named))):
        records.link(mention_organisation(records, name), "FILED", result, key=row)
    field = nst.mention(records, fields, _FIELDS)
    if field:
        records.link(result, "IN_FIELD", field, key=row)
    return records


def _application_number(fields: Fields) -> str | None:
    """Return the number under which KIPRIS has a patent, where the row states the one of a Korean application."""
    number = re.sub(r"\D", "", fields.text("RegistNumber") or "")
    filed = "출원" in (fields.text("RegistType") or "") and fields.text("RegistCountry") in _KOREA
    return number if filed and _APPLICATION.fullmatch(number) else None


def _status(fields: Fields) -> str:
    return "registered" if "등록" in (fields.text("RegistType") or "") else "unknown"


def _project_title(fields: Fields) -> str | None:
    title = fields.text("ProjectTitle") or fields.text("ProjectTitle/Korean")
    return one_line(title) if title else None


SOURCE = Source(
    name=NAME,
    title_ko="NTIS 국가R&D 성과",
    title_en="NTIS results of R&D projects",
    publisher="과학기술정보통신부 · KISTEP",
    url="https://www.ntis.go.kr",
    required=_REQUIRED,
    gives={
        ("PerformAgency/Name",): ("DEVELOPED",),
        ("Registrant",): ("FILED",),
        _FIELDS: ("IN_FIELD",),
    },
    read=read,
    transform=transform,
    pii=frozenset({"Author", "Registrant"}),
    awaits="Project",
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        (
            "ProjectID joins a result to its project; one that is not loaded yet is entered by its number and title, "
            "counted in the report, and complete once its own row comes"
        ),
        "a Korean patent under its application number is the one that KIPRIS has",
        (
            "papers and reports carry no right and are not recommended for licensing; authors and filers who may be "
            "persons are left out"
        ),
    ),
)
