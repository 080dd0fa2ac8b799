"""Turns what was understood of a programme's notice into its node, its mentions and its relationships."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from graph_schema.model import NodeRef
from loaders import industries, regions
from loaders.eligibility.areas import Areas
from loaders.eligibility.ksic_ranges import Industries
from loaders.eligibility.tags import NO_AGENCY, topic_ref
from loaders.eligibility.targets import Ages, Staff
from loaders.eligibility.window import Window
from loaders.names import institution_kind, institution_ref, tidy
from loaders.records import RowRecords


@dataclass(frozen=True)
class Notice:
    """A support programme as one notice describes it; what the notice does not tell stays None or empty."""

    id: str
    title: str
    kind: str | None = None
    summary: str | None = None
    announced_on: date | None = None
    window: Window = field(default_factory=lambda: Window("unknown"))
    areas: Areas = field(default_factory=Areas)
    region_text: str | None = None
    industries: Industries = field(default_factory=Industries)
    industry_text: str | None = None
    targets: tuple[str, ...] | None = None
    target_text: str | None = None
    ages: Ages = field(default_factory=Ages)
    staff: Staff = field(default_factory=Staff)
    budget_krw: float | None = None
    max_support_krw: float | None = None
    certificates: tuple[str, ...] = ()
    url: str | None = None
    authority: str | None = None
    operator: str | None = None
    topics: tuple[str, ...] = ()


def add_notice(records: RowRecords, notice: Notice) -> NodeRef:
    """Add the programme, what it mentions and how they hang together to a row's records."""
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
        nationwide=notice.areas.nationwide,
        all_industries=notice.industries.every,
        region_text=notice.region_text,
        industry_text=notice.industry_text,
        targets=notice.targets,
        target_text=notice.target_text,
        min_company_age=notice.ages.min_company_age,
        max_company_age=notice.ages.max_company_age,
        admits_pre_founders=notice.ages.admits_pre_founders,
        min_employees=notice.staff.least,
        max_employees=notice.staff.most,
        budget_krw=notice.budget_krw,
        max_support_krw=notice.max_support_krw,
        certificates=notice.certificates or None,
        url=notice.url,
    )
    for code in notice.areas.codes:
        records.link(program, "TARGETS", regions.mention(records, code))
    for code in notice.industries.divisions:
        records.link(program, "TARGETS", industries.mention(records, code))
    for role, name in (("authority", notice.authority), ("operator", notice.operator)):
        if name and name not in NO_AGENCY:
            records.link(program, "OFFERED_BY", mention_institution(records, name), key=role, role=role)
    for topic in notice.topics:
        records.link(program, "ABOUT", mention_topic(records, topic))
    return program


def mention_institution(records: RowRecords, name: str) -> NodeRef:
    """Add an institution that is known by name."""
    return records.mention(institution_ref(name), name=tidy(name), kind=institution_kind(name))


def mention_topic(records: RowRecords, tag: str) -> NodeRef:
    """Add a topic; a topic is a word, real also where a made-up row is the first to use it."""
    return records.mention(topic_ref(tag), name=tag, synthetic=False)
