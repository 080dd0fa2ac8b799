"""Encodes many texts in batches of similar length, and stops where the time for it is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from graph_schema.deadline import check_deadline
from graph_schema.errors import ModelError
from graph_schema.progress import Progress
from graph_schema.wording import Wording
from recommender.measure.arrays import Floats

BATCH: Final = 128
"""Texts at a time: enough for all cores, few enough to report progress and to stop soon."""


def in_batches(
    texts: Sequence[str], encode: Callable[[list[str]], Floats], dimension: int, progress: Progress
) -> Floats:
    """Encode all texts, (texts, dimension); raises ``ModelError`` where a value is not finite."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    out = np.empty((len(texts), dimension), dtype=np.float32)
    for start in range(0, len(texts), BATCH):
        check_deadline()
        progress("encode text", start, len(texts))
        rows = order[start : start + BATCH]
        out[rows] = encode([texts[row] for row in rows])
    progress("encode text", len(texts), len(texts))
    if not np.isfinite(out).all():
        raise ModelError(
            Wording(
                "텍스트 모델의 결과에 유한하지 않은 값이 있습니다. DURE_ENCODER로 다른 모델을 지정하십시오",
                "the text model gave values that are not finite; choose another with DURE_ENCODER",
            )
        )
    return out
