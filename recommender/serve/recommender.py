"""Answers requests: candidates, scores, constraints, ranking, explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import relation_type
from graph_schema.deadline import check_deadline
from graph_schema.errors import Fault, ModelError, NotFoundError, ValidationError
from graph_schema.model import NodeRef
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import (
    Answer,
    Audience,
    Lineage,
    Reason,
    Recommendation,
    ServedBy,
    Verdict,
)
from recommender.language.requests import case_words
from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.publish.bundle import Bundle, read_bundle_spec
from recommender.publish.probability import Calibration
from recommender.publish.promotion import why
from recommender.publish.registry import ModelRegistry
from recommender.reasons.explain import Explainer
from recommender.reasons.fitness import fitting, met
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import Decisions, decide
from recommender.serve.asking import Asking, asking_of
from recommender.serve.listing import (
    Listing,
    Nearness,
    Ranked,
    not_a_candidate,
    probability_note,
    ranked,
    seen_as,
    set_back,
    ties,
    value_at,
    why_nothing,
)
from recommender.serve.many_lists import ManyLists, Ranking
from recommender.serve.newcomer_lists import NewcomerLists
from recommender.serve.ordering import ASKER_TIES_NOTE, LARGEST_SHARE, gathered, ordered, says_nothing
from recommender.serve.own_text import ByText
from recommender.serve.ranked_task import RankedTask
from recommender.serve.scores import Scores
from recommender.serve.takers import (
    NEWCOMERS_NOTE,
    UNSTATED_NOTE,
    USE_NOTE,
    AllAskers,
    AskerTexts,
    eligible,
    scored_askers,
)
from recommender.snapshot.dated_facts import DatedFacts, today_in_korea
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from recommender.text.encoder import load_encoder
from recommender.text.protocol import TextEncoder
from stores.home import Home

_MOST_RESULTS: Final = 1_000
"""More than any page shows; reasons are worded for each."""
_MOST_REASONS: Final = 3
"""More reasons would not be read, and further ones are weaker."""


class Recommender:
    """One snapshot with one model: equal questions get equal answers; threads may share it."""

    def __init__(
        self,
        snapshot: Snapshot,
        bundle: Bundle,
        encoder_factory: Callable[[], TextEncoder],
        scores: Path | None = None,
    ) -> None:
        """Keep all; ``encoder_factory`` is called once, when the first profile comes.

        ``scores`` is where scores of the bundle that were worked out beforehand belong, whether they are there or not.
        """
        self.snapshot = snapshot
        self.bundle = bundle
        self.scores = Scores(bundle, scores)
        self._encoder_factory = encoder_factory
        self._facts = DatedFacts(snapshot)
        self._served: dict[str, RankedTask] = {}
        self._explainer: Explainer | None = None
        self._encoder: TextEncoder | None = None
        self._all_askers = AllAskers(self._facts)
        self._lock = RLock()

    @property
    def explainer(self) -> Explainer:
        """Path search over the whole snapshot; memory grows by about 40 bytes a relationship."""
        with self._lock:
            if self._explainer is None:
                network = Network(self._facts)
                _ = network.hubs
                self._explainer = Explainer(network)
            return self._explainer

    @property
    def encoder(self) -> TextEncoder:
        """Encoder of profiles; raises ``ConfigError`` or ``ModelError`` where it cannot be loaded."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._encoder_factory()
            return self._encoder

    def warm_up(self, tasks: Sequence[str] | None = None) -> None:
        """Read what the first request would wait for; all tasks of the model unless some are named."""
        for name in self.bundle.tasks if tasks is None else tasks:
            self._task(name).warm_up()
            self.bundle.scorer(name)
            self.scores.kept(name)
        _ = self.explainer

    def warm_up_reverse(self) -> None:
        """Read of all askers what questions in reverse share, by asking one today where most has to be judged."""
        served = [self._task(name) for name in self.bundle.tasks]
        most = max(served, key=lambda each: (len(each.task.constraints), each.data.n_candidates))
        if most.data.n_queries:  # what is closed to everybody would have nobody scored
            for item in self.recommend(most.task.name, most.data.query_ref(0), n=1).recommendations:
                self.reverse(most.task.name, item.ref, n=1)

    def recommend(
        self,
        task: str,
        query: NodeRef | Profile,
        *,
        n: int = 10,
        as_of: date | None = None,
        audience: Audience = Audience.COMPANY,
        case: str = "",
    ) -> Answer:
        """Up to ``n`` results for a node of the snapshot or a company that the request describes.

        Fewer where fewer are admitted: nothing is filled up. Equal scores are ordered by what is known of the asker
        (``ordering``), and results that nobody can tell apart are one. ``as_of`` is today in
        Korea by default. ``audience`` decides what reasons may tell of other companies. ``case`` is what the asker
        needs this time, in words; a ``Need`` asks as its company with its own words. Raises ``NotFoundError`` for an
        unknown task or node, ``ValidationError`` for one that does not ask for this task or an ``n`` out of range.
        """
        served, day = self._task(task), as_of or today_in_korea()
        _check_n(n)
        if isinstance(query, NodeRef) and query.label == "Need":
            query, case = self._case(query)
        if isinstance(query, NodeRef):
            self._check_node(query, served.task.query, f"ask for {served.task.en}")
        asking = asking_of(served, query, day, case, lambda: self.encoder)
        asking = replace(asking, model=self.scores.of(task, asking.questions)[0])
        decisions, scores = asking.decisions, asking.scores
        order = ordered(scores, decisions.admitted[0], served.by_id, asking.tie_breakers(), asking.unlikely)
        chances = None if asking.unrecorded else self._chances(task, asking.model)
        near = asking.near(order.positions)
        chosen = [
            ranked(served, decisions, line, scores, near(line.position), value_at(chances, line.position))
            for line in gathered(order, n, scores, served.look, lambda c: seen_as(decisions, scores, c))
        ]
        notes = (*asking.remarks, *ties(chosen), *set_back(chosen, asking.unlikely))
        excluded, suffix = decisions.excluded(), asking.suffix
        listing = Listing(served, day, chosen, excluded, notes, suffix, unrecorded=asking.unrecorded)
        return self._answer(listing, self._reasons(asking, chosen, audience))

    def _case(self, need: NodeRef) -> tuple[NodeRef | Profile, str]:
        """Return who asks with a need, its company or else nobody known, and its words."""
        row = self.snapshot.find(need)
        node = self.snapshot.node(need)
        words = case_words(str(node.get("title") or ""), str(node.get("text") or ""))
        edges = self.snapshot.edges(relation_type("Company", "NEEDS", "Need"))
        owners = edges.src[(edges.dst == row) & (edges.src >= 0)]
        if not len(owners):
            return Profile(words), words
        return NodeRef("Company", self.snapshot.vocabulary("Company").id(int(owners[0]))), words

    def _reasons(self, asking: Asking, chosen: Sequence[Ranked], audience: Audience) -> Iterator[tuple[Reason, ...]]:
        """Yield of each result its paths as reasons, how many dealings others have, what is alike.

        Who may see others' dealings finds them among the paths. Who asks in words is told what fits these first, a
        node of the graph only where no path leads to the result.
        """
        search, refs = self.explainer.search(asking.asker, asking.day, audience), [item.ref for item in chosen]
        counted = [()] * len(refs) if audience is Audience.CITY else self.explainer.counts(search, refs)
        for item, found, counts in zip(chosen, self.explainer.reasons(search, refs), counted, strict=True):
            paths = found[: _MOST_REASONS - len(counts)]
            common: tuple[Reason, ...] = ()
            if asking.described or not paths:
                likeness = asking.likeness(item)
                common = (likeness,) if likeness.attributes or not (paths or counts) else ()
            yield (*common, *paths, *counts)

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Up to ``n`` askers who should hear of ``candidate``, judged one by one by the same rules.

        Raises as ``recommend`` does. Of the askers that the rules admit, the likeliest are scored (``takers``). The
        answer names companies and tells of their dealings, so it is for the city alone.
        """
        served, day = self._task(task), as_of or today_in_korea()
        _check_n(n)
        self._check_node(candidate, served.task.candidate, f"be recommended as {served.task.en}")
        data, column = served.data, served.data.find_candidate(candidate)
        if column is None:
            raise not_a_candidate(candidate, served.task)
        judged, excluded = self._judge_all(served, candidate, day)
        who = eligible(list(judged.values()))
        nearness, speaks = texts = AskerTexts(served.own.of_askers(column, day), served.own.askers_speak(day))
        scored = scored_askers(NewcomerLists(served, self.scores, day), column, who, texts, n)
        rows, recorded = scored.rows, scored.by_text != ByText.REAL
        meets = np.concatenate([met(decisions)[:, 0] for decisions in judged.values()])
        then = (*(() if nearness is None else (speaks.astype(np.float32), nearness)), meets, served.activity)
        every = np.ones(len(rows), dtype=bool)
        order = ordered(scored.compared, every, rows, [key[rows] for key in then], who.unlikely[rows])
        near = Nearness(nearness, np.flatnonzero(who.admitted))
        chosen, lines = [], order.first(n)
        first = np.array([line.position for line in lines], dtype=np.int64)
        chances = self._chances_in_lists(served, rows[first], column)
        if chances is not None:
            chances = np.where(recorded[first], chances, np.nan)
        for place_in_list, line in enumerate(lines):
            row, ref = int(rows[line.position]), data.query_ref(int(rows[line.position]))
            place = (row - data.query_space.starts[ref.label], 0)
            said = near.of(row) if speaks[row] else None
            if said is not None:
                said = replace(said, work=served.own.nearest_work(ref.label, self.snapshot.find(ref), column, day))
            score, chance = float(scored.scores[line.position]), value_at(chances, place_in_list)
            item = Ranked(ref, judged[ref.label], place, score, said, chance, line.tied, line.others)
            chosen.append(replace(item, recorded=bool(recorded[line.position])))
        search = self.explainer.search(candidate, day, Audience.CITY)
        found = self.explainer.reasons(search, [item.ref for item in chosen], backwards=True)
        likeness = served.likeness(day)

        def alike(item: Ranked) -> Reason:
            return likeness.reason(item.ref, candidate, item.near, also=fitting(item.decisions, item.place))

        reasons = (paths or (alike(item),) for item, paths in zip(chosen, found, strict=True))
        noted = (
            (USE_NOTE, scored.used.any()),
            (UNSTATED_NOTE, who.unlikely[rows[first]].any()),
            (NEWCOMERS_NOTE, not recorded[first].all()),
        )
        notes = (*(note for note, holds in noted if holds), *ties(chosen, ASKER_TIES_NOTE))
        return self._answer(Listing(served, day, chosen, excluded, notes, askers=True), reasons)

    def lists(self, task: str, *, n: int = 10, as_of: date | None = None) -> ManyLists:
        """Return the lists of all askers of a task, made in blocks, as the city may read them."""
        _check_n(n)
        served, calibration = self._task(task), self._calibration(task)
        by = Ranking(served, self._facts, self.explainer.network, partial(self.scores.of, task), calibration)
        return ManyLists(by, n, as_of or today_in_korea())

    def _task(self, name: str) -> RankedTask:
        with self._lock:
            if name not in self._served:
                learned = self.bundle.task_model(name).text_share
                share = 1.0 if learned is None else learned.chosen
                self._served[name] = RankedTask(get_task(name), self.bundle.data(name), self._facts, share)
            return self._served[name]

    def _check_node(self, ref: NodeRef, labels: Sequence[str], purpose: str) -> None:
        if ref.label not in labels:
            reason = Wording(f"{ref.label}에는 맞지 않는 요청입니다", f"a {ref.label} cannot {purpose}")
            remedy = Wording(f"다음 가운데 하나를 적으십시오: {', '.join(labels)}", f"name a {' or '.join(labels)}")
            raise ValidationError("request", [Fault("id", str(ref), reason, remedy)])
        self.snapshot.find(ref)

    def _chances_in_lists(self, served: RankedTask, rows: Indices, column: int) -> npt.NDArray[np.float64] | None:
        """Probabilities of one candidate in the lists of some askers, (rows,), as ``_chances`` gives them."""
        calibration = self._calibration(served.task.name)
        if calibration is None:
            return None
        scores = self.scores.of(served.task.name, served.data.known.history_of(rows))
        found = standard(scores, column)[:, 0]
        usual = (scores == scores[:, [column]]).mean(axis=1) > LARGEST_SHARE
        return np.where(usual | says_nothing(found), np.nan, calibration.curve(found))

    def _calibration(self, task: str) -> Calibration | None:
        """Return the task's calibration, None where its probabilities are not good enough to be given."""
        calibration = self.bundle.task_model(task).calibration
        return calibration if calibration is not None and calibration.given else None

    def _chances(self, task: str, scores: Floats) -> npt.NDArray[np.float64] | None:
        """Probabilities of one asker's scores (C,), NaN for a score of most; None where none are given."""
        calibration = self._calibration(task)
        if calibration is None:
            return None
        return np.where(says_nothing(scores), np.nan, calibration.curve(standard(scores[None, :])[0]))

    def _judge_all(
        self, served: RankedTask, candidate: NodeRef, day: date
    ) -> tuple[dict[str, Decisions], dict[str, int]]:
        """Decisions on all askers by label, in the order of the task's rows, and the count of each rule."""
        one = Candidates(self._facts, [candidate])
        judged: dict[str, Decisions] = {}
        excluded: dict[str, int] = {}
        for label, positions in served.data.query_space.members.items():
            judged[label] = decide(served.task, CandidatePairs(self._all_askers.of(label, positions, day), one, day))
            for rule, count in judged[label].excluded().items():
                excluded[rule] = excluded.get(rule, 0) + count
        return judged, excluded

    def _answer(self, listing: Listing, reasons: Iterable[tuple[Reason, ...]]) -> Answer:
        """Put an answer together of a list and the reasons of each of its results."""
        lineage = Lineage(self.snapshot.id, self.bundle.version, self.bundle.config_hash)
        task = listing.served.task.name
        model = self.bundle.task_model(task)
        results = []
        for rank, (item, found) in enumerate(zip(listing.chosen, reasons, strict=True), 1):
            check_deadline()
            results.append(self._result(rank, item, found, model.calibration))
        said, scorer = why(model.promotion), model.scorer + listing.suffix
        verdict = "by_hand" if model.promotion is None else model.promotion.verdict.value
        served_by = ServedBy(said.ko, said.en, scorer, verdict)
        return Answer(
            task,
            listing.day.isoformat(),
            tuple(results),
            listing.excluded,
            lineage,
            scorer,
            served_by,
            probability_note(model.calibration, listing),
            (*why_nothing(listing), *listing.notes),
        )

    def _result(
        self, rank: int, item: Ranked, reasons: tuple[Reason, ...], calibration: Calibration | None
    ) -> Recommendation:
        value = partial(self.snapshot.value, item.ref)
        return Recommendation(
            rank,
            item.ref,
            self.snapshot.caption(item.ref),
            item.score,
            bool(value("synthetic")),
            tuple(check for check in item.decisions.checks(*item.place) if check.verdict is not Verdict.OUT),
            reasons,
            value("url"),
            item.probability,
            None if item.probability is None or calibration is None else calibration.grade(item.probability),
            item.tied,
            item.alike,
        )


def open_recommender(
    home: Path, *, version: str | None = None, encoder_name: str | None = None, progress: Progress = silent
) -> Recommender:
    """Open a model under ``home`` (the one that serves by default) with the snapshot that it was trained on.

    ``home`` holds ``snapshots`` and ``models``. Texts of profiles are encoded in memory and kept nowhere. Raises
    ``NotFoundError`` where there is no model or its snapshot is gone, ``ModelError`` where it is damaged or was
    trained with another text encoder than ``encoder_name``.
    """
    files = Home(home)
    registry = ModelRegistry(files.models)
    chosen = version or registry.current()
    if chosen is None:
        raise NotFoundError(
            Wording(
                f"{registry.folder}: 서비스 중인 모델이 없습니다. `dure train`으로 학습하십시오",
                f"no model serves in {registry.folder}; make one with `dure train`",
            )
        )
    path = registry.path(chosen)
    progress("open model", 0, 1)
    spec = read_bundle_spec(path)
    if encoder_name not in (None, spec.encoder):
        raise ModelError(
            Wording(
                f"모델 {chosen}의 학습에 쓰인 텍스트 모델({spec.encoder!r})과 설정된 텍스트 모델({encoder_name!r})이 "
                "다릅니다. DURE_ENCODER를 학습 때와 같게 바꾸거나 다시 학습하십시오",
                f"model {chosen} reads texts with {spec.encoder!r}, not with {encoder_name!r}; set DURE_ENCODER to it, "
                "or train again",
            )
        )
    snapshot = open_snapshot(files.snapshots, spec.snapshot_id)
    progress("open model", 1, 1)
    encoder = partial(load_encoder, spec.encoder)
    return Recommender(snapshot, Bundle(path, spec, snapshot), encoder, files.scores / chosen)


def _check_n(n: int) -> None:
    if not 1 <= n <= _MOST_RESULTS:
        reason = Wording("결과의 개수가 범위를 벗어났습니다", "the number of results is out of range")
        remedy = Wording(f"1부터 {_MOST_RESULTS}까지 적으십시오", f"ask for 1 to {_MOST_RESULTS}")
        raise ValidationError("request", [Fault("n", str(n), reason, remedy)])
