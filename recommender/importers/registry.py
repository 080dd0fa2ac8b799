"""The public sets that can be imported, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.importers import h2020, lastfm_kg, miyagi, patents, sbir, slovenia, thueringen, triple_files
from recommender.importers.award_list import AwardList, ListRequest, read_list
from recommender.importers.published import refuse_other_set
from recommender.importers.recbole import recbole_folder
from recommender.knowledge.folder.write import ExperimentFolder, write_folder

Importer = Callable[[Path], Iterable[ExperimentFolder]]
"""Makes experiment folders of the files of a public set; raises ``SourceError`` where they are not as published."""

IMPORTERS: Final[dict[str, Importer]] = {
    "codex-s": triple_files.codex_s,
    "h2020": h2020.folders,
    "h2020-names": h2020.named_folders,
    "lastfm-kg": lastfm_kg.folders,
    "miyagi": miyagi.folders,
    "patents": patents.folders,
    "sbir": sbir.folders,
    "slovenia": slovenia.folders,
    "thueringen": thueringen.folders,
    "umls": triple_files.umls,
}

GENERIC: Final[dict[str, Callable[[str, Path], ExperimentFolder]]] = {
    "recbole": recbole_folder,
    "triples": triple_files.triples_folder,
}
"""Folders of a known format, of any set: from a name and a path."""
AWARDS: Final = "awards"
"""Stands for any list of awards, a file of one's own."""


def import_set(name: str, path: Path, out: Path, progress: Progress = silent, called: str = "") -> list[Path]:
    """Write the folders of a public set under ``out``, each by its own name, and return their paths.

    ``path`` is the folder of the published files. A folder of a known format is written by the name ``called``, that
    of ``path`` by default. Raises ``NotFoundError`` for a set that is not known, ``SourceError`` for files that are
    absent or not as published, ``ConfigError`` where a folder cannot be written.
    """
    if name not in IMPORTERS and name not in GENERIC:
        known = ", ".join((AWARDS, *GENERIC, *IMPORTERS))
        raise NotFoundError(
            Wording(
                f"없는 데이터 이름입니다: {name!r}. 다음 가운데 하나를 적으십시오: {known}",
                f"no set is called {name!r}; choose one of {known}",
            )
        )
    if called and name not in GENERIC:
        raise ConfigError(
            Wording(
                f"{name}: 폴더 이름이 정해져 있습니다. --name은 다음에만 씁니다: {', '.join(GENERIC)}",
                f"{name} names its folders itself; --name is for {' and '.join(GENERIC)}",
            )
        )
    if called in (".", "..") or Path(called).name != called:
        raise ConfigError(
            Wording(
                f"--name {called!r}: 폴더 이름이 아닙니다. 빗금(/) 없이 적고, 폴더를 쓸 곳은 --out으로 지정하십시오",
                f"--name {called!r} cannot name a folder; give one without a slash, --out says where it lies",
            )
        )
    written: list[Path] = []
    progress(f"import {name}", 0, None)
    for folder in _folders(name, path, called):
        written.append(write_folder(out / str(folder.spec["name"]), folder))
        progress(f"import {name}", len(written), None)
    return written


def _folders(name: str, path: Path, called: str) -> Iterable[ExperimentFolder]:
    if name in GENERIC:
        return [GENERIC[name](called or path.resolve().name, path)]
    refuse_other_set(name, path)
    return IMPORTERS[name](path)


def import_list(path: Path, out: Path, request: ListRequest, progress: Progress = silent) -> tuple[Path, AwardList]:
    """Write the folder of a list of awards under ``out``, by the name of the file; return its path and what was read.

    Raises ``SourceError`` where the file cannot be read, ``ConfigError`` where the folder cannot be written.
    """
    progress(f"import {path.name}", 0, None)
    found = read_list(path, request)
    written = write_folder(out / str(found.folder.spec["name"]), found.folder)
    progress(f"import {path.name}", 1, None)
    return written, found
