"""Names acts, decrees and notices with their articles in English: 제6조 제2항 제10호 is Article 6 (2) no. 10."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_AUTHORITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "중소기업기본법": "Framework Act on Small and Medium Enterprises",
        "중소기업기본법 시행령": "Decree of the Framework Act on Small and Medium Enterprises",
        "소상공인기본법": "Framework Act on Micro Enterprises",
        "소상공인기본법 시행령": "Decree of the Framework Act on Micro Enterprises",
        "중소기업창업 지원법": "Support for Small and Medium Enterprise Establishment Act",
        "중소기업 기술혁신 촉진법": "Act on the Promotion of Technology Innovation of Small and Medium Enterprises",
        "벤처기업육성에 관한 특별법": "Special Act on the Promotion of Venture Businesses",
        "벤처기업육성에 관한 특별법 시행령": "Decree of the Special Act on the Promotion of Venture Businesses",
        "여성기업지원에 관한 법률": "Act on Support for Female-Owned Businesses",
        "장애인기업활동 촉진법": "Act on the Facilitation of Entrepreneurial Activities of Persons with Disabilities",
        "사회적기업 육성법": "Social Enterprise Promotion Act",
        "기업부설연구소등의 연구개발 지원에 관한 법률": "Act on Support for Research by Corporate Laboratories",
        "산업집적활성화 및 공장설립에 관한 법률": "Industrial Cluster Development and Factory Establishment Act",
        "산업집적활성화 및 공장설립에 관한 법률 시행령": (
            "Decree of the Industrial Cluster Development and Factory Establishment Act"
        ),
        "고양시 고시(산업단지 밖 지식산업센터)": "notice of Goyang on centres outside industrial complexes",
        "민원 처리에 관한 법률": "Civil Petitions Treatment Act",
        "민원 처리에 관한 법률 시행령": "Decree of the Civil Petitions Treatment Act",
        "공휴일에 관한 법률": "Public Holidays Act",
        "소상공인 정책자금 융자계획": "loan plan of the policy fund for micro enterprises",
        "중소기업 정책자금 융자계획": "loan plan of the policy fund for small and medium enterprises",
        "지역신용보증재단": "regional credit guarantee foundations",
    }
)
_ITEMS: Final = "가나다라마바사아자차카타파하"


def _numbered(before: str, after: str = "") -> Callable[[re.Match[str]], str]:
    def worded(match: re.Match[str]) -> str:
        return before + "-".join(filter(None, match.groups())) + after

    return worded


_PARTS: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"산업집적법 시행령"), "Decree"),
    (re.compile(r"시행령"), "Decree"),
    (re.compile(r"법(?= 제)"), "Act"),
    (re.compile(r"제(\d+)조(?:의(\d+))?"), _numbered("Article ")),
    (re.compile(r"제(\d+)항"), _numbered("(", ")")),
    (re.compile(r"제(\d+)호"), _numbered("no. ")),
    (re.compile(rf"([{_ITEMS}])목"), lambda match: f"({chr(ord('a') + _ITEMS.index(match[1]))})"),
    (re.compile(r"별표 (\d+)"), _numbered("Table ")),
    (re.compile(r" 융자 제외 대상 업종"), ", industries left out"),
    (re.compile(r"보증제한업종|지원 제외 업종"), "industries left out"),
    (re.compile(r"단서"), "proviso"),
)


def in_english(authority: str, article: str) -> str:
    """Return the English name of an authority with its article; what has none keeps its own."""
    for pattern, words in _PARTS:
        article = pattern.sub(words, article)
    return ", ".join(filter(None, (_AUTHORITIES.get(authority, authority), article)))
