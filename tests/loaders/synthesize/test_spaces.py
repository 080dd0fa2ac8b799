"""Tenancy: one company a space, admitted, in the right district, after founding."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from loaders.synthesize.background import Background
from loaders.synthesize.city import City
from loaders.synthesize.spaces import admitted_ids

EPOCH = date(1970, 1, 1).toordinal()


def test_a_space_has_one_tenant_and_a_tenant_one_space(city: City) -> None:
    tenants = city.spaces.tenant[city.spaces.tenant >= 0]
    assert len(tenants) > 500
    assert len(np.unique(tenants)) == len(tenants)
    assert (city.spaces.tenant < 0).sum() > 100


def test_tenants_are_admitted_and_settled(city: City) -> None:
    """Tenants are in admitted industries, never in support units, and their district is the centre's."""
    spaces, companies = city.spaces, city.players.companies
    taken = spaces.tenant >= 0
    allowed = set(admitted_ids(city.background, city.until))
    ancestors = [city.players.industries.ancestors[leaf] for leaf in companies.leaf[spaces.tenant[taken]]]
    assert all(allowed & above for above in ancestors)
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


def test_the_law_of_the_day_says_who_may_be_a_tenant(background: Background) -> None:
    """The decree of April 2026 let in lawyers (711); a vet (73100) is not named before or after."""
    days = (date(2026, 4, 27).toordinal() - EPOCH, date(2026, 4, 28).toordinal() - EPOCH)
    before, after = (admitted_ids(background, day) for day in days)
    assert "ksic11:62" in before
    assert "ksic11:711" not in before
    assert "ksic11:711" in after
    assert not {"ksic11:M", "ksic11:731"} & {*before, *after}
