"""Refuses to run where the answers of a window are in what a scorer learns from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import Evidence, contained, distinct
from recommender.bench.leak_checks.features import refuse_late_counts, refuse_late_dates
from recommender.bench.leak_checks.inverses import triple_notes
from recommender.bench.leak_checks.names import refuse_named_answers, refuse_twins
from recommender.bench.leak_checks.relations import refuse_hints, refuse_relations_of_context, refuse_reverse_of_target
from recommender.bench.leak_checks.rows import refuse_copies, refuse_late_rows, refuse_shown_context, refuse_wrong_stage
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.stages import Stage
from recommender.measure.arrays import Indices
from recommender.triples.data import Triples

_CHECKS: Final[tuple[Callable[[Evidence], None], ...]] = (
    refuse_wrong_stage,
    refuse_late_rows,
    refuse_copies,
    refuse_shown_context,
    refuse_reverse_of_target,
    refuse_hints,
    refuse_relations_of_context,
    refuse_late_counts,
    refuse_late_dates,
    refuse_named_answers,
    refuse_twins,
)
# Answers among negatives are too few where they are a tenth of those expected and chance gives so few no oftener.
_TOO_FEW: Final = 0.1
_BY_CHANCE: Final = 1e-6


def refuse_leaks(dataset: Dataset, stage: Stage) -> None:
    """Raise ``EvaluationError`` where ``stage`` knows what nobody could know; see ``docs/leaks.md``."""
    evidence = Evidence(dataset, stage)
    for check in _CHECKS:
        check(evidence)


def refuse_informed_negatives(negatives: Indices, stage: Stage) -> None:
    """Raise where negatives hardly ever are answers of the window, though by chance they would be.

    ``negatives``, shape (n, 2), are query and candidate nodes as they were drawn for fitting, in integers of any width.
    The expected number of answers among them is that of draws with the same candidates overall, known pairs left out,
    for the same queries; a sampler that does not know the window comes near it. Refused is a tenth of it or less where
    the Poisson probability of so few is below 1e-6, which takes 14 expected answers or more.
    """
    from scipy.stats import poisson

    evidence, width = Evidence(stage.known.dataset, stage), len(stage.known.candidates)
    # Narrow integers, as a sampler may draw them, overflow where a query is multiplied by the candidates.
    query, candidate = np.asarray(negatives, dtype=np.int64).T
    share = np.bincount(candidate, minlength=width) / max(1, len(candidate))
    draws = np.bincount(query, minlength=len(stage.known.queries))[stage.questions.query]
    left = 1.0 - stage.questions.context @ share
    expected = float((draws * (stage.positives @ share) / np.maximum(left, 1e-9)).sum())
    drawn = int(contained(query * width + candidate, evidence.answers).sum())
    if drawn <= _TOO_FEW * expected and poisson.cdf(drawn, expected) < _BY_CHANCE:
        raise EvaluationError(
            Wording(
                f"부정 예 {len(negatives)}개 중 {drawn}개만 {stage.name} 구간의 정답이며, 기대되는 수는 "
                f"{expected:.0f}개입니다. 그 구간의 정답을 알고 뽑은 것입니다. 알려지지 않은 것 전체에서 뽑으십시오",
                f"{drawn} of {len(negatives)} negatives are answers of the {stage.name} window where {expected:.0f} "
                "are to be expected: they were chosen with knowledge of the window; draw them from all that is not "
                "known",
            )
        )


def refuse_triple_leaks(
    triples: Triples, relations: Sequence[str] = (), entities: Sequence[str] = ()
) -> tuple[Wording, ...]:
    """Raise ``EvaluationError`` for triples that stand in two splits; return notes on triples that others turn into.

    ``relations`` and ``entities`` are their names, numbers where there are none. A note names a relation of which test
    triples stand in train under another relation, the same way or inverted, while the two relations agree on what was
    learned (Toutanova and Chen 2015, "Observed versus latent features for knowledge base and text inference").
    Published sets have such relations, so that they are noted and not refused.
    """
    names = relations or [f"relation {number}" for number in range(triples.n_relations)]
    sizes = np.array([triples.n_relations, triples.n_entities])
    codes = {
        name: distinct(rows[:, 0] * sizes.prod() + rows[:, 1] * sizes[1] + rows[:, 2])
        for name, rows in (("train", triples.train), ("valid", triples.valid), ("test", triples.test))
    }
    for one, other in (("test", "train"), ("test", "valid"), ("valid", "train")):
        twice = codes[one][contained(codes[one], codes[other])]
        if len(twice):
            head, rest = divmod(int(twice[0]), int(sizes.prod()))
            relation, tail = divmod(rest, triples.n_entities)
            ends = [entities[end] if entities else f"entity {end}" for end in (head, tail)]
            example = f"{ends[0]}, {names[relation]}, {ends[1]}"
            raise EvaluationError(
                Wording(
                    f"{one}의 트리플 {len(twice)}개가 {other}에도 있습니다(예: {example}). 트리플마다 분할을 하나만 "
                    "적으십시오",
                    f"{len(twice)} triples of {one} stand in {other} too, one of {example}; give each triple one split",
                )
            )
    return triple_notes(triples, names)
