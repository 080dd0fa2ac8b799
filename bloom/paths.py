"""Search phrases of how two are joined, through nothing that joins everybody."""

from __future__ import annotations

from typing import Final

from bloom.parameters import named, one_named
from bloom.saved_cypher import Phrase
from graph_schema.catalog import RELATION_TYPES

_HUBS: Final = frozenset({"Region", "Industry", "Topic", "TechField", "TaxCode", "Program"})
"""Labels whose nodes join much that has nothing else in common."""
_WITH_ALL: Final = "REGISTERED_WITH"
"""Joins every company with the one tax office, an institution like others but for this."""
DEALINGS: Final = "|".join(
    dict.fromkeys(
        relation.type
        for relation in RELATION_TYPES
        if relation.type != _WITH_ALL
        and not any(_HUBS & {r.source, r.target} for r in RELATION_TYPES if r.type == relation.type)
    )
)
"""Relationship types that touch no hub, so that a path along them means something."""

WAYS: Final = (
    f"MATCH way = allShortestPaths(({{0}})-[:{DEALINGS}*..4]-({{1}})) WITH * LIMIT 10000 "
    "WITH {0}, {1}, nodes(way) AS steps, head(collect(way)) AS way "
)
"""Finds the shortest paths between two nodes, one through the same nodes: two that filed fifty patents together would
else be drawn fifty times, and hide all others."""

PATHS: Final = (
    Phrase(
        "두 기관 사이의 길: $one 에서 $other 까지",
        "공동 출원, 연구자, 과제를 따라 이어지는 가장 짧은 길",
        f"{one_named('a', 'Institution', 'one')}{one_named('b', 'Institution', 'other', keeping='a')}"
        f"WITH a, b WHERE a <> b {WAYS.format('a', 'b')}RETURN way LIMIT 50",
        (named("one", "Institution"), named("other", "Institution")),
    ),
    Phrase(
        "두 기업 사이의 길, 허브 빼고: $one 에서 $other 까지",
        "지역, 업종, 주제, 사업을 거치지 않는 가장 짧은 길",
        f"{one_named('a', 'Company', 'one')}{one_named('b', 'Company', 'other', keeping='a')}"
        f"WITH a, b WHERE a <> b {WAYS.format('a', 'b')}RETURN way LIMIT 50",
        (named("one", "Company"), named("other", "Company")),
    ),
)
