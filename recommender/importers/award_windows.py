"""Windows of a list of awards: the first days of valid and test, by default the last tenth and the tenth before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording

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
            raise _outside([_from(valid_from)], days)
        raise _too_short(len(periods), whole_years=whole_years)
    sizes = {
        Wording(f"{valid} 전", f"before {valid}"): sum(day < valid for day in days),
        Wording(f"{valid}부터 {test} 전까지", f"from {valid} until {test}"): sum(valid <= day < test for day in days),
        _from(test): sum(day >= test for day in days),
    }
    if empty := [span for span, size in sizes.items() if not size]:
        raise _outside(empty, days)
    return valid, test


def _from(day: date) -> Wording:
    return Wording(f"{day}부터", f"from {day} on")


def _too_short(periods: int, *, whole_years: bool) -> SourceError:
    period = f"{'year' if whole_years else 'month'}{'' if periods == 1 else 's'}"
    return SourceError(
        Wording(
            f"선정이 있는 기간이 {periods}{'년' if whole_years else '개월'}뿐이어서 train, valid, test로 "
            "나눌 수 없습니다. 더 긴 목록을 쓰거나 --valid-from과 --test-from으로 날짜를 지정하십시오",
            f"awards of {periods} {period} cannot be cut into train, valid and test; bring a longer list, or name "
            "days with --valid-from and --test-from",
        )
    )


def _outside(spans: Sequence[Wording], days: Sequence[date]) -> SourceError:
    ko, en = ", ".join(span.ko for span in spans), " nor ".join(span.en for span in spans)
    return SourceError(
        Wording(
            f"선정이 하나도 없는 기간이 있습니다: {ko}. 목록의 기간: {min(days)} ~ {max(days)}. --valid-from과 "
            "--test-from으로 다른 날짜를 지정하십시오",
            f"no award lies {en}; the list goes from {min(days)} to {max(days)}; name other days with --valid-from and "
            "--test-from",
        )
    )


def _nearest(starts: Sequence[date], days: Sequence[date], share: float) -> date | None:
    """Return the start from which on about ``share`` of the days lie, the later of equals."""
    return min(reversed(starts), key=lambda start: abs(_share_from(start, days) - share), default=None)


def _share_from(start: date | None, days: Sequence[date]) -> float:
    return sum(day >= start for day in days) / len(days) if start and days else 0.0
