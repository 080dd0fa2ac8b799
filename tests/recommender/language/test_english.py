"""English descriptions give the same facts as Korean ones, of the asker and of now alone."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.clauses import Clauses
from recommender.language.english_places import english_places
from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("We have 23 employees", "employees", 23),
        ("a company with twelve staff members", "employees", 12),
        ("I run a small cafe alone", "employees", 0),
        ("We are a bakery founded in 2019", "founded", (date(2019, 1, 1), date(2019, 12, 31))),
        ("a cafe opened in May 2022", "founded", (date(2022, 5, 1), date(2022, 5, 31))),
        ("Our company was established in 2011", "founded", (date(2011, 1, 1), date(2011, 12, 31))),
        ("Revenue last year was 2.5 billion won.", "revenue_krw", 2.5e9),
        ("No revenue yet", "revenue_krw", 0.0),
        ("Kim Tech Co., Ltd. makes moulds", "legal_form", "corporation"),
        ("I am a sole proprietor", "legal_form", "sole"),
        ("We are an Innobiz company", "certificates", ("이노비즈",)),
        ("We are behind on our VAT", "standing", ("tax_arrears",)),
        ("I want to open a cafe next year", "yet_to_found", True),
        ("My staff are 4 people, all paid monthly", "employees", 4),
        ("Just me and one engineer on payroll", "employees", 1),
        ("We have 2 housekeeping staff", "employees", 2),
        ("Three part-timers work with me", "employees", 3),
        ("We're a corporation with a venture certificate", "legal_form", "corporation"),
    ],
)
def test_plain_english_is_read(text: str, field: str, value: object) -> None:
    assert getattr(read_text(text, TODAY), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "Our client has 300 employees and sales of 3 billion won",
        "We plan to hire 5 employees",
        "We do the books of 30 clients on payroll software",
        "Our customer has 5 kitchen staff",
        "They're a corporation and our customer",
        "We used to have 10 employees",
        "We are not a corporation",
        "Our venture certification expired in 2024",
        "Do we need 5 employees?",
        "Our supplier was founded in 1998",
    ],
)
def test_what_is_anothers_planned_past_or_denied_is_no_english_fact(text: str) -> None:
    facts = read_text(text, TODAY)
    assert [reading for reading in facts.readings if reading.is_fact] == []


def test_persons_of_a_firm_are_a_guess_since_the_owner_may_be_one() -> None:
    facts = read_text("We are a 7-person bakery", TODAY)
    assert (facts.employees, [reading.value for reading in facts.guesses("employees")]) == (None, [7])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We are based in Paju", ["Paju"]),
        ("Our customers are in Paju", []),
        ("We are moving to an office in Paju", []),
        ("in Pajuana", []),
    ],
)
def test_places_are_those_that_the_asker_is_in(text: str, places: list[str]) -> None:
    assert [name for _, (name,) in english_places(Clauses(text), ("Paju", "파주"))] == places


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("there are only four of us including me", "employees", 3),
        ("3 people besides me work here", "employees", 3),
        ("with 6 workers, and last year's sales were 800 million won", "employees", 6),
        ("registered as a sole proprietor in March 2024", "founded", (date(2024, 3, 1), date(2024, 3, 31))),
        ("Trademark registered in 2020.", "founded", None),
        ("Our company closed down in 2024", "standing", ("closed",)),
        ("Our shop closed on Sundays", "standing", ()),
        ("Corporation, no tax arrears", "legal_form", "corporation"),
        ("12 employees, certified venture company.", "certificates", ("벤처기업",)),
        ("For support, certified venture company needed", "certificates", ()),
    ],
)
def test_fragments_and_who_is_counted_in_are_read(text: str, field: str, value: object) -> None:
    assert getattr(read_text(text, TODAY), field) == value


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("I run an online store from Ilsan", ["Ilsan"]),
        ("Moved our studio from Mapo to Goyang in 2023", ["Goyang"]),
        ("We plan to be moved to Goyang", []),
        ("We buy flour from Mapo", []),
    ],
)
def test_one_works_from_a_place_and_moves_to_one(text: str, places: list[str]) -> None:
    found = english_places(Clauses(text), {"Ilsan", "Goyang", "Mapo"})
    assert [name for _, (name,) in found] == places


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Twenty-six people work here, CEO excluded.", "employees", 26),
        ("It's just me and one employee", "employees", 1),
        ("I run an inn with my husband, no employee.", "employees", 0),
        ("4 regular staff excluding two founders", "employees", 4),
        ("11 people on the payroll, not counting the CEO", "employees", 11),
        ("Our team is 6 people including both founders.", "employees", 4),
        ("We had 20 staff before COVID, now it's just me.", "employees", 0),
        ("We used to have 12 workers, now only 7.", "employees", 7),
        ("My company was incorporated in 2023 and has two employees", "employees", 2),
        ("We have about 20 employees.", "employees", None),
        ("We supply a company with 500 employees.", "employees", None),
        ("We have 10-15 employees.", "employees", None),
        ("We are a factory; 2025 revenue KRW 18.7 billion", "revenue_krw", 1.87e10),
        ("Sales are 20 million won a month.", "revenue_krw", None),
        ("Export sales were 300 million won", "revenue_krw", None),
        ("Expected revenue is 1 billion won", "revenue_krw", None),
        ("Incorporated March 2024, in Gwangju", "legal_form", "corporation"),
        ("My company was incorporated in Incheon", "legal_form", "corporation"),
        ("Our venture certificate was renewed and we hold Inno-Biz", "certificates", ("벤처기업", "이노비즈")),
        ("women-owned business certificate and corporate R&D center", "certificates", ("여성기업", "기업부설연구소")),
        ("We have a corporate R&D center; our venture certification expired", "certificates", ("기업부설연구소",)),
        ("We are preparing for venture certification", "certificates", ()),
        ("We are behind on VAT and the bank loan interest", "standing", ("tax_arrears", "overdue")),
        ("We have no tax arrears.", "standing", ()),
        ("My cafe is temporarily closed for winter.", "standing", ("suspended",)),
    ],
)
def test_english_counts_sums_and_papers_are_those_of_now(text: str, field: str, value: object) -> None:
    assert getattr(read_text(text, TODAY), field) == value
