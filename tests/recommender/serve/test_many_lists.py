"""The lists of all askers, made in blocks, are those that each of them would get alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import TASKS
from recommender.language.answers import Answer, Audience, Verdict
from recommender.serve import many_lists
from recommender.serve.many_lists import Listed, blocks_of
from recommender.serve.recommender import Recommender, open_recommender
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import CALIBRATED, TODAY, city, write_home


@pytest.fixture(scope="module", params=["popularity", "content-knn", "item-knn"])
def recommender(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Recommender:
    folder: Path = tmp_path_factory.mktemp("home")
    graph = city()
    for number in range(4):  # rooms and notices that nobody can tell apart
        graph.node("Space", f"room{number}", title="같은 호실", all_industries=True)
        graph.node("Program", f"same{number}", title="같은 공고", window_kind="always", announced_on=date(2026, 1, 5))
    home = write_home(folder, graph.written(folder / "snapshots"), request.param, CALIBRATED)
    opened = open_recommender(home)
    return Recommender(opened.snapshot, opened.bundle, WordEncoder)


def listed(asker: NodeRef, answer: Answer) -> list[Listed]:
    return [
        Listed(
            asker,
            item.ref,
            item.rank,
            item.score,
            item.grade,
            " / ".join(reason.ko for reason in item.reasons),
            " / ".join(reason.en for reason in item.reasons),
            tuple(check.ko for check in item.checks if check.verdict is Verdict.CHECK),
        )
        for item in answer.recommendations
    ]


@pytest.mark.parametrize("task", sorted(TASKS))
def test_every_list_is_the_one_that_its_asker_gets_alone(
    recommender: Recommender, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same results in the same order, with the same grades, reasons and conditions, whatever the block."""
    monkeypatch.setattr(many_lists, "_MOST_ASKERS", 7)
    data = recommender.bundle.data(task)
    lists, blocks = recommender.lists(task, n=3, as_of=TODAY), blocks_of(data)
    assert sum(map(len, blocks)) == data.n_queries
    found = [item for block in blocks for item in lists.of(block)]
    if not data.n_candidates:
        assert found == []
        return
    alone = [
        item
        for asker in (data.query_ref(row) for row in range(data.n_queries))
        for item in listed(asker, recommender.recommend(task, asker, n=3, as_of=TODAY, audience=Audience.CITY))
    ]
    exact = [(i.asker, i.result, i.rank, i.grade, i.reason_ko, i.reason_en, i.to_be_checked) for i in alone]
    assert [(i.asker, i.result, i.rank, i.grade, i.reason_ko, i.reason_en, i.to_be_checked) for i in found] == exact
    np.testing.assert_allclose([i.score for i in found], [i.score for i in alone], rtol=1e-5)
