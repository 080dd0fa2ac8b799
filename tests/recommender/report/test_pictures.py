"""What the pictures of a report draw: the groups that hold anybody, and lines at the right heights."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from recommender.bench.contender import Role
from recommender.bench.figures import by_answers, by_group
from recommender.bench.outcome import Cost
from recommender.bench.run import ContenderRun
from recommender.report.pictures import Picture, all_pictures
from tests.recommender.report.small_findings import DEGREE, FIRST, FOURTH, HISTORY, SECOND, findings, row

BEST = row("popularity", SECOND)
AUTO = row("auto", (0, 1, 3, 3), role=Role.ENGINE, asked=True)


def pictures(*rows: ContenderRun, **changed: object) -> dict[str, Picture]:
    return {each.key: each for each in all_pictures(findings(*rows, **changed))}


def words(picture: Picture) -> list[str]:
    """Return what is written in a picture, which stands in its comments."""
    return re.findall(r"<!-- (.*?) -->", picture.svg)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Picture]:
    return pictures(AUTO, BEST)


def test_a_picture_without_figures_is_not_drawn(drawn: dict[str, Picture]) -> None:
    """No model says how it learned, none gives probabilities."""
    assert list(drawn) == ["main", "history", "degree", "depth", "cost"]


def test_curves_and_reliability_are_drawn_where_a_model_has_them() -> None:
    (only,) = AUTO.outcomes
    learned = replace(only, cost=Cost(curve=((0.5, 0.1), (1.0, 0.2))), reliability=np.array([[0.2, 0.1, 5.0]]))
    found = pictures(replace(AUTO, outcomes=(learned,)), BEST)
    assert list(found)[-2:] == ["curves", "reliability"]
    for key in ("curves", "reliability"):
        assert "auto" in words(found[key])
        assert "popularity" not in words(found[key])


def test_the_caption_names_the_colours_that_are_drawn(drawn: dict[str, Picture]) -> None:
    shipped, control = row("pretrained", FIRST, role=Role.PRETRAINED), row("gnn", FIRST, role=Role.CONTROL)
    found = pictures(AUTO, BEST, shipped, control, row("prior", FOURTH))["main"]
    assert found.caption.en.endswith("blue: its controls; purple: pretrained; grey: simple models.")
    assert "#7a4fa3" in found.svg
    assert drawn["main"].caption.en.endswith("Diamond: best simple baseline; orange: the engine.")
    assert drawn["main"].caption.ko.endswith("마름모: 최선의 단순 기준선, 주황: 엔진.")
    assert pictures(shipped, only=True)["main"].caption.en == "Main metric by model. Purple: pretrained."


def test_groups_by_history_are_those_that_hold_a_question(drawn: dict[str, Picture]) -> None:
    """0, 1, 4 and 30 pairs are given: in 0, 1, [2, 5) and [20, 50)."""
    labels = [each for each in words(drawn["history"]) if each.startswith("(")]
    assert labels == ["(1)"] * 4
    assert [each for each in words(drawn["history"]) if re.fullmatch(r"\d+(–\d+)?\+?", each)][:4] == [
        *("0", "1", "2–4", "20–49")
    ]


def test_groups_by_degree_are_those_of_right_answers(drawn: dict[str, Picture]) -> None:
    """The answers have 0, 2, 2 and 7 pairs; the candidate with 600 is nobody's answer."""
    said = words(drawn["degree"])
    assert [each for each in said if each.startswith("(")] == ["(1)", "(2)", "(1)"]
    assert {"0", "2–4", "5–9"} <= set(said)
    assert "500+" not in said


def test_one_group_alone_is_no_picture() -> None:
    found = findings(AUTO, BEST)
    questions = replace(found.test.questions, history=np.array([2, 3, 4, 4]), degree=np.array([1, 1, 1, 1, 900]))
    keys = [each.key for each in all_pictures(replace(found, test=replace(found.test, questions=questions)))]
    assert keys == ["main", "depth", "cost"]


def test_the_groups_are_those_that_the_lines_are_of() -> None:
    """Reciprocal ranks 1, 1/2, 1/4, 1/4 of the four questions; an empty group has no value."""
    models = findings(AUTO, BEST).test.models
    history, degree = np.array(HISTORY), np.array(DEGREE)
    found = by_group(models, [history == 0, history > 0, history > 99], "mrr")
    assert found["auto"][:2] == [1.0, pytest.approx(1 / 3)]
    assert np.isnan(found["auto"][2])
    found = by_answers(models, [degree == 2, degree == 7, degree == 600], "mrr")
    assert found["auto"][:2] == [pytest.approx((1 / 2 + 1 / 4) / 2), 0.25]
    assert np.isnan(found["auto"][2])
    assert found["popularity"][:2] == [0.5, 0.5]


def test_lines_are_means_over_seeds() -> None:
    models = findings(row("auto", FIRST, FOURTH)).test.models
    everybody = [np.ones(4, dtype=bool)]
    assert by_group(models, everybody, "mrr")["auto"] == [pytest.approx((1 + 1 / 4) / 2)]
    assert by_answers(models, [np.array(DEGREE) == 2], "mrr")["auto"] == [pytest.approx((1 + 1 / 4) / 2)]


def test_models_stand_below_one_another_the_best_on_top(drawn: dict[str, Picture]) -> None:
    said = words(drawn["main"])
    assert said.index("popularity") < said.index("auto"), "an axis begins at the bottom"
    assert "mrr, mean over 4 queries, 95 % interval" in said


@pytest.mark.parametrize(("main", "name"), [("mrr", "hits"), ("recall@1", "recall")])
def test_the_picture_by_k_is_of_the_main_metric_or_of_hits(main: str, name: str) -> None:
    found = findings(AUTO, BEST)
    metrics = (main, *(each for each in found.test.metrics if each != main))
    drawn = {each.key: each for each in all_pictures(replace(found, test=replace(found.test, metrics=metrics)))}
    assert f'aria-label="{name} by k"' in drawn["depth"].svg
    assert f"{name}@k" in words(drawn["depth"])
    assert [each for each in words(drawn["depth"]) if each.isdecimal()] == ["1", "2", "3", "5", "10", "20", "50", "100"]


def test_at_most_six_models_have_lines_and_the_one_that_was_asked_for_is_among_them() -> None:
    many = [row(f"simple{number}", (0, 0, 0, number)) for number in range(8)]
    asked = row("asked", FOURTH, asked=True)
    control = row("engine-without-gnn", FOURTH, role=Role.CONTROL)
    said = words(pictures(*many, asked, control)["depth"])
    shown = [each for each in said if each.startswith(("simple", "asked", "engine"))]
    assert shown == ["asked", "simple0", "engine-without-gnn", "simple1", "simple2", "simple3"]


def test_pictures_are_equal_for_equal_figures_and_their_ids_meet_nowhere(drawn: dict[str, Picture]) -> None:
    again = pictures(AUTO, BEST)
    assert {key: each.svg for key, each in drawn.items()} == {key: each.svg for key, each in again.items()}
    ids = [each for picture in drawn.values() for each in re.findall(r'\bid="([^"]+)"', picture.svg)]
    assert len(ids) == len(set(ids))
    for picture in drawn.values():
        mine = set(re.findall(r'\bid="([^"]+)"', picture.svg))
        named = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', picture.svg))
        assert named
        assert named <= mine


def test_every_picture_has_words_for_those_who_cannot_see_it(drawn: dict[str, Picture]) -> None:
    labels = [re.search(r'^<svg role="img" aria-label="([^"]+)"', each.svg) for each in drawn.values()]
    assert [each[1] for each in labels if each] == [
        "mrr by model with intervals",
        "mrr by history length",
        "mrr by degree of the candidate",
        "hits by k",
        "time and memory by model",
    ]
    assert all(each.caption.ko and each.caption.en for each in drawn.values())
