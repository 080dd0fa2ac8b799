"""Industries that funds and acts leave out, one case per row of the table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph_schema.law.barred_industries import Fund, fund_admits, list_of
from graph_schema.law.rows import LawRow, table

ON = date(2026, 3, 2)
ROWS = table("barred_industries")
VERDICTS = {"refused": -1, "conditional": 0, "admitted": 1}
LEFT_OUT = {
    Fund.MICRO: (
        "46333 56211 56212 63992 64201 65110 66202 68111 68222 68223 71101 71202 73100 75993 86201 91113 91121 91242 "
        "91249 91291 96992"
    ),
    Fund.SME: "46333 56211 56212 63992 64201 65110 66110 68111 71101 71202 73100 85110 85211 91113 91242 91249 91291",
    Fund.GUARANTEE: "46333 56211 56212 64201 65110 66110 68111 68121 75993 91121 91249 91291",
    Fund.STARTUP: "56211 56212 91249",
    Fund.VENTURE: "56211 56212 56219 91249 91291",
}
TO_BE_CHECKED = {
    Fund.MICRO: (
        "33409 46102 46209 46463 47640 47811 47859 47993 52991 58212 63999 68112 68221 73904 75330 75999 76390 91221 "
        "96122 96999"
    ),
    Fund.SME: "33409 46102 46331 56219 58211 66199 68211 86201 91121 96122 96992",
    Fund.GUARANTEE: "46102 46209 46416 66199 96122",
    Fund.STARTUP: "56219 63992 91291",
    Fund.VENTURE: "",
}
ADMITTED = {
    Fund.MICRO: "10711 25924 46331 49231 56151 56213 56219 59120 68211 68224 86902 91136",
    Fund.SME: "10711 25924 49231 56151 62010",
    Fund.GUARANTEE: "10711 56219 66201 66202 68211 68221 71201 73100 86201",
    Fund.STARTUP: "10711 56213 68111 62010",
    Fund.VENTURE: "10711 56213 62010 63992",
}


def cases(lists: dict[Fund, str], verdict: int) -> list[tuple[Fund, str, int]]:
    return [(fund, code, verdict) for fund, codes in lists.items() for code in codes.split()]


@pytest.mark.parametrize(
    ("fund", "industry", "verdict"), [*cases(LEFT_OUT, -1), *cases(TO_BE_CHECKED, 0), *cases(ADMITTED, 1)]
)
def test_what_a_list_says_of_an_industry(fund: Fund, industry: str, verdict: int) -> None:
    assert fund_admits(fund, industry, ON).verdict == verdict


@pytest.mark.parametrize("row", [row for row in ROWS if row.holds(ON)], ids=lambda row: row.id)
def test_each_row_decides_for_the_industry_that_it_names(row: LawRow) -> None:
    """A wide code of which a narrower row says otherwise is to be checked."""
    found = fund_admits(Fund(row.kind), row.industry, ON)
    assert row in found.rows
    agreed = len({VERDICTS[each.verdict] for each in found.rows}) == 1
    assert found.verdict == (VERDICTS[row.verdict] if agreed else 0)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_row_names_its_list_its_part_and_its_reason(row: LawRow) -> None:
    assert row.kind in set(Fund)
    assert row.scope
    assert not (row.part and row.verdict != "conditional")


@pytest.mark.parametrize("wide", ["I", "56", "562", "5621", "G", "46", "L", "68"])
def test_a_wide_code_of_which_some_is_left_out_is_to_be_checked(wide: str) -> None:
    assert fund_admits(Fund.MICRO, wide, ON).verdict == 0


@pytest.mark.parametrize("wide", ["C", "10", "561", "H"])
def test_a_part_of_one_code_says_nothing_of_the_wider_ones(wide: str) -> None:
    """Who states only that it manufactures is not asked whether it makes gambling machines."""
    assert fund_admits(Fund.MICRO, wide, ON).verdict == 1


def test_an_unknown_industry_and_a_day_without_a_known_list_are_to_be_checked() -> None:
    assert fund_admits(Fund.MICRO, None, ON).verdict == 0
    before = date(2025, 12, 31)
    assert list_of(Fund.MICRO, before) == ()
    assert fund_admits(Fund.MICRO, "56211", before).verdict == 0


def test_trade_in_virtual_assets_may_be_a_venture_since_the_list_was_changed() -> None:
    last = date(2025, 9, 15)
    assert fund_admits(Fund.VENTURE, "63992", last).verdict == -1
    assert fund_admits(Fund.VENTURE, "63992", last + timedelta(days=1)).verdict == 1
