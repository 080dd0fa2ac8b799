"""What the journal of feedback says against pairs, for training."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from api.feedback_journal import FeedbackJournal, JournalEntry
from graph_schema.catalog import parse_ref
from graph_schema.model import NodeRef
from recommender.dated_facts import KOREA
from recommender.rejections import Rejection

_PAGE = 1_000


def read_rejections(journal: Path) -> list[Rejection]:
    """Return the rejections in a journal file, oldest first; none where there is no file.

    Those of described companies are left out: nobody of the graph said them. Raises ``FeedbackUnavailableError`` where
    the file cannot be read.
    """
    if not journal.exists():
        return []
    opened, found, after = FeedbackJournal(journal), [], 0
    try:
        while entries := opened.read(after=after, limit=_PAGE):
            found += [each for entry in entries if (each := _rejection(entry)) is not None]
            after = entries[-1].sequence
    finally:
        opened.close()
    return found


def _rejection(entry: JournalEntry) -> Rejection | None:
    event = entry.event
    if event.event != "rejected" or event.company is None or event.reason is None:
        return None
    company, item = NodeRef("Company", event.company), parse_ref(event.item)
    return Rejection(event.task, company, item, _day(event.occurred_at), event.reason)


def _day(moment: str) -> date:
    """Day in Korea of a moment with its time zone."""
    return datetime.fromisoformat(moment).astimezone(KOREA).date()
