"""Made-up projects and patents: they follow what happened, are licensed by nobody, and move nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from loaders.synthesize.background import DISTRICTS, Background
from loaders.synthesize.city import City, build_city
from loaders.synthesize.encounters import LICENSED_AFTER
from loaders.synthesize.research import make_inventions, make_projects
from loaders.synthesize.tables import city_tables
from loaders.synthesize.trades import MARKER

UNTIL = date(2026, 3, 1)
RESEARCH = {
    *("Project", "Technology", "Project__IN_FIELD__TechField", "Technology__IN_FIELD__TechField"),
    *("Company__PARTICIPATED_IN__Project", "Researcher__PARTICIPATED_IN__Project"),
    *("Company__FILED__Technology", "Researcher__DEVELOPED__Technology", "Project__PRODUCED__Technology"),
}


def _pairs(table: pa.Table) -> list[tuple[str, str]]:
    return list(zip(table["src"].to_pylist(), table["dst"].to_pylist(), strict=True))


def test_a_project_joins_a_company_and_a_researcher_who_had_worked_together(tables: dict[str, pa.Table]) -> None:
    worked = tables["Company__COLLABORATED_WITH__Researcher"]
    first = dict(zip(_pairs(worked), worked["on"].to_pylist(), strict=True))
    host = {project: company for company, project in _pairs(tables["Company__PARTICIPATED_IN__Project"])}
    manager = {project: person for person, project in _pairs(tables["Researcher__PARTICIPATED_IN__Project"])}
    projects = tables["Project"]
    assert len(projects) > 80
    assert set(host) == set(manager) == set(projects["id"].to_pylist())
    for id_, starts_on in zip(projects["id"].to_pylist(), projects["starts_on"].to_pylist(), strict=True):
        assert first[host[id_], manager[id_]] < starts_on < UNTIL


def test_no_made_up_technology_is_old_enough_to_have_been_licensed(tables: dict[str, pa.Table]) -> None:
    """Else it would be one that every company of the city left aside, and the city's own rule knows nothing of it."""
    technologies = tables["Technology"]
    assert len(technologies) > 80
    assert min(technologies["applied_on"].to_pylist()) >= UNTIL - timedelta(days=LICENSED_AFTER)
    assert set(technologies["id"].to_pylist()).isdisjoint(tables["Company__LICENSED__Technology"]["dst"].to_pylist())


def test_each_technology_is_filed_by_a_company_and_some_are_for_licence(tables: dict[str, pa.Table]) -> None:
    technologies, filed = tables["Technology"], tables["Company__FILED__Technology"]
    assert sorted(filed["dst"].to_pylist()) == sorted(technologies["id"].to_pylist())
    assert {True, False} == set(technologies["for_licence"].to_pylist())
    place = dict(_pairs(tables["Company__LOCATED_IN__Region"]))
    assert set(DISTRICTS) == {place[company] for company, _ in _pairs(filed)}


def test_what_a_project_produced_its_host_filed_and_its_manager_developed(tables: dict[str, pa.Table]) -> None:
    produced = _pairs(tables["Project__PRODUCED__Technology"])
    assert len(produced) > 10
    took = {
        label: {project: who for who, project in _pairs(tables[f"{label}__PARTICIPATED_IN__Project"])}
        for label in ("Company", "Researcher")
    }
    filed, developed = (
        set(_pairs(tables[name])) for name in ("Company__FILED__Technology", "Researcher__DEVELOPED__Technology")
    )
    assert {(took["Company"][project], made) for project, made in produced} <= filed
    assert {(took["Researcher"][project], made) for project, made in produced} == developed


def test_titles_end_in_the_marker(tables: dict[str, pa.Table]) -> None:
    for label in ("Project", "Technology"):
        titles = tables[label]["title"].to_pylist()
        assert all(title.endswith(MARKER) for title in titles)
        assert max(Counter(titles).values()) < len(titles) / 5


def test_a_small_city_has_some_too(background: Background) -> None:
    city = build_city(background, companies=400, seed=7, until=UNTIL)
    assert len(make_inventions(city, make_projects(city))) >= 12


def test_what_was_added_moves_nothing_else(background: Background, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn otherwise, all tables but its own stay equal: labels learned from are those of a city without it."""

    def tables() -> dict[str, pa.Table]:
        return city_tables(build_city(background, companies=600, seed=7, until=UNTIL))

    before = tables()
    monkeypatch.setattr(
        "loaders.synthesize.research.stream", lambda seed, name: np.random.default_rng(seed + len(name))
    )
    after = tables()
    assert set(before) == set(after) > RESEARCH
    moved = {name for name in before if not before[name].equals(after[name])}
    assert {"Project", "Technology"} <= moved <= RESEARCH


def test_projects_leave_out_what_begins_after_the_end(city: City) -> None:
    projects = make_projects(city)
    assert projects.start.max() < city.until
    assert (np.diff(projects.start) >= 0).all()
