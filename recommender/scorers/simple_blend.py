"""A blend of simple scorers: what is popular lately, what goes with what is given, and what suits who asks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from recommender.knowledge.known import Estimator, Known, Questions, Scorer
from recommender.measure.arrays import Arrays, Flags, Floats
from recommender.measure.standard_scores import standard
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.ease import Ease
from recommender.scorers.popularity import Popularity, PopularityScorer
from recommender.scorers.prior import as_prior_alone, is_prior_alone


@dataclass(frozen=True)
class SimpleBlend:
    """score(q, c) = Σ_p w_p (s_p(q, c) − μ_p) / σ_p over the parts p; μ, σ: of their scores of q's candidates.

    A part of weight 0 is left out, and one that gives all candidates one score says nothing. Where all but popularity
    say nothing of a question but the prior, so does the blend: its scores are small then. It is the weighted sum of
    standardised scores of Fox and Shaw, "Combination of Multiple Searches" (1994), with the weights of Vogt and
    Cottrell, "Fusion via a Linear Combination of Scores" (1999).
    """

    popularity: Popularity = field(default_factory=Popularity)
    """Settings of the popularity, old or recent."""
    ease: Ease = field(default_factory=Ease)
    """Settings of the linear model of what goes with what is given."""
    content: ContentKnn | ContentMatch = field(default_factory=ContentKnn)
    """Settings of the neighbours by facts and texts: past askers like this one, or candidates like it."""
    popularity_weight: float = 1.0
    """Weight of the popularity; 0 or more."""
    ease_weight: float = 1.0
    """Weight of the linear model; 0 or more."""
    content_weight: float = 1.0
    """Weight of the neighbours by facts and texts; 0 or more."""
    name: str = "simple-blend"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> SimpleBlendScorer:
        """Fit each part that has a weight."""
        parts: tuple[tuple[Estimator, float], ...] = (
            (self.popularity, self.popularity_weight),
            (self.ease, self.ease_weight),
            (self.content, self.content_weight),
        )
        fitted = tuple((each.fit(known, _rng), np.float32(weight)) for each, weight in parts if weight)
        return SimpleBlendScorer(self, fitted, known.is_candidate)

    def restore(self, known: Known, _arrays: Arrays) -> SimpleBlendScorer:
        """Fit it again, which has no chance in it."""
        return self.fit(known, np.random.default_rng(0))


@dataclass(frozen=True)
class SimpleBlendScorer:
    """``parts``: scorers with their weights; ``is_candidate``: over which nodes scores are standardised, (C,)."""

    config: SimpleBlend
    parts: tuple[tuple[Scorer, np.float32], ...]
    is_candidate: Flags

    def arrays(self) -> Arrays:
        """Return nothing: its settings and what is known make it again."""
        return {}

    def over(self, known: Known) -> SimpleBlendScorer:
        """Return the same over another state of knowledge."""
        return self.config.restore(known, {})

    def score(self, questions: Questions) -> Floats:
        """Add up the standardised scores of candidates; other nodes, which nobody is recommended, have 0."""
        total = np.zeros((len(questions), int(self.is_candidate.sum())), dtype=np.float32)
        unknown = np.ones(len(questions), dtype=bool)
        for scorer, weight in self.parts:
            scores = scorer.score(questions)[:, self.is_candidate]
            if not isinstance(scorer, PopularityScorer):
                unknown &= is_prior_alone(scores)
            total += weight * standard(scores)
        total[unknown] = as_prior_alone(total[unknown])
        out = np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
        out[:, self.is_candidate] = total
        return out
