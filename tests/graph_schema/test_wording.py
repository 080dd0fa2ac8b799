"""One type says everything in Korean and in English; where one language is wanted that one is taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from graph_schema.catalog import element_type, parse_ref, relation_type
from graph_schema.deadline import check_deadline, until
from graph_schema.errors import DureError, Fault, SourceError, StoredFault, StoredFaultsError, ValidationError
from graph_schema.law import industries
from graph_schema.law.certificates import certificate_holds
from graph_schema.law.clocks import clock, deadline
from graph_schema.law.days import is_working_day
from graph_schema.law.rows import table
from graph_schema.law.size import figure
from graph_schema.migrations import CURRENT_VERSION, pending
from graph_schema.wording import Wording

EMPTY = Fault("name", "", Wording("비어 있습니다", "is empty"), Wording("이름을 적으십시오", "give the name"))


def test_a_text_is_taken_in_one_language_or_in_both() -> None:
    text = Wording("비어 있습니다", "is empty")
    assert (*text, str(text), text.both) == ("비어 있습니다", "is empty", "is empty", "비어 있습니다 · is empty")
    assert (text.in_language("ko"), text.in_language("en")) == tuple(text)
    assert Wording.alike("1-N").both == "1-N"


def test_several_are_joined_in_each_language() -> None:
    assert Wording.joined([Wording("하나", "one"), Wording("둘", "two")]) == Wording("하나; 둘", "one; two")


def test_two_that_differ_in_one_language_are_two() -> None:
    assert len({Wording("은", "x"), Wording("는", "x"), Wording("은", "x")}) == 2


@pytest.mark.parametrize(
    ("error", "korean", "english"),
    [
        (
            SourceError(Wording("a.csv 파일이 비어 있습니다", "a.csv is empty")),
            "a.csv 파일이 비어 있습니다",
            "a.csv is empty",
        ),
        (
            ValidationError("Company x", [EMPTY]),
            "Company x: name='': 비어 있습니다; 이름을 적으십시오",
            "Company x: name='': is empty; give the name",
        ),
        (
            ValidationError(Wording("화면을 쓰지 않았습니다", "the view is not written"), [EMPTY]),
            "화면을 쓰지 않았습니다: name='': 비어 있습니다; 이름을 적으십시오",
            "the view is not written: name='': is empty; give the name",
        ),
        (
            StoredFaultsError(
                "graph.duckdb", [StoredFault("name", "", *(EMPTY.reason, EMPTY.remedy), "Company:x", "MATCH (x)")]
            ),
            "graph.duckdb: 오류 1개:\n  Company:x name: 비어 있습니다; 이름을 적으십시오\n    MATCH (x)",
            "graph.duckdb holds 1 fault:\n  Company:x name: is empty; give the name\n    MATCH (x)",
        ),
    ],
)
def test_an_error_speaks_the_language_that_is_wanted(error: DureError, korean: str, english: str) -> None:
    assert (error.in_language("ko"), error.in_language("en"), str(error)) == (korean, english, english)


def out_of_time() -> None:
    with until(time.monotonic() - 1):
        check_deadline()


@pytest.mark.parametrize(
    ("provoked", "korean"),
    [
        (
            lambda: relation_type("Company", "OWNS", "Region"),
            "(Company)-[OWNS]->(Region): 알 수 없는 관계입니다. 이 종류의 관계: 없음",
        ),
        (
            lambda: relation_type("Region", "PART_OF", "Company"),
            "(Region)-[PART_OF]->(Company): 알 수 없는 관계입니다. 이 종류의 관계: (Industry)-[PART_OF]->(Industry), ",
        ),
        (
            lambda: element_type("Firm"),
            "'Firm': 알 수 없는 테이블입니다. 레이블과 관계는 docs/graph.md에 있습니다",
        ),
        (
            lambda: parse_ref("두레정밀"),
            "'두레정밀': 노드를 가리키는 표기가 아닙니다. Company:brn:1234567890처럼 Label:id로 적으십시오",
        ),
        (
            lambda: pending(99),
            (
                f"저장소의 스키마 버전은 99, 이 프로그램이 아는 버전은 {CURRENT_VERSION}까지입니다. Dure를 새 버전으로 "
                "바꾸거나 이 버전으로 만든 저장소를 여십시오"
            ),
        ),
        (out_of_time, "요청의 제한 시간이 지났습니다. 내용을 줄이거나 덜 바쁠 때 다시 요청하십시오"),
        (
            lambda: industries.path("Z9"),
            "'Z9': 한국표준산업분류의 업종 코드가 아닙니다. C나 10711처럼 대분류 또는 숫자 2~5자리로 적으십시오",
        ),
        (
            lambda: is_working_day(date(1999, 1, 4)),
            "1999년의 공휴일 자료가 없습니다",
        ),
        (
            lambda: clock("lunch", date(2026, 3, 2)),
            "'lunch': 2026-03-02 현재 시행 중인 처리기간이 법령 자료에 없습니다. 있는 종류: grievance, ",
        ),
        (
            lambda: deadline("objection", date(2026, 3, 2)),
            (
                "'objection': 마지막 날을 계산할 수 없는 종류입니다. 법정민원의 거부처분을 받은 날부터 60일 이내 "
                "이의신청(민원 처리에 관한 법률 제35조 제1항)"
            ),
        ),
        (
            lambda: certificate_holds("lunch", None, date(2026, 3, 2)),
            "'lunch': 법령 자료에 없는 인증입니다. 있는 인증: ",
        ),
        (
            lambda: figure("lunch", date(2026, 3, 2)),
            "'lunch': 2026-03-02 현재 시행 중인 기준이 법령 자료에 없습니다. dure law size_method로 확인하십시오",
        ),
        (lambda: table("lunch"), "'lunch': 그런 법령 표가 없습니다. 다음 가운데 하나를 적으십시오: size_ceilings, "),
    ],
)
def test_the_catalog_and_the_law_refuse_in_korean_too(provoked: Callable[[], object], korean: str) -> None:
    with pytest.raises(DureError) as caught:
        provoked()
    assert caught.value.in_language("ko").startswith(korean)
    assert str(caught.value) == caught.value.wording.en != caught.value.wording.ko
