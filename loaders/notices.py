"""Turns what was understood of a programme's notice into its node, its mentions and its relationships."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from graph_schema.model import NodeRef
from loaders import industries, regions
from loaders.eligibility.reading import NoticeReading
from loaders.eligibility.tags import NO_AGENCY, topic_ref
from loaders.eligibility.window import ApplicationWindow
from loaders.institutions import mention_institution
from loaders.records import RowRecords

READ_IN_TEXT: Final = (
    *("nationwide", "all_industries", "targets", "target_text", "min_company_age", "max_company_age"),
    *("admits_pre_founders", "min_employees", "max_employees", "min_revenue_krw", "max_revenue_krw"),
    *("max_support_krw", "own_share_percent", "certificates", "representatives", "exclusions"),
    *("read_from", "unread", "TARGETS Region", "TARGETS Industry"),
)
"""What the text of a notice gives, beside itself."""
WINDOW: Final = ("window_kind", "apply_from", "apply_until", "window_text")
"""What the words for a notice's window give."""


@dataclass(frozen=True)
class Notice:
    """A support programme as one notice describes it; what the notice does not tell stays None or empty."""

    id: str
    title: str
    kind: str | None = None
    summary: str | None = None
    announced_on: date | None = None
    window: ApplicationWindow = field(default_factory=lambda: ApplicationWindow("unknown"))
    region_text: str | None = None
    industry_text: str | None = None
    target_text: str | None = None
    asked: NoticeReading = field(default_factory=NoticeReading)
    budget_krw: float | None = None
    url: str | None = None
    authority: str | None = None
    operator: str | None = None
    topics: tuple[str, ...] = ()


def add_notice(records: RowRecords, notice: Notice) -> NodeRef:
    """Add the programme, what it mentions and how they hang together to a row's records."""
    asked = notice.asked
    program = records.node(
        NodeRef("Program", notice.id),
        title=notice.title,
        kind=notice.kind,
        summary=notice.summary,
        announced_on=notice.announced_on,
        window_kind=notice.window.kind,
        apply_from=notice.window.start,
        apply_until=notice.window.end,
        window_text=notice.window.text,
        nationwide=asked.areas.nationwide,
        all_industries=asked.industries.every,
        region_text=notice.region_text,
        industry_text=notice.industry_text,
        targets=asked.targets,
        target_text=notice.target_text,
        min_company_age=asked.age.least,
        max_company_age=asked.age.most,
        admits_pre_founders=asked.admits_pre_founders,
        min_employees=asked.staff.least,
        max_employees=asked.staff.most,
        min_revenue_krw=asked.revenue.least,
        max_revenue_krw=asked.revenue.most,
        budget_krw=notice.budget_krw,
        max_support_krw=asked.max_support_krw,
        own_share_percent=asked.own_share_percent,
        certificates=asked.certificates or None,
        representatives=asked.representatives or None,
        exclusions=asked.exclusions or None,
        read_from=asked.read_from or None,
        unread=asked.unread,
        url=notice.url,
    )
    for code in asked.areas.codes:
        records.link(program, "TARGETS", regions.mention(records, code))
    for code in asked.industries.divisions:
        records.link(program, "TARGETS", industries.mention(records, code))
    for role, name in (("authority", notice.authority), ("operator", notice.operator)):
        if name and name not in NO_AGENCY:
            records.link(program, "OFFERED_BY", mention_institution(records, name), key=role, role=role)
    for topic in notice.topics:
        records.link(program, "ABOUT", mention_topic(records, topic))
    return program


def mention_topic(records: RowRecords, tag: str) -> NodeRef:
    """Add a topic; a topic is a word, real also where a made-up row is the first to use it."""
    return records.mention(topic_ref(tag), name=tag, synthetic=False)
