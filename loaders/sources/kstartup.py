"""K-Startup (창업진흥원): announcements of programmes for founders, from the answer of its API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.answers import saved_rows
from loaders.eligibility.kinds import kstartup_kind
from loaders.eligibility.passages import Passage, Passages
from loaders.eligibility.reading import Columns, read_notice
from loaders.eligibility.tags import NO_AGENCY, topics
from loaders.eligibility.targets import parse_ages
from loaders.eligibility.text import one_line, plain
from loaders.eligibility.window import window_of
from loaders.fields import Fields
from loaders.notices import Notice, add_notice
from loaders.records import RowRecords
from loaders.source import Row, Source
from loaders.tables import Shape

NAME = "kstartup"
_REQUIRED = ("pbanc_sn", "biz_pbanc_nm")


def read(path: Path) -> Iterator[Row]:
    """Stream announcements from a JSON answer or its list, an XML answer, or a table with its field names."""
    return saved_rows(path, Shape(_REQUIRED))


def transform(fields: Fields) -> RowRecords:
    """Tell what an announcement says: the programme, its window, region, applicants and ages of company."""
    number = fields.required("pbanc_sn")
    if number and not number.isdigit():
        fields.fault("pbanc_sn", "not an announcement number", "write digits only")
    category = fields.text("supt_biz_clsfc")
    title, region = one_line(fields.required("biz_pbanc_nm")), fields.text("supt_regin")
    summary = plain(fields.prose("pbanc_ctnt") or "")
    target_text, target = _target(fields)
    ages, pre_founders = parse_ages(fields.items("biz_enyy", ","))
    supervisor = fields.text("sprv_inst")
    records = RowRecords(NAME, number)
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{number}",
            title=title,
            kind=kstartup_kind(category),
            summary=summary or None,
            window=window_of(fields.day("pbanc_rcpt_bgng_dt"), fields.day("pbanc_rcpt_end_dt")),
            region_text=region,
            target_text=target_text or None,
            asked=read_notice(
                Passages(Passage("title", 0, title), Passage("summary", 0, summary), target, Passage("summary", 0, "")),
                Columns(
                    areas=fields.items("supt_regin", ","),
                    targets=fields.items("aply_trgt", ","),
                    age=ages,
                    admits_pre_founders=pre_founders,
                ),
            ),
            url=_link(fields.text("detl_pg_url")),
            authority=supervisor if supervisor not in NO_AGENCY else None,
            operator=fields.text("pbanc_ntrp_nm"),
            topics=tuple(topics([category or ""])),
        ),
    )
    return records


def _target(fields: Fields) -> tuple[str, Passage]:
    """Return who may apply as written, and the passage of it that is prose: the target and who is left out."""
    listed = ", ".join(fields.items("aply_trgt", ","))
    target, left_out = (plain(fields.prose(name) or "") for name in ("aply_trgt_ctnt", "aply_excl_trgt_ctnt"))
    prose = "\n".join(part for part in (target, left_out and f"제외 대상: {left_out}") if part)
    written = " / ".join(part for part in (listed, prose) if part)
    return written, Passage("target_text", len(written) - len(prose), prose)


def _link(url: str | None) -> str | None:
    return f"https://{url}" if url and "://" not in url else url


SOURCE = Source(
    name=NAME,
    title_ko="K-Startup 사업공고",
    title_en="K-Startup announcements",
    publisher="창업진흥원",
    url="https://www.k-startup.go.kr",
    required=_REQUIRED,
    read=read,
    transform=transform,
    licence="data.go.kr: 이용허락범위 제한 없음",
    quirks=(
        'live XML writes <col name="…">; pages are saved as bare lists too',
        "`id` is a row number, `pbanc_sn` the key; days as YYYYMMDD; links without a scheme",
        "the server ignores the filter of regions",
    ),
)
