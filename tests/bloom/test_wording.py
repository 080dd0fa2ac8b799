"""Why no perspective is written is told in Korean as well as in English."""

from __future__ import annotations

import pytest

from bloom.trial import TrialOutcome, _plan_fault, require_sound
from graph_schema.errors import ValidationError
from graph_schema.wording import Wording
from stores.bolt_trial import Plan

NO_INDEX = Wording("색인을 쓰지 않습니다", "it uses no index")


@pytest.mark.parametrize(
    ("slow", "korean"),
    [
        (
            False,
            (
                "퍼스펙티브를 쓰지 않았습니다: phrase='기업': 색인을 쓰지 않습니다; 저장소를 적재하고 `dure migrate`를 "
                "실행하거나, bloom/phrases.py 또는 bloom/actions.py에서 고치십시오"
            ),
        ),
        (
            True,
            (
                "퍼스펙티브를 쓰지 않았습니다: phrase='기업': 색인을 쓰지 않습니다; 서버가 바쁘지 않을 때 다시 "
                "내보내거나, --most-seconds를 높여 그대로 받아들이십시오"
            ),
        ),
    ],
)
def test_a_refusal_says_in_korean_what_to_do(slow: bool, korean: str) -> None:  # noqa: FBT001 - a case of the test
    with pytest.raises(
        ValidationError, match="the perspective is not written: phrase='기업': it uses no index"
    ) as told:
        require_sound([TrialOutcome("phrase", "기업", 0, 0, (), NO_INDEX, slow)])
    assert told.value.in_language("ko") == korean


def test_a_query_that_reads_too_much_is_named_without_a_particle() -> None:
    fault = _plan_fault(Plan(indexes=(), scans=("n:Company",)), {"Company": 1_000_000}, asks_index=True)
    assert fault is not None
    assert fault.ko.startswith("n:Company: 모두 읽는 질의입니다. ")
