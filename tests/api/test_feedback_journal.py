"""The feedback journal: on disk before it answers, each event once, whoever writes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from api.feedback_journal import FeedbackEvent, FeedbackJournal, Receipt, WithdrawalReceipt
from graph_schema.errors import FeedbackUnavailableError

_WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from api.feedback_journal import FeedbackJournal
from tests.api.test_feedback_journal import event
FeedbackJournal(Path(sys.argv[1])).append("o", [event("1"), event("2")])
os.kill(os.getpid(), signal.SIGKILL)
"""


def event(event_id: str) -> FeedbackEvent:
    return FeedbackEvent("c", event_id, "12345678", "name:a", "programs", "Program:p", "shown", None, 1, "2026-03-02")


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", _WRITE_AND_DIE, str(path)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    journal = FeedbackJournal(path)
    assert [entry.event.event_id for entry in journal.read()] == ["1", "2"]
    assert journal.append("o", [event("2"), event("3")]) == [Receipt.DUPLICATE, Receipt.STORED]
    journal.close()


def test_two_writers_with_the_same_batch_store_it_once(tmp_path: Path) -> None:
    journals = [FeedbackJournal(tmp_path / "feedback.sqlite") for _ in range(2)]
    batch = [event(str(number)) for number in range(50)]
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda i: journals[i % 2].append("o", batch), range(4)))
    assert sum(received.count(Receipt.STORED) for received in receipts) == 50
    assert len(journals[0].read(limit=1000)) == 50
    assert journals[1].counts() == {"programs": {"shown": 50}}
    for journal in journals:
        journal.close()


def test_many_may_open_a_new_journal_at_once(tmp_path: Path) -> None:
    def written(number: int) -> list[Receipt]:
        with closing(FeedbackJournal(tmp_path / f"{number % 16}.sqlite")) as journal:
            return journal.append("o", [event(f"{number}")])

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(written, sorted(range(640), key=lambda number: number % 16)))
    assert found == [[Receipt.STORED]] * 640


def test_an_id_twice_in_one_batch_is_stored_once(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path / "feedback.sqlite")
    assert journal.append("o", [event("1"), event("1")]) == [Receipt.STORED, Receipt.DUPLICATE]
    assert journal.append("other", [event("1")]) == [Receipt.STORED]
    journal.close()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path / "feedback.sqlite")
    journal.look()
    journal.close()
    assert (tmp_path / "feedback.sqlite").stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_journal_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_text("not a database, but long enough to be read as the head of one" * 20)
    with pytest.raises(FeedbackUnavailableError, match="disk is full"):
        FeedbackJournal(path).read()


def test_a_journal_from_before_withdrawals_can_be_withdrawn_from(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with closing(FeedbackJournal(path)) as journal:
        journal.append("o", [event("1"), event("2")])
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TABLE withdrawal")
    with closing(FeedbackJournal(path)) as journal:
        assert [entry.withdrawn_at for entry in journal.read()] == [None, None]
        assert journal.withdraw([1], by="test", reason="wrong") == [WithdrawalReceipt.WITHDRAWN]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM feedback").fetchone() == (2,)
        assert raw.execute('SELECT sequence, "by", reason FROM withdrawal').fetchall() == [(1, "test", "wrong")]


def test_withdrawals_at_once_withdraw_each_event_once(tmp_path: Path) -> None:
    journals = [FeedbackJournal(tmp_path / "feedback.sqlite") for _ in range(2)]
    journals[0].append("o", [event(str(number)) for number in range(20)])
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda i: journals[i % 2].withdraw(range(1, 21), by=str(i), reason="wrong"), range(4)))
    assert sum(received.count(WithdrawalReceipt.WITHDRAWN) for received in receipts) == 20
    assert journals[0].counts() == {}
    assert journals[0].read(withdrawn=False) == []
    for journal in journals:
        journal.close()


def test_events_are_read_by_company_and_task(tmp_path: Path) -> None:
    with closing(FeedbackJournal(tmp_path / "feedback.sqlite")) as journal:
        journal.append("o", [event("1"), replace(event("2"), task="experts"), replace(event("3"), company="name:b")])
        assert [each.sequence for each in journal.read(task="programs")] == [1, 3]
        assert [each.sequence for each in journal.read(task="programs", company="name:b")] == [3]


def test_events_of_a_company_are_found_by_an_index_and_not_among_all(tmp_path: Path) -> None:
    statements: list[str] = []
    with closing(FeedbackJournal(tmp_path / "feedback.sqlite")) as journal:
        journal.append("o", [event("1"), replace(event("2"), company="name:b")])
        journal._connection.set_trace_callback(statements.append)
        assert [each.sequence for each in journal.read(company="name:b", withdrawn=False)] == [2]
        plan = journal._connection.execute(f"EXPLAIN QUERY PLAN {statements[-1]}").fetchall()
    assert any("feedback_company" in row[-1] for row in plan), plan


def test_what_another_program_wrote_is_read_with_the_types_of_an_event(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with closing(FeedbackJournal(path)) as journal:
        journal.append("o", [event("1")])
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE feedback SET task = x'ff41', event = 7, company = x'00', rank = 'first', received_at = 1")
    with closing(FeedbackJournal(path)) as journal:
        (entry,) = journal.read()
        assert (entry.received_at, entry.event.task, entry.event.event) == ("1", "\ufffdA", "7")
        assert (entry.event.company, entry.event.rank) == ("\x00", 0)
        assert journal.counts() == {"\ufffdA": {"7": 1}}


def test_a_journal_that_cannot_be_opened_is_tried_again_at_each_use(tmp_path: Path) -> None:
    """As in a home folder that may not be written at first; nothing fails before it is used."""
    folder = tmp_path / "home"
    folder.write_text("in the way")
    journal = FeedbackJournal(folder / "feedback.sqlite")
    journal.look()
    assert not journal.available
    with pytest.raises(FeedbackUnavailableError):
        journal.append("o", [event("1")])
    folder.unlink()
    assert journal.append("o", [event("1")]) == [Receipt.STORED]
    assert journal.available
    journal.close()


def test_a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    journal = FeedbackJournal(tmp_path / "feedback.sqlite")
    journal.append("o", [event("0")])
    journal._connection.execute("PRAGMA max_page_count = 8")
    with pytest.raises(FeedbackUnavailableError, match="full"):
        journal.append("o", [event(str(number)) for number in range(1000)])
    assert [entry.event.event_id for entry in journal.read()] == ["0"]
    journal._connection.execute("PRAGMA max_page_count = 100000")
    assert journal.append("o", [event("1")]) == [Receipt.STORED]
    journal.close()
