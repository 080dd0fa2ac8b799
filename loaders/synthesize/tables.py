"""A made-up city as tables of the catalog, every row marked synthetic."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.background import DISTRICTS, strings
from loaders.synthesize.city import City
from loaders.synthesize.companies import company_columns, company_points
from loaders.synthesize.courses import Tables
from loaders.synthesize.encounters import need_fields
from loaders.synthesize.needs import need_columns, need_topics
from loaders.synthesize.people import expert_columns, researcher_columns
from loaders.synthesize.research import research_tables
from loaders.synthesize.sampling import dates
from loaders.synthesize.spaces import admitted_ids, space_columns
from loaders.synthesize.table_rows import dated, edges, nodes_first
from loaders.synthesize.topics import theme_topics, topic_columns
from loaders.synthesize.trades import SECTIONS


def city_tables(city: City) -> Tables:
    """Return all tables by name, nodes before relationships; days of loading are left to the writer."""
    programs = {name: pa.concat_tables([table, city.editions[name]]) for name, table in city.course_links.items()}
    tables = _nodes(city) | _places(city) | _expertise(city) | _wishes(city) | _choices(city) | programs
    return nodes_first(tables | research_tables(city))


def _nodes(city: City) -> Tables:
    players, seed, until = city.players, city.seed, city.until
    columns: dict[str, Mapping[str, object]] = {
        "Topic": topic_columns(city.background.topics),
        "Company": company_columns(players.companies, players.industries, seed)
        | company_points(players.companies, city.background.centers, seed),
        "Space": space_columns(city.spaces, city.background, seed),
        "Expert": expert_columns(city.experts, until, seed),
        "Researcher": researcher_columns(city.researchers, city.background, until, seed),
        "Need": need_columns(players.needs, players.companies, players.industries, seed, until),
    }
    tables = {
        label: table_from_columns(node_type(label), given, source="synthetic", synthetic=True)
        for label, given in columns.items()
    }
    return tables | {"Program": pa.concat_tables([city.courses, city.editions["Program"]])}


def _places(city: City) -> Tables:
    """Where companies, spaces and experts are."""
    companies, spaces, experts = city.players.companies, city.spaces, city.experts
    industries, background = city.players.industries, city.background
    districts = np.array(DISTRICTS, np.object_)
    centers = strings(background.centers, "id")
    tenants = np.flatnonzero(companies.center >= 0)
    admitted = admitted_ids(background, city.until)
    plain = np.flatnonzero(~spaces.support)
    occupied = np.flatnonzero(spaces.tenant >= 0)
    space_ids = "space:" + spaces.ids
    return dict(
        (
            edges("Company", "IN_INDUSTRY", "Industry", companies.ids, industries.ids[companies.leaf]),
            edges("Company", "LOCATED_IN", "Region", companies.ids, districts[companies.district]),
            edges("Company", "LOCATED_IN", "Center", companies.ids[tenants], centers[companies.center[tenants]]),
            edges("Space", "PART_OF", "Center", space_ids, centers[spaces.center]),
            edges(
                "Space", "ADMITS", "Industry",
                np.repeat(space_ids[plain], len(admitted)), np.tile(np.array(admitted, np.object_), len(plain)),
            ),
            edges("Expert", "LOCATED_IN", "Region", "expert:" + experts.ids, districts[experts.district]),
            edges(
                "Company", "OCCUPIES", "Space", companies.ids[spaces.tenant[occupied]], space_ids[occupied],
                on=dates(spaces.moved_in[occupied]),
            ),
        )
    )  # fmt: skip


def _expertise(city: City) -> Tables:
    """Tell what experts and researchers know, and where researchers work."""
    experts, researchers, background = city.experts, city.researchers, city.background
    known = set().union(*background.industries.ancestors)
    sections = np.array([f"ksic11:{s}" for s in SECTIONS], np.object_)
    expert, section = np.nonzero(experts.knows & np.array([s in known for s in sections]))
    speaker, theme = np.nonzero(experts.themes)
    topics = theme_topics(background.topics)
    pairs = [(f"expert:{experts.ids[e]}", tag) for e, t in zip(speaker, theme, strict=True) for tag in topics[t]]
    row, column = np.nonzero(researchers.fields >= 0)
    hosted = np.flatnonzero(researchers.institution >= 0)
    institutions = strings(background.institutions, "id")
    fields = strings(background.fields, "id")
    return dict(
        (
            edges("Expert", "SPECIALIZES_IN", "Industry", "expert:" + experts.ids[expert], sections[section]),
            edges(
                "Expert", "SPECIALIZES_IN", "Topic",
                np.array([e for e, _ in pairs], np.object_), np.array([tag for _, tag in pairs], np.object_),
            ),
            edges(
                "Researcher", "SPECIALIZES_IN", "TechField",
                researchers.ids[row], fields[researchers.fields[row, column]],
            ),
            edges(
                "Researcher", "AFFILIATED_WITH", "Institution",
                researchers.ids[hosted], institutions[researchers.institution[hosted]],
            ),
        )
    )  # fmt: skip


def _wishes(city: City) -> Tables:
    """Who asked for what."""
    needs = city.players.needs
    ids = "need:" + needs.ids
    rows, fields = need_fields(city.players, city.background, city.seed)
    companies = city.players.companies.ids
    return dict(
        (
            edges("Company", "NEEDS", "Need", companies[needs.company], ids, on=dates(needs.day)),
            edges("Need", "ABOUT", "Topic", ids, need_topics(needs, city.seed, city.background.topics)),
            edges("Need", "IN_FIELD", "TechField", ids[rows], strings(city.background.fields, "id")[fields]),
        )
    )


def _choices(city: City) -> Tables:
    """Tell what companies applied to, were awarded, consulted and licensed, and with whom they worked."""
    companies, market = city.players.companies.ids, city.players.market
    made = city.applications
    programs = market.nodes[market.node(made.program, made.day)]
    won = np.flatnonzero(made.awarded >= 0)
    technologies = strings(city.background.technologies, "id")
    consultations, licences, collaborations = city.consultations, city.licences, city.collaborations
    return dict(
        (
            dated("APPLIED_TO", "Program", companies[made.company], programs, made.day),
            dated(
                "AWARDED", "Program", companies[made.company[won]], programs[won], made.awarded[won],
                amount_krw=pa.array(made.amount[won].astype(np.float64), from_pandas=True),
            ),
            dated(
                "CONSULTED", "Expert", companies[consultations.company],
                ("expert:" + city.experts.ids)[consultations.other], consultations.day,
                satisfaction=consultations.grade,
            ),
            edges(
                "Company", "LICENSED", "Technology", companies[licences.company], technologies[licences.other],
                on=dates(licences.day),
            ),
            edges(
                "Company", "COLLABORATED_WITH", "Researcher", companies[collaborations.company],
                city.researchers.ids[collaborations.other], on=dates(collaborations.day),
            ),
        )
    )  # fmt: skip
