"""K-Startup (창업진흥원): announcements of programmes for founders, from the answer of its API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.answers import saved_rows
from loaders.eligibility.areas import parse_areas
from loaders.eligibility.kinds import kstartup_kind
from loaders.eligibility.tags import NO_AGENCY, topics
from loaders.eligibility.targets import parse_ages, parse_targets
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
    region = fields.text("supt_regin")
    details = plain(fields.prose("aply_trgt_ctnt") or "")
    listed = ", ".join(fields.items("aply_trgt", ","))
    supervisor = fields.text("sprv_inst")
    records = RowRecords(NAME, number)
    add_notice(
        records,
        Notice(
            id=f"{NAME}:{number}",
            title=one_line(fields.required("biz_pbanc_nm")),
            kind=kstartup_kind(category),
            summary=plain(fields.prose("pbanc_ctnt") or "") or None,
            window=window_of(fields.day("pbanc_rcpt_bgng_dt"), fields.day("pbanc_rcpt_end_dt")),
            areas=parse_areas(fields.items("supt_regin", ",")),
            region_text=region,
            targets=parse_targets(fields.items("aply_trgt", ",")),
            target_text=" / ".join(part for part in (listed, details) if part) or None,
            ages=parse_ages(fields.items("biz_enyy", ",")),
            url=_link(fields.text("detl_pg_url")),
            authority=supervisor if supervisor not in NO_AGENCY else None,
            operator=fields.text("pbanc_ntrp_nm"),
            topics=tuple(topics([category or ""])),
        ),
    )
    return records


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
)
