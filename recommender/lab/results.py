"""What a run found, as data frames."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from recommender.bench.figures import Comparison
from recommender.bench.findings import Findings
from recommender.measure.holm import holm
from recommender.report.write import rank_tables

_PAIR: Final = ("model", "against", "metric")


@dataclass(frozen=True)
class Results:
    """A finished run: ``findings`` is all of it, ``out`` the folder of its files. Frames name the best models first."""

    findings: Findings = field(repr=False)
    out: Path

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """One row a model, slice and metric: the mean over questions and seeds, and its 95 % interval."""
        return pd.DataFrame(
            [
                (model.name, slice_, metric, value.mean, value.low, value.high)
                for model in self.findings.test.models
                for slice_, values in model.slices.items()
                for metric, value in values.items()
            ],
            columns=["model", "slice", "metric", "mean", "low", "high"],
        )

    @cached_property
    def by_seed(self) -> pd.DataFrame:
        """One row a model, seed, slice and metric, as ``metrics``; one seed where a model does not depend on it."""
        return pd.DataFrame(
            [
                (model.name, seed, slice_, metric, value.mean, value.low, value.high)
                for model in self.findings.test.models
                for seed, slices in zip(model.row.seeds, model.by_seed, strict=True)
                for slice_, values in slices.items()
                for metric, value in values.items()
            ],
            columns=["model", "seed", "slice", "metric", "mean", "low", "high"],
        )

    @cached_property
    def per_question(self) -> pd.DataFrame:
        """One row a model and question, a column a metric: the mean over seeds."""
        window = self.findings.test
        parts = []
        for model in window.models:
            part = pd.DataFrame(model.whole, columns=list(window.metrics))
            part.insert(0, "question", window.questions.names)
            part.insert(0, "model", model.name)
            parts.append(part)
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def timings(self) -> pd.DataFrame:
        """One row a model and seed: seconds to fit and to rank the test window, and MiB at the highest."""
        return pd.DataFrame(
            [
                (model.name, seed, outcome.cost.fit_seconds, outcome.cost.score_seconds, outcome.cost.peak_mib)
                for model in self.findings.test.models
                for seed, outcome in zip(model.row.seeds, model.row.outcomes, strict=True)
            ],
            columns=["model", "seed", "fit_seconds", "score_seconds", "peak_mib"],
        )

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """One row a model beside the best simple one, by the main metric on all questions; their paired difference.

        ``p_holm`` is the p-value corrected for the number of rows. Empty where no simple model was run.
        """
        found = self.findings.against_best()
        corrected = holm([each.difference.p_value for each in found])
        return pd.DataFrame(
            [
                (each.model, each.against, each.metric, *astuple(each.difference), p_value, *_ratio(each))
                for each, p_value in zip(found, corrected, strict=True)
            ],
            columns=[*_PAIR, "difference", "low", "high", "p_value", "p_holm", "ratio", "ratio_low", "ratio_high"],
        )

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """One row a model, seed and answer: its ``rank`` among the candidates, as ``ranks.csv`` has it."""
        window = self.findings.test
        return pa.concat_tables(rank_tables(window)).to_pandas()


def _ratio(pair: Comparison) -> tuple[float, float, float]:
    """Return ratio and interval, NaN where the other model has 0."""
    return (math.nan, math.nan, math.nan) if pair.ratio is None else astuple(pair.ratio)
