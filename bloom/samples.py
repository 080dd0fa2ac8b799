"""Values with which phrases are tried beside those that they suggest: such as surely have what the phrase looks for.

What is suggested for each of two gaps seldom fits together, and the busiest companies need not be those with lists.
Each query returns values for the gaps of a phrase in their order, and nothing only where the graph holds no such thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bloom.parameters import TODAY, dealt, entered
from graph_schema.catalog import OVERLAY_TYPES, TASK_NAMES
from graph_schema.cypher import IN_CURRENT_RUN
from graph_schema.model import HUB

_OVERLAYS: Final = sorted({relation.type for relation in OVERLAY_TYPES})
_THERE: Final = f"{entered('c', 'Company', 'name')}c.name >= '' MATCH (c)-[at:LOCATED_IN]->(r:Region) "
_ITS_TRADE: Final = "MATCH (c)-[in:IN_INDUSTRY]->(i:Industry) "
_LASTS: Final = "WHERE at.valid_to IS NULL "


def listed(result: str = "x") -> str:
    """Match recommendations of the runs that hold; ``result`` is the pattern of what was recommended."""
    return f"{dealt('r', 'RECOMMENDED', 'task', ('c', result))}r.task IN {list(TASK_NAMES)} AND {IN_CURRENT_RUN} "


def two_joined(label: str) -> str:
    """Match two nodes of a label that are joined, or that one other joins, which is no hub."""
    return (
        f"{entered('a', label, 'name')}a.name >= '' "
        f"MATCH (a)-[r]-(near) WHERE near.{HUB.name} IS NULL AND {_current('r')} "
        f"CALL (near) {{ WITH near AS b WHERE b:{label} RETURN b "
        f"UNION MATCH (near)-[s]-(b:{label}) WHERE {_current('s')} RETURN b }} WITH a, b WHERE a.id < b.id "
    )


def _current(relationship: str) -> str:
    return f"{relationship}.valid_to IS NULL AND NOT type({relationship}) IN {_OVERLAYS}"


def _changed_on(label: str) -> str:
    return (
        f"{entered('n', label, 'loaded_at')}n.loaded_at >= datetime('2000-01-01') "
        "WITH date(datetime({datetime: n.loaded_at, timezone: 'Asia/Seoul'})) AS day, n WHERE n.first_seen < day "
        "RETURN day LIMIT 1"
    )


SAMPLES: Final[Mapping[str, str]] = {
    "바뀐 것: $since 이후": " UNION ".join(
        map(_changed_on, ("Company", "Program", "Technology", "Institution", "Need"))
    ),
    "기업 찾기: 지역 $district 업종 $industry": f"{_THERE}{_ITS_TRADE}{_LASTS}RETURN r.name, i.name LIMIT 2",
    "기업 찾기: 지역 $district 업종 $industry 직원 $employees 명 이상": (
        f"{_THERE}{_ITS_TRADE}{_LASTS}AND c.employees > 0 RETURN r.name, i.name, c.employees LIMIT 2"
    ),
    "생산품으로 기업 찾기: 지역 $district 낱말 $words": (
        f"{_THERE}{_LASTS}AND c.products > '' RETURN r.name, split(c.products, ' ')[0] LIMIT 2"
    ),
    "새로 생긴 기업: 지역 $district 설립일 $since 이후": (
        f"{_THERE}{_LASTS}AND c.founded_on IS NOT NULL RETURN r.name, c.founded_on LIMIT 2"
    ),
    "세 번 넘게 신청하고 선정되지 않은 기업: 지역 $district": (
        f"{_THERE}{_LASTS}AND COUNT {{ (c)-[:APPLIED_TO]->() }} > 3 AND NOT EXISTS {{ (c)-[:AWARDED]->() }} "
        "RETURN r.name LIMIT 2"
    ),
    "같은 애로를 가진 기업: 지역 $district 주제 $topic": (
        f"{_THERE}MATCH (c)-[:NEEDS]->(:Need)-[:ABOUT]->(t:Topic) {_LASTS}RETURN r.name, t.name LIMIT 2"
    ),
    "지역 기업의 특허: $district": f"{_THERE}{_LASTS}AND EXISTS {{ (c)-[:FILED]->() }} RETURN r.name LIMIT 2",
    "인증을 가진 기업: 지역 $district 인증 $certificate": (
        f"{_THERE}{_LASTS}AND size(c.certificates) > 0 RETURN r.name, c.certificates[0] LIMIT 2"
    ),
    "곧 마감하는 사업: $days 일 안에 주제 $topic": (
        f"{entered('p', 'Program', 'apply_until')}{TODAY} <= p.apply_until <= {TODAY} + duration({{days: 90}}) "
        "OPTIONAL MATCH (p)-[:ABOUT]->(t:Topic) RETURN 90, coalesce(t.name, p.title) LIMIT 2"
    ),
    "선정 금액이 간 곳: $since 이후 $amount 만원 이상": (
        f"{dealt('a', 'AWARDED', 'on', ('c:Company', 'p:Program'))}a.on >= date('1900-01-01') AND a.amount_krw > 0 "
        "RETURN a.on, toInteger(a.amount_krw / 10000) LIMIT 2"
    ),
    "만족도가 낮은 상담: $since 이후 $score 점 이하": (
        f"{dealt('x', 'CONSULTED', 'on', ('c:Company', 'e:Expert'))}x.on >= date('1900-01-01') AND x.satisfaction > 0 "
        "RETURN x.on, x.satisfaction LIMIT 2"
    ),
    "두 기관 사이의 길: $one 에서 $other 까지": f"{two_joined('Institution')}RETURN a.name, b.name LIMIT 2",
    "두 기업 사이의 길, 허브 빼고: $one 에서 $other 까지": f"{two_joined('Company')}RETURN a.name, b.name LIMIT 2",
    "추천 결과: $company 종류 $task": f"{listed()}AND c:Company RETURN c.name, r.task LIMIT 2",
    "이 사업을 권할 기업: $program": f"{listed('x:Program')}RETURN x.title LIMIT 2",
    "이 기술을 권할 기업: $technology": f"{listed('x:Technology')}RETURN x.title LIMIT 2",
}
"""By the text of a phrase."""
