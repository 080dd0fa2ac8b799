"""Feedback at the command line: listed, and withdrawn by number."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from api.feedback_journal import FeedbackJournal
from tests.api.test_rejections import event
from tests.command_line import Run


@pytest.fixture
def journal(run: Run, home: Path) -> Path:
    assert run
    with closing(FeedbackJournal(home / "feedback.sqlite")) as opened:
        events = [event(number, "rejected", "too_far") for number in range(3)]
        opened.append("portal", [*events, replace(event(3, "shown", None), task="experts", company="name:b")])
    return home / "feedback.sqlite"


def _listed(run: Run, *arguments: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("feedback", "list", *arguments, "--json").stdout)
    return found


def test_events_are_listed_by_company_task_and_page(run: Run, journal: Path) -> None:
    assert journal.exists()
    assert [each["sequence"] for each in _listed(run)] == [1, 2, 3, 4]
    assert [each["sequence"] for each in _listed(run, "--task", "experts")] == [4]
    assert [each["sequence"] for each in _listed(run, "--company", "name:b")] == [4]
    assert [each["sequence"] for each in _listed(run, "--after", 1, "--n", 2)] == [2, 3]
    first = _listed(run)[0]
    assert (first["event"], first["reason"], first["withdrawn_at"]) == ("rejected", "too_far", None)
    assert "--after 2" in run("feedback", "list", "--n", 2).stdout


def test_events_are_withdrawn_once_and_stay_in_the_list(run: Run, journal: Path) -> None:
    result = run("feedback", "withdraw", 1, 3, "--reason", "a trial, ask 010-1234-5678")
    assert (result.exit_code, result.stdout) == (0, "1: withdrawn\n3: withdrawn\n")
    again = json.loads(run("feedback", "withdraw", 3, "--reason", "again", "--json").stdout)
    assert again == [{"sequence": 3, "receipt": "already_withdrawn"}]
    assert [each["withdrawn_at"] is None for each in _listed(run)] == [False, True, False, True]
    with closing(FeedbackJournal(journal)) as opened:
        assert opened.counts() == {"experts": {"shown": 1}, "programs": {"rejected": 1}}


def test_what_cannot_be_withdrawn_is_told(run: Run, journal: Path) -> None:
    result = run("feedback", "withdraw", 2, 99, "--reason", "wrong")
    assert "2: withdrawn\n99: unknown\n" in result.stdout
    assert "no event 99 in the journal" in str(result.exception)
    assert "the reason is empty" in str(run("feedback", "withdraw", 1, "--reason", " ").exception)
    assert run("feedback", "withdraw", "--reason", "wrong").exit_code == 2
    assert journal.exists()


def test_without_a_journal_nothing_is_listed_and_none_is_made(run: Run, home: Path) -> None:
    assert _listed(run) == []
    assert "there is no feedback yet" in str(run("feedback", "withdraw", 1, "--reason", "x").exception)
    assert not home.exists()
