"""What a notice asks for, read from its columns and its text together; each fact keeps the words it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, TypeVar

from graph_schema.law.rows import figure_on
from loaders.eligibility.amounts import read_amount, read_own_share
from loaders.eligibility.areas import Areas
from loaders.eligibility.asides import Asked, set_apart
from loaders.eligibility.findings import Finding
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.leaders import read_representatives
from loaders.eligibility.limits import Limits, read_limits
from loaders.eligibility.passages import Passage, Passages
from loaders.eligibility.places import read_areas
from loaders.eligibility.targets import parse_targets
from loaders.eligibility.trades import read_trades
from loaders.eligibility.words import (
    WORKPLACES,
    read_certificates,
    read_exclusions,
    read_kinds,
    read_sizes,
)

T = TypeVar("T")
SIZES: Final = frozenset({"sme", "mid_size", "large", "small", "micro"})
_WITHIN: Final = {"micro": "sme", "small": "sme"}
"""Classes of size that lie within another."""
_ANY_AGE: Final = re.compile(r"업력[^.☞※\n\d]{0,16}?(?:제한\s?없|무관|불문)")
_CATEGORY: Final = frozenset({"startup", "venture"})
"""Kinds that Bizinfo's category 창업벤처 stands for, which the text tells more exactly."""
_INSTEAD: Final = _CATEGORY | {"pre_founder", "individual"}
"""Kinds of which the text names one instead of the category."""
_LED_BY: Final = frozenset({"women", "disabled"})
"""Kinds that tell who leads; as a category of employers they tell whom these employ."""
_FORMS: Final = frozenset({"sole", "corporation"})
"""Forms of which one is not the other: where one is asked for, the other need not be barred too."""
_RULES: Final = {"size": "target", "kind": "target"}
"""Rules of what words name, where they have another name."""
_UNTITLED: Final = Passage("title", 0, "")
_FOUNDED = re.compile(r"창업\s?(?:후\s?)?\d{1,2}\s?년\s?(?:이내|미만|이하)")
_ANY_COMPANY = re.compile(r"(?<![가-힣])기업\s?[,ㆍ·/]\s?소상공인|소상공인\s?[,ㆍ·/]\s?기업(?![가-힣])")
"""Companies of any size beside a class of size."""
_COMPANIES = re.compile(r"(?:기업|업체|사업자|회사|출판사)(?![가-힣]{2})")
_FOR_START_UPS = re.compile(
    r"(?:스타트업|창업\s?기업)(?:(?!수요|협업|협력|멘토|운영|파트너|전문가|기관|공급)[^()]){0,24}(?:모집|선정|공고)"
)
"""Start-ups whom a title calls up, not those who are to help them."""
_YOUNG = re.compile(r"창업(?!\s?제품)|스타트업|벤처")
_DETAILS = re.compile(
    r"(?:자세한|상세한?|세부)[^☞※.\n]{0,16}(?:공고문|붙임|첨부|홈페이지)[^☞※.\n]{0,8}|신청자격이?\s?상이[^☞※.\n]{0,8}|지원대상\s?상이"
)


@dataclass(frozen=True)
class Columns:
    """What a register tells of a notice in fields of their own."""

    areas: Sequence[str] = ()
    targets: Sequence[str] = ()
    industries: AdmittedIndustries = field(default_factory=AdmittedIndustries)
    age: Limits = field(default_factory=Limits)
    admits_pre_founders: bool | None = None
    authority: str | None = None
    open_ages: Passage | None = None
    """The list of ages as written, where it may mean companies of any age."""
    on: date = date.max
    """The day of the notice, by whose law it is read; the newest law where it is not known."""


@dataclass(frozen=True)
class NoticeReading:
    """What a notice asks for. ``unread`` is None where there was no text to read."""

    areas: Areas = field(default_factory=Areas)
    industries: AdmittedIndustries = field(default_factory=AdmittedIndustries)
    targets: tuple[str, ...] | None = None
    age: Limits = field(default_factory=Limits)
    staff: Limits = field(default_factory=Limits)
    revenue: Limits = field(default_factory=Limits)
    admits_pre_founders: bool | None = None
    certificates: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    max_support_krw: float | None = None
    own_share_percent: float | None = None
    read_from: tuple[str, ...] = ()
    unread: tuple[str, ...] | None = None


def read_notice(passages: Passages, columns: Columns) -> NoticeReading:
    """Read the plain texts of a notice, to whose characters the spans point, beside its columns."""
    target, apart = passages.target, set_apart(passages.target)
    passages = replace(passages, target=apart.conditions)
    areas, region = read_areas(columns.areas, passages, columns.authority)
    trades, industry = read_trades(
        passages.target, columns.industries, passages.title, passages.left_out, passages.purpose
    )
    listed = parse_targets(columns.targets)
    if not target.text.strip():
        written = read_limits(Passage("target_text", 0, ", ".join(columns.targets)))
        found = [*_of("region", region), *((name, each) for name, each in written.items() if each.value)]
        return NoticeReading(
            areas,
            trades,
            listed,
            _value(written.get("age")) or columns.age,
            staff=_limits(written.get("size")),
            revenue=_limits(written.get("revenue")),
            admits_pre_founders=columns.admits_pre_founders,
            read_from=tuple(_lines(found, unread=False)),
        )
    passages = replace(passages, target=apart.applicants)
    targets, applicant = _targets(listed or (), passages)
    limits = {**_titled(passages.title), **read_limits(passages.target)}
    age, of_any = limits.get("age"), _ANY_AGE.search(passages.target.text)
    if of_any and not _value(age):
        limits["age"] = Finding(Limits(), (passages.target.between(*of_any.span()),))
    elif age:
        limits["age"] = age = _beside(age, columns.age)
        if (_limits(age).least or 0) >= figure_on("startups", "startup", columns.on) and _CATEGORY & set(targets or ()):
            applicant.append(Finding(None, age.spans))
    elif columns.open_ages:
        whole = columns.open_ages.between(0, len(columns.open_ages.text))
        limits["age"] = Finding(columns.age, (whole,), doubtful=True)
    certificate = read_certificates(passages.target)
    representative = read_representatives(passages.target, passages.title, columns.on)
    exclusion = read_exclusions(target, passages.benefit, left_out=passages.left_out)
    barred = _named_in(apart.barred, columns.on)
    admits = True if "pre_founder" in (targets or ()) else columns.admits_pre_founders
    amount, share = read_amount(passages.benefit, passages.title), read_own_share(passages.benefit)
    found = [
        *_of("region", region),
        *_of("industry", industry),
        *_of("target", *applicant),
        *((name, each) for name, each in limits.items()),
        *_of("certificate", certificate),
        *_of("representative", representative),
        *_of("exclusion", exclusion),
        *_of("support", amount, share),
        *_of("notice", _details(target)),
        *_in_doubt(apart, barred, set(targets or ()), columns),
    ]
    return NoticeReading(
        areas,
        trades,
        targets,
        age=_value(limits.get("age")) or columns.age,
        staff=_limits(limits.get("size")),
        revenue=_limits(limits.get("revenue")),
        admits_pre_founders=admits or (False if _bars_founders(barred) else admits),
        certificates=_value(certificate) or (),
        representatives=_value(representative) or (),
        exclusions=_value(exclusion) or (),
        max_support_krw=_value(amount),
        own_share_percent=_value(share),
        read_from=tuple(_lines(found, unread=False)),
        unread=tuple(_lines(found, unread=True)),
    )


def _value(found: Finding[T] | None) -> T | None:
    return found.value if found else None


def _limits(found: Finding[Limits] | None) -> Limits:
    return (found and found.value) or Limits()


def _titled(title: Passage) -> dict[str, Finding[Limits]]:
    """Leave to people the ages and staff that a title tells of, in case the target does not."""
    found = read_limits(title)
    return {name: Finding(None, found[name].spans) for name in ("age", "size") if name in found}


def _beside(said: Finding[Limits], listed: Limits) -> Finding[Limits]:
    """Return the limits of the text; where a column has others, what both admit, in doubt: beyond it one admits."""
    if listed in (Limits(), said.value):
        return said
    return Finding(said.value and said.value.and_(listed), said.spans, doubtful=True)


def _named_in(words: Passage, on: date) -> dict[str, Finding[tuple[str, ...]]]:
    """Read the sizes, kinds, papers and leaders that words which were set apart name."""
    if not words.text:
        return {}
    found = (
        ("size", read_sizes(words)),
        ("kind", read_kinds(words)),
        ("certificate", read_certificates(words)),
        ("representative", read_representatives(words, _UNTITLED, on)),
    )
    return {rule: each for rule, each in found if each}


def _in_doubt(
    apart: Asked, barred: dict[str, Finding[tuple[str, ...]]], targets: set[str], columns: Columns
) -> Iterator[tuple[str, Finding[Any]]]:
    """Yield what words that were set apart leave to people: others who are barred, and what a list may ask for."""
    for part in filter(lambda each: each.text, (apart.barred, apart.unsure)):
        for rule, limits in read_limits(part).items():
            if limits.value:
                yield rule, Finding(None, limits.spans)
    for rule, named in _named_in(apart.unsure, columns.on).items():
        yield _RULES.get(rule, rule), Finding(None, named.spans)
    for named in barred.values():
        if not _known_apart(targets).issuperset(named.value or ()):
            yield "exclusion", Finding(None, named.spans)
    if _bars_founders(barred) and columns.admits_pre_founders:
        yield "target", Finding(None, barred["kind"].spans)


def _bars_founders(barred: dict[str, Finding[tuple[str, ...]]]) -> bool:
    return "kind" in barred and "pre_founder" in (barred["kind"].value or ())


def _known_apart(targets: set[str]) -> set[str]:
    """Return the kinds that are out where they are not asked for: founders-to-be, another form, another size."""
    forms = _FORMS if _FORMS & targets else set()
    sizes = {size for size in SIZES if targets & SIZES and not _wider({size}) & targets}
    return {"pre_founder", *forms, *sizes}


def _of(rule: str, *found: Finding[Any] | None) -> Iterator[tuple[str, Finding[Any]]]:
    yield from ((rule, each) for each in found if each)


def _lines(found: Iterable[tuple[str, Finding[Any]]], *, unread: bool) -> Iterator[str]:
    """Write ``rule@place:start words`` for what was read, or for what was not understood or is doubtful."""
    for rule, finding in found:
        if finding.unread if unread else finding.value is not None:
            yield from dict.fromkeys(f"{rule}@{span}" for span in finding.spans)


def _targets(listed: tuple[str, ...], passages: Passages) -> tuple[tuple[str, ...] | None, list[Finding[Any]]]:
    """Join the kinds of applicant of the columns with those of the text, which is the more exact where both speak."""
    listed_sizes, listed_kinds = set(listed) & SIZES, set(listed) - SIZES
    sizes = read_sizes(passages.target)
    if sizes is None and listed_sizes and (meant := read_sizes(passages.purpose)):
        sizes = Finding(tuple(listed_sizes | set(meant.value or ())), meant.spans)
    kinds = read_kinds(passages.target)
    if WORKPLACES.search(passages.target.text):
        listed_kinds -= _LED_BY
    said_sizes = set(sizes.value or ()) if sizes else set()
    said_kinds = set(kinds.value or ()) if kinds else set()
    found: list[Finding[Any]] = [each for each in (sizes, kinds) if each]
    if "startup" not in said_kinds and (named := _FOR_START_UPS.search(passages.title.text)):
        said_kinds.add("startup")
        found.append(Finding(("startup",), (passages.title.span(named),)))
    within = {each for each in listed_sizes if _WITHIN.get(each) in said_sizes}
    chosen_sizes = said_sizes | within if said_sizes else listed_sizes
    if _ANY_COMPANY.search(passages.target.text):
        chosen_sizes |= listed_sizes
    if said_kinds & _INSTEAD and listed_kinds >= _CATEGORY:
        listed_kinds -= {"venture"} if _FOUNDED.search(passages.target.text) else _CATEGORY
    if listed_kinds >= _CATEGORY and not said_kinds & (_INSTEAD | _CATEGORY):
        found += _unsaid(passages)
    if sizes and listed_sizes and not _wider(said_sizes) & _wider(listed_sizes):
        found.append(Finding(None, sizes.spans))
    return tuple(sorted(chosen_sizes | listed_kinds | said_kinds)) or None, found


def _unsaid(passages: Passages) -> Iterator[Finding[Any]]:
    """Find companies whom a target asks for and of whom neither it nor the title says that they are young."""
    asked = _COMPANIES.search(passages.target.text)
    if asked and not _YOUNG.search(passages.title.text):
        yield Finding(None, (passages.target.span(asked),))


def _wider(sizes: set[str]) -> set[str]:
    return sizes | {_WITHIN[each] for each in sizes if each in _WITHIN}


def _details(passage: Passage) -> Finding[str] | None:
    """Find where the target sends its reader on to the full notice."""
    match = _DETAILS.search(passage.text)
    return Finding(None, (passage.span(match),)) if match else None
