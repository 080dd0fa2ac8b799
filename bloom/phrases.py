"""The questions that coordinators ask, as Bloom's search phrases.

Each begins at an index, ends at a limit and returns what can be drawn; what a limit may cut is ordered, so that
what matters most is drawn. ``bloom.trial`` runs all before they are
handed out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bloom.changes import CHANGES
from bloom.lasting import LASTING, holding
from bloom.names import holds
from bloom.parameters import (
    CENTER,
    CERTIFICATE,
    COMPANY,
    DISTRICT,
    EXPERT,
    FOUNDED,
    INDUSTRY,
    INSTITUTION,
    NEED,
    PROGRAM,
    SINCE,
    TASK,
    TASKS,
    TECHNOLOGY,
    THE_CENTER,
    THE_COMPANY,
    THE_INSTITUTION,
    THE_NEED,
    THE_PROGRAM,
    THE_TECHNOLOGY,
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
    searched,
    words_of,
)
from bloom.paths import PATHS
from bloom.programs import PROGRAMS
from bloom.samples import SAMPLES
from bloom.saved_cypher import Parameter, Phrase
from graph_schema.catalog import OVERLAY_TYPES
from graph_schema.cypher import IN_CURRENT_RUN, RUN_LABEL, SEARCH_INDEX
from graph_schema.model import DEGREE

_OVERLAYS: Final = sorted({relation.type for relation in OVERLAY_TYPES})
_IN_DISTRICT: Final = (
    f"{all_named('within', 'Region', 'district')}MATCH (within)<-[:PART_OF*0..2]-(r:Region) WITH DISTINCT r "
)
_THERE: Final = f"{_IN_DISTRICT}WITH collect(r) AS there "
"""Keeps the regions in one list, where what follows would else be done for each of them."""
_OF_INDUSTRY: Final = (
    f"{all_named('above', 'Industry', 'industry')}MATCH (above)<-[:PART_OF*0..4]-(i:Industry) "
    "WITH DISTINCT there, i MATCH does = (i)<-[:IN_INDUSTRY]-(c:Company) "
)
_ABOVE: Final = "MATCH (c)-[:IN_INDUSTRY]->(:Industry)-[:PART_OF*0..4]->(i:Industry) "
_LARGEST: Final = "ORDER BY coalesce(c.employees, 0) DESC, c.id"
_UNTOUCHED: Final = "NOT EXISTS { (c)-[:APPLIED_TO|AWARDED|CONSULTED|NEEDS|OCCUPIES|LICENSED|COLLABORATED_WITH]->() }"
_FREE: Final = "NOT EXISTS { (s)<-[:OCCUPIES]-() }"
_PLACES_LEFT: Final = (
    "WITH *, COUNT { (e)<-[x:CONSULTED]-() WHERE x.on >= date.truncate('month', "
    f"{TODAY}) }} AS taken WHERE e.capacity > taken "
)
_MOST_PLACES: Final = "ORDER BY e.capacity - taken DESC, e.id"
_CO_FILED: Final = (
    "MATCH ({0})-[f:CO_FILED_WITH]-(other) WITH f, other ORDER BY f.on DESC "
    f"WITH other, collect(f)[0] AS latest RETURN latest, other {newest('latest.on')} LIMIT 300"
)
_AROUND_IT: Final = (
    f"MATCH around = (c)-[r]-() WHERE (r.valid_to IS NULL OR NOT type(r) IN {sorted(LASTING)}) "
    f"AND (type(r) <> 'RECOMMENDED' OR {IN_CURRENT_RUN}) "
    "WITH around, type(r) AS kind, r.rank AS rank, r.on AS day ORDER BY rank, day IS NULL, day DESC "
    "WITH kind, collect(around) AS ways UNWIND range(0, size(ways) - 1) AS place "
    f"RETURN ways[place] AS around ORDER BY kind IN {_OVERLAYS}, place LIMIT 200"
)
"""Takes of each kind of fact one after the other, so that no kind pushes out another, and lists behind all facts."""
_RECOMMENDED_TO_IT: Final = f"WHERE {IN_CURRENT_RUN} RETURN r, c ORDER BY r.rank, r.score DESC LIMIT 300"

_RAISED: Final = entered("n", "Need", "raised_on")
_CONSULTED: Final = dealt("x", "CONSULTED", "on", ("c:Company", "e:Expert"))

_COMPANIES: Final = (
    Phrase(
        "기업 찾기: 지역 $district 업종 $industry",
        "그 지역에서 그 업종(아래 업종 포함)을 하는 기업, 직원이 많은 곳부터",
        f"{_THERE}{_OF_INDUSTRY}MATCH located = (c)-[:LOCATED_IN]->(r) WHERE r IN there "
        f"RETURN does, located {_LARGEST} LIMIT 500",
        (DISTRICT, INDUSTRY),
    ),
    Phrase(
        "기업 찾기: 지역 $district 업종 $industry 직원 $employees 명 이상",
        "직원 수까지 따져 찾은 기업, 직원이 많은 곳부터",
        f"{_THERE}{_OF_INDUSTRY}WHERE c.employees >= $employees "
        f"MATCH located = (c)-[:LOCATED_IN]->(r) WHERE r IN there RETURN does, located {_LARGEST} LIMIT 500",
        (DISTRICT, INDUSTRY, number("employees", 10, 5, 50, 300)),
    ),
    Phrase(
        "생산품으로 기업 찾기: 지역 $district 낱말 $words",
        "이름이나 생산품·서비스에 그 말이 모두 있는 그 지역의 기업",
        f"{_THERE}{searched('c', 'Company', 2000, keeping='there')}"
        "MATCH located = (c)-[:LOCATED_IN]->(r) WHERE r IN there RETURN located ORDER BY score DESC LIMIT 300",
        (DISTRICT, words_of("Company", "products")),
    ),
    Phrase(
        "새로 생긴 기업: 지역 $district 설립일 $since 이후",
        "그날부터 설립된 그 지역의 기업, 새것부터",
        f"{_THERE}CALL (there) {{ {entered('c', 'Company', 'founded_on')}c.founded_on >= $since "
        "MATCH located = (c)-[:LOCATED_IN]->(r) WHERE r IN there "
        "RETURN located ORDER BY c.founded_on DESC LIMIT 500 } RETURN located LIMIT 500",
        (DISTRICT, FOUNDED),
    ),
    Phrase(
        "사업자번호로 기업 찾기: $number",
        "사업자등록번호 열 자리의 기업과 소재지, 업종",
        f"{entered('c', 'Company', 'business_number')}c.business_number = replace($number, '-', '') "
        "OPTIONAL MATCH around = (c)-[:LOCATED_IN|IN_INDUSTRY]->() RETURN c, around LIMIT 50",
        (Parameter("number", label="Company", property_="business_number"),),
    ),
    Phrase(
        "기업 한눈에 보기: $company",
        "한 기업의 업종, 소재지, 애로, 신청, 선정, 자문, 특허를 종류마다 새것부터, 그다음에 추천과 그 처리",
        THE_COMPANY + and_its("c", _AROUND_IT, "around"),
        (COMPANY,),
    ),
    Phrase(
        "한 번도 닿지 않은 기업: 지역 $district",
        "신청, 선정, 자문, 애로, 입주가 하나도 없는 기업, 직원이 많은 곳부터",
        f"{_IN_DISTRICT}MATCH located = (r)<-[:LOCATED_IN]-(c:Company) WHERE {_UNTOUCHED} "
        f"RETURN located {_LARGEST} LIMIT 500",
        (DISTRICT,),
    ),
    Phrase(
        "세 번 넘게 신청하고 선정되지 않은 기업: 지역 $district",
        "도움이 먼저 필요한 기업과 그 신청, 많이 신청한 기업부터",
        f"{_IN_DISTRICT}MATCH (r)<-[:LOCATED_IN]-(c:Company) WITH c, COUNT {{ (c)-[:APPLIED_TO]->() }} AS times "
        "WHERE times > 3 AND NOT EXISTS { (c)-[:AWARDED]->() } MATCH applied = (c)-[:APPLIED_TO]->() "
        "RETURN applied ORDER BY times DESC, c.id LIMIT 500",
        (DISTRICT,),
    ),
    Phrase(
        "자문을 받고도 선정되지 않은 기업: $since 이후",
        "그날부터 전문가와 상담했고 아직 한 번도 선정되지 않은 기업",
        f"{_CONSULTED}x.on >= $since AND NOT EXISTS {{ (c)-[:AWARDED]->() }} "
        "RETURN c, x, e ORDER BY x.on DESC LIMIT 500",
        (SINCE,),
    ),
    Phrase(
        "같은 애로를 가진 기업: 지역 $district 주제 $topic",
        "한 주제의 애로를 낸 그 지역의 기업, 새 애로부터",
        f"{_THERE}{TOPICS}"
        "MATCH asked = (t)<-[:ABOUT]-(n:Need)<-[:NEEDS]-(c:Company) WHERE EXISTS { (c)-[:LOCATED_IN]->(r) "
        f"WHERE r IN there }} RETURN asked {newest('n.raised_on')} LIMIT 500",
        (DISTRICT, TOPIC),
    ),
    Phrase(
        "오래 열린 애로: $days 일 넘게",
        "접수한 뒤 그만큼 지나도록 끝나지 않은 애로와 그 기업, 오래된 것부터",
        f"{_RAISED}n.state IN ['open', 'assigned'] AND n.raised_on < {TODAY} - duration({{days: $days}}) "
        "MATCH asked = (n)<-[:NEEDS]-(:Company) RETURN asked ORDER BY n.raised_on, n.id LIMIT 500",
        (number("days", 30, 14, 60, 90),),
    ),
    Phrase(
        "새로 접수된 애로: $since 이후",
        "그날부터 접수된 애로와 그 기업",
        f"{_RAISED}n.raised_on >= $since MATCH asked = (n)<-[:NEEDS]-(:Company) "
        "RETURN asked ORDER BY n.raised_on DESC LIMIT 500",
        (SINCE,),
    ),
    Phrase(
        "지역 기업의 특허: $district",
        "그 지역의 기업이 출원한 기술, 새것부터",
        f"{_IN_DISTRICT}MATCH filed = (r)<-[:LOCATED_IN]-(:Company)-[:FILED]->(t:Technology) "
        f"RETURN filed {newest('t.applied_on')} LIMIT 500",
        (DISTRICT,),
    ),
    Phrase(
        "인증을 가진 기업: 지역 $district 인증 $certificate",
        "벤처기업, 이노비즈와 같은 인증을 가진 기업, 직원이 많은 곳부터",
        f"{_IN_DISTRICT}MATCH located = (r)<-[:LOCATED_IN]-(c:Company) "
        f"WHERE any(held IN c.certificates WHERE {holds('held', 'certificate')}) RETURN located {_LARGEST} LIMIT 500",
        (DISTRICT, CERTIFICATE),
    ),
)

_TECHNOLOGIES: Final = (
    Phrase(
        "R&D 협력 후보: $company",
        "같은 기술 분야에서 출원한 대학, 연구소, 기관 가운데 아직 함께하지 않은 곳, 출원이 많은 곳부터",
        THE_COMPANY
        + and_its(
            "c",
            "MATCH (c)-[:FILED|LICENSED]->(:Technology)-[:IN_FIELD]->(f:TechField) WITH DISTINCT f "
            "MATCH (f)<-[:IN_FIELD]-(t:Technology)<-[:FILED]-(i:Institution) WHERE NOT (c)-[:CO_FILED_WITH]-(i) "
            "WITH f, i, collect(t) AS filed ORDER BY size(filed) DESC, i.id LIMIT 200 "
            "WITH f, i, filed, head(filed) AS t "
            "MATCH found = (f)<-[:IN_FIELD]-(t)<-[:FILED]-(i) RETURN found ORDER BY size(filed) DESC, i.id LIMIT 200",
            "found",
        ),
        (of("Company", "(n)-[:FILED]->()"),),
    ),
    Phrase(
        "공동 출원 네트워크: $institution",
        "함께 출원한 곳마다 가장 최근의 공동 출원 하나",
        THE_INSTITUTION + and_its("i", _CO_FILED.format("i"), "latest", "other"),
        (INSTITUTION,),
    ),
    Phrase(
        "기업의 공동 출원: $company",
        "한 기업과 특허를 함께 낸 대학, 연구소, 기업마다 가장 최근의 공동 출원 하나",
        THE_COMPANY + and_its("c", _CO_FILED.format("c"), "latest", "other"),
        (of("Company", "(n)-[:CO_FILED_WITH]-()"),),
    ),
    Phrase(
        "이 수요와 가까운 기술: $need",
        "수요의 제목과 같은 말이 많은 기술, 같은 제목은 하나만",
        THE_NEED
        + and_its(
            "n",
            f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', split(n.search_text, '\\n')[0]) "
            "YIELD node, score WHERE node:Technology WITH node.title AS title, head(collect(node)) AS t, "
            "max(score) AS score RETURN t ORDER BY score DESC LIMIT 20",
            "t",
        ),
        (NEED,),
    ),
    Phrase(
        "기술 찾기: $words",
        "제목이나 요약에 그 말이 모두 있는 기술",
        f"{searched('t', 'Technology', 100)}OPTIONAL MATCH filed = (t)<-[:FILED]-() RETURN t, filed LIMIT 300",
        (words_of("Technology", "title"),),
    ),
    Phrase(
        "기술 분야의 기술과 출원인: $field",
        "국제특허분류(예: H02G)나 부의 이름(예: 전기)으로 찾은 기술, 아래 분류의 것까지, 새것부터",
        f"{all_named('above', 'TechField', 'field')}MATCH (above)<-[:PART_OF*0..4]-(f:TechField) WITH DISTINCT f "
        f"MATCH filed = (f)<-[:IN_FIELD]-(t:Technology)<-[:FILED]-() RETURN filed {newest('t.applied_on')} LIMIT 300",
        (named("field", "TechField"),),
    ),
    Phrase(
        "이전 희망 기술",
        "권리자가 이전하겠다고 내놓은 기술, 새것부터",
        f"{entered('t', 'Technology', 'for_licence')}t.for_licence = true "
        f"OPTIONAL MATCH filed = (t)<-[:FILED]-() RETURN t, filed {newest('t.applied_on')} LIMIT 300",
    ),
    Phrase(
        "이 기술을 쓸 만한 기업: $technology",
        "같은 기술 분야에서 출원했거나 이전받았거나 수요를 낸 기업, 그런 것이 많은 곳부터",
        THE_TECHNOLOGY
        + and_its(
            "t",
            "MATCH (t)-[:IN_FIELD]->(f:TechField)<-[:IN_FIELD]-(own)<-[:FILED|LICENSED|NEEDS]-(c:Company) "
            "WHERE NOT (c)-[:FILED|LICENSED]->(t) "
            "WITH f, c, collect(own) AS dealt ORDER BY size(dealt) DESC, c.id LIMIT 200 "
            "WITH f, c, dealt, head(dealt) AS own MATCH found = (f)<-[:IN_FIELD]-(own)<-[:FILED|LICENSED|NEEDS]-(c) "
            "RETURN found ORDER BY size(dealt) DESC, c.id LIMIT 200",
            "found",
        ),
        (TECHNOLOGY,),
    ),
    Phrase(
        "대학·연구소의 연구자와 협력한 기업: $institution",
        "그곳 연구자와 함께 일한 기업, 최근 것부터",
        THE_INSTITUTION
        + and_its(
            "i",
            "MATCH worked = (i)<-[:AFFILIATED_WITH]-(:Researcher)<-[w:COLLABORATED_WITH]-(:Company) "
            f"RETURN worked {newest('w.on')} LIMIT 300",
            "worked",
        ),
        (of("Institution", "(n)<-[:AFFILIATED_WITH]-()"),),
    ),
    Phrase(
        "정부 R&D 과제에 참여한 기업: $since 이후",
        "그날부터 시작한 과제와 참여한 기업, 기관, 연구자, 새 과제부터",
        f"{entered('p', 'Project', 'starts_on')}p.starts_on >= $since "
        "MATCH took = (p)<-[:PARTICIPATED_IN]-() RETURN took ORDER BY p.starts_on DESC, p.id LIMIT 500",
        (SINCE,),
    ),
    Phrase(
        "지역의 대학·연구소: $region",
        "그 지역과 그 아래 지역에 있는 대학, 연구소, 기관, 관계가 많은 곳부터",
        f"{all_named('r', 'Region', 'region')}"
        "MATCH located = (r)<-[:PART_OF*0..2]-(:Region)<-[:LOCATED_IN]-(i:Institution) "
        f"RETURN located ORDER BY coalesce(i.{DEGREE.name}, 0) DESC, i.name LIMIT 300",
        (named("region", "Region"),),
    ),
)

_PLACES_AND_EXPERTS: Final = (
    Phrase(
        "들어갈 수 있는 빈 호실: $company",
        "이 기업의 업종이 입주할 수 있고 비어 있는 호실, 작은 것부터",
        THE_COMPANY
        + and_its(
            "c",
            f"{_ABOVE}WITH DISTINCT i MATCH admitted = (i)<-[:ADMITS]-(s:Space)-[:PART_OF]->(:Center) "
            f"WHERE {_FREE} RETURN admitted ORDER BY s.area_m2, s.id LIMIT 300",
            "admitted",
        ),
        (COMPANY,),
    ),
    Phrase(
        "센터의 빈 호실: $center",
        "한 지식산업센터에서 비어 있는 호실, 작은 것부터",
        THE_CENTER
        + and_its(
            "k",
            f"MATCH free = (k)<-[:PART_OF]-(s:Space) WHERE {_FREE} RETURN free ORDER BY s.area_m2, s.id LIMIT 300",
            "free",
        ),
        (CENTER,),
    ),
    Phrase(
        "센터에 입주한 기업: $center",
        "한 지식산업센터의 호실과 입주한 기업, 최근에 입주한 곳부터",
        THE_CENTER
        + and_its(
            "k",
            "MATCH tenants = (k)<-[:PART_OF]-(:Space)<-[o:OCCUPIES]-(:Company) "
            f"RETURN tenants {newest('o.on')} LIMIT 300",
            "tenants",
        ),
        (CENTER,),
    ),
    Phrase(
        "이번 달 자리가 남은 전문가: 주제 $topic",
        "그 주제의 전문가 가운데 이번 달 상담을 더 받을 수 있는 사람, 자리가 많은 사람부터",
        f"{TOPICS}MATCH knows = (t)<-[:SPECIALIZES_IN]-(e:Expert) {_PLACES_LEFT}RETURN knows {_MOST_PLACES} LIMIT 300",
        (TOPIC,),
    ),
    Phrase(
        "이 애로를 맡을 전문가: $need",
        "애로의 주제를 아는, 이번 달 자리가 남은 전문가, 자리가 많은 사람부터",
        THE_NEED
        + and_its(
            "n",
            f"MATCH knows = (n)-[:ABOUT]->(:Topic)<-[:SPECIALIZES_IN]-(e:Expert) {_PLACES_LEFT}"
            f"RETURN knows {_MOST_PLACES} LIMIT 300",
            "knows",
        ),
        (NEED,),
    ),
    Phrase(
        "전문가가 상담한 기업: $expert",
        "그 전문가와 상담한 기업, 최근 것부터",
        f"{all_named('e', 'Expert', 'expert')}MATCH (e)<-[x:CONSULTED]-(c:Company) "
        "RETURN e, x, c ORDER BY x.on DESC LIMIT 300",
        (EXPERT,),
    ),
    Phrase(
        "만족도가 낮은 상담: $since 이후 $score 점 이하",
        "그날부터 만족도가 그 점수 이하인 상담의 기업과 전문가, 최근 것부터",
        f"{_CONSULTED}x.on >= $since AND x.satisfaction <= $score RETURN c, x, e ORDER BY x.on DESC LIMIT 500",
        (SINCE, number("score", 2, 1, 3)),
    ),
)

_RECOMMENDATIONS: Final = (
    Phrase(
        "추천 결과: $company 종류 $task",
        "한 기업의 추천 목록; 관계를 누르면 순위, 이유, 확인할 것이 보임",
        THE_COMPANY
        + and_its(
            "c",
            f"MATCH (c)-[r:RECOMMENDED]->(x) WHERE r.task = {TASK} AND {IN_CURRENT_RUN} "
            "RETURN r, x ORDER BY r.rank LIMIT 100",
            "r",
            "x",
        ),
        (COMPANY, TASKS),
    ),
    Phrase(
        "아직 연락하지 않은 유력한 추천: 종류 $task",
        "가능성이 높고 세 번째 안에 든 추천 가운데 처리하지 않은 것, 순위와 점수가 높은 것부터",
        f"MATCH (m:{RUN_LABEL} {{task: {TASK}}}) {dealt('r', 'RECOMMENDED', 'grade', ('c', 'x'))}r.grade = 'high' "
        "AND r.run = m.run AND r.task = m.task AND r.rank <= 3 "
        "AND NOT EXISTS { (c)-[:FOLLOWED_UP {task: r.task}]->(x) } "
        "RETURN c, r, x ORDER BY r.rank, r.score DESC LIMIT 300",
        (TASKS,),
    ),
    Phrase(
        "이 사업을 권할 기업: $program",
        "한 사업이 추천된 기업",
        THE_PROGRAM + and_its("p", f"MATCH (c)-[r:RECOMMENDED]->(p) {_RECOMMENDED_TO_IT}", "r", "c"),
        (PROGRAM,),
    ),
    Phrase(
        "이 기술을 권할 기업: $technology",
        "한 기술이 추천된 기업",
        THE_TECHNOLOGY + and_its("t", f"MATCH (c)-[r:RECOMMENDED]->(t) {_RECOMMENDED_TO_IT}", "r", "c"),
        (TECHNOLOGY,),
    ),
    Phrase(
        "처리한 추천: 결과 $decision",
        "연락(contacted), 수락(accepted), 거절(refused)한 추천과 그 사유, 최근 것부터",
        f"{dealt('f', 'FOLLOWED_UP', 'decision', ('c', 'x'))}"
        "f.decision = coalesce({연락: 'contacted', 수락: 'accepted', 거절: 'refused'}[$decision], $decision) "
        "RETURN c, f, x ORDER BY f.decided_at DESC LIMIT 500",
        (Parameter("decision", cypher="UNWIND ['연락', '수락', '거절'] AS name RETURN name"),),
    ),
)

PHRASES: Final = tuple(
    replace(phrase, cypher=holding(phrase.cypher), sample=SAMPLES.get(phrase.text))
    for group in (CHANGES, _COMPANIES, PROGRAMS, _TECHNOLOGIES, _PLACES_AND_EXPERTS, PATHS, _RECOMMENDATIONS)
    for phrase in group
)
"""All search phrases, in the order in which Bloom lists them."""
