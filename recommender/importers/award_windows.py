"""Windows of a list of awards: the first days of valid and test, by default the last tenth and the tenth before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from graph_schema.errors import SourceError

_SHARE: Final = 0.1
"""Of the awards, for each of the two windows."""


def choose_windows(days: Sequence[date], valid_from: date | None, test_from: date | None) -> tuple[date, date]:
    """Return the first days of valid and test; what is not given begins a year, or a month where days are known.

    Raises ``SourceError`` where there is no award before the windows, or none in one of them.
    """
    whole_years = all((day.month, day.day) == (1, 1) for day in days)
    periods = sorted({day.replace(day=1, month=1 if whole_years else day.month) for day in days})
    later = periods[2:] if valid_from is None else [start for start in periods if start > valid_from]
    test = test_from or _nearest(later, days, _SHARE)
    earlier = [start for start in periods[1:] if test and any(start <= day < test for day in days)]
    valid = valid_from or _nearest(earlier, days, _SHARE + _share_from(test, days))
    if test is None or valid is None:
        if valid_from and days and valid_from > max(days):
            raise _outside(f"from {valid_from} on", days)
        period = f"{'year' if whole_years else 'month'}{'' if len(periods) == 1 else 's'}"
        raise SourceError(
            f"awards of {len(periods)} {period} cannot be cut into train, valid and test; bring a longer list, or name "
            "days with --valid-from and --test-from"
        )
    sizes = {
        f"before {valid}": sum(day < valid for day in days),
        f"from {valid} until {test}": sum(valid <= day < test for day in days),
        f"from {test} on": sum(day >= test for day in days),
    }
    if empty := [span for span, size in sizes.items() if not size]:
        raise _outside(" nor ".join(empty), days)
    return valid, test


def _outside(span: str, days: Sequence[date]) -> SourceError:
    return SourceError(
        f"no award lies {span}; the list goes from {min(days)} to {max(days)}; name other days with --valid-from and "
        "--test-from"
    )


def _nearest(starts: Sequence[date], days: Sequence[date], share: float) -> date | None:
    """Return the start from which on about ``share`` of the days lie, the later of equals."""
    return min(reversed(starts), key=lambda start: abs(_share_from(start, days) - share), default=None)


def _share_from(start: date | None, days: Sequence[date]) -> float:
    return sum(day >= start for day in days) / len(days) if start and days else 0.0
