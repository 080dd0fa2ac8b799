"""What an asker and a result have in common where no path joins them; nothing is claimed that does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from graph_schema.catalog import RELATION_TYPES, node_type
from graph_schema.model import NodeRef, RelationType
from recommender.knowledge.profile import Profile
from recommender.language.answers import Reason
from recommender.language.particles import particle
from recommender.snapshot.dated_facts import DatedFacts

_SIZE_BANDS: Final = (
    (5, "5명 미만", "under 5"),
    (10, "5~9명", "5 to 9"),
    (50, "10~49명", "10 to 49"),
    (300, "50~299명", "50 to 299"),
)
_LARGEST_BAND: Final = ("300명 이상", "300 or more")
_WORDS: Final = re.compile(r"[가-힣]{2,}|[A-Za-z][A-Za-z0-9+#]+")
_ENDINGS: Final = re.compile(
    r"(에서는|으로는|에게|에서|으로|하는|하고|하여|한다|했다|하기|까지|부터|이나|은|는|이|가|을|를|의|에|와|과|로|도|만|할|한)$"
)
_COMMON: Final = frozenset(
    {
        "지원",
        "사업",
        "기업",
        "공고",
        "모집",
        "참여",
        "대상",
        "신청",
        "안내",
        "관련",
        "위한",
        "통한",
        "회사",
        "업체",
        "개발",
        "제조",
        "제조업",
        "기술",
    }
)
_SHORTEST = 2
_WORDS_SHOWN = 5
_LONGEST_QUOTE = 80
_NEAR_TEXT = 0.25
"""Texts of the nearest quarter are called near, with their place."""


@dataclass(frozen=True)
class Shared:
    """One thing in common: what it is, as data, and how it is said."""

    attribute: str
    ko: str
    en: str

    @property
    def is_region(self) -> bool:
        """Whether it is a place."""
        return self.attribute.startswith("region=")

    @property
    def is_text(self) -> bool:
        """Whether it is the nearness of texts."""
        return self.attribute.startswith("text_rank=")


@dataclass(frozen=True)
class NearText:
    """How near a result's text is: the share of candidates that are nearer, and the part of a request it is near to."""

    ahead: float
    part: str = ""


def similarity_reason(
    facts: DatedFacts,
    asker: NodeRef | Profile,
    result: NodeRef,
    as_of: date,
    near: NearText | None = None,
    *,
    also: Sequence[Shared] = (),
) -> Reason:
    """Name what is common to both: words, industry section, region, size, nearness of texts, conditions met (``also``).

    Of a profile it answers for itself; for a node of the graph it stands where no path does.
    """
    told = {shared.attribute for shared in also}
    found = [
        *(s for s in _shared_nodes(facts, asker, result, as_of) if not ("rule=region" in told and s.is_region)),
        *_shared_size(facts, asker, result),
        *_shared_words(facts, asker, result, as_of),
        *_near_text(near),
        *also,
    ]
    if isinstance(asker, Profile):
        found.sort(key=lambda shared: not shared.is_text)
    if not found:
        return Reason(
            "이어지는 경로나 공통된 속성을 찾지 못했다. 모델의 점수만으로 추천했다.",
            "No path and nothing in common was found; the model's score alone put it here.",
        )
    ko, en = "; ".join(shared.ko for shared in found), "; ".join(shared.en for shared in found)
    if isinstance(asker, Profile):
        return Reason(
            f"요청과 맞는 점: {ko}.", f"Fits the request: {en}.", attributes=tuple(shared.attribute for shared in found)
        )
    return Reason(
        f"이어지는 경로는 없으나 비슷한 점이 있다: {ko}.",
        f"No path, but alike in: {en}.",
        attributes=tuple(shared.attribute for shared in found),
    )


def shared_words(first: str, second: str) -> list[str]:
    """Words that stand in both texts, longest first; Korean words without their particles, or as part of a compound.

    Words that any notice uses (지원, 사업, …) do not count.
    """
    one, other = _stems(first), _stems(second)
    found = {
        min(a, b, key=len)
        for a in one
        for b in other
        if a == b or (min(len(a), len(b)) >= _SHORTEST and (a.startswith(b) or b.startswith(a)) and not a.isascii())
    }
    return sorted(found - _COMMON, key=lambda word: (-len(word), word))


def _stems(text: str) -> set[str]:
    stems = set()
    for word in _WORDS.findall(text.lower()):
        stem = _ENDINGS.sub("", word)
        stems.add(stem if len(stem) >= _SHORTEST else word)
    return stems - _COMMON


def _shared_words(facts: DatedFacts, asker: NodeRef | Profile, result: NodeRef, as_of: date) -> list[Shared]:
    # What another company asked for is its own affair, so only the needs of the one who asks count.
    needs = () if isinstance(asker, Profile) else _linked(facts, asker, "NEEDS", as_of)
    asked = " ".join(_text(facts, who) for who in (asker, *needs))
    words = shared_words(asked, _text(facts, result))[:_WORDS_SHOWN]
    if not words:
        return []
    listed = ", ".join(f"‘{word}’" for word in words)
    return [Shared("words=" + "|".join(words), f"같은 낱말 {listed}", f"the words {listed}")]


def _text(facts: DatedFacts, who: NodeRef | Profile) -> str:
    """Join the encoded properties."""
    if isinstance(who, Profile):
        return who.text
    properties = facts.snapshot.node(who)
    own = [str(properties[p.name]) for p in node_type(who.label).properties if p.encoded and p.name in properties]
    if who.label == "Company":
        # A company's name says little, and sharing a part of it is no likeness.
        own = [text for text in own if text != properties.get("name")]
    return " ".join(own)


def _linked(
    facts: DatedFacts, who: NodeRef | Profile, type_: str, as_of: date, label: str | None = None
) -> list[NodeRef]:
    """Nodes that something points to by a relationship type."""
    if isinstance(who, Profile):
        return [ref for ref in who.likely_links.get(type_, ()) if label in (None, ref.label)]
    row = facts.snapshot.vocabulary(who.label).find(who.id)
    if row is None:
        return []
    found = []
    for relation in _relations(who.label, type_, label):
        vocabulary = facts.snapshot.vocabulary(relation.target)
        links = facts.links(relation, as_of)
        columns = links.indices[links.indptr[row] : links.indptr[row + 1]]
        found += [NodeRef(relation.target, vocabulary.id(int(column))) for column in columns]
    return found


def _relations(source: str, type_: str, target: str | None) -> Sequence[RelationType]:
    return [r for r in RELATION_TYPES if (r.source, r.type) == (source, type_) and target in (None, r.target)]


def _shared_nodes(facts: DatedFacts, asker: NodeRef | Profile, result: NodeRef, as_of: date) -> list[Shared]:
    sections = [_roots(facts, _places(facts, who, "Industry", as_of), "Industry") for who in (asker, result)]
    regions = [_closures(facts, _places(facts, who, "Region", as_of), "Region") for who in (asker, result)]
    found = []
    guessed = isinstance(asker, Profile) and "IN_INDUSTRY" in asker.guesses
    remark_ko, remark_en = ("(추정)", " (guessed)") if guessed else ("", "")
    for section in sorted(sections[0] & sections[1]):
        name = facts.snapshot.caption(section)
        ko, en = f"같은 업종 대분류 {name}{remark_ko}", f"the industry section {name}{remark_en}"
        found.append(Shared(f"industry_section={section.id}", ko, en))
    common = regions[0] & regions[1]
    if common:
        # The longest code is the narrowest region.
        region = max(common, key=lambda ref: (_depth(facts, ref), ref.id))
        name = facts.snapshot.caption(region)
        found.append(Shared(f"region={region.id}", f"같은 지역 {name}", f"the region {name}"))
    return found


def _places(facts: DatedFacts, who: NodeRef | Profile, label: str, as_of: date) -> list[NodeRef]:
    """Industries or regions of anything, by whatever relationship says so."""
    types = {"Industry": ("IN_INDUSTRY", "TARGETS", "SPECIALIZES_IN", "ADMITS"), "Region": ("LOCATED_IN", "TARGETS")}
    return [ref for type_ in types[label] for ref in _linked(facts, who, type_, as_of, label)]


def _closures(facts: DatedFacts, refs: Sequence[NodeRef], label: str) -> set[NodeRef]:
    vocabulary, tree = facts.snapshot.vocabulary(label), facts.closure(label)
    rows = [row for ref in refs if (row := vocabulary.find(ref.id)) is not None]
    return {
        NodeRef(label, vocabulary.id(int(column)))
        for row in rows
        for column in tree.indices[tree.indptr[row] : tree.indptr[row + 1]]
    }


def _depth(facts: DatedFacts, ref: NodeRef) -> int:
    row = facts.snapshot.vocabulary(ref.label).find(ref.id)
    tree = facts.closure(ref.label)
    return 0 if row is None else int(tree.indptr[row + 1] - tree.indptr[row])


def _roots(facts: DatedFacts, refs: Sequence[NodeRef], label: str) -> set[NodeRef]:
    return {ref for ref in _closures(facts, refs, label) if _depth(facts, ref) == 1}


def _shared_size(facts: DatedFacts, asker: NodeRef | Profile, result: NodeRef) -> list[Shared]:
    if result.label != "Company":
        return []
    staff = asker.employees if isinstance(asker, Profile) else facts.snapshot.node(asker).get("employees")
    other = facts.snapshot.node(result).get("employees")
    if not (isinstance(staff, int) and isinstance(other, int)) or _band(staff) != _band(other):
        return []
    ko, en = _band(staff)
    return [Shared(f"size_band={en}", f"같은 규모 {ko}", f"{en} employees")]


def _band(staff: int) -> tuple[str, str]:
    return next(((ko, en) for below, ko, en in _SIZE_BANDS if staff < below), _LARGEST_BAND)


def _near_text(near: NearText | None) -> list[Shared]:
    if near is None or near.ahead > _NEAR_TEXT:
        return []
    percent = max(1, int(np.ceil(near.ahead * 100)))
    to_ko, to_en = "", ""
    if near.part:
        part = near.part if len(near.part) <= _LONGEST_QUOTE else near.part[: _LONGEST_QUOTE - 1] + "…"
        to_ko, to_en = f"‘{part}’{particle(part, '라는')} 말에 ", f" to ‘{part}’"
    ko, en = f"{to_ko}글 내용이 가까운 상위 {percent}%", f"text among the nearest {percent} %{to_en}"
    return [Shared(f"text_rank={percent}%", ko, en)]
