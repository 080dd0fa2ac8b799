"""Tests of application windows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import WINDOW_KINDS
from loaders.eligibility.window import ApplicationWindow, parse_window, window_of

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(first=DAYS, second=DAYS, form=st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"]))
def test_two_days_are_read_in_every_form(first: date, second: date, form: str) -> None:
    start, end = sorted((first, second))
    text = f"{start.strftime(form)} ~ {end.strftime(form)}"

    assert parse_window(text) == ApplicationWindow("fixed", start, end, text)


@given(first=DAYS, second=DAYS)
def test_an_end_before_the_start_is_unknown(first: date, second: date) -> None:
    start, end = sorted((first, second))
    text = f"{end:%Y-%m-%d} ~ {start:%Y-%m-%d}"

    assert parse_window(text).kind == ("fixed" if start == end else "unknown")


@given(st.text())
def test_any_text_gives_a_known_kind_and_keeps_what_was_written(text: str) -> None:
    window = parse_window(text)

    assert window.kind in WINDOW_KINDS
    assert window.text == (" ".join(text.split()) or None)
    assert not (window.start and window.end and window.start > window.end)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2026-03-31", "fixed", None, date(2026, 3, 31)),
        ("~ 2026-03-31 까지", "fixed", None, date(2026, 3, 31)),
        ("~ 2026-03-31", "fixed", None, date(2026, 3, 31)),
        ("2026-01-05 ~ 예산 소진시까지", "until_budget", date(2026, 1, 5), None),
        ("2026-01-05 ~ 2026-12-31 (예산 소진 시 조기 마감)", "until_budget", date(2026, 1, 5), date(2026, 12, 31)),
        ("예산\u2002소진시까지", "until_budget", None, None),
        ("보증한도 소진 시까지", "until_budget", None, None),
        ("상시 접수", "always", None, None),
        ("연중 수시", "always", None, None),
        ("수시접수", "always", None, None),
        ("선착순 마감", "first_come", None, None),
        ("세부사업별 상이", "unknown", None, None),
        ("모집 완료시까지", "until_filled", None, None),
        ("2026.1.5.(월) ~ 2026.1.31.(토)", "fixed", date(2026, 1, 5), date(2026, 1, 31)),
        ("2026-01-05 09:00 ~ 2026-01-31 18:00", "fixed", date(2026, 1, 5), date(2026, 1, 31)),
        ("2026년 1월 5일 ~ 2026년 1월 31일", "fixed", date(2026, 1, 5), date(2026, 1, 31)),
        ("2026. 1. 5. ~ 1. 31.", "fixed", date(2026, 1, 5), date(2026, 1, 31)),
        ("'26. 4. 27.(월) ~ 5. 15.(금) 18시까지", "fixed", date(2026, 4, 27), date(2026, 5, 15)),
        ("2026.12.20 ~ 1.15", "unknown", None, None),
        ("2026-02-30 ~ 2026-03-31", "unknown", None, None),
        ("99999999 ~ 99999999", "unknown", None, None),
        ("1차 2026-01-05 ~ 2026-01-31, 2차 추후 공지", "unknown", None, None),
        ("2026-01-05 ~", "unknown", None, None),
        ("매월 20일까지", "unknown", None, None),
    ],
)
def test_words_and_halves(text: str, kind: str, start: date | None, end: date | None) -> None:
    window = parse_window(text)

    assert (window.kind, window.start, window.end) == (kind, start, end)
    assert window.text


def test_nothing_written_is_unknown_without_a_text() -> None:
    assert parse_window(None) == parse_window("  ") == ApplicationWindow("unknown")


def test_two_dates_held_apart() -> None:
    early, late = date(2026, 1, 1), date(2026, 2, 1)

    assert window_of(early, late) == ApplicationWindow("fixed", early, late)
    assert window_of(None, late) == ApplicationWindow("fixed", None, late)
    assert window_of(early, None) == ApplicationWindow("unknown", early)
    assert window_of(late, early) == ApplicationWindow("unknown")
