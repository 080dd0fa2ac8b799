"""Tests of sizes, kinds of applicant, certificates and exclusions in a target's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import EXCLUSION_KINDS, TARGET_KINDS
from loaders.eligibility import words
from loaders.eligibility.findings import Finding
from loaders.eligibility.passages import Passage


def value(found: Finding[tuple[str, ...]] | None) -> set[str] | None:
    return None if found is None or found.value is None else set(found.value)


def passage(text: str) -> Passage:
    return Passage("summary", 0, text)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("충청북도 소재 중소ㆍ중견기업", {"sme", "mid_size"}),
        ("제조 중견ㆍ중소기업", {"sme", "mid_size"}),
        ("업력 4년 이상의 중소ㆍ중견ㆍ대기업", {"sme", "mid_size", "large"}),
        ("협력을 찾는 대ㆍ중견기업", {"large", "mid_size"}),
        ("대기업(계열사 포함) 및 중견기업", {"mid_size", "large"}),
        ("중소(개인사업자 포함)ㆍ중견 기업", {"sme", "mid_size"}),
        ("충남도내 소재 소기업ㆍ소상공인", {"small", "micro"}),
        ("「소상공인기본법」 제2조의 소상공인", {"micro"}),
        ("「중견기업 성장촉진 및 경쟁력 강화에 관한 특별법」에 따른 중견기업", {"mid_size"}),
        ("중소기업확인서 내 ’소기업‘ 이상(소상공인 제외)인 중소기업", {"sme"}),
        ("대기업 협력사인 중소기업", {"sme"}),
        ("유망업체, 대기업 협력사", None),
        ("중소기업중앙회 회원", None),
        ("중소벤처기업부 창업교육을 마친 사람", None),
        ("중소기업창업 지원법 제2조에 따른 예비재창업자", None),
        ("중소기업에 기술협력 프로그램을 제공할 수 있는 대학", None),
        ("글로벌 강소기업 지정기업", None),
        ("경기도 소재 기업", None),
        ("도내 소재 화장품 중ㆍ소기업", {"sme"}),
        ("특허를 가진 중소 및 초기 중견기업", {"mid_size", "sme"}),
        ("중ㆍ소기업 및 소상공인", {"micro", "sme"}),
    ],
)
def test_sizes(text: str, sizes: set[str] | None) -> None:
    assert value(words.read_sizes(passage(text))) == sizes


@pytest.mark.parametrize("text", ["물류 중소기업(규모 제한 없음)", "기업ㆍ기관(규모 및 유형 제한 없음)"])
def test_sizes_that_a_text_lifts_are_to_be_checked(text: str) -> None:
    found = words.read_sizes(passage(text))

    assert found
    assert found.unread


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("사업자등록을 하지 않은 예비창업자", {"pre_founder"}),
        ("스타트업과의 협업을 찾는 중견기업", None),
        ("창업기업과의 협업을 찾는 중견기업", None),
        ("창업기업 육성 경험이 있는 기업", None),
        ("벤처기업 지원을 전담하는 부서를 둔 협력 기업", None),
        ("의료기기를 만들거나 연구소 보유 기업", None),
        ("본사 또는 영업소, 연구소 등 사업장이 부산에 있는 기업", None),
        ("로봇으로 국민 생활 안전을 높이는 기업", None),
        ("분석 장비를 쓰고자 하는 연구자", {"individual"}),
        ("웹툰 창ㆍ제작자 또는 창업기업", {"individual", "startup"}),
        ("법인 기업 - (참여기관) 로봇기업 - 참여기관(수요처ㆍ연구기관 등) 포함", {"corporation"}),
        ("5인 이상 기업 - 문화콘텐츠, 벤처기업, 청년창업기업 등 1인 이상 ~ 5인 미만 가능", None),
        ("기술창업기업 ※ 법인에 한함(개인사업자 신청 불가)", {"corporation", "startup"}),
        ("전국 콘텐츠기업(법인)", {"corporation"}),
        ("중소기업(법인 전환 전 개인사업자 설립일을 기준으로 함)", None),
        ("2년 미만 창업자(예비 포함)", {"pre_founder", "startup"}),
        ("예비로컬창업자", {"pre_founder"}),
        ("예비유니콘 기업", None),
        ("국내에 법인 등록되어 있는 기업", {"corporation"}),
        ("예비ㆍ초기 창업자", {"pre_founder", "startup"}),
        ("(예비)청년 창업자", {"pre_founder", "startup"}),
        ("관내 대학 및 고등학교에 다니는 예비창업자", {"pre_founder"}),
        ("공공연구기관(대학 등) 보유 기술의 이전을 바라는 기업", None),
        ("소프트웨어 기업(창업ㆍ벤처ㆍ중소 등)", {"startup", "venture"}),
        ("대학 정규 수업에 쓰는 제품을 가진 기업", None),
        ("본사 또는 지점, 연구소를 옮길 기업", None),
        ("창업ㆍ중소 환경기업", {"startup"}),
        ("창업 3년 이내 AI 융합 분야 기업", {"startup"}),
        ("해외 공연을 앞둔 뮤지션", {"individual"}),
        ("신규창업 및 창업 3년 이내인 자", {"pre_founder", "startup"}),
        ("벤처ㆍ창업기업", {"venture", "startup"}),
        ("그린 딥테크 분야 중소벤처기업", None),
        ("예비사회적기업 또는 협동조합", {"social"}),
        ("기업, 대학, 연구기관", {"university", "institute"}),
        ("도내 본사ㆍ연구소ㆍ공장 보유기업", None),
        ("기업부설연구소를 보유한 기업", None),
        ("대학생을 고용한 기업", None),
        ("개인사업자 또는 법인사업자", {"sole", "corporation"}),
        ("창업초기ㆍ성장단계 제조기업 및 예비창업자", {"startup", "pre_founder"}),
        ("폐업 이력 보유 예비재창업자 또는 7년이내 재창업기업", {"startup", "pre_founder"}),
        ("(예비)초기 창업기업", {"startup", "pre_founder"}),
        ("고용보험에 가입한 광주 소재 1인 자영업자", {"sole"}),
        ("'자영업자 고용보험'에 가입한 소상공인", None),
        ("대한민국 국민(개인 및 중소기업)이 개발한 발명", {"individual"}),
        ("세종시 지역주민(읍ㆍ면)으로 구성된 회사", None),
        ("독립예술영화 제작사 또는 연출자", {"individual"}),
        ("국내에 소재하는 법인이나 단체", {"corporation"}),
        ("중소기업, 비영리 법인ㆍ단체", {"other"}),
        ("지역중소기업 또는 중소기업협동조합", None),
        ("사업자 등록을 하지 않은 만 19세 ~ 만 39세 이하", {"pre_founder"}),
        ("대구지역 내에 소재한 (본사, 공장, 연구소 등 1개 이상) 기업", None),
        ("지역 내 연구소 및 전담부서 설립 희망기업", None),
        ("중소ㆍ벤처ㆍ중견기업", {"venture"}),
        ("스타트업ㆍ벤처 또는 중소 사업장을 운영하는 기업", {"startup", "venture"}),
        ("여행업 등록업체 및 관광벤처기업", None),
        ("창업 및 벤처기업", {"startup", "venture"}),
        ("대구 소재지의 창업ㆍ중소기업", {"startup"}),
        ("중소기업 제조업체, 소상공인, 창업업체 등", {"startup"}),
        ("창업을 희망하는 발명가(개인)", {"individual", "pre_founder"}),
        ("중소기업(법인) 등", {"corporation"}),
        ("체육시설을 운영하는 법인ㆍ개인사업자", {"corporation", "sole"}),
        ("중소기업, 개인", {"individual"}),
        ("전국 대학원(석ㆍ박사 과정) 재학생 및 휴학생", {"individual"}),
        ("엔지니어링 기업 및 재직자", {"individual"}),
        ("중소기업에서 6개월 이상 재직한 자", {"individual"}),
        ("중소ㆍ중견기업 ※ 창업기업, 디자인전문회사 포함", None),
        ("법률에 의한 소상공인(개인, 법인사업자)", {"corporation", "sole"}),
        ("창업 5년 이내 기업", {"startup"}),
        ("창업 후 3년 미만의 개인ㆍ법인사업자", {"startup", "sole", "corporation"}),
        ("개인사업자 및 법인으로서 특허가 있는 자", {"sole", "corporation"}),
        ("카페 창업희망 청년", {"pre_founder"}),
        ("중소ㆍ벤처기업", {"venture"}),
        ("뷰티 중소기업(제조 및 벤처)", {"venture"}),
        ("게임기업(개인 또는 법인사업자)", {"sole", "corporation"}),
        ("스타트업과 협업을 원하는 중견기업", None),
        ("미국 대학의 실험실을 빌려 쓰는 기업", None),
        ("업종이 미디어 콘텐츠 창작자인 사업자", None),
        ("창업 4년 이내 그림책 기업", {"startup"}),
        ("피보험자 5인 이상 기업 - 5인 미만이라도 심사 후 참여 가능 ※ 벤처기업, 사회적기업에 한함", None),
        ("직매장 가맹점을 개설할 창업자 - 창업을 희망하는 자", {"pre_founder"}),
        ("피보험자 10인 이상 기업 ※ 벤처기업일 경우, 10인 미만의 기업이라도 참여가능", None),
    ],
)
def test_kinds_of_applicant(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_kinds(passage(text))) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("피보험자 10인 이상 기업, 공공기관, 비영리 법인 등", {"other"}),
        ("해외 진출 기업 및 업종 단체로 구성된 협의체", {"other"}),
        ("도내 농업인, 생산자단체, 농식품 중소기업", {"other"}),
        ("중소기업ㆍ공공기관ㆍ연구소 등", {"institute", "other"}),
        ("가족친화 경영에 관심 있는 기업(기관)", {"other"}),
        ("식품, 뷰티, 패션 업종 기업 협의체", {"other"}),
        ("콘텐츠 제작기업(또는 고유번호증을 보유한 단체 단위)", {"other"}),
        ("소상공인, 전통시장 및 상점가", {"other"}),
        ("기업ㆍ의료기관 컨소시엄", {"other"}),
        ("도내 기업 또는 단체(사업자등록증이 있을 것)", {"other"}),
        ("상인회가 있는 소상공인 공동체", {"other"}),
        ("소상공인과 아동 양육자", {"other"}),
        ("공공기관에서 지원하는 인력을 활용하는 중소기업", None),
        ("경기도 기초지자체(안산시, 군포시) 관내 중소 제조 기업", None),
        ("단체관광객을 유치한 여행사", None),
        ("단체보험에 가입한 중소기업", None),
        ("수출기업 5개사 이상으로 구성된 협업체", {"other"}),
        ("지역 관광기업 - 축제를 여는 마을회/법인", {"other"}),
        ("데이터를 쓰려는 기업ㆍ기관 ① 의료 ② 통신", {"other"}),
    ],
)
def test_applicants_beside_companies_that_no_kind_names_are_others(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_kinds(passage(text))) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "등록된 전통시장",
        "품질 인증을 받은 자",
        "양식장을 고치려는 어업인",
        "지역 산업에 이바지한 공이 인정되는 자",
        "정부, 지자체, 지방자치단체 조례에 의해 설립된 지방공기업",
        "광역지방정부 ※ 기초지방정부 및 민간 등으로 구성",
        "벤처기업의 임원 또는 종업원",
        "산업발전에 기여한 자 - 공적기간이 3년(포장 10년)이상인 자",
        "주식을 교환한 벤처기업 등의 주주",
        "창업지원역량 및 인프라를 보유한 대학",
        "대학ㆍ연구소와 기업 간 컨소시엄",
        "다음 요건을 모두 충족하는 지방자치단체",
        "과학기술발전에 공헌한 자로 타의 모범이 되는 자",
        "중소기업창업투자조합 등에 투자자",
        "중소기업창업투자조합, 신기술사업투자조합, 기업구조조정조합",
        "대학생, 개발자, 창업자 등 누구나",
        "「민법」에 따라 설립된 비영리법인일 것",
        "선박을 빌려 쓰고자 하는 연구자",
        "신진 가구 디자이너",
        "중소기업 임직원",
        "투자사(VC, AC)",
        "시민사회단체",
        "학기 중인 재학생 및 휴학생",
        "기업 주도 컨소시엄 - 주관기관 : 도내 기업 - 참여기관 : 도내 대학 및 기업 등",
        "제조 중견기업 - 공동연구개발기관 : 국내 산ㆍ학ㆍ연(선택)",
    ],
)
def test_applicants_that_may_be_no_company_are_left_to_people(text: str) -> None:
    found = words.read_kinds(passage(text))

    assert found is not None
    assert found.unread


@pytest.mark.parametrize(
    "text",
    [
        "대학 또는 연구기관과 공동으로 제품을 만드는 중소기업",
        "스타트업의 기술을 들여오려는 중견기업",
        "벤처기업 투자 실적이 있는 운용사",
        "대학생을 채용한 중소기업",
        "사회적기업과 협력하는 제조기업",
        "예비창업자를 제외한 소상공인",
        "중소기업 - 벤처기업, 이노비즈 기업 가점 부여",
        "대학과 연구기관이 보유한 장비를 쓰는 기업",
        "도내 대학 내 보육센터에 입주한 기업",
        "개인사업자는 신청할 수 없음",
        "전문기관(대학, 연구소)의 추천을 받은 기업",
        "대학 산학협력단과 협약을 맺은 기업",
        "건조업에 속하는 사업의 사업주 및 근로자",
    ],
)
def test_somebody_else_of_whom_an_applicant_is_told_is_no_applicant(text: str) -> None:
    assert value(words.read_kinds(passage(text))) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("연출자 또는 연출자와 계약한 제작사", {"individual"}),
        ("대학, 연구기관 및 스타트업", {"institute", "startup", "university"}),
        ("예비창업자를 포함한 소상공인", {"pre_founder"}),
    ],
)
def test_an_applicant_beside_somebody_else_stays_one(text: str, kinds: set[str]) -> None:
    assert value(words.read_kinds(passage(text))) == kinds


@pytest.mark.parametrize("text", ["기업, 대학, 연구기관", "지자체ㆍ민간기업으로 구성된 기업", "물류사업을 영위하는 자"])
def test_a_body_beside_companies_leaves_companies_in(text: str) -> None:
    found = words.read_kinds(passage(text))

    assert found is None or not found.unread


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("기업부설연구소 또는 연구개발전담부서를 보유한 중소기업", {"기업부설연구소", "연구개발전담부서"}),
        ("장애인기업확인서 보유기업", {"장애인기업"}),
        ("중소기업 또는 소상공인 확인서 보유 업체", {"중소기업확인서"}),
        ("이노비즈 및 벤처인증을 취득한 중소기업", {"이노비즈"}),
        ("사업자등록증 보유", None),
        ("사업자등록을 한 자", None),
        ("기업부설연구소를 설치하고 있는 기업", {"기업부설연구소"}),
        ("경영혁신형 중소기업, 기술혁신형 중소기업 등", {"메인비즈", "이노비즈"}),
        ("기술혁신형 중소기업과 합병하는 법인", None),
        ("기업 ※ 이노비즈 인증사일 경우, 10인 미만이라도 참여가능", None),
        ("공장ㆍ기업부설연구소를 보유한 기업", None),
        ("아래 요건 중 1가지 이상 충족 - 이노비즈 인증 - 수출 실적", None),
        ("기업부설연구소를 보유한 기업(연구개발전담부서 불인정)", {"기업부설연구소"}),
        ("기업부설연구소 소속 연구원이 3명 이상인 기업", {"기업부설연구소"}),
    ],
)
def test_papers_that_are_asked_for(text: str, names: set[str] | None) -> None:
    assert value(words.read_certificates(passage(text))) == names


@pytest.mark.parametrize(
    "text",
    [
        "「도약(Jump-Up) 프로그램」에 선정된 중소기업",
        "기업부설연구소 보유ㆍ설치계획이 있는 중소기업",
        "스마트물류센터 인증 또는 예비인증을 받은 자",
        "공장등록증 보유 기업",
        "통신판매업 신고증을 소지한 중소기업",
        "연구조직을 보유한 중견기업 및 중소기업",
        "규제자유특구 계획에 포함된 특구사업자",
        "일반 수출바우처 1차 선정기업",
        "특허, 실용신안, 디자인으로 등록 또는 출원 중인 발명품",
        "구매동의서ㆍ투자동의서를 받은 중소기업",
        "제안사로부터 '기술협력의향서'를 확보한 중소기업",
        "한국소방산업기술원의 검인정을 취득한 업체",
        "해외건설업 신고를 마친 기업",
        "국내여행업 등록 완료한 여행사",
        "여행업 등록을 필한 여행업체",
        "외항화물운송사업을 등록한 자",
        "부천시화장품기업협의회 가입기업",
        "제조업체, 벤처기업, 이노비즈인증기업",
        "지식재산권을 보유한 창업팀",
        "규제 샌드박스를 거친 기업",
        "온라인 교육과정을 이수한 소상공인",
        "첫 인증년도가 2023년인 회원 기업",
        "제주도 소재 제조업, 벤처기업, 이노비즈기업, 성장유망중소기업",
        "우수제품 지정기간이 끝나는 기업",
        "국방부 지정 우수상품 보유기업",
        "개발 계획 신고가 수리된 자",
        "수요처의 구매 확약서를 받은 기업",
        "기초 과정 수료 기업",
        "육성사업 참여이력 보유기업",
        "출판업 등록 기업",
        "대전시 뿌리기업, 소공인",
        "어업경영체 등록 어업인",
        "벤처센터 멤버십 회원인 창업자",
        "메인비즈 인증 가능 업종은 서비스업에 한함",
        "HACCP 인증(예정)업체 중 도입 희망 업체",
        "소상공인 확인서 발급이 가능한 업체",
        "위생등급 음식점 또는 모범음식점",
        "단지에 입주계약을 체결한 기업",
        "엔지니어링 사업자 신고확인증 소지 기업",
        "푸드테크 사업 신고 수리 기업",
        "통신판매 자격을 갖춘 사업자",
        "대학 연구기관의 특허 기술이전 확인서를 받은 기업",
        "기업부설연구소를 보유하거나 기업부설연구소 설립 예정인 기업",
    ],
)
def test_papers_that_are_not_known_by_name_are_left_to_people(text: str) -> None:
    found = words.read_certificates(passage(text))

    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("사업체를 휴ㆍ폐업하지 않고 영업 중인 소상공인", {"closed"}),
        ("국세 및 지방세 체납이 없는 기업", {"arrears"}),
        ("지원사업 관리 규칙에 따른 제재대상이 아닌 기업", {"sanctioned"}),
        ("(다른사업과의 중복지원 불가)", {"duplicate"}),
        ("유흥업, 사행성 업종 제외", {"entertainment", "speculation"}),
        ("신청일 현재 정상적으로 영업 중인 소상공인", {"closed"}),
        ("선도기업 사업 참여 이력이 없는 중소ㆍ중견기업", {"duplicate"}),
        ("국세ㆍ지방세를 완납한 제조기업", {"arrears"}),
        ("4대 보험 완납 중소기업", {"arrears"}),
        ("공고일 현재 영업활동을 하고 있는 기업", {"closed"}),
        ("올해 재단의 보증지원을 받지 않은 소상공인", {"duplicate"}),
        ("기업 ※ 작년 박람회 참가기업은 신청(중복) 불가", {"duplicate"}),
        ("타 기관의 유사 지원사업 수혜기업 제외", {"duplicate"}),
        ("신용회복 약정자 중 미연체자", {"bad_credit"}),
        (
            "국세 체납, 휴업, 금융기관 채무불이행 및 향락업종을 운영하는 업체는 제외",
            {"arrears", "closed", "bad_credit", "entertainment"},
        ),
        ("부정당업자 제한을 받지 않는 자", {"sanctioned"}),
        ("기업 ※ 신청 제외 대상 : 부도 기업, 휴ㆍ폐업 기업", {"insolvent", "closed"}),
        ("주최측이 참여 제한 사유가 있다고 보는 경우", None),
        ("지방세를 완납하지 못한 기업도 상담 가능", None),
        ("폐업 소상공인", None),
        ("고양시 소재 기업", None),
    ],
)
def test_who_is_left_out(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_exclusions(passage(text))) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "광고ㆍ인쇄업 등 제외",
        "금융지원 결격사유가 없는 기업",
        "참여제한조건 확인",
        "권고사직 이력이 없는 기업",
        "계열사에 해당하지 않는 사업자",
        "제조기업 (수입ㆍ유통업 불가)",
    ],
)
def test_others_who_are_left_out_are_left_to_people(text: str) -> None:
    found = words.read_exclusions(passage(text))

    assert found is not None
    assert found.value is None


def test_parts_of_a_benefit_that_exclude_each_other_leave_nobody_out() -> None:
    target = passage("김제시 소재 기업")
    alone, another = ("업체별 1건 지원 (중복지원 불가)", "타 사업과 중복지원 불가")

    assert words.read_exclusions(target, Passage("summary", 40, alone)) is None
    assert value(words.read_exclusions(target, Passage("summary", 40, another))) == {"duplicate"}


@pytest.mark.parametrize(
    ("text", "kinds", "doubtful"),
    [
        ("국세ㆍ지방세 체납자", {"arrears"}, False),
        ("휴업 또는 폐업 중인 사업자", {"closed"}, False),
        ("휴ㆍ폐업하지 않은 사업자", None, True),
        ("수강생 가운데 폐업자는 신청 가능", None, True),
        ("최종 수혜 기업", {"duplicate"}, False),
        ("작년에 같은 강의를 수강하신 분", {"duplicate"}, True),
        ("국세 체납자 (단, 재기 자금을 지원받은 기업은 예외)", {"arrears"}, True),
        ("부도 기업. 다만 휴업 뒤 다시 연 업체는 신청 가능", {"insolvent"}, True),
        ("타 기관 지원사업과 동시 수행 기업", {"duplicate"}, True),
        ("채무불이행자, 남의 상표를 베낀 상품", {"bad_credit"}, True),
        ("누적 투자금 20억원 이상인 기업", None, True),
        ("해당 없음", None, None),
        ("없음.", None, None),
        ("예비창업자 신청 불가", None, None),
        ("", None, None),
    ],
)
def test_a_field_of_those_left_out_needs_no_word_that_bars_them(
    text: str,
    kinds: set[str] | None,
    doubtful: bool | None,  # noqa: FBT001 - a case of the table
) -> None:
    found = words.read_exclusions(passage("서울 소재 기업"), left_out=passage(text))

    assert (value(found), found and found.doubtful) == (kinds, doubtful)


@given(st.text(max_size=80))
def test_any_text_gives_known_kinds(text: str) -> None:
    some = passage(text)
    assert (value(words.read_sizes(some)) or set()) | (value(words.read_kinds(some)) or set()) <= set(TARGET_KINDS)
    assert (value(words.read_exclusions(some)) or set()) <= set(EXCLUSION_KINDS)
