"""Content neighbours: candidates of past queries that are like the one that asks, or candidates like it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.baskets import blocks
from recommender.scorers.content import Content, LabelContent, Others, centred, content_of, has_text
from recommender.scorers.popularity import decayed_history
from recommender.scorers.prior import Prior, prior_of


@dataclass(frozen=True)
class ContentKnn:
    """score(q, c) = Σ_{p in the k past queries nearest to q, paired with c} exp((cos(q, p) − 1) / τ) 2^(−age / h).

    The cosine is of facts (categories, ranges of numbers, linked nodes) and of text vectors in the share
    ``text_share``; τ: ``temperature``. The neighbourhood rule of Aha et al., "Instance-Based Learning" (1991).
    """

    k: int = 50
    """How many past queries count at most; 1 or more."""
    temperature: float = 0.1
    """τ: the fall in cosine at which a neighbour weighs 1 / e as much; above 0."""
    text_share: float = 0.5
    """Share of the texts in a cosine, 0 to 1; the facts have the rest."""
    hops: int = 1
    """How far linked facts reach: 1 for linked nodes, 2 for what those are linked to in turn as well."""
    half_life: float | None = None
    """h: days after which a pair counts half, above 0; None counts old and new alike."""
    name: str = "content-knn"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> ContentScorer:
        """Describe the queries of the past."""
        content = content_of(known, known.task.query, text_share=self.text_share, hops=self.hops)
        past = np.flatnonzero(np.diff(known.history.indptr))
        others = content.nodes.take(past).others()
        pairs = sparse.csr_array(decayed_history(known, self.half_life)[past])
        return ContentScorer(self, content, others, past, pairs, prior_of(known))


@dataclass(frozen=True)
class ContentScorer:
    """``past``: query nodes with known pairs, (P,), their content ``others`` and their ``pairs``, (P, C)."""

    config: ContentKnn
    content: LabelContent
    others: Others
    past: Indices
    pairs: sparse.csr_array
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Weigh the nearest past queries, some questions at a time; a query is no neighbour of its own."""
        out = np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
        k = min(self.config.k, len(self.past))
        if not k:
            return self.prior.under(out, questions)
        mine = self.content.of(questions)
        for part in blocks(len(questions), max(len(self.past), questions.n_candidates)):
            query = questions.query[part]
            near = mine.take(np.arange(part.start, part.stop)).similarity(self.others)
            if questions.guests is None:
                near[query[:, None] == self.past] = -np.inf
            np.negative(near, out=near)
            best = np.argpartition(near, k - 1, axis=1)[:, :k]
            cosine = -np.take_along_axis(near, best, axis=1)
            # What has nothing in common is no neighbour, however few there are.
            weight = np.where(cosine > 0, np.exp((cosine - 1) / self.config.temperature), 0.0)
            rows = np.repeat(np.arange(len(query)), k)
            cells = (weight.astype(np.float32).reshape(-1), (rows, best.reshape(-1)))
            out[part] = (sparse.coo_array(cells, shape=near.shape).tocsr() @ self.pairs).toarray()
        return self.prior.under(out, questions)


@dataclass(frozen=True)
class ContentMatch:
    """score(q, c) = profile · cos(x, c) + own · cos(q, c), x the mean of the candidates given with q.

    Rocchio's profile (1971) of what is given, compared with every candidate by facts and text, and the query itself
    where it has text, or facts of the same kinds. ``profile`` 0 leaves the first out, ``own`` 0 the second.
    """

    profile: float = 1.0
    """Weight of the likeness to what is given; 0 or more."""
    own: float = 1.0
    """Weight of the likeness to the query itself; 0 or more."""
    text_share: float = 0.5
    """Share of the texts in a cosine, 0 to 1; the facts have the rest."""
    hops: int = 1
    """How far linked facts reach: 1 for linked nodes, 2 for what those are linked to in turn as well."""
    name: str = "content-knn"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> MatchScorer:
        """Describe the candidates, and the queries in the same terms."""
        candidates = content_of(known, known.task.candidate, text_share=self.text_share, hops=self.hops)
        queries = candidates if known.same_label else _by_text(known, candidates.nodes)
        return MatchScorer(self, queries, candidates.nodes, candidates.nodes.others(), prior_of(known))


@dataclass(frozen=True)
class MatchScorer:
    """``queries`` and ``candidates`` in the same terms; ``others`` are the candidates to compare with."""

    config: ContentMatch
    queries: LabelContent
    candidates: Content
    others: Others
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Compare, some questions at a time."""
        out = np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
        mine = self.queries.of(questions)
        for part in blocks(len(questions), questions.n_candidates):
            if self.config.own:
                own = mine.take(np.arange(part.start, part.stop)).similarity(self.others)
                out[part] = np.float32(self.config.own) * own
            if self.config.profile:
                given = np.float32(self.config.profile) * questions.context[part]
                out[part] += self.candidates.mean_of(given).similarity(self.others)
        return self.prior.under(np.maximum(out, 0.0), questions)


def _by_text(known: Known, candidates: Content) -> LabelContent:
    """Describe queries by text alone: their facts are other ones than those of candidates."""
    label, width = known.task.query, candidates.text.width
    shared = has_text(known, label) and has_text(known, known.task.candidate)
    vectors = known.vectors[label] if shared else np.zeros((len(known.queries), width), np.float32)
    # No field has a weight, so there is no fact; the width is that of the candidates.
    facts = sparse.csr_array((len(known.queries), candidates.facts.shape[1]), dtype=np.float32)
    return LabelContent(known, label, 1, {}, Content(facts, centred(vectors), 1.0))
