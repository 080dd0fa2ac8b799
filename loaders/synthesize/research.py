"""Made-up research: projects of companies with researchers whom they knew, what companies filed, what is for licence.

Nothing here is a choice that a task learns from, and all is drawn from streams of its own. Inventions are of the last
half-year, in which by the rule of the city no technology can have been licensed yet, so that none becomes one that all
companies left aside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.background import strings
from loaders.synthesize.city import City
from loaders.synthesize.courses import Tables
from loaders.synthesize.encounters import LICENSED_AFTER, field_vectors
from loaders.synthesize.needs import leaf_trades
from loaders.synthesize.people import used_fields
from loaders.synthesize.sampling import Bools, Ints, Strings, dates, draw, numbered, stream
from loaders.synthesize.table_rows import edges
from loaders.synthesize.taste import affinity
from loaders.synthesize.trades import MARKER

_PROJECT_SHARE = 0.1
"""Collaborations that grow into a publicly funded project. Set by hand, as what follows: no register tells it here."""
_STARTS_AFTER = (30, 210)
"""A project follows the collaboration after at least so many days, and fewer than so many."""
_LONGEST_YEARS = 3
"""Projects last whole years, one at least."""
_TYPICAL_FUNDS_KRW = 180e6
"""Median of a project's funds, a small project of an SME with a university."""
_PER_INVENTOR = 250
"""Companies for each that filed a patent."""
_FEWEST_INVENTORS = 12
"""So many in a small city too, so that each district has some."""
_RESULT_SHARE = 0.3
"""Projects begun long enough ago from which a patent came in the last half-year."""
_FEWEST_PROJECTS = 24
"""So many in a small city too, where it has as many collaborations, so that something comes of some."""
_RIPE_DAYS = 365
"""Days from the start of a project to what comes of it."""
_OFFERED_SHARE = 0.4
"""Patents that their owner offers for licence."""
_PROJECT_TITLE = "{trade} 기업의 {field} 기술 개발"
_INVENTION_TITLES = (
    "{trade} 공정에 쓰는 {field} 장치",
    "{trade} 제품의 {field} 방법",
    "{field} 기술을 이용한 {trade} 시스템",
)


@dataclass(frozen=True)
class Projects:
    """Aligned arrays, one entry per project: positions of its company, researcher and field, days, funds in KRW."""

    ids: Strings
    company: Ints
    researcher: Ints
    field: Ints
    start: Ints
    end: Ints
    funds: np.ndarray[tuple[int], np.dtype[np.float64]]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Inventions:
    """Aligned arrays, one entry per patent: positions of its company, field and project (-1 for none), day, title."""

    ids: Strings
    company: Ints
    field: Ints
    project: Ints
    day: Ints
    pattern: Ints
    offered: Bools

    def __len__(self) -> int:
        return len(self.ids)


def make_projects(city: City) -> Projects:
    """Let some collaborations grow into projects; what would start at or after the city's end is left out."""
    rng = stream(city.seed, "projects")
    met = city.collaborations
    start = met.day + rng.integers(*_STARTS_AFTER, len(met))
    years = rng.integers(1, _LONGEST_YEARS + 1, len(met))
    funds = np.round(_TYPICAL_FUNDS_KRW * years * np.exp(rng.normal(0, 0.5, len(met))), -6)
    begun = rng.permutation(np.flatnonzero(start < city.until))
    kept = begun[: max(_FEWEST_PROJECTS, round(_PROJECT_SHARE * len(begun)))]
    kept = kept[np.argsort(start[kept], kind="stable")]
    return Projects(
        numbered("syn-p-", len(kept), 5),
        met.company[kept],
        met.other[kept],
        city.researchers.fields[met.other[kept], 0],
        start[kept],
        start[kept] + 365 * years[kept] - 1,
        funds[kept],
    )


def make_inventions(city: City, projects: Projects) -> Inventions:
    """Let technical companies file patents in fields near to their taste, and ripe projects in theirs."""
    rng = stream(city.seed, "inventions")
    fields, companies = used_fields(city.background), city.players.companies
    odds = np.log(companies.employees) + companies.technical + 2 * ~companies.sole + rng.gumbel(size=len(companies))
    count = min(max(_FEWEST_INVENTORS, len(companies) // _PER_INVENTOR), len(companies)) if len(fields) else 0
    inventors = np.sort(np.argsort(-odds, kind="stable")[:count])
    vectors = field_vectors(city.background, city.seed)[fields]
    near = 1.6 * affinity(city.players.taste.company[inventors], vectors) if count else np.empty((0, 1), np.float32)
    ripe = rng.permutation(np.flatnonzero(projects.start < city.until - _RIPE_DAYS))
    ripe = np.sort(ripe[: math.ceil(_RESULT_SHARE * len(ripe))])
    company = np.concatenate([inventors, projects.company[ripe]])
    field = np.concatenate([fields[draw(rng, near.astype(np.float32))] if count else fields[:0], projects.field[ripe]])
    project = np.concatenate([np.full(count, -1), ripe])
    return Inventions(
        numbered("syn-i-", len(company), 5),
        company,
        field,
        project,
        city.until - rng.integers(1, LICENSED_AFTER, len(company)),
        rng.integers(0, len(_INVENTION_TITLES), len(company)),
        rng.random(len(company)) < _OFFERED_SHARE,
    )


def research_tables(city: City) -> Tables:
    """Return projects and inventions with who took part in, developed and filed them, nodes first."""
    projects = make_projects(city)
    inventions = make_inventions(city, projects)
    fields, companies = strings(city.background.fields, "id"), city.players.companies.ids
    made = np.flatnonzero(inventions.project >= 0)
    by = projects.researcher[inventions.project[made]]
    return _nodes(city, projects, inventions) | dict(
        (
            edges("Project", "IN_FIELD", "TechField", projects.ids, fields[projects.field]),
            _took_part("Company", "host", companies[projects.company], projects),
            _took_part("Researcher", "manager", city.researchers.ids[projects.researcher], projects),
            edges("Technology", "IN_FIELD", "TechField", inventions.ids, fields[inventions.field]),
            edges(
                "Company", "FILED", "Technology", companies[inventions.company], inventions.ids,
                on=dates(inventions.day),
            ),
            edges(
                "Project", "PRODUCED", "Technology",
                projects.ids[inventions.project[made]], inventions.ids[made],
            ),
            edges(
                "Researcher", "DEVELOPED", "Technology", city.researchers.ids[by], inventions.ids[made],
                on=dates(inventions.day[made]),
            ),
        )
    )  # fmt: skip


def _took_part(source: str, role: str, src: Strings, projects: Projects) -> tuple[str, pa.Table]:
    roles = np.full(len(projects), role, np.object_)
    return edges(
        source, "PARTICIPATED_IN", "Project", src, projects.ids, key=pa.array(roles, pa.string()), role=roles,
        on=dates(projects.start),
    )  # fmt: skip


def _nodes(city: City, projects: Projects, inventions: Inventions) -> Tables:
    names, codes = (strings(city.background.fields, column) for column in ("name", "code"))
    words, leaf = leaf_trades(city.players.industries)
    trade = np.array(words, np.object_)[leaf[city.players.companies.leaf]]
    columns: dict[str, dict[str, object]] = {
        "Project": {
            "id": projects.ids,
            "source_id": projects.ids,
            "title": _titles((_PROJECT_TITLE,) * len(projects), trade[projects.company], names[projects.field]),
            "starts_on": dates(projects.start),
            "ends_on": dates(projects.end),
            "funds_krw": projects.funds,
        },
        "Technology": {
            "id": inventions.ids,
            "source_id": inventions.ids,
            "title": _titles(
                [_INVENTION_TITLES[pattern] for pattern in inventions.pattern],
                trade[inventions.company],
                names[inventions.field],
            ),
            "applied_on": dates(inventions.day),
            "status": np.full(len(inventions), "published", np.object_),
            "ipc": [[code] for code in codes[inventions.field]],
            "for_licence": inventions.offered,
        },
    }
    return {
        label: table_from_columns(node_type(label), given, source="synthetic", synthetic=True)
        for label, given in columns.items()
    }


def _titles(patterns: list[str] | tuple[str, ...], trades: Strings, fields: Strings) -> list[str]:
    return [
        pattern.format(trade=trade, field=field) + MARKER
        for pattern, trade, field in zip(patterns, trades, fields, strict=True)
    ]
