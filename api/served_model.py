"""The recommender as the API sees it: opened beside the requests, and anew when another is promoted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import Final, Protocol

import structlog

from api.problems import OpeningError
from graph_schema.errors import DureError, ModelError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.profile import Profile
from recommender.language.answers import Answer, Audience, Lineage
from recommender.publish.registry import ModelRegistry
from stores.home import Home

_PAUSE_S: Final = 5.0
"""After a failure it is not tried again for so long, so that a broken one does not keep a core busy."""


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

    def hubs(self) -> Collection[NodeRef]:
        """Nodes that so many companies share that no path through them means anything."""
        ...

    def recommend(
        self, task: str, query: NodeRef | Profile, *, n: int = 10, as_of: date | None = None, audience: Audience
    ) -> Answer:
        """Rank candidates for a node or a profile, with reasons that ``audience`` may read.

        Raises ``NotFoundError`` for an unknown node.
        """
        ...

    def recommend_for_case(
        self,
        task: str,
        words: str,
        company: str | None,
        *,
        n: int = 10,
        as_of: date | None = None,
        audience: Audience,
    ) -> Answer:
        """Rank candidates for what a company needs, in words; nothing is known of one that the snapshot lacks."""
        ...

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Rank those who should hear of a candidate; raises ``NotFoundError`` for an unknown node."""
        ...

    def read_profile(self, fields: Mapping[str, object], as_of: date | None = None) -> tuple[Profile, Sequence[Note]]:
        """Read a company's fields, ``text`` as said on a day among them, and say what was read.

        Raises ``ValidationError``.
        """
        ...


OpenRecommender = Callable[[Path], RecommenderPort]


class ServedModel:
    """Holds the recommender of a home folder; no request waits for one to be opened.

    It may be absent at first: the server starts and says that it is not ready. After a promotion or rollback the new
    one is opened in a thread of its own while requests go on with the old; one that cannot be opened leaves the old
    in place and is tried again after a pause.
    """

    def __init__(self, home: Path, opener: OpenRecommender) -> None:
        self._home = home
        self._opener = opener
        self._lock = Lock()
        self._thread: Thread | None = None
        self._recommender: RecommenderPort | None = None
        self._version: str | None = None
        self._failure: Wording | None = None
        self._failed: str | None = None
        self._next_try = 0.0

    def get(self) -> RecommenderPort:
        """Return the recommender; raises ``OpeningError`` before the first is open, ``ModelError`` where it failed."""
        promoted = self._refresh()
        found = self._recommender
        if found is not None:
            return found
        if self._failure and promoted == self._failed:
            ko, en = self._failure
            raise ModelError(Wording(f"추천기를 열지 못했습니다: {ko}", f"no recommender is open: {en}"))
        raise OpeningError(Wording("추천기를 여는 중입니다", "the recommender is being opened"))

    def lineage(self) -> Lineage | None:
        """Lineage of the recommender in use, None where there is none."""
        self.refresh()
        return None if self._recommender is None else self._recommender.lineage

    def hubs(self) -> Collection[NodeRef]:
        """Hubs as the recommender in use sees them, none where there is none."""
        self.refresh()
        return () if self._recommender is None else self._recommender.hubs()

    def refresh(self) -> None:
        """Have the promoted recommender opened where it is not the one in use; returns at once."""
        self._refresh()

    def _refresh(self) -> str | None:
        promoted = ModelRegistry(Home(self._home).models).current()
        in_use = self._recommender is not None and promoted == self._version
        # The failure of one says nothing of another that was promoted since.
        paused = promoted == self._failed and time.monotonic() < self._next_try
        if in_use or paused:
            return promoted
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._open, name="open-model", daemon=True)
                self._thread.start()
        return promoted

    def wait(self, seconds: float) -> None:
        """Wait until what is being opened now is open or has failed."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _open(self) -> None:
        version = ModelRegistry(Home(self._home).models).current()
        start = time.monotonic()
        structlog.get_logger().info("model_opening", model_version=version)
        try:
            opened = self._opener(self._home)
        except Exception as error:  # noqa: BLE001 - whatever fails here, the server goes on with what it has
            said = str(error) or type(error).__name__
            self._failure = error.wording if isinstance(error, DureError) else Wording.alike(said)
            self._failed, self._next_try = version, time.monotonic() + _PAUSE_S
            structlog.get_logger().error("model_not_opened", error=type(error).__name__, message=str(error))
            return
        # What is open counts, and not what was promoted when this began: a promotion in between is seen next time.
        self._recommender, self._version = opened, version
        structlog.get_logger().info(
            "model_opened",
            model_version=opened.lineage.model_version,
            seconds=round(time.monotonic() - start, 1),
        )
