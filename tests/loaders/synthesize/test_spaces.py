"""Tenancy: one company a space, admitted, in the right district, after founding."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from loaders.synthesize.city import City
from loaders.synthesize.spaces import TENANT_SECTIONS


def test_a_space_has_one_tenant_and_a_tenant_one_space(city: City) -> None:
    tenants = city.spaces.tenant[city.spaces.tenant >= 0]
    assert len(tenants) > 500
    assert len(np.unique(tenants)) == len(tenants)
    assert (city.spaces.tenant < 0).sum() > 100


def test_tenants_are_admitted_and_settled(city: City) -> None:
    """Tenants are in admitted sections, never in support units, and their district is the centre's."""
    spaces, companies = city.spaces, city.players.companies
    taken = spaces.tenant >= 0
    sections = city.players.industries.section[companies.leaf[spaces.tenant[taken]]]
    assert set(sections) <= set(TENANT_SECTIONS)
    assert not spaces.support[taken].any()
    assert (companies.center[spaces.tenant[taken]] == spaces.center[taken]).all()
    assert (companies.district[spaces.tenant[taken]] == city.background.center_district[spaces.center[taken]]).all()


def test_moving_in_follows_founding_and_availability(city: City) -> None:
    spaces = city.spaces
    taken = spaces.tenant >= 0
    assert (spaces.moved_in >= spaces.available)[taken].all()
    assert (spaces.moved_in[taken] >= city.players.companies.founded[spaces.tenant[taken]]).all()
    assert (spaces.moved_in[taken] < city.until).all()


def test_larger_companies_sit_in_larger_spaces(city: City) -> None:
    taken = city.spaces.tenant >= 0
    employees = city.players.companies.employees[city.spaces.tenant[taken]]
    assert np.corrcoef(np.log(employees), np.log(city.spaces.area[taken]))[0, 1] > 0.5


def test_titles_are_few(tables: dict[str, pa.Table]) -> None:
    assert len(set(tables["Space"]["title"].to_pylist())) <= 200
