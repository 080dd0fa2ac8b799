"""Tests of industries in a target's words, beside those that the register lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import industries
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.passages import Passage
from loaders.eligibility.trades import read_trades

MADE = AdmittedIndustries(every=False, divisions=industries.divisions("C"))
ALL = AdmittedIndustries(every=True)


def read(text: str, listed: AdmittedIndustries | None = None, title: str = "공고") -> tuple[AdmittedIndustries, bool]:
    chosen, found = read_trades(Passage("summary", 0, text), listed or AdmittedIndustries(), Passage("title", 0, title))
    return chosen, found is not None and found.unread


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("상주시에 소재한 제조 중견ㆍ중소기업", industries.divisions("C")),
        ("칠곡군 소재 중소기업(제조업)", industries.divisions("C")),
        ("포천지역 가구제조업(C32) 소공인", ("32",)),
        ("제조업종(C10~C12, C32)을 영위하는 소공인", ("10", "11", "12", "32")),
        ("국내 출판사", ("581",)),
        ("등록된 여행사", ("752",)),
        ("국내 영상물(영화ㆍ드라마ㆍ예능ㆍ다큐) 제작사", ("59",)),
        ("영상 콘텐츠 제작사", ("59",)),
        ("국내 독립예술영화 제작사 또는 연출자", ("59",)),
        ("경남 소재 SW기업", industries.divisions("J")),
        ("시 관내 중소ㆍ제조기업", industries.divisions("C")),
        ("공장을 둔 중소(제조)업체", industries.divisions("C")),
        ("군내에서 음식점을 하는 소상공인", ("56",)),
        ("관내 음식점 및 숙박업소", ("55", "56")),
        ("관내 이ㆍ미용업소, 세탁업소", ("96",)),
        ("우리 구의 지역서점", ("47",)),
        ("화물자동차 운송사업자", ("49",)),
        ("출판사 또는 출판 관련 비영리단체", ("581",)),
        ("다큐멘터리 연출자 또는 그와 계약한 제작사", ("59",)),
        ("국내 제조기업 - 도입기업과 공급기업 간 컨소시엄을 구성", industries.divisions("C")),
        ("방송채널사용사업자 또는 방송영상독립제작사", ("59", "60")),
    ],
)
def test_trades_that_are_clear(text: str, codes: tuple[str, ...]) -> None:
    assert read(text) == (AdmittedIndustries(every=False, divisions=codes), False)


@pytest.mark.parametrize(
    "text",
    [
        "중소제조 및 유통기업",
        "창업 7년 이내 제조업 및 지식기반서비스업",
        "제조업을 제외한 소상인",
        "자동차부품 기업, 관세피해 기업 - 보호차체 제조기업",
        "제조기업과 디자인기업의 컨소시엄",
        "대구지역 모빌리티 기업",
        "주력산업 분야 KSIC 코드 보유 기업",
        "국내 팹리스 전문 중소기업",
        "3D프린팅 기술을 활용하여 제작한 제품을 출시한 기업",
        "비용을 지원할 필요성이 인정되는 핀테크 기업",
        "참가를 희망하는 기업 - 전시품목 : 화장품",
        "공예 분야 예비창업자",
        "도자기 관련 창업을 준비하는 사람",
        "양자 기술을 보유한 국내 기업",
        "풍력 기술을 가진 스타트업",
        "시에 있는 뿌리기업",
        "가방 완제품과 부품 등 관련업종",
        "조선산업 전ㆍ후방 연관 제품을 만드는 제조기업",
        "공예품을 활용한 상품을 만드는 업체",
        "게임의 기획, 개발, 배급과 관련하여 수출을 바라는 국내기업",
        "AI 상담원 서비스 개발이 가능한 기업",
        "7년 이내 콘텐츠 스타트업",
        "업력 3년 이상 기업 - 모집분야 : 전자, 화학",
        "국내 뮤지션 및 기획사",
        "웹툰업 신고를 마친 자",
        "도내에 공장이 있는 물기업",
        "‘업종별 지원대상’에 해당하는 기업",
        "양식장을 고치려는 어업인",
        "도내 중소기업 - 단, 이노비즈는 제조업에 한함",
        "소상공인(제조업 10인 미만, 그 밖 5인 미만)",
        "군수품의 제조와 연구개발을 하는 기업",
        "생활용품 제조기업, 농산물 직접생산자",
        "② 전략산업 분야 중심 업종",
        "게임 개발사",
        "농업회사법인 및 영농조합",
        "광고대행사",
    ],
)
def test_words_that_only_narrow_are_left_to_people(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), True)


@pytest.mark.parametrize(
    "text",
    [
        "전통주 제조업체",
        "의료기기 관련 제조기업",
        "신발 소재ㆍ부품 제조업을 영위하는 중소기업",
        "중소 제조기업 - (신청분야) 미용",
    ],
)
def test_makers_of_something_are_makers_and_to_be_checked(text: str) -> None:
    assert read(text) == (MADE, True)


def test_codes_of_which_a_part_is_kept_out_are_read_and_to_be_checked() -> None:
    text = "「도매업(G46)」 및 「음식점업(I56)」, 다만 주점업(I5621)은 제외"
    assert read(text) == (AdmittedIndustries(every=False, divisions=("46", "56")), True)


def test_a_list_of_everything_is_narrowed_and_to_be_checked() -> None:
    assert read("대구지역 중소 수출 제조기업", ALL) == (MADE, True)


def test_a_narrower_list_stands_and_is_doubtful_where_the_text_narrows_it_further() -> None:
    assert read("광주 소재 제조기업", MADE) == (MADE, False)
    assert read("자동차 산업 연관 기업", MADE) == (MADE, True)
    wider = AdmittedIndustries(every=False, divisions=("10", "36", *industries.divisions("C")[1:]))
    assert read("공장 등록된 중ㆍ소 제조업체", wider) == (wider, True)
    assert read("매출액 300억원 미만의 중소기업(제조ㆍ비제조업)", wider) == (wider, False)


def test_a_field_in_the_title_is_left_to_people_where_nothing_else_tells() -> None:
    assert read("수출유망 중소기업", title="K-소비재 유통망 입점 사업 공고") == (AdmittedIndustries(), True)
    assert read("수출유망 중소기업", ALL, title="K-소비재 유통망 입점 사업 공고") == (ALL, False)


def test_trades_that_are_left_out_or_that_the_purpose_means_are_left_to_people() -> None:
    anyone, title = Passage("summary", 9, "서울 소재 기업"), Passage("title", 0, "공고")
    none = AdmittedIndustries()
    barred = read_trades(anyone, none, title, left_out=Passage("target_text", 3, "음식점 등 제외 업종"))[1]
    meant = read_trades(anyone, none, title, purpose=Passage("summary", 0, "제조업 중소기업을 대상으로 합니다"))[1]
    field = read_trades(anyone, none, title, purpose=Passage("summary", 0, "환경산업 분야 창업을 북돋우고자 합니다"))[1]
    silent = read_trades(anyone, none, title, Passage("target_text", 3, "체납자"), Passage("summary", 0, "사업입니다"))

    assert barred is not None
    assert barred.unread
    assert meant is not None
    assert meant.unread
    assert field is not None
    assert field.unread
    assert silent == (none, None)


PURSUED = ("{name}을 영위하는 중소기업", "{name} 영위 기업", "{name}에 해당하는 기업", "{name}({letter})을 영위하는 자")
SECTIONS = {
    "정보통신업": "J",
    "전문, 과학 및 기술 서비스업": "M",
    "전문ㆍ과학ㆍ기술 서비스업": "M",
    "전문 과학 및 기술서비스업": "M",
    "운수 및 창고업": "H",
    "도매 및 소매업": "G",
    "숙박 및 음식점업": "I",
    "예술, 스포츠 및 여가관련 서비스업": "R",
    "제조업": "C",
    "건설업": "F",
    "광업": "B",
}
DIVISIONS = {
    "식료품 제조업": "10",
    "화학물질 및 화학제품 제조업": "20",
    "가구 제조업": "32",
    "출판업": "58",
    "농업": "01",
}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *(
            (wording.format(name=name, letter=letter), industries.divisions(letter))
            for wording in PURSUED
            for name, letter in SECTIONS.items()
        ),
        *(
            (wording.format(name=name, letter=""), (code,))
            for wording in PURSUED[:3]
            for name, code in DIVISIONS.items()
        ),
        ("제조업(C) 또는 정보통신업(J) 기업", (*industries.divisions("C"), *industries.divisions("J"))),
        ("제조업, 건설업을 영위하는 기업", (*industries.divisions("C"), *industries.divisions("F"))),
        ("정보통신업 또는 광업을 영위하는 기업", (*industries.divisions("B"), *industries.divisions("J"))),
    ],
)
def test_names_and_letters_of_the_classification_are_read(text: str, codes: tuple[str, ...]) -> None:
    assert read(text) == (AdmittedIndustries(every=False, divisions=codes), False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            wording.format(name=name, letter="가")
            for wording in PURSUED
            for name in ("물류대행업", "지식기반서비스업", "조선업", "운수업, 창고업", "로봇산업")
        ),
        "정보통신업, 물류대행업 영위",
        "물류대행업, 정보통신업 영위",
        "제조업을 영위하는 기업 또는 물류대행업을 영위하는 기업",
        "제조업(C), 물류대행업 영위",
        "정보통신업 제외",
        "정보통신업을 제외한 중소기업",
    ],
)
def test_a_trade_that_is_pursued_and_not_known_is_left_to_people(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), True)


@pytest.mark.parametrize(
    "text", ["사업을 영위하는 중소기업", "중소기업에 해당하는 자", "폐업에 해당하지 않는 자", "창업에 해당하는 기업"]
)
def test_a_business_without_a_trade_asks_for_none(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), False)


def test_each_name_of_the_classification_is_known_as_it_is_written() -> None:
    pattern, names = industries.named_in_text()
    for code, (_, name, _) in industries.table().items():
        own = name.partition(";")[0]
        if industries.letters(own) in names:
            found = pattern.search(f"{own}을 영위")
            assert found is not None
            assert industries.section_of(names[industries.letters(found[0])]) == industries.section_of(code)


def test_no_limit_in_so_many_words() -> None:
    assert read("업종 제한 없음") == (ALL, False)
    assert read("전 산업 분야의 기업") == (ALL, False)
    assert read("- 모집분야 : 기계, 바이오 등 전 기술분야") == (ALL, False)


def test_all_trades_but_some_are_to_be_checked() -> None:
    assert read("도소매업을 제외한 전 업종") == (ALL, True)


def test_a_field_of_information_technology_is_read_and_to_be_checked() -> None:
    assert read("ICT 분야 중소ㆍ벤처 기업") == (read("ICT 중소기업")[0], True)
    assert read("SW 분야 중소기업") == (read("SW 중소기업")[0], False)


@pytest.mark.parametrize(
    "text",
    [
        "중소기업",
        "제조물책임(PL)보험 가입 기업",
        "제조업무를 하는 사람",
        "혁신 기술을 보유한 기업",
        "관내에 소재한 중소기업",
        "AI 솔루션 도입을 희망하는 중소기업",
        "근로환경 개선이 필요한 중소기업",
        "창업 7년 이내 기업(신산업 분야는 10년 이내)",
        "국내 유통 채널에 들어가려는 기업",
        "국제물류비가 발생한 기업",
        "로컬 분야 창업자",
        "",
        "국가기술개발사업을 마친 중소기업",
    ],
)
def test_text_without_a_trade_says_nothing(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), False)


@given(st.text(max_size=80))
def test_any_text_gives_codes_that_exist(text: str) -> None:
    assert set(read(text)[0].divisions) <= set(industries.table())
