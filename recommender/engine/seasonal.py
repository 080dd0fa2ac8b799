"""A scorer with an eye on the calendar: what is not open in the part of the year that is asked for is not taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.engine.static import season_shares
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Arrays, Floats
from recommender.scorers.attribute_factors import AttributeFactors, FactorScorer


@dataclass(frozen=True)
class Seasonal:
    """score(q, c) = s(q, c) · (share of c's known pairs that fell into the part of the year in which the window lies).

    Chances of an asker's choices, times the chance that the choice can be made then; without dates, and where windows
    are a year or longer, s alone.
    """

    span: float
    """Length of the window in seconds; 0 where time does not matter."""
    of: AttributeFactors
    """What gives the chances."""

    @property
    def name(self) -> str:
        """Name of the row in reports."""
        return self.of.name

    def fit(self, known: Known, rng: np.random.Generator) -> SeasonalScorer:
        """Train what gives the chances, and count the seasons."""
        return SeasonalScorer(self, self.of.fit(known, rng), season_shares(known, self.span))

    def restore(self, known: Known, arrays: Arrays) -> SeasonalScorer:
        """Return the scorer whose ``arrays`` these are."""
        return SeasonalScorer(self, self.of.restore(known, arrays), season_shares(known, self.span))


@dataclass(frozen=True)
class SeasonalScorer:
    """``shares``: of each candidate, (C,)."""

    config: Seasonal
    scorer: FactorScorer
    shares: Floats

    def arrays(self) -> Arrays:
        """Return what training found."""
        return self.scorer.arrays()

    def retrieval_scores(self, candidate: int) -> Floats:
        """Compare every query node with one candidate, (Q,); the season is the same for all."""
        return self.scorer.retrieval_scores(candidate)

    def score(self, questions: Questions) -> Floats:
        """Return (Q, C)."""
        return self.scorer.score(questions) * self.shares
