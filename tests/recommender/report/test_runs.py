"""Finished runs in folders: which are found, and what is paired of two of them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_schema.errors import EvaluationError, NotFoundError
from recommender.report.compare import compare_runs, find_runs, open_run
from recommender.report.plain import FORMAT

Columns = dict[str, list[float]]


def run(
    folder: Path, columns: Columns, queries: str = "abcd", groups: tuple[int, ...] = (0, 1, 2, 3), **more: object
) -> Path:
    """Write what a run leaves: the value of each model for each query."""
    folder.mkdir(parents=True)
    models = {name.partition("|")[0]: {"asked": True} for name in columns}
    plain = {"format": FORMAT, "dataset": "small", "main": "mrr", "hashes": {"data": "d" * 64}, "models": models}
    (folder / "metrics.json").write_text(json.dumps(plain | more), encoding="utf-8")
    table = {"query": list(queries), "group": list(groups)} | columns
    pq.write_table(pa.table(table), folder / "queries.parquet")
    return folder


ONES, HALVES = [1.0] * 4, [0.5] * 4


def test_a_run_at_the_top_and_at_the_third_level_is_found_and_none_below(tmp_path: Path) -> None:
    run(tmp_path / "top", {"auto|mrr": ONES})
    run(tmp_path / "top/1/2/3", {"auto|mrr": ONES})
    run(tmp_path / "top/1/2/3/4", {"auto|mrr": ONES})
    for name, text in (("damaged", "no run"), ("old", json.dumps({"format": FORMAT - 1}))):
        (tmp_path / "top" / name).mkdir()
        (tmp_path / "top" / name / "metrics.json").write_text(text, encoding="utf-8")
    found = [each.path.relative_to(tmp_path) for each in find_runs(tmp_path / "top")]
    assert found == [Path("top"), Path("top/1/2/3")]


def test_queries_are_paired_by_name_whatever_their_order(tmp_path: Path) -> None:
    """a: 1 − 0.4, b: 2 − 0.3, c: 3 − 0.2, d: 4 − 0.1."""
    first = open_run(run(tmp_path / "one", {"auto|mrr": [1.0, 2.0, 3.0, 4.0]}))
    other = open_run(run(tmp_path / "two", {"ease|mrr": [0.1, 0.2, 0.3, 0.4]}, queries="dcba"))
    (pair,) = compare_runs(first, [other])
    assert (pair.model, pair.against, pair.slice, pair.metric) == ("one/auto", "two/ease", "all", "mrr")
    assert (pair.mean, pair.against_mean) == (2.5, pytest.approx(0.25))
    assert pair.difference.mean == pytest.approx(2.25)
    assert pair.difference.high <= 3.9
    swapped = open_run(run(tmp_path / "three", {"ease|mrr": [0.4, 0.3, 0.2, 0.1]}))
    (same,) = compare_runs(first, [swapped])
    assert (same.difference, same.ratio) == (pair.difference, pair.ratio)


TWELVE = {"queries": "abcdefghijkl", "groups": tuple(range(12))}


def test_a_constant_difference_has_an_interval_of_one_point(tmp_path: Path) -> None:
    first = run(tmp_path / "one", {"auto|mrr": 3 * ONES}, **TWELVE)
    other = run(tmp_path / "two", {"ease|mrr": 3 * HALVES}, **TWELVE)
    (pair,) = compare_runs(open_run(first), [open_run(other)])
    d = pair.difference
    assert (d.mean, d.low, d.high, d.p_value) == (0.5, 0.5, 0.5, pytest.approx(2 / 2001))
    assert pair.ratio is not None
    assert (pair.ratio.mean, pair.ratio.low, pair.ratio.high) == (2, 2, 2)
    (back,) = compare_runs(open_run(other), [open_run(first)])
    assert (back.difference.mean, back.difference.low, back.difference.high) == (-0.5, -0.5, -0.5)


def test_pairs_that_are_compared_together_have_p_values_corrected_for_their_number(tmp_path: Path) -> None:
    """Two pairs differ in every query and one nowhere: 3 and 2 times 2/2001, none below the one before."""
    first = run(tmp_path / "one", {"auto|mrr": 3 * ONES}, **TWELVE)
    theirs = {"ease|mrr": 3 * HALVES, "knn|mrr": 3 * HALVES, "same|mrr": 3 * ONES}
    pairs = compare_runs(open_run(first), [open_run(run(tmp_path / "two", theirs, **TWELVE))])
    assert [each.p_holm for each in pairs] == pytest.approx([6 / 2001, 6 / 2001, 1.0])


def test_many_pairs_that_differ_in_every_query_are_told_apart(tmp_path: Path) -> None:
    """With 2,000 resamplings the least p-value of 64 pairs would be 64 × 2 / 2,001, which is above 0.05."""
    names = "abcdefgh"
    first = run(tmp_path / "one", {f"{name}|mrr": 3 * ONES for name in names}, **TWELVE)
    other = run(tmp_path / "two", {f"{name}|mrr": 3 * HALVES for name in names}, **TWELVE)
    pairs = compare_runs(open_run(first), [open_run(other)])
    assert len(pairs) == 64
    assert {each.difference.p_value for each in pairs} == {2 / 2561}
    assert max(each.p_holm for each in pairs) < 0.05


def test_queries_of_one_group_are_resampled_together(tmp_path: Path) -> None:
    """Six groups whose means are alike leave no doubt; the same values each in a group of its own do."""
    values = 6 * [1.0, 0.0]
    bounds = []
    for name, groups in (("pairs", tuple(at // 2 for at in range(12))), ("alone", tuple(range(12)))):
        asked = TWELVE | {"groups": groups}
        first = run(tmp_path / name / "one", {"auto|mrr": values}, **asked)
        other = run(tmp_path / name / "two", {"ease|mrr": [0.0] * 12}, **asked)
        (pair,) = compare_runs(open_run(first), [open_run(other)])
        bounds.append((pair.difference.low, pair.difference.high))
    assert bounds == [(0.5, 0.5), (0.25, 0.75)]


def test_another_metric_than_the_main_one_can_be_named(tmp_path: Path) -> None:
    columns = {"auto|mrr": ONES, "auto|ndcg@10": HALVES}
    first = open_run(run(tmp_path / "one", columns))
    other = open_run(run(tmp_path / "two", {"ease|mrr": ONES, "ease|ndcg@10": [0.25] * 4}))
    assert compare_runs(first, [other])[0].difference.mean == 0
    assert compare_runs(first, [other], "ndcg@10")[0].difference.mean == 0.25
    with pytest.raises(NotFoundError, match=r"one has no values of auc for auto; its metrics are mrr, ndcg@10"):
        compare_runs(first, [other], "auc")


def test_runs_that_asked_others_are_refused(tmp_path: Path) -> None:
    first = open_run(run(tmp_path / "one", {"auto|mrr": ONES}))
    fewer = open_run(run(tmp_path / "two", {"auto|mrr": ONES[:3]}, queries="abc", groups=(0, 1, 2)))
    others = open_run(run(tmp_path / "three", {"auto|mrr": ONES}, queries="abce"))
    for other, count in ((fewer, 3), (others, 4)):
        with pytest.raises(EvaluationError, match=rf"one asked 4 queries, .* {count}, and not the same ones"):
            compare_runs(first, [other])


def test_a_run_without_values_of_queries_is_told(tmp_path: Path) -> None:
    first, other = run(tmp_path / "one", {"auto|mrr": ONES}), run(tmp_path / "two", {"auto|mrr": ONES})
    (other / "queries.parquet").write_bytes(b"damaged")
    with pytest.raises(NotFoundError, match=r"queries.parquet cannot be read"):
        compare_runs(open_run(first), [open_run(other)])


def test_only_models_that_were_asked_for_are_compared(tmp_path: Path) -> None:
    models = {"auto": {"asked": True}, "popularity": {"asked": False}}
    first = open_run(run(tmp_path / "one", {"auto|mrr": ONES, "popularity|mrr": HALVES}, models=models))
    assert first.asked == ["auto"]
    other = open_run(run(tmp_path / "two", {"ease|mrr": HALVES}))
    assert [each.model for each in compare_runs(first, [other])] == ["one/auto"]


def test_a_run_of_an_older_version_has_no_moment_and_no_minutes(tmp_path: Path) -> None:
    old = open_run(run(tmp_path / "old", {"auto|mrr": ONES}))
    assert (old.finished, old.minutes) == ("", None)
    new = open_run(run(tmp_path / "new", {"auto|mrr": ONES}, finished="2026-01-01", minutes=1.26))
    assert (new.finished, new.minutes) == ("2026-01-01", 1.3)
    assert open_run(run(tmp_path / "quick", {"auto|mrr": ONES}, minutes=0.00497)).minutes == 0.005
