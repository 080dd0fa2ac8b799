"""Which body the name of a public body means: by its head, as a unit, by its province."""

from __future__ import annotations

import pytest

from loaders.resolve.bodies import head_of_unit, in_short, meant_by


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("(재)인천테크노파크원장", "인천테크노파크"),
        ("인천테크노파크 원장", "인천테크노파크"),
        ("한국환경산업기술원장", "한국환경산업기술원"),
        ("(재)부산창조경제혁신센터 대표이사", "부산창조경제혁신센터"),
        ("신용보증기금 이사장", "신용보증기금"),
        ("중소벤처기업부장관", "중소벤처기업부"),
        ("중소벤처기업부 장관", "중소벤처기업부"),
        ("서울바이오허브 센터장", "서울바이오허브"),
        ("충북지식재산센터장", "충북지식재산센터"),
        ("탄소중립녹색성장위원장", "탄소중립녹색성장위원회"),
        ("(주)스파크랩", "스파크랩"),
        ("(유)제피러스랩", "제피러스랩"),
    ],
)
def test_the_head_of_a_body_and_the_legal_form_of_a_firm_mean_the_body(name: str, body: str) -> None:
    assert body in meant_by(name)


@pytest.mark.parametrize(
    "name", ["광명시장", "두레공장", "경기도주식회사", "홍길동 원장", "서울특별시 센터장", "(주)케이", "서울시 단장"]
)
def test_markets_persons_places_and_a_company_called_after_a_province_mean_no_other_body(name: str) -> None:
    """경기도주식회사 is a company that the province owns."""
    assert not {"광명시", "두레", "경기도", "홍길동", "서울특별시", "케이", "서울시"} & set(meant_by(name))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("서울시립대학교창업보육센터", "서울시립대학교"),
        ("국민대학교 글로벌창업대학원", "국민대학교"),
        ("단국대학교 생명공학창업보육센터장", "단국대학교"),
        ("한성대 벤처창업지원센터", "한성대학교"),
        ("숭실대학교 캠퍼스타운사업단", "숭실대학교"),
        ("(사)한국엔젤투자협회 동남권 엔젤투자허브", "한국엔젤투자협회"),
        ("한국전력공사 강소특구 육성사업단장", "한국전력공사"),
        ("근로복지공단 인재개발원", "근로복지공단"),
        ("KAIST 창업원 창업지원센터", "kaist"),
    ],
)
def test_a_unit_bears_the_name_of_its_head(name: str, head: str) -> None:
    assert head_of_unit(name) == head


@pytest.mark.parametrize(
    "name",
    [
        "단국대학교 천안캠퍼스 산학협력단",
        "한양대학교ERICA 창업보육센터",
        "고려대학교 세종창업지원센터",
        "부산대학교병원",
        "충남대학교기술지주(주)",
        "한국과학기술원 부설 나노종합기술센터",
        "강동구 청년해냄센터",
        "대구광역시 청년센터",
        "전남광주통합특별시 북구청",
        "남서울대학교",
        "한국능률협회컨설팅",
        "서울대입구 창업센터",
    ],
)
def test_campuses_hospitals_holdings_and_what_a_city_owns_are_no_units(name: str) -> None:
    assert head_of_unit(name) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("경상북도경제진흥원", "경북경제진흥원"),
        ("전라북도콘텐츠융합진흥원", "전북콘텐츠융합진흥원"),
        ("전북특별자치도콘텐츠융합진흥원", "전북콘텐츠융합진흥원"),
        ("강원도경제진흥원", "강원경제진흥원"),
        ("전라남도", "전라남도"),
        ("전라남도립대학교", "전라남도립대학교"),
        ("경기도(주)", "경기도(주)"),
        ("광주시상권활성화재단", "광주시상권활성화재단"),
    ],
)
def test_a_province_is_in_short_at_the_beginning_of_the_name_of_its_body(name: str, short: str) -> None:
    """A city that is called as a province in short, 광주시 in 경기도, is another place."""
    assert in_short(name) == short
