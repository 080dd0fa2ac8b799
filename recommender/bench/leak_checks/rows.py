"""Target rows: copies between splits, rows dated after the cut, context that others see, and the stage's own masks."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import EvaluationError
from recommender.bench.leak_checks.evidence import RARE, Evidence, contained, edge_file, far_more_often
from recommender.knowledge.stages import TEST, TRAIN, VALID
from recommender.measure.arrays import Flags

_MOST: Final = 0.5
"""Share of the late rows that are of those asked: more than half is no accident."""
_MANY_ASKERS: Final = 0.1
"""A split is by query where most late rows are of those asked, and of as many of them as no accident makes."""
_ALIKE: Final = 5
"""Two windows repeat train rows about as often where their shares are within this factor."""


def refuse_wrong_stage(evidence: Evidence) -> None:
    """Raise where what is known, given or masked is not what the folder allows in this window."""
    known, stage = evidence.stage.known, evidence.stage
    pairs = evidence.codes(known.pairs.query, known.pairs.candidate)
    _refuse_pairs(
        evidence, pairs[~contained(pairs, evidence.learned_pairs)], "known", "learn from rows before the window only"
    )
    given = evidence.given_pairs
    _refuse_pairs(
        evidence,
        given[~contained(given, evidence.learned_pairs) & ~contained(given, evidence.context_pairs)],
        "given with a question",
        "give each question its own history and context only",
    )
    if evidence.dataset.spec.mask.known:
        _refuse_pairs(
            evidence, evidence.answers[contained(evidence.answers, given)], "given and an answer at once", "mask them"
        )
    for edges in known.relations:
        late = edges.time >= known.start
        if late.any():
            row = int(np.argmax(late))
            source, target = known.dataset.nodes[edges.source], known.dataset.nodes[edges.target]
            raise EvaluationError(
                f"{edge_file(edges)}: {int(late.sum())} rows dated in or after the {stage.name} window (from "
                f"{known.start}) are known, one from {source.ids[edges.src[row]]} to {target.ids[edges.dst[row]]} on "
                f"{edges.time[row]}; a fact may be known only before the window"
            )


def _refuse_pairs(evidence: Evidence, wrong: npt.NDArray[np.int64], what: str, remedy: str) -> None:
    if len(wrong):
        raise EvaluationError(
            f"{evidence.file}: {len(wrong)} pairs that the {evidence.stage.name} window must not know are {what}, one "
            f"of {evidence.name(wrong[0])}; {remedy}"
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
    raise EvaluationError(
        f"{evidence.file}: {int(late.sum())} rows of an earlier split are dated in or after the {evidence.stage.name} "
        f"window (from {start}), one from {source.ids[edges.src[row]]} to {target.ids[edges.dst[row]]} on "
        f"{edges.time[row]}; move them to the window's split, fix their dates, or leave them out"
    )


def _by_query(evidence: Evidence, late: Flags) -> bool:
    rows, wanted = evidence.pairs_of_rows(late), evidence.pairs_of_rows(evidence.wanted)
    wanted = wanted.take(~np.isnat(wanted.time))
    first = np.full(len(evidence.queries), np.iinfo(np.int64).max)
    np.minimum.at(first, wanted.query, wanted.time.astype(np.int64))
    asked = evidence.is_asked[rows.query]
    askers = len(np.unique(rows.query[asked]))
    before = rows.time.astype(np.int64) < first[rows.query]
    many = asked.mean() > _MOST and askers >= _MANY_ASKERS * len(evidence.stage.asked)
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
    places = {"train": evidence.learned, "context of the same question": evidence.with_question}
    for where, known in places.items():
        copied = evidence.wanted & np.isin(rows, rows[known])
        by_nature = repeats_by_nature or (where == "train" and _other_window_alike(evidence, rows, copied))
        if copied.sum() > RARE * evidence.wanted.sum() and not by_nature:
            _refuse_rows(evidence, copied, f"rows of {evidence.stage.name} stand a second time as {where}")
    copied = evidence.with_question & np.isin(rows, rows[evidence.learned])
    if copied.sum() > RARE * evidence.with_question.sum() and not repeats_by_nature:
        _refuse_rows(evidence, copied, f"rows of {evidence.stage.name}_context stand a second time as train")
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


def _refuse_rows(evidence: Evidence, rows: Flags, what: str) -> None:
    edges, row = evidence.dataset.target, int(np.argmax(rows))
    source, target = evidence.dataset.nodes[edges.source], evidence.dataset.nodes[edges.target]
    raise EvaluationError(
        f"{evidence.file}: {int(rows.sum())} {what}, one from {source.ids[edges.src[row]]} to "
        f"{target.ids[edges.dst[row]]}; give each row one split"
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
        raise EvaluationError(
            f"{evidence.file}: {len(repeated)} of {len(evidence.answers)} answers of the {evidence.stage.name} window "
            f"are known pairs, one of {evidence.name(repeated[0])}, while [mask] known = false leaves them candidates; "
            "set known = true, or leave the copies out"
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
    raise EvaluationError(
        f"{evidence.file}: {len(shown)} of {len(context)} queries that are new in the {evidence.stage.name} window, as "
        f"their {evidence.stage.name}_context says, have train rows that every other query sees, one of "
        f"{evidence.queries.ids[shown[0]]} with {evidence.candidates.ids[pairs.candidate[row]]}; mark them "
        f"{evidence.stage.name}_context"
    )
