"""Search phrases of how two are joined, through no hub: by the rule of ``/v1/paths`` and of explanations."""

from __future__ import annotations

from typing import Final

from bloom.lasting import LASTING
from bloom.parameters import named, one_named
from bloom.saved_cypher import Phrase
from graph_schema.catalog import IDENTITY_TYPES, RELATION_TYPES
from graph_schema.model import HUB

_TYPES: Final = "|".join(sorted({relation.type for relation in RELATION_TYPES} - {r.type for r in IDENTITY_TYPES}))
_MOST_HOPS: Final = 4
"""What ``/v1/paths`` takes at most."""

WAYS: Final = (
    f"MATCH way = allShortestPaths(({{0}})-[:{_TYPES}*..{_MOST_HOPS}]-({{1}})) "
    f"WHERE none(n IN nodes(way) WHERE n.{HUB.name} IS NOT NULL AND n <> {{0}} AND n <> {{1}}) "
    f"AND none(r IN relationships(way) WHERE r.valid_to IS NOT NULL AND type(r) IN {sorted(LASTING)}) "
    "WITH * LIMIT 10000 WITH {0}, {1}, nodes(way) AS steps, head(collect(way)) AS way "
)
"""Finds the shortest paths between two nodes, along what has not ended and through no node that is marked as a hub.

Both conditions are of a kind that Neo4j heeds while it walks. Of paths through the same nodes one is kept: two that
filed fifty patents together would else be drawn fifty times, and hide all others.
"""

PATHS: Final = (
    Phrase(
        "두 기관 사이의 길: $one 에서 $other 까지",
        "허브(큰 지역, 업종 등 기업 열에 하나 이상이 걸린 것)를 거치지 않는 가장 짧은 길",
        f"{one_named('a', 'Institution', 'one')}{one_named('b', 'Institution', 'other', keeping='a')}"
        f"WITH a, b WHERE a <> b {WAYS.format('a', 'b')}RETURN way LIMIT 50",
        (named("one", "Institution"), named("other", "Institution")),
    ),
    Phrase(
        "두 기업 사이의 길, 허브 빼고: $one 에서 $other 까지",
        "허브(큰 지역, 업종 등 기업 열에 하나 이상이 걸린 것)를 거치지 않는 가장 짧은 길",
        f"{one_named('a', 'Company', 'one')}{one_named('b', 'Company', 'other', keeping='a')}"
        f"WITH a, b WHERE a <> b {WAYS.format('a', 'b')}RETURN way LIMIT 50",
        (named("one", "Company"), named("other", "Company")),
    ),
)
