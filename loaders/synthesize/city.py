"""A whole made-up city as arrays: everything drawn in the order in which one thing depends on another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from graph_schema.progress import Progress, silent
from loaders.synthesize.applications import Applications, Players, apply_all
from loaders.synthesize.background import Background
from loaders.synthesize.companies import make_companies
from loaders.synthesize.courses import Tables, make_courses
from loaders.synthesize.editions import make_editions
from loaders.synthesize.encounters import Encounters, collaborate, consult, license_technologies
from loaders.synthesize.market import make_market
from loaders.synthesize.needs import make_needs
from loaders.synthesize.people import Experts, Researchers, make_experts, make_researchers
from loaders.synthesize.spaces import Spaces, make_spaces
from loaders.synthesize.taste import make_taste

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class City:
    """A made-up city as arrays, before it becomes tables."""

    background: Background
    players: Players
    spaces: Spaces
    experts: Experts
    researchers: Researchers
    courses: pa.Table
    course_links: Tables
    editions: Tables
    applications: Applications
    consultations: Encounters
    licences: Encounters
    collaborations: Encounters
    seed: int
    until: int


def build_city(background: Background, *, companies: int, seed: int, until: date, progress: Progress = silent) -> City:
    """Draw everything, in the order in which one thing depends on another; nothing is written."""
    last = (until - _EPOCH).days
    industries = background.industries
    progress("companies", 0, companies)
    made = make_companies(industries, companies, seed, last)
    taste = make_taste(industries, made, seed, last)
    spaces = make_spaces(background, made, taste, seed, last)
    needs = make_needs(made, taste, seed, last)
    courses, links = make_courses(background, seed, last)
    experts = make_experts(companies, seed)
    researchers = make_researchers(background, companies, seed)
    progress("companies", companies, companies)
    of_courses = {name.rpartition("__")[2]: _pairs(table) for name, table in links.items()}
    about = {label: background.program_links[label] | pairs for label, pairs in of_courses.items()}
    market = make_market(background, courses, about, taste, seed, last)
    players = Players(industries, made, taste, needs, market)
    progress("choices", 0, 4)
    applications = apply_all(players, seed, last)
    progress("choices", 1, 4)
    consultations = consult(players, experts, seed, last)
    progress("choices", 2, 4)
    licences = license_technologies(players, background, seed, last)
    progress("choices", 3, 4)
    collaborations = collaborate(players, background, researchers, seed, last)
    progress("choices", 4, 4)
    return City(
        background, players, spaces, experts, researchers, courses, links, make_editions(market, about, last),
        applications, consultations, licences, collaborations, seed, last,
    )  # fmt: skip


def _pairs(table: pa.Table) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for src, dst in zip(table["src"].to_pylist(), table["dst"].to_pylist(), strict=True):
        links.setdefault(src, []).append(dst)
    return links
