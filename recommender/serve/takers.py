"""Who is likely to take one candidate: a few askers are chosen roughly, scored as in their lists, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from graph_schema.wording import Wording
from recommender.knowledge.known import Retriever, Scorer
from recommender.measure.arrays import Flags, Floats, Indices, Values
from recommender.measure.standard_scores import deviation, standard
from recommender.rules.askers import Askers, askers_of_nodes
from recommender.rules.base import Code
from recommender.rules.decide import Decisions
from recommender.serve.newcomer_lists import NewcomerLists
from recommender.serve.ordering import says_nothing
from recommender.serve.own_text import ByText
from recommender.serve.ranked_task import RankedTask
from recommender.snapshot.dated_facts import DatedFacts

Number = TypeVar("Number", np.float32, np.int64)
_USE_WEIGHT: Final = 0.3
"""Weight of an asker's past use, log(1 + known links, recent ones counting for more).

Chosen on the window before the last of the demonstration (``benchmarks.reverse``), where .2 to .6 differ by less than
.004 in NDCG@10: who asks often takes more, which no comparison of an asker's own candidates can tell.
"""
_ASKERS_SCORED: Final = 200
"""Askers of one candidate that are scored: chosen by hand, some forty times as many as a list is long."""
USE_NOTE: Final = Wording(
    "점수는 기업마다 자기 목록 안에서의 값이라 서로 바로 견줄 수 없습니다. 순서는 이를 같은 척도로 맞추고 지원이나 "
    "자문을 최근에 이용한 정도를 더해 정했으므로, 이용한 적이 없는 기업은 뒤에 있을 수 있습니다.",
    "Each score is the one in that company's own list, so scores of two companies do not compare as they stand. The "
    "order puts them on one scale and adds how much such help was used of late; a company that never used any may "
    "stand further down.",
)
UNSTATED_NOTE: Final = Wording(
    "찾는 조건(지원 대상, 인증, 대표자 등)에 해당한다는 기록이 없는 기업은 점수가 높아도 뒤에 놓았습니다.",
    "Companies of which nothing says that they are what this result asks for come last, whatever their scores.",
)
NEWCOMERS_NOTE: Final = Wording(
    "모델이 배운 이력이 대부분 가상 자료이므로, 이런 이력이 없는 실제 기업은 그 기업에 추천할 때와 같이 모델 점수보다 "
    "그 기업에 관해 알려진 글과 가까운 정도를 더 반영했으며 확률을 적지 않았습니다.",
    "Most dealings that the model learned from are made up, so for real companies without any, how near this result "
    "is to what is known of them in words counts for more than the model's score, as in their own lists; they carry "
    "no probability.",
)
_ASKED_OF_FEW: Final = ("certificate", "representative")
"""Rules of what few companies have: who does not tell of it rather has it not."""


class AllAskers:
    """What is known of all askers; kept for the last day, since each candidate asks for it. Safe for threads."""

    def __init__(self, facts: DatedFacts) -> None:
        self._facts = facts
        self._kept: dict[str, tuple[date, Askers]] = {}
        self._lock = Lock()

    def of(self, label: str, positions: Indices, day: date) -> Askers:
        """Return what was known on a day of the nodes of a label at some positions."""
        with self._lock:
            kept = self._kept.get(label)
            if kept is not None and kept[0] == day and np.array_equal(kept[1].row, positions):
                return kept[1]
        found = askers_of_nodes(self._facts, label, positions, day)
        with self._lock:
            self._kept[label] = day, found
        return found


class EligibleAskers(NamedTuple):
    """Who may take a candidate, (Q,) each: whom the rules admit, and of whom nothing says that it is asked for."""

    admitted: Flags
    unlikely: Flags


def eligible(judged: Sequence[Decisions]) -> EligibleAskers:
    """Join what the rules say of all askers on one candidate, label by label."""
    return EligibleAskers(
        np.concatenate([decisions.admitted[:, 0] for decisions in judged]),
        np.concatenate([_unlikely(decisions) for decisions in judged]),
    )


def _unlikely(decisions: Decisions) -> Flags:
    """Askers of doubtful pairs, and those that do not tell of a paper or a head that the candidate asks for; (A,)."""
    found = decisions.doubtful[:, 0].copy()
    for rule, said in zip(decisions.rules, decisions.by_rule, strict=True):
        if rule.id in _ASKED_OF_FEW:
            found |= said[:, 0] == Code.CHECK
    return found


def retrieval_scores(served: RankedTask, scorer: Scorer, column: int, nearness: Floats | None) -> Floats:
    """How likely each asker is to take a candidate, roughly, as standard scores over the askers; (Q,).

    By the scorer where it is a ``Retriever``; else by likeness to who took it, and by ``nearness``, (Q,), of their
    texts to its own.
    """
    found = scorer.retrieval_scores(int(served.data.columns[column])) if isinstance(scorer, Retriever) else None
    if found is None:
        found = served.likeness_to_takers(column)
        if nearness is not None:
            near = np.where(np.isfinite(nearness), nearness, 0.0).astype(np.float32)
            found = found + standard(near[None, :])[0]
    return found


def likely_askers(retrieved: Floats, activity: Values, who: EligibleAskers, most: int) -> Indices:
    """Return rows of the admitted askers that are to be scored, (A,), A ≤ ``most``, ascending; all arguments (Q,).

    Those who are unlikely to be what is asked for are taken last.
    """
    total, rows = with_use(retrieved, activity), np.flatnonzero(who.admitted)
    best = np.lexsort((rows, -total[rows], who.unlikely[rows]))[:most]
    return np.asarray(np.sort(rows[best]), dtype=np.int64)


class AskerTexts(NamedTuple):
    """What the askers' own texts say, (Q,) each: how near a candidate is, None without text; which are not names."""

    nearness: Floats | None
    speaks: Flags


class ScoredAskers(NamedTuple):
    """Rows of askers, rising, their scores of a candidate and those by which they are compared; (A,) each.

    ``by_text``: why their own texts count in the scores (``ByText``); ``used``: the past use that counts beside them.
    """

    rows: Indices
    scores: Floats
    compared: Floats
    by_text: Indices
    used: Values


def scored_askers(lists: NewcomerLists, column: int, who: EligibleAskers, texts: AskerTexts, n: int) -> ScoredAskers:
    """Score a candidate for the admitted askers, each as its own list would, and compare them.

    All of them, where scores were worked out beforehand; else those that are likeliest by ``retrieval_scores``, ``n``
    or more. Of real newcomers, whose own words count in their lists, the nearest take part, ``n`` or more: they are
    compared by the scores that the model gives in the order of these.
    """
    served, most = lists.served, max(n, _ASKERS_SCORED)
    worded = served.own.real_newcomers & texts.speaks
    by_model = who._replace(admitted=who.admitted & ~worded)
    rows, found, spread = _scored_by_model(lists, column, by_model, texts.nearness, most)
    near = np.zeros(len(worded), dtype=np.float32) if texts.nearness is None else texts.nearness
    newcomers = likely_askers(near, np.zeros(len(near)), who._replace(admitted=who.admitted & worded), most)
    own = lists.of(newcomers)
    rows, order = np.unique(np.concatenate([rows, newcomers]), return_index=True)

    def joined(by_model: npt.NDArray[Number], of_newcomers: Sequence[float]) -> npt.NDArray[Number]:
        return np.concatenate([by_model, np.array(of_newcomers, dtype=by_model.dtype)])[order]

    levels = joined(found, [each.levels[column] for each in own])
    spreads = joined(spread, [each.spread for each in own])
    used = counted_use(levels, served.activity[rows])
    return ScoredAskers(
        rows,
        joined(found, [each.scores[column] for each in own]),
        comparable(levels, spreads, used),
        joined(np.full(len(found), ByText.NO), [each.by_text for each in own]),
        used,
    )


def _scored_by_model(
    lists: NewcomerLists, column: int, who: EligibleAskers, nearness: Floats | None, most: int
) -> tuple[Indices, Floats, Floats]:
    """Return rows of admitted askers, their scores of a candidate and the deviations of their lists; (A,) each."""
    served, scores = lists.served, lists.scores
    name, table = served.task.name, scores.kept(served.task.name)
    if table is not None:
        rows = np.flatnonzero(who.admitted)
        return rows, table.column(column)[rows], table.deviations()[rows]
    retrieved = retrieval_scores(served, scores.scorer(name), column, nearness)
    rows = likely_askers(retrieved, served.activity, who, most)
    found = scores.of(name, served.data.known.history_of(rows))
    return rows, found[:, column], deviation(found)[:, 0]


def counted_use(scores: Floats, activity: Values) -> Values:
    """Return the past use that counts beside scores, (A,): none of those whose score most have.

    Such a score says nothing of the candidate. Those who ask most of anything would come first for everything; what
    is known of them in words orders them instead, as it does ties.
    """
    return np.where(says_nothing(scores), 0.0, activity)


def comparable(scores: Floats, spread: Floats, activity: Values) -> Floats:
    """Scores by which askers are compared; ``spread`` are the deviations of their whole lists.

    All lists are brought to one scale by the mean of their deviations. Each by its own would put those first of whom
    little is known: .0315 in NDCG@10 against .0438, mean over six tasks. ``activity`` is the askers' past use.
    """
    scale = float(spread.mean()) if len(spread) else 0.0
    found = scores / np.float32(scale) if scale else np.zeros_like(scores)
    return with_use(found, activity)


def with_use(scores: Floats, activity: Values) -> Floats:
    """Scores in standard deviations, with what the askers' past use adds; shapes as numpy broadcasts them."""
    return np.asarray(scores + _USE_WEIGHT * np.log1p(activity), dtype=np.float32)
