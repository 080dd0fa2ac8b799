"""NTIS: calls for R&D projects, from a table with times in UTC, meant as days in Korea, or from the portal's feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.eligibility.text import one_line
from loaders.eligibility.window import window_of
from loaders.fields import Fields
from loaders.notices import Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "ntis-calls"
_REQUIRED = ("roRndUid", "title", "publishedAt_utc", "deadline_utc")
_FEED: Final = {"link": "url"}
_LINKED = re.compile(r"roRndUid=(\d+)\b")
_PART = re.compile(r"(?P<call>.+?)_\((?:19|20)\d\d\) *(?P<part>.+)")
_SIGNS = re.compile(r"[\W_]+")
_KINDS: Final = {"R_D_PROJECT": "rnd", "SURVEY": "other", "NOTICE": "other"}


def read(path: Path) -> Iterator[Row]:
    """Stream calls from a table or from the feed, which names a call by its link alone."""
    return saved_rows(path, Shape(_REQUIRED, _FEED))


def transform(fields: Fields) -> RowRecords:
    """Tell what a call says: the programme, when it was announced, until when one can apply, its budget."""
    number = fields.required("roRndUid") if "roRndUid" in fields.values else _linked_number(fields)
    if number and not number.isdigit():
        fields.fault(
            "roRndUid",
            Wording("공고 번호가 아닙니다", "not the number of a call"),
            Wording("숫자로만 적으십시오", "write digits only"),
        )
    records = RowRecords(NAME, number)
    add_notice(
        records,
        Notice(
            id=f"ntis:{number}",
            title=_title(one_line(fields.required("title"))),
            kind=_KINDS.get(fields.text("announcementType") or ""),
            announced_on=fields.korean_day("publishedAt_utc") or fields.day("pubDate"),
            window=window_of(fields.day("appbegin"), fields.korean_day("deadline_utc") or fields.day("appdue")),
            budget_krw=fields.number("budgetAmount") or fields.number("budget"),
            url=fields.text("url"),
            authority=fields.text("author"),
            operator=fields.text("category"),
        ),
    )
    return records


def _title(written: str) -> str:
    """Put what is called for first and the call that it is a part of behind it; each once where they are the same.

    The portal writes "call_(year)part": calls of one agency then begin alike, and half of them say all twice.
    """
    found = _PART.fullmatch(written)
    if found is None:
        return written
    call, part = found["call"].strip(), found["part"].strip()
    shorter, longer = sorted((call, part), key=lambda each: (len(_letters(each)), len(each)))
    return longer if _letters(shorter) in _letters(longer) else f"{part} ({call})"


def _letters(title: str) -> str:
    """Leave out what the two are written differently in: spaces, signs, 2025년 and 2025년도."""
    return _SIGNS.sub("", title).replace("년도", "년")


def _linked_number(fields: Fields) -> str:
    link = fields.required("url")
    found = _LINKED.search(link)
    if link and not found:
        fields.fault(
            "url",
            Wording("공고를 가리키지 않는 주소입니다", "names no call"),
            Wording("roRndUid=와 숫자가 든 주소를 적으십시오", "write a link that holds roRndUid= and digits"),
        )
    return found[1] if found else ""


SOURCE = Source(
    name=NAME,
    title_ko="NTIS 국가R&D 사업공고",
    title_en="NTIS calls for R&D projects",
    publisher="과학기술정보통신부 · KISTEP",
    url="https://www.ntis.go.kr",
    required=_REQUIRED,
    gives={
        ("announcementType",): ("kind",),
        ("publishedAt_utc", "pubDate"): ("announced_on",),
        ("appbegin",): ("apply_from",),
        ("deadline_utc", "appdue"): ("apply_until", "window_kind"),
        ("budgetAmount", "budget"): ("budget_krw",),
        ("url",): ("url",),
        ("author",): ("OFFERED_BY authority",),
        ("category",): ("OFFERED_BY operator",),
    },
    read=read,
    transform=transform,
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        "times of the table are UTC and meant as days in Korea: 15:00Z is the next day",
        "a title of the form call_(year)part begins with the part, and says each once",
        "the feed names a call by its link alone, has at most a hundred, and no key",
    ),
)
