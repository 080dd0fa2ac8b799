"""Training hears of rejections in the journal: dated in Korea, with their codes, of companies of the graph."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from api.feedback_journal import FeedbackEvent, FeedbackJournal, RejectionReason
from api.rejections import JournalRejections, read_rejections
from graph_schema.model import NodeRef
from recommender.knowledge.rejections import AGAINST, Rejection


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
    assert read_rejections(path) == JournalRejections(
        [Rejection("programs", company, program, date(2026, 3, 2), "too_far")], []
    )


def test_without_a_journal_nothing_is_read_and_none_is_made(tmp_path: Path) -> None:
    assert read_rejections(tmp_path / "feedback.sqlite") == JournalRejections([], [])
    assert not list(tmp_path.iterdir())


def test_a_withdrawn_rejection_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with closing(FeedbackJournal(path)) as journal:
        journal.append("portal", [event(number, "rejected", "too_far") for number in range(3)])
        journal.withdraw([1, 3], by="test", reason="wrong")
    assert len(read_rejections(path).rejections) == 1


NO_TIME = "occurred_at is not a time with its zone between 2000 and tomorrow"


def test_rows_that_cannot_be_used_are_counted_and_keep_no_other_from_being_read(tmp_path: Path) -> None:
    """As another program may have written them, or this one before it checked them."""
    path = tmp_path / "feedback.sqlite"
    with closing(FeedbackJournal(path)) as journal:
        journal.append("portal", [event(0, "rejected", "too_far")])
    good = ("name:가", "programs", "Program:P1", "rejected", "too_far", 1, "2026-03-01T00:00:00+00:00")
    bad: list[tuple[str, int, object]] = [
        *((NO_TIME, 6, value) for value in ("9999-12-31T23:00:00+00:00", "0001-01-01T00:00:00+14:00", "어제", 5)),
        *((NO_TIME, 6, value) for value in ("2026-03-01T00:00:00", b"\xff\x00")),
        ("item is not a Label:id of the graph", 2, "P1"),
        ("item is not a Label:id of the graph", 2, "Firm:x"),
        ("item is not a Label:id of the graph", 2, b"\xfe"),
        ("item of a label that its task does not recommend", 2, "Space:s"),
        ("unknown task", 1, "horses"),
        ("unknown reason", 4, "bored"),
        ("unknown reason", 4, None),
        ("unknown kind of event", 3, "sneezed"),
    ]
    with closing(sqlite3.connect(path)) as raw, raw:
        for number, (_, column, value) in enumerate(bad):
            row = [*good[:column], value, *good[column + 1 :]]
            raw.execute(
                "INSERT INTO feedback (owner, client_id, received_at, digest, request_id, event_id, "
                "company, task, item, event, reason, rank, occurred_at) "
                "VALUES ('o', 'c', 'now', 'd', 'r', ?, ?, ?, ?, ?, ?, ?, ?)",
                (f"bad-{number}", *row),
            )
    found = read_rejections(path)
    assert [each.query.id for each in found.rejections] == ["name:두레정밀"]
    assert [(each.why.en, each.count, each.first) for each in found.unusable] == [
        (NO_TIME, 6, (2, 3, 4, 5, 6)),
        ("item is not a Label:id of the graph", 3, (8, 9, 10)),
        ("item of a label that its task does not recommend", 1, (11,)),
        ("unknown task", 1, (12,)),
        ("unknown reason", 2, (13, 14)),
        ("unknown kind of event", 1, (15,)),
    ]
