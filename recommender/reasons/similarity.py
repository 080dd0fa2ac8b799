"""What an asker and a result have in common where no path joins them; nothing is claimed that does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Final

from graph_schema.catalog import RELATION_TYPES, node_type
from graph_schema.model import NodeRef, RelationType
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Reason
from recommender.language.particles import particle
from recommender.language.said import Said
from recommender.reasons.shared_words import DistinctiveWords, Stems
from recommender.snapshot.dated_facts import DatedFacts

_SIZE_BANDS: Final = (
    (5, Said("5명 미만", "under 5")),
    (10, Said("5~9명", "5 to 9")),
    (50, Said("10~49명", "10 to 49")),
    (300, Said("50~299명", "50 to 299")),
)
_LARGEST_BAND: Final = Said("300명 이상", "300 or more")
_NODES_KEPT: Final = 30_000
"""More than the askers and candidates of a city, so that no node's attributes are read twice."""
_WORDS_SHOWN = 5
"""More words would not be read."""
_LONGEST_QUOTE = 80
"""Letters quoted of a request, so that the reason stays a line."""
_NEAR_TEXT = 0.25
"""Texts of the nearest quarter are called near, with their place."""
_FEWEST_RANKED = 20
"""Of fewer candidates a percentage would be finer than what was ranked; there only the nearest is named."""
_PERCENT: Final = 100
"""Per cent."""
_SURE: Final = Said("", "")


@dataclass(frozen=True)
class Shared:
    """One thing in common: what it is, as data, and how it is said."""

    attribute: str
    said: Said

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
    """How near a result's text is: its place (1 is nearest) among ``of`` candidates, and what it is near to.

    ``part`` is the part of a request, empty where there is none to quote; ``tasks`` are those that it asks for, by
    name, empty where it names none. ``of_trade``: the part is no words of the asker but what its industry is called.
    """

    place: int
    of: int
    part: str = ""
    tasks: tuple[str, ...] = ()
    of_trade: bool = False


@dataclass(frozen=True)
class Likeness:
    """Names what askers and results have in common on a day; ``words`` knows which words tell something."""

    facts: DatedFacts
    as_of: date
    words: DistinctiveWords = field(default_factory=DistinctiveWords)

    def reason(
        self,
        asker: NodeRef | Profile,
        result: NodeRef,
        near: NearText | None = None,
        *,
        also: Sequence[Shared] = (),
        requested: bool = False,
    ) -> Reason:
        """Name what is common to both: words, industry section, region, size, nearness of texts, conditions met.

        Conditions come as ``also``. Of a profile, and where ``near`` is to what was ``requested``, it answers for
        itself; for a node of the graph it stands where no path does.
        """
        requested |= isinstance(asker, Profile)
        told = {shared.attribute for shared in also}
        nodes = _shared_nodes(self.facts, asker, result, self.as_of)
        found = [
            *(s for s in nodes if not ("rule=region" in told and s.is_region)),
            *_shared_size(self.facts, asker, result),
            *self._shared_words(asker, result),
            *_near_text(near, _remark(asker, "IN_INDUSTRY")),
            *also,
        ]
        if requested:
            found.sort(key=lambda shared: not shared.is_text)
        return _worded(found, requested=requested, tasks=() if near is None else near.tasks)

    def _shared_words(self, asker: NodeRef | Profile, result: NodeRef) -> list[Shared]:
        return _words_of(self.words.shared(_asked(self.facts, asker, self.as_of), _text(self.facts, result)))


class ManyLikenesses:
    """Names what many nodes of the graph have in common; what was read of a node is kept for its next pair."""

    def __init__(self, facts: DatedFacts, as_of: date, words: DistinctiveWords, *, kept: int = _NODES_KEPT) -> None:
        self._facts, self._as_of, self._words = facts, as_of, words
        keep = lru_cache(kept)
        self._nodes = keep(lambda who: _Nodes.of(facts, who, as_of))
        self._staff = keep(lambda who: facts.snapshot.node(who).get("employees"))
        self._asks = keep(lambda who: Stems.of(_asked(facts, who, as_of)))
        self._tells = keep(lambda who: Stems.of(_text(facts, who)))
        self._shared = keep(self._shared_of)

    def reason(
        self, asker: NodeRef, result: NodeRef, near: NearText | None = None, *, also: Sequence[Shared] = ()
    ) -> Reason:
        """Return what ``Likeness.reason`` does for a node of the graph."""
        told = {shared.attribute for shared in also}
        one, other = self._nodes(asker), self._nodes(result)
        nodes = self._shared(one.sections & other.sections, one.regions & other.regions)
        found = [
            *(s for s in nodes if not ("rule=region" in told and s.is_region)),
            *(_size_of(self._staff(asker), self._staff(result)) if result.label == "Company" else ()),
            *_words_of(self._words.among(self._asks(asker), self._tells(result))),
            *_near_text(near),
            *also,
        ]
        return _worded(found, requested=False, tasks=() if near is None else near.tasks)

    def _shared_of(self, sections: frozenset[str], regions: frozenset[str]) -> list[Shared]:
        both = {NodeRef("Industry", id_) for id_ in sections}, {NodeRef("Region", id_) for id_ in regions}
        return _told_nodes(self._facts, *both, (_SURE, _SURE))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Ids of the sections of industry and of the regions that a node belongs to."""

    sections: frozenset[str]
    regions: frozenset[str]

    @classmethod
    def of(cls, facts: DatedFacts, who: NodeRef, as_of: date) -> _Nodes:
        sections = _roots(facts, _places(facts, who, "Industry", as_of), "Industry")
        regions = _closures(facts, _places(facts, who, "Region", as_of), "Region")
        return cls(*(frozenset(ref.id for ref in refs) for refs in (sections, regions)))


def _worded(found: Sequence[Shared], *, requested: bool, tasks: Sequence[str]) -> Reason:
    if not found:
        return Reason(
            "연결 경로나 공통 속성을 찾지 못했습니다. 모델 점수만으로 추천했습니다.",
            "No path and nothing in common was found; only the model's score put it here.",
        )
    ko, en = "; ".join(shared.said.ko for shared in found), "; ".join(shared.said.en for shared in found)
    attributes = [shared.attribute for shared in found]
    if tasks and any(shared.is_text for shared in found):
        attributes.append("asks_for=" + "|".join(tasks))
    if requested:
        return Reason(f"요청과 맞는 점: {ko}.", f"Fits the request: {en}.", attributes=tuple(attributes))
    return Reason(
        f"직접 연결된 경로는 없지만 다음이 비슷합니다: {ko}.",
        f"No path joins them, but they share: {en}.",
        attributes=tuple(attributes),
    )


def _words_of(shared: Sequence[str]) -> list[Shared]:
    words = shared[:_WORDS_SHOWN]
    if not words:
        return []
    listed = ", ".join(f"‘{word}’" for word in words)
    return [Shared("words=" + "|".join(words), Said(f"같은 낱말 {listed}", f"the words {listed}"))]


def _asked(facts: DatedFacts, who: NodeRef | Profile, as_of: date) -> str:
    """Join what speaks of an asker. What another company asked for is its own affair: only its own needs count."""
    needs = () if isinstance(who, Profile) else _linked(facts, who, "NEEDS", as_of)
    return " ".join(_text(facts, each) for each in (who, *needs))


def _text(facts: DatedFacts, who: NodeRef | Profile) -> str:
    """Join the encoded properties."""
    if isinstance(who, Profile):
        return who.text
    values = [facts.snapshot.value(who, p.name) for p in node_type(who.label).properties if p.encoded]
    own = [str(value) for value in values if value is not None]
    if who.label == "Company":
        # A company's name says little, and sharing a part of it is no likeness.
        name = facts.snapshot.value(who, "name")
        own = [text for text in own if text != name]
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


@cache
def _relations(source: str, type_: str, target: str | None) -> Sequence[RelationType]:
    return [r for r in RELATION_TYPES if (r.source, r.type) == (source, type_) and target in (None, r.target)]


def _shared_nodes(facts: DatedFacts, asker: NodeRef | Profile, result: NodeRef, as_of: date) -> list[Shared]:
    sections = [_roots(facts, _places(facts, who, "Industry", as_of), "Industry") for who in (asker, result)]
    regions = [_closures(facts, _places(facts, who, "Region", as_of), "Region") for who in (asker, result)]
    remarks = _remark(asker, "IN_INDUSTRY"), _remark(asker, "LOCATED_IN")
    return _told_nodes(facts, sections[0] & sections[1], regions[0] & regions[1], remarks)


def _told_nodes(
    facts: DatedFacts, sections: AbstractSet[NodeRef], regions: AbstractSet[NodeRef], remarks: Sequence[Said]
) -> list[Shared]:
    """Tell sections of industry and the narrowest region, with a remark on either in both languages."""
    found = []
    remark_ko, remark_en = remarks[0]
    for section in sorted(sections):
        name = facts.snapshot.caption(section)
        ko, en = f"같은 업종 대분류 {name}{remark_ko}", f"the industry section {name}{remark_en}"
        found.append(Shared(f"industry_section={section.id}", Said(ko, en)))
    if regions:
        # The longest code is the narrowest region.
        region = max(regions, key=lambda ref: (_depth(facts, ref), ref.id))
        name = facts.snapshot.caption(region)
        remark_ko, remark_en = remarks[1]
        said = Said(f"같은 지역 {name}{remark_ko}", f"the region {name}{remark_en}")
        found.append(Shared(f"region={region.id}", said))
    return found


def _remark(asker: NodeRef | Profile, type_: str) -> Said:
    """Mark what rests on a guess."""
    return Said("(추정)", " (guessed)") if isinstance(asker, Profile) and type_ in asker.guesses else _SURE


def _places(facts: DatedFacts, who: NodeRef | Profile, label: str, as_of: date) -> list[NodeRef]:
    """Industries or regions of anything, by whatever relationship says so."""
    types = {"Industry": ("IN_INDUSTRY", "TARGETS", "SPECIALIZES_IN", "ADMITS"), "Region": ("LOCATED_IN", "TARGETS")}
    found = [ref for type_ in types[label] for ref in _linked(facts, who, type_, as_of, label)]
    if label == "Region":  # a room is where its centre is, and so is a tenant
        centers = [ref for type_ in ("PART_OF", "LOCATED_IN") for ref in _linked(facts, who, type_, as_of, "Center")]
        found += [ref for center in centers for ref in _linked(facts, center, "LOCATED_IN", as_of, "Region")]
    return found


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
    staff = asker.employees if isinstance(asker, Profile) else facts.snapshot.value(asker, "employees")
    return _size_of(staff, facts.snapshot.value(result, "employees"))


def _size_of(staff: object, other: object) -> list[Shared]:
    if not (isinstance(staff, int) and isinstance(other, int)) or _band(staff) != _band(other):
        return []
    ko, en = _band(staff)
    return [Shared(f"size_band={en}", Said(f"같은 규모 {ko}", f"{en} employees"))]


def _band(staff: int) -> Said:
    return next((said for below, said in _SIZE_BANDS if staff < below), _LARGEST_BAND)


def _near_text(near: NearText | None, remark: Said = _SURE) -> list[Shared]:
    """Tell the place of a near text, never finer than one of the candidates ranked; ``remark``: on the industry."""
    if near is None or near.place > max(1, _NEAR_TEXT * near.of) or near.of <= 1:
        return []
    to_ko, to_en = _quoted(near, remark)
    if near.of < _FEWEST_RANKED:
        ko, en = f"{to_ko}글 내용이 후보 {near.of}건 가운데 가장 가까움", f"the nearest text of {near.of}{to_en}"
        return [Shared(f"text_rank=1/{near.of}", Said(ko, en))] if near.place == 1 else []
    percent = -(-near.place * _PERCENT // near.of)
    ko, en = f"{to_ko}글 내용이 가까운 상위 {percent}%", f"text among the nearest {percent} %{to_en}"
    return [Shared(f"text_rank={percent}%", Said(ko, en))]


def _quoted(near: NearText, remark: Said) -> Said:
    """Quote what a text is near to, with the tasks that it asks for."""
    if not near.part:
        return Said("", "")
    if near.of_trade:
        return Said(f"업종 ‘{near.part}’{remark.ko}에 ", f" to the industry ‘{near.part}’{remark.en}")
    part = near.part if len(near.part) <= _LONGEST_QUOTE else near.part[: _LONGEST_QUOTE - 1] + "…"
    tasks = [get_task(name) for name in near.tasks]
    of_ko = f"({', '.join(task.ko for task in tasks)} 요청)" if tasks else ""
    of_en = f" (asks for {', '.join(task.en for task in tasks)})" if tasks else ""
    return Said(f"‘{part}’{particle(part, '라는')} 말{of_ko}에 ", f" to ‘{part}’{of_en}")
