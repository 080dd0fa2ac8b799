"""What the seeds of one row say together."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.bench.run import ContenderRun
from recommender.measure.calibration import calibration_error


def mean_calibration_error(row: ContenderRun) -> float | None:
    """Return the mean over seeds of the expected calibration error; None for a model without probabilities."""
    errors = [calibration_error(each.reliability) for each in row.outcomes if len(each.reliability)]
    return sum(errors) / len(errors) if errors else None


def depends_on_seed(row: ContenderRun, seeds: Sequence[int]) -> bool | None:
    """Tell whether a second seed ranked otherwise than the first; None where none was run.

    ``seeds`` are those of the run; a row whose second one ranks alike keeps the first alone.
    """
    return len(row.seeds) > 1 if len(seeds[: row.contender.most_seeds]) > 1 else None
