"""How long a piece of work may take: set where a request comes in, looked at between the steps of the work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from graph_schema.errors import DeadlineError
from graph_schema.wording import Wording

_ENDS: Final[ContextVar[float | None]] = ContextVar("deadline", default=None)


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Let what is done within end at ``moment``, a time of ``time.monotonic()``."""
    token = _ENDS.set(moment)
    try:
        yield
    finally:
        _ENDS.reset(token)


def check_deadline() -> None:
    """Raise ``DeadlineError`` where the time of the present work is over; do nothing where none was set.

    Python cannot stop a thread from outside, so work that may take long asks this between its steps.
    """
    ends = _ENDS.get()
    if ends is not None and time.monotonic() > ends:
        raise DeadlineError(
            Wording(
                "요청의 제한 시간이 지났습니다. 내용을 줄이거나 덜 바쁠 때 다시 요청하십시오",
                "the time that a request may take is over; ask for less, or again when there is less to do",
            )
        )
