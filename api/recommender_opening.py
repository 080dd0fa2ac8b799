"""The recommender of a home folder, behind the port that the API asks for."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Final

import structlog

from api.served_model import Note
from graph_schema.errors import ConfigError, DureError, ModelError
from graph_schema.garbage import keep_all, uncollected
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Answer, Audience, Lineage

if TYPE_CHECKING:
    from recommender.serve.recommender import Recommender

_LARGE_ARRAYS: Final = -3
"""``M_MMAP_THRESHOLD`` of mallopt(3): from how many bytes on memory goes back as soon as it is freed."""
_LARGE_BYTES: Final = 4 << 20
"""Arrays of this size and more go back to the system when they are freed: a model's, not a request's."""
_AT_REST_AFTER_S: Final = 2.0
"""Who waited for the model asks at once; what only coordinators need is read when these have their answers."""
_FIRST_QUESTION: Final = "고양시에서 센서 모듈을 만드는 제조업체입니다."


class OpenedRecommender:
    """A ``RecommenderPort`` over the project's recommender."""

    def __init__(self, recommender: Recommender) -> None:
        self._recommender = recommender

    @property
    def lineage(self) -> Lineage:
        """Snapshot, model and configuration in use."""
        parts = self._recommender
        return Lineage(parts.snapshot.id, parts.bundle.version, parts.bundle.config_hash)

    def hubs(self) -> Collection[NodeRef]:
        """Nodes through which no path means anything."""
        return self._recommender.explainer.network.hub_refs

    def recommend(
        self, task: str, query: NodeRef | Profile, *, n: int = 10, as_of: date | None = None, audience: Audience
    ) -> Answer:
        """Rank candidates for a node or a profile."""
        return self._recommender.recommend(task, query, n=n, as_of=as_of, audience=audience)

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
        """Rank candidates for what a company needs."""
        known = company is not None and self._recommender.snapshot.vocabulary("Company").find(company) is not None
        asker = NodeRef("Company", str(company)) if known else Profile(words)
        return self._recommender.recommend(task, asker, n=n, as_of=as_of, audience=audience, case=words)

    def reverse(self, task: str, candidate: NodeRef, *, n: int = 10, as_of: date | None = None) -> Answer:
        """Rank those who should hear of a candidate.

        Hundreds are scored for it, and what that took goes back to the system: it would stay with each thread that was
        asked, 130 MB in all.
        """
        try:
            return self._recommender.reverse(task, candidate, n=n, as_of=as_of)
        finally:
            _give_back()

    def read_profile(self, fields: Mapping[str, object], as_of: date | None = None) -> tuple[Profile, Sequence[Note]]:
        """Read fields and free text, as said on a day, with the words of the snapshot."""
        from recommender.serve.profile_reading import read_profile

        return read_profile(fields, self._recommender.snapshot, today=as_of)

    def settle(self) -> None:
        """Read of all askers what the first question in reverse would wait for, and hold equal arrays once.

        Without it, that question is slower and a sixth of the memory is taken twice.
        """
        from recommender.measure.equal_arrays import share_equal_arrays

        try:
            self._recommender.warm_up_reverse()
        except DureError as error:
            structlog.get_logger().error("reverse_not_warm", error=type(error).__name__, message=str(error))
        share_equal_arrays(self._recommender)
        _give_back()


def open_served_recommender(home: Path) -> OpenedRecommender:
    """Open the promoted model of ``home`` and read all it needs; raises ``ModelError`` or ``NotFoundError``.

    Soon after it is there, beside the first requests, it settles: what only questions in reverse need is read.
    """
    _keep_small()
    from recommender.knowledge.one_thread import stay_on_one_thread
    from recommender.serve.recommender import open_recommender

    stay_on_one_thread()
    with uncollected():
        recommender = open_recommender(home)
        recommender.warm_up()
        opened = OpenedRecommender(recommender)
        _ask_once(opened, next(iter(recommender.bundle.tasks)))
    keep_all()  # or a request's garbage would be looked for in all of the model
    _give_back()
    later = Timer(_AT_REST_AFTER_S, opened.settle)
    later.daemon = True
    later.start()
    return opened


def _keep_small() -> None:
    """Import no more than serves, and have memory taken back when it is freed."""
    import pyarrow as pa

    from recommender.serve.lean_imports import import_lean

    pa.set_memory_pool(pa.system_memory_pool())
    _set_allocator("mallopt", _LARGE_ARRAYS, _LARGE_BYTES)
    import_lean()


def _give_back() -> None:
    """Return to the system what opening took and no longer needs."""
    _set_allocator("malloc_trim", 0)


def _set_allocator(function: str, *arguments: int) -> None:
    """Call a function of glibc's allocator; other systems do without."""
    called = getattr(ctypes.CDLL(None), function, None)
    if called is not None:
        called(*arguments)


def _ask_once(opened: OpenedRecommender, task: str) -> None:
    """Ask one question with a profile, so that the first person who does need not wait for the text encoder.

    Without the encoder all else is still served, so its absence is logged and no more.
    """
    try:
        profile, _ = opened.read_profile({"text": _FIRST_QUESTION})
        opened.recommend(task, profile, n=1, audience=Audience.COMPANY)
    except (ConfigError, ModelError) as error:
        structlog.get_logger().error("profiles_not_served", error=type(error).__name__, message=str(error))
