"""Content: how alike two nodes are by their facts and by the vectors of their text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import attribute_facts, linked_facts, products, unit_rows, vectors_of


@dataclass(frozen=True)
class Content:
    """Facts as sparse rows of length 1, (nodes, F), and text as dense rows of length 1 about their mean, (nodes, d)."""

    facts: sparse.csr_array
    text: Floats
    text_share: float

    def similarity(self, rows: Indices, others: Content) -> Floats:
        """Cosine of some of these nodes with all ``others``, facts and text in their shares; (rows, others)."""
        out = np.zeros((len(rows), others.facts.shape[0]), dtype=np.float32)
        if self.text.shape[1] and self.text_share:
            out += np.float32(self.text_share) * products(self.text[rows], others.text)
        if self.facts.shape[1] and self.text_share < 1:
            out += np.float32(1 - self.text_share) * (self.facts[rows] @ others.facts.T).toarray()
        return out

    def take(self, rows: Indices) -> Content:
        """Return some of the nodes."""
        return Content(self.facts[rows], self.text[rows], self.text_share)

    def mean_of(self, groups: sparse.csr_array) -> Content:
        """Describe groups of these nodes, (groups, nodes), by the sums of their members, brought to length 1."""
        text = groups @ self.text
        length = np.linalg.norm(text, axis=1, keepdims=True)
        unit = np.asarray(text / np.where(length > 0, length, 1.0), dtype=np.float32)
        return Content(unit_rows(groups @ self.facts), unit, self.text_share)


def has_text(known: Known, label: str) -> bool:
    """Whether nodes of a label have text vectors."""
    return label in known.vectors and known.vectors[label].shape[1] > 0


def content_of(known: Known, label: str, *, text_share: float, hops: int = 1, idf_power: float = 1.0) -> Content:
    """Describe the nodes of a label; where there is no text or there are no facts, the other counts alone."""
    size = len(known.dataset.nodes[label])
    fields = attribute_facts(known.dataset.nodes[label]) | linked_facts(known, label, hops=hops)
    facts = vectors_of(fields, size, idf_power)
    text = centred(known.vectors[label]) if has_text(known, label) else np.zeros((size, 0), np.float32)
    share = text_share if text.shape[1] and facts.shape[1] else float(text.shape[1] > 0)
    return Content(facts, text, share)


def centred(vectors: Floats) -> Floats:
    """Take the mean of all filled rows away and bring rows to length 1; rows of zeros stay."""
    filled = np.abs(vectors).max(axis=1, initial=0.0) > 0
    moved = np.where(filled[:, None], vectors - vectors[filled].mean(axis=0) if filled.any() else vectors, 0.0)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(length > 0, length, 1.0), dtype=np.float32)
