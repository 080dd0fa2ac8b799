"""Content: how alike two nodes are by their facts and by the vectors of their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Asked, Known, Rows
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import Fields, attribute_facts, linked_facts, products, rarities, unit_rows, vectors_of


@dataclass(frozen=True)
class Content:
    """Facts as sparse rows of length 1, (nodes, F), and text as dense rows of length 1 about their mean, (nodes, d)."""

    facts: sparse.csr_array
    text: Floats
    text_share: float

    def __len__(self) -> int:
        return int(self.facts.shape[0])

    def similarity(self, others: Content) -> Floats:
        """Cosine with all ``others``, facts and text in their shares; (nodes, others)."""
        out = np.zeros((len(self), len(others)), dtype=np.float32)
        if self.text.shape[1] and self.text_share:
            out += np.float32(self.text_share) * products(self.text, others.text)
        if self.facts.shape[1] and self.text_share < 1:
            out += np.float32(1 - self.text_share) * (self.facts @ others.facts.T).toarray()
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


@dataclass(frozen=True)
class LabelContent:
    """Content of a label: of its nodes, and by the same measure of guests.

    ``weights`` are those of the values of each field of facts, ``mean`` the text that vectors are centred on, (d,).
    """

    known: Known
    label: str
    hops: int
    weights: Mapping[str, Floats]
    mean: Floats
    text_share: float
    nodes: Content

    def of(self, asked: Asked) -> Content:
        """Describe who asks, (Q, …)."""
        if asked.guests is None:
            return self.nodes.take(asked.query)
        rows = asked.guests
        fields = _fields(self.known, self.label, self.hops, rows)
        text = np.zeros((len(rows), len(self.mean)), np.float32) if rows.text is None else rows.text
        facts = vectors_of(fields, len(rows), self.weights)
        return Content(facts, centred(text, self.mean), self.text_share).take(asked.query)


def has_text(known: Known, label: str) -> bool:
    """Whether nodes of a label have text vectors."""
    return label in known.vectors and known.vectors[label].shape[1] > 0


def content_of(known: Known, label: str, *, text_share: float, hops: int = 1, idf_power: float = 1.0) -> LabelContent:
    """Describe the nodes of a label; where there is no text or there are no facts, the other counts alone."""
    size = len(known.dataset.nodes[label])
    fields = _fields(known, label, hops)
    weights = rarities(fields, idf_power)
    facts = vectors_of(fields, size, weights)
    vectors = known.vectors[label] if has_text(known, label) else np.zeros((size, 0), np.float32)
    mean = centre_of(vectors)
    share = text_share if vectors.shape[1] and facts.shape[1] else float(vectors.shape[1] > 0)
    nodes = Content(facts, centred(vectors, mean), share)
    return LabelContent(known, label, hops, weights, mean, share, nodes)


def _fields(known: Known, label: str, hops: int, rows: Rows | None = None) -> Fields:
    nodes = known.dataset.nodes[label]
    attributes = attribute_facts(nodes if rows is None else rows.nodes, nodes)
    return attributes | linked_facts(known, label, hops=hops, rows=rows)


def centre_of(vectors: Floats) -> Floats:
    """Mean of all filled rows, zero where there is none; (d,)."""
    filled = np.abs(vectors).max(axis=1, initial=0.0) > 0
    return np.asarray(vectors[filled].mean(axis=0) if filled.any() else np.zeros(vectors.shape[1]), dtype=np.float32)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Take the mean away from filled rows and bring rows to length 1; rows of zeros stay."""
    filled = np.abs(vectors).max(axis=1, initial=0.0) > 0
    moved = np.where(filled[:, None], vectors - mean, 0.0)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(length > 0, length, 1.0), dtype=np.float32)
