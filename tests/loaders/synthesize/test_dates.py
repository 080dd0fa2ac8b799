"""No two facts of a made-up city that a person can see contradict each other, whatever relation they stand on."""

# ruff: noqa: S608 - names of the catalog and the conditions below alone

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from graph_schema.catalog import ELEMENT_TYPES
from graph_schema.model import ValueType
from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from loaders.synthesize.needs import YEARS
from loaders.synthesize.synthesis import synthesize
from stores.embedded import EmbeddedStore

UNTIL = date(2026, 3, 1)
_OF_COMPANY = ("e.on < a.founded_on",)
_OF_CALL = ("e.on < b.announced_on", "e.on < b.apply_from")
CONTRADICTIONS = {
    "Program": ("e.apply_from < e.announced_on", "e.apply_until < e.apply_from"),
    "Space": (f"e.available_from > DATE '{UNTIL}' + 90",),
    "Need": (f"e.raised_on >= DATE '{UNTIL}'",),
    "Expert": ("e.consented_on > since", f"e.experience_years < {YEARS}"),
    "Researcher": ("e.consented_on > since",),
    "Company": (f"e.founded_on >= DATE '{UNTIL}'",),
    "Company__APPLIED_TO__Program": (
        *_OF_COMPANY,
        *_OF_CALL,
        "e.on > b.apply_until",
        "e.on < make_date(try_cast(regexp_extract(b.title, '(20[0-9]{2})년', 1) AS INTEGER) - 1, 11, 1)",
    ),
    "Company__AWARDED__Program": (
        *_OF_COMPANY,
        *_OF_CALL,
        'NOT EXISTS (FROM "Company__APPLIED_TO__Program" o WHERE o.src = e.src AND o.dst = e.dst AND o.on < e.on)',
    ),
    "Company__CONSULTED__Expert": (
        *_OF_COMPANY,
        "e.on < b.consented_on",
        'NOT EXISTS (FROM "Company__NEEDS__Need" o WHERE o.src = e.src AND o.on < e.on)',
    ),
    "Company__LICENSED__Technology": (*_OF_COMPANY, "e.on <= b.applied_on"),
    "Company__COLLABORATED_WITH__Researcher": (*_OF_COMPANY, "e.on < b.consented_on"),
    "Company__OCCUPIES__Space": (*_OF_COMPANY, "e.on < b.available_from"),
    "Company__NEEDS__Need": (*_OF_COMPANY, "e.on <> b.raised_on"),
    "Project": (f"e.starts_on >= DATE '{UNTIL}'", "e.ends_on <= e.starts_on"),
    "Technology": (f"e.synthetic AND e.applied_on >= DATE '{UNTIL}'",),
    "Company__PARTICIPATED_IN__Project": (*_OF_COMPANY, "e.on <> b.starts_on"),
    "Researcher__PARTICIPATED_IN__Project": ("e.on < a.consented_on", "e.on <> b.starts_on"),
    "Company__FILED__Technology": ("e.synthetic AND (e.on < a.founded_on OR e.on <> b.applied_on)",),
    "Researcher__DEVELOPED__Technology": ("e.on < a.consented_on", "e.on <> b.applied_on"),
    "Project__PRODUCED__Technology": ("b.applied_on <= a.starts_on",),
    "Company__LOCATED_IN__Center": ("b.stage IN ('approved', 'building')",),
    "Space__PART_OF__Center": ("b.stage IN ('approved', 'building')",),
}
"""By label or relation, what must not hold: ``e`` is the made-up node or relationship, ``a`` and ``b`` are its ends."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the tables of a small city around the shipped sample."""
    folder = tmp_path_factory.mktemp("dates")
    with EmbeddedStore(folder / "graph.duckdb") as store:
        store.migrate()
        for name, path in sample_loads():
            load(find_source(name), [path], store, quarantine_dir=folder)
        synthesize(store, companies=1_000, until=UNTIL)
    with duckdb.connect(str(folder / "graph.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_facts_do_not_contradict_each_other(graph: duckdb.DuckDBPyConnection, name: str) -> None:
    ends = name.split("__")
    joined = f'JOIN "{ends[0]}" a ON a.id = e.src JOIN "{ends[-1]}" b ON b.id = e.dst' if len(ends) > 1 else ""
    begun = '(SELECT min(o.on) AS since FROM "Company__CONSULTED__Expert" o)'
    rows = f'FROM "{name}" e {joined}, {begun} WHERE e.synthetic'
    assert graph.execute(f"SELECT count(*) {rows}").fetchall() != [(0,)]
    wrong = [each for each in CONTRADICTIONS[name] if graph.execute(f"SELECT 1 {rows} AND ({each})").fetchall()]
    assert not wrong


def test_everything_that_has_a_day_is_checked(graph: duckdb.DuckDBPyConnection) -> None:
    """So that a new date in the city is held against the others too."""
    dated = set()
    for element in ELEMENT_TYPES:
        for day in (p.name for p in element.own if p.type is ValueType.DATE):
            if graph.execute(f'SELECT 1 FROM "{element.name}" WHERE synthetic AND "{day}" IS NOT NULL').fetchone():
                dated.add(element.name)
    assert dated <= CONTRADICTIONS.keys()


def test_applications_go_to_notices_and_to_their_other_editions(graph: duckdb.DuckDBPyConnection) -> None:
    """A notice keeps its own days; those of other years have a node of their own, made up and marked so."""
    found = graph.execute(
        'SELECT b.synthetic, count(*), count(DISTINCT year(e.on)) FROM "Company__APPLIED_TO__Program" e '
        'JOIN "Program" b ON b.id = e.dst GROUP BY ALL ORDER BY ALL'
    ).fetchall()
    (_, real, _), (_, other, years) = found
    assert real > 0.05 * other
    assert years >= YEARS
    notices = graph.execute("SELECT title FROM \"Program\" WHERE synthetic AND id LIKE 'syn-%'").fetchall()
    assert notices
    assert all(title.endswith("(가상)") and "2021년" not in title for (title,) in notices)
