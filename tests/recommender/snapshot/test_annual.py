"""A past day is judged by the employees and the sales of then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graph_schema.law.truth import at_most
from recommender.knowledge.from_snapshot import dataset_of
from recommender.knowledge.splits import Cuts
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Verdict
from recommender.snapshot.annual import AnnualFigures, Bands, CompanyFigures
from tests.recommender.rules.judging import judge
from tests.recommender.small_graph import SmallGraph, goyang

YEARS = {2022: (3, 1e9), 2023: (4, 2e9), 2024: (12, 6e9), 2025: (30, 10e9)}


def graph(present: int | None = None) -> SmallGraph:
    made = goyang()
    stated = {} if present is None else {"employees": present}
    made.node("Company", "새들", name="새들푸드", **stated)
    for year, (staff, sales) in YEARS.items():
        made.node(
            "AnnualFigures",
            f"새들@{year}",
            name=f"{year}년 실적",
            year=year,
            min_employees=staff,
            max_employees=staff,
            min_revenue_krw=sales,
            max_revenue_krw=sales,
        )
        made.link("Company:새들", "REPORTED", f"AnnualFigures:새들@{year}")
    return made


def on(made: SmallGraph, day: date) -> CompanyFigures:
    snapshot = made.snapshot()
    row = snapshot.vocabulary("Company").find("새들")
    return AnnualFigures(snapshot).on(day).take(np.array([row]))


@pytest.mark.parametrize(
    ("day", "staff", "sales", "average"),
    [
        (date(2022, 6, 1), np.nan, np.nan, np.nan),
        (date(2023, 6, 1), 3, 1e9, 1e9),
        (date(2025, 1, 1), 12, 6e9, 3e9),
        (date(2026, 6, 1), 30, 10e9, 6e9),
        (date(2027, 6, 1), 30, 10e9, 8e9),
    ],
)
def test_the_last_year_that_was_over_counts(day: date, staff: float, sales: float, average: float) -> None:
    """Sizes go by the mean of up to three years."""
    found = on(graph(), day)
    seen = [found.employees.value[0], found.revenue_krw.value[0], found.average_revenue_krw.value[0]]
    np.testing.assert_array_equal(seen, [staff, sales, average])


@pytest.mark.parametrize(("day", "staff"), [(date(2022, 6, 1), 50), (date(2027, 6, 1), 30), (date(2028, 6, 1), 50)])
def test_a_present_figure_counts_where_no_year_is_near(day: date, staff: int) -> None:
    assert on(graph(present=50), day).employees.value[0] == staff


@pytest.mark.parametrize(("day", "verdict"), [(date(2024, 6, 1), Verdict.IN), (date(2026, 6, 1), Verdict.OUT)])
def test_a_rule_judges_by_the_day(day: date, verdict: Verdict) -> None:
    made = graph(present=4)
    made.node("Program", "P", title="지원사업", max_employees=5, announced_on=date(2023, 1, 1))
    assert judge(made, "programs", "새들", "Program:P", day)[1]["size"].verdict is verdict


def test_an_experiment_learns_from_figures_of_before_its_windows() -> None:
    made = graph(present=50)
    made.link("Company:새들", "APPLIED_TO", "Program:P", on=date(2023, 5, 1))
    made.node("Program", "P", title="지원사업", announced_on=date(2023, 1, 1))
    cuts = Cuts(date(2024, 3, 1), date(2025, 3, 1), date(2026, 3, 1))
    nodes = dataset_of(made.snapshot(), get_task("programs"), include_synthetic=True, cuts=cuts).nodes
    companies = nodes["Company"]
    assert companies.raw["employees"][companies.ids.index("새들")] == "4"
    assert "AnnualFigures" not in nodes


def test_what_no_figures_change_is_held_once_whatever_the_windows() -> None:
    """The tasks of a snapshot have windows of their own; only companies differ, by the year in which those begin."""
    made = graph(present=50)
    made.link("Company:새들", "APPLIED_TO", "Program:P", on=date(2023, 5, 1))
    made.node("Program", "P", title="지원사업", announced_on=date(2023, 1, 1))
    snapshot, task = made.snapshot(), get_task("programs")
    march, june, next_year = (
        dataset_of(snapshot, task, include_synthetic=True, cuts=Cuts(day, date(2026, 3, 1), date(2027, 3, 1)))
        for day in (date(2024, 3, 1), date(2024, 6, 1), date(2025, 3, 1))
    )
    assert march.nodes["Company"] is june.nodes["Company"]
    assert march.nodes["Company"].raw["employees"] != next_year.nodes["Company"].raw["employees"]
    assert march.nodes["Program"] is next_year.nodes["Program"]
    assert all(one is other for one, other in zip(march.relations, next_year.relations, strict=True))


BAND = Bands(np.array([5.0]), np.array([9.0]))


@pytest.mark.parametrize(("most", "said"), [(4, -1), (5, 0), (8, 0), (9, 1), (10, 1)])
def test_a_band_keeps_a_limit_where_both_its_ends_do(most: float, said: int) -> None:
    assert BAND.kept_to(lambda own: at_most(own, most, most)).tolist() == [said]


def test_over_how_many_years_sales_are_averaged_is_told_by_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.snapshot.annual.figure", lambda kind, _on: {"sales_years": 2.0}[kind])

    assert on(graph(), date(2026, 6, 1)).average_revenue_krw.value[0] == 8e9
