"""Bizinfo (기업마당): support programmes, from its two APIs, its RSS feed and saved tables of 2021 and 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording
from loaders import industries
from loaders.answers import saved_rows
from loaders.eligibility.kinds import GENERAL, bizinfo_kind, notice_kind
from loaders.eligibility.ksic_ranges import AdmittedIndustries, parse_industries
from loaders.eligibility.passages import cut
from loaders.eligibility.reading import Columns, read_notice
from loaders.eligibility.tags import topics
from loaders.eligibility.text import one_line, plain, pointed_sections
from loaders.eligibility.window import ApplicationWindow, parse_window, window_of
from loaders.fields import Fields, parse_date
from loaders.notices import READ_IN_TEXT, WINDOW, Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "bizinfo"
_HOST: Final = "https://www.bizinfo.go.kr"
_ID = re.compile(r"PBLN_\d{15}")
_LINKED = re.compile(r"pblancId=(PBLN_\d{15})\b")
_REQUIRED = ("pblancId", "pblancNm")
_DATE_LENGTH = len("2026-09-23")
_RSS: Final = {
    "seq": "pblancId",
    "title": "pblancNm",
    "link": "pblancUrl",
    "author": "jrsdInsttNm",
    "description": "bsnsSumryCn",
    "lcategory": "pldirSportRealmLclasCodeNm",
    "pubDate": "creatPnttm",
    "reqstDt": "reqstBeginEndDe",
    "hashTags": "hashtags",
}


_PORTAL: Final = {
    "공고명": "pblancNm",
    "소관부처": "jrsdInsttNm",
    "사업수행기관": "excInsttNm",
    "지원분야": "pldirSportRealmLclasCodeNm",
    "등록일자": "creatPnttm",
    "공고상세URL": "pblancUrl",
}
"""Headers of the list that the portal lets people download, whose notices are known by their links."""
_SHAPES: Final = (Shape(_REQUIRED, _RSS), Shape(("pblancNm", "pblancUrl"), _PORTAL, ("신청시작일자", "신청종료일자")))
_LISTS: Final = {"trgetNm": "@", "areaNm": "@", "industNm": "@", "entrprsStle": "@"}


def read(path: Path) -> Iterator[Row]:
    """Stream notices from a table, a JSON answer of either API, an XML answer or feed, or the portal's list."""
    return saved_rows(path, *_SHAPES, separators=_LISTS)


def transform(fields: Fields) -> RowRecords:
    """Tell what a notice says: the programme, whom it targets, who offers it, what it is about."""
    id_ = fields.required("pblancId") if "pblancId" in fields.values else _linked_id(fields)
    if id_ and not _ID.fullmatch(id_):
        fields.fault(
            "pblancId",
            Wording("공고 식별자가 아닙니다", "not a notice id"),
            Wording("PBLN_와 숫자 15자리로 적으십시오", "write PBLN_ and 15 digits"),
        )
    title = one_line(fields.required("pblancNm"))
    authority, operator = _agencies(fields)
    tags = fields.items("hashtags", ",") or fields.items("hashTags", ",")
    general = fields.items_in_order("pldirSportRealmLclasCodeNm", "@")
    detailed = fields.items_in_order("pldirSportRealmMlsfcCodeNm", "@")
    targets = [*fields.items("trgetNm", "@"), *fields.items("entrprsStle", "@")]
    open_to, industry_text = _industries(fields, targets)
    summary = plain(fields.prose("bsnsSumryCn") or "")
    passages = cut(title, summary)
    benefit = (passages.purpose if passages.empty else passages.benefit).text
    announced = parse_date((fields.text("creatPnttm") or "")[:_DATE_LENGTH])
    records = RowRecords(NAME, id_)
    add_notice(
        records,
        Notice(
            id=id_,
            title=title,
            kind=notice_kind(bizinfo_kind(general, detailed, benefit), title, benefit, passages.purpose.text),
            summary=summary or None,
            announced_on=announced,
            window=_window(fields),
            region_text=fields.text("areaNm") or _bracketed(title),
            industry_text=industry_text,
            target_text=_target_text(targets, summary),
            asked=read_notice(
                passages,
                Columns(
                    areas=fields.items("areaNm", "@") or tags,
                    targets=[word for word in targets if word != industry_text],
                    industries=open_to,
                    authority=authority,
                    on=announced or date.max,
                ),
            ),
            url=_link(fields.text("pblancUrl")),
            authority=authority,
            operator=operator,
            topics=tuple(topics([*tags, *detailed], {*GENERAL, *targets, authority or "", operator or ""})),
        ),
    )
    return records


def _linked_id(fields: Fields) -> str:
    """Return the id that the link of the portal's list names."""
    link = fields.required("pblancUrl")
    found = _LINKED.search(link)
    if link and not found:
        fields.fault(
            "pblancUrl",
            Wording("공고를 가리키지 않는 주소입니다", "names no notice"),
            Wording(
                "pblancId=PBLN_와 숫자 15자리가 든 주소를 적으십시오",
                "write a link that holds pblancId=PBLN_ and 15 digits",
            ),
        )
    return found[1] if found else ""


def _window(fields: Fields) -> ApplicationWindow:
    """Read the window's text, or the two days of the portal's list."""
    written = fields.text("reqstBeginEndDe") or fields.text("deadline")
    if written:
        return parse_window(written)
    return window_of(fields.day("신청시작일자"), fields.day("신청종료일자"))


def _agencies(fields: Fields) -> tuple[str | None, str | None]:
    authority, operator = fields.text("jrsdInsttNm"), fields.text("excInsttNm")
    if authority is None and (joined := fields.text("agency")):
        first, _, second = joined.partition(" / ")
        authority, operator = first.strip() or None, second.strip() or None
    return authority, operator


def _industries(fields: Fields, targets: list[str]) -> tuple[AdmittedIndustries, str | None]:
    """Read the list of sections; where there is none, a target that is the name of a section (제조업) tells."""
    listed = fields.text("industNm")
    if listed:
        return parse_industries(listed), listed
    section = next((code for word in targets if (code := industries.section_named(word))), None)
    if section is None:
        return AdmittedIndustries(), None
    return AdmittedIndustries(every=False, divisions=industries.divisions(section)), industries.table()[section][1]


def _target_text(targets: list[str], summary: str) -> str | None:
    written = [", ".join(dict.fromkeys(targets)), *pointed_sections(summary)[:1]]
    return " / ".join(" ".join(part.split()) for part in written if part) or None


def _bracketed(title: str) -> str | None:
    match = re.match(r"\[[^\]]+\](?:\s*\S+[시군구](?=\s))?", title)
    return match[0] if match else None


def _link(url: str | None) -> str | None:
    return f"{_HOST}{url}" if url and url.startswith("/") else url


SOURCE = Source(
    name=NAME,
    title_ko="기업마당 지원사업 공고",
    title_en="Bizinfo support programmes",
    publisher="중소벤처기업부",
    url="https://www.bizinfo.go.kr",
    required=_REQUIRED,
    gives={
        ("bsnsSumryCn",): ("summary", "kind", *READ_IN_TEXT),
        ("areaNm",): ("region_text", "nationwide", "TARGETS Region"),
        ("hashtags", "hashTags"): ("ABOUT", "nationwide", "TARGETS Region"),
        ("pldirSportRealmLclasCodeNm",): ("kind",),
        ("pldirSportRealmMlsfcCodeNm",): ("ABOUT", "kind"),
        ("trgetNm",): ("targets", "target_text"),
        ("entrprsStle",): ("targets", "target_text"),
        ("industNm",): ("industry_text", "TARGETS Industry", "all_industries"),
        ("creatPnttm",): ("announced_on",),
        ("reqstBeginEndDe", "deadline", "신청시작일자", "신청종료일자"): WINDOW,
        ("pblancUrl",): ("url",),
        ("jrsdInsttNm", "agency"): ("OFFERED_BY authority",),
        ("excInsttNm", "agency"): ("OFFERED_BY operator",),
    },
    read=read,
    transform=transform,
    licence="facts of public notices (공공누리 제1유형, 출처표시)",
    quirks=(
        (
            "three shapes: data.go.kr, bizinfo.go.kr (JSON and RSS), and saved tables; also the list that the "
            "portal lets people download, whose ids stand in the links"
        ),
        (
            "items as a list, one object or nothing; errors with HTTP 200 (reqErr, code 22, 30, …); hashtags and "
            "hashTags"
        ),
        "the window is dates or words (예산 소진시까지, 상시, 선착순); @ joins lists; entities and HTML in bodies",
        (
            "title, purpose, target and benefit (☞) are read for regions, ages, staff, revenue, certificates, "
            "amounts and exclusions, with the words they were read from"
        ),
    ),
)
