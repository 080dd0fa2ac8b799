"""Keeps the pages of one service as they came: each whole or not at all, so that a killed run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from graph_schema.wording import Wording
from loaders.files import unwritable

T = TypeVar("T")

RUN: Final = "run.json"
_STALE: Final = timedelta(days=3)
"""After so long the pages have moved too far for a run to go on; a daily quota is back well before."""
_OWNER_ONLY: Final = 0o600
"""Pages may hold what is personal: read and written by their owner alone (0600)."""
_OWNER_FOLDER: Final = 0o700
"""The same for their folder (0700)."""

_KEPT: Final = Wording("받은 쪽을 보관할 수 없는", "pages cannot be kept")


class PageFolder:
    """The pages of one run in ``folder``, which only its owner may read, since they may hold personal data.

    ``run.json`` says what was asked for, when the run began (UTC), whether it is complete, that is fetched and loaded
    to its end, and whether the one before was (``follows``); no key is in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, asked: Mapping[str, Any], now: datetime) -> bool:
        """Go on with an unfinished run that asked for the same a short time ago, or begin anew.

        Return whether the run follows one that asked for the same and is complete, so that what is known leaves no gap.
        """
        earlier = self._run()
        same = bool(earlier) and earlier["asked"] == asked
        if same and not earlier["complete"] and now - datetime.fromisoformat(earlier["begun"]) < _STALE:
            return bool(earlier["follows"])
        follows = same and bool(earlier["complete"])
        try:
            self.folder.mkdir(mode=_OWNER_FOLDER, parents=True, exist_ok=True)
            for path in self.folder.iterdir():
                path.unlink()
        except OSError as error:
            raise unwritable(self.folder, error, _KEPT) from error
        run = {"asked": asked, "begun": now.isoformat(), "complete": False, "follows": follows}
        self._write(RUN, json.dumps(run).encode())
        return follows

    def finish(self) -> None:
        """Note that the run was fetched and loaded to its end: the next one begins anew."""
        self._write(RUN, json.dumps(self._run() | {"complete": True}).encode())

    def path(self, name: str) -> Path:
        """Return where a page lies, or would lie."""
        return self.folder / name

    def has(self, name: str) -> bool:
        """Whether a page is there, whole."""
        return self.path(name).is_file()

    def keep(self, name: str, body: bytes, examine: Callable[[Path], T]) -> T:
        """Keep a page and return what ``examine`` says of it; it is not kept where that raises."""
        part = self._write_part(name, body)
        try:
            said = examine(part)
        except BaseException:
            part.unlink()
            raise
        part.replace(self.path(name))
        return said

    def _run(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / RUN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _write(self, name: str, body: bytes) -> None:
        self._write_part(name, body).replace(self.path(name))

    def _write_part(self, name: str, body: bytes) -> Path:
        part = self.folder / f".{name}"
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(self.folder, error, _KEPT) from error
        return part
