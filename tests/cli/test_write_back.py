"""Lists for a Neo4j server are the same by one process and by several, and all askers are told of."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from cli.write_back import TaskLists
from graph_schema.progress import silent
from recommender.serve import many_lists
from recommender.serve.recommender import Recommender, open_recommender
from tests.recommender.serve.untrained import CALIBRATED, TODAY, city, write_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(many_lists, "_MOST_ASKERS", 7)
    return write_home(tmp_path, city().written(tmp_path / "snapshots"), "content-knn", CALIBRATED)


@pytest.fixture
def recommender(home: Path) -> Recommender:
    return open_recommender(home)


def test_lists_of_all_are_the_same_by_one_process_and_by_two(recommender: Recommender, home: Path) -> None:
    lists = TaskLists(recommender, "programs", n=3, as_of=TODAY)
    told: list[tuple[str, int, int | None]] = []
    by_two = list(lists.of_all(home, 2, lambda what, done, total: told.append((what, done, total))).recommended)
    assert by_two == list(lists.of_all(home, 1, silent).recommended)
    words = {"high": "높음", "medium": "보통", "low": "낮음"}
    said = {(each.properties["grade"], each.properties["codes"]) for each in by_two}
    assert said
    assert said <= {(None, None), *((grade, f"가능성: {word}") for grade, word in words.items())}
    askers = recommender.bundle.data("programs").n_queries
    assert told[-1] == ("recommend programs", askers, askers)
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})


def test_what_most_lists_hold_is_told(recommender: Recommender, home: Path) -> None:
    lists = TaskLists(recommender, "programs", n=3, as_of=TODAY)
    assert lists.most_listed is None
    rows = list(lists.of_all(home, 2, silent).recommended)
    held = Counter(row.result for row in rows)
    assert lists.most_listed is not None
    node, count, askers = lists.most_listed
    assert (held[node], askers) == (count, recommender.bundle.data("programs").n_queries)
    assert count == max(held.values())


def test_the_list_among_all_is_the_one_that_its_asker_gets_alone(recommender: Recommender, home: Path) -> None:
    lists = TaskLists(recommender, "programs", n=3, as_of=TODAY)
    of_all = list(lists.of_all(home, 1, silent).recommended)
    asker = of_all[0].asker
    assert [each for each in of_all if each.asker == asker] == list(lists.of(asker).recommended)


def test_a_reader_that_stops_stops_the_processes(recommender: Recommender, home: Path) -> None:
    run = TaskLists(recommender, "programs", n=3, as_of=TODAY).of_all(home, 2, silent)
    with closing(run.recommended) as rows:
        assert next(rows).properties["rank"] == 1
    assert list(rows) == []
