"""Companies: published shares to within half a point, plausible joint distribution, safe names, few distinct texts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from loaders.points import neighbourhoods
from loaders.synthesize.background import DISTRICTS, Background
from loaders.synthesize.city import City
from loaders.synthesize.companies import make_companies
from loaders.synthesize.trades import MARKER, UNLIKELY_WORDS

UNTIL = (date(2026, 3, 1) - date(1970, 1, 1)).days
PUBLISHED = {"single": 0.9447, "sole": 0.7943, "small": 0.8637, "wholesale, retail, food and lodging": 0.4123}


def shares(background: Background, count: int, seed: int) -> dict[str, float]:
    made = make_companies(background.industries, count, seed, UNTIL)
    consumer = np.isin(background.industries.section[made.leaf].astype(str), ["G", "I"])
    columns = (made.single, made.sole, made.employees < 5, consumer)
    return {name: float(column.mean()) for name, column in zip(PUBLISHED, columns, strict=True)}


@pytest.mark.parametrize("seed", [7, 8])
def test_published_shares_hold_at_full_size(background: Background, seed: int) -> None:
    assert shares(background, 20_000, seed) == pytest.approx(PUBLISHED, abs=0.00005)


def test_sales_are_whole_millions(tables: dict[str, pa.Table]) -> None:
    """As who makes them up rounds them: 4,438,000,128원 would be a rounding of the machine."""
    sales = np.array(tables["Company"]["revenue_krw"].to_pylist())
    assert sales.max() > 2**32
    np.testing.assert_array_equal(sales % 1_000_000, 0)


@pytest.mark.parametrize("count", [10, 57, 300])
def test_small_cities_match_as_well_as_rounding_allows(background: Background, count: int) -> None:
    assert shares(background, count, 3) == pytest.approx(PUBLISHED, abs=0.5 / count + 1e-9)


def test_stored_columns_carry_the_shares(tables: dict[str, pa.Table]) -> None:
    table = tables["Company"]
    forms = np.array(table["legal_form"].to_pylist())
    assert (forms == "sole").mean() == pytest.approx(0.7943, abs=0.005)
    assert np.mean(table["single_establishment"].to_pylist()) == pytest.approx(0.9447, abs=0.005)
    assert (table["employees"].to_numpy() < 5).mean() == pytest.approx(0.8637, abs=0.005)


def test_joint_distribution_is_sensible(city: City) -> None:
    """Sole proprietors are smaller, manufacturers larger than restaurants, larger companies older and richer."""
    made = city.players.companies
    section = city.players.industries.section[made.leaf]
    assert made.employees[made.sole].mean() < made.employees[~made.sole].mean() / 2
    assert made.employees[section == "C"].mean() > 2 * made.employees[section == "I"].mean()
    large = made.employees >= 20
    assert made.founded[large].mean() < made.founded[~large].mean()
    assert np.median(made.revenue[large]) > 5 * np.median(made.revenue[~large])
    assert 0.2 < (made.founded > UNTIL - 5 * 365).mean() < 0.45


def test_names_are_marked_and_distinct(tables: dict[str, pa.Table]) -> None:
    names = tables["Company"]["name"].to_pylist()
    assert all(name.endswith(MARKER) for name in names)
    assert len(set(names)) == len(names)


def test_products_fit_the_industry_and_are_few(city: City, tables: dict[str, pa.Table]) -> None:
    products = tables["Company"]["products"].to_pylist()
    assert 300 < len(set(products)) <= 1_500
    names = city.players.industries.names[city.players.companies.leaf]
    shared = [
        product.split(",")[0].split()[0].rstrip("업") in name for product, name in zip(products, names, strict=True)
    ]
    assert np.mean(shared) > 0.97
    assert not any(word in name for word in UNLIKELY_WORDS for name in names)


def test_nobody_gets_personal_data(tables: dict[str, pa.Table]) -> None:
    """Business numbers are such as no company can have: see ``test_business_numbers.py``."""
    for column in ("representative", "phone", "email", "address"):
        assert tables["Company"][column].null_count == 20_000
    assert all(number < "101" for number in tables["Company"]["business_number"].to_pylist())
    assert tables["Expert"]["name"].null_count == tables["Expert"].num_rows
    assert tables["Researcher"]["name"].null_count == tables["Researcher"].num_rows


def test_companies_lie_in_their_district_and_tenants_where_their_centre_is(
    city: City, tables: dict[str, pa.Table]
) -> None:
    table, made = tables["Company"], city.players.companies
    of = np.array(table["point_of"].to_pylist(), np.object_)
    assert set(of[made.center < 0]) == {"neighbourhood"}
    assert set(of[made.center >= 0]) == {"district"}
    points = np.array(list(zip(table["lat"].to_pylist(), table["lon"].to_pylist(), strict=True)))
    for number, code in enumerate(DISTRICTS):
        own = np.unique(points[(made.district == number) & (made.center < 0)], axis=0)
        assert {(p.lat, p.lon) for p in neighbourhoods(code).values()} >= set(map(tuple, own.tolist()))
        assert len(own) > 5
