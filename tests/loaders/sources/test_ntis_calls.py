"""Tests of the source ``ntis-calls``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from loaders.fields import Fields
from loaders.samples import FOLDER
from loaders.sources.ntis_calls import transform
from tests.loaders.contract import LoaderContract


class TestNtisCalls(LoaderContract):
    """The contract on its sample."""

    source = "ntis-calls"
    spoil: ClassVar = {"title": " ", "deadline_utc": "내일", "budgetAmount": "-3"}

    def valid_file(self) -> Path:
        return FOLDER / "ntis_calls.csv"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2025년도 배터리 분야 신규과제 공고", "2025년도 배터리 분야 신규과제 공고"),
        ("2025년 3차공모_(2025)밀2모작기술개발", "밀2모작기술개발 (2025년 3차공모)"),
        ("(양자 부문) 신규과제 공고 _(2025)(양자 부문) 신규과제 공고", "(양자 부문) 신규과제 공고"),
        ("1차 신규과제 공고_(2025)1차 신규과제 공고(카르노)", "1차 신규과제 공고(카르노)"),
        ("2025년도 바이오 사업 공모_(2025)2025년 바이오사업 공모", "2025년도 바이오 사업 공모"),
        ("시행 재공고_재공고_(2025)시행 재공고", "시행 재공고_재공고"),
    ],
)
def test_a_part_of_a_call_comes_before_the_call_and_is_said_once(written: str, title: str) -> None:
    row = {"roRndUid": "1", "title": written, "publishedAt_utc": "", "deadline_utc": ""}
    assert transform(Fields(row)).records[0].values["title"] == title
