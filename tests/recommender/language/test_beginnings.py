"""A business of any trade began on the day that a verb of beginning has, unless it is another's or one more."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

_TODAY = date(2026, 3, 2)
Day = tuple[int, int, int]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015년 6월에 정선 북평면에 글램핑을 열었습니다", (2015, 6, 1), (2015, 6, 30)),
        ("2019년에 통영에서 카약 대여를 시작했습니다", (2019, 1, 1), (2019, 12, 31)),
        ("작년 9월에 퇴사하고 작은 향수 스튜디오를 차렸어요", (2025, 9, 1), (2025, 9, 30)),
        ("4년 전에 강릉 안목에 게스트하우스를 오픈했어요", (2022, 1, 1), (2022, 12, 31)),
        ("2013년 3월 개원인데 요즘이 제일 어렵네요", (2013, 3, 1), (2013, 3, 31)),
        ("2012년에 대전에서 설립했다가 2018년에 청주로 이전했습니다", (2012, 1, 1), (2012, 12, 31)),
        ("군산 나운동 이발소, 31년째 혼자 합니다", (1995, 3, 3), (1996, 12, 31)),
        ("작은 빵집 하고 있어요, 연희동에서요. 6년차인데 오븐이 낡았어요", (2020, 3, 3), (2021, 12, 31)),
        ("올해로 14년째 마씸", (2012, 3, 3), (2013, 12, 31)),
        ("내 이름으로 헌 것은 2014년부텀이여", (2014, 1, 1), (2014, 12, 31)),
        ("My sister and I opened a flower studio in Yangnim-dong, Gwangju in May 2022.", (2022, 5, 1), (2022, 5, 31)),
        ("2020년에 incorporation 했고 서울에 있습니다", (2020, 1, 1), (2020, 12, 31)),
    ],
)
def test_a_business_of_any_trade_began_on_the_day_of_the_verb(text: str, first: Day, last: Day) -> None:
    assert read_text(text, _TODAY).founded == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "2019년에 라이브 방송을 시작했습니다",
        "2019년에 처음으로 직영 매장을 열었습니다",
        "2019년에 빚을 갚기 시작했습니다",
        "요양사로 일합니다. 9년차예요",
        "직장 생활 해요. 8년차인데 고민입니다",
        "2019년에 어머니가 속초에 민박을 열었습니다",
        "2019년에 동생이 게스트하우스를 차렸어요",
        "2019년에 제주에 두번째 글램핑을 열었습니다",
        "과수원을 하고 있고, 2019년에 글램핑을 열었습니다",
        "2019년에 해외 판매를 시작했습니다",
        "2019년에 온라인 클래스를 열었습니다",
        "2019년에 요가원을 열었다가 접었습니다",
        "2019년에 글램핑을 열었나요?",
        "거래처는 2019년에 글램핑을 열었습니다",
        "2019년에 밭 옆에 작은 글램핑을 열었습니다",
        "79년에 할아버지가 세우신 공장이고 법인은 2004년에 냈습니다",
        "We launched a new product in Seoul, Korea in May 2022.",
        "저는 개발자예요. 회사를 다녀요. 6년차인데 고민입니다",
    ],
)
def test_what_began_besides_or_of_another_is_no_founding(text: str) -> None:
    assert read_text(text, _TODAY).founded is None


@pytest.mark.parametrize(
    "text",
    [
        "내년에 회사를 그만두고 수선집을 차리려고 준비하고 있습니다",
        "I am planning to open a guesthouse in Sokcho this autumn",
    ],
)
def test_who_prepares_to_open_a_business_has_none_yet(text: str) -> None:
    assert read_text(text, _TODAY).yet_to_found
