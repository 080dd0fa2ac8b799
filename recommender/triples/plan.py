"""The sizes of the engine's parts, from the size of the data alone, so that two runs are alike on any machine."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_schema.wording import Wording
from recommender.triples.complex import ComplexEstimator
from recommender.triples.data import Answers, Triples
from recommender.triples.ease import EaseEstimator
from recommender.triples.factorization import FactorizationConfig
from recommender.triples.message_passing import PathNetworkEstimator
from recommender.triples.popularity import PopularityEstimator
from recommender.triples.protocols import TripleEstimator
from recommender.triples.rescal import RescalEstimator
from recommender.triples.rules import RulesEstimator
from recommender.triples.tuning import TunedEstimator

GRAPH_ENCODER: Final = "graph encoder"
PENALTIES: Final = (0.003, 0.008, 0.02)
"""Of N3 (Lacroix et al. 2018), the best on valid is kept; steps of two and a half cover what it is sensitive to."""
RIDGES: Final = (10.0, 20.0, 40.0)
"""A factor of two apart: finer steps make no difference on valid."""

FEWEST_QUESTIONS: Final = 4_000
"""Training on fewer questions than this, the encoder would be worse than narrower or none."""
_FEW_EDGES: Final = 30_000
"""On graphs of fewer, small batches leave the cores idle."""
_PRODUCTS_A_MINUTE: Final = 4.0e11
"""Multiplications of the softmax that one core does in a minute, forward passes counted."""
_MESSAGES_A_MINUTE: Final = 8.0e9
"""Numbers that one core sends along edges in a minute of training, forward passes of one layer counted."""
_FULL_SOFTMAX: Final = 6_000
"""Up to so many entities the softmax goes over all."""
_SAMPLED: Final = 2_000
"""Entities drawn for each step of ComplEx where the softmax cannot go over all: memory and time as of so many."""
_RESCAL_WORK: Final = 4 * 128 * 12
"""Products of RESCAL for each query and entity, counted four times, so that a quarter of the budget bounds it."""
_EASE_CELLS: Final = 60_000_000
"""Entities times facts: memory of EASE is some three times 4 bytes of each."""
_EASE_ENTITIES: Final = 6_000
"""Side of the matrices that are inverted, one for each relation: 144 MB in single precision."""


def plan_parts(triples: Triples, budget_minutes: float) -> dict[str, TripleEstimator]:
    """Return the parts of the stack by name, sized so that one core trains them all in about the budget.

    A quarter goes to ComplEx, three fifths to the graph encoder, the rest to what is counted or solved. What would not
    fit at its smallest is left out: EASE by memory, the encoder by the time that scoring would take.
    """
    queries = len(Answers.of(triples.train, triples.n_entities, triples.n_relations).keys)
    parts: dict[str, TripleEstimator] = {
        "popularity": PopularityEstimator(),
        "path rules": RulesEstimator(),
        "ComplEx": _complex(triples, queries, 0.25 * budget_minutes),
    }
    if (
        triples.n_entities <= _FULL_SOFTMAX
        and queries * triples.n_entities * _RESCAL_WORK <= budget_minutes * _PRODUCTS_A_MINUTE
    ):
        parts["RESCAL"] = RescalEstimator(training=FactorizationConfig(epochs=12, penalty=0.03))
    if triples.n_entities <= _EASE_ENTITIES and triples.n_entities * queries <= _EASE_CELLS:
        parts["EASE"] = TunedEstimator(tuple(EaseEstimator(ridge) for ridge in RIDGES))
    encoder = plan_encoder(triples, 0.6 * budget_minutes)
    if encoder is not None:
        parts[GRAPH_ENCODER] = encoder
    return parts


def parts_left_out(triples: Triples, budget_minutes: float) -> Wording | None:
    """Say what the engine does without, by the size of the graph and the budget; None where it has every part."""
    parts = plan_parts(triples, budget_minutes)
    absent = [name for name in ("RESCAL", "EASE", GRAPH_ENCODER) if name not in parts]
    size, kept = f"{triples.n_entities:,}", f"{_SAMPLED:,}"
    said = []
    if absent:
        said.append(Wording(f"{', '.join(absent)} 없이 학습합니다", f"does without {', '.join(absent)}"))
    if triples.n_entities > _FULL_SOFTMAX:
        said.append(
            Wording(
                f"ComplEx는 전체가 아니라 뽑은 개체 {kept}개와 비교하며 학습합니다",
                f"trains ComplEx against {kept} drawn entities in place of all",
            )
        )
    if not said:
        return None
    ko, en = "; ".join(each.ko for each in said), " and ".join(each.en for each in said)
    return Wording(
        f"개체 {size}개와 예산 {budget_minutes:g}분에 맞추어 엔진은 {ko}",
        f"for {size} entities and a budget of {budget_minutes:g} minutes the engine {en}",
    )


def plan_encoder(triples: Triples, minutes: float) -> PathNetworkEstimator | None:
    """Return the widest encoder that sees enough questions in time, None if not even the narrowest does."""
    edges = 2 * len(triples.train)
    affordable = minutes * _MESSAGES_A_MINUTE
    asked = 2 * (min(len(triples.valid), 5_000) + max(len(triples.test), len(triples.valid)))
    for width in (32, 16, 8):
        # Scoring passes forward only, a third of the work of training.
        left = affordable - asked * edges * width / 3 * 0.25
        questions = int(left / (edges * width))
        if questions >= FEWEST_QUESTIONS:
            batch = 32 if edges < _FEW_EDGES else 16
            steps = min(questions, 32_000) // batch
            return PathNetworkEstimator(width, steps=steps, batch_size=batch, learning_rate=8e-3)
    return None


def _complex(triples: Triples, queries: int, minutes: float) -> TripleEstimator:
    """Return ComplEx of the largest rank in time; the penalty is chosen by models of a quarter of the rank."""
    sampled = triples.n_entities > _FULL_SOFTMAX
    compared = 2_500 if sampled else triples.n_entities
    affordable = minutes * _PRODUCTS_A_MINUTE
    small = queries * compared * 1024 * 30 * len(PENALTIES) <= affordable
    rank, epochs = next(
        (
            (rank, epochs)
            for rank, epochs in ((512, 15), (256, 15), (128, 15), (128, 8), (64, 8))
            if queries * compared * 2 * rank * epochs <= affordable
        ),
        (32, 8),
    )
    training = FactorizationConfig(
        epochs=30 if small else epochs, batch_size=128 if small else 256, negatives=_SAMPLED if sampled else 0
    )
    variants = tuple(ComplexEstimator(rank, training=replace(training, penalty=penalty)) for penalty in PENALTIES)
    if small:
        return TunedEstimator(variants)
    pilot = replace(training, epochs=max(5, epochs // 2))
    pilots = tuple(
        ComplexEstimator(max(32, rank // 4), training=replace(pilot, penalty=penalty)) for penalty in PENALTIES
    )
    return TunedEstimator(variants, pilots)
