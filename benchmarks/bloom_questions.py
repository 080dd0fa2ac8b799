"""Twenty-five questions of coordinators, as typed in Bloom, and what the demonstration's graph answers.

``python -m benchmarks.bloom_questions --home DURE_HOME`` asks them of the Neo4j of a home that ``dure demo`` filled and
``dure graph copy`` copied, and writes the table into ``docs/coordinators.md``. Today is the day that the demonstration
is for. ``tests/bloom/test_questions.py`` asks the same of a graph whose answers are known, and compares the table.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bloom.parameters import as_of
from bloom.phrases import PHRASES
from bloom.saved_cypher import Phrase
from graph_schema.catalog import node_type
from graph_schema.documentation import table_row
from graph_schema.model import NODE_CAPTION
from stores.bolt import Neo4jStore
from stores.home import Home
from stores.server import Neo4jServer

_DEMONSTRATED: Final = date(2026, 3, 2)
_PAGE: Final = Path("docs/coordinators.md")
_BEGIN: Final = "<!-- questions: `python -m benchmarks.bloom_questions` writes what stands between these lines -->"
_END: Final = "<!-- end of questions -->"
_NAMED: Final = 3
"""Answers that the table names; how many there are stands before them."""


@dataclass(frozen=True)
class Question:
    """A question: the phrase that answers it, what is typed into its gaps, and the label of the nodes that answer."""

    asked: str
    begin: str
    typed: Mapping[str, Any]
    answer: str

    @property
    def phrase(self) -> Phrase:
        """The first phrase whose text begins so."""
        return next(phrase for phrase in PHRASES if phrase.text.startswith(self.begin))

    @property
    def text(self) -> str:
        """What stands in Bloom's search box."""
        text = self.phrase.text
        for name, value in self.typed.items():
            text = text.replace(f"${name}", str(value))
        return text

    def cypher(self, today: date) -> str:
        """Return the phrase's Cypher for such a day."""
        return as_of(self.phrase.cypher, today)


QUESTIONS: Final = (
    Question(
        "일산동구의 소프트웨어 기업",
        "기업 찾기: 지역 $district 업종 $industry",
        {"district": "일산동구", "industry": "소프트웨어"},
        "Company",
    ),
    Question(
        "덕양구 제조업, 직원 10명 이상",
        "기업 찾기: 지역 $district 업종 $industry 직원",
        {"district": "덕양구", "industry": "제조업", "employees": 10},
        "Company",
    ),
    Question(
        "이 기업이 지금 신청할 수 있는 사업",
        "지금 신청할 수 있는 사업",
        {"company": "튼실샘체육관"},
        "Program",
    ),
    Question("이 기업의 R&D 협력 후보와 이유", "R&D 협력 후보", {"company": "(주)에어박스"}, "Institution"),
    Question("이 수요와 가까운 기술", "이 수요와 가까운", {"need": "의료·정밀 기기 시험 성적서 발급"}, "Technology"),
    Question("이 애로를 맡을, 이번 달 자리가 남은 전문가", "이 애로를 맡을", {"need": "음식점 세금 신고"}, "Expert"),
    Question("이 업종이 들어갈 수 있는 빈 호실", "들어갈 수 있는", {"company": "윤슬잎시스템"}, "Space"),
    Question(
        "서울대 산학협력단의 공동 출원 네트워크", "공동 출원 네트워크", {"institution": "서울대 산학협력단"}, "Company"
    ),
    Question("한 번도 닿지 않은 기업", "한 번도 닿지 않은", {"district": "일산동구"}, "Company"),
    Question(
        "지난주 뒤 바뀐 것",
        "바뀐 것",
        {"since": date(2026, 2, 23)},
        "Company",
    ),
    Question("선정 금액이 간 곳", "선정 금액이 간 곳", {"since": date(2026, 1, 1), "amount": 3000}, "Company"),
    Question(
        "두 기관 사이의 길",
        "두 기관 사이의 길",
        {"one": "동의대 산학협력단", "other": "서울시립대 산학협력단"},
        "Institution",
    ),
    Question("두 기업 사이의 길", "두 기업 사이의 길", {"one": "현대자동차", "other": "삼성전자"}, "Institution"),
    Question("2주 안에 마감하는 사업", "2주 안에", {}, "Program"),
    Question("세 번 넘게 신청하고 한 번도 안 된 기업", "세 번 넘게", {"district": "일산동구"}, "Company"),
    Question(
        "일산동구에서 같은 애로를 가진 기업",
        "같은 애로를 가진",
        {"district": "일산동구", "topic": "조세"},
        "Company",
    ),
    Question("한국항공대 연구자와 협력한 기업", "대학·연구소의 연구자와", {"institution": "한국항공대"}, "Company"),
    Question(
        "고양시 기업의 특허",
        "지역 기업의 특허",
        {"district": "고양시"},
        "Technology",
    ),
    Question("이전 희망 기술", "이전 희망 기술", {}, "Technology"),
    Question("경기도의 대학·연구소", "지역의 대학·연구소", {"region": "경기도"}, "Institution"),
    Question(
        "정부 R&D 과제에 참여한 기업",
        "정부 R&D 과제에",
        {"since": date(2020, 1, 1)},
        "Company",
    ),
    Question("시·도가 운영하는 사업", "기관이 운영하는 사업", {"institution": "경기도"}, "Program"),
    Question(
        "사업자번호로 찾기",
        "사업자번호로 기업 찾기",
        {"number": "000-81-00014"},
        "Company",
    ),
    Question("센터별 빈 호실", "센터의 빈 호실", {"center": "DMC 마스터원"}, "Space"),
    Question("30일 넘게 열린 애로와 그 기업", "오래 열린 애로", {"days": 30}, "Company"),
)
"""As numbered where they were first asked, less those about one company in particular."""


def answers(question: Question, records: Iterable[Sequence[Any]]) -> list[Any]:
    """Return the nodes that answer, each once, in their order; what was asked about is drawn and answers nothing."""
    found = {}
    for record in records:
        for value in filter(None, record):
            drawn = list(getattr(value, "nodes", None) or (value,))
            found.update({node.element_id: node for node in (drawn[1:-1] if "one" in question.typed else drawn)})
    return [node for node in found.values() if question.answer in node.labels]


def table(rows: Iterable[tuple[Question, int, str]]) -> str:
    """Write the table: what is asked, what is typed, rows, and the answer in a line."""
    lines = [table_row((q.asked, f"`{q.text}`", f"{n:,}", answer)) for q, n, answer in rows]
    return "\n".join(["| question | typed in Bloom | rows | answer |", "|---|---|---:|---|", *lines])


def ask(store: Neo4jStore, question: Question, today: date) -> tuple[int, str]:
    """Return how many records answer a question, and the answer: how many nodes of its label, and some names.

    이상 stands behind the number where as many records were found as the phrase draws, so that there may be more.
    """
    cypher = question.cypher(today)
    records = store.records(cypher, dict(question.typed))
    kind = node_type(question.answer)
    named = [node[NODE_CAPTION.name] for node in answers(question, records)]
    if not named:
        return len(records), ""
    some = ", ".join(named[:_NAMED])
    more = " 이상" if len(records) in _drawn_at_most(cypher) else ""
    return len(records), f"{kind.ko} {len(named):,}{more}: {some}{', …' if len(named) > _NAMED else ''}"


def _drawn_at_most(cypher: str) -> set[int]:
    """Return the limits that cut an answer; those of one row take the one node that a name means."""
    return {int(limit) for limit in re.findall(r"LIMIT (\d+)", cypher)} - {1}


def written(text: str, made: str) -> str:
    """Return the page with ``made`` in the place of the last table."""
    head, rest = text.split(_BEGIN)
    return f"{head}{_BEGIN}\n\n{made}\n\n{_END}{rest.split(_END)[1]}"


def main() -> None:
    """Ask all and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    server = Neo4jServer(Home(parser.parse_args().home).neo4j)
    status = server.start()
    with Neo4jStore(str(status.uri), user=status.user, password=server.password()) as store:
        rows = [(question, *ask(store, question, _DEMONSTRATED)) for question in QUESTIONS]
    _PAGE.write_text(written(_PAGE.read_text(encoding="utf-8"), table(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
