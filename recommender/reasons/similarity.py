"""What an asker and a result have in common where no path joins them; nothing is claimed that does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, cached_property, lru_cache, partial
from typing import Final, NamedTuple

from graph_schema.catalog import RELATION_TYPES, node_type
from graph_schema.model import NodeRef, RelationType
from graph_schema.wording import NOTHING, Wording
from recommender.knowledge.profile import Profile
from recommender.language.answers import Reason
from recommender.language.particles import particle
from recommender.language.requests import only_informs, requests_in, shortened
from recommender.reasons.shared_words import DistinctiveWords, Stems
from recommender.snapshot.dated_facts import DatedFacts

_SIZE_BANDS: Final = (
    (5, Wording("5명 미만", "under 5")),
    (10, Wording("5~9명", "5 to 9")),
    (50, Wording("10~49명", "10 to 49")),
    (300, Wording("50~299명", "50 to 299")),
)
_LARGEST_BAND: Final = Wording("300명 이상", "300 or more")
_NODES_KEPT: Final = 30_000
"""More than the askers and candidates of a city, so that no node's attributes are read twice."""
_WORDS_SHOWN = 5
"""More words would not be read."""
_NEAR_TEXT = 0.25
"""Texts of the nearest quarter are called near, with their place."""
_FEWEST_RANKED = 20
"""Of fewer candidates a percentage would be finer than what was ranked; there only the nearest is named."""
_PERCENT: Final = 100
"""Per cent."""
_SURE: Final = NOTHING


class Basis(Enum):
    """What a result is compared with."""

    ALIKE = "alike"
    """A node of the graph, where no path leads to the result."""
    REQUEST = "request"
    """What was requested in words or fields."""
    KNOWN = "known"
    """What is known of an asker of whose words nothing was understood; nothing is said to fit these."""


@dataclass(frozen=True)
class Shared:
    """One thing in common: what it is, as data, and how it is said."""

    attribute: str
    said: Wording

    @property
    def is_region(self) -> bool:
        """Whether it is a place."""
        return self.attribute.startswith("region=")

    @property
    def is_text(self) -> bool:
        """Whether it is the nearness of texts."""
        return self.attribute.startswith("text_rank=")


class TitledWork(NamedTuple):
    """A patent that speaks of a result: its title, and which of its fields it is in, "" where it is its own."""

    title: str
    field: str


@dataclass(frozen=True)
class NearText:
    """How near a result's text is: its place (1 is nearest) among ``of`` candidates, and what it is near to.

    ``part`` is the part of a request, empty where there is none to quote; ``tasks`` are those that it asks for, by
    name, empty where it names none. ``of_trade``: the part is no words of the asker but what its industry is called.
    ``topic``: what the part asks for and the result is about, by its name. ``work``: the patent whose text is meant,
    None where it is the result's own.
    """

    place: int
    of: int
    part: str = ""
    tasks: tuple[str, ...] = ()
    of_trade: bool = False
    topic: Wording | None = None
    work: TitledWork | None = None


class Likeness:
    """Names what askers and results have in common on a day; what was read of a node is kept for its next pair.

    ``words`` knows which words tell something, ``kept`` is the number of nodes.
    """

    def __init__(self, facts: DatedFacts, as_of: date, words: DistinctiveWords, *, kept: int = _NODES_KEPT) -> None:
        self._facts, self._as_of, self._words = facts, as_of, words
        self._known = lru_cache(kept)(partial(_Likened, facts, as_of))
        self._nodes = lru_cache(kept)(partial(_shared_nodes, facts))

    def reason(
        self,
        asker: NodeRef | Profile,
        result: NodeRef,
        near: NearText | None = None,
        *,
        also: Sequence[Shared] = (),
        basis: Basis = Basis.ALIKE,
    ) -> Reason:
        """Name what is common to both: words, industry section, region, size, nearness of texts, conditions met.

        Conditions come as ``also``. It answers for itself but where the ``basis`` is likeness; a profile always
        requests, unless nothing of it was understood.
        """
        return self.of(asker)(result, near, also=also, basis=basis)

    def of(self, asker: NodeRef | Profile) -> Callable[..., Reason]:
        """Return ``reason`` for one asker, of whom is read once what all results are compared with."""
        return partial(self._reason, asker, self._side(asker))

    def _reason(
        self,
        asker: NodeRef | Profile,
        one: _Likened,
        result: NodeRef,
        near: NearText | None = None,
        *,
        also: Sequence[Shared] = (),
        basis: Basis = Basis.ALIKE,
    ) -> Reason:
        other = self._side(result)
        of_industry, of_region = (_remark(asker, type_) for type_ in ("IN_INDUSTRY", "LOCATED_IN"))
        nodes = self._nodes(one.sections & other.sections, one.regions & other.regions, of_industry, of_region)
        named = {shared.attribute for shared in also}
        found = [
            *(s for s in nodes if not ("rule=region" in named and s.is_region)),
            *(_size_of(one.staff, other.staff) if result.label == "Company" else ()),
            *_words_of(self._words.shared(one.asks, other.distinctive), other.text),
            *_near_text(near, of_industry),
            *also,
        ]
        if isinstance(asker, Profile) and basis is Basis.ALIKE:
            basis = Basis.REQUEST
        if basis is not Basis.ALIKE:
            found.sort(key=lambda shared: not shared.is_text)
        return _worded(found, basis, tasks=() if near is None else near.tasks)

    def _side(self, who: NodeRef | Profile) -> _Likened:
        return _Likened(self._facts, self._as_of, who) if isinstance(who, Profile) else self._known(who)


class _Likened:
    """What is known of an asker or a result on a day; each is read when it is first asked for."""

    def __init__(self, facts: DatedFacts, as_of: date, who: NodeRef | Profile) -> None:
        self._facts, self._as_of, self._who = facts, as_of, who

    @cached_property
    def sections(self) -> frozenset[str]:
        """Ids of its sections of industry."""
        places = _places(self._facts, self._who, "Industry", self._as_of)
        return frozenset(ref.id for ref in _roots(self._facts, places, "Industry"))

    @cached_property
    def regions(self) -> frozenset[str]:
        """Ids of its regions and of those around them."""
        places = _places(self._facts, self._who, "Region", self._as_of)
        return frozenset(ref.id for ref in _closures(self._facts, places, "Region"))

    @cached_property
    def staff(self) -> object:
        return (
            self._who.employees
            if isinstance(self._who, Profile)
            else self._facts.snapshot.value(self._who, "employees")
        )

    @cached_property
    def asks(self) -> Stems:
        """Words of an asker. What another company asked for is its own affair: only its own needs count.

        Of a text plain facts tell nothing to share: founded in 2024 (2024년 창업) is no interest in founding.
        """
        if isinstance(self._who, Profile):
            return Stems.of(" ".join(part for part in requests_in(self._who.text) if not only_informs(part)))
        needs = _linked(self._facts, self._who, "NEEDS", self._as_of)
        return Stems.of(" ".join(_text(self._facts, each) for each in (self._who, *needs)))

    @cached_property
    def text(self) -> str:
        """What is said of a result, as it is written."""
        return _text(self._facts, self._who)

    @cached_property
    def distinctive(self) -> Stems:
        """Words of a result."""
        return Stems.of(self.text)


_NONE_FOUND: Final[Mapping[Basis, Wording]] = {
    Basis.ALIKE: Wording(
        "연결 경로나 공통 속성을 찾지 못했습니다. 모델 점수만으로 추천했습니다.",
        "No path and nothing in common was found; only the model's score put it here.",
    ),
    # its text takes part in the score, so the model's alone is not what put it here
    Basis.REQUEST: Wording(
        "요청과 맞는 점을 따로 들 수 없습니다. 순위 점수만으로 추천했습니다.",
        "Nothing can be named in which it fits the request; only its score put it here.",
    ),
    Basis.KNOWN: Wording(
        "이 기업에 관해 알려진 것이 적어 모델 점수만으로 추천했습니다.",
        "Too little is known of this company; only the model's score put it here.",
    ),
}
_FOUND: Final[Mapping[Basis, Wording]] = {
    Basis.ALIKE: Wording("직접 연결된 경로는 없지만 다음이 비슷합니다", "No path joins them, but they share"),
    Basis.REQUEST: Wording("요청과 맞는 점", "Fits the request"),
    Basis.KNOWN: Wording("이 기업에 관해 알려진 것 가운데 맞는 점", "Of what is known of the company, this fits"),
}


def _worded(found: Sequence[Shared], basis: Basis, *, tasks: Sequence[str]) -> Reason:
    if not found:
        return Reason(*_NONE_FOUND[basis])
    ko, en = "; ".join(shared.said.ko for shared in found), "; ".join(shared.said.en for shared in found)
    attributes = [shared.attribute for shared in found]
    if tasks and any(shared.is_text for shared in found):
        attributes.append("asks_for=" + "|".join(tasks))
    head = _FOUND[basis]
    return Reason(f"{head.ko}: {ko}.", f"{head.en}: {en}.", attributes=tuple(attributes))


def _words_of(shared: Sequence[str], text: str) -> list[Shared]:
    """Tell words that are shared, longest first, as the result's ``text`` writes them; no word that another begins."""
    apart = [word for at, word in enumerate(shared) if not any(longer.startswith(word) for longer in shared[:at])]
    words = [_as_written(word, text) for word in apart[:_WORDS_SHOWN]]
    if not words:
        return []
    listed = ", ".join(f"‘{word}’" for word in words)
    return [
        Shared("words=" + "|".join(words), Wording(f"같은 낱말 {listed}", f"the word{'s' * (len(words) > 1)} {listed}"))
    ]


def _as_written(word: str, text: str) -> str:
    """Return a word of small letters as a text has it (AI, IoT)."""
    found = re.search(rf"(?<![a-z]){re.escape(word)}", text, re.IGNORECASE)
    return found[0] if found else word


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


def _shared_nodes(
    facts: DatedFacts,
    sections: frozenset[str],
    regions: frozenset[str],
    of_industry: Wording,
    of_region: Wording,
) -> list[Shared]:
    """Tell sections of industry and the narrowest region, by id, with a remark on either in both languages."""
    found = []
    remark_ko, remark_en = of_industry
    for section in sorted(sections):
        name = facts.snapshot.caption(NodeRef("Industry", section))
        ko, en = f"같은 업종 대분류 {name}{remark_ko}", f"the same industry section {name}{remark_en}"
        found.append(Shared(f"industry_section={section}", Wording(ko, en)))
    if regions:
        # The longest code is the narrowest region.
        region = max((NodeRef("Region", id_) for id_ in regions), key=lambda ref: (_depth(facts, ref), ref.id))
        name = facts.snapshot.caption(region)
        remark_ko, remark_en = of_region
        said = Wording(f"같은 지역 {name}{remark_ko}", f"the same region {name}{remark_en}")
        found.append(Shared(f"region={region.id}", said))
    return found


def _remark(asker: NodeRef | Profile, type_: str) -> Wording:
    """Mark what rests on a guess."""
    return Wording("(추정)", " (guessed)") if isinstance(asker, Profile) and type_ in asker.guesses else _SURE


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


def _size_of(staff: object, other: object) -> list[Shared]:
    if not (isinstance(staff, int) and isinstance(other, int)) or _band(staff) != _band(other):
        return []
    ko, en = _band(staff)
    return [Shared(f"size_band={en}", Wording(f"같은 규모 {ko}", f"a like size of {en} employees"))]


def _band(staff: int) -> Wording:
    return next((said for below, said in _SIZE_BANDS if staff < below), _LARGEST_BAND)


def _near_text(near: NearText | None, remark: Wording) -> list[Shared]:
    """Tell the place of a near text, never finer than one of the candidates ranked; ``remark``: on the industry.

    Of few candidates one is the nearest to whatever is said, so that it tells something of what asks for their kind
    alone.
    """
    if near is None or near.place > max(1, _NEAR_TEXT * near.of) or near.of <= 1:
        return []
    to_ko, to_en = _quoted(near, remark)
    whose_ko, whose_en = _whose(near.work)
    if near.of < _FEWEST_RANKED:
        if near.part and not near.tasks:
            return []
        ko, en = (
            f"{to_ko}{whose_ko}글 내용이 후보 {near.of}건 가운데 가장 가까움",
            f"the nearest text of {near.of} candidates{whose_en}{to_en}",
        )
        return [Shared(f"text_rank=1/{near.of}", Wording(ko, en))] if near.place == 1 else []
    percent = -(-near.place * _PERCENT // near.of)
    about = near.topic
    topic_ko, topic_en = ("", "") if about is None else (f"주제({about.ko})와 ", f", also by its topic, {about.en}")
    ko = f"{to_ko}{topic_ko}{whose_ko}글 내용이 가까운 상위 {percent}%"
    en = f"a text among the nearest {percent} %{whose_en.rstrip(',')}{to_en}{topic_en}"
    return [Shared(f"text_rank={percent}%", Wording(ko, en))]


def _whose(work: TitledWork | None) -> Wording:
    """Name the patent whose text is meant."""
    if work is None:
        return NOTHING
    title = shortened(work.title)
    if work.field:
        return Wording(
            f"전문 분야 ‘{work.field}’의 특허 ‘{title}’의 ", f", of the patent ‘{title}’ in its field ‘{work.field}’,"
        )
    return Wording(f"특허 ‘{title}’의 ", f", of the patent ‘{title}’,")


def _quoted(near: NearText, remark: Wording) -> Wording:
    """Quote what a text is near to."""
    if not near.part:
        return NOTHING
    if near.of_trade:
        return Wording(f"업종 ‘{near.part}’{remark.ko}에 ", f" to the industry ‘{near.part}’{remark.en}")
    part = shortened(near.part)
    return Wording(f"‘{part}’{particle(part, '라는')} 말에 ", f" to ‘{part}’")
