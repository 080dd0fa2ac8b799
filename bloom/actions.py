"""What coordinators do with what they have selected, as Bloom's scene actions."""

from __future__ import annotations

from typing import Final

from bloom.lasting import holding
from bloom.parameters import entered
from bloom.paths import WAYS
from bloom.samples import listed, two_joined
from bloom.saved_cypher import SceneAction
from graph_schema.catalog import OVERLAY_TYPES
from graph_schema.cypher import IN_CURRENT_RUN

_ASKERS: Final = tuple(dict.fromkeys(relation.source for relation in OVERLAY_TYPES))
_FOLLOWED_UP: Final = next(relation.caption for relation in OVERLAY_TYPES if relation.type == "FOLLOWED_UP")
_SELECTED: Final = "MATCH (c)-[r:RECOMMENDED]->(x) WHERE elementId(r) IN $relationships "
_SOME_RECOMMENDATIONS: Final = f"{listed()}RETURN elementId(r) LIMIT 5"
_SOME_ASKERS: Final = f"{listed()}AND r.rank <= 5 RETURN DISTINCT elementId(c) LIMIT 2"
_TWO_COMPANIES: Final = f"{two_joined('Company')}WITH a, b LIMIT 1 UNWIND [a, b] AS n RETURN elementId(n)"
_SOME_MADE_UP: Final = f"{entered('n', 'Company', 'name')}n.name >= '' AND n.synthetic RETURN elementId(n) LIMIT 2"


def _mark(name: str, decision: str, word: str) -> SceneAction:
    return SceneAction(
        name,
        f"{_SELECTED}MERGE (c)-[f:FOLLOWED_UP {{task: r.task}}]->(x) "
        f"SET f.decision = '{decision}', f.decided_at = datetime(), "
        f"f.caption = '{_FOLLOWED_UP}', f.codes = '처리 결과: {word}' RETURN c, f, x",
        "relationships",
        _SOME_RECOMMENDATIONS,
        types=("RECOMMENDED",),
        writes=True,
    )


ACTIONS: Final = (
    SceneAction(
        "왜 추천되었나",
        f"{_SELECTED}OPTIONAL CALL (c, x) {{ {WAYS.format('c', 'x')}RETURN way LIMIT 20 }} "
        "WITH c, r, x, collect(way) AS ways CALL (c, x) { OPTIONAL MATCH shared = "
        "(c)-[own:IN_INDUSTRY|LOCATED_IN|NEEDS WHERE own.valid_to IS NULL]->()-[:PART_OF|ABOUT*0..2]-()"
        f"{holding('<-[:TARGETS|SPECIALIZES_IN|ADMITS|LOCATED_IN|ABOUT]-(x)')} RETURN shared LIMIT 20 }} "
        "UNWIND CASE ways WHEN [] THEN [null] ELSE ways END AS way RETURN c, r, x, way, shared LIMIT 200",
        "relationships",
        _SOME_RECOMMENDATIONS,
        types=("RECOMMENDED",),
    ),
    SceneAction(
        "이 기업에 맞는 것",
        f"MATCH (c) WHERE elementId(c) IN $nodes WITH c LIMIT 50 MATCH (c)-[r:RECOMMENDED]->(x) "
        f"WHERE r.rank <= 5 AND {IN_CURRENT_RUN} "
        "RETURN c, r, x LIMIT 300",
        "nodes",
        _SOME_ASKERS,
        labels=_ASKERS,
    ),
    SceneAction(
        "허브를 뺀 길",
        "MATCH (a) WHERE elementId(a) IN $nodes MATCH (b) WHERE elementId(b) IN $nodes AND elementId(a) < elementId(b) "
        f"WITH a, b LIMIT 10 CALL (a, b) {{ {WAYS.format('a', 'b')}RETURN way }} RETURN way LIMIT 100",
        "nodes",
        _TWO_COMPANIES,
    ),
    _mark("연락함으로 표시", "contacted", "연락"),
    _mark("수락함으로 표시", "accepted", "수락"),
    _mark("거절함으로 표시(사유는 관계의 reason에 기입)", "refused", "거절"),
    SceneAction(
        "가상 자료 고르기(고른 뒤 숨기기)",
        "MATCH (n) WHERE elementId(n) IN $nodes AND n.synthetic RETURN n",
        "nodes",
        _SOME_MADE_UP,
    ),
)
"""All scene actions, in the order in which Bloom lists them."""
