"""Basket neighbours: members of past sets that overlap with what is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.baskets import Source, blocks, degree_weights, read_baskets, starting_members
from recommender.scorers.content import LabelContent, Others, content_of
from recommender.scorers.prior import Prior, prior_of


@dataclass(frozen=True)
class BasketKnn:
    """score(q, c) = Σ_{p ∋ c} sim(S, p), sim(S, p) = (Σ_{w ∈ S∩p} s_w d_w^-a / n_p^b)^γ · (1 + content · cos(q, p)).

    S: the candidates given with q, and q itself with weight ``own`` where it is a candidate; d_w: baskets with w; n_p:
    size of p; a: ``member_power``, b: ``size_power``, γ: ``power``. The cosine is of the facts and texts of q and of
    the past query whose set p is; baskets of other relations have none. It is the neighbourhood rule of next-basket
    recommendation (Hu et al., "Modeling Personalized Item Frequency Information", TIFU-KNN, 2020) over sets.
    """

    source: Source = "target"
    """Which baskets count: those of past queries, or of the nodes of other relations."""
    power: float = 1.5
    """γ: how far the nearest baskets outweigh the others; above 0, 1 adds them up as they are."""
    member_power: float = 0.5
    """a: how much less a shared candidate counts for its number of baskets; 0 or more."""
    size_power: float = 0.5
    """b: how much less a basket counts for its size; 0 or more."""
    candidate_power: float = 0.0
    """How much less a candidate is lifted for its number of baskets; 0 or more."""
    own: float = 2.0
    """Weight of the query among what is given, where queries are candidates; 0 leaves it out."""
    content: float = 0.0
    """Weight of the cosine of a basket's query with the one that asks; 0 leaves it out."""
    idf_power: float = 0.75
    """Power of the rarity of a fact in its weight in the cosine; 0 or more."""
    text_share: float = 0.5
    """Share of the texts in a cosine, 0 to 1; the facts have the rest."""
    name: str = "basket-knn"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> BasketScorer:
        """Weigh the baskets and their members."""
        found = read_baskets(known, self.source)
        members = sparse.diags_array(degree_weights(found.degree, self.member_power)) @ found.rows.T
        towards = sparse.csr_array(members @ sparse.diags_array(degree_weights(found.size, self.size_power)))
        away = sparse.csr_array(found.rows @ sparse.diags_array(degree_weights(found.degree, self.candidate_power)))
        content = others = None
        if self.content and self.source == "target":
            content = content_of(known, known.task.query, text_share=self.text_share, idf_power=self.idf_power)
            others = content.nodes.others()
        own = self.own if known.same_label else 0.0
        return BasketScorer(self, own, towards, away, prior_of(known), content, others, found.owner)


@dataclass(frozen=True)
class BasketScorer:
    """``towards``: (C, baskets), ``away``: (baskets, C); ``owners``: query node of each basket."""

    config: BasketKnn
    own: float
    towards: sparse.csr_array
    away: sparse.csr_array
    prior: Prior
    content: LabelContent | None
    others: Others | None
    owners: Indices

    def score(self, questions: Questions) -> Floats:
        """Sum similar baskets, some questions at a time."""
        members = starting_members(questions, self.own)
        out = np.empty((len(questions), self.away.shape[1]), dtype=np.float32)
        for part in blocks(len(questions), max(self.away.shape)):
            near = sparse.csr_array(members[part] @ self.towards)
            near.data **= np.float32(self.config.power)
            if self.content is not None and self.others is not None:
                row = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
                mine = self.content.of(questions).take(np.arange(part.start, part.stop))
                cosine = mine.similarity(self.others)[row, self.owners[near.indices]]
                near.data *= 1 + np.float32(self.config.content) * np.maximum(cosine, 0)
            out[part] = (near @ self.away).toarray()
        return self.prior.under(out, questions)
