"""Who may apply: known facts decide, the unknown admits. Checked by hand on five companies."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.admission import company_kinds, eligible, read_rules
from loaders.synthesize.background import DISTRICTS, Background
from loaders.synthesize.companies import Companies, make_companies

TODAY = 20_000
LATER = 20_351
KINDS = ("sme", "mid_size", "micro")
"""The first kinds that are decided, in their order."""
MACHINE, RESTAURANT, SOFTWARE = "29210", "56111", "62010"


@pytest.fixture
def five(background: Background) -> Companies:
    """Return a large machine maker, a small restaurant, a young software firm, an old one, and one founded tomorrow.

    Sales are 1,300, 5, 10, 60 and 10 hundred millions of KRW.
    """
    made = make_companies(background.industries, 10, 1, TODAY)
    codes = background.industries.codes.tolist()
    made.leaf[:5] = [codes.index(c) for c in (MACHINE, RESTAURANT, SOFTWARE, SOFTWARE, SOFTWARE)]
    made.codes[:5] = [MACHINE, RESTAURANT, SOFTWARE, SOFTWARE, SOFTWARE]
    made.revenue[:5] = [130e9, 5e8, 1e9, 6e9, 1e9]
    made.district[:5] = [0, 1, 2, 0, 0]
    made.employees[:5] = [400, 2, 7, 7, 7]
    made.sole[:5] = [False, True, False, False, False]
    made.other_form[:5] = False
    made.certified[:5] = False
    made.founded[:5] = [TODAY - 9_000, TODAY - 3_000, TODAY - 700, TODAY - 4_000, TODAY + 1]
    return made


def admits(background: Background, five: Companies, program: dict[str, object], **links: list[str]) -> list[bool]:
    """Return for the five companies whether a programme open from today for 10 days admits them."""
    columns: dict[str, object] = {"id": ["p"], "title": ["지원"]} | {k: [v] for k, v in program.items()}
    table: pa.Table = table_from_columns(node_type("Program"), columns, source="test")
    targets = {label: {"p": links[label]} if label in links else {} for label in ("Industry", "Region")}
    rules = read_rules(background, table, targets)
    window = np.array([TODAY]), np.array([TODAY + 9])
    return eligible(rules, five, np.arange(5), *window)[:, 0].tolist()


def test_nothing_known_admits_every_company_that_exists(background: Background, five: Companies) -> None:
    assert admits(background, five, {}) == [True, True, True, True, False]


def test_targeted_division_and_section(background: Background, five: Companies) -> None:
    links = {"Industry": ["ksic11:29", "ksic11:I"]}
    assert admits(background, five, {}, **links) == [True, True, False, False, False]
    assert admits(background, five, {"all_industries": True}, **links) == [True, True, True, True, False]


def test_targeted_region_and_its_province(background: Background, five: Companies) -> None:
    assert admits(background, five, {}, Region=[DISTRICTS[0]]) == [True, False, False, True, False]
    assert admits(background, five, {"nationwide": False}, Region=["41"]) == [True, True, True, True, False]
    assert admits(background, five, {"nationwide": False}, Region=["48"]) == [False] * 5


def test_age_and_size_limits(background: Background, five: Companies) -> None:
    assert admits(background, five, {"max_company_age": 7.0}) == [False, False, True, False, False]
    assert admits(background, five, {"min_company_age": 7.0}) == [True, True, False, True, False]
    assert admits(background, five, {"min_employees": 5, "max_employees": 50}) == [False, False, True, True, False]
    assert admits(background, five, {"min_revenue_krw": 1e9, "max_revenue_krw": 6e9}) == [
        False,
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (["sme"], [False, True, True, True, False]),
        (["mid_size"], [True, False, False, False, False]),
        (["micro"], [False, True, False, False, False]),
        (["startup"], [False, False, True, False, False]),
        (["corporation"], [True, False, True, True, False]),
        (["university"], [False] * 5),
        (["micro", "other"], [True, True, True, True, False]),
    ],
)
def test_kinds_of_applicant(background: Background, five: Companies, targets: list[str], expected: list[bool]) -> None:
    """Any kind suffices; a kind that cannot be decided leaves the programme open."""
    assert admits(background, five, {"targets": targets}) == expected


@pytest.mark.parametrize(
    ("code", "employees", "revenue", "micro"),
    [
        (RESTAURANT, 4, 1.5e9, True),
        (RESTAURANT, 4, 1.6e9, False),
        (RESTAURANT, 5, 1e9, False),
        (MACHINE, 9, 12e9, True),
        (MACHINE, 10, 12e9, False),
    ],
)
def test_a_micro_business_has_few_workers_and_small_sales(
    background: Background, five: Companies, code: str, employees: int, revenue: float, *, micro: bool
) -> None:
    """The limits of 20 September 2025 hold, after small enterprises of several industries were given higher ones."""
    codes = background.industries.codes.tolist()
    five.leaf[1], five.codes[1], five.employees[1], five.revenue[1] = codes.index(code), code, employees, revenue
    kinds = company_kinds(five, np.array([1]), LATER)
    assert kinds[0, KINDS.index("micro")] == micro


def test_certificate_makes_a_venture(background: Background, five: Companies) -> None:
    five.certified[3, 0] = True
    assert admits(background, five, {"targets": ["venture"]}) == [False, False, False, True, False]
