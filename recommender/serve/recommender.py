"""Answers requests: candidates, scores, constraints, ranking, explanation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import node_type
from graph_schema.deadline import check_deadline
from graph_schema.errors import Fault, ModelError, NotFoundError, ValidationError
from graph_schema.model import NodeRef
from graph_schema.progress import Progress, silent
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import Task, get_task
from recommender.language.answers import (
    Answer,
    Audience,
    Lineage,
    ProbabilityNote,
    Reason,
    Recommendation,
    ServedBy,
    Verdict,
)
from recommender.language.text_facts import requests_in
from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.publish.bundle import Bundle, read_spec
from recommender.publish.probability import DESCRIBED, Calibration, meaning
from recommender.publish.promotion import why
from recommender.publish.registry import ModelRegistry
from recommender.reasons.explain import Explainer
from recommender.reasons.fitness import fitting, telling_words
from recommender.reasons.paths import PathSearch
from recommender.reasons.similarity import NearText, similarity_reason
from recommender.rules.askers import asker_of_profile, askers_of_nodes
from recommender.rules.base import Pairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import Decisions, decide
from recommender.serve.request_text import SCORER_SUFFIX, RequestNearness, request_nearness, with_request
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData
from recommender.snapshot.dated_facts import DatedFacts, today_in_korea
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from recommender.text.encoder import load_encoder
from recommender.text.protocol import TextEncoder
from stores.home import Home

_CELLS_AT_ONCE: Final = 16_000_000
_MOST_RESULTS: Final = 1_000
_MOST_REASONS: Final = 3


@dataclass(frozen=True)
class _Served:
    """A task with what is read once for it; ``by_id``: (C,) place of each candidate's address among them all."""

    task: Task
    data: TaskData
    candidates: Candidates
    by_id: Indices


@dataclass(frozen=True)
class _Ranked:
    """A result before it is worded: its decisions, its place in them, its score, how near its text is."""

    ref: NodeRef
    decisions: Decisions
    place: tuple[int, int]
    score: float
    near: NearText | None
    probability: float | None = None


class Recommender:
    """One snapshot with one model: equal questions get equal answers; threads may share it."""

    def __init__(self, snapshot: Snapshot, bundle: Bundle, encoder_factory: Callable[[], TextEncoder]) -> None:
        """Keep all three; ``encoder_factory`` is called once, when the first profile comes."""
        self.snapshot = snapshot
        self.bundle = bundle
        self._encoder_factory = encoder_factory
        self._facts = DatedFacts(snapshot)
        self._served: dict[str, _Served] = {}
        self._explainer: Explainer | None = None
        self._encoder: TextEncoder | None = None
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
            self._task(name)
            self.bundle.scorer(name)
        _ = self.explainer

    def recommend(
        self,
        task: str,
        query: NodeRef | Profile,
        *,
        n: int = 10,
        as_of: date | None = None,
        audience: Audience = Audience.COMPANY,
    ) -> Answer:
        """Up to ``n`` results for a node of the snapshot or a company that the request describes.

        Fewer where fewer are admitted: nothing is filled up. Equal scores are ordered by id. ``as_of`` is today in
        Korea by default. ``audience`` decides what reasons may tell of other companies. Raises ``NotFoundError`` for an
        unknown task or node, ``ValidationError`` for one that does not ask for this task or an ``n`` out of range.
        """
        served, day = self._task(task), as_of or today_in_korea()
        _check_n(n)
        if isinstance(query, Profile):
            return self._answer_profile(served, query, n, day, audience)
        self._check_node(query, served.task.query, f"ask for {served.task.en}")
        queries = served.data.queries([query])
        asker = askers_of_nodes(self._facts, query.label, np.array([self._position(query)]), day)
        scores = self._score(task, queries)[0]
        decisions = decide(served.task, Pairs(asker, served.candidates, day))
        nearness = _nearness(served.data.candidate_text, queries.text[0])
        chances = self._chances(task, standard(scores[None, :])[0])
        chosen = [
            _Ranked(
                served.candidates.refs[c],
                decisions,
                (0, int(c)),
                float(scores[c]),
                _near(nearness, int(c)),
                _at(chances, int(c)),
            )
            for c in best(scores, decisions.admitted[0], served.by_id, n)
        ]
        search = self.explainer.search(query, day, audience)

        def explain(item: _Ranked) -> tuple[Reason, ...]:
            paths, counts = self._found(search, item.ref, audience)
            likeness = () if paths else (self._likeness(query, item.ref, day, item),)
            return (*paths, *(like for like in likeness if like.attributes or not counts), *counts)

        return self._answer(task, day, chosen, decisions.excluded(), explain)

    def _found(
        self, search: PathSearch, result: NodeRef, audience: Audience
    ) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """Paths as reasons, and for who may not see others' dealings how many there are."""
        counts = () if audience is Audience.CITY else self.explainer.counts(search, result)
        return self.explainer.reasons(search, result)[: _MOST_REASONS - len(counts)], counts

    def _answer_profile(self, served: _Served, profile: Profile, n: int, day: date, audience: Audience) -> Answer:
        """Rank what is admitted by the model's score and by the text of the request, which no record holds."""
        queries = served.data.queries_for_profile(profile, self.encoder)
        pairs = Pairs(asker_of_profile(self._facts, profile, day), served.candidates, day)
        decisions = decide(served.task, pairs)
        columns = np.flatnonzero(decisions.admitted[0])
        scores = self._score(served.task.name, queries)[0][columns]
        nearness = self._request_nearness(served, profile, pairs, columns)
        if nearness is not None:
            scores = with_request(scores, nearness)
        chosen = [
            _Ranked(
                served.candidates.refs[columns[i]],
                decisions,
                (0, int(columns[i])),
                float(scores[i]),
                None if nearness is None else nearness.said(int(i)),
            )
            for i in best(scores, np.ones(len(columns), dtype=bool), served.by_id[columns], n)
        ]
        search = self.explainer.search(profile, day, audience)

        def explain(item: _Ranked) -> tuple[Reason, ...]:
            paths, counts = self._found(search, item.ref, audience)
            likeness = self._likeness(profile, item.ref, day, item)
            first = (likeness,) if likeness.attributes or not (paths or counts) else ()
            return (*first, *paths, *counts)

        suffix = "" if nearness is None else SCORER_SUFFIX
        return self._answer(served.task.name, day, chosen, decisions.excluded(), explain, suffix)

    def _request_nearness(
        self, served: _Served, profile: Profile, pairs: Pairs, columns: Indices
    ) -> RequestNearness | None:
        kinds = telling_words(pairs) if "target" in served.task.constraints else ()
        parts = requests_in(profile.text.strip() or served.data.industry_names(profile), pairs.as_of)
        return request_nearness(parts, served.data.candidate_text[columns], self.encoder, kinds=kinds)

    def _likeness(self, asker: NodeRef | Profile, result: NodeRef, day: date, item: _Ranked) -> Reason:
        also = fitting(item.decisions, item.place)
        return similarity_reason(self._facts, asker, result, day, item.near, also=also)

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Up to ``n`` askers who should hear of ``candidate``, judged one by one by the same rules.

        Raises as ``recommend`` does. Every asker of the snapshot is scored, some at a time. The answer names companies
        and tells of their dealings, so it is for the city alone.
        """
        served, day = self._task(task), as_of or today_in_korea()
        _check_n(n)
        self._check_node(candidate, served.task.candidate, f"be recommended as {served.task.en}")
        data, column = served.data, served.data.find_candidate(candidate)
        if column is None:
            raise NotFoundError(f"{candidate} is not among the candidates of {task!r} ({served.task.en})")
        scores, standard_scores = self._scores_of(task, data, column)
        chances = self._chances(task, standard_scores)
        judged, excluded = self._judge_all(served, candidate, day)
        admitted = np.concatenate([decisions.admitted[:, 0] for decisions in judged.values()])
        rows = best(scores, admitted, np.arange(len(scores)), n)
        nearness = self._nearness_of_askers(data, column)
        chosen = []
        for row in rows:
            ref = data.query_ref(int(row))
            place = (int(row) - data.query_space.starts[ref.label], 0)
            near, chance = _near(nearness, int(row)), _at(chances, int(row))
            chosen.append(_Ranked(ref, judged[ref.label], place, float(scores[row]), near, chance))
        search = self.explainer.search(candidate, day, Audience.CITY)

        def explain(item: _Ranked) -> tuple[Reason, ...]:
            paths = self.explainer.reasons(search, item.ref, backwards=True)
            return paths or (self._likeness(item.ref, candidate, day, item),)

        return self._answer(task, day, chosen, excluded, explain)

    def _task(self, name: str) -> _Served:
        with self._lock:
            if name not in self._served:
                task, data = get_task(name), self.bundle.data(name)
                refs = [data.candidate_ref(column) for column in range(data.n_candidates)]
                places = np.empty(len(refs), dtype=np.int64)
                places[sorted(range(len(refs)), key=refs.__getitem__)] = np.arange(len(refs))
                self._served[name] = _Served(task, data, Candidates(self._facts, refs), places)
            return self._served[name]

    def _check_node(self, ref: NodeRef, labels: Sequence[str], purpose: str) -> None:
        if ref.label not in labels:
            fault = Fault("id", str(ref), f"a {ref.label} cannot {purpose}", f"name a {' or '.join(labels)}")
            raise ValidationError("request", [fault])
        self._position(ref)

    def _position(self, ref: NodeRef) -> int:
        position = self.snapshot.vocabulary(ref.label).find(ref.id)
        if position is None:
            raise self.snapshot.missing(ref)
        return position

    def _score(self, task: str, queries: Queries) -> Floats:
        check_deadline()
        scores = self.bundle.scorer(task).score(queries)
        if not np.isfinite(scores).all():
            raise ModelError(f"model {self.bundle.version} gave scores that are no numbers for {task!r}; roll back")
        return scores

    def _scores_of(self, task: str, data: TaskData, column: int) -> tuple[Floats, Floats]:
        """Scores of one candidate for all askers, and the same as standard scores of each asker; both (Q,)."""
        rows_at_once = max(1, _CELLS_AT_ONCE // max(1, data.n_candidates))
        raw = [np.zeros(0, dtype=np.float32)]
        scaled = [np.zeros(0, dtype=np.float32)]
        for first in range(0, data.n_queries, rows_at_once):
            rows = np.arange(first, min(first + rows_at_once, data.n_queries))
            scores = self._score(task, data.queries_at(rows))
            raw.append(scores[:, column].copy())
            scaled.append(standard(scores)[:, column].copy())
        return np.concatenate(raw), np.concatenate(scaled)

    def _chances(self, task: str, standard_scores: Floats) -> npt.NDArray[np.float64] | None:
        """Probabilities of standard scores, None where the task's are not calibrated well enough to be given."""
        calibration = self.bundle.task_model(task).calibration
        return calibration.curve(standard_scores) if calibration is not None and calibration.given else None

    def _judge_all(self, served: _Served, candidate: NodeRef, day: date) -> tuple[dict[str, Decisions], dict[str, int]]:
        """Decisions on all askers by label, in the order of the task's rows, and the count of each rule."""
        one = Candidates(self._facts, [candidate])
        judged: dict[str, Decisions] = {}
        excluded: dict[str, int] = {}
        for label, positions in served.data.query_space.members.items():
            judged[label] = decide(served.task, Pairs(askers_of_nodes(self._facts, label, positions, day), one, day))
            for rule, count in judged[label].excluded().items():
                excluded[rule] = excluded.get(rule, 0) + count
        return judged, excluded

    @staticmethod
    def _nearness_of_askers(data: TaskData, column: int) -> Floats | None:
        texts = [data.vectors[label][at] for label, at in data.query_space.members.items() if len(at)]
        return _nearness(np.vstack(texts), data.candidate_text[column]) if texts else None

    def _answer(
        self,
        task: str,
        day: date,
        chosen: Sequence[_Ranked],
        excluded: dict[str, int],
        explain: Callable[[_Ranked], tuple[Reason, ...]],
        suffix: str | None = None,
    ) -> Answer:
        """Put an answer together; ``suffix`` of the scorer's name for a described company, None for a node."""
        lineage = Lineage(self.snapshot.id, self.bundle.version, self.bundle.config_hash)
        results = []
        for rank, item in enumerate(chosen, 1):
            check_deadline()
            results.append(self._result(rank, item, explain(item)))
        model = self.bundle.task_model(task)
        said, scorer = why(model.promotion), model.scorer + (suffix or "")
        verdict = "by_hand" if model.promotion is None else model.promotion.verdict.value
        served_by = ServedBy(scorer, verdict, said.ko, said.en)
        note = _probability_note(model.calibration, described=suffix is not None)
        return Answer(task, day.isoformat(), tuple(results), excluded, lineage, scorer, served_by, note)

    def _result(self, rank: int, item: _Ranked, reasons: tuple[Reason, ...]) -> Recommendation:
        table, row = self.snapshot.nodes(item.ref.label), self._position(item.ref)
        has_url = any(p.name == "url" for p in node_type(item.ref.label).properties)
        return Recommendation(
            rank,
            item.ref,
            self.snapshot.caption(item.ref),
            item.score,
            bool(table.column("synthetic")[row].as_py()),
            tuple(check for check in item.decisions.checks(*item.place) if check.verdict is not Verdict.OUT),
            reasons,
            table.column("url")[row].as_py() if has_url else None,
            item.probability,
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
        raise NotFoundError(f"no model serves in {registry.folder}; make one with `dure train`")
    path = registry.path(chosen)
    progress("open model", 0, 1)
    spec = read_spec(path)
    if encoder_name not in (None, spec.encoder):
        raise ModelError(
            f"model {chosen} reads texts with {spec.encoder!r}, not with {encoder_name!r}; set DURE_ENCODER to it, or "
            "train again"
        )
    snapshot = open_snapshot(files.snapshots, spec.snapshot_id)
    progress("open model", 1, 1)
    return Recommender(snapshot, Bundle(path, spec, snapshot), lambda: load_encoder(spec.encoder))


def best(scores: Floats, admitted: npt.NDArray[np.bool_], by_id: Indices, n: int) -> Indices:
    """Positions of the ``n`` best admitted scores, best first, equal ones by ``by_id``; fewer where fewer are."""
    positions = np.flatnonzero(admitted)
    order = np.lexsort((by_id[positions], -scores[positions]))
    return positions[order[:n]]


def _check_n(n: int) -> None:
    if not 1 <= n <= _MOST_RESULTS:
        fault = Fault("n", str(n), "the number of results is out of range", f"ask for 1 to {_MOST_RESULTS}")
        raise ValidationError("request", [fault])


def _nearness(texts: Floats, asked: Floats) -> Floats | None:
    """Cosine of each text to the asked one, None where either side has no text at all."""
    return texts @ asked if len(texts) and asked.any() else None


def _at(values: npt.NDArray[np.float64] | None, index: int) -> float | None:
    return None if values is None else float(values[index])


def _probability_note(calibration: Calibration | None, *, described: bool) -> ProbabilityNote:
    """Say what probabilities mean or why there are none; a described company gets none."""
    said = DESCRIBED if described else meaning(calibration)
    given = not described and calibration is not None and calibration.given
    return ProbabilityNote(calibration.months if given and calibration else None, said.ko, said.en)


def _near(values: Floats | None, index: int) -> NearText | None:
    """Share of the values that are greater than the one at ``index``."""
    return None if values is None else NearText(float((values > values[index]).mean()))
