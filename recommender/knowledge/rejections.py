"""Recommendations that were turned down, and which of the reasons speak against the pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_schema.model import NodeRef

AGAINST: Final = frozenset({"not_relevant", "too_costly", "too_far", "wrong_size"})
"""Reasons by which an asker says that the result does not suit it.

The others do not: ``already_known`` is rather praise, ``deadline_too_close`` and ``no_capacity`` speak of the moment,
``not_eligible`` of a rule, which decides without the model, and ``other`` says nothing.
"""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An asker turned a result down on a day."""

    task: str
    query: NodeRef
    candidate: NodeRef
    on: date
    reason: str


def speaking_against(rejections: Sequence[Rejection], task: str) -> tuple[Rejection, ...]:
    """Return those of a task whose reason speaks against the pair, in their order."""
    return tuple(each for each in rejections if each.task == task and each.reason in AGAINST)
