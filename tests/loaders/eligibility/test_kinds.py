"""Tests of the kinds of support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import PROGRAM_KINDS
from loaders.eligibility.kinds import bizinfo_kind, kstartup_kind, notice_kind, titled_kind


@pytest.mark.parametrize(
    ("general", "detailed", "kind"),
    [
        (["금융"], ["융자"], "loan"),
        (["경영", "기술"], ["컨설팅", "공동기술개발"], "consulting"),
        (["인력"], ["교육/훈련/연수"], "education"),
        (["제도", "수출"], ["조세", "해외진출"], "export"),
        (["제도"], ["조세"], "other"),
        (["기술"], [], "rnd"),
        (["금융"], ["보험(수출+무역)"], "other"),
        (["경영", "내수"], ["디자인/상품화/사업화", "홍보지원"], "marketing"),
        (["기술", "경영"], ["기술정보제공", "컨설팅"], "consulting"),
        (["경영"], [], "other"),
        ([], [], None),
    ],
)
def test_the_second_level_tells_more_than_the_first(general: list[str], detailed: list[str], kind: str | None) -> None:
    assert bizinfo_kind(general, detailed) == kind


@pytest.mark.parametrize(
    ("general", "detailed", "benefit", "kind"),
    [
        (["경영", "기술", "경영"], ["시설/입지지원", "시험/인증", "컨설팅"], "전문기술상담, 현장기술지원", "rnd"),
        (["기술", "인력"], ["기술사업화/이전/지도", "교육/훈련/연수"], "훈련수당 월 60만원", "education"),
        (["창업", "경영"], ["재기지원", "컨설팅"], "사업정리컨설팅 지원", "consulting"),
        (["금융", "창업"], ["융자", "사업화지원"], "창업 및 경쟁력강화 자금", "loan"),
        (["경영", "인력"], ["시설/입지지원", "고용환경개선"], "비용 일부 지원", "space"),
    ],
)
def test_of_several_categories_the_one_that_the_benefit_speaks_of_tells(
    general: list[str], detailed: list[str], benefit: str, kind: str
) -> None:
    assert bizinfo_kind(general, detailed, benefit) == kind


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("사업화", "startup"),
        ("행사ㆍ네트워크", "other"),
        ("멘토링ㆍ컨설팅ㆍ교육", "consulting"),
        ("시설ㆍ공간ㆍ보육", "space"),
        ("기술개발(R&D)", "rnd"),
        ("새로운 분류", None),
        (None, None),
    ],
)
def test_categories_of_kstartup(category: str | None, kind: str | None) -> None:
    assert kstartup_kind(category) == kind


@pytest.mark.parametrize(("title", "kind"), [("AI 교육생 모집", "education"), ("IR 자문 참여기업 모집", "consulting")])
def test_a_title_that_calls_up_learners_tells_teaching_from_advice(title: str, kind: str) -> None:
    assert kstartup_kind("멘토링ㆍ컨설팅ㆍ교육", title) == kind


@given(st.lists(st.text()), st.lists(st.text()))
def test_any_category_gives_a_known_kind_or_none(general: list[str], detailed: list[str]) -> None:
    assert bizinfo_kind(general, detailed) in {*PROGRAM_KINDS, None}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("[인천] 부평구 2026년 중소기업(소상공인) 운전자금(이차보전금) 융자계획 공고", "loan"),
        ("2026년 3차 창업성장기술개발사업(디딤돌) 시행계획 공고", "rnd"),
        ("2026년 1:1 무료 수출컨설팅(이동코트라) 공고", "consulting"),
        ("[경북] 상주시 2026년 상반기 중소기업 맞춤형 인재양성 지원사업 참여기업 추가모집 공고", "education"),
        ("2026년 해외점포 미스터리쇼퍼 사업 참가기업 모집 공고", None),
        ("2026년 스마트 제조혁신 지원사업 통합 공고", None),
    ],
)
def test_a_title_tells_the_kind_only_where_it_names_it(title: str, kind: str | None) -> None:
    assert titled_kind(title) == kind


@pytest.mark.parametrize(
    ("category", "title", "benefit", "kind"),
    [
        (None, "[강원] 호주(멜버른) 수출로드쇼 참가기업 모집 공고", "현지 바이어 섭외", "export"),
        (None, "2026년 참여기업 모집 공고", " 경영진단ㆍ멘토링 등 지원 - 교육", "consulting"),
        (None, "2026년 참여기업 모집 공고", "", None),
        (None, "게임 행사 참가 공고", "비즈매칭, 항공권 지원", "export"),
        (None, "우수제품 지정기간 연장 공고", "지정기간 1년 연장 지원", "other"),
        (None, "탄소 인프라구축사업 공고", "공정전환 컨설팅", "consulting"),
        (None, "음식점 식탁 교체 공고", "식탁 교체(업소당 50만원)", "grant"),
        (None, "유기질비료 추가 신청 공고", "비료 지원", "grant"),
        (None, "수요 과제 모집 공고", "군에서 쓸 기술을 개발하도록 지원", "rnd"),
        (None, "상반기 구조고도화자금 지원 계획 공고", "창업지원사업(3년 거치)", "loan"),
        (None, "고등교육 실증 기업 모집 공고", "제품 개발비 지원", "grant"),
        (None, "콘텐츠 개발 지원 공고", "직접비(인건비, 운영비) 지원", "grant"),
        (None, "2026년 유럽 진출 지원 사업 참여기업 모집 공고", "기술실증", "export"),
        (None, "2026년 사업화지원 (XR페어 참가 지원) 공고", "", "export"),
        (None, "2026년 시험분석ㆍ성능검증 지원 공고", "", "rnd"),
        (None, "2026년 산업혁신기반구축사업 기업지원 공고", "기술지원", "rnd"),
        (None, "2026년 여행사 지원계획 공고", "인센티브 지원", "grant"),
        (None, "2026년 육성사업 참가기업 모집 공고", "인증서 및 현판 수여", "other"),
        ("space", "[경기] 2021년 에너지 분야 융자 안내", "", "loan"),
        ("export", "해외점포 교육 지원", "", "export"),
        ("grant", "2021년 인재양성 지원", "", "education"),
        ("marketing", "2022년 과학의 날 기념 정부포상 계획 공고", "", "other"),
        ("startup", "엔젤투자 등에 대한 소득공제", "", "other"),
        ("other", "의료비, 교육비 및 월세액 세액공제", "", "other"),
        ("loan", "수소연료전지차 구매지원 사업 공고", "구매비용 일부 지원", "grant"),
        ("loan", "특별만기연장 안내 공고", "만기연장 6개월", "loan"),
        ("loan", "기술개발 지원 공고", "과제당 최고 20억원 이내 지원", "loan"),
        ("startup", "배당소득 과세특례", "", "other"),
        ("space", "시니어 멘토단 참여기업 추가모집 공고", "멘토링 교육, 재료비 등 지원", "consulting"),
        ("space", "산업단지 기숙사 임차 지원사업", "비용 일부 지원", "space"),
        ("other", "청년가게 멘토링 참여자 모집 공고", "방문 진단", "consulting"),
        ("other", "유통 MD 상담 참여 가게 모집 공고", "온라인 만남", "marketing"),
        ("other", "입주 희망 상담 안내", "안내", "space"),
        ("other", "상담 안내", "안내", "other"),
        (None, "직원 복지포인트 지원사업 공고", "포인트 지급", "workforce"),
        (None, "재생에너지 농가 모집 공고", "전기요금 일부 및 홍보물 지원", "grant"),
        ("rnd", "스케일업 아카데미 참여기업 모집 공고", "투자유치 과정 운영", "education"),
        ("rnd", "기술 아카데미 모집 공고", "시험분석 지원", "rnd"),
        (None, "도쿄 문구 산업전 참가 공고", "부스임차료, 통역", "export"),
        (None, "골목형 상점가 모집 공고", "지정", "marketing"),
        (None, "제품인증획득 지원사업 신청 공고", "인증획득에 소요된 수수료, 시험비 및 컨설팅비", "grant"),
        (None, "소상공인 불공정거래 피해구제 지원 시행 공고", "분쟁조정 또는 소송 대리인 선임", "consulting"),
        (None, "직무발명제도 규정 도입 여부 확인 신청 공고", "확인서 발급", "other"),
        (None, "비즈플러스카드 지원사업 공고", "카드한도 최대 1,000만원", "loan"),
        (None, "중동 특화 긴급 물류바우처 공고", "물류바우처", "export"),
        (None, "K-소비재 말레이시아 유통망 입점 사업 공고", "판촉 지원", "export"),
        (None, "중소기업 기숙사 임차비 지원사업 공고", "임차비 90%", "workforce"),
        (None, "온열질환 예방장비 지원사업 공고", "제빙기 구매비용, 임차비용", "grant"),
        (None, "청년하우스 주거 지원 사업 전세대출이자ㆍ월세 지원 공고", "월세", "workforce"),
        (None, "SW개발 공모전 공고", "전문가 멘토링", "other"),
        (None, "재도전성공패키지 모집 공고", "사업화자금", "startup"),
        (None, "고급 인력양성사업 문제해결기반 기업지원 공고", "전문가 컨설팅", "consulting"),
        (None, "실증 확산 지원사업 공고(임상시험 지원)", "", "rnd"),
        (None, "국제 다큐멘터리 마켓 지원사업 공고", "행사진행을 위한 사업비 지원", "grant"),
        (None, "중소기업 매출채권팩토링 지원계획 공고", "팩토링 한도 10억원", "loan"),
        (None, "중소기업 통번역 지원사업 공고", "회사소개서 번역", "export"),
        (None, "융합기업 글로벌 마켓 참가사업 공고", "컨설팅, 공동관 설치", "export"),
        (None, "실감콘텐츠 스튜디오 프로젝트 현물지원기업 모집 공고", "", "space"),
        (None, "소상공인 출산ㆍ양육지원 사업 공고", "양육비", "workforce"),
        (None, "코업 청년 뉴리더 양성사업 참여기업 모집 공고", "멘토 지정 멘토수당", "workforce"),
        (None, "직무발명보상우수기업 인증제 신청 공고", "우선심사, SGI 서울보증 등 인센티브", "other"),
        ("export", "제1회 신제품(NEP)인증 신규신청 접수공고", "3년지정 및 각종 인센티브", "other"),
        (None, "품질우수제품 지정 계획 공고", "지정서 교부", "other"),
        (None, "우수 청년기업 지원사업 공고", "지정서 교부", "other"),
        ("space", "공장의 지방 이전에 대한 지방세 감면(2021년 중소기업 조세지원 안내)", "취득세 면제", "other"),
        ("startup", "증권거래세 면제", "100% 면제", "other"),
        ("space", "희망도서 바로대출 서비스 참여서점 모집 공고", "서비스 지원", "grant"),
        (None, "현장실습 훈련 지원사업(시니어 인턴십) 공고", "채용지원금", "workforce"),
        (None, "R&D성과확산 스마트공장 구축 지원사업 공고", "", "grant"),
        (None, "중소기업 기술분쟁 소송보험 지원사업 공고", "보험상품 1개", "grant"),
        (None, "중소기업기술혁신개발사업 시행계획 공고", "업무 프로세스 혁신 지원", "rnd"),
        (None, "공공배달앱 활성화 지원사업 공고", "기본배달료 3,500원 지원", "grant"),
        (None, "비즈니스지원단 운영계획 공고", "단기간에 경영애로 해결 지원", "consulting"),
        ("loan", "청년창업CEO 임대료 지원사업 공고", "업체당 최대 8백만원 지원", "grant"),
        ("loan", "임차료 융자 안내 공고", "2천만원 지원", "loan"),
        ("space", "석재산업 환경피해저감 지원사업 공고", "최대 169,463천원(석재채취업) 지원", "space"),
        (None, "2026년 하반기 마을기업(시군형) 지정계획 공고", "일자리 사업 신청 가능", "other"),
        (None, "폐업 소상공인 재기 지원 공고", "재취업에 드는 비용 지원", "grant"),
        (None, "스케일업금융 발행계획 공고", "발행 지원", "loan"),
        (None, "국내전시회 참가기업 모집", "부스 임차료 지원", "marketing"),
        (None, "국내외 전시회 참가기업 모집", "부스 임차료 지원", "export"),
        (None, "메가쇼 공동관 참가기업 모집", "전시관 조성(개별부스) 지원", "marketing"),
        (None, "글로벌쇼핑몰 판매지원 참여기업 모집", "입점 지원", "export"),
        (None, "중소기업 비즈니스 상담회 참가기업 모집", "1:1 상담회 지원", "marketing"),
        (None, "숙련기술자 기능 전수 지원기업 모집", "매뉴얼 개발 지원", "education"),
        (None, "연구시설ㆍ장비 공동활용 안내", "기술자문, 성적서 발급", "rnd"),
        (None, "중장년 라이트잡 참여기업 모집", "사업자에 지원", "workforce"),
    ],
)
def test_title_and_benefit_tell_the_kind_where_no_category_does(
    category: str | None, title: str, benefit: str, kind: str | None
) -> None:
    assert notice_kind(category, title, benefit) == kind


@pytest.mark.parametrize(
    ("benefit", "purpose", "kind"),
    [
        ("부스 임차 지원", "도내 기업의 국내 판로 확대를 위해", "marketing"),
        ("부스 임차, 바이어 상담 지원", "도내 기업의 국내 판로 확대를 위해", "export"),
        ("부스 임차 지원", "도내 기업의 판로 확대를 위해", "export"),
    ],
)
def test_a_purpose_tells_that_a_show_is_at_home(benefit: str, purpose: str, kind: str) -> None:
    assert notice_kind(None, "식품 박람회 단체관 참가기업 모집", benefit, purpose) == kind
