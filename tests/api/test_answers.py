"""An answer as JSON keeps what a caller needs to judge a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.answers import recommendations_out
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.language.answers import Grade
from tests.api.city import open_city_recommender


def test_ties_grades_notes_and_what_a_result_stands_for_are_told(city_home: Path) -> None:
    recommender = open_city_recommender(city_home)
    answer = recommender.reverse("programs", NodeRef("Program", "PBLN_000000000117423"), n=1)
    first = replace(
        answer.recommendations[0], probability=0.04, grade=Grade.HIGH, tied=3, alike=(NodeRef("Space", "A1"),)
    )
    told = replace(answer, recommendations=(first,), notes=(Wording("점수가 같습니다.", "The scores tie."),))
    body = recommendations_out(told, "r", []).model_dump(mode="json")
    result = body["results"][0]
    assert (result["grade"], result["tied"], result["alike"]) == ("high", 3, ["Space:A1"])
    assert body["notes"] == [{"ko": "점수가 같습니다.", "en": "The scores tie."}]


def test_without_ties_and_probability_a_result_stands_for_itself(city_home: Path) -> None:
    answer = open_city_recommender(city_home).reverse("programs", NodeRef("Program", "PBLN_000000000117423"), n=1)
    body = recommendations_out(answer, "r", []).model_dump(mode="json")
    result = body["results"][0]
    assert (result["grade"], result["tied"], result["alike"], body["notes"]) == (None, 1, [], [])


def test_figures_have_no_more_digits_than_tell_something(city_home: Path) -> None:
    answer = open_city_recommender(city_home).reverse("programs", NodeRef("Program", "PBLN_000000000117423"), n=1)
    first = replace(answer.recommendations[0], score=2.8973886966705322, probability=0.0051426282843461315)
    body = recommendations_out(replace(answer, recommendations=(first,)), "r", []).model_dump(mode="json")
    assert (body["results"][0]["score"], body["results"][0]["probability"]) == (2.89739, 0.00514)
