"""Products of matrices on one thread: how many share one decides about its last bits, and so about a tree."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Let numpy multiply on one thread within the context."""
    context: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return context


def stay_on_one_thread() -> None:
    """Let numpy multiply on one thread from now on, in the whole process.

    A server answers several requests at a time; threads that spin while they wait take the cores from the others.
    """
    _controller().limit(limits=1, user_api="blas")


@cache
def _controller() -> ThreadpoolController:
    """Find the libraries once: that takes longer than scoring a question."""
    return ThreadpoolController()
