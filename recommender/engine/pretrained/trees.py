"""Boosted trees over canonical features, learnt on one set and carried on by another (LightGBM, Ke et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from graph_schema.errors import ModelError
from recommender.engine.pretrained.canonical import CANDIDATE, COLUMNS, KINDS, CanonicalPools
from recommender.engine.pretrained.lessons import Lesson
from recommender.measure.arrays import Floats, Indices

OF_A_SET: Final = ("candidates", "known", "dated")
"""Columns that tell sets apart and nothing else: what is learnt on them does not carry over."""
_FORMS: Final = len(COLUMNS[: COLUMNS.index(CANDIDATE[0])]) // len(KINDS)
_UNREAD: Final = np.array(
    [at for at, name in enumerate(COLUMNS) if name in OF_A_SET or (name.split("/")[0] in KINDS and "share" in name)]
)
"""Trees that read z-scores alone were better on sets left out than those that read shares of the best as well."""


@dataclass(frozen=True)
class RankerConfig:
    """Hyperparameters of lambdarank (Burges 2010), chosen with each set left out in turn."""

    rounds: int = 150
    """Trees; 1 or more."""
    learning_rate: float = 0.05
    """What a tree counts; above 0."""
    leaves: int = 15
    """Leaves of a tree at most; 2 or more."""
    feature_fraction: float = 0.5
    """Share of the columns that a tree may look at, above 0 to 1."""
    least_rows: int = 200
    """Rows of a leaf at least, fewer where there are few in all; 5 or more."""
    reg: float = 5.0
    """L2 penalty of the values of leaves; 0 or more."""
    truncation: int = 20
    """Places of a list that the loss looks at; 1 or more."""
    kinds_dropped: float = 0.25
    """Share of the kinds of scores that a question is learnt without, 0 to below 1: other sets lack other ones."""


def train_ranker(groups: Sequence[Sequence[Lesson]], config: RankerConfig, seed: int, init: Any = None) -> Any:
    """Train on the lessons of several sets, or carry ``init`` on; the same seed gives the same trees.

    A set of n questions weighs √n. Scores of every kind may only raise the outcome: it is what a set never seen has in
    common with those learnt from.
    """
    import lightgbm

    rng = np.random.default_rng(seed)
    lessons = [(each, sum(len(one.pools) for one in lessons) ** -0.5) for lessons in groups for each in lessons]
    sizes = np.concatenate([np.diff(lesson.pools.start) for lesson, _ in lessons])
    weights = np.concatenate([np.full(len(lesson.labels), weight, np.float32) for lesson, weight in lessons])
    parameters = {
        "objective": "lambdarank",
        "learning_rate": config.learning_rate,
        "num_leaves": config.leaves,
        "feature_fraction": config.feature_fraction,
        "min_data_in_leaf": int(np.clip(len(weights) // 2_000, 5, config.least_rows)),
        "lambda_l2": config.reg,
        "lambdarank_truncation_level": config.truncation,
        "monotone_constraints": [int(name.split("/")[0] in KINDS) for name in COLUMNS],
        "max_bin": 63,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
    }
    data = lightgbm.Dataset(
        np.concatenate(
            [
                without_kinds(ranked_table(one.pools), one.pools.question, config.kinds_dropped, rng)
                for one, _ in lessons
            ]
        ),
        np.concatenate([lesson.labels for lesson, _ in lessons]).astype(np.float32),
        group=sizes[sizes > 0],
        weight=weights / weights.mean(),
    )
    return lightgbm.train(parameters, data, config.rounds, init_model=init)


def ranker_scores(model: Any, pools: CanonicalPools) -> Floats:
    """Raw score of every row of the pools, (rows,)."""
    if not len(pools.candidate):
        return np.zeros(0, np.float32)
    return np.asarray(model.predict(ranked_table(pools), raw_score=True, num_threads=1), dtype=np.float32)


def ranked_table(pools: CanonicalPools) -> Floats:
    """Return the table without what trees do not read: those columns are NaN."""
    table = pools.table.copy()
    table[:, _UNREAD] = np.nan
    return table


def without_kinds(table: Floats, question: Indices, share: float, rng: np.random.Generator) -> Floats:
    """Take a share of the kinds of scores away from each question; ``question``, (rows,), from 0 on."""
    gone = rng.random((int(question.max(initial=-1)) + 1, len(KINDS))) < share
    out = table.copy()
    out[:, : _FORMS * len(KINDS)][np.repeat(gone[question], _FORMS, axis=1)] = np.nan
    return out


def ranker_text(model: Any) -> str:
    """Return the trees as LightGBM writes them."""
    return str(model.model_to_string())


def ranker_of(text: str) -> Any:
    """Read trees; raises ``ModelError`` where they are not of the canonical form."""
    import lightgbm

    try:
        model = lightgbm.Booster(model_str=text)
    except lightgbm.basic.LightGBMError as error:
        raise ModelError(f"pretrained trees cannot be read ({error}); install the package anew") from error
    if model.num_feature() != len(COLUMNS):
        raise ModelError(
            f"pretrained trees read {model.num_feature()} columns, there are {len(COLUMNS)}; learn the weights anew"
        )
    return model
