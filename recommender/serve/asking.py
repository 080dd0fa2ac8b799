"""A question, resolved once: who asks, what the rules say of each candidate, and what its words are near to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.choices import KIND_NAMES
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.known import Questions
from recommender.knowledge.profile import Profile
from recommender.language.answers import Reason
from recommender.language.legal_forms import is_bare_name
from recommender.language.requests import requests_in
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.publish.probability import DESCRIBED, MADE_UP
from recommender.reasons.fitness import fitting, kind_words, met
from recommender.reasons.similarity import Basis, NearText
from recommender.rules.askers import asker_of_profile, askers_of_nodes
from recommender.rules.base import CandidatePairs
from recommender.rules.decide import Decisions, decide
from recommender.serve.industry_guess import is_bare_trade
from recommender.serve.listing import Nearness, Ranked
from recommender.serve.meaningful_words import NOT_UNDERSTOOD, MeaningfulWords
from recommender.serve.own_text import BY_TEXT_NOTES, NAME_KNOWN, OWN_TEXT_SUFFIX, ByText, only_known
from recommender.serve.place_reading import without_places
from recommender.serve.ranked_task import RankedTask
from recommender.serve.request_text import (
    SCORER_SUFFIX,
    RequestNearness,
    RequestParts,
    nothing_asked,
    nothing_of_topic,
    parts_for,
    request_nearness,
    with_request,
    with_trades,
)
from recommender.serve.trade_words import industries_of
from recommender.text.protocol import TextEncoder

_SUPPOSED: Final = Wording(
    "규모를 적지 않아, 기업 대부분이 속하는 소상공인으로 보고 순서를 정했습니다. 직원 수를 적으면 더 정확합니다.",
    "No size is given, so the order is that for a micro-enterprise, which most companies are; the number of employees"
    " would make it more exact.",
)
_WORTHLESS: Final = Wording(
    "글에 요청이 없고, 지난 기록에서 기업이 자신을 소개한 글은 이 과제의 순위에 도움이 되지 않아 반영하지 않았습니다. "
    "필요한 것을 적으면 반영합니다.",
    "The text asks for nothing, and by past records what companies tell of themselves does not help this ranking, so "
    "it does not count; what is needed would, if it were said.",
)


@dataclass(frozen=True)
class Asking:
    """One asker with one task on one day; C candidates.

    ``unlikely``: (C,) those whose conditions will rather not be met. ``own``: (C,) nearness of each candidate's text to
    the asker's own, None where it has none; ``speaks``: whether that is more than a name. ``request``: nearness of the
    admitted candidates, in their order, to what is requested in words. ``understood``: whether these words tell what is
    done or needed, so that a result can fit them. ``model``: (C,) scores of the model, empty until it is asked.
    """

    served: RankedTask
    asker: NodeRef | Profile
    day: date
    questions: Questions
    decisions: Decisions
    unlikely: Flags
    own: Floats | None = None
    speaks: bool = False
    request: RequestNearness | None = None
    understood: bool = True
    notes: tuple[Wording, ...] = ()
    model: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @property
    def described(self) -> bool:
        """Whether the asker or what it wants is told in words, which no record holds."""
        return self.request is not None or isinstance(self.asker, Profile)

    @property
    def unrecorded(self) -> Wording | None:
        """Say why no record tells what a score is worth to this asker; None where one does."""
        if self.described:
            return DESCRIBED
        return MADE_UP if self.by_text is ByText.REAL else None

    @property
    def _words_count(self) -> bool:
        """Whether what is requested takes part in the scores: words that ask for nothing may not."""
        return self.request is not None and (self.request.asks or self.served.text_share > 0)

    @property
    def suffix(self) -> str:
        """What the scorer's name ends in."""
        if self.by_text:
            return OWN_TEXT_SUFFIX
        return SCORER_SUFFIX if self._words_count else ""

    @property
    def remarks(self) -> tuple[Wording, ...]:
        """What is to be known of the answer: the notes, and what is asked for and no candidate is about."""
        unmatched = nothing_of_topic(self.served.task, self.request.unmatched) if self.request else ()
        worthless = self.request is not None and self.request.own and not self._words_count
        return (*self.notes, *unmatched, *((_WORTHLESS,) if worthless else ()), *BY_TEXT_NOTES[self.by_text])

    @property
    def by_text(self) -> ByText:
        """Why the asker's own texts count; a request counts in their place."""
        return self._weighed[1]

    @property
    def scores(self) -> Floats:
        """Scores of the model, (C,), with the text of the request or the asker's own where these count."""
        return self._weighed[0]

    @cached_property
    def _weighed(self) -> tuple[Floats, ByText]:
        if self.request is not None:
            blended, admitted = self.model.copy(), self._admitted
            name, share = self.served.task.name, self.served.text_share
            blended[admitted] = with_request(self.model[admitted], self.request, name, share)
            return blended, ByText.NO
        if self.own is None or not isinstance(self.asker, NodeRef):
            return self.model, ByText.NO
        rows, served = np.array([self.served.facts.snapshot.find(self.asker)]), self.served
        model, own = self.model[None, :], self.own[None, :]
        scores, why = served.own.weighed(self.asker.label, rows, model, own, self.decisions.admitted, self.day)
        return scores[0], ByText(why[0])

    def tie_breakers(self) -> tuple[npt.NDArray[np.floating], ...]:
        """Return what orders equal scores: nearness to the asker's own text, conditions met, use; (C,) each."""
        own = () if self.own is None else (self.own,)
        return (*own, met(self.decisions)[0], self.served.popularity)

    def near(self, listed: Indices) -> Callable[[int], NearText | None]:
        """Return what tells how near a candidate's text is to the request, else to the asker's own."""
        if self.request is None:
            return self._near_own(Nearness(self.own if self.speaks else None, listed))
        if not self._words_count:
            return lambda _candidate: None
        return self._near_request(self.request, self._admitted)

    def _near_request(self, request: RequestNearness, admitted: Indices) -> Callable[[int], NearText | None]:
        """Tell how near a candidate is to the part of a request nearest to it, and by which of its works."""

        def of(candidate: int) -> NearText | None:
            at = int(np.searchsorted(admitted, candidate))
            part = request.vectors[[request.nearest[at]]]
            return replace(request.said(at), work=self.served.own.work_near(part, candidate, self.day))

        return of

    def _near_own(self, near: Nearness) -> Callable[[int], NearText | None]:
        """Tell how near a candidate is to the asker's own text, and by which of its works."""
        asker, own = self.asker, self.served.own
        row = self.served.facts.snapshot.find(asker) if isinstance(asker, NodeRef) else -1

        def of(candidate: int) -> NearText | None:
            found = near.of(candidate)
            if found is None or not isinstance(asker, NodeRef):
                return found
            return replace(found, work=own.nearest_work(asker.label, row, candidate, self.day))

        return of

    def likeness(self, item: Ranked) -> Reason:
        """Name what the asker and a result have in common."""
        also = fitting(item.decisions, item.place)
        basis = Basis.KNOWN if not self.understood else Basis.REQUEST if self.described else Basis.ALIKE
        return self._alike(item.ref, item.near, also=also, basis=basis)

    @cached_property
    def _alike(self) -> Callable[..., Reason]:
        return self.served.likeness(self.day).of(self.asker)

    @property
    def _admitted(self) -> Indices:
        return np.flatnonzero(self.decisions.admitted[0])


def asking_of(
    served: RankedTask, asker: NodeRef | Profile, day: date, case: str, encoder: Callable[[], TextEncoder]
) -> Asking:
    """Resolve a question; ``case`` is what a known asker needs this time, and goes before what a profile says.

    ``encoder`` is called where there are words to compare.
    """
    if isinstance(asker, Profile):
        return _of_profile(served, asker, day, case, encoder())
    row = served.facts.snapshot.find(asker)
    pairs = CandidatePairs(askers_of_nodes(served.facts, asker.label, np.array([row]), day), served.candidates, day)
    decisions = decide(served.task, pairs)
    known = served.own.known_only(asker, row, day)
    notes = (only_known(known),) if known else ()
    request = None
    if case:
        said = _parts_of_case(served, case, encoder())
        if said:
            parts = RequestParts(said, raised=True)
            request = _nearness(served, parts, decisions, encoder(), _kinds(served, decisions))
        else:
            notes = (NOT_UNDERSTOOD, *notes)
    return Asking(
        served,
        asker,
        day,
        served.data.questions([asker]),
        decisions,
        decisions.doubtful[0],
        served.own.of_candidates(asker, row, day),
        bool(served.own.speaks(asker.label, day)[row]),
        request,
        notes=notes,
    )


def _of_profile(served: RankedTask, profile: Profile, day: date, case: str, encoder: TextEncoder) -> Asking:
    """Resolve a question of a company that the graph does not hold; guesses decide nothing, but set back.

    A text of which nothing is understood counts as none, so what is ranked is a company of which nothing is known.
    """
    words = MeaningfulWords(served.facts.snapshot, encoder)
    typed = profile.text.strip()
    if not words.are_in(profile.text):
        profile = replace(profile, text="")
    with ThreadPoolExecutor(1, "asker") as aside:
        # The text model lets others work, so the rules are applied meanwhile.
        questions = aside.submit(served.data.questions_by, profile, encoder)
        pairs = CandidatePairs(asker_of_profile(served.facts, profile, day), served.candidates, day)
        decisions = decide(served.task, pairs)
        unlikely = decisions.doubtful[0]
        if pairs.likely is not None:
            likely = decide(served.task, pairs.likely)
            unlikely = likely.doubtful[0] | ~likely.admitted[0]
        industries = industries_of(profile, served.facts)
        raised = _parts_of_case(served, case, encoder) if case else ()
        unknown = not (raised or industries) and is_bare_name(profile.text)
        own_words = "" if unknown else _said_of(served, profile.text)
        said = parts_for(served.task.name, _meaningful(requests_in(own_words), words))
        parts = replace(with_trades(served.task.name, raised or said, industries), raised=bool(raised))
        kinds = _kinds(served, decisions)
        supposed = () if raised or kinds or "target" not in served.task.constraints else _supposed_kinds(profile, said)
        request = _nearness(served, parts, decisions, encoder, kinds or supposed)
    silent = not (raised or profile.text)
    notes = [only_known((NAME_KNOWN,))] if unknown else []
    if (case and not raised) or (silent and (typed or not industries)):
        notes.append(NOT_UNDERSTOOD)
    if not (raised or unknown or said or silent):
        notes.append(nothing_asked(served.task))
    if supposed:
        notes.append(_SUPPOSED)
    return Asking(
        served,
        profile,
        day,
        questions.result(),
        decisions,
        unlikely,
        request=request,
        understood=not (unknown or (silent and not industries)),
        notes=tuple(notes),
    )


def _meaningful(parts: Sequence[str], words: MeaningfulWords) -> tuple[str, ...]:
    """Keep the parts that hold a word that tells something."""
    return tuple(part for part in parts if words.are_in(part))


def _supposed_kinds(profile: Profile, said: Sequence[str]) -> tuple[str, ...]:
    """Return the kind of most companies for one that tells nothing but its trade: 빵집.

    Of requests that ask for something fewer are answered rightly with it (``benchmarks/requests.py``).
    """
    sized = profile.employees is not None or profile.revenue_krw is not None
    if profile.label != "Company" or sized or not said or not all(map(is_bare_trade, said)):
        return ()
    return (KIND_NAMES["micro"].ko,)


def _said_of(served: RankedTask, text: str) -> str:
    """Return what a text says for a task: where the asker is tells of rooms alone, and the rules go by it."""
    return text if "Space" in served.task.candidate else without_places(text, served.facts.snapshot)


def _parts_of_case(served: RankedTask, case: str, encoder: TextEncoder) -> tuple[str, ...]:
    """Return what a case asks for, all that tells something: it was raised to be dealt with, by any task."""
    return _meaningful(requests_in(_said_of(served, case)), MeaningfulWords(served.facts.snapshot, encoder))


def _kinds(served: RankedTask, decisions: Decisions) -> tuple[str, ...]:
    """Words for what the asker certainly is, where the task knows kinds of applicant."""
    return kind_words(decisions.pairs) if "target" in served.task.constraints else ()


def _nearness(
    served: RankedTask, parts: RequestParts, decisions: Decisions, encoder: TextEncoder, kinds: Sequence[str]
) -> RequestNearness | None:
    """Compare what is requested, by an asker of these kinds, with the admitted candidates."""
    admitted, day = np.flatnonzero(decisions.admitted[0]), decisions.pairs.as_of
    if not served.data.candidate_text[admitted].any():
        return None  # and no text is encoded

    def near(texts: Floats) -> Floats:
        return served.own.near(texts, day)[:, admitted]

    return request_nearness(parts, near, encoder, offered=served.topics[admitted], kinds=kinds)
