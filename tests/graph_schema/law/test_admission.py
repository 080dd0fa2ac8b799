"""Who may move into a knowledge industry centre, one case per line of the decree and of the city's notices."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.law.admission import UnitUse, admitted_industries, may_move_in
from graph_schema.law.rows import in_force

TODAY = date(2026, 11, 27)
SINCE_2011 = ["701", "72", "71392", "5911", "581", "732", "75994", "62", "582", "63991", "612"]
SINCE_2026 = [
    "702", "5912", "5913", "59202", "60221", "90110", "90191", "90199", "71531", "73902", "75992", "39", "59201",
    "71400", "73903", "73904", "76400", "71310", "71391", "74100", "75320", "75991", "711", "712", "631", "63910",
    "63999", "603",
]  # fmt: skip
CONDITIONAL = ["85650", "85669", "85503", "739", "73909"]
NOT_NAMED = ["60100", "60222", "71511", "71532", "73100", "73301", "63992", "56111", "47111", "68111", "86201"]


def verdict(industry: str, on: date, *, use: UnitUse = UnitUse.INDUSTRY, in_complex: bool = False) -> int:
    return may_move_in(industry, use, on, in_complex=in_complex).verdict


@pytest.mark.parametrize(
    ("industry", "since"),
    [(each, date(2011, 11, 16)) for each in SINCE_2011] + [(each, date(2026, 4, 28)) for each in SINCE_2026],
)
def test_the_decree_admits_what_it_names_from_its_day_on(industry: str, since: date) -> None:
    assert may_move_in(industry, UnitUse.INDUSTRY, since, in_complex=True).verdict == 1
    assert may_move_in(industry, UnitUse.INDUSTRY, since.replace(day=since.day - 1), in_complex=True).verdict == 0


@pytest.mark.parametrize("industry", CONDITIONAL)
def test_a_condition_leaves_it_to_be_checked_and_is_told(industry: str) -> None:
    found = may_move_in(industry, UnitUse.INDUSTRY, TODAY, in_complex=True)
    assert found.verdict == 0
    assert found.rows[0].verdict == "conditional"


@pytest.mark.parametrize("industry", NOT_NAMED)
def test_what_nobody_names_is_to_be_checked(industry: str) -> None:
    """A manager or the mayor may recognise more than the rows name, so that it is not refused."""
    assert may_move_in(industry, UnitUse.INDUSTRY, TODAY, in_complex=True).verdict == 0


def test_manufacturing_is_admitted_in_a_complex_and_outside_only_as_an_urban_factory() -> None:
    assert verdict("10711", TODAY, in_complex=True) == 1
    outside = may_move_in("10711", UnitUse.INDUSTRY, TODAY, in_complex=False)
    assert (outside.verdict, [row.id for row in outside.rows]) == (0, ["industry-C-outside"])


@pytest.mark.parametrize(
    ("industry", "since"),
    [
        ("711", date(2024, 5, 31)),
        ("712", date(2024, 5, 31)),
        ("41112", date(2025, 2, 12)),
        ("42311", date(2025, 2, 12)),
        ("5913", date(2025, 2, 12)),
        ("603", date(2025, 2, 12)),
        ("74211", date(2025, 2, 12)),
        ("76320", date(2025, 2, 12)),
        ("85709", date(2026, 1, 28)),
        ("73905", date(2026, 1, 28)),
        ("74300", date(2026, 1, 28)),
    ],
)
def test_the_citys_notices_hold_outside_complexes_from_their_day_on(industry: str, since: date) -> None:
    before = date.fromordinal(since.toordinal() - 1)
    assert verdict(industry, since) == 1
    assert verdict(industry, before) == 0
    assert verdict(industry, since, in_complex=True) == 0
    assert may_move_in(industry, UnitUse.INDUSTRY, since).verdict == 0


@pytest.mark.parametrize("industry", ["71511", "71519"])
def test_head_offices_are_recognised_for_larger_companies_alone(industry: str) -> None:
    found = may_move_in(industry, UnitUse.INDUSTRY, TODAY, in_complex=False)
    assert found.verdict == 0
    assert "중견기업" in found.rows[0].ko


@pytest.mark.parametrize(
    ("industry", "on", "expected"),
    [
        ("56111", date(2023, 3, 28), 1),
        ("56111", date(2023, 3, 27), 0),
        ("01110", TODAY, -1),
        ("07110", TODAY, -1),
        ("10711", date(2026, 4, 27), -1),
        ("10711", date(2026, 4, 28), 0),
        ("55101", TODAY, 0),
        ("56211", TODAY, 0),
        ("91241", TODAY, 0),
        ("38110", TODAY, 0),
        ("84320", TODAY, 0),
        ("86101", TODAY, 0),
        ("96921", TODAY, 0),
        ("62010", TODAY, 1),
        ("47111", TODAY, 1),
    ],
)
def test_a_support_unit_takes_all_but_what_is_excluded(industry: str, on: date, expected: int) -> None:
    assert verdict(industry, on, use=UnitUse.SUPPORT) == expected


def test_a_unit_of_unknown_use_is_certain_where_both_uses_agree() -> None:
    assert may_move_in("62010", None, TODAY).verdict == 1
    assert may_move_in("10711", None, TODAY, in_complex=True).verdict == 0
    assert may_move_in(None, None, TODAY).verdict == 0


def test_a_section_is_admitted_only_where_all_of_it_is() -> None:
    assert verdict("C", TODAY, in_complex=True) == 1
    assert verdict("J", TODAY, in_complex=True) == 0
    assert verdict("72", TODAY, in_complex=True) == 1


def test_a_confirmed_venture_is_admitted_whatever_its_industry() -> None:
    found = may_move_in("56111", UnitUse.INDUSTRY, TODAY, venture=True)
    assert (found.verdict, [row.id for row in found.rows]) == (1, ["industry-venture"])
    assert may_move_in("56111", UnitUse.INDUSTRY, date(2026, 3, 16), venture=True).verdict == 0


def test_admitted_industries_are_those_of_the_decree_of_the_day() -> None:
    assert set(admitted_industries(date(2026, 4, 27))) == {"C", *SINCE_2011}
    assert set(admitted_industries(TODAY)) == {"C", *SINCE_2011, *SINCE_2026, *CONDITIONAL} - {"73909"}


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("complex_industrial", 0.3),
        ("complex_mixed", 0.5),
        ("outside_capital", 0.3),
        ("outside_elsewhere", 0.5),
        ("day_care", 0.1),
        ("one_industry", 0.5),
    ],
)
def test_each_quota_of_support_facilities(kind: str, share: float) -> None:
    assert [row.figure for row in in_force("quotas", kind, TODAY)] == [share]
