"""Bundles on disk: which there are, which serves, and the way back."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from graph_schema.errors import ModelError, NotFoundError

_POINTER = "current"
_HISTORY = "promotions.jsonl"


class ModelRegistry:
    """A folder of bundles, one folder per version, and a pointer file that is replaced in one step.

    Whoever serves reads the pointer again to see a promotion; a bundle folder never changes once it is here.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, version: str) -> Path:
        """Folder of a version; raises ``NotFoundError`` where it is not here."""
        path = self.folder / version
        if not version or not (path / "bundle.json").exists() or path.parent != self.folder:
            known = ", ".join(self.versions()) or "none"
            raise NotFoundError(f"no model {version!r} in {self.folder}; known: {known}. Make one with `dure train`")
        return path

    def add(self, bundle: Path, version: str) -> Path:
        """Move a finished bundle folder of the same file system in as ``version``; raises ``ModelError`` if taken."""
        target = self.folder / version
        self.folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise ModelError(f"model {version!r} is in {self.folder} already; versions are never overwritten")
        shutil.move(bundle, target)
        return target

    def promote(self, version: str) -> None:
        """Make a version the one that serves; the history keeps who served when."""
        self.path(version)
        self._record("promote", version)
        self._point(version)

    def rollback(self) -> str:
        """Return to the version that served before the current one; raises ``NotFoundError`` where there is none."""
        stack: list[str] = []
        for event in self.history():
            if event["event"] == "promote":
                stack.append(event["version"])
            elif stack:
                stack.pop()
        earlier = [version for version in stack[:-1] if (self.folder / version).is_dir()]
        if not earlier:
            raise NotFoundError(f"no earlier model in {self.folder} to go back to")
        previous = earlier[-1]
        self._record("rollback", previous)
        self._point(previous)
        return previous

    def current(self) -> str | None:
        """Version that serves, None before the first promotion."""
        try:
            return (self.folder / _POINTER).read_text().strip() or None
        except FileNotFoundError:
            return None

    def versions(self) -> list[str]:
        """All versions, oldest first."""
        return sorted(p.parent.name for p in self.folder.glob("*/bundle.json"))

    def history(self) -> list[dict[str, str]]:
        """Promotions and rollbacks in their order: ``event``, ``version``, ``at`` (UTC)."""
        path = self.folder / _HISTORY
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def _point(self, version: str) -> None:
        pointer = self.folder / f".{_POINTER}-{os.getpid()}"
        pointer.write_text(version + "\n")
        pointer.replace(self.folder / _POINTER)

    def _record(self, event: str, version: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with (self.folder / _HISTORY).open("a") as file:
            file.write(json.dumps({"event": event, "version": version, "at": at}) + "\n")
