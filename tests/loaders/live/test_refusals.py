"""Tests of what error codes mean: the reason in both languages, and the remedy."""

from __future__ import annotations

import pytest

from graph_schema.wording import Wording
from loaders.refusals import RefusedError, UnavailableError, reason_of, refusal

TITLE = ("등록기관", "register")


@pytest.mark.parametrize(
    ("family", "code", "text", "ko", "en"),
    [
        ("data_go_kr", "30", "", "등록되지 않은 인증키", "takes up to a day"),
        ("data_go_kr", "31", "", "사용 기한이 지났", "extend it"),
        ("data_go_kr", "20", "", "활용신청", "apply for this service"),
        ("data_go_kr", "21", "", "일시적으로 사용할 수 없는", "tomorrow"),
        ("data_go_kr", "22", "", "하루 요청 한도", "tomorrow"),
        ("data_go_kr", "32", "", "IP 주소", "register this server's IP"),
        ("data_go_kr", "10", "", "요청 변수", "check --since"),
        ("data_go_kr", "12", "", "폐기된", "update Dure"),
        ("data_go_kr", "33", "", "등록되지 않은 인증키", "check the key"),
        ("data_go_kr", "", "SERVICE KEY IS NOT REGISTERED ERROR.", "등록되지 않은 인증키", "check the key"),
        ("data_go_kr", "77", "모르는 오류", "오류로 답했습니다 (모르는 오류)", "check the key and the parameters"),
        ("odcloud", "-401", "", "등록되지 않은 인증키", "check the key"),
        ("odcloud", "-4", "", "등록되지 않은 인증키", "check the key"),
        ("odcloud", "-10", "", "하루 요청 한도", "tomorrow"),
        ("odcloud", "TOO_LARGE_REQUEST", "", "100건", "100 numbers"),
        ("odcloud", "BAD_JSON_REQUEST", "", "요청 변수", "parameter"),
        ("words", "", "인증키를 입력해주세요.", "등록되지 않은 인증키", "check the key"),
        ("words", "", "등록되지 않은 IP 입니다.", "IP 주소", "register this server's IP"),
        ("words", "", "인증키 사용기간이 만료되었습니다.", "사용 기한", "extend it"),
    ],
)
def test_a_code_is_told_in_both_languages_with_its_remedy(family: str, code: str, text: str, ko: str, en: str) -> None:
    error = refusal(TITLE, reason_of(family, code, text), Wording(text, text))
    korean, english = error.wording

    assert isinstance(error, RefusedError)
    assert ko in korean
    assert en in english


@pytest.mark.parametrize(
    ("family", "code"),
    [("data_go_kr", "01"), ("data_go_kr", "5"), ("data_go_kr", "23"), ("odcloud", "-1"), ("odcloud", "INTERNAL_ERROR")],
)
def test_what_passes_is_tried_again(family: str, code: str) -> None:
    assert isinstance(refusal(TITLE, reason_of(family, code, "")), UnavailableError)
