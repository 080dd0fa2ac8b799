"""Notes on a folder in Korean; reading the folder gives them in English, as the command line does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from recommender.report.both import Both

_GIVEN_AWAY: Final = r"(?P<given>\d+) of its (?P<of>\d+) test triples stand in train that way"
_GIVEN_AWAY_KO: Final = r"시험 트리플 \g<of>개 중 \g<given>개가 그렇게 train에 있습니다"
_AGREE: Final = r"in (?P<n>\d+) of (?P<m>\d+) training triples"
_NO_REFIT: Final = "does not hold for triples, which are learned from train while valid tunes; write 'train'"
_KOREAN: Final[Mapping[str, str]] = {
    r"dataset\.toml: (.+) is not known and was left aside": r"dataset.toml: 모르는 키여서 읽지 않았습니다: \1",
    rf"dataset\.toml: (.+) {_NO_REFIT}": (
        r"dataset.toml: 트리플에는 맞지 않는 값입니다: \1. 트리플은 train으로 배우고 valid로 조정합니다. 'train'으로 "
        "적으십시오"
    ),
    r"(.+): (\d+) columns without name and values were left aside": r"\1: 이름도 값도 없는 열 \2개를 뺐습니다",
    r"(.+): not known and left aside: (.+); known columns are (.+)": (
        r"\1: 모르는 열이어서 읽지 않았습니다: \2. 읽는 열: \3"
    ),
    r"(nodes/.+\.csv) is not there; its (\d+) nodes were taken from the edges": (
        r"\1: 파일이 없어 노드 \2개를 간선에서 가져왔습니다"
    ),
    rf"(.+) is the inverse of itself {_AGREE}; {_GIVEN_AWAY}": (
        rf"\1: 학습 트리플 \g<m>개 중 \g<n>개가 거꾸로도 있습니다. {_GIVEN_AWAY_KO}"
    ),
    rf"(.+) is (.+) inverted {_AGREE}; {_GIVEN_AWAY}": (
        rf"\1: 학습 트리플 \g<m>개 중 \g<n>개가 뒤집으면 \2에도 있습니다. {_GIVEN_AWAY_KO}"
    ),
    rf"(.+) is (.+) {_AGREE}; {_GIVEN_AWAY}": (
        rf"\1: 학습 트리플 \g<m>개 중 \g<n>개가 \2에도 있습니다. {_GIVEN_AWAY_KO}"
    ),
}
"""The Korean of each pattern of what ``knowledge.folder`` and ``bench.leak_checks`` say, the narrower ones first."""


def in_both(said: str) -> Both:
    """Return a note on a folder in both languages; as it is if not known."""
    found = ((re.fullmatch(pattern, said, re.DOTALL), korean) for pattern, korean in _KOREAN.items())
    return Both(next((match.expand(korean) for match, korean in found if match), said), said)
