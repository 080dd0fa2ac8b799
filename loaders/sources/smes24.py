"""SMES24 (중소벤처24): notices with their eligibility in fields of their own (ages, staff, amounts, certificates)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.eligibility.areas import parse_areas
from loaders.eligibility.limits import Limits
from loaders.eligibility.passages import Span
from loaders.eligibility.reading import NoticeReading
from loaders.eligibility.text import one_line
from loaders.eligibility.window import window_of
from loaders.fields import Fields
from loaders.notices import Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "smes24"
_REQUIRED = ("pblancSeq", "pblancNm")
_SEPARATOR: Final = "|"
_SCALES: Final = {"CC10": "sme", "CC60": "mid_size"}
_CERTIFICATES: Final = {
    "EC07": "메인비즈",
    "EC08": "벤처기업",
    "EC10": "사회적기업",
    "EC11": "연구소보유",
    "EC14": "뿌리기술",
}
"""Names of the codes that are documented; another code is kept as it is written."""


def read(path: Path) -> Iterator[Row]:
    """Stream notices from an answer or a table with its field names."""
    return saved_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a notice says: the programme, its window, and whom it admits."""
    number = fields.required("pblancSeq")
    if number and not number.isdigit():
        fields.fault(
            "pblancSeq",
            Wording("공고 번호가 아닙니다", "not the number of a notice"),
            Wording("숫자로만 적으십시오", "write digits only"),
        )
    begins, ends = fields.day("pblancBgnDt"), fields.day("pblancEndDt")
    if begins and ends and begins > ends:
        fields.fault(
            "pblancEndDt",
            Wording("pblancBgnDt보다 앞선 날짜입니다", "before pblancBgnDt"),
            Wording("두 날짜를 확인하십시오", "check both dates"),
        )
    records = RowRecords(NAME, number)
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{number}",
            title=one_line(fields.required("pblancNm")),
            announced_on=fields.day("creatDt"),
            window=window_of(begins, ends),
            region_text=fields.text("areaNm"),
            industry_text=fields.text("induty"),
            target_text=fields.text("sportTrget"),
            asked=NoticeReading(
                areas=parse_areas(fields.items("areaNm", _SEPARATOR)),
                targets=_known(fields, "cmpScaleCd", _SCALES) or None,
                age=_limits(fields, "minAblbiz", "maxAblbiz"),
                staff=Limits(fields.integer("minEmplyCnt") or None, fields.integer("mixEmplyCnt") or None),
                max_support_krw=fields.number("maxSportAmt") or None,
                certificates=_named(fields, "needCrtfnCd"),
                unread=_unread(fields),
            ),
            url=fields.text("pblancDtlUrl"),
            operator=fields.text("cntcInsttNm") or fields.text("sportInsttNm"),
        ),
    )
    return records


def _limits(fields: Fields, least: str, most: str) -> Limits:
    """Return two bounds; 0 stands where none was entered."""
    return Limits(fields.number(least) or None, fields.number(most) or None)


def _unread(fields: Fields) -> tuple[str, ...]:
    """Leave industries in words to people, and bounds on sales: nothing public tells in which unit they are."""
    trades = fields.text("induty")
    least, most = (fields.number(name) or 0 for name in ("minSalsAmt", "maxSalsAmt"))
    found = {"industry": trades and Span("industry_text", 0, trades)}
    found["revenue"] = Span("minSalsAmt", 0, f"{least:g}~{most:g}") if least or most else None
    return tuple(f"{rule}@{span}" for rule, span in found.items() if span)


def _known(fields: Fields, name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the kinds of applicant of a list of codes; a code that is not documented becomes ``other``."""
    return tuple(sorted({names.get(code, "other") for code in fields.items(name, _SEPARATOR)}))


def _named(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(_CERTIFICATES.get(code, code) for code in fields.items(name, _SEPARATOR))


SOURCE = Source(
    name=NAME,
    title_ko="중소벤처24 공고",
    title_en="SMES24 notices",
    publisher="중소벤처기업부",
    url="https://www.smes.go.kr",
    required=_REQUIRED,
    gives={
        ("creatDt",): ("announced_on",),
        ("pblancBgnDt",): ("apply_from",),
        ("pblancEndDt",): ("apply_until", "window_kind"),
        ("areaNm",): ("region_text", "nationwide", "TARGETS Region"),
        ("induty",): ("industry_text", "unread"),
        ("minSalsAmt", "maxSalsAmt"): ("unread",),
        ("sportTrget",): ("target_text",),
        ("cmpScaleCd",): ("targets",),
        ("minAblbiz",): ("min_company_age",),
        ("maxAblbiz",): ("max_company_age",),
        ("minEmplyCnt",): ("min_employees",),
        ("mixEmplyCnt",): ("max_employees",),
        ("maxSportAmt",): ("max_support_krw",),
        ("needCrtfnCd",): ("certificates",),
        ("pblancDtlUrl",): ("url",),
        ("cntcInsttNm", "sportInsttNm"): ("OFFERED_BY",),
    },
    read=read,
    transform=transform,
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        "the error is resultCd, with HTTP 200; | joins lists; 0 stands where no bound was entered",
        (
            "mixEmplyCnt is the most staff (their spelling); certificates and scales by code, EC07 메인비즈, "
            "EC08 벤처기업; a code that is not documented is kept as it is"
        ),
        "bounds on sales are left to people, since their unit is not told",
    ),
)
