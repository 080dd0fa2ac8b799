"""K-Startup (창업진흥원): announcements of programmes for founders, from the answer of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.eligibility.kinds import kstartup_kind
from loaders.eligibility.passages import Passage, Passages
from loaders.eligibility.reading import Columns, read_notice
from loaders.eligibility.tags import NO_AGENCY, topics
from loaders.eligibility.targets import OLDEST, parse_ages
from loaders.eligibility.text import one_line, plain
from loaders.eligibility.window import window_of
from loaders.fields import Fields
from loaders.notices import READ_IN_TEXT, Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "kstartup"
_REQUIRED = ("pbanc_sn", "biz_pbanc_nm")
_MARKED_LINK: Final = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")


def read(path: Path) -> Iterator[Row]:
    """Stream announcements from a JSON answer or its list, an XML answer, or a table with its field names."""
    return saved_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what an announcement says: the programme, its window, region, applicants and ages of company."""
    number = fields.required("pbanc_sn")
    if number and not number.isdigit():
        fields.fault(
            "pbanc_sn",
            Wording("공고 번호가 아닙니다", "not an announcement number"),
            Wording("숫자로만 적으십시오", "write digits only"),
        )
    category = fields.text("supt_biz_clsfc")
    title, region = one_line(fields.required("biz_pbanc_nm")), fields.text("supt_regin")
    summary = plain(fields.prose("pbanc_ctnt") or "")
    written = _written(fields)
    ages, pre_founders = parse_ages(fields.items("biz_enyy", ","))
    supervisor, starts = fields.text("sprv_inst"), fields.day("pbanc_rcpt_bgng_dt")
    records = RowRecords(NAME, number)
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{number}",
            title=title,
            kind=kstartup_kind(category, title),
            summary=summary or None,
            window=window_of(starts, fields.day("pbanc_rcpt_end_dt")),
            region_text=region,
            target_text=written.text or None,
            asked=read_notice(
                Passages(
                    Passage("title", 0, title),
                    Passage("summary", 0, summary),
                    written.target,
                    Passage("summary", 0, ""),
                    written.left_out,
                ),
                Columns(
                    areas=fields.items("supt_regin", ","),
                    targets=fields.items("aply_trgt", ","),
                    age=ages,
                    admits_pre_founders=pre_founders,
                    open_ages=written.ages if (ages.most or 0) >= OLDEST else None,
                    on=starts or date.max,
                ),
            ),
            url=link(fields.text("detl_pg_url")),
            authority=supervisor if supervisor not in NO_AGENCY else None,
            operator=fields.text("pbanc_ntrp_nm"),
            topics=tuple(topics([category or ""])),
        ),
    )
    return records


class _Written(NamedTuple):
    """Who may apply as written, and its parts: the list of ages, the prose, and who is left out."""

    text: str
    ages: Passage
    target: Passage
    left_out: Passage


def _written(fields: Fields) -> _Written:
    listed, ages = (", ".join(fields.items(name, ",")) for name in ("aply_trgt", "biz_enyy"))
    target, left_out = (plain(fields.prose(name) or "") for name in ("aply_trgt_ctnt", "aply_excl_trgt_ctnt"))
    text, found = "", []
    for before, part in (("", listed), (" / 업력: ", ages), (" / ", target), ("\n제외 대상: ", left_out)):
        text += (before if text else before.lstrip(" /\n")) + part if part else ""
        found.append(Passage("target_text", len(text) - len(part), part))
    return _Written(text, *found[1:])


def link(url: str | None) -> str | None:
    """Return a link, which the register writes without a scheme, and some who save its answers as ``[text](link)``."""
    marked = _MARKED_LINK.fullmatch(url) if url else None
    bare = marked[1] if marked else url
    return f"https://{bare}" if bare and "://" not in bare else bare


SOURCE = Source(
    name=NAME,
    title_ko="K-Startup 사업공고",
    title_en="K-Startup announcements",
    publisher="창업진흥원",
    url="https://www.k-startup.go.kr",
    required=_REQUIRED,
    gives={
        ("supt_biz_clsfc",): ("kind", "ABOUT"),
        ("supt_regin",): ("region_text", "nationwide", "TARGETS Region"),
        ("pbanc_ctnt",): ("summary",),
        ("aply_trgt",): ("targets",),
        ("biz_enyy",): ("min_company_age", "max_company_age", "admits_pre_founders"),
        ("aply_trgt_ctnt",): READ_IN_TEXT,
        ("aply_excl_trgt_ctnt",): ("exclusions",),
        ("pbanc_rcpt_bgng_dt",): ("apply_from",),
        ("pbanc_rcpt_end_dt",): ("apply_until", "window_kind"),
        ("detl_pg_url",): ("url",),
        ("sprv_inst",): ("OFFERED_BY authority",),
        ("pbanc_ntrp_nm",): ("OFFERED_BY operator",),
    },
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        'live XML writes <col name="…">; pages are saved as bare lists too',
        ("`id` is a row number, `pbanc_sn` the key; days as YYYYMMDD; links without a scheme, or written as Markdown"),
        "an error may stand in a header, alone, in an item, or behind items, which are loaded",
        "the server ignores the filter of regions",
    ),
)
