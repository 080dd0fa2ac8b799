"""How near the text of each candidate is to what a request asks for, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task
from recommender.language.requests import asks, only_informs, wishes
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.standard_scores import with_text
from recommender.reasons.similarity import NearText
from recommender.serve.industry_guess import is_bare_trade
from recommender.serve.topics import TOPICS, asked_of, topics_asked, topics_wished
from recommender.serve.trade_words import works_with
from recommender.text.protocol import Role, TextEncoder

_WORD: Final = re.compile(r"[^\W\d_ㄱ-ㆎ]")
"""A letter or a Hangul syllable; single jamo (ㅎㅎ), digits and pictures are no words."""
REQUEST_ROLE: Final[Role] = "query"
"""A request is short and its answers are titles, which is what E5 was trained for: query against passage.

Over 15 hand-made requests and 158 open notices it gave a mean average precision of 0.58, as a passage 0.45.
"""
STATEMENT_WEIGHT: Final = 0.6
"""Weight of a part that only tells of the company (카페를 하는데) beside one that asks (세금 신고가 어렵다)."""
SCORER_SUFFIX: Final = " + request text"
SHARED_TOPIC: Final = 3.5
"""Standard scores that a candidate gains by being about what a part surely asks for.

Of 86 requests to develop on, 1.5, 2.5 and 5 found less or no more (``benchmarks/requests.py``).
"""
_SURELY: Final = 0.5
"""How surely a part must ask for a topic that a reason names: more likely than not."""
_OF_ALL: Final[Mapping[str, frozenset[str]]] = {
    "programs": frozenset({"support"}),
    "education": frozenset({"education"}),
    "experts": frozenset({"advice"}),
    "finance": frozenset({"money", "costs"}),
}
"""By task whose candidates' names tell what they are about: topics that all of them are about, named or not."""
_OF_SUBJECT: Final = frozenset({"technologies", "researchers"})
"""Tasks whose captions tell of a subject in technical words, which everyday names of trades are not near to."""
_SUBJECT_SHARE: Final = 2.0
"""Of the weight of words in these tasks: what a company of its trade licensed says little of what it looks for now.

Of 28 wishes for technologies, each with the classes of patents that answer it, .401 of what could stand in the first
ten lies in them by twice the weight, .365 by one (``benchmarks/technology_wishes.py``).
"""


@dataclass(frozen=True)
class RequestParts:
    """What candidates are compared with: parts of a request, and names of industries with words for each.

    ``raised``: whether they are of a case, which was raised to be dealt with, in whatever words.
    """

    said: tuple[str, ...]
    trades: Mapping[str, str] = field(default_factory=dict)
    raised: bool = False


def nothing_asked(task: Task) -> Wording:
    """Say that a request speaks of other tasks alone."""
    return Wording(
        f"요청에 ‘{task.ko}’에 관한 말이 없어, 요청 문구를 순위에 반영하지 않았습니다.",
        f"The request asks for nothing of this kind ({task.en}), so its text does not count in this ranking.",
    )


def nothing_of_topic(task: Task, topics: Sequence[int]) -> tuple[Wording, ...]:
    """Say which topics that are asked for, and that the task serves, no candidate names; nothing where there are none.

    ``topics``: places in ``TOPICS``.
    """
    of_all = _OF_ALL.get(task.name)
    asked = [TOPICS[at] for at in topics if task.name in TOPICS[at].tasks]
    names = [] if of_all is None else [topic.name for topic in asked if topic.id not in of_all]
    if not names:
        return ()
    ko, en = ", ".join(name.ko for name in names), ", ".join(name.en for name in names)
    return (
        Wording(
            f"조건에 맞는 후보 가운데 요청한 주제({ko})를 이름에 담은 것이 없습니다.",
            f"None of the candidates that meet the conditions names what is asked for ({en}).",
        ),
    )


def with_trades(task: str, said: tuple[str, ...], codes: Mapping[str, str]) -> RequestParts:
    """Add what the asker's trades work with, where a task is of a subject, or their names where nothing was said.

    ``codes``: those of its industries in KSIC 11 by their names. A part that only names the trade is left out where
    what the trade works with says it better.
    """
    if task in _OF_SUBJECT and codes:
        trades = {name: works_with(code) or name for name, code in codes.items()}
        return RequestParts(tuple(part for part in said if not is_bare_trade(part)), trades)
    return RequestParts(said) if said else RequestParts((), {name: name for name in codes})


@dataclass(frozen=True)
class RequestNearness:
    """Nearness of C candidates to a request that was cut into ``parts``; the first ``own`` are its words.

    The others name the asker's industries. ``scores``: (C,) z-score over the candidates of the nearest part's cosine,
    weighted, and of what both are about. ``nearest``: (C,) that part.
    ``place``: (C,) place among the candidates by nearness to that same part, 1 the nearest. ``topic``: (C,) of
    ``TOPICS``, what the part asks for and the candidate is about, -1 where that is nothing. ``unmatched``: topics that
    a part surely asks for and no candidate is about. ``vectors``: embeddings of the parts, (P, d).
    """

    parts: tuple[str, ...]
    own: int
    scores: Floats
    nearest: Indices
    place: Indices
    topic: Indices
    unmatched: tuple[int, ...] = ()
    vectors: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    raised: bool = False

    @cached_property
    def asks(self) -> bool:
        """Whether a part of the request wishes for something, as a case does; else all of it tells of the company."""
        return self.raised or any(map(asks, self.parts[: self.own]))

    def said(self, candidate: int) -> NearText:
        """Tell how near one candidate is, and to what; plain facts are not quoted as if they asked for something."""
        nearest = int(self.nearest[candidate])
        part = self.parts[nearest]
        if nearest >= self.own:
            return NearText(int(self.place[candidate]), len(self.place), part, of_trade=True)
        quoted = "" if only_informs(part) else part
        topic = int(self.topic[candidate])
        about = None if topic < 0 else TOPICS[topic].name
        return NearText(int(self.place[candidate]), len(self.place), quoted, asked_of(part), topic=about)


_MUST_ASK: Final = frozenset({"spaces"})
"""Tasks whose captions tell of no trade: what does not ask for them by name would be near to them by chance."""


def parts_for(task: str, parts: Sequence[str]) -> tuple[str, ...]:
    """Keep the parts of a request that count for a task.

    All but those that ask for others alone; where a task must be asked for, those alone that name it (to give up a shop
    is no wish for a room); what holds no word (🍞, ㅎㅎ) never.
    """
    unnamed = () if task in _MUST_ASK else (task,)
    return tuple(part for part in parts if _WORD.search(part) and task in (asked_of(part) or unnamed))


def request_nearness(
    parts: Sequence[str] | RequestParts,
    near: Callable[[Floats], Floats],
    encoder: TextEncoder,
    *,
    offered: Flags | None = None,
    kinds: Sequence[str] = (),
) -> RequestNearness | None:
    """Compare each part with C candidates; None where nothing is to be compared, or the candidates have no text.

    ``near``: cosines of texts, (T, d) unit-length embeddings, to each candidate, (T, C), all 0 where it has no text.

    The best part counts: a wish for money must find a loan, whatever else the company wishes for. ``kinds`` are words
    for what the company certainly is (소상공인), which say whom a part speaks of. ``offered``: (C, T) which topics each
    candidate is about.
    """
    if not isinstance(parts, RequestParts):
        parts = RequestParts(tuple(parts))
    texts = (*parts.said, *parts.trades.values())
    if not texts:
        return None
    vectors = encoder.encode([" ".join([*kinds, text]) for text in texts], REQUEST_ROLE)
    cosines = near(vectors).T
    if not cosines.any():
        return None
    weights = [*map(_weight, parts.said), *[STATEMENT_WEIGHT] * len(parts.trades)]
    by_part = np.column_stack([z_scores(column) * w for column, w in zip(cosines.T, weights, strict=True)])
    asked = topics_asked(parts.said, encoder, REQUEST_ROLE)
    if offered is not None and len(asked):
        by_part[:, : len(asked)] += SHARED_TOPIC * np.column_stack([(offered * each).max(axis=1) for each in asked])
    nearest = by_part.argmax(axis=1)
    place = np.column_stack([places(column) for column in by_part.T])
    rows = np.arange(len(by_part))
    named = (*parts.said, *parts.trades)
    return RequestNearness(
        named,
        len(parts.said),
        by_part[rows, nearest],
        nearest,
        place[rows, nearest],
        _shared_topics(asked, offered, nearest),
        _unmatched(asked, offered),
        vectors,
        parts.raised,
    )


def _weight(part: str) -> float:
    """Weight of a part by its words; a question that names nothing (신청 순서 좀 알려주세요) is near to any notice."""
    return 1.0 if wishes(part) or topics_wished(part) else STATEMENT_WEIGHT


def _shared_topics(asked: Floats, offered: Flags | None, nearest: Indices) -> Indices:
    """Topic that each of C candidates is about and the part nearest to it asks for, -1 where there is none, (C,)."""
    shared = np.full(len(nearest), -1, dtype=np.int64)
    own = np.flatnonzero(nearest < len(asked))
    if offered is not None and len(own):
        both = asked[nearest[own]] * offered[own]
        shared[own] = np.where(both.max(axis=1) >= _SURELY, both.argmax(axis=1), -1)
    return shared


def _unmatched(asked: Floats, offered: Flags | None) -> tuple[int, ...]:
    """Topics that one of P parts surely asks for, (P, T), and none of C candidates is about, (C, T)."""
    if offered is None or not len(asked):
        return ()
    found = np.flatnonzero((asked.max(axis=0) >= _SURELY) & ~offered.any(axis=0))
    return tuple(found.tolist())


def with_request(scores: Floats, nearness: RequestNearness, task: str = "", text_share: float = 1.0) -> Floats:
    """Model scores (C,) blended with the text of the request; one that asks for nothing counts by ``text_share``."""
    share = (_SUBJECT_SHARE if task in _OF_SUBJECT else 1.0) * (1.0 if nearness.asks else text_share)
    return with_text(z_scores(scores), z_scores(nearness.scores), share)


def z_scores(values: Floats) -> Floats:
    """Values with mean 0 and standard deviation 1, all 0 where they are equal."""
    exact = values.astype(np.float64)
    equal = not len(exact) or exact.min() == exact.max()
    scaled = np.zeros(len(exact)) if equal else (exact - exact.mean()) / exact.std()
    return np.asarray(scaled, dtype=np.float32)


def places(values: Floats) -> Indices:
    """Place of each value, 1 for the greatest, equal ones alike; (N,)."""
    ordered = np.sort(values)
    return np.asarray(len(values) - np.searchsorted(ordered, values, side="right") + 1, dtype=np.int64)
