"""Relations that hold the answers: mirrors of the target, copies of a window, and ways round by a third node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import (
    DENSE,
    FEWEST,
    Evidence,
    PairCodes,
    chance,
    contained,
    distinct,
    edge_file,
    far_more_often,
)
from recommender.knowledge.dataset import Edges
from recommender.measure.arrays import Flags, Indices

_UNLIKELY: Final = 1e-3
"""Chance of as many hits by unrelated rows, below which they are refused: one honest folder in a thousand."""
_MIRROR_COVERAGE: Final = 0.5
"""Share of the answers that a copy of the target must hold."""
_MIRROR_PRECISION: Final = 0.95
"""Share of its rows that are answers: a copy may have been edited, an honest relation is far below."""
_LATE_PRECISION: Final = {True: 0.8, False: 0.3}
"""Share of answers among what a relation says of the questions, dated rows or not, where it says little of the past."""
_NEARLY_ALL: Final = 0.9
"""Share of answers that a relation of the window alone reaches."""
_HARDLY_ANY: Final = 0.1
"""Share of the past that it reaches: one that was always there reaches both alike."""
_ASKED_SAMPLE: Final = 256
"""Askers looked at: a share of them is known within some hundredths, and all ways stay within a minute."""
_LEARNED_SAMPLE: Final = 5_000
"""Known pairs looked at, likewise."""
_MOST_PATHS: Final = 20_000_000
"""Paths by a way over two relations, past which the way is too common to say anything and too dear to count."""
_MOST_WAYS: Final = 400
"""Pairs of relations looked at, the most frequent first: time grows with their square."""
_SYMMETRIC: Final = 0.95
"""Share of pairs that come back the other way, from which a relation is symmetric."""


@dataclass(frozen=True)
class Hint:
    """What a relation, or a way over two, says: ``pairs`` of queries and candidates that it joins.

    ``questions`` are the query nodes that are looked at, ``answers`` theirs, ``learned_share`` is the share of learned
    pairs that the relation joins, of ``learned_of``. ``whole`` tells that ``pairs`` are all that it joins.
    """

    name: Wording
    pairs: PairCodes
    questions: Indices
    answers: PairCodes
    learned_share: float
    learned_of: int
    dated: bool
    whole: bool


def refuse_hints(evidence: Evidence) -> None:
    """Raise where a relation between the two labels, in either direction, holds answers of the window.

    Refused is a relation that says next to nothing but answers and says a good part of them, and one that holds answers
    far more often than it holds learned pairs. A relation that holds some of both alike, or answers among much else, is
    a legitimate one.
    """
    if evidence.is_dense:
        return
    for hint in _direct(evidence):
        reason = _mirror(evidence, hint) or _of_the_window(evidence, hint)
        if reason:
            _refuse(evidence, hint, reason)
    for hint in _two_steps(evidence):
        reason = _mirror(evidence, hint)
        if reason:
            _refuse(evidence, hint, reason)


def refuse_reverse_of_target(evidence: Evidence) -> None:
    """Raise where known target rows are the answers the other way round.

    Following back is legitimate: some pairs are returned, then and now. It is no longer where practically every pair of
    the file is, so that the relation has no direction, or where practically all answers are and hardly a learned pair.
    """
    task = evidence.dataset.spec.task
    if not evidence.same_label or task.symmetric or evidence.is_dense:
        return
    whole = evidence.codes_of_rows(np.ones(len(evidence.dataset.target), dtype=bool))
    whole = whole[_turned(evidence, whole) != whole]
    if len(whole) > DENSE * len(evidence.candidates) ** 2:
        return
    known = np.sort(_turned(evidence, evidence.learned_pairs))
    hits = evidence.answers[contained(evidence.answers, known)]
    returned = contained(_turned(evidence, whole), whole).mean() if len(whole) else 0.0
    past = contained(evidence.learned_pairs, known)
    many = len(hits) >= max(FEWEST, _NEARLY_ALL * len(evidence.answers))
    late = many and past.mean() <= _HARDLY_ANY
    late = late and far_more_often(len(hits), len(evidence.answers), int(past.sum()), len(past))
    if len(hits) >= FEWEST and (returned >= _SYMMETRIC or late):
        window, one, answers = evidence.stage.name, evidence.name(hits[0]), len(evidence.answers)
        raise EvaluationError(
            Wording(
                f"{evidence.file}: {window} 구간의 정답 {answers}개 중 {len(hits)}개가 방향만 바뀐 채 이미 알려져 "
                f"있습니다(예: {one.ko}). 양방향으로 있는 쌍이 전체의 {returned:.0%}, 학습한 쌍의 "
                f"{past.mean():.0%}입니다. [task]에 symmetric = true를 적거나 양방향을 한 분할에 넣으십시오",
                f"{evidence.file}: {len(hits)} of {answers} answers of the {window} window are known the other way "
                f"round, one of {one.en}, and {returned:.0%} of all pairs stand in both directions, "
                f"{past.mean():.0%} of those learned; set symmetric = true in [task], or put both directions into one "
                "split",
            )
        )


def refuse_relations_of_context(evidence: Evidence) -> None:
    """Raise where a known relation repeats the context of the questions, which other questions must not see."""
    context = evidence.given_pairs[~contained(evidence.given_pairs, evidence.learned_pairs)]
    if not len(context):
        return
    new = np.zeros(len(evidence.queries), dtype=bool)
    new[context // len(evidence.candidates)] = True
    new[evidence.learned_pairs // len(evidence.candidates)] = False
    for edges in evidence.stage.known.relations:
        for pairs in _orientations(evidence, edges):
            said = pairs[new[pairs // len(evidence.candidates)]]
            hits = said[contained(said, context)]
            enough = len(hits) >= max(FEWEST, 0.1 * len(context)) and len(hits) >= 0.8 * len(said)
            total = int(new.sum()) * len(evidence.candidates)
            if enough and chance(len(hits), len(said), len(context), total) < _UNLIKELY:
                raise _repeats_context(evidence, edge_file(edges), hits)


def _repeats_context(evidence: Evidence, file: str, hits: PairCodes) -> EvaluationError:
    window, one = evidence.stage.name, evidence.name(hits[0])
    return EvaluationError(
        Wording(
            f"{file}: 행 {len(hits)}개가 {window} 구간 질의의 문맥을 되풀이해 다른 모든 질의에도 알려집니다(예: "
            f"{one.ko}). 행에 그 사실의 시각을 적거나 그 행을 빼십시오",
            f"{file}: {len(hits)} of its rows repeat the context of questions of the {window} window, one of "
            f"{one.en}, and are known to every other question; give its rows the time of the facts, or leave those "
            "rows out",
        )
    )


def _refuse(evidence: Evidence, hint: Hint, reason: Wording) -> None:
    hits = hint.pairs[contained(hint.pairs, hint.answers)]
    window, one = evidence.stage.name, evidence.name(hits[0])
    raise EvaluationError(
        Wording(
            f"{hint.name.ko}: {window} 구간에서 묻는 것을 되풀이하는 관계입니다. {reason.ko}(예: {one.ko}). 관계를 "
            "빼거나 각 행에 알려진 시각을 적으십시오",
            f"{hint.name.en}: {reason.en}, one of {one.en}: it repeats what the {window} window asks for; leave the "
            "relation out, or give its rows the time when they became known",
        )
    )


def _mirror(evidence: Evidence, hint: Hint) -> Wording | None:
    """Say why where what the relation says of the questions are answers, of this window or a later one."""
    said = evidence.open(hint.pairs)
    right, hits = contained(said, evidence.future), int(contained(hint.answers, hint.pairs).sum())
    size = len(evidence.learned_pairs) + len(evidence.future)
    same = hint.whole and hits and len(hint.pairs) == size and int(_in_target(evidence, hint.pairs).sum()) == size
    good = hits >= max(FEWEST, _MIRROR_COVERAGE * len(hint.answers)) and right.mean() >= _MIRROR_PRECISION
    by_chance = _by_chance(evidence, hint, int(right.sum()), len(said)) if good else 1.0
    if same or (good and by_chance < _UNLIKELY):
        answers, true = len(hint.answers), int(right.sum())
        return Wording(
            f"정답 {answers}개 중 {hits}개를 잇고, 정답일 수 있는 쌍 가운데 이 관계가 잇는 {len(said)}개 중 {true}개가 "
            "정답입니다",
            f"it joins {hits} of {answers} answers, and {true} of the {len(said)} pairs it joins of those that may be "
            "answers are answers",
        )
    return None


def _in_target(evidence: Evidence, pairs: PairCodes) -> Flags:
    return contained(pairs, evidence.learned_pairs) | contained(pairs, evidence.future)


def _by_chance(evidence: Evidence, hint: Hint, hits: int, drawn: int) -> float:
    """Probability of as many hits among pairs drawn blindly from those that may be answers."""
    marked = np.isin(evidence.future // len(evidence.candidates), hint.questions).sum()
    return chance(hits, drawn, int(marked), evidence.n_open(len(hint.questions)))


def _of_the_window(evidence: Evidence, hint: Hint) -> Wording | None:
    """Say why where the relation holds answers far more often than learned pairs."""
    said, hits = evidence.open(hint.pairs), int(contained(hint.answers, hint.pairs).sum())
    if hits < FEWEST or not len(said):
        return None
    precision, coverage = contained(said, evidence.future).mean(), hits / len(hint.answers)
    past = round(hint.learned_share * hint.learned_of)
    lopsided = far_more_often(hits, len(hint.answers), past, hint.learned_of)
    all_late = coverage >= _NEARLY_ALL and hint.learned_share <= _HARDLY_ANY and not hint.dated
    by_chance = _by_chance(evidence, hint, hits, len(said))
    if lopsided and (all_late or precision >= _LATE_PRECISION[hint.dated]) and by_chance < _UNLIKELY:
        answers, share = len(hint.answers), hint.learned_share
        return Wording(
            f"정답 {answers}개는 {coverage:.0%}를 잇지만, 학습한 쌍은 {share:.0%}만 잇습니다",
            f"it joins {coverage:.0%} of {answers} answers, but {share:.0%} of the learned pairs",
        )
    return None


def _direct(evidence: Evidence) -> Iterator[Hint]:
    """Yield what relations between the two labels say."""
    for edges in evidence.stage.known.relations:
        # Without a window in time a date proves nothing.
        dated = evidence.temporal and not np.isnat(edges.time).any()
        for pairs in _orientations(evidence, edges):
            share = float(contained(evidence.learned_pairs, pairs).mean()) if len(evidence.learned_pairs) else 0.0
            size = len(evidence.learned_pairs)
            asked = evidence.stage.questions.query
            file = edge_file(edges)
            yield Hint(Wording(file, file), pairs, asked, evidence.answers, share, size, dated, whole=True)


def _orientations(evidence: Evidence, edges: Edges) -> Iterator[PairCodes]:
    """Yield edges as pairs of query and candidate: both ways where the labels allow, at once where there is no way."""
    task, ends = evidence.dataset.spec.task, (edges.source, edges.target)
    ways = [evidence.codes(edges.src, edges.dst)] if ends == (task.query, task.candidate) else []
    if ends == (task.candidate, task.query):
        ways.append(evidence.codes(edges.dst, edges.src))
    if task.symmetric and ways:
        ways = [distinct(np.concatenate(ways))]
    yield from ways


def _turned(evidence: Evidence, codes: PairCodes) -> PairCodes:
    query, candidate = np.divmod(codes, len(evidence.candidates))
    return np.asarray(candidate * len(evidence.candidates) + query)


def _two_steps(evidence: Evidence) -> Iterator[Hint]:
    """Yield what two relations that meet in a third node say of a sample of the questions."""
    known, rng = evidence.stage.known, np.random.default_rng(0)
    near = known.adjacency(evidence.queries.label)
    far = near if evidence.same_label else known.adjacency(evidence.candidates.label)
    ways = [(one, other) for one in near for other in far if _meets(one) == _meets(other)]
    ways.sort(key=lambda way: way[0] != way[1])
    asked = evidence.stage.questions.query
    sample = np.sort(rng.permutation(asked)[:_ASKED_SAMPLE])
    learned = rng.permutation(evidence.learned_pairs)[:_LEARNED_SAMPLE]
    answers = evidence.answers[np.isin(evidence.answers // len(evidence.candidates), sample)]
    for one, other in ways[:_MOST_WAYS]:
        first, second = near[one], far[other]
        if first[sample].sum(axis=0) @ second.sum(axis=0) > _MOST_PATHS:
            continue
        share = float(_joined(first, second, learned, len(evidence.candidates)).mean()) if len(learned) else 0.0
        cells = sparse.coo_array(first[sample] @ second.T)
        pairs = evidence.codes(sample[cells.row], cells.col)
        first_file, second_file = (f"edges/{'__'.join(key[:3])}.csv" for key in (one, other))
        name = Wording(f"{first_file}, {second_file}", f"{first_file} with {second_file}")
        yield Hint(name, pairs, sample, answers, share, len(learned), dated=True, whole=False)


def _meets(key: tuple[str, str, str, str]) -> str:
    """Label at the far end of a key of ``Known.adjacency``."""
    return key[2] if key[3] == "out" else key[0]


def _joined(first: sparse.csr_array, second: sparse.csr_array, codes: PairCodes, width: int) -> Flags:
    query, candidate = np.divmod(codes, width)
    return np.asarray(first[query].multiply(second[candidate]).sum(axis=1) > 0).reshape(-1)
