"""Target rows: copies between splits, rows dated after the cut, context that others see, and the stage's own masks."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import RARE, Evidence, contained, edge_file, far_more_often
from recommender.knowledge.stages import TEST, TRAIN, VALID
from recommender.measure.arrays import Flags

_MOST: Final = 0.5
"""Share of the late rows that are of those asked: more than half is no accident."""
_MANY_ASKERS: Final = 0.1
"""A split is by query where most late rows are of those asked, and of as many of them as no accident makes."""
_ALIKE: Final = 5
"""Two windows repeat train rows about as often where their shares are within this factor."""

_PLACES: Final = {
    "train": Wording("train", "train"),
    "context": Wording("같은 질의의 문맥", "context of the same question"),
}


def refuse_wrong_stage(evidence: Evidence) -> None:
    """Raise where what is known, given or masked is not what the folder allows in this window."""
    known, stage = evidence.stage.known, evidence.stage
    pairs = evidence.codes(known.pairs.query, known.pairs.candidate)
    _refuse_pairs(
        evidence,
        pairs[~contained(pairs, evidence.learned_pairs)],
        Wording("알려져", "known"),
        Wording("구간 이전의 행만 학습하십시오", "learn from rows before the window only"),
    )
    given = evidence.given_pairs
    _refuse_pairs(
        evidence,
        given[~contained(given, evidence.learned_pairs) & ~contained(given, evidence.context_pairs)],
        Wording("질의와 함께 주어져", "given with a question"),
        Wording(
            "질의마다 자기 이력과 문맥만 주십시오",
            "give each question its own history and context only",
        ),
    )
    if evidence.dataset.spec.mask.known:
        _refuse_pairs(
            evidence,
            evidence.answers[contained(evidence.answers, given)],
            Wording("질의와 함께 주어졌으면서 정답에도 들어", "given and an answer at once"),
            Wording("그 쌍을 가리십시오", "mask them"),
        )
    for edges in known.relations:
        late = edges.time >= known.start
        if late.any():
            row = int(np.argmax(late))
            source, target = known.dataset.nodes[edges.source], known.dataset.nodes[edges.target]
            one, other = source.ids[edges.src[row]], target.ids[edges.dst[row]]
            file, count, day = edge_file(edges), int(late.sum()), edges.time[row]
            raise EvaluationError(
                Wording(
                    f"{file}: {stage.name} 구간이나 그 뒤의 날짜인 행 {count}개가 알려져 있습니다(구간 시작 "
                    f"{known.start}, 예: {one} → {other}, {day}). 구간 이전의 사실만 알려질 수 있습니다",
                    f"{file}: {count} rows dated in or after the {stage.name} window (from {known.start}) are known, "
                    f"one from {one} to {other} on {day}; a fact may be known only before the window",
                )
            )


def _refuse_pairs(evidence: Evidence, wrong: npt.NDArray[np.int64], what: Wording, remedy: Wording) -> None:
    if len(wrong):
        file, window, one = evidence.file, evidence.stage.name, evidence.name(wrong[0])
        raise EvaluationError(
            Wording(
                f"{file}: {window} 구간에서 몰라야 하는 쌍 {len(wrong)}개가 {what.ko} 있습니다(예: {one.ko}). "
                f"{remedy.ko}",
                f"{file}: {len(wrong)} pairs that the {window} window must not know are {what.en}, one of {one.en}; "
                f"{remedy.en}",
            )
        )


def refuse_late_rows(evidence: Evidence) -> None:
    """Raise where rows to learn from are dated in or after the window.

    A split that holds out the last rows of each query is no leak: there, late rows are those of asked queries, and all
    come before the answers of the same query.
    """
    start = evidence.stage.known.start
    late = evidence.learned & (evidence.dataset.target.time >= start)
    if not late.any() or _by_query(evidence, late):
        return
    edges, row = evidence.dataset.target, int(np.argmax(late))
    source, target = evidence.dataset.nodes[edges.source], evidence.dataset.nodes[edges.target]
    one, other, day = source.ids[edges.src[row]], target.ids[edges.dst[row]], edges.time[row]
    file, window, count = evidence.file, evidence.stage.name, int(late.sum())
    raise EvaluationError(
        Wording(
            f"{file}: 앞 분할의 행 {count}개가 {window} 구간이나 그 뒤의 날짜입니다(구간 시작 {start}, 예: {one} → "
            f"{other}, {day}). 그 구간의 분할로 옮기거나, 날짜를 고치거나, 빼십시오",
            f"{file}: {count} rows of an earlier split are dated in or after the {window} window (from {start}), one "
            f"from {one} to {other} on {day}; move them to the window's split, fix their dates, or leave them out",
        )
    )


def _by_query(evidence: Evidence, late: Flags) -> bool:
    rows, wanted = evidence.pairs_of_rows(late), evidence.pairs_of_rows(evidence.wanted)
    wanted = wanted.take(~np.isnat(wanted.time))
    first = np.full(len(evidence.queries), np.iinfo(np.int64).max)
    np.minimum.at(first, wanted.query, wanted.time.astype(np.int64))
    asked = evidence.is_asked[rows.query]
    askers = len(np.unique(rows.query[asked]))
    before = rows.time.astype(np.int64) < first[rows.query]
    many = asked.mean() > _MOST and askers >= _MANY_ASKERS * len(evidence.stage.questions)
    return bool(many and before[asked].all())


def refuse_copies(evidence: Evidence) -> None:
    """Raise where rows of the window stand among those to learn from as well, the same in all they say.

    A pair that comes again at another time or with another weight is a repeat, and no copy. Where the file repeats rows
    by nature - within the train rows, or between train and valid as between valid and test - copies are masked as the
    format says, and nothing is refused.
    """
    if evidence.dataset.spec.split.kind != "column":
        _refuse_repeated_answers(evidence)
        return
    rows = _row_numbers(evidence)
    train = rows[evidence.splits == TRAIN]
    repeats_by_nature = len(np.unique(train)) < (1 - RARE) * len(train)
    places = {"train": evidence.learned, "context": evidence.with_question}
    window = evidence.stage.name
    for where, known in places.items():
        copied = evidence.wanted & np.isin(rows, rows[known])
        by_nature = repeats_by_nature or (where == "train" and _other_window_alike(evidence, rows, copied))
        if copied.sum() > RARE * evidence.wanted.sum() and not by_nature:
            _refuse_rows(evidence, copied, _stand_twice(window, _PLACES[where]))
    copied = evidence.with_question & np.isin(rows, rows[evidence.learned])
    if copied.sum() > RARE * evidence.with_question.sum() and not repeats_by_nature:
        _refuse_rows(evidence, copied, _stand_twice(f"{window}_context", _PLACES["train"]))
    _refuse_repeated_answers(evidence)


def _row_numbers(evidence: Evidence) -> npt.NDArray[np.int64]:
    """Give target rows that are alike in ends, time and weight one number, shape (rows,)."""
    edges, symmetric = evidence.dataset.target, evidence.dataset.spec.task.symmetric
    one, other = edges.src, edges.dst
    if symmetric:
        one, other = np.minimum(one, other), np.maximum(one, other)
    columns = (one, other, edges.time.astype(np.int64), edges.weight.view(np.int32))
    table = np.stack([column.astype(np.int64) for column in columns], axis=1)
    return np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)


def _other_window_alike(evidence: Evidence, rows: npt.NDArray[np.int64], copied: Flags) -> bool:
    """Whether rows of the other window repeat train rows about as often, so that the file is so by nature."""
    if not evidence.dataset.spec.mask.known:
        return False
    other = evidence.splits == (TEST if evidence.stage.name == "valid" else VALID)
    train = rows[evidence.splits == TRAIN]
    share = np.isin(rows[other], train).mean() if other.any() else 0.0
    mine = copied.sum() / max(1, evidence.wanted.sum())
    return bool(share > RARE and 1 / _ALIKE < share / max(mine, RARE) < _ALIKE)


def _stand_twice(split: str, place: Wording) -> Wording:
    return Wording(f"{split}의 행이 {place.ko}에도 있습니다", f"rows of {split} stand a second time as {place.en}")


def _refuse_rows(evidence: Evidence, rows: Flags, what: Wording) -> None:
    edges, row = evidence.dataset.target, int(np.argmax(rows))
    source, target = evidence.dataset.nodes[edges.source], evidence.dataset.nodes[edges.target]
    one, other, count = source.ids[edges.src[row]], target.ids[edges.dst[row]], int(rows.sum())
    raise EvaluationError(
        Wording(
            f"{evidence.file}: {what.ko}({count}개, 예: {one} → {other}). 행마다 분할을 하나만 적으십시오",
            f"{evidence.file}: {count} {what.en}, one from {one} to {other}; give each row one split",
        )
    )


def _refuse_repeated_answers(evidence: Evidence) -> None:
    """Where known pairs are candidates, raise unless answers that are known are repeats over time."""
    if evidence.dataset.spec.mask.known:
        return
    repeated = evidence.answers[contained(evidence.answers, evidence.given_pairs)]
    if len(repeated) <= RARE * len(evidence.answers):
        return
    train = evidence.pairs_of_rows(evidence.splits == TRAIN)
    distinct = len(evidence.codes(train.query, train.candidate))
    again = len(train.query) - distinct
    kind = evidence.dataset.spec.split.kind
    honest = kind in ("global_time", "column") and not far_more_often(
        len(repeated), len(evidence.answers), again, len(train.query)
    )
    if not honest:
        window, one, answers = evidence.stage.name, evidence.name(repeated[0]), len(evidence.answers)
        raise EvaluationError(
            Wording(
                f"{evidence.file}: {window} 구간의 정답 {answers}개 중 {len(repeated)}개가 알려진 쌍인데(예: "
                f"{one.ko}), [mask] known = false라서 후보로 남습니다. known = true를 적거나 겹치는 행을 빼십시오",
                f"{evidence.file}: {len(repeated)} of {answers} answers of the {window} window are known pairs, one "
                f"of {one.en}, while [mask] known = false leaves them candidates; set known = true, or leave the "
                "copies out",
            )
        )


def refuse_shown_context(evidence: Evidence) -> None:
    """Raise where queries that come with context, thus new in the window, have train rows that others learn from.

    Rows dated before the window are a history, and where most queries with context have train rows, the context is
    something else than what is first known of a new query: neither is refused.
    """
    context = np.unique(evidence.pairs_of_rows(evidence.with_question).query)
    context = context[evidence.is_asked[context]]
    train = evidence.splits == TRAIN
    if evidence.temporal:
        train = train & ~(evidence.dataset.target.time < evidence.stage.known.start)
    if evidence.dataset.spec.split.kind != "column" or evidence.dataset.spec.task.symmetric or not len(context):
        return
    pairs = evidence.pairs_of_rows(train)
    shown = np.intersect1d(context, pairs.query)
    if not 0 < len(shown) <= len(context) / 2:
        return
    row = int(np.argmax(pairs.query == shown[0]))
    file, window = evidence.file, evidence.stage.name
    one, other = evidence.queries.ids[shown[0]], evidence.candidates.ids[pairs.candidate[row]]
    raise EvaluationError(
        Wording(
            f"{file}: {window}_context가 있어 {window} 구간에 처음 나온 질의 {len(context)}개 중 {len(shown)}개에, "
            f"다른 모든 질의가 보는 train 행이 있습니다(예: {one} – {other}). 그 행을 {window}_context로 적으십시오",
            f"{file}: {len(shown)} of {len(context)} queries that are new in the {window} window, as their "
            f"{window}_context says, have train rows that every other query sees, one of {one} with {other}; mark "
            f"them {window}_context",
        )
    )
