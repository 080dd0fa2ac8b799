"""What the journal of feedback says against pairs, for training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from api.feedback_journal import EventKind, FeedbackEvent, FeedbackJournal, RejectionReason, can_have_happened
from graph_schema.catalog import parse_ref
from graph_schema.errors import DureError, SchemaError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.rejections import Rejection
from recommender.knowledge.tasks import TASKS
from recommender.snapshot.dated_facts import KOREA

_PAGE: Final = 1_000
"""Events read at a time, which bounds memory."""
_SHOWN: Final = 5
"""Numbers named of the rows that are left out: enough to look them up."""
_KINDS: Final = frozenset(EventKind)
_REASONS: Final = frozenset(RejectionReason)


class _UnusableError(DureError):
    """A row of the journal that no rejection can be made of."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Rows that training leaves out: why, how many, and the sequence numbers of the first few."""

    why: Wording
    count: int
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JournalRejections:
    """What a journal says: rejections, oldest first, and what of it cannot be used."""

    rejections: Sequence[Rejection]
    unusable: Sequence[Unusable]


def read_rejections(journal: Path) -> JournalRejections:
    """Return the rejections in a journal file that were not withdrawn; nothing where there is no file.

    Those of described companies are left out: nobody of the graph said them. No row can keep the others from being
    read. Raises ``FeedbackUnavailableError`` where the file cannot be read.
    """
    found: list[Rejection] = []
    unusable: dict[Wording, list[int]] = {}
    if journal.exists():
        opened, after = FeedbackJournal(journal), -1
        try:
            while entries := opened.read(after=after, limit=_PAGE, withdrawn=False):
                for entry in entries:
                    try:
                        found += _rejections(entry.event)
                    except _UnusableError as error:
                        unusable.setdefault(error.wording, []).append(entry.sequence)
                after = entries[-1].sequence
        finally:
            opened.close()
    rows = [Unusable(why, len(numbers), tuple(numbers[:_SHOWN])) for why, numbers in unusable.items()]
    return JournalRejections(found, rows)


def _rejections(event: FeedbackEvent) -> list[Rejection]:
    """Return the rejection that an event is, if it is one; raises ``_UnusableError`` with what is wrong with it."""
    if event.event not in _KINDS:
        raise _UnusableError(Wording("알 수 없는 사건", "unknown kind of event"))
    if event.event != EventKind.REJECTED or event.company is None:
        return []
    if event.reason is None or event.reason not in _REASONS:
        raise _UnusableError(Wording("알 수 없는 사유", "unknown reason"))
    if event.task not in TASKS:
        raise _UnusableError(Wording("알 수 없는 과제", "unknown task"))
    return [Rejection(event.task, NodeRef("Company", event.company), _item(event), _day(event), event.reason)]


def _item(event: FeedbackEvent) -> NodeRef:
    try:
        item = parse_ref(event.item)
    except SchemaError:
        raise _UnusableError(
            Wording("대상이 그래프의 Label:id가 아님", "item is not a Label:id of the graph")
        ) from None
    if item.label not in TASKS[event.task].candidate:
        raise _UnusableError(
            Wording("과제가 추천하지 않는 종류의 대상", "item of a label that its task does not recommend")
        )
    return item


def _day(event: FeedbackEvent) -> date:
    """Day in Korea of a moment with its time zone."""
    try:
        moment = datetime.fromisoformat(event.occurred_at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not can_have_happened(moment):
        raise _UnusableError(
            Wording(
                "occurred_at이 2000년부터 내일까지의 시간대 있는 시각이 아님",
                "occurred_at is not a time with its zone between 2000 and tomorrow",
            )
        )
    return moment.astimezone(KOREA).date()
