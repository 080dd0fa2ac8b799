"""Facts that weights of contexts read where no rule does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from benchmarks.context_weights import digest, statements
from recommender.language.clauses import Clauses
from recommender.language.contexts import pieces
from recommender.language.learned import WEIGHTS_FILE, context_weights, learned_facts
from recommender.language.possible_facts import possible_facts
from recommender.language.text_facts import TextFacts, read_text

_DAY = date(2026, 3, 2)


def test_the_weights_were_learnt_from_the_labels_as_they_are() -> None:
    """After a change of labels: ``python -m benchmarks.context_weights``."""
    assert json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["learnt_from"] == digest()


def test_every_statement_and_trap_is_read_as_labelled() -> None:
    wrong = [row["text"] for row in statements() if _stated(read_text(row["text"], _DAY)) != row["stated"]]
    assert wrong == []


def _stated(facts: TextFacts) -> dict[str, Any]:
    said = {
        "employees": facts.employees,
        "founded": facts.founded and [day.isoformat() for day in facts.founded],
        "yet_to_found": facts.yet_to_found or None,
        "revenue_krw": facts.revenue_krw,
        "legal_form": facts.legal_form,
        "certificates": list(facts.certificates) or None,
        "standing": list(facts.standing) or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _learnt(text: str) -> set[tuple[str, object]]:
    return {(each.field, each.value) for each in learned_facts(Clauses(text), _DAY, ()) if each.is_fact}


def test_weights_alone_read_what_is_stated() -> None:
    text = (
        "춘천에서 막국수집을 합니다. 2015년 5월에 개업했고 직원은 4명입니다. 개인사업자예요. 작년 매출은 3억원입니다."
    )
    assert _learnt(text) == {
        ("founded", (date(2015, 5, 1), date(2015, 5, 31))),
        ("employees", 4),
        ("legal_form", "sole"),
        ("revenue_krw", 300_000_000.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "거래처는 직원이 40명이고 2003년에 창업했습니다.",
        "직원이 12명이면 신청할 수 있나요?",
        "내년에 법인으로 바꾸고 직원을 5명 뽑을 계획입니다.",
        "예전에는 매출이 10억이었습니다.",
        "벤처기업 인증은 만료됐습니다.",
        "",
    ],
)
def test_what_the_rules_of_whose_and_when_bar_is_no_fact(text: str) -> None:
    assert _learnt(text) == set()


def test_what_a_rule_calls_a_guess_stays_one() -> None:
    assert read_text("매출이 2022년에 7억이었습니다", _DAY).revenue_krw is None


def test_lists_of_people_are_added_up() -> None:
    facts = possible_facts(Clauses("강사 6명, 데스크 1명, 차량기사 1명 씁니다"), _DAY)
    assert {each.value for each in facts if each.kind == "sum"} == {7, 8, 2}


def test_pieces_are_bounded_however_long_the_text_is() -> None:
    said = Clauses("직원이 3명 있는 가게를 운영하면서 " * 50)
    assert max(len(pieces(said, fact)) for fact in possible_facts(said, _DAY)) < 700


def test_every_field_has_weights() -> None:
    weights = context_weights()
    fields = {"employees", "founded", "yet_to_found", "revenue_krw", "legal_form", "certificates", "standing"}
    assert weights.pieces.keys() == weights.bias.keys() == fields
