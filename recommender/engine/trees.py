"""Gradient-boosted trees over the features of the pool (LightGBM, Ke et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from recommender.engine.featurizer import Examples, Featurizer, TrainingEpisode
from recommender.measure.arrays import Flags, Floats

Objective = Literal["binary", "lambdarank"]
Bytes = npt.NDArray[np.uint8]
_THREADS: Final = 1
"""On busy cores threads wait for each other: two took seven times as long as one."""

_ROWS: Final = 20_000
"""Rows whose features are put side by side at once to be scored: some tens of megabytes."""


@dataclass(frozen=True)
class TreesConfig:
    """Hyperparameters."""

    objective: Objective = "binary"
    """Whether an answer is told from others by itself, or ranked above those of its question."""
    rounds: int = 150
    """Trees; 1 or more."""
    learning_rate: float = 0.05
    """What a tree counts; above 0."""
    leaves: int = 31
    """Leaves of a tree at most; 2 or more."""
    feature_fraction: float = 0.5
    """Share of the features that a tree may look at, above 0 to 1."""
    least_rows: int = 200
    """Rows of a leaf at least, fewer where there are few in all; 5 or more."""
    reg: float = 10.0
    """L2 penalty of the values of leaves; 0 or more."""
    max_rows: int = 1_500_000
    """Rows learned from at most, which bounds memory: above it questions are left out at random."""


def train_trees(episodes: Sequence[TrainingEpisode], config: TreesConfig, seed: int) -> Any:
    """Train on the pools of all episodes; the same seed gives the same trees."""
    import lightgbm

    rng = np.random.default_rng(seed)
    total = sum(len(episode.labels) for episode in episodes)
    share = min(1.0, config.max_rows / max(1, total))
    tables, labels, sizes = [], [], []
    for episode in episodes:
        pool = episode.examples.pool
        kept = rng.random(len(episode.examples)) < share
        chosen = kept[pool.question]
        tables.append(pool_table(episode.static, episode.examples, chosen))
        labels.append(episode.labels[chosen])
        sizes.append(np.bincount(pool.question[chosen], minlength=len(kept)))
    groups = np.concatenate(sizes)
    parameters = {
        "objective": config.objective,
        "learning_rate": config.learning_rate,
        "num_leaves": config.leaves,
        "feature_fraction": config.feature_fraction,
        # In small data a leaf of many rows would leave nothing to learn.
        "min_data_in_leaf": int(np.clip(sum(map(len, labels)) // 2_000, 5, config.least_rows)),
        "lambda_l2": config.reg,
        "lambdarank_truncation_level": 30,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": _THREADS,
        "verbose": -1,
    }
    data = lightgbm.Dataset(
        tables,  # as they are: put together they would be held twice
        np.concatenate(labels).astype(np.float32),
        group=groups[groups > 0] if config.objective == "lambdarank" else None,
    )
    return trees_of(text_of(lightgbm.train(parameters, data, config.rounds)))


def text_of(trees: Any) -> Bytes:
    """Trees as their text, (bytes,): what is read from it scores the same to the bit."""
    return np.frombuffer(trees.model_to_string().encode(), dtype=np.uint8)


def load_library() -> None:
    """Import LightGBM now: what it makes use of is settled when it is imported first."""
    import lightgbm  # noqa: F401 - importing is all that is wanted


def trees_of(text: Bytes) -> Any:
    """Trees from their text."""
    import lightgbm

    return lightgbm.Booster(model_str=text.tobytes().decode())


def trees_scores(model: Any, featurizer: Featurizer, examples: Examples) -> Floats:
    """Raw score of every row of the pool, (rows,)."""
    if not len(examples.pool.candidate):
        return np.zeros(0, dtype=np.float32)
    scores = np.empty(len(examples.pool.candidate), dtype=np.float32)
    for begin in range(0, len(scores), _ROWS):
        part = slice(begin, begin + _ROWS)
        table = pool_table(featurizer.static, examples, part)
        scores[part] = model.predict(table, raw_score=True, num_threads=_THREADS)
    return scores


def pool_table(static: Floats, examples: Examples, chosen: Flags | slice = slice(None)) -> Floats:
    """Features of the chosen rows, (chosen, features): of the pair, and those of the candidate out of ``static``."""
    pair, candidate = examples.pool.features[chosen], examples.pool.candidate[chosen]
    table = np.empty((len(pair), pair.shape[1] + static.shape[1]), dtype=np.float32)
    table[:, : pair.shape[1]] = pair
    table[:, pair.shape[1] :] = static[candidate]
    return table
