"""``dure feedback list | withdraw``: what people did with recommendations, and taking back what was sent in error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.composition import read_settings
from cli.options import TASK_CHOICES, JsonOption
from cli.output import say, say_json, say_table
from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from api.feedback_journal import FeedbackJournal

_MOST: Final = 2**63 - 1
"""The largest integer that SQLite holds."""
_COLUMNS: Final = {
    "sequence": "순번",
    "occurred_at": "일시",
    "company": "기업",
    "task": "과제",
    "item": "대상",
    "event": "사건",
    "reason": "사유",
    "withdrawn_at": "거둔 때",
}
"""Columns of the list, and what they are called in Korean."""
_RECEIPTS: Final = {"withdrawn": "거둠", "already_withdrawn": "이미 거둠", "unknown": "없는 순번"}
"""What came of withdrawing an event, in Korean."""

app = typer.Typer(
    help="List what people did with results; withdraw errors.\n\nWhat is withdrawn stays in the journal but counts no "
    "longer in training and figures.",
    no_args_is_help=True,
)


@app.command("list")
def list_(
    company: Annotated[str | None, typer.Option(help="Id of a company, such as name:윈텍오토메이션")] = None,
    task: Annotated[str | None, typer.Option(help=TASK_CHOICES)] = None,
    after: Annotated[int, typer.Option(min=0, max=_MOST, help="Only later sequence numbers")] = 0,
    n: Annotated[int, typer.Option("-n", "--n", min=1, max=100_000, help="How many events")] = 100,
    *,
    json: JsonOption = False,
) -> None:
    """List events in the order of their coming.

    What was withdrawn has the time of it.
    """
    with _journal() as journal:
        entries = [] if journal is None else journal.read(company=company, task=task, after=after, limit=n)
    events = [{**asdict(entry), **asdict(entry.event)} for entry in entries]
    if json:
        say_json(events)
        return
    rows = [["" if event[name] is None else str(event[name]) for name in _COLUMNS] for event in events]
    header = [Wording(ko, name) for name, ko in _COLUMNS.items()]
    say_table(Wording("피드백", "Feedback"), header, rows, right=(0,))
    if len(entries) == n:
        more = f"--after {entries[-1].sequence}"
        say(Wording(f"더 있을 수 있습니다: {more}", f"there may be more: {more}"))


@app.command()
def withdraw(
    sequences: Annotated[
        list[int], typer.Argument(metavar="SEQUENCE…", min=1, max=_MOST, help="As `dure feedback list` shows them")
    ],
    reason: Annotated[str, typer.Option(help="Why, in a code or a few words; nothing personal")],
    *,
    json: JsonOption = False,
) -> None:
    """Withdraw events by their sequence numbers.

    The next `dure train` does not hear them. Such as: dure feedback withdraw 17 18 --reason sent_by_a_test
    """
    from loaders.masking import mask

    if not reason.strip():
        raise ConfigError(
            Wording(
                "사유가 비어 있습니다. 이 사건들을 세지 않을 사유를 몇 마디로 적으십시오",
                "the reason is empty; say in a few words why these events shall not count",
            )
        )
    with _journal() as journal:
        if journal is None:
            place = read_settings().files.feedback
            raise NotFoundError(Wording(f"아직 피드백이 없습니다: {place}", f"there is no feedback yet in {place}"))
        receipts = journal.withdraw(sequences, by="command line", reason=mask(reason.strip()))
    if json:
        say_json([{"sequence": each, "receipt": got} for each, got in zip(sequences, receipts, strict=True)])
    else:
        for sequence, receipt in zip(sequences, receipts, strict=True):
            say(Wording(f"{sequence}: {_RECEIPTS[receipt]}", f"{sequence}: {receipt.replace('_', ' ')}"))
    unknown = [str(each) for each, got in zip(sequences, receipts, strict=True) if got == "unknown"]
    if unknown:
        numbers = ", ".join(unknown)
        raise NotFoundError(
            Wording(
                f"기록에 없는 순번: {numbers}. `dure feedback list`로 확인하십시오",
                f"no event {numbers} in the journal; `dure feedback list` names them",
            )
        )


@contextmanager
def _journal() -> Iterator[FeedbackJournal | None]:
    """Open the journal of the home; None where there is none yet."""
    from api.feedback_journal import FeedbackJournal

    path = read_settings().files.feedback
    if not path.exists():
        yield None
        return
    with closing(FeedbackJournal(path)) as journal:
        yield journal
