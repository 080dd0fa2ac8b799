"""One type says everything in Korean and in English; where one language is wanted that one is taken."""

from __future__ import annotations

import pytest

from graph_schema.errors import DureError, Fault, SourceError, StoredFault, StoredFaultsError, ValidationError
from graph_schema.wording import Wording

EMPTY = Fault("name", "", Wording("비어 있습니다", "is empty"), Wording("이름을 적으십시오", "give the name"))


def test_a_text_is_taken_in_one_language_or_in_both() -> None:
    text = Wording("비어 있습니다", "is empty")
    assert (*text, str(text), text.both) == ("비어 있습니다", "is empty", "is empty", "비어 있습니다 · is empty")
    assert (text.in_language("ko"), text.in_language("en")) == tuple(text)


def test_several_are_joined_in_each_language() -> None:
    assert Wording.joined([Wording("하나", "one"), Wording("둘", "two")]) == Wording("하나; 둘", "one; two")


def test_two_that_differ_in_one_language_are_two() -> None:
    assert len({Wording("은", "x"), Wording("는", "x"), Wording("은", "x")}) == 2


@pytest.mark.parametrize(
    ("error", "korean", "english"),
    [
        (SourceError("a.csv"), "a.csv", "a.csv"),
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
