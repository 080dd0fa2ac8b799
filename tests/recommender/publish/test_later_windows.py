"""The windows that training decides by follow each other, and none is made of too few pairs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from recommender.knowledge.splits import task_pairs
from recommender.knowledge.tasks import get_task
from recommender.publish.later_windows import Later, Shares, compare, spans_of
from recommender.served.scorers.families import make_estimator
from recommender.served.task_data import TaskData
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import APPLIED, GraphBuilder, WordEncoder, planted_city

SHARES = Shares(valid=0.15, test=0.15, least=30, least_inside=10)


def daily(tmp_path: Path, days: int) -> TaskData:
    """One new pair on each of so many days from the first of January 2024."""
    graph = GraphBuilder()
    for number in range(days):
        graph.node("Company", f"C{number:03}", name=f"회사 {number}").node(
            "Program", f"P{number:03}", title=f"{number}"
        )
        graph.link(APPLIED, f"C{number:03}", f"P{number:03}", on=date(2024, 1, 1) + timedelta(days=number))
    snapshot = graph.snapshot(tmp_path)
    return TaskData(snapshot, get_task("programs"), encode_snapshot(snapshot, WordEncoder()))


def test_windows_follow_each_other_to_the_last_pair(tmp_path: Path) -> None:
    """200 days: the newest 15 % are 30 days, one month; the window to choose on is the end of the 139 days before."""
    spans = spans_of(daily(tmp_path, 200), SHARES)
    assert spans is not None
    end = date(2024, 1, 1) + timedelta(days=200)
    assert (spans.months, spans.end) == (1, end)
    assert spans.tests == (end - timedelta(days=61), end - timedelta(days=30))
    assert spans.test_ends == (spans.tests[1], end)
    assert spans.choose == date(2024, 1, 1) + timedelta(days=int(139 * 0.85))


@pytest.mark.parametrize(("days", "tests"), [(29, None), (80, 0)])
def test_few_pairs_make_no_window_to_test_on(tmp_path: Path, days: int, tests: int | None) -> None:
    spans = spans_of(daily(tmp_path, days), SHARES)
    assert (None if spans is None else len(spans.tests)) == tests


def test_what_is_compared_answers_the_same_askers_with_what_was_known_before(tmp_path: Path) -> None:
    snapshot = planted_city().snapshot(tmp_path)
    data = TaskData(snapshot, get_task("programs"), encode_snapshot(snapshot, WordEncoder()))
    days = (date(2025, 6, 1), date(2025, 9, 1), date(2025, 12, 31))
    estimators = {name: make_estimator(name) for name in ("popularity", "peer-popularity")}
    laters = [Later.fit(data.known_before(a), b, estimators, 0) for a, b in pairwise(days)]
    blend = {"popularity": 0.5, "peer-popularity": 1.0}
    found = compare(laters, task_pairs(snapshot, data.task), {"blend": blend, "popularity": {"popularity": 1.0}}, 1_000)
    assert {len(values) for values in found.values.values()} == {len(found.groups)}
    assert found.events == len(found.groups)  # each asker of these windows is an event of its own
    assert found.values["blend"].mean() > found.values["popularity"].mean()
    assert all(later.data.positives.last.max() < np.datetime64(later.data.before) for later in laters)
