"""Which conditions of a result an asker is told to meet."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.knowledge.profile import Profile
from recommender.reasons.fitness import fitting
from tests.recommender.rules.judging import judge
from tests.recommender.small_graph import goyang

VENTURE = Profile("드론", certificates=("벤처기업",))
SMALL = Profile("카페", revenue_krw=1e8)


def named(title: str, asker: Profile) -> list[str]:
    graph = goyang()
    graph.node("Program", "P", title=title, targets=["individual"])
    decisions, _ = judge(graph, "programs", asker, "Program:P", date(2026, 3, 2))
    return [shared.said.ko for shared in fitting(decisions, (0, 0)) if shared.attribute.startswith("kind=")]


@pytest.mark.parametrize(
    "title", ["2026년 벤처기업 육성사업", "벤처기업·소상공인 박람회", "(벤처기업) 보증", "벤처기업지원 신청"]
)
def test_a_kind_that_a_title_names_is_told(title: str) -> None:
    assert named(title, VENTURE) == ["제목의 ‘벤처기업’에 해당(인증 벤처기업)"]


@pytest.mark.parametrize(
    ("title", "asker"),
    [
        ("2026년 중소벤처기업부 소상공인 정책자금 융자사업 변경 공고", VENTURE),
        ("중소벤처기업진흥공단 연수", VENTURE),
        ("벤처기업협회 회원사 모집", VENTURE),
        ("연구소기업 육성", SMALL),
        ("여성기업종합지원센터 입주 모집", Profile("카페", certificates=("여성기업",))),
        ("예비사회적기업 모집", Profile("카페", certificates=("사회적경제기업",))),
    ],
)
def test_a_kind_within_another_name_is_no_reason(title: str, asker: Profile) -> None:
    assert named(title, asker) == []


def test_the_longer_of_two_kinds_is_the_one_named() -> None:
    (said,) = named("2026년 중소기업 정책자금", SMALL)
    assert said.startswith("제목의 ‘중소기업’에 해당")
