"""Neighbourhoods (읍, 면, 동) and quarters by the names that people give, and the districts that they are in."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "neighbourhoods.csv"
"""Codes of the districts and the names of their neighbourhoods, of 2023: boundaries of the National Geographic
Information Institute through data.go.kr, as ``docs/sources.md`` says."""
_SHORTEST_STEM: Final = 2
"""Syllables of a neighbourhood's name without its 동, 읍 or 면."""
_SURE_STEM: Final = 3
"""Syllables of a stem that is no other word either: 노량진, 이태원."""
_SURE_NAME: Final = 3
"""Syllables of a name that is no other word either: 면목동, but 이동, 중동, 노동."""
_KIND: Final = re.compile(r"[동읍면]$")
QUARTERS: Final = {
    name: code
    for code, names in {
        "11110": "인사동 광화문 대학로 북촌 서촌 익선동",
        "11140": "명동 남대문시장 방산시장 동대문디자인플라자",
        "11170": "경리단길 용산전자상가 해방촌",
        "11200": "성수동",
        "11215": "건대입구",
        "11230": "경동시장 청량리",
        "11440": "상암동 망원동 홍대 합정 연남동 상수동",
        "11500": "마곡 마곡지구",
        "11530": "구로디지털단지",
        "11545": "가산디지털단지 가디단",
        "11560": "여의도 문래동 영등포시장",
        "11590": "노량진",
        "11680": "가로수길 압구정 테헤란로 강남역 삼성역 역삼역 선릉역",
        "11710": "잠실 가락시장",
        "26350": "센텀시티 센텀",
        "26440": "녹산공단 녹산산단 명지국제신도시",
        "26500": "광안리",
        "26530": "사상공단",
        "27110": "동성로",
        "27290": "성서공단 성서산단",
        "28185": "송도국제도시 송도신도시",
        "28200": "남동공단 남동산단 남동인더스파크",
        "28260": "청라국제도시",
        "29200": "하남산단",
        "31710": "온산공단 온산산단",
        "41135": "판교 판교테크노밸리",
        "41170": "평촌신도시",
        "41281": "행신동 원흥동 원흥지구 삼송동 삼송지구 지축동 지축지구 향동동 토당동 벽제동 관산동",
        "41285": "마두동 정발산동 식사동 설문동",
        "41287": "주엽동 탄현동 덕이동",
        "41410": "산본신도시",
        "41450": "미사지구 미사강변도시",
        "41480": "운정신도시 파주출판단지 파주출판도시",
        "41590": "동탄 동탄신도시 향남",
        "46830": "대불산단",
    }.items()
    for name in names.split()
}
"""Quarters, estates and stations that people name and that the table of law does not have, no other of the country
bearing the name; texts name them without their town."""


@cache
def neighbourhoods() -> dict[str, frozenset[str]]:
    """Return the codes of the districts by each form of their neighbourhoods' names: 면목동; 애월읍, 애월."""
    named: dict[str, set[str]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["names"].split():
                for form in {name, _KIND.sub("", name)}:
                    if len(form) >= _SHORTEST_STEM:
                        named.setdefault(form, set()).add(row["code"])
    return {form: frozenset(codes) for form, codes in named.items()} | {
        name: frozenset({code}) for name, code in QUARTERS.items()
    }


@cache
def told_alone() -> frozenset[str]:
    """Return the forms that are no other words, so that they are places without a town before them."""
    return frozenset(
        form
        for form, codes in neighbourhoods().items()
        if len(codes) == 1 and (form in QUARTERS or len(form) >= (_SURE_NAME if form[-1] in "동읍면로" else _SURE_STEM))
    )
