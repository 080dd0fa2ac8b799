"""The only place that prints: tables and progress on a terminal, plain lines elsewhere, JSON where asked."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.language import locale_language, progress_name
from graph_schema.progress import Progress
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from rich.console import Console

TABLE_HEADER = (Wording("표", "table"), Wording("행", "rows"))
"""What stands over a store's tables and their rows."""
_UNBROKEN = 100_000
"""Columns where there is no terminal: no row of a table is broken, so that a file or ``grep`` has it whole."""
_PLAIN_SECONDS = 5.0
"""Without a terminal a long task prints a line this often."""
_HEADING_COLUMNS = 100
"""Width of a heading: that of a page of text, where no terminal is narrower."""


def console(*, error: bool = False) -> Console:
    """Console on standard output, or standard error; as wide as needed where it is no terminal."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(stderr=error, soft_wrap=True) if stream.isatty() else Console(stderr=error, width=_UNBROKEN)


def heading(text: str) -> None:
    """Print a heading with a line behind it, at most a hundred columns wide."""
    from rich.rule import Rule

    shown = console()
    shown.print()
    shown.print(Rule(text, align="left"), width=min(shown.width, _HEADING_COLUMNS))


def in_locale(text: str | Wording) -> str:
    """Return what has two languages in that of the locale, anything else as it is."""
    return text.in_language(locale_language()) if isinstance(text, Wording) else text


def say(text: str | Wording = "", *, error: bool = False) -> None:
    """Print one line on standard output or on standard error, in the language of the locale where it has two."""
    text = in_locale(text)
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    # A path may hold bytes that are no text, and a terminal may know few characters.
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()


def counted(count: int, one: str, more: str) -> str:
    """Write a number with its noun, in the singular of one: ``1 row``, ``2,000 rows``."""
    return f"{count:,} {one if count == 1 else more}"


def say_json(value: object) -> None:
    """Print one JSON value on one line, Korean as Korean."""
    say(json.dumps(value, ensure_ascii=False, default=str))


def say_error(text: Wording) -> None:
    """Print an error where errors belong, in the language of the locale."""
    say(Wording(f"오류: {text.ko}", f"error: {text.en}"), error=True)


def say_table(
    title: str | Wording,
    header: Sequence[str | Wording],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[int] = (),
) -> None:
    """Print a table; ``right`` names the columns (from 0) that hold numbers.

    The title, the header and cells that have two languages are printed in that of the locale.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=in_locale(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(header):
        table.add_column(in_locale(name), justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    console().print(table, markup=False)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return in_locale(value) if isinstance(value, Wording) else str(value)


@contextmanager
def progress_shown(*, quiet: bool = False) -> Iterator[Progress]:
    """Yield a ``Progress`` that draws bars on a terminal, and prints a line now and then elsewhere."""
    if quiet:
        yield lambda _what, _done, _total: None
    elif sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _plain_lines()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console(error=True), transient=True) as bars:
        tasks = {}
        pace = _Pace()

        def advance(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(in_locale(progress_name(what)), total=total, left="")
            # The bar's own estimate begins anew whenever the total changes.
            left = in_locale(pace.left(what, done, total))
            bars.update(tasks[what], completed=done, total=total, left=left)

        yield advance


def _plain_lines() -> Progress:
    last: dict[str, float] = {}
    pace = _Pace()

    def advance(what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        left = pace.left(what, done, total)
        if now - last.setdefault(what, now) >= _PLAIN_SECONDS:
            last[what] = now
            counted = _counted(done, total, pace.spent(what))
            name, joint = progress_name(what), ", " if left.en else ""
            say(
                Wording(f"{name.ko}: {counted.ko}{joint}{left.ko}", f"{name.en}: {counted.en}{joint}{left.en}"),
                error=True,
            )

    return advance


def _counted(done: int, total: int | None, seconds: float) -> Wording:
    """Say how far a task is; by its seconds where it says no more: a row of zeros looks like one that hangs."""
    if not done and not total:
        return Wording(f"{seconds:.0f}초", f"{seconds:.0f} s")
    return Wording(f"{done:,}/{total:,}", f"{done:,} of {total:,}") if total else Wording.alike(f"{done:,}")


class _Pace:
    """The time left of each task; one whose count falls has begun anew under its name, as the next seed does."""

    def __init__(self) -> None:
        self._began: dict[str, tuple[float, int]] = {}
        """When each task began, and how much of it was done when it was last told."""

    def spent(self, what: str) -> float:
        """Return the seconds since a task began that was told of before."""
        return time.monotonic() - self._began[what][0]

    def left(self, what: str, done: int, total: int | None) -> Wording:
        """Take note of a task's state, and say how long its rest will take."""
        now = time.monotonic()
        began, before = self._began.get(what, (now, done))
        if done < before:
            began = now
        self._began[what] = began, done
        return _time_left(now - began, done, total)


def _time_left(seconds: float, done: int, total: int | None) -> Wording:
    """Say how long the rest will take at the speed so far; nothing where that cannot be told."""
    if not total or not 0 < done < total:
        return NOTHING
    minutes = seconds * (total - done) / done / 60
    if minutes < 1:
        return Wording("1분 미만 남음", "under a minute left")
    return Wording(f"약 {minutes:.0f}분 남음", f"about {minutes:.0f} min left")
