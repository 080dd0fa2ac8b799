"""Content: how alike two nodes are by their facts and by the vectors of their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions, Rows
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import (
    Fields,
    attribute_facts,
    compact,
    linked_facts,
    products,
    rarities,
    unit_rows,
    vectors_of,
)


@dataclass(frozen=True)
class CentredText:
    """Text vectors about their mean, of length 1: (vectors[rows] − mean) · scale[rows]; nothing of it is a copy.

    ``vectors`` (N, d), ``mean`` (d,), ``scale`` (N,), 0 where a node has no text; ``rows`` (n,), all where None.
    """

    vectors: Floats
    mean: Floats
    scale: Floats
    rows: Indices | None = None

    def __len__(self) -> int:
        return len(self.vectors) if self.rows is None else len(self.rows)

    @property
    def width(self) -> int:
        """Length of a vector, d."""
        return int(self.vectors.shape[1])

    def dense(self) -> Floats:
        """Return the vectors, (n, d)."""
        rows = slice(None) if self.rows is None else self.rows
        return np.asarray((self.vectors[rows] - self.mean) * self.scale[rows][:, None], dtype=np.float32)

    def take(self, rows: Indices) -> CentredText:
        """Return some of the nodes."""
        return replace(self, rows=rows if self.rows is None else self.rows[rows])

    def similarity(self, others: CentredText) -> Floats:
        """Cosine with all ``others``, (n, others)."""
        mine = self.dense()
        scale = others.scale if others.rows is None else others.scale[others.rows]
        cosines = products(mine, others.vectors, others.rows)
        cosines -= products(mine, others.mean[None, :])
        cosines *= scale
        return cosines

    def sums_of(self, groups: sparse.csr_array) -> Floats:
        """Return the sums of the members of groups of these nodes, (groups, n), brought to length 1; (groups, d)."""
        text = groups @ self.dense()
        length = np.linalg.norm(text, axis=1, keepdims=True)
        return np.asarray(text / np.where(length > 0, length, 1.0), dtype=np.float32)


def centred(vectors: Floats, mean: Floats | None = None) -> CentredText:
    """Put vectors (n, d) about a mean, that of their filled rows by default; rows of zeros stay zero."""
    filled = np.abs(vectors).max(axis=1, initial=0.0) > 0
    own = vectors[filled].mean(axis=0) if mean is None and filled.any() else np.zeros(vectors.shape[1])
    centre = np.asarray(own if mean is None else mean, dtype=np.float32)
    length = np.linalg.norm(vectors - centre, axis=1)
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=filled & (length > 0))
    return CentredText(vectors, centre, scale.astype(np.float32))


@dataclass(frozen=True)
class Content:
    """Facts as sparse rows of length 1, (nodes, F), and text of length 1 about its mean."""

    facts: sparse.csr_array
    text: CentredText
    text_share: float

    def __len__(self) -> int:
        return int(self.facts.shape[0])

    def similarity(self, others: Others) -> Floats:
        """Cosine with all ``others``, facts and text in their shares; (nodes, others)."""
        out = np.zeros((len(self), len(others.text)), dtype=np.float32)
        if self.text.width and self.text_share:
            out += np.float32(self.text_share) * self.text.similarity(others.text)
        if self.facts.shape[1] and self.text_share < 1:
            out += np.float32(1 - self.text_share) * (self.facts @ others.facts).toarray()
        return out

    def take(self, rows: Indices) -> Content:
        """Return some of the nodes."""
        return Content(self.facts[rows], self.text.take(rows), self.text_share)

    def others(self) -> Others:
        """Return the same to compare with."""
        return Others(compact(sparse.csr_array(self.facts.T)), self.text)

    def mean_of(self, groups: sparse.csr_array) -> Content:
        """Describe groups of these nodes, (groups, nodes), by the sums of their members, brought to length 1."""
        text = self.text.sums_of(groups)
        zero, ones = np.zeros(text.shape[1], np.float32), np.ones(len(text), np.float32)
        return Content(unit_rows(groups @ self.facts), CentredText(text, zero, ones), self.text_share)


@dataclass(frozen=True)
class Others:
    """What content is compared with: facts by their value, (F, others), turned once and not for every question."""

    facts: sparse.csr_array
    text: CentredText


@dataclass(frozen=True)
class LabelContent:
    """Content of a label: of its nodes, and by the same measure of guests.

    ``weights`` are those of the values of each field of facts.
    """

    known: Known
    label: str
    hops: int
    weights: Mapping[str, Floats]
    nodes: Content

    def of(self, questions: Questions) -> Content:
        """Describe who asks, (Q, …)."""
        if questions.guests is None:
            return self.nodes.take(questions.query)
        rows, text = questions.guests, self.nodes.text
        vectors = np.zeros((len(rows), text.width), np.float32) if rows.text is None else rows.text
        facts = vectors_of(_fields(self.known, self.label, self.hops, rows), len(rows), self.weights)
        return Content(facts, centred(vectors, text.mean), self.nodes.text_share).take(questions.query)


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
    share = text_share if vectors.shape[1] and facts.shape[1] else float(vectors.shape[1] > 0)
    return LabelContent(known, label, hops, weights, Content(facts, centred(vectors), share))


def _fields(known: Known, label: str, hops: int, rows: Rows | None = None) -> Fields:
    nodes = known.dataset.nodes[label]
    attributes = attribute_facts(nodes if rows is None else rows.nodes, nodes)
    return attributes | linked_facts(known, label, hops=hops, rows=rows)
