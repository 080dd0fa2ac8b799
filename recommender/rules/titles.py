"""What the title of a notice lets expect where nothing else tells: the places, the year and the people it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.measure.arrays import Flags
from recommender.rules.candidates import Candidates
from recommender.snapshot.region_names import region_names
from recommender.snapshot.snapshot import Snapshot

_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?:년|\))")
_PROVINCE: Final = re.compile(r"(?:도|특별시|광역시|특별자치시|특별자치도)$")
_BEHIND_PROVINCE: Final = r"(?=[^가-힣]|$|[형시권]|도(?![가-힣])|지역|의료|창조|테크노|관광|특별|광역)"
"""A province's short name may begin another word (대전환); these follow it where it is the place."""
_SHORTEST_FULL: Final = 3
"""Syllables of 고양시; in shorter names the last one may be part of another word (다시, 부도)."""
_ALSO_A_WORD: Final = "경기"
"""경기 침체 is no place."""


_PEOPLE: Final = (
    (re.compile(r"장애인(?!\s?(?:고용|채용|인식|편의|의무|근로))"), re.compile("장애")),
    (re.compile(r"체육인"), re.compile("체육|선수")),
    (re.compile(r"북한이탈주민"), re.compile("북한|탈북")),
    (re.compile(r"제대군인"), re.compile("군인|전역")),
)
"""People of whom few run a company, as titles name them and as an asker would tell of itself."""
_IT: Final = (
    "소프트웨어|프로그램|플랫폼|게임|데이터|인공지능|정보통신|앱|어플|웹"
    r"|(?i:software|program|platform|data|(?<![a-z])(?:ai|it|ict|sw|app|web)(?![a-z]))"
)
"""How who makes software tells of it."""
_YOUNG: Final = "청년|젊은|MZ"
_OLD: Final = "고령|시니어|노인|어르신|중장년|신중년"
_DESCRIBED: Final = (
    (re.compile(r"(?:해양|수산|어업)(?:기업|인|업체)"), re.compile("해양|수산|어업|어선|양식|선박|조선|바다")),
    (re.compile("레미콘|콘크리트"), re.compile(r"레미콘|콘크리트|시멘트|골재|건자재|건축\s?자재|(?i:concrete|cement)")),
    (
        re.compile("뷰티|화장품"),
        re.compile("뷰티|화장품|미용|헤어|네일|피부|헬스|건강|의료|(?i:cosmetic|beauty|hair|skin|health)"),
    ),
    (
        re.compile(r"(?i:k-?food)|푸드|농?식품"),
        re.compile(
            "식품|음식|푸드|밀키트|반찬|김치|빵|제과|베이커리|떡|과자|간식|음료|커피|카페|식당|치킨|요리|농|수산|축산|전통주|양조"
            "|(?i:food|bak|restaurant|cafe|coffee|snack|drink|farm)"
        ),
    ),
    (
        re.compile("로봇|가전"),
        re.compile(
            "로봇|가전|전자|기계|기구|부품|센서|금형|제조|드론|자동화|인공지능|(?i:robot|applianc|electron|machin|sensor)"
        ),
    ),
    (
        re.compile("슬립테크|수면"),
        re.compile(rf"수면|슬립|침대|침구|매트리스|의료|헬스|건강|{_IT}|(?i:sleep|medic|health)"),
    ),
    (re.compile("의료기기"), re.compile("의료|진단|병원|의원|치과|헬스|재활|(?i:medic|health|diagnos|dental)")),
    (
        re.compile(r"바이오(?!매스)"),
        re.compile("바이오|의약|제약|생명|의료|진단|식품|화장품|미생물|(?i:bio|pharma|medic)"),
    ),
    (
        re.compile("패션|의류"),
        re.compile("패션|의류|옷|의상|봉제|섬유|원단|디자이너|신발|가방|(?i:fashion|cloth|apparel|textile)"),
    ),
    (re.compile("반도체"), re.compile("반도체|칩|팹리스|전자|회로|소자|(?i:semiconduct|chip|electron)")),
    (re.compile("관광|여행사"), re.compile("관광|여행|숙박|호텔|펜션|민박|(?i:tour|travel|hotel)")),
    (
        re.compile("가상융합|메타버스|(?<![A-Z])XR"),
        re.compile(rf"가상|버추얼|메타버스|게임|콘텐츠|영상|영화|{_IT}|(?i:virtual|[vax]r\b|film|video)"),
    ),
    (re.compile(r"소프트웨어\s(?:지식재산|기업)"), re.compile(_IT)),
    (
        re.compile(r"희망\s?리턴|재도전|재창업|재기"),
        re.compile(
            r"폐업|재창업|재도전|재기|다시|위기|줄[었어]|어렵|어려|힘들|적자|부진|빚|체납|연체"
            r"|(?:손님|단골|일감|주문|매출)\S{0,2}\s?(?:없|끊)"
        ),
    ),
    (re.compile(_OLD), re.compile(rf"(?s)^(?!.*(?:{_YOUNG}))|{_OLD}")),  # the old, where the young are spoken of alone
    (re.compile(_YOUNG), re.compile(rf"(?s)^(?!.*(?:{_OLD}))|{_YOUNG}")),
)
"""The same for trades and for a new start: who tells of itself in words would name its own.

Companies of the graph tell nothing of these in words.
"""


_Named = tuple[str, re.Pattern[str]]
"""People as a title names them, and how an asker would tell that it is one of them."""


class TitledPlaces(NamedTuple):
    """Of C candidates: the words that name places, empty where none do, and the regions meant, (C, regions)."""

    words: tuple[str, ...]
    regions: sparse.csr_array


def years_in_titles(candidates: Candidates) -> npt.NDArray[np.int64]:
    """Return the last year that each title names, (C,), 0 where it names none."""
    return candidates.once("years in titles", lambda: np.array([_last_year(str(t)) for t in candidates.texts("title")]))


def _last_year(title: str) -> int:
    return max(map(int, _YEAR.findall(title)), default=0)


def for_others(candidates: Candidates, words: str) -> Flags:
    """Return which titles name people of whom ``words`` of an asker tell nothing, (C,)."""
    found = np.zeros(len(candidates), dtype=bool)
    for candidate, named in _people_named(candidates, words).items():
        found[candidate] = bool(_unstated(named, words))
    return found


def people_in_title(candidates: Candidates, words: str, candidate: int) -> str:
    """Return the people that one title names, empty where there are none or ``words`` tell of them."""
    named = _people_named(candidates, words).get(candidate)
    return "" if named is None else _unstated(named, words)


def _people_named(candidates: Candidates, words: str) -> dict[int, _Named]:
    among = (*_PEOPLE, *_DESCRIBED) if words else _PEOPLE

    def read() -> dict[int, _Named]:
        found = ((at, _people(str(title), among)) for at, title in enumerate(candidates.texts("title")))
        return {at: named for at, named in found if named is not None}

    return candidates.once(("people in titles", among), read)


def _unstated(named: _Named, words: str) -> str:
    return "" if named[1].search(words) else named[0]


def _people(title: str, among: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]) -> _Named | None:
    return next(((match[0], own) for people, own in among if (match := people.search(title))), None)


def places_in_titles(candidates: Candidates) -> TitledPlaces:
    """Return the places that titles name; 광주 is two of them."""
    return candidates.once("places in titles", lambda: _places(candidates))


def _places(candidates: Candidates) -> TitledPlaces:
    snapshot = candidates.facts.snapshot
    named, vocabulary = region_names(snapshot), snapshot.vocabulary("Region")
    pattern = snapshot.derived("pattern of places in titles", lambda: _pattern(snapshot))
    words: list[str] = []
    rows: list[int] = []
    columns: list[int] = []
    for row, title in enumerate(candidates.texts("title")):
        found = dict.fromkeys(pattern.findall(str(title))) if pattern else {}
        words.append(", ".join(found))
        regions = {vocabulary.find(id_) for word in found for id_, _ in named[word]}
        columns += sorted(region for region in regions if region is not None)
        rows += [row] * (len(columns) - len(rows))
    shape = (len(candidates), len(vocabulary))
    return TitledPlaces(tuple(words), sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape))


def _pattern(snapshot: Snapshot) -> re.Pattern[str] | None:
    """Match provinces, full names of cities and districts, and short ones of cities; None where there are none."""
    named = region_names(snapshot)
    provinces = {form for form, regions in named.items() if any(_PROVINCE.search(name) for _, name in regions)}
    full = {form for form in named if re.search(r"[시군구도]$", form) and len(form) >= _SHORTEST_FULL}
    short = provinces - full - {_ALSO_A_WORD}
    cities = {form for form in named if f"{form}시" in named} - short - full - {_ALSO_A_WORD}
    kinds = [
        f"(?:{'|'.join(sorted(forms, key=lambda form: (-len(form), form)))}){behind}"
        for forms, behind in (
            (full, ""),
            (short, _BEHIND_PROVINCE),
            (cities, r"(?=[^가-힣]|$|역(?:[^가-힣]|지하|앞|세권))"),
        )
        if forms
    ]
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(kinds)})") if kinds else None
