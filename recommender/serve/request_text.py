"""How near the text of each candidate is to what a request asks for, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from recommender.language.text_facts import asks
from recommender.measure.arrays import Floats, Indices
from recommender.reasons.similarity import NearText
from recommender.text.protocol import Role, TextEncoder

REQUEST_ROLE: Final[Role] = "query"
"""A request is short and its answers are titles, which is what E5 was trained for: query against passage.

Over 15 hand-made requests and 158 open notices it gave a mean average precision of 0.58, as a passage 0.45.
"""
MODEL_WEIGHT: Final = 0.5
"""Weight of the model's score beside that of the text, both as z-scores.

The model has learnt from companies with a history; of one without, and of what it wishes for today, it knows less than
the words do.
"""
TELLING_WEIGHT: Final = 0.6
"""Weight of a part that only tells of the company (카페를 하는데) beside one that asks (세금 신고가 어렵다)."""
_FARTHEST: Final = 3.0
"""Model scores count up to so many standard deviations: what everybody took must not drown the rest."""
SCORER_SUFFIX: Final = " + request text"


@dataclass(frozen=True)
class RequestNearness:
    """Nearness of C candidates to a request that was cut into ``parts``.

    ``scores``: (C,) z-score over the candidates of the nearest part's cosine, weighted. ``nearest``: (C,) that part.
    ``ahead``: (C,) share of the candidates that are nearer to that same part.
    """

    parts: tuple[str, ...]
    scores: Floats
    nearest: Indices
    ahead: Floats

    def said(self, candidate: int) -> NearText:
        """Tell how near one candidate is, and to what."""
        return NearText(float(self.ahead[candidate]), self.parts[int(self.nearest[candidate])])


def request_nearness(
    parts: Sequence[str], candidate_text: Floats, encoder: TextEncoder, *, kinds: Sequence[str] = ()
) -> RequestNearness | None:
    """Compare each part with the candidates, (C, d) unit-length embeddings; None where either side has no text.

    The best part counts: a wish for money must find a loan, whatever else the company wishes for. ``kinds`` are words
    for what the company certainly is (소상공인), which say whom a part speaks of.
    """
    if not (len(parts) and candidate_text.any()):
        return None
    cosines = candidate_text @ encoder.encode([" ".join([*kinds, part]) for part in parts], REQUEST_ROLE).T
    weights = [1.0 if asks(part) else TELLING_WEIGHT for part in parts]
    by_part = np.column_stack([z_scores(column) * w for column, w in zip(cosines.T, weights, strict=True)])
    nearest = by_part.argmax(axis=1)
    ahead = np.column_stack([_share_above(column) for column in cosines.T])
    rows = np.arange(len(by_part))
    return RequestNearness(tuple(parts), by_part[rows, nearest], nearest, ahead[rows, nearest])


def with_request(scores: Floats, nearness: RequestNearness) -> Floats:
    """Model scores (C,) blended with the text of the request."""
    model = np.clip(z_scores(scores), -_FARTHEST, _FARTHEST)
    return np.asarray(MODEL_WEIGHT * model + z_scores(nearness.scores), dtype=np.float32)


def z_scores(values: Floats) -> Floats:
    """Values with mean 0 and standard deviation 1, all 0 where they are equal."""
    exact = values.astype(np.float64)
    equal = not len(exact) or exact.min() == exact.max()
    scaled = np.zeros(len(exact)) if equal else (exact - exact.mean()) / exact.std()
    return np.asarray(scaled, dtype=np.float32)


def _share_above(values: Floats) -> Floats:
    """Share of the values that are greater than each."""
    ordered = np.sort(values)
    return np.asarray((len(values) - np.searchsorted(ordered, values, side="right")) / len(values), dtype=np.float32)
