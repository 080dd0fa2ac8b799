"""K-Startup: the programmes of a year as the joint notice (통합공고) describes them, before each is announced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.eligibility.kinds import kstartup_kind, notice_kind
from loaders.eligibility.passages import Passage, Passages
from loaders.eligibility.reading import Columns, read_notice
from loaders.eligibility.tags import topics
from loaders.eligibility.text import one_line, plain
from loaders.eligibility.window import ApplicationWindow
from loaders.fields import Fields
from loaders.notices import READ_IN_TEXT, Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.sources.kstartup import link
from loaders.tables import Shape

NAME = "kstartup-businesses"
_REQUIRED = ("supt_biz_titl_nm", "biz_yr")
_PURPOSE: Final = ("supt_biz_intrd_info", "supt_biz_chrct")
_BENEFIT: Final = ("biz_supt_ctnt", "biz_supt_bdgt_info")
_FIRST_YEAR, _LAST_YEAR = 1999, 2100
"""K-Startup's registers begin after 1999; later years are slips."""


def read(path: Path) -> Iterator[Row]:
    """Stream descriptions from a JSON answer or its list, an XML answer, or a table with its field names."""
    return saved_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a programme of a year is for, for whom and what it gives; when one applies its announcement says."""
    title, year = one_line(fields.required("supt_biz_titl_nm")), _year(fields)
    category, target = fields.text("biz_category_cd"), plain(fields.prose("biz_supt_trgt_info") or "")
    purpose, benefit = (
        "\n".join(filter(None, (plain(fields.prose(name) or "") for name in names))) for names in (_PURPOSE, _BENEFIT)
    )
    summary = "\n".join(filter(None, (purpose, benefit)))
    records = RowRecords(NAME, f"{year}:{''.join(title.split())}")
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{records.source_id}",
            title=title,
            kind=kstartup_kind(category, title) or notice_kind(None, title, benefit, purpose),
            summary=summary or None,
            window=_window(year),
            target_text=target or None,
            asked=read_notice(
                Passages(
                    Passage("title", 0, title),
                    Passage("summary", 0, purpose),
                    Passage("target_text", 0, target),
                    Passage("summary", len(summary) - len(benefit), benefit),
                ),
                Columns(on=date(year, 12, 31) if year else date.max),
            ),
            url=link(fields.text("detl_pg_url")),
            topics=tuple(topics([category or ""])),
        ),
    )
    return records


def _year(fields: Fields) -> int | None:
    fields.required("biz_yr")
    year = fields.integer("biz_yr")
    if year is not None and not _FIRST_YEAR < year <= _LAST_YEAR:
        fields.fault(
            "biz_yr",
            Wording("사업 연도가 아닙니다", "not a year of a programme"),
            Wording("네 자리로 적으십시오(2026)", "write four digits (2026)"),
        )
        return None
    return year


def _window(year: int | None) -> ApplicationWindow:
    """Return what a year tells: no later than its end, and nothing more exact."""
    return (
        ApplicationWindow("unknown", None, date(year, 12, 31), f"{year}년 사업")
        if year
        else ApplicationWindow("unknown")
    )


SOURCE = Source(
    name=NAME,
    title_ko="K-Startup 사업소개 (통합공고)",
    title_en="K-Startup programmes of a year",
    publisher="창업진흥원",
    url="https://www.data.go.kr/data/15125364/openapi.do",
    required=_REQUIRED,
    gives={
        ("biz_category_cd",): ("kind", "ABOUT"),
        _PURPOSE: ("summary",),
        _BENEFIT: ("summary",),
        ("supt_biz_trgt_info",): ("targets", *READ_IN_TEXT),
        ("detl_pg_url",): ("url",),
    },
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        "`id` is a row number: title and year are the key",
        "no window is stated: a programme of a year ends with it at the latest, and is to be checked until then",
        "the budget is prose and stays within the summary",
        (
            "articles (콘텐츠) and statistics (통계) of the same register are recognised and have no place in the "
            "graph; named to `dure load kstartup` they are no fault"
        ),
    ),
)
