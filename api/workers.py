"""Threads for requests, apart by what they wait for: nobody waits for work of another kind, nor in an endless queue."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for_all
from contextvars import copy_context
from dataclasses import dataclass
from threading import Lock
from typing import Final, Literal, TypeVar

from api.problems import OverloadError
from graph_schema.deadline import check_deadline, until
from graph_schema.errors import DeadlineError
from graph_schema.wording import Wording

T = TypeVar("T")
Kind = Literal["recommending", "graph", "feedback"]


@dataclass(frozen=True, slots=True)
class Room:
    """How many requests of a kind are worked on at once, how many wait for that, and how long one may take."""

    threads: int
    waiting: int
    seconds: float


ROOMS: Final[dict[Kind, Room]] = {
    # Scoring keeps a core busy, so more threads than cores only make each other slow.
    "recommending": Room(threads=max(2, os.cpu_count() or 1), waiting=30, seconds=10.0),
    # These mostly wait for a file or a server; a frozen one must not hold more threads than these.
    "graph": Room(threads=8, waiting=16, seconds=10.0),
    "feedback": Room(threads=2, waiting=100, seconds=10.0),
}


class Workers:
    """The threads of one kind of work."""

    def __init__(self, name: str, room: Room) -> None:
        self._room = room
        self._pool = ThreadPoolExecutor(room.threads, thread_name_prefix=name)
        self._lock = Lock()
        self._present = 0
        self._started: list[Future[object]] = []

    async def run(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a thread and return what it returns.

        Raises ``OverloadError`` at once where too many are waiting already, and ``DeadlineError`` where the time is
        over; the work itself ends at its next look at the deadline, and takes its place until then.
        """
        with self._lock:
            self.require_room()
            self._present += 1
        ends = time.monotonic() + self._room.seconds
        future = self._pool.submit(copy_context().run, _within, ends, work)
        future.add_done_callback(self._leave)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._room.seconds)
        except TimeoutError as error:
            seconds = f"{self._room.seconds:g}"
            raise DeadlineError(
                Wording(f"{seconds}초 안에 처리하지 못했습니다", f"not done within {seconds} s")
            ) from error

    def require_room(self) -> None:
        """Raise ``OverloadError`` where as many are worked on and wait as may."""
        if self._present >= self._room.threads + self._room.waiting:
            raise OverloadError(
                Wording(
                    f"같은 종류의 요청 {self._present}건이 처리 중이거나 대기 중입니다",
                    f"{self._present} requests of this kind are being worked on or wait",
                )
            )

    def start(self, work: Callable[[], object]) -> None:
        """Have ``work`` done without waiting for it."""
        self._started.append(self._pool.submit(work))

    def wait(self, seconds: float) -> None:
        """Wait until what was started is done."""
        wait_for_all(self._started, seconds)

    def close(self) -> None:
        """Take no more work, and wait for none: who is to be told of its end has gone."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _: Future[T]) -> None:
        with self._lock:
            self._present -= 1


def _within(ends: float, work: Callable[[], T]) -> T:
    with until(ends):
        check_deadline()
        return work()
