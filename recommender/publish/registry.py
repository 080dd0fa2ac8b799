"""Bundles on disk: which there are, which serves, and the way back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from graph_schema.errors import ConfigError, ModelError, NotFoundError
from graph_schema.wording import Wording
from recommender.snapshot.finished_folder import take_place
from stores.file_lock import exclusive

_POINTER: Final = "current"
_HISTORY: Final = "promotions.jsonl"
_LOCK: Final = "promotions.lock"
_MANIFEST: Final = "bundle.json"
_BY_HAND: Final = "by hand"

Change = Mapping[str, str]
"""A promotion or rollback: ``event``, ``version``, ``previous`` (which served before, empty where none did),
``reason`` and ``at`` (UTC). Rows of older histories have neither ``previous`` nor ``reason``."""


class ModelRegistry:
    """A folder of bundles, one folder per version, and a pointer file that is replaced in one step.

    Whoever serves reads the pointer again to see a promotion; a bundle folder never changes once it is here. A change
    is written to the history first and to the pointer second: it has happened once the pointer names its version, so a
    crash in between leaves what served before in service, and a row that counts for nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, version: str) -> Path:
        """Folder of a version; raises ``NotFoundError`` where it is not here."""
        if not self._has(version):
            known = ", ".join(self.versions())
            raise NotFoundError(
                Wording(
                    f"{self.folder}에 없는 모델: {version!r}(있는 모델: {known or '없음'}). `dure train`으로 "
                    "학습하십시오",
                    f"no model {version!r} in {self.folder}; known: {known or 'none'}. Make one with `dure train`",
                )
            )
        return self.folder / version

    def add(self, bundle: Path, version: str) -> Path:
        """Move a finished bundle folder of the same file system in as ``version``; raises ``ModelError`` if taken."""
        target = self.folder / version
        self.folder.mkdir(parents=True, exist_ok=True)
        if not take_place(bundle, target):
            raise ModelError(
                Wording(
                    f"{self.folder}에 이미 있는 모델: {version!r}. 저장된 버전은 덮어쓰지 않습니다",
                    f"model {version!r} is in {self.folder} already; versions are never overwritten",
                )
            )
        return target

    def promote(self, version: str, reason: str = _BY_HAND) -> None:
        """Make a version the one that serves; the history keeps who served when and why, so the reason is needed."""
        self.path(version)
        if not reason.strip():
            raise ConfigError(
                Wording(
                    "모델을 교체하는 사유가 없습니다. 이 모델로 바꾸는 사유를 짧게 적으십시오",
                    "a promotion needs a reason; say in a few words why this model shall serve",
                )
            )
        with exclusive(self.folder / _LOCK):
            self._change("promote", version, reason)

    def rollback(self, reason: str = _BY_HAND) -> str:
        """Return to the version that served before the current one; raises ``NotFoundError`` where there is none.

        Versions that are gone are passed over. Each call goes one step further back.
        """
        with exclusive(self.folder / _LOCK):
            current = self.current()
            earlier = [each for each in self._stack() if each != current and self._has(each)]
            if not earlier:
                raise NotFoundError(
                    Wording(
                        f"{self.folder}에 되돌릴 이전 모델이 없습니다. 모델 목록은 `dure models list`로 볼 수 있습니다",
                        f"no earlier model in {self.folder} to go back to; `dure models list` shows them all",
                    )
                )
            self._change("rollback", earlier[-1], reason)
        return earlier[-1]

    def current(self) -> str | None:
        """Version that serves, None before the first promotion."""
        try:
            return (self.folder / _POINTER).read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def versions(self) -> list[str]:
        """All versions, oldest first."""
        return sorted(p.parent.name for p in self.folder.glob(f"*/{_MANIFEST}"))

    def history(self) -> list[Change]:
        """Return the changes that happened, in their order."""
        rows = self._rows()
        pointed = [row.get("previous", before["version"]) for before, row in pairwise(rows)]
        return [row for row, after in zip(rows, [*pointed, self.current()], strict=False) if row["version"] == after]

    def periods(self) -> dict[str, list[tuple[str, str | None]]]:
        """Return when each version served: from and until, None for until now."""
        found: dict[str, list[tuple[str, str | None]]] = {}
        changes = self.history()
        for at, change in enumerate(changes):
            if at and changes[at - 1]["version"] == change["version"]:
                continue
            ends = (later["at"] for later in changes[at:] if later["version"] != change["version"])
            found.setdefault(change["version"], []).append((change["at"], next(ends, None)))
        return found

    def _stack(self) -> list[str]:
        """Versions to go back through, the newest last."""
        stack: list[str] = []
        for change in self.history():
            version = change["version"]
            if change["event"] == "rollback":
                while stack and stack[-1] != version:
                    stack.pop()
            if stack[-1:] != [version]:
                stack.append(version)
        return stack

    def _has(self, version: str) -> bool:
        path = self.folder / version
        return bool(version) and path.parent == self.folder and (path / _MANIFEST).exists()

    def _rows(self) -> list[Change]:
        path = self.folder / _HISTORY
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [row for row in map(_row, lines) if row is not None]

    def _change(self, event: str, version: str, reason: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"event": event, "version": version, "previous": self.current() or "", "reason": reason, "at": at}
        lines = [json.dumps(each, ensure_ascii=False) for each in (*self._rows(), row)]
        self._replace(_HISTORY, "\n".join(lines))
        self._replace(_POINTER, version)

    def _replace(self, name: str, text: str) -> None:
        """Write a file in one step, on disk before the step is done."""
        scratch = self.folder / f".{name}-{os.getpid()}"
        with scratch.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _row(line: str) -> Change | None:
    """Read a row; None for half a line, which a crash could leave when rows were still appended."""
    try:
        found: Change = json.loads(line)
    except ValueError:
        return None
    return found
