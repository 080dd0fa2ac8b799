"""EASE over facts: each fact about an entity is predicted from its other facts, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from recommender.measure.arrays import Floats
from recommender.triples.data import Answers, Queries, Triples
from recommender.triples.protocols import FitContext, TripleScorer


@dataclass(frozen=True)
class EaseEstimator:
    """EASE (Steck 2019) with entities as users and facts (relation, other entity) as items; ``ridge`` is its lambda.

    With the binary F (entities x facts) and P = (F'F + ridge)^-1, EASE predicts F - F P / diag P. There are far more
    facts than entities, so P is never made: F P = M F and diag P = (1 - diag F' M F) / ridge, M = (F F' + ridge)^-1.
    A triple is two facts, one of either end, and scores their sum.
    """

    ridge: float = 20.0
    """λ, added to the diagonal of the Gram matrix; above 0."""

    def fit(self, triples: Triples, context: FitContext) -> EaseScorer:
        """Solve; time grows with the cube of the entities, memory with entities times facts."""
        answers = Answers.of(triples.train, triples.n_entities, triples.n_relations)
        # Row (d, a) of the answers lists who has the fact (inverse of d, a), so its transpose is F.
        facts = sparse.csr_array(answers.pattern.T)
        gram = (facts @ facts.T).toarray().astype(np.float64)
        gram[np.diag_indices_from(gram)] += self.ridge
        inverse = linalg.inv(gram, overwrite_a=True, check_finite=False).astype(np.float32)
        spread = inverse @ facts.toarray()
        own = np.asarray(facts.multiply(spread).sum(axis=0)).reshape(-1)
        diagonal = (1.0 - own) / self.ridge
        predicted = facts.toarray() - spread / diagonal.astype(np.float32)
        context.progress("EASE", 1, 1)
        return EaseScorer(answers, predicted, triples.n_relations)


class EaseScorer(TripleScorer):
    """Predicted facts, (N, K); column k is the fact of holding for an answer of query k."""

    def __init__(self, answers: Answers, predicted: Floats, n_relations: int) -> None:
        super().__init__(n_relations)
        self._predicted = np.ascontiguousarray(predicted.T)
        relation, anchor = np.divmod(answers.keys, predicted.shape[0])
        self._anchors = anchor
        self._limits = np.searchsorted(relation, np.arange(2 * n_relations + 1))
        self._answers = answers

    def score(self, queries: Queries) -> Floats:
        """Add what is predicted of each entity about the anchor to what is predicted of the anchor about it."""
        n_entities = self._predicted.shape[1]
        scores = np.zeros((len(queries), n_entities), dtype=np.float32)
        rows, found = self._answers.find(queries)
        scores[found] = self._predicted[rows[found]]
        inverse = (queries.relation + self.n_relations) % (2 * self.n_relations)
        for relation in np.unique(inverse):
            columns = slice(self._limits[relation], self._limits[relation + 1])
            mine = np.flatnonzero(inverse == relation)
            scores[np.ix_(mine, self._anchors[columns])] += self._predicted[columns, queries.anchor[mine]].T
        return scores
