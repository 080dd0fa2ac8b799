"""Figures of a window: means over seeds, slices of questions and of answers, and comparisons of like with like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph_schema.errors import ConfigError, EvaluationError
from graph_schema.wording import Wording
from recommender.bench.bench import Slice
from recommender.bench.contender import Role
from recommender.bench.figures import table, window_figures
from recommender.measure.arrays import Values
from recommender.measure.metrics import mrr
from recommender.measure.ranks import PositiveRanks
from tests.recommender.report.small_findings import (
    FACTS,
    FIRST,
    FOURTH,
    SECOND,
    FewQuestions,
    findings,
    outcome,
    row,
    window,
)


def test_values_are_means_over_seeds_of_each_question() -> None:
    """Reciprocal ranks (1, 1/2, 1/4, 1/4) and (1/2, 1/2, 1/2, 1/2)."""
    (model,) = window(row("auto", (0, 1, 3, 3), SECOND)).models
    assert model.whole[:, 0].tolist() == [0.75, 0.5, 0.375, 0.375]
    assert model.slices["all"]["mrr"].mean == pytest.approx(0.5)
    assert [each["all"]["mrr"].mean for each in model.by_seed] == [0.5, 0.5]
    assert model.spread["mrr"] == 0
    assert model.spread["recall@1"] == pytest.approx(np.std([0.25, 0.0], ddof=1))


def test_an_interval_holds_what_resampled_questions_give() -> None:
    """Of four questions, half with 1 and half with 1/2: means lie within both, and the interval about their middle."""
    (model,) = window(row("auto", (0, 0, 1, 1))).models
    found = model.slices["all"]["mrr"]
    assert found.mean == 0.75
    assert 0.5 <= found.low < 0.75 < found.high <= 1
    assert found.low + found.high == pytest.approx(1.5)


def test_rows_stand_by_the_main_metric_and_failed_ones_apart() -> None:
    found = window(
        row("b", SECOND), replace(row("c"), failure=Wording("까닭", "why")), row("a", FOURTH), row("d", FIRST)
    )
    assert [each.name for each in found.models] == ["d", "b", "a"]
    assert [each.name for each in found.failed] == ["c"]
    assert found.failures == {"c": Wording("까닭", "why")}
    assert found.model("c") is None
    best = found.model("d")
    assert best is not None
    assert best.name == "d"


def test_a_slice_has_its_own_questions_alone() -> None:
    found = window(row("auto", (3, 0, 0, 0)))
    assert list(found.groups) == ["all", "cold_query"]
    assert found.groups["cold_query"].tolist() == [0]
    assert found.models[0].slices["cold_query"]["mrr"].mean == 0.25
    assert found.models[0].values["cold_query"].shape == (1, 3)


def test_a_slice_of_answers_counts_them_alone_and_masks_the_others() -> None:
    """One question with the answers 0 and 1 in places 1 and 3: without the first, the second stands in place 2."""
    ranks = PositiveRanks(*(np.array(each) for each in ([0, 0], [0, 2], [1, 1], [1, 1], [0, 1], [2])))
    both = replace(outcome(FIRST), ranks=ranks, answers=np.array([0, 1]))
    part = Slice("cold_candidate", np.array([True]), np.array([False, True]))
    assert table(both, {"mrr": mrr}).tolist() == [[1.0]]
    assert table(both, {"mrr": mrr}, part).tolist() == [[0.5]]


def test_two_rows_are_compared_on_the_same_questions() -> None:
    found = window(row("auto", 3 * FIRST), row("best", 3 * SECOND))
    ours = found.compare("auto", "best", "all", "mrr")
    assert ours is not None
    assert (ours.model, ours.against, ours.slice, ours.metric) == ("auto", "best", "all", "mrr")
    assert (ours.difference.mean, ours.difference.low, ours.difference.high) == (0.5, 0.5, 0.5)
    assert ours.difference.p_value == pytest.approx(2 / 2001)
    theirs = found.compare("best", "auto", "all", "mrr")
    assert theirs is not None
    assert (theirs.difference.mean, theirs.difference.p_value) == (-0.5, ours.difference.p_value)
    assert ours.ratio is not None
    assert theirs.ratio is not None
    assert ours.ratio.mean * theirs.ratio.mean == pytest.approx(1)


@pytest.mark.parametrize(
    ("model", "against", "slice_"),
    [("auto", "auto", "all"), ("auto", "nobody", "all"), ("nobody", "auto", "all"), ("auto", "best", "few_shot")],
)
def test_what_is_not_there_is_compared_with_nothing(model: str, against: str, slice_: str) -> None:
    assert window(row("auto", FIRST), row("best", SECOND)).compare(model, against, slice_, "mrr") is None


def test_a_metric_of_ones_own_stands_after_the_others() -> None:
    def above(ranks: PositiveRanks) -> Values:
        return ranks.above.astype(np.float64)

    found = window_figures(FewQuestions(FACTS), [row("auto", (0, 1, 3, 3))], {"above": above})
    assert found.metrics == ("mrr", "recall@1", "ndcg@10", "above")
    assert found.models[0].slices["all"]["above"].mean == 1.75


def test_a_metric_with_the_name_of_another_and_one_without_numbers_are_refused() -> None:
    rows = [row("auto", FIRST)]
    with pytest.raises(ConfigError, match="metrics mrr are there already"):
        window_figures(FewQuestions(FACTS), rows, {"mrr": mrr})
    with pytest.raises(EvaluationError, match=r"metric few .* shape \(2,\)"):
        window_figures(FewQuestions(FACTS), rows, {"few": lambda _: np.ones(2)})
    with pytest.raises(EvaluationError, match=r"metric none .* not finite"):
        window_figures(FewQuestions(FACTS), rows, {"none": lambda ranks: np.full(len(ranks), np.nan)})


def test_what_each_part_adds_is_auto_without_it() -> None:
    """In the main metric and in ndcg@10, for the controls that were run."""
    control = row("engine-without-graph", SECOND, role=Role.CONTROL)
    found = findings(row("auto", FIRST, role=Role.ENGINE), control).gains()
    assert list(found) == ["graph:mrr", "graph:ndcg@10"]
    assert {(each.model, each.against, each.slice) for each in found.values()} == {
        ("auto", "engine-without-graph", "all")
    }
    assert found["graph:mrr"].difference.mean == 0.5
    assert findings(control).gains() == {}


def test_every_other_row_is_compared_with_the_best_simple_one() -> None:
    found = findings(row("a", FOURTH), row("b", SECOND), row("auto", FIRST, role=Role.ENGINE))
    assert [(each.model, each.against) for each in found.against_best()] == [("auto", "b"), ("a", "b")]
    alone = findings(row("auto", FIRST, role=Role.ENGINE))
    assert alone.best_simple is None
    assert alone.against_best() == []
    assert alone.asked_in_detail() == []


def test_cold_questions_are_compared_in_ndcg_alone() -> None:
    """A window without that metric says nothing of them."""
    asked, content = row("auto", FIRST, asked=True), row("content-knn", SECOND)
    found = findings(asked, content)
    ((kind, each),) = found.cold()
    assert (kind, each.slice, each.metric) == ("by nature", "cold_query", "ndcg@10")
    assert each.difference.mean == pytest.approx(1 - 1 / np.log2(3))
    without = replace(found.test, metrics=("mrr", "recall@1"))
    assert replace(found, test=without).cold() == []
    assert findings(row("auto", FIRST), content).cold() == [], "nobody asked for it"
