"""Notices of a city (고시·공고 목록) that call for occupants of knowledge industry centres, as its board lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.eligibility.passages import SUMMARY, TITLE, Passage, Passages
from loaders.eligibility.reading import Columns, read_notice
from loaders.eligibility.text import one_line, plain
from loaders.eligibility.window import ApplicationWindow, parse_window
from loaders.fields import Fields
from loaders.notices import READ_IN_TEXT, WINDOW, Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "city-notices"
_REQUIRED = ("고시공고번호", "제목")
_SPELLINGS: Final = {
    **dict.fromkeys(("공고번호", "고시번호", "고시·공고번호", "고시공고 번호"), "고시공고번호"),
    **dict.fromkeys(("고시공고명", "고시공고제목", "공고제목"), "제목"),
    **dict.fromkeys(("등록일", "게시일", "게시일자", "공고일", "공고일자", "고시공고일자"), "등록일자"),
    **dict.fromkeys(("기관", "지자체명", "자치단체명"), "기관명"),
    **dict.fromkeys(("접수기간", "신청기간", "모집기간"), "접수기간"),
    **dict.fromkeys(("본문", "고시공고내용", "공고내용"), "내용"),
    **dict.fromkeys(("URL", "상세URL", "상세주소", "링크주소"), "링크"),
}
_CITY: Final = r"(?!고시|공고)[가-힣]+?[시군구도]"
_NUMBER: Final = re.compile(
    rf"(?:(?P<city>{_CITY}(?:\s{_CITY})?)\s?)?(?P<kind>고시|공고)?\s?제?\s?"
    r"(?P<number>(?:19|20)\d\d\s?[-–]\s?\d+)\s?호?"
)
_CENTRE: Final = re.compile(r"지식\s?산업\s?센터|아파트형\s?공장")
_CALLS: Final = re.compile(
    r"(?:입주|임차|임대|분양)[^\n]{0,20}(?:모집|공고|신청|공급)|(?:모집|공급)[^\n]{0,20}(?:입주|임대|분양)"
)
_TRADES: Final = re.compile(
    r"업종[^\n]{0,24}(?:고시|지정|인정|추가|확대|변경)|(?:인정|지정|입주)\s?(?:대상|가능)?\s?업종"
)
_EMPTY: Final = Passage(SUMMARY, 0, "")
_PERIOD: Final = re.compile(r"(?:접수|신청|모집)\s?(?:기간|기한|일정)\s*[:：]?\s*(?P<period>[^\n☞※]+)")


class _Number(NamedTuple):
    """Whose notice it is, and its number, which is one of a year and of a city."""

    city: str
    text: str


def read(path: Path) -> Iterator[Row]:
    """Stream notices from the list that a board shows, as a table or as the JSON of a portal."""
    return saved_rows(path, Shape(_REQUIRED, _SPELLINGS, SOURCE.optional))


def transform(fields: Fields) -> RowRecords:
    """Tell what a call for occupants says: when and where to apply, for whom, and whose it is.

    A notice that recognises industries is law: it belongs into the rows of the law, and waits until somebody has put it
    there. What is no notice on a centre waits too.
    """
    number, title = _number(fields), one_line(fields.required("제목"))
    text = plain(fields.prose("내용") or "")
    records = RowRecords(NAME, number.text)
    _check_kind(fields, title)
    announced = fields.day("등록일자")
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{number.text}",
            title=title,
            kind="space",
            summary=text or None,
            announced_on=announced,
            window=_window(fields, text),
            asked=read_notice(
                Passages(Passage(TITLE, 0, title), _EMPTY, Passage(SUMMARY, 0, text), _EMPTY),
                Columns(on=announced or date.max),
            ),
            url=fields.text("링크"),
            authority=number.city or None,
            topics=("지식산업센터",),
        ),
    )
    return records


def _number(fields: Fields) -> _Number:
    """Read 고양시 공고 제2026-12호; the city may stand in a column of its own."""
    written = fields.required("고시공고번호")
    found = _NUMBER.fullmatch(" ".join(written.split()))
    if written and not found:
        fields.fault(
            "고시공고번호",
            Wording("고시·공고의 번호가 아닙니다", "not the number of a notice"),
            Wording("고양시 공고 제2026-12호처럼 적으십시오", "write it as 고양시 공고 제2026-12호"),
        )
    city = fields.text("기관명") or (found["city"] if found else "") or ""
    if found and not city:
        fields.fault(
            "고시공고번호",
            Wording("어느 시의 고시·공고인지 적혀 있지 않습니다", "it is not told whose notice it is"),
            Wording(
                "번호 앞에 시 이름을 적거나(고양시 공고 제2026-12호) 기관명 열을 두십시오",
                "write the city before the number (고양시 공고 제2026-12호), or add a column 기관명",
            ),
        )
    number = re.sub(r"\s", "", found["number"]).replace("–", "-") if found else written
    return _Number(city, f"{city}{(found['kind'] if found else '') or '공고'}{number}")


def _check_kind(fields: Fields, title: str) -> None:
    """Note a fault on what is no call for occupants of a centre."""
    if title and not _CENTRE.search(title):
        fields.fault(
            "제목",
            Wording("지식산업센터의 고시·공고가 아닙니다", "not a notice on a knowledge industry centre"),
            Wording(
                "게시판에서 지식산업센터로 검색한 목록을 저장하십시오",
                "save the list that the board shows for a search of 지식산업센터",
            ),
        )
    elif _TRADES.search(title):
        fields.fault(
            "제목",
            Wording("입주 업종을 정하는 고시이고, 입주 공고가 아닙니다", "it recognises industries, and calls nobody"),
            Wording(
                "업종마다 graph_schema/law/tables/admission.csv에 행을 추가하십시오(docs/law.md)",
                "add a row for each industry to graph_schema/law/tables/admission.csv (docs/law.md)",
            ),
        )
    elif title and not _CALLS.search(title):
        fields.fault(
            "제목",
            Wording("입주·분양 모집 공고가 아닙니다", "calls for no occupants or buyers"),
            Wording("모집 공고가 아니면 이 줄을 빼십시오", "leave the line out where it is no such call"),
        )


def _window(fields: Fields, text: str) -> ApplicationWindow:
    """Read when one applies, from its own column or from the text; for how long a notice is posted is no window."""
    written = fields.text("접수기간")
    found = None if written else _PERIOD.search(text)
    return parse_window(written or (found["period"] if found else None))


SOURCE = Source(
    name=NAME,
    title_ko="시 고시·공고 (지식산업센터 입주 공고)",
    title_en="Notices of a city on knowledge industry centres",
    publisher="시·군·구",
    url="https://www.goyang.go.kr",
    required=_REQUIRED,
    gives={
        ("고시공고번호", "기관명"): ("OFFERED_BY authority",),
        ("등록일자",): ("announced_on",),
        ("접수기간", "내용"): WINDOW,
        ("내용",): ("summary", *READ_IN_TEXT),
        ("링크",): ("url",),
    },
    read=read,
    transform=transform,
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        "a number is one of a year and a city (고양시 공고 제2026-12호); where it names no city, a column 기관명 does",
        "게재기간 is how long a notice is posted and no window: that is 접수기간, or stands in the text",
        "a list without texts says of each limit that it is to be checked",
        (
            "a notice that recognises industries (입주 업종 고시) is law and waits: its rows belong into "
            "graph_schema/law/tables/admission.csv, which decides who may move in"
        ),
        "written after the columns that boards have in common; other notices of the board wait",
    ),
)
