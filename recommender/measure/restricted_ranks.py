"""Ranks of some of the positives, the others being taken out of the ranking as if they were known."""

from __future__ import annotations

import numpy as np

from recommender.measure.arrays import Flags
from recommender.measure.ranks import PositiveRanks


def restrict(ranks: PositiveRanks, chosen: Flags) -> tuple[PositiveRanks, Flags]:
    """Return the ranks of the ``chosen`` positives, shape (P,), and the queries that keep one, shape (Q,).

    The other positives are no candidates any more, so the result equals a ranking in which they are masked. Queries
    left without a positive are dropped and the rest numbered anew.
    """
    size, queries = len(ranks.query), len(ranks)
    running = np.concatenate(([0], np.cumsum(chosen)))
    starts_query = (np.cumsum(ranks.counts) - ranks.counts)[ranks.query]
    starts_tie = starts_query + ranks.positives_above
    chosen_above = running[starts_tie] - running[starts_query]
    chosen_tied = running[np.minimum(starts_tie + ranks.tied_positives, size)] - running[starts_tie]
    counts = np.bincount(ranks.query[chosen], minlength=queries).astype(np.int64)
    kept = counts > 0
    place = np.cumsum(kept) - 1
    return PositiveRanks(
        place[ranks.query][chosen].astype(np.int64),
        (ranks.above - ranks.positives_above + chosen_above)[chosen],
        (ranks.tied - ranks.tied_positives + chosen_tied)[chosen],
        chosen_tied[chosen],
        chosen_above[chosen],
        counts[kept],
    ), kept
