"""Principal components of wide rows, found on a sample, so that what is passed on stays of one width."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats

_LEAST_SPREAD = 1e-3
"""Share of the widest component; narrower ones are rounding, which scaling would blow up."""
_BOUND = 6.0
"""Standard deviations: half precision holds far more, but one outlier must not steer a batch."""


@dataclass(frozen=True)
class Compression:
    """``mean`` (d,), ``axes`` (d, k): the first k components, each scaled to unit variance."""

    mean: Floats
    axes: Floats

    @classmethod
    def fit(cls, rows: Floats, dimension: int) -> Compression:
        """Find the components of ``rows``, (n, d); where there are fewer than ``dimension``, all of them."""
        mean = rows.mean(axis=0, dtype=np.float64)
        centred = rows - mean.astype(np.float32)
        values, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64) / max(len(rows), 1))
        order = np.argsort(-values)[:dimension]
        floor = _LEAST_SPREAD * max(float(values.max(initial=0.0)), 1e-12)
        scaled = axes[:, order] / np.sqrt(np.maximum(values[order], floor))
        # The sign of a component is arbitrary: fixing it makes equal data give equal tokens.
        scaled *= np.where(scaled[np.abs(scaled).argmax(axis=0), np.arange(scaled.shape[1])] < 0, -1.0, 1.0)
        return cls(mean.astype(np.float32), scaled.astype(np.float32))

    def __call__(self, rows: Floats) -> Floats:
        """Compress, (n, k); bounded, so that an outlier fits into half precision."""
        return np.asarray(np.clip((rows - self.mean) @ self.axes, -_BOUND, _BOUND), dtype=np.float32)
