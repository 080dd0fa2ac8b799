"""Courses that companies held for their people (훈련과정Zip, data.go.kr 15084045), by company, form and NCS field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

from loaders.answers import saved_rows
from loaders.eligibility.text import one_line
from loaders.fields import Fields
from loaders.notices import Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape
from loaders.templates import company_at, company_name

NAME = "training"
_TITLE, _COMPANY, _FORM, _FIELD = "훈련과정명", "실시기업", "훈련형태", "NCS분야"
_REQUIRED = (_TITLE, _COMPANY)
_NAMES: Final = {
    **dict.fromkeys(("과정명", "훈련과정"), _TITLE),
    **dict.fromkeys(("실시기업명", "훈련실시기업", "기업명", "회사명", "사업장명"), _COMPANY),
    **dict.fromkeys(("훈련방법", "훈련유형", "훈련종류"), _FORM),
    **dict.fromkeys(("NCS", "NCS명", "NCS분야명", "NCS분류명"), _FIELD),
}
"""The register's page describes its columns and does not spell their headers."""
_PARTS = re.compile(r"[>/|,]")


def read(path: Path) -> Iterator[Row]:
    """Stream courses by header, from a table or an answer."""
    return saved_rows(path, Shape(_REQUIRED, _NAMES))


def transform(fields: Fields) -> RowRecords:
    """Tell which company held which course; what of one title, form and field several held is one course."""
    name, title = company_name(fields, _COMPANY), one_line(fields.required(_TITLE))
    form, field = fields.text(_FORM), fields.text(_FIELD)
    course = _digest(title, form or "", field or "")
    company = company_at(name, None, register=NAME)
    records = RowRecords(NAME, _digest(company.id, course))
    # The course is the same whichever company's row names it first.
    own = RowRecords(NAME, course)
    program = add_notice(
        own,
        Notice(
            id=f"{NAME}:{course}",
            title=title,
            kind="education",
            summary=f"훈련형태: {form}" if form else None,
            topics=tuple(_topics(field or "")),
        ),
    )
    records.link(company, "APPLIED_TO", program)
    records.mention(company, name=name)
    records.records.extend(own.records)
    return records


def _topics(field: str) -> Iterator[str]:
    """Yield the names within a field of NCS, whose levels are joined in one way or another, without its codes."""
    for part in dict.fromkeys(map(str.strip, _PARTS.split(field))):
        if name := re.sub(r"^[\d.\s]+", "", part):
            yield name


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


SOURCE = Source(
    name=NAME,
    title_ko="기업 훈련과정 (훈련과정Zip)",
    title_en="Training courses by company",
    publisher="한국산업인력공단",
    url="https://www.data.go.kr/data/15084045/fileData.do",
    required=_REQUIRED,
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "the file (CSV) is published once a year; no API is documented",
        "described by its publisher as course, company, form of training and NCS field: their usual headers are known",
        "no id: title, form and field make one course; the company that held it has applied for it, on no known day",
        "a company is known by its name alone, as no place is stated",
    ),
)
