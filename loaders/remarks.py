"""What a load has to tell of how it read its files, beside its counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from graph_schema.wording import Wording

Remarks = dict[Wording, dict[str, None]]
"""Sentences of a report, and what each is about, once each, in the order in which they were found."""
_NOTED: Final[ContextVar[Remarks | None]] = ContextVar("remarks", default=None)


@contextmanager
def noted() -> Iterator[Remarks]:
    """Gather what is remarked until the end of the block."""
    remarks: Remarks = {}
    token = _NOTED.set(remarks)
    try:
        yield remarks
    finally:
        _NOTED.reset(token)


def remark(what: Wording, about: str) -> None:
    """Note something for the report of the load that is under way; where there is none, it is dropped."""
    if (remarks := _NOTED.get()) is not None:
        remarks.setdefault(what, {})[about] = None
