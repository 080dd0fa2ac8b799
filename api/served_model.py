"""The recommender as the API sees it: opened until it is there, and anew when another is promoted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

import structlog

from graph_schema.errors import DureError, ModelError
from graph_schema.model import NodeRef
from recommender.model_registry import ModelRegistry
from recommender.profile import Profile
from recommender.results import Answer, Lineage
from stores.home import Home

_PAUSE_S: Final = 5.0
"""After a failure it is not tried again for so long, so that requests do not queue behind it."""


class Note(Protocol):
    """What was read out of a profile's text, as a sentence."""

    @property
    def ko(self) -> str:
        """In Korean."""
        ...

    @property
    def en(self) -> str:
        """In English."""
        ...


class RecommenderPort(Protocol):
    """What the API needs of a recommender; safe for threads."""

    @property
    def lineage(self) -> Lineage:
        """Snapshot, model and configuration in use."""
        ...

    def recommend(self, task: str, query: NodeRef | Profile, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Rank candidates for a node or a profile; raises ``NotFoundError`` for an unknown node."""
        ...

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Rank those who should hear of a candidate; raises ``NotFoundError`` for an unknown node."""
        ...

    def read_profile(self, fields: Mapping[str, object]) -> tuple[Profile, Sequence[Note]]:
        """Read a company's fields, ``text`` among them, and say what was read; raises ``ValidationError``."""
        ...


OpenRecommender = Callable[[Path], RecommenderPort]


class ServedModel:
    """Holds the recommender of a home folder.

    It may be absent at first: the server starts and says that it is not ready. After a promotion or rollback one
    request opens the new one while all others go on with the old; one that cannot be opened leaves the old in place.
    """

    def __init__(self, home: Path, opener: OpenRecommender) -> None:
        self._home = home
        self._opener = opener
        self._opening = Lock()
        self._recommender: RecommenderPort | None = None
        self._version: str | None = None
        self._failure: DureError | None = None
        self._next_try = 0.0

    def get(self) -> RecommenderPort:
        """Return the recommender; raises ``ModelError`` with the cause where it cannot be opened."""
        promoted = self._promoted()
        outdated = self._recommender is None or promoted != self._version
        # Who finds nothing to go on with has to wait; who has an older one does not.
        if outdated and self._opening.acquire(blocking=self._recommender is None):
            try:
                self._open(promoted)
            finally:
                self._opening.release()
        found = self._recommender
        if found is None:
            raise ModelError(f"no recommender could be opened: {self._failure}") from self._failure
        return found

    def lineage(self) -> Lineage | None:
        """Lineage of the recommender in use, None where there is none."""
        try:
            return self.get().lineage
        except ModelError:
            return None

    def _open(self, promoted: str | None) -> None:
        current = self._recommender is not None and promoted == self._version
        if current or time.monotonic() < self._next_try:
            return
        start = time.monotonic()
        structlog.get_logger().info("model_opening", model_version=promoted)
        try:
            self._recommender = self._opener(self._home)
        except DureError as error:
            self._failure = error
            self._next_try = time.monotonic() + _PAUSE_S
            structlog.get_logger().error("model_not_opened", error=type(error).__name__, message=str(error))
        else:
            self._version, self._failure = promoted, None
            structlog.get_logger().info(
                "model_opened",
                model_version=self._recommender.lineage.model_version,
                seconds=round(time.monotonic() - start, 1),
            )

    def _promoted(self) -> str | None:
        """Read which version is promoted now; one small file, so that every request can look."""
        return ModelRegistry(Home(self._home).models).current()
