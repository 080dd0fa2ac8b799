"""Text vectors on disk, in one SQLite file that many processes may use at once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from graph_schema.errors import ModelError
from graph_schema.wording import Wording

_CHUNK = 500
"""Below the number of parameters that every SQLite takes in a query, 999."""
_BUSY_SECONDS = 60
"""Another process holds the file while it writes a batch, seconds at most."""
_KEPT = 10_000
"""Vectors kept in memory; of 384 numbers each they take some 17 MB."""


class VectorCache:
    """Vectors by (model, role, text); keys are hashes, so the file holds no text.

    Without a file the ``_KEPT`` vectors that were asked for last are kept in memory. Safe for threads.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._memory: OrderedDict[bytes, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def get(self, model_id: str, role: str, texts: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Return the vectors that are known, by text."""
        keys = {_key(model_id, role, text): text for text in texts}
        if self._path is None:
            with self._lock:
                known = [key for key in keys if key in self._memory]
                for key in known:
                    self._memory.move_to_end(key)
                return {keys[key]: self._memory[key] for key in known}
        found: dict[str, npt.NDArray[np.float32]] = {}
        if not self._path.exists() or not keys:
            return found
        ordered = list(keys)
        with self._open() as connection:
            for start in range(0, len(ordered), _CHUNK):
                part = ordered[start : start + _CHUNK]
                marks = ",".join("?" * len(part))
                rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 - marks only
                found |= {keys[key]: np.frombuffer(vector, dtype="<f4") for key, vector in rows}
        return found

    def put(self, model_id: str, role: str, texts: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Keep the vectors of ``texts``; what another process wrote in the meantime is left alone."""
        rows = [(_key(model_id, role, text), vector) for text, vector in zip(texts, vectors, strict=True)]
        if self._path is None:
            with self._lock:
                # Copies, since a row of an array would keep the whole array alive.
                self._memory |= ((key, vector.copy()) for key, vector in rows)
                while len(self._memory) > _KEPT:
                    self._memory.popitem(last=False)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection, connection:
            blobs = [(key, vector.astype("<f4").tobytes()) for key, vector in rows]
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", blobs)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            # Who locks before reading waits for others; so does a reader of a file without a write-ahead log, which
            # several that open it at once cannot switch on and off without one being turned away.
            connection = sqlite3.connect(str(self._path), timeout=_BUSY_SECONDS, isolation_level="IMMEDIATE")
            try:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
                )
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise ModelError(
                    Wording(
                        f"텍스트 벡터 파일 {self._path}: 다른 프로세스가 {_BUSY_SECONDS}초 넘게 쓰고 있습니다. 끝난 뒤 "
                        "다시 실행하십시오",
                        f"vector cache {self._path}: another process has been writing for over {_BUSY_SECONDS} "
                        "seconds; run this again when it is done",
                    )
                ) from error
            raise ModelError(
                Wording(
                    f"텍스트 벡터 파일 {self._path}: 사용할 수 없습니다({error}). 지우면 다시 만들어집니다",
                    f"vector cache {self._path} cannot be used ({error}); delete it, it is rebuilt",
                )
            ) from error


def _key(model_id: str, role: str, text: str) -> bytes:
    return hashlib.blake2b(f"{model_id}\x00{role}\x00{text}".encode(), digest_size=16).digest()
