"""Training hears of rejections in the journal: dated in Korea, with their codes, of companies of the graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from api.feedback_journal import FeedbackEvent, FeedbackJournal
from api.heard_rejections import read_rejections
from api.routers.feedback import RejectionReason
from graph_schema.model import NodeRef
from recommender.rejections import AGAINST, Rejection


def event(number: int, kind: str, reason: str | None, company: str | None = "name:두레정밀") -> FeedbackEvent:
    return FeedbackEvent(
        client_id="portal",
        event_id=str(number),
        request_id="6f1c2a9e0b7d4f53",
        company=company,
        task="programs",
        item="Program:P1",
        event=kind,
        reason=reason,
        rank=1,
        occurred_at="2026-03-01T16:30:00+00:00",
    )


def test_every_reason_against_a_pair_is_one_that_the_interface_takes() -> None:
    assert set(RejectionReason) >= AGAINST


def test_rejections_of_companies_are_read_past_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    journal = FeedbackJournal(path)
    events = [event(n, "clicked", None) for n in range(1_100)]
    events += [event(2_000, "rejected", "too_far"), event(2_001, "rejected", "not_relevant", company=None)]
    journal.append("portal", events)
    journal.close()
    company, program = NodeRef("Company", "name:두레정밀"), NodeRef("Program", "P1")
    assert read_rejections(path) == [Rejection("programs", company, program, date(2026, 3, 2), "too_far")]


def test_without_a_journal_nothing_is_heard_and_none_is_made(tmp_path: Path) -> None:
    assert read_rejections(tmp_path / "feedback.sqlite") == []
    assert not list(tmp_path.iterdir())
