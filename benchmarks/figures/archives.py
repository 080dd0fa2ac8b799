"""Archives of runs: what a reader needs to check a figure, the same bytes from the same files."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
from pathlib import Path
from typing import Final

_KEPT: Final = (
    "*.json",
    "*.svg",
    "*.trec",
    "report.md",
    "report.html",
    "queries.parquet",
    "quarantine.csv",
)
"""Files of a run by name; finished fits below ``parts`` are no result."""


def pack_run(folder: Path, archive: Path) -> Path | None:
    """Pack the results in ``folder``, sorted, without dates and owners; None where there are none.

    An archive that is newer than all its files is left as it is.
    """
    files = sorted({path for pattern in _KEPT for path in folder.glob(pattern) if not path.name.startswith(".")})
    if not files:
        return None
    newest = max(path.stat().st_mtime_ns for path in (folder, *files))
    if archive.exists() and archive.stat().st_mtime_ns > newest:
        return archive
    archive.parent.mkdir(parents=True, exist_ok=True)
    scratch = archive.with_name(f".{archive.name}.{os.getpid()}")
    with (
        scratch.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in files:
            _add(tar, path, f"{folder.name}/{path.name}")
    scratch.replace(archive)
    return archive


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = path.stat().st_size, 0o644, 0
    with path.open("rb") as file:
        tar.addfile(entry, file)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
