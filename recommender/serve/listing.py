"""A list before it is worded: its results, their places and ties, and what its probabilities mean."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task
from recommender.language.answers import ProbabilityNote
from recommender.language.particles import with_particle
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.publish.probability import MADE_UP_TAKERS, TIED, Calibration, expected, meaning
from recommender.reasons.similarity import NearText
from recommender.rules.decide import Decisions, excluded_said
from recommender.serve.ordering import TIES_NOTE, Line
from recommender.serve.ranked_task import RankedTask

_SHOWN_DECIMALS: Final = 2
"""Scores of notices that differ by less are shown as equal."""


@dataclass(frozen=True)
class Ranked:
    """A result before it is worded: its decisions, its place in them, its score, how near its text is.

    ``recorded``: whether a record tells what its score is worth.
    """

    ref: NodeRef
    decisions: Decisions
    place: tuple[int, int]
    score: float
    near: NearText | None
    probability: float | None = None
    tied: int = 1
    others: int = 0
    alike: tuple[NodeRef, ...] = ()
    recorded: bool = True


@dataclass(frozen=True)
class Listing:
    """A list before it is worded.

    ``suffix``: of the scorer's name; ``unrecorded``: why no record tells what its scores are worth.
    """

    served: RankedTask
    day: date
    chosen: Sequence[Ranked]
    excluded: dict[str, int]
    notes: tuple[Wording, ...] = ()
    suffix: str = ""
    askers: bool = False
    unrecorded: Wording | None = None


def why_nothing(listing: Listing) -> tuple[Wording, ...]:
    """Say what kept every candidate out, so that an empty list is no riddle."""
    if listing.chosen:
        return ()
    if not listing.excluded:
        return (Wording("추천할 후보가 자료에 없습니다.", "The data hold no candidates of this kind."),)
    ko, en = excluded_said(listing.served.task, listing.excluded)
    return (
        Wording(
            f"조건에 맞는 결과가 없습니다. 조건마다 제외한 수(겹침 포함): {ko}.",
            f"Nothing meets the conditions. Kept out by each, some by several: {en}.",
        ),
    )


def not_a_candidate(ref: NodeRef, task: Task) -> NotFoundError:
    """Make the error that says that a node is none of a task's candidates, though it may be another's."""
    return NotFoundError(
        Wording(
            f"{with_particle(ref.id, '은')} 이 과제({task.ko})의 후보가 아닙니다. 다른 과제로 물으십시오.",
            f"{ref} is not among the candidates of {task.name!r} ({task.en}); ask for another task",
        )
    )


def ranked(
    served: RankedTask,
    decisions: Decisions,
    line: Line,
    scores: Floats,
    near: NearText | None,
    probability: float | None = None,
) -> Ranked:
    """Make a result for the one asker of ``decisions`` of a line of its list."""
    refs, at = served.candidates.refs, line.position
    alike = tuple(refs[position] for position in line.alike)
    return Ranked(refs[at], decisions, (0, at), float(scores[at]), near, probability, line.tied, line.others, alike)


def seen_as(decisions: Decisions, scores: Floats, candidate: int, asker: int = 0) -> Hashable:
    """Return what a person weighs of a candidate beside its name; ``scores`` (C,) are those of the asker.

    Of a room that is the verdicts; of a notice the days too, and a score that reads the same.
    """
    if decisions.pairs.candidates.refs[candidate].label == "Space":
        return tuple(int(said[asker, candidate]) for said in decisions.by_rule)
    words = ((check.rule, check.ko) for check in decisions.checks(asker, candidate))
    return (round(float(scores[candidate]), _SHOWN_DECIMALS), *words)


def ties(chosen: Sequence[Ranked], said: Wording = TIES_NOTE) -> tuple[Wording, ...]:
    """Say how ties were ordered, where a result ties with others than those it stands for."""
    return (said,) if any(item.others for item in chosen) else ()


SET_BACK_NOTE: Final = Wording(
    "확인할 조건이 맞지 않을 것으로 보이는 결과는 점수가 높아도 뒤에 놓았습니다.",
    "Results whose conditions will rather not be met come last, whatever their scores.",
)


def set_back(chosen: Sequence[Ranked], unlikely: Flags) -> tuple[Wording, ...]:
    """Say that some of the results listed were put behind others; ``unlikely``: (C,), which of the candidates are."""
    return (SET_BACK_NOTE,) if any(unlikely[item.place[1]] for item in chosen) else ()


def value_at(values: npt.NDArray[np.float64] | None, index: int) -> float | None:
    """Return one value, None where there is none."""
    return None if values is None or np.isnan(values[index]) else float(values[index])


def probability_note(calibration: Calibration | None, listing: Listing) -> ProbabilityNote:
    """Say what probabilities mean and what to expect of the list, or why a list has none."""
    if listing.unrecorded is not None:
        return ProbabilityNote(listing.unrecorded.ko, listing.unrecorded.en, None)
    said = meaning(calibration)
    if calibration is None or not calibration.given or not listing.chosen:
        return ProbabilityNote(said.ko, said.en, None)
    chances = [item.probability for item in listing.chosen if item.recorded]
    if not chances:
        return ProbabilityNote(MADE_UP_TAKERS.ko, MADE_UP_TAKERS.en, None)
    more = expected(chances, calibration.months, askers=listing.askers)
    if more is TIED:
        return ProbabilityNote(more.ko, more.en, None)
    return ProbabilityNote(f"{said.ko} {more.ko}", f"{said.en} {more.en}", calibration.months)


class Nearness:
    """Places of N texts by nearness among those that are listed."""

    def __init__(self, values: Floats | None, listed: Indices) -> None:
        self._values = values
        self._ordered = np.zeros(0, np.float32) if values is None else np.sort(values[listed])

    def of(self, index: int) -> NearText | None:
        """Place of one of them, None where there is no text to be near to."""
        if self._values is None:
            return None
        count = len(self._ordered)
        nearer = count - int(np.searchsorted(self._ordered, self._values[index], side="right"))
        return NearText(nearer + 1, count)
