"""What a run found, as data frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from recommender.bench.findings import Findings


@dataclass(frozen=True)
class Results:
    """A finished run: ``findings`` is all of it, ``out`` the folder of its files. Frames name the best models first."""

    findings: Findings
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
