"""What the catalog's choices are called; one word for each, whichever property holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_schema.catalog import TASK_NAMES
from graph_schema.wording import Wording

KIND_NAMES: Final[Mapping[str, Wording]] = {
    "sme": Wording("중소기업", "small and medium enterprises"),
    "mid_size": Wording("중견기업", "mid-size enterprises"),
    "large": Wording("대기업", "large enterprises"),
    "small": Wording("소기업", "small enterprises"),
    "micro": Wording("소상공인", "micro enterprises"),
    "startup": Wording("창업기업", "start-ups"),
    "pre_founder": Wording("예비창업자", "pre-founders"),
    "venture": Wording("벤처기업", "certified ventures"),
    "social": Wording("사회적경제기업", "social enterprises"),
    "women": Wording("여성기업", "women-owned enterprises"),
    "disabled": Wording("장애인기업", "enterprises of disabled owners"),
    "sole": Wording("개인사업자", "sole proprietors"),
    "corporation": Wording("법인사업자", "corporations"),
    "exporter": Wording("수출기업", "exporters"),
    "university": Wording("대학", "universities"),
    "institute": Wording("연구소", "research institutes"),
    "individual": Wording("개인", "individuals"),
    "other": Wording("기타", "others"),
}
"""Kinds of applicant: who a support programme is for."""

_OTHERS: Final[Mapping[str, Wording]] = {
    "high": Wording("높음", "high"),
    "medium": Wording("보통", "medium"),
    "low": Wording("낮음", "low"),
    "sole": Wording("개인사업자", "sole proprietor"),
    "corporation": Wording("법인", "corporation"),
    "university": Wording("대학", "university"),
    "institute": Wording("연구소", "research institute"),
    "government": Wording("정부", "government"),
    "agency": Wording("공공기관", "public agency"),
    "association": Wording("협회·단체", "association"),
    "neighbourhood": Wording("읍면동", "neighbourhood"),
    "district": Wording("시군구", "district"),
    "registered": Wording("등록", "registered"),
    "published": Wording("공개", "published"),
    "refused": Wording("거절", "refused"),
    "expired": Wording("소멸", "expired"),
    "withdrawn": Wording("취하", "withdrawn"),
    "abandoned": Wording("포기", "abandoned"),
    "unprotected": Wording("권리 없음", "unprotected"),
    "tax": Wording("세무", "tax"),
    "labour": Wording("노무", "labour"),
    "patent": Wording("특허", "patents"),
    "management": Wording("경영", "management"),
    "legal": Wording("법률", "law"),
    "accounting": Wording("회계", "accounting"),
    "customs": Wording("관세", "customs"),
    "technology": Wording("기술", "technology"),
    "marketing": Wording("판로·홍보", "marketing"),
    "finance": Wording("금융", "finance"),
    "grant": Wording("보조금", "grant"),
    "loan": Wording("융자", "loan"),
    "education": Wording("교육", "education"),
    "consulting": Wording("상담·자문", "consulting"),
    "export": Wording("수출", "export"),
    "startup": Wording("창업", "founding"),
    "workforce": Wording("인력", "workforce"),
    "rnd": Wording("연구개발", "R&D"),
    "space": Wording("공간", "space"),
    "rule": Wording("규칙", "the rule"),
    "person": Wording("사람", "a person"),
    "fixed": Wording("기간 지정", "fixed period"),
    "until_budget": Wording("예산 소진 시까지", "until the budget is spent"),
    "always": Wording("상시", "always open"),
    "until_filled": Wording("모집 완료 시까지", "until filled"),
    "first_come": Wording("선착순", "first come, first served"),
    "industry": Wording("입주대상시설", "unit for industry"),
    "support": Wording("지원시설", "support facility"),
    "approved": Wording("승인", "approved"),
    "building": Wording("건축 중", "under construction"),
    "completed": Wording("완공", "completed"),
    "grievance": Wording("애로", "grievance"),
    "open": Wording("접수", "open"),
    "assigned": Wording("배정", "assigned"),
    "resolved": Wording("해결", "resolved"),
    "declined": Wording("반려", "declined"),
    "active": Wording("계속사업자", "active"),
    "suspended": Wording("휴업", "suspended"),
    "closed": Wording("폐업", "closed"),
    "ipc": Wording("국제특허분류", "IPC"),
    "nst": Wording("국가과학기술표준분류", "national classification of science and technology"),
    "authority": Wording("소관", "authority in charge"),
    "operator": Wording("수행", "operator"),
    "manager": Wording("관리", "manager"),
    "member": Wording("참여", "member"),
    "host": Wording("주관", "host"),
    "contacted": Wording("연락", "contacted"),
    "accepted": Wording("수락", "accepted"),
    "other": Wording("기타", "other"),
    "unknown": Wording("미상", "unknown"),
}


def choice_words(property_name: str, code: str) -> Wording:
    """Return the words for a choice, the code itself where it has none."""
    if property_name == "task":
        return Wording(TASK_NAMES.get(code, code), code)
    words = KIND_NAMES if property_name == "targets" else _OTHERS
    return words.get(code, Wording.alike(code))
