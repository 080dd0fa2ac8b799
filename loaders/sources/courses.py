"""Courses that companies can attend, from the CSV template; a course is a programme of the kind education."""

from __future__ import annotations

from graph_schema.wording import Wording
from loaders.eligibility.areas import Areas
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.reading import NoticeReading
from loaders.eligibility.targets import KINDS, parse_targets
from loaders.eligibility.window import window_of
from loaders.fields import Fields
from loaders.notices import Notice, add_notice
from loaders.records import RowRecords
from loaders.templates import LIST_SEPARATOR, Column, Template, industry_list, own_id, region_list, start


def transform(fields: Fields) -> RowRecords:
    """Tell what a course teaches, who offers it, who may attend and until when one can enrol."""
    id_ = own_id(fields)
    places, sectors = region_list(fields), industry_list(fields)
    begins, ends = fields.day("apply_from"), fields.day("apply_until")
    if begins and ends and begins > ends:
        fields.contradiction(
            ("apply_until", "apply_from"),
            Wording("apply_until이 apply_from보다 앞선 날짜입니다", "apply_until is before apply_from"),
            Wording("두 날짜를 확인하십시오", "check both dates"),
        )
    targets = fields.items("targets", LIST_SEPARATOR)
    open_to = AdmittedIndustries(*_open_to(fields, "all_industries", "industries", sectors))
    records = start(fields, "courses", id_)
    add_notice(
        records,
        Notice(
            id=f"course:{id_}",
            title=fields.required("title"),
            kind="education",
            summary=fields.prose("summary"),
            announced_on=fields.day("announced_on"),
            window=window_of(begins, ends),
            asked=NoticeReading(
                areas=_listed(fields, "nationwide", "regions", places),
                industries=open_to,
                targets=parse_targets(targets),
                # Industries that are not filled in are unknown, whereas the template has no field for other limits.
                unread=() if open_to != AdmittedIndustries() else ("industry@industries:0",),
            ),
            target_text=", ".join(targets) or None,
            url=fields.text("url"),
            operator=fields.text("provider"),
            topics=tuple(fields.items("topics", LIST_SEPARATOR)),
        ),
    )
    return records


def _listed(fields: Fields, flag: str, name: str, codes: list[str]) -> Areas:
    return Areas(*_open_to(fields, flag, name, codes))


def _open_to(fields: Fields, flag: str, name: str, codes: list[str]) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether all are admitted and who is listed; both at once is a contradiction."""
    everyone = fields.boolean(flag)
    if everyone and codes:
        fields.contradiction(
            (flag, name),
            Wording(f"{flag}이(가) {name} 목록과 함께 true로 적혀 있습니다", f"{flag} is true beside a list in {name}"),
            Wording("둘 가운데 하나만 남기십시오", "keep one of the two"),
        )
    return False if codes else everyone, tuple(sorted(codes))


TEMPLATE = Template(
    name="courses",
    title_ko="교육 과정 (CSV 양식)",
    title_en="Courses (CSV template)",
    own=(
        Column("id", "번호", "own id, without blanks", required=True),
        Column("title", "과정명", "title of the course", required=True),
        Column("provider", "교육기관", "institution that offers the course", gives=("OFFERED_BY",)),
        Column("summary", "개요", "what is taught"),
        Column("announced_on", "공고일", "date"),
        Column("apply_from", "접수 시작일", "date", gives=("apply_from", "window_kind")),
        Column("apply_until", "접수 마감일", "date, that day included", gives=("apply_until", "window_kind")),
        Column("nationwide", "전국 대상", "예 or 아니오 (true, false); unknown when empty"),
        Column("regions", "대상 지역", "codes or names, separated by `;`", gives=("TARGETS Region", "nationwide")),
        Column(
            "all_industries",
            "전 업종 대상",
            "예 or 아니오 (true, false); unknown when empty",
            gives=("all_industries", "unread"),
        ),
        Column(
            "industries",
            "대상 업종코드",
            "KSIC 11 codes, separated by `;`",
            gives=("TARGETS Industry", "all_industries", "unread"),
        ),
        Column("targets", "대상", f"separated by `;`: {', '.join(KINDS)}", gives=("targets", "target_text")),
        Column("topics", "주제", "separated by `;`", gives=("ABOUT",)),
        Column("url", "원문 주소", "link to the course"),
    ),
    transform=transform,
)
SOURCE = TEMPLATE.source
