"""Splits of an experiment: for valid and for test, what is known, who is asked, what counts, what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import NOTHING, Wording
from recommender.knowledge.dataset import NO_SPLIT, SPLITS, Dataset, Edges
from recommender.knowledge.known import NO_TIME, Known, Pairs, Questions, joined, oriented
from recommender.knowledge.spec import Spec, TaskSpec
from recommender.measure.arrays import Flags, Floats, Indices, Splits

StageName = Literal["valid", "test"]
TRAIN, VALID, TEST, VALID_CONTEXT, TEST_CONTEXT = range(len(SPLITS))

SLICES: Final = ("all", "warm", "few_shot", "cold_query", "cold_candidate")
"""By what is given with a question: 5 or more known pairs, 1 to 4, none; and by candidates without a known pair."""
WARM: Final = 5
"""Known pairs from which an asker counts as warm; below, and above none, as few-shot."""
_TEMPORAL_SHARE: Final = 0.9
"""A column split is by time where this share of the dated train rows lies before the window."""
_STRAY_SHARE: Final = 0.01
"""Share of a window's rows whose date may be wrong."""

_NO_QUERY: Final = Wording(
    "물을 수 없는 질의의 쌍(query_where, query_seen)", "of a query that may not ask (query_where, query_seen)"
)
_NO_CANDIDATE: Final = Wording(
    "후보가 아닌 것을 가리키는 쌍(candidate_where, candidate_seen)",
    "that lead to no candidate (candidate_where, candidate_seen)",
)
_KNOWN_ALREADY: Final = Wording("앞 구간에서 이미 알려진 쌍", "known already, from before the window")
"""Why a pair of a window asks nothing."""


@dataclass(frozen=True)
class Stage:
    """One window.

    ``known`` is learned from, ``questions`` are Q, ``positives`` and ``masked`` of shape (Q, C) the answers and the
    pairs that are no candidates, ``groups`` (Q,) what is resampled together.
    """

    name: StageName
    known: Known
    questions: Questions
    positives: sparse.csr_array
    masked: sparse.csr_array
    groups: Indices

    @property
    def is_candidate(self) -> Flags:
        """Which nodes of the candidate label are ranked, shape (C,)."""
        return self.known.is_candidate

    def members(self, name: str) -> Flags:
        """Which questions belong to a slice, shape (Q,)."""
        given = np.diff(self.questions.context.indptr)
        if name == "cold_candidate":
            return np.asarray(self.cold_positives.sum(axis=1) > 0).reshape(-1)
        chosen: Mapping[str, Flags] = {
            "all": given >= 0,
            "warm": given >= WARM,
            "few_shot": (given >= 1) & (given < WARM),
            "cold_query": given == 0,
        }
        return chosen[name]

    @property
    def cold_positives(self) -> sparse.csr_array:
        """Positives whose candidate has no known pair, shape (Q, C)."""
        unseen = np.bincount(self.known.pairs.candidate, minlength=len(self.known.candidates)) == 0
        cold = sparse.csr_array(self.positives @ sparse.diags_array(unseen.astype(np.float32)))
        cold.eliminate_zeros()
        return cold


class EmptyWindowError(EvaluationError):
    """A window has nothing to ask; rows that were left out before may be why."""


def assign_splits(dataset: Dataset) -> Splits:
    """Code of each target row, a place in ``SPLITS``; raises ``EvaluationError`` where the split cannot be made."""
    split, edges = dataset.spec.split, dataset.target
    file = f"{'__'.join(edges.key)}.csv"
    if not len(edges):
        raise EmptyWindowError(
            Wording(
                f"{file}: 쓸 수 있는 행이 없습니다. 행을 더하거나 있는 행을 고치십시오",
                f"{file} has no row that can be used; add some, or fix those it has",
            )
        )
    if split.kind == "column":
        if (edges.split == NO_SPLIT).all():
            raise EvaluationError(
                Wording(
                    f"{file}: 분할(split)이 적혀 있지 않습니다. split 열을 더하거나 [split]의 kind를 바꾸십시오",
                    f"{file} has no split; add the column, or choose another kind",
                )
            )
        # A row without a split is known from the start, as rows without time are.
        return np.where(edges.split == NO_SPLIT, TRAIN, edges.split).astype(np.int8)
    if split.kind == "global_time":
        first, second = moment(split.train_before), moment(split.valid_before)
        return np.select([edges.time >= second, edges.time >= first], [TEST, VALID], TRAIN).astype(np.int8)
    if split.kind == "random":
        numbers = _pair_numbers(edges, dataset.spec.task)
        return drawn(int(numbers.max()) + 1, split.share, np.random.default_rng(split.seed))[numbers]
    pairs, of_query = oriented(edges, dataset.spec.task), _codes_of_queries(dataset)
    codes = of_query[pairs.query]
    # A symmetric row belongs to the later of its two ends: what a held-out node takes part in is not known.
    return codes.reshape(2, -1).max(axis=0) if dataset.spec.task.symmetric else codes


def _pair_numbers(edges: Edges, task: TaskSpec) -> Indices:
    """Return the number of each row's pair, shape (edges,), in the order in which pairs first come.

    Where the relation is symmetric both ways round are one pair: in two windows one row would tell the other's answer.
    """
    ends = np.stack([edges.src, edges.dst], axis=1)
    if task.symmetric:
        ends.sort(axis=1)
    _, first, pair = np.unique(ends, axis=0, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[pair.reshape(-1)]


def _codes_of_queries(dataset: Dataset) -> Splits:
    """Window in which each query node is asked by an inductive split, shape (query nodes,)."""
    split = dataset.spec.split
    return drawn(len(dataset.nodes[dataset.spec.task.query]), split.share, np.random.default_rng(split.seed))


def drawn(size: int, share: float, rng: np.random.Generator) -> Splits:
    """Return places in ``SPLITS``, shape (size,): a random ``share`` for the test, as much of the rest for valid."""
    codes = np.full(size, TRAIN, dtype=np.int8)
    order = rng.permutation(size)
    test = max(1, round(share * size))
    valid = max(1, round(share * (size - test)))
    codes[order[:test]] = TEST
    codes[order[test : test + valid]] = VALID
    return codes


def build_stage(dataset: Dataset, name: StageName, vectors: Mapping[str, Floats]) -> Stage:
    """Return the valid or the test window; raises ``EvaluationError`` where nobody is asked in it."""
    task, target, codes = dataset.spec.task, dataset.target, assign_splits(dataset)
    refit = dataset.spec.split.refit == "train+valid"
    learned = codes == TRAIN
    if name == "test" and refit:
        learned |= (codes == VALID) | (codes == VALID_CONTEXT)
    wanted, with_question = (VALID, VALID_CONTEXT) if name == "valid" else (TEST, TEST_CONTEXT)
    start = window_start(dataset, codes, name)
    codes_known = {NO_SPLIT, TRAIN, with_question} | ({VALID, VALID_CONTEXT} if name == "test" and refit else set())
    relations = tuple(
        edges.take(~(edges.time >= start) & np.isin(edges.split, list(codes_known))) for edges in dataset.context
    )
    pairs = oriented(target.take(learned), task)
    known = Known(dataset, pairs, relations, _candidates(dataset, pairs), start, vectors)
    answers = oriented(target.take(codes == wanted), task)
    if dataset.spec.split.kind == "inductive":
        answers = answers.take(_codes_of_queries(dataset)[answers.query] == wanted)
    given = joined(pairs, oriented(target.take(codes == with_question), task))
    also_masked = oriented(target.take((codes == VALID) & (name == "test")), task)
    return ask(name, known, answers, given, also_masked)


def all_known(dataset: Dataset, vectors: Mapping[str, Floats]) -> Known:
    """Return all that a dataset holds as known; ``Known.before`` takes away what came later."""
    pairs = oriented(dataset.target, dataset.spec.task)
    return Known(dataset, pairs, dataset.context, _candidates(dataset, pairs), NO_TIME, vectors)


def ask(name: StageName, known: Known, answers: Pairs, given: Pairs, also_masked: Pairs) -> Stage:
    """Return the window in which ``answers`` are looked for by those who know ``given``."""
    dataset, shape = known.dataset, (len(known.queries), len(known.candidates))
    mask = dataset.spec.mask
    masked = joined(given, also_masked).matrix(shape) if mask.known else sparse.csr_array(shape, dtype=np.float32)
    if known.same_label and mask.self_:
        masked = sparse.csr_array(masked + sparse.eye_array(shape[0], dtype=np.float32))
        masked.data[:] = 1.0
    may_ask = known.queries.matching(known.task.query_where)
    if known.task.query_seen:
        may_ask &= np.diff(known.history.indptr) > 0
    kept = answers.take(may_ask[answers.query] & known.is_candidate[answers.candidate]).matrix(shape)
    kept = sparse.csr_array(kept - kept.multiply(masked))
    kept.eliminate_zeros()
    query = np.flatnonzero(np.diff(kept.indptr))
    if not len(query):
        raise EmptyWindowError(_nobody_asks(name, known, answers, may_ask))
    place = np.full(shape[0], -1, dtype=np.int64)
    place[query] = np.arange(len(query))
    mine = given.take(place[given.query] >= 0)
    questions = Questions(query, replace(mine, query=place[mine.query]), shape[1])
    positives = sparse.csr_array(kept[query])
    return Stage(
        name, known, questions, positives, sparse.csr_array(masked[query]), _events(known, questions, positives)
    )


def _nobody_asks(name: StageName, known: Known, answers: Pairs, may_ask: Flags) -> Wording:
    """Say why a window asks nobody: it has no rows, or of which kinds they are."""
    spec, file = known.dataset.spec, f"{'__'.join(known.dataset.target.key)}.csv"
    if not len(answers):
        when = _days(spec, known.dataset.target.time)
        cuts = Wording("split 열", "the column split") if spec.split.kind == "column" else Wording("[split]", "[split]")
        return Wording(
            f"{name} 구간에 물어볼 질의가 없습니다. {file}에 이 구간의 행이 없습니다{when.ko}. {cuts.ko}의 구분을 "
            "확인하십시오",
            f"nobody is asked in the {name} window: no row of {file} lies in it{when.en}; look at {cuts.en}",
        )
    asks, ranked = may_ask[answers.query], known.is_candidate[answers.candidate]
    kinds = Wording.joined(
        Wording(f"{each.ko} {int(rows.sum()):,}개", f"{int(rows.sum()):,} {each.en}")
        for each, rows in (
            (_NO_QUERY, ~asks),
            (_NO_CANDIDATE, asks & ~ranked),
            (_KNOWN_ALREADY, asks & ranked),
        )
        if rows.any()
    )
    return Wording(
        f"{name} 구간에 물어볼 질의가 없습니다. {file}에서 이 구간에 드는 쌍 {len(answers):,}개: {kinds.ko}. "
        "dataset.toml과 분할을 확인하십시오",
        f"nobody is asked in the {name} window; pairs of {file} in it: {kinds.en}; look at dataset.toml and the split",
    )


def _days(spec: Spec, times: npt.NDArray[np.datetime64]) -> Wording:
    """Return the first and the last day of rows, in brackets; nothing where they need none."""
    dated = times[~np.isnat(times)]
    if len(dated):
        first, last = (str(each.astype("datetime64[D]")) for each in (dated.min(), dated.max()))
        return Wording(f"(행의 날짜: {first} ~ {last})", f" (its rows are dated {first} to {last})")
    if spec.split.kind == "global_time":
        return Wording("(날짜가 있는 행이 없음)", " (none of its rows has a date)")
    return NOTHING


def window_start(dataset: Dataset, codes: Splits, name: StageName) -> np.datetime64:
    """First moment of a window, NaT where the split is not by time."""
    split, times = dataset.spec.split, dataset.target.time
    if split.kind == "global_time":
        return moment(split.train_before if name == "valid" else split.valid_before)
    inside = times[(codes == (VALID if name == "valid" else TEST)) & ~np.isnat(times)]
    earlier = times[(codes == TRAIN) & ~np.isnat(times)]
    if split.kind != "column" or not len(inside) or not len(earlier):
        return NO_TIME
    # A few rows with a date too early must not make the window one without time.
    for start in (inside.min(), np.sort(inside)[int(_STRAY_SHARE * len(inside))]):
        if (earlier < start).mean() >= _TEMPORAL_SHARE:
            return np.datetime64(start, "s")
    return NO_TIME


def days_of_test(dataset: Dataset) -> tuple[date, date] | None:
    """Return the first day of the test window and the one after the last answer; None where days do not split."""
    start = window_start(dataset, assign_splits(dataset), "test")
    if np.isnat(start):
        return None
    times = dataset.target.time
    first, last = (each.astype("datetime64[D]") for each in (start, times[~np.isnat(times)].max()))
    return first.item(), (last + 1).item()


def moment(day: date | datetime | None) -> np.datetime64:
    """Return a moment, or the start of a day, in whole seconds; raises ``ValueError`` for None."""
    return np.datetime64(str(day).replace(" ", "T"), "s")


def _candidates(dataset: Dataset, pairs: Pairs) -> Flags:
    nodes = dataset.nodes[dataset.spec.task.candidate]
    found = nodes.matching(dataset.spec.task.candidate_where)
    if dataset.spec.task.candidate_seen:
        found &= np.bincount(pairs.candidate, minlength=len(nodes)) > 0
    return found


def _events(known: Known, questions: Questions, positives: sparse.csr_array) -> Indices:
    """Name what each question's answers come from, shape (Q,): what query and answers first joined in the window.

    Where queries and candidates are of one kind, the partners of one project answer for the same event, so they are
    resampled together. Elsewhere each question stands for itself.
    """
    own = np.arange(len(questions), dtype=np.int64)
    if not known.same_label or np.isnat(known.start):
        return own
    groups, offset = own.copy(), len(questions)
    for edges in known.dataset.context:
        shared = _shared(edges, known, questions, positives)
        first = np.flatnonzero(np.diff(shared.indptr))
        groups[first] = offset + shared.indices[shared.indptr[first]]
        offset += shared.shape[1]
    return groups


def _shared(edges: Edges, known: Known, questions: Questions, positives: sparse.csr_array) -> sparse.csr_array:
    """Far nodes that each query and one of its answers are joined to from the window on, (Q, far nodes)."""
    late, label = edges.take(edges.time >= known.start), known.task.query
    if (edges.source == label) == (edges.target == label) or not len(late):
        return sparse.csr_array((len(questions), 1), dtype=np.float32)
    near, far = (late.src, late.dst) if edges.source == label else (late.dst, late.src)
    shape = len(known.queries), len(known.dataset.nodes[edges.target if edges.source == label else edges.source])
    joins = sparse.coo_array((np.ones(len(late), np.float32), (near, far)), shape=shape).tocsr()
    shared = sparse.csr_array(joins[questions.query].multiply(positives @ joins))
    shared.sort_indices()
    return shared
