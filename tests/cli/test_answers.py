"""An answer on a terminal: grades in words, ties and alike results told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cli.answers import Language, show_answer
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.language.answers import (
    Answer,
    Check,
    Grade,
    Lineage,
    ProbabilityNote,
    Reason,
    Recommendation,
    ServedBy,
    Verdict,
)

ANSWER = Answer(
    "spaces",
    "2026-03-02",
    (
        Recommendation(
            1,
            NodeRef("Space", "A1"),
            "소형 호실",
            0.5,
            synthetic=False,
            checks=(),
            reasons=(Reason("가깝습니다.", "It is near."),),
            probability=0.00004,
            grade=Grade.MEDIUM,
            alike=(NodeRef("Space", "A2"), NodeRef("Space", "A3")),
        ),
        Recommendation(2, NodeRef("Space", "B"), "대형 호실", 0.4, synthetic=False, checks=(), reasons=()),
    ),
    {},
    Lineage("5a0c3b", "v1", "cafe"),
    "gnn",
    ServedBy("더 나았습니다.", "It did better.", "gnn", "learned"),
    ProbabilityNote("확률의 뜻", "what it means", 6),
    (Wording("점수가 같습니다.", "The scores tie."),),
)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ko",
            (
                "가능성",
                "보통",
                "(같은 조건 2건 더)",
                "점수가 같습니다.",
                "기준일 2026-03-02 · 모델 v1 (gnn) · 스냅샷 5a0c3b",
            ),
        ),
        ("en", ("likely", "medium", "(2 more just like it)", "The scores tie.", "as of 2026-03-02 · model v1 (gnn)")),
    ],
)
def test_a_grade_is_shown_in_words_and_alike_results_are_counted(
    language: Language, told: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(ANSWER, language=language)
    printed = " ".join(capsys.readouterr().out.split())
    assert all(part in printed for part in told)
    assert "0.0000" not in printed


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ko", "조건이 맞지 않아 제외: 입주 가능일 1,204, 입주 가능 업종 31"),
        ("en", "Kept out by a condition: availability 1,204, admitted industries 31"),
    ],
)
def test_rules_that_keep_results_out_are_named_the_greatest_first(
    language: Language, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(replace(ANSWER, excluded={"admitted_industry": 31, "available": 1204}), language=language)
    assert told in " ".join(capsys.readouterr().out.split())


UNKNOWN = tuple(
    Check(rule, Verdict.CHECK, ko, en)
    for rule, ko, en in (
        ("window", "접수 기간을 알 수 없어 확인 필요", "the application window is not known"),
        ("target", "소상공인 해당 여부 확인 필요 (매출액 미확인)", "whether it is small (its sales are not known)"),
        ("industry", "대상 업종을 알 수 없어 확인 필요", "the industries it is open to are not known"),
    )
)


@pytest.mark.parametrize(
    ("language", "checks", "told"),
    [
        (
            "ko",
            UNKNOWN,
            ["접수 기간, 대상 업종을 알 수 없어 확인 필요", "소상공인 해당 여부 확인 필요 (매출액 미확인)"],
        ),
        ("ko", UNKNOWN[:2], ["접수 기간을 알 수 없어 확인 필요", "소상공인 해당 여부 확인 필요 (매출액 미확인)"]),
        (
            "en",
            UNKNOWN,
            [
                "the application window, the industries it is open to are not known",
                "whether it is small (its sales are not known)",
            ],
        ),
        ("en", UNKNOWN[1:2], ["whether it is small (its sales are not known)"]),
    ],
)
def test_what_is_merely_not_known_is_told_in_one_sentence(
    language: Language, checks: tuple[Check, ...], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    item = replace(ANSWER.recommendations[0], checks=checks, caption="호실", reasons=(), alike=())
    show_answer(replace(ANSWER, recommendations=(item,)), language=language)
    assert " ".join(told) in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("ko", ["모든 추천에서 확인할 것", "  - 접수 기간, 대상 업종을 알 수 없어 확인 필요"]),
        (
            "en",
            [
                "To be checked for each of them",
                "  - the application window, the industries it is open to are not known",
            ],
        ),
    ],
)
def test_what_is_to_be_checked_for_all_is_said_once(
    language: Language, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (replace(each, reasons=()) for each in ANSWER.recommendations)
    both = replace(first, checks=UNKNOWN), replace(second, checks=(UNKNOWN[0], UNKNOWN[2]))
    show_answer(replace(ANSWER, recommendations=both), language=language)
    out = capsys.readouterr().out
    assert "\n".join(lines) in out
    own = getattr(UNKNOWN[1], language)
    assert "".join(own.split()) in "".join(out.split())
    assert out.count("알 수 없어" if language == "ko" else "application window") == 1


@pytest.mark.parametrize(("language", "told"), [("ko", "공고와 신청 방법"), ("en", "Notices, and how to apply")])
def test_where_to_apply_is_shown_whole(language: Language, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://www.bizinfo.go.kr/sii/siia/selectSIIA200Detail.do?pblancId=PBLN_000000000120541"
    first = replace(ANSWER.recommendations[0], url=url)
    show_answer(replace(ANSWER, recommendations=(first,)), language=language)
    assert f"{told}\n  1. {url}\n" in capsys.readouterr().out


def test_an_empty_list_is_told_by_its_note_alone(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = Wording("조건에 맞는 결과가 없습니다. 조건마다 제외한 수(겹침 포함): 접수 기간 8.", "Nothing.")
    show_answer(replace(ANSWER, recommendations=(), excluded={"window": 8}, notes=(nothing,)), language="ko")
    out = capsys.readouterr().out
    assert nothing.ko in out.replace("\n", " ")
    assert out.count("접수 기간") == 1
