"""Every phrase, suggestion and action of the Bloom perspective on a made-up city, as ``docs/bloom-phrases.md``.

``python -m benchmarks.bloom_phrases --home DURE_HOME [--companies 100000] [--page docs/bloom-phrases.md]`` makes the
city in the home's embedded store around the sample registers, starts the home's Neo4j, copies the city there and gives
each company made-up lists of recommendations; what is there already is used again. It then tries all as ``dure bloom
export`` does, with what that command writes on the nodes, and writes the page. Lists are made up, since a model of such
a city takes longer than all else and the server reads the same relationships.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bloom.trial import MOST_ROWS, MOST_SECONDS, TrialOutcome, try_all
from graph_schema.catalog import node_type
from graph_schema.documentation import table_row, wrapped
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from loaders.synthesize.synthesis import synthesize
from stores.base import Counts, GraphReader
from stores.bolt import Neo4jStore
from stores.captions import write_captions
from stores.copying import copy_graph
from stores.degrees import count_degrees
from stores.embedded import EmbeddedStore
from stores.home import Home
from stores.hubs import mark_hubs
from stores.recommendations import Recommended, Run, replace_all
from stores.server import Neo4jServer

_UNTIL: Final = date(2026, 3, 1)
_SEED: Final = 7
_LISTED: Final = 3
"""Results a company and task: phrases look at the first three, and more would take the server an hour to write."""
_HEAP_MB: Final = 2048
"""What docs/coordinators.md starts a server of a large city with."""
_LISTS: Final = {"programs": "Program", "technologies": "Technology"}
"""Tasks that phrases ask for by name, and what their lists hold."""
_FOLLOWED_UP: Final = (
    "MATCH (c:Company)-[r:RECOMMENDED {rank: 1}]->(x) WHERE c.id ENDS WITH '7' AND r.task = 'programs' "
    "CALL (c, r, x) { MERGE (c)-[f:FOLLOWED_UP {task: r.task}]->(x) "
    "SET f.decision = 'contacted', f.decided_at = datetime() } IN TRANSACTIONS OF 10000 ROWS"
)
"""A tenth of the companies have been contacted."""


def make_city(path: Path, companies: int) -> None:
    """Load the sample registers and make a city up around them."""
    with EmbeddedStore(path) as store:
        store.migrate()
        for name, sample in sample_loads():
            load(find_source(name), [sample], store, quarantine_dir=path.parent / "quarantine")
        synthesize(store, companies=companies, seed=_SEED, until=_UNTIL)


def fill(home: Home, store: Neo4jStore) -> Counts:
    """Bring the city into the server with its lists, unless they are there; return what it holds."""
    store.migrate()
    with EmbeddedStore(home.graph) as city:
        city.migrate()
        if store.counts() != city.counts():
            copy_graph(city, store)
    for task, label in _LISTS.items():
        if not store.records("MATCH ()-[r:RECOMMENDED]->() WHERE r.task = $task RETURN r LIMIT 1", {"task": task}):
            replace_all(store, Run(task, _made_up(store, label), {"as_of": _UNTIL, "created_at": datetime.now(UTC)}))
    store.write_in_parts(_FOLLOWED_UP, {})
    return store.counts()


def _made_up(store: GraphReader, label: str) -> Iterator[Recommended]:
    """List for each company others of ``label`` in turn; a third of the lists begins with what is likely."""
    results = _ids(store, label)
    for at, company in enumerate(_ids(store, "Company")):
        for rank in range(1, _LISTED + 1):
            made = {
                "rank": rank,
                "grade": "high" if at % 3 == 0 and rank == 1 else "medium",
                "score": 1 / rank,
                "reason_ko": "지어낸 추천",
                "reason_en": "made up",
                "to_be_checked": [],
                "checks": 0,
            }
            result = results[(_LISTED * at + rank) % len(results)]
            yield Recommended(NodeRef("Company", company), NodeRef(label, result), made)


def _ids(store: GraphReader, label: str) -> list[str]:
    return [id_ for batch in store.read_nodes(node_type(label)) for id_ in batch["id"].to_pylist()]


def page(outcomes: Sequence[TrialOutcome], counts: Counts, *, lists: int) -> str:
    """Write the table of what was tried, what failed and what found nothing named first."""
    nodes, relationships = (sum(each.values()) for each in (counts.nodes, counts.relationships))
    failed = [f"- `{o.name}`: {o.fault.en}" for o in outcomes if o.fault]
    suggestions = [o for o in outcomes if o.kind == "suggestion"]
    drawn = [o for o in outcomes if o.kind != "suggestion"]
    untried = ", ".join(f"`{o.name}`" for o in drawn if o.untried) or "none"
    text = f"""# Bloom's phrases on a city

Made by `python -m benchmarks.bloom_phrases --home DURE_HOME`; do not edit it here.

{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores with a load average of {os.getloadavg()[1]:.1f}, other work
included. A made-up city of {counts.nodes["Company"]:,} companies in Neo4j: {nodes:,} nodes, {relationships:,}
relationships, and {lists:,} made-up recommendations. Each query is asked as on {_UNTIL + timedelta(days=1)}, with three
values of each gap and such as have what it looks for; rows are the most that one of them finds, ms are those of the
slowest, each the quickest of up to three runs. A query must enter by an index, return at most {MOST_ROWS:,} rows, and
take {MOST_SECONDS:g} s at most.

**{len(outcomes) - len(failed)} of {len(outcomes)} pass.** The slowest of {len(suggestions)} lists of suggestions takes
{max(o.milliseconds for o in suggestions)} ms. Not tried, since the city holds nothing that they look for: {untried}.
"""
    rows = [table_row((o.name, f"{o.rows:,}", f"{o.milliseconds:,}", "; ".join(o.indexes))) for o in drawn]
    table = ["| phrase or action | rows | ms | index |", "|---|---:|---:|---|", *rows]
    return wrapped("\n\n".join(filter(None, (text.strip(), "\n".join(failed), "\n".join(table))))) + "\n"


def main() -> None:
    """Make what is missing, try all, write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--page", type=Path, default=Path("docs/bloom-phrases.md"))
    given = parser.parse_args()
    home = Home(given.home)
    if not home.graph.exists():
        home.path.mkdir(parents=True, exist_ok=True)
        make_city(home.graph, given.companies)
    server = Neo4jServer(home.neo4j, heap_mb=_HEAP_MB)
    status = server.start()
    with Neo4jStore(str(status.uri), user=status.user, password=server.password()) as store:
        counts = fill(home, store)
        count_degrees(store)
        mark_hubs(store)
        write_captions(store)
        outcomes = try_all(store, day=_UNTIL + timedelta(days=1))
        [[lists]] = store.records("MATCH ()-[r:RECOMMENDED]->() RETURN count(r)")
    given.page.write_text(page(outcomes, counts, lists=lists), encoding="utf-8")
    for outcome in outcomes:
        if outcome.fault:
            print(f"{outcome.name}: {outcome.fault.en}")


if __name__ == "__main__":
    main()
