"""How much work a run still has, in seconds: estimated first, then by what the same model was seen to take."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

Window = Literal["valid", "test", "unseen"]
Part = Literal["fit", "rank"]
_PARTS: Final[tuple[Part, ...]] = ("fit", "rank")
_BEYOND: Final = 1.25
"""What a piece of work is expected to take that has gone beyond its estimate, over what it took so far."""


class Work(NamedTuple):
    """One fit or one ranking of a row on a window."""

    row: str
    window: Window
    part: Part


class Schedule:
    """Steps that are left, each a fit and a ranking, weighed by seconds.

    ``estimates`` are seconds by work. A work is expected to take what the same took last; one not yet seen what the
    row took longest on another window, a ranking in proportion to the estimates of both; else its estimate, times what
    rows of its kind took over their estimates so far. ``kinds`` are by row; a row without one is its own. The variants
    of a row in ``sharing`` share what is trained to choose among them, so the first fit on valid is all of it.
    """

    def __init__(
        self,
        estimates: Mapping[Work, float] | None = None,
        kinds: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sharing: Collection[str] = (),
    ) -> None:
        self._estimates = estimates or {}
        self._kinds = kinds or {}
        self._clock = clock
        self._sharing = sharing
        self._begun: set[tuple[str, Window]] = set()
        self._began = self._step_began = clock()
        self._steps: dict[tuple[str, Window], int] = {}
        self._seen: dict[Work, list[float]] = {}
        self._current: tuple[Work, float] | None = None

    def plan(self, row: str, window: Window, steps: int) -> None:
        """Say how many steps of a row are still to begin on a window, whatever was said before."""
        self._steps[row, window] = steps

    def drop(self, row: str) -> None:
        """Take back what a row has still to choose and to test: it is done, or it failed."""
        self._current = None
        self._steps |= {(row, window): 0 for window in ("valid", "test")}

    def begin(self, row: str, window: Window) -> None:
        """Take one step from those that are still to begin, and its fit as the work at hand."""
        self._steps[row, window] = max(0, self._steps.get((row, window), 0) - 1)
        self._begun.add((row, window))
        self._step_began = self._clock()
        self._current = Work(row, window, "fit"), self._step_began

    def take_over(self, row: str, window: Window, fit_seconds: float, rank_seconds: float) -> None:
        """Take the step as done by an earlier run, and what it took there as seen."""
        self._current = None
        self._note(Work(row, window, "fit"), fit_seconds)
        self._note(Work(row, window, "rank"), rank_seconds)

    @contextmanager
    def at(self, work: Work) -> Iterator[None]:
        """Take the seconds of the block as those of a work."""
        began = self._clock()
        self._current = work, began
        try:
            yield
        finally:
            self._current = None
        self._note(work, self._clock() - began)

    @property
    def spent(self) -> float:
        """Seconds since the run began."""
        return self._clock() - self._began

    @property
    def spent_in_step(self) -> float:
        """Seconds since the latest step began."""
        return self._clock() - self._step_began

    @property
    def left(self) -> float:
        """Seconds that the rest is expected to take; more the further a work goes beyond what it was expected to."""
        now = self._clock()
        # A copy: a heartbeat asks from its own thread.
        return self.left_in_step + sum(
            self._left_of(steps, work) * self._expected(work, now)
            for (row, window), steps in list(self._steps.items())
            for work in (Work(row, window, part) for part in _PARTS)
            if steps
        )

    @property
    def left_in_step(self) -> float:
        """Seconds that the work at hand is expected to take, and the ranking after a fit."""
        current, now = self._current, self._clock()
        if current is None:
            return 0.0
        work, began = current
        after = self._expected(work._replace(part="rank"), now) if work.part == "fit" else 0.0
        return self._expected(work, now) - (now - began) + after

    def _left_of(self, steps: int, work: Work) -> int:
        """How many of the steps that are still to begin take the time of this work."""
        if work.part == "rank" or work.window != "valid" or work.row not in self._sharing:
            return steps
        return 0 if (work.row, work.window) in self._begun else steps

    def _note(self, work: Work, seconds: float) -> None:
        self._seen.setdefault(work, []).append(seconds)

    def _expected(self, work: Work, now: float) -> float:
        seconds, current = self._seconds(work), self._current
        if current is not None and (current[0].row, current[0].part) == (work.row, work.part):
            return max(seconds, _BEYOND * (now - current[1]))
        return seconds

    def _seconds(self, work: Work) -> float:
        if work in self._seen:
            return self._seen[work][-1]
        others = [
            max(seconds) * self._ratio(work, other)
            for other, seconds in list(self._seen.items())
            if (other.row, other.part) == (work.row, work.part)
        ]
        return max(others) if others else self._estimates.get(work, 0.0) * self._slower(work)

    def _slower(self, work: Work) -> float:
        """How much longer works of the same part took than estimated, over rows of the same kind; 1 before any."""
        kin = [
            (sum(seconds), len(seconds) * self._estimates.get(other, 0.0))
            for other, seconds in list(self._seen.items())
            if other.part == work.part and self._kind(other) == self._kind(work)
        ]
        taken, expected = (sum(each) for each in zip(*kin, strict=True)) if kin else (0.0, 0.0)
        return taken / expected if expected else 1.0

    def _kind(self, work: Work) -> str:
        return self._kinds.get(work.row, work.row)

    def _ratio(self, work: Work, other: Work) -> float:
        """How much longer a ranking takes on the window of ``work``; a fit takes as long on any."""
        known = self._estimates.get(other, 0.0)
        return self._estimates.get(work, 0.0) / known if work.part == "rank" and known else 1.0
