"""State of businesses at the tax office (국세청): who goes on, is suspended, or has closed, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.fields import Fields
from loaders.institutions import mention_institution
from loaders.names import company_ref, institution_ref
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape
from loaders.templates import business_number

NAME = "nts-status"
_OFFICE: Final = "국세청"
_REQUIRED = ("b_no", "b_stt_cd")
_STATES: Final = {"01": "active", "02": "suspended", "03": "closed"}


def read(path: Path) -> Iterator[Row]:
    """Stream answers to the numbers that were asked about, from an answer or a table."""
    return saved_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell in which state the business of a company of the graph is; since its end, where there is one.

    The company itself is not for the tax office to enter: a number that the graph does not have waits.
    """
    number = business_number(fields, "b_no") or ""
    fields.required("b_no")
    code = fields.text("b_stt_cd")
    if code is None:
        fields.fault(
            "b_stt_cd",
            Wording("국세청에 등록되지 않은 사업자등록번호입니다", "the tax office knows no business of this number"),
            Wording("번호를 처음 적은 자료에서 고치십시오", "correct it where it was entered"),
        )
    elif code not in _STATES:
        fields.fault(
            "b_stt_cd",
            Wording("정해진 상태 코드가 아닙니다", "not one of the known states"),
            Wording("01, 02 또는 03을 적으십시오", "write 01, 02 or 03"),
        )
    ended = fields.day("end_dt")
    records = RowRecords(NAME, number)
    records.link(
        company_ref("", number),
        "REGISTERED_WITH",
        institution_ref(_OFFICE),
        state=_STATES.get(code or ""),
        ended_on=ended,
        valid_from=ended,
    )
    # The office is the same whichever row names it first.
    office = RowRecords(NAME, _OFFICE)
    mention_institution(office, _OFFICE)
    records.records.extend(office.records)
    return records


SOURCE = Source(
    name=NAME,
    title_ko="국세청 사업자등록 상태",
    title_en="State of businesses at the tax office",
    publisher="국세청",
    url="https://www.data.go.kr/data/15081808/openapi.do",
    required=_REQUIRED,
    gives={("end_dt",): ("ended_on",)},
    read=read,
    transform=transform,
    pii=frozenset({"b_no"}),
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "asked about the business numbers of the graph, a hundred at a time",
        (
            "01 goes on, 02 suspended, 03 closed, with the day; a number that it does not know has an empty "
            "state and waits"
        ),
    ),
)
