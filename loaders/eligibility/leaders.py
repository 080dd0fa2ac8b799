"""Who leads the businesses that a notice asks for: young or older people, women, others, by words and by ages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from graph_schema.law.rows import figure_on
from loaders.eligibility.choices import one_is_enough
from loaders.eligibility.findings import Finding
from loaders.eligibility.passages import Passage, Span

Found = Finding[tuple[str, ...]]

_GROUPS: Final[Mapping[str, str]] = {
    "youth": r"청년",
    "women": r"여성",
    "disabled": r"장애인",
    "senior": r"중장년|시니어|신중년",
    "veteran": r"제대군인|국가유공자|보훈대상자",
    "defector": r"북한\s?이탈\s?주민|탈북민",
    "foreign": r"외국인(?:\s?유학생)?|다문화|재외동포|(?:한국|국내|대한민국)\s?국적자?[가이]?\s?아닌",
}
_EMPLOYED: Final = (
    r"채용|고용|근로|구직|취업|인턴|일자리|정규직|재직|인재|인력|직원|종업원|교육생|참여자|연구원|퇴직|자녀|동포\s?투자"
)
_DEFINED = re.compile(r"청년\s?기준")
_OTHERS: Final = r"(?:사회적|중소|벤처|소셜|마을|자활|협동|일반|소상공인|혁신형)"
_OTHER_BEHIND = re.compile(rf"{_OTHERS}\S{{0,6}}\s?(?:[,ㆍ·/]|및|또는)\s?$")
_OTHER_BEFORE = re.compile(rf"\S{{0,5}}\s?(?:[,ㆍ·/]|및|또는)\s?(?:\(?예비\)?\s?)?{_OTHERS}")
"""Other applicants, of no group, in the same list: 사회적기업, 여성기업."""
_GENERAL = re.compile(r"일반\s?(?:트랙|형(?![가-힣])|부문|리그|전형)|(?<![가-힣])일반인?\s?\)")
"""A track beside that of a group, which is open to everybody."""
_BUSINESS: Final = (
    r"(?:\s?\(\s?예비\s?\)\s?|\s?예비\s?|\s)?(?:재?창업(?!\s?(?:파크|지원센터|센터|허브))|기업(?!가|\s?종합)|대표|사업자|소상공인|상인"
    r"|농업인|어업인|경영인|CEO|점포|스타트업|발명인|권리자)(?!\s?(?:근로|채용|일자리|취업))"
)
_GAP: Final = rf"(?:\s(?!\S{{0,6}}(?:{_EMPLOYED}))[가-힣ㆍ]{{1,8}}){{0,2}}?"
_LEADER: Final = (
    r"대표(?:자|이사)?(?:\s?(?:또는|및)\s?(?:공동|실제)?\s?(?:대표|경영)자?)?(?:\([^()]{1,12}\))?"
    r"\s?[가이는의은]?\s?(?:모두\s?)?"
)


def _led(noun: str) -> re.Pattern[str]:
    """Return the pattern of a group of people that leads: before its business, as its head, or as who applies."""
    return re.compile(
        rf"(?<![가-힣])(?:신규\s?)?(?:{noun}){_BUSINESS}"
        rf"|(?<![가-힣])(?:{noun}){_GAP}\s(?:\(?예비\)?\s?)?창업(?:자|가|팀|\s?도전)"
        rf"|{_LEADER}(?:{noun})(?!\s?(?:{_EMPLOYED}))"
        rf"|(?:{noun})(?:이|가)\s?(?:직접\s?)?(?:대표|경영|운영|창업|설립|소유)(?!\s?(?:교육))"
        rf"|창업\s?희망\s?(?:{noun})|(?:희망하는|예정인|준비\s?중인|준비하는|보유한|소유한)\s(?:{noun})(?=[\s(,.]|$)"
        rf"|(?<=세 이하인 )(?:{noun})(?=\s*(?:$|[\n,.]))|(?<=세인 )(?:{noun})"
    )


_LED: Final = {kind: _led(noun) for kind, noun in _GROUPS.items()}
_ALSO: Final[Mapping[str, re.Pattern[str]]] = {
    "youth": re.compile(
        r"(?:[34]\d\s?세\s?이하(?:인)?\s(?:(?:(?!미취업|구직|실업|정규직|채용)[^☞※.,]){0,12}\s)?|\d{2}\s?[~∼-]\s?[34]\d\s?세\s?)청년"
        r"(?=\s*(?:$|[\n,.]|[가-하]\.))|(?<![가-힣])청년(?=ㆍ중장년\s?예비\s?창업)"
    ),
    "defector": re.compile(r"북한\s?이탈\s?주민"),
    "foreign": re.compile(
        r"not\s(?:a\s)?Korean\s(?:national|citizen)|(?:non-Korean|foreign)\s(?:founder|entrepreneur)", re.IGNORECASE
    ),
}
_AGE = re.compile(
    r"만?\s?(?<!\d)(?:(?P<least>\d{2})\s?세?\s?(?:이상|초과)?\s?(?:\([^()]{1,30}\)\s?)?(?:[~∼～-]|부터|이고|,)?\s?만?\s?)?"
    r"(?<!\d)(?P<most>\d{2})\s?세\s?(?:이하|미만)?(?:인|의)?"
)
_OWNERS: Final = re.compile(
    r"대표|창업|사업자|소상공인|경영|농업|어업|농부|기업(?!\s?(?:에서|의\s?근로))|주민등록|거주|주소"
)
_YOUNGEST_SENIOR: Final = 40
"""중장년 begin with this age."""
_OLDEST_YOUTH: Final = 49
"""Up to this age owners count as young in some towns, which is in doubt."""
_BESIDE: Final = 30
"""Letters beside an age that say whose it is."""
_NEXT: Final = 12
"""Letters beside a word that may tell it by its age."""
_OWNER_AGE = re.compile(r"세\s?(?:이하|미만|이상)(?:인|의)?\s?(?:예비\s?창업|창업|대표|사업자)")
_OLDER_OWNER = re.compile(r"\s?이상(?:인|의)?\s?(?:예비\s?)?(?:재?창업|대표|사업자|소상공인|경영|농업인|어업인)")
_PEOPLE = re.compile(
    r"체육인|경력\s?단절(?![^☞.]{0,24}(?:고용|채용|취업))|대표자\s?(?:및|또는)\s?임직원|청년\s?기준|(?:청년|여성|장애인)\s?기업가"
)
"""Words that tell of people but not whether they have to lead the business."""


def read_representatives(target: Passage, title: Passage, on: date = date.max) -> Found | None:
    """Read by whom the businesses asked for are led; ``on`` is the day of the notice, whose law tells who is young.

    What only the title says is in doubt; an age of owners that is of no group, a preference, and a group that is one of
    several conditions are left to people.
    """
    found = _read(target, on)
    if found:
        return found
    titled = _read(title, on)
    if titled:
        return replace(titled, doubtful=True)
    spoken = _PEOPLE.search(target.text) or _OWNER_AGE.search(target.text)
    if spoken:
        return Finding(None, (target.span(spoken),))
    named = _PEOPLE.search(title.text)
    return Finding(None, (title.span(named),)) if named else None


def _read(passage: Passage, on: date) -> Found | None:
    read = list(_groups(passage.text))
    if not read:
        return None
    sure = {kind for kind, match in read if not _is_doubtful(passage.text, match)}
    spans: list[Span] = [passage.between(*place) for place in sorted({match.span() for _, match in read})]
    lawful = figure_on("startups", "youth", on)
    older = any(int(match.groupdict().get("most") or 0) > lawful for kind, match in read if kind == "youth")
    return Finding(tuple(sorted(sure)) or None, tuple(spans), doubtful=older and bool(sure))


def _is_doubtful(text: str, match: re.Match[str]) -> bool:
    """Whether a group is only told by its age, or is one of several."""
    before = text[max(0, match.start() - _NEXT) : match.start()]
    around = before + text[match.start() : match.end() + _NEXT]
    listed = _OTHER_BEHIND.search(before) or _OTHER_BEFORE.match(text, match.end())
    return bool(_DEFINED.search(around) or listed or _GENERAL.search(text)) or one_is_enough(text, match.start())


def _groups(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for patterns in (_LED, _ALSO):
        for kind, pattern in patterns.items():
            if match := pattern.search(text):
                yield kind, match
    for match in _AGE.finditer(text):
        if group := _aged(text, match):
            yield group, match


def _aged(text: str, match: re.Match[str]) -> str | None:
    """Return the group of an age of owners; None for other ages, and those of employees."""
    before = text[max(0, match.start() - _BESIDE) : match.start()]
    behind = text[match.end() : match.end() + _BESIDE]
    if re.search(_EMPLOYED, before[-_NEXT:] + behind) or not _OWNERS.search(before + behind):
        return None
    bounded = match["least"] is not None
    written = match[0]
    most = int(match["most"])
    at_most = bounded or "이하" in written or "미만" in written
    if bounded and int(match["least"]) >= _YOUNGEST_SENIOR:
        return "senior"
    if not at_most and most >= _YOUNGEST_SENIOR and _OLDER_OWNER.match(text, match.end()):
        return "senior"
    return "youth" if at_most and most <= _OLDEST_YOUTH else None
