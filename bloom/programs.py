"""Search phrases of support programmes: which of them a company can apply for, and who applied."""

from __future__ import annotations

from typing import Final

from bloom.names import holds
from bloom.parameters import (
    COMPANY,
    LAST_DAY,
    PROGRAM,
    SINCE,
    THE_COMPANY,
    THE_INSTITUTION,
    THE_PROGRAM,
    TODAY,
    TOPIC,
    TOPICS,
    all_named,
    and_its,
    dealt,
    entered,
    named,
    newest,
    number,
    of,
)
from bloom.saved_cypher import Phrase
from graph_schema.windows import BUDGET_BOUND, LAST_BUDGET_YEARS, OPEN_ENDED, STALE_AFTER_YEARS

_SUITS: Final = (
    "WITH p WHERE (p.nationwide OR NOT EXISTS { (p)-[:TARGETS]->(:Region) } "
    "OR EXISTS { (p)-[:TARGETS]->(:Region)<-[:PART_OF*0..2]-(:Region)<-[:LOCATED_IN]-(c) }) "
    "AND (p.all_industries OR NOT EXISTS { (p)-[:TARGETS]->(:Industry) } "
    "OR EXISTS { (p)-[:TARGETS]->(:Industry)<-[:PART_OF*0..4]-(:Industry)<-[:IN_INDUSTRY]-(c) }) "
)
_OPEN: Final = (
    "(p.announced_on IS NULL OR p.announced_on <= day) AND (p.apply_from IS NULL OR p.apply_from <= day) "
    "AND (p.valid_to IS NULL OR p.valid_to >= day) AND (p.announced_on IS NULL "
    f"OR NOT coalesce(p.window_kind, '') IN {list(BUDGET_BOUND)} "
    f"OR p.announced_on.year >= day.year - {LAST_BUDGET_YEARS}) "
)
_NOT_STALE: Final = (
    "(p.announced_on IS NULL OR p.valid_to IS NOT NULL "
    f"OR p.announced_on + duration({{years: {STALE_AFTER_YEARS}}}) >= day) "
)
_NEWEST: Final = newest("coalesce(p.announced_on, p.apply_until)")
_UNTIL: Final = entered("p", "Program", "apply_until")
_OPEN_TO_IT: Final = (
    f"CALL (day) {{ {_UNTIL}p.apply_until >= day AND {_OPEN}RETURN p UNION "
    f"{entered('p', 'Program', 'window_kind')}p.window_kind IN {list(OPEN_ENDED)} AND p.apply_until IS NULL "
    f"AND {_OPEN}AND {_NOT_STALE}RETURN p }} {_SUITS}"
    "WITH p ORDER BY p.apply_until, coalesce(p.announced_on, date('1900-01-01')) DESC, p.id "
    "WITH p.apply_until IS NULL AS endless, collect(p) AS some UNWIND range(0, size(some) - 1) AS place "
    "WITH some[place] AS p, place, endless ORDER BY place, endless LIMIT 250 "
    "OPTIONAL MATCH run = (p)-[:OFFERED_BY]->(:Institution) RETURN p, run LIMIT 500"
)
"""What is open to a company on a day, by the rule of recommendations: until a last day, the nearest first, or without
one, the newest first. Of many each half has its share, and so many are taken as are still drawn with those who run
them."""

PROGRAMS: Final = (
    Phrase(
        "지금 신청할 수 있는 사업: $company",
        "접수 중이고(마감일이 없는 상시, 예산 소진·모집 완료 시까지, 선착순도) 지역과 업종이 맞거나 알려지지 않은 사업",
        THE_COMPANY + and_its("c", f"WITH {TODAY} AS day {_OPEN_TO_IT}", "p", "run"),
        (COMPANY,),
    ),
    Phrase(
        "그날 신청할 수 있던 사업: $company 기준일 $day",
        "그날 접수하던 사업; 마감일이 없는 상시, 예산 소진·모집 완료 시까지, 선착순도",
        THE_COMPANY + and_its("c", f"WITH $day AS day {_OPEN_TO_IT}", "p", "run"),
        (COMPANY, LAST_DAY),
    ),
    Phrase(
        "2주 안에 마감하는 사업",
        "오늘부터 열나흘 안에 접수가 끝나는 사업과 운영 기관",
        f"{_UNTIL}{TODAY} <= p.apply_until <= {TODAY} + duration({{days: 14}}) "
        "OPTIONAL MATCH run = (p)-[:OFFERED_BY]->() RETURN p, run ORDER BY p.apply_until, p.id LIMIT 300",
    ),
    Phrase(
        "곧 마감하는 사업: $days 일 안에 주제 $topic",
        "그 말이 제목이나 주제에 있는, 곧 접수가 끝나는 사업",
        f"{_UNTIL}{TODAY} <= p.apply_until <= {TODAY} + duration({{days: $days}}) AND ({holds('p.title', 'topic')} "
        f"OR EXISTS {{ (p)-[:ABOUT]->(t:Topic) WHERE {holds('t.name', 'topic')} }}) "
        "OPTIONAL MATCH about = (p)-[:ABOUT|OFFERED_BY]->() RETURN p, about ORDER BY p.apply_until LIMIT 300",
        (number("days", 30, 14, 60, 90), TOPIC),
    ),
    Phrase(
        "새로 공고된 사업: $since 이후",
        "그날부터 공고된 사업과 운영 기관",
        f"{entered('p', 'Program', 'announced_on')}p.announced_on >= $since OPTIONAL MATCH run = (p)-[:OFFERED_BY]->() "
        "RETURN p, run ORDER BY p.announced_on DESC LIMIT 300",
        (SINCE,),
    ),
    Phrase(
        "기관이 운영하는 사업: $institution",
        "한 기관이 맡은 지원사업, 새 공고부터",
        THE_INSTITUTION
        + and_its("i", f"MATCH run = (i)<-[:OFFERED_BY]-(p:Program) RETURN run {_NEWEST} LIMIT 300", "run"),
        (of("Institution", "(n)<-[:OFFERED_BY]-()"),),
    ),
    Phrase(
        "지역 기업을 위한 사업: $region",
        "그 지역이나 그 아래 지역을 대상으로 밝힌 사업, 늦게 마감하는 것부터",
        f"{all_named('within', 'Region', 'region')}MATCH (within)<-[:PART_OF*0..2]-(r:Region) WITH DISTINCT r "
        "MATCH offered = (r)<-[:TARGETS]-(p:Program) WITH p, collect(offered) AS targets "
        "ORDER BY coalesce(p.apply_until, p.announced_on, date('1900-01-01')) DESC LIMIT 300 "
        "UNWIND targets AS offered RETURN offered LIMIT 5000",
        (named("region", "Region"),),
    ),
    Phrase(
        "주제로 사업 찾기: $topic",
        "융자, 수출, 교육과 같은 주제의 지원사업, 새 공고부터",
        f"{TOPICS}MATCH about = (t)<-[:ABOUT]-(p:Program) RETURN about {_NEWEST} LIMIT 300",
        (TOPIC,),
    ),
    Phrase(
        "사업에 신청한 기업: $program",
        "한 사업에 신청하거나 선정된 기업, 최근 것부터",
        THE_PROGRAM
        + and_its(
            "p",
            f"MATCH dealt = (p)<-[d:APPLIED_TO|AWARDED]-(:Company) RETURN dealt {newest('d.on')} LIMIT 500",
            "dealt",
        ),
        (PROGRAM,),
    ),
    Phrase(
        "선정 금액이 간 곳: $since 이후 $amount 만원 이상",
        "그날부터 그 금액 이상으로 선정된 기업과 사업",
        f"{dealt('a', 'AWARDED', 'on', ('c:Company', 'p:Program'))}a.on >= $since AND a.amount_krw >= $amount * 10000 "
        "RETURN c, a, p ORDER BY a.amount_krw DESC LIMIT 300",
        (SINCE, number("amount", 1000, 3000, 5000, 10000)),
    ),
)
