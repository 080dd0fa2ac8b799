"""What the catalog's choices are called; one word for each, whichever property holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.language.said import Said

KIND_NAMES: Final[Mapping[str, Said]] = {
    "sme": Said("중소기업", "small and medium enterprises"),
    "mid_size": Said("중견기업", "mid-size enterprises"),
    "large": Said("대기업", "large enterprises"),
    "small": Said("소기업", "small enterprises"),
    "micro": Said("소상공인", "micro enterprises"),
    "startup": Said("창업기업", "start-ups"),
    "pre_founder": Said("예비창업자", "pre-founders"),
    "venture": Said("벤처기업", "certified ventures"),
    "social": Said("사회적경제기업", "social enterprises"),
    "women": Said("여성기업", "women-owned enterprises"),
    "disabled": Said("장애인기업", "enterprises of disabled owners"),
    "sole": Said("개인사업자", "sole proprietors"),
    "corporation": Said("법인사업자", "corporations"),
    "exporter": Said("수출기업", "exporters"),
    "university": Said("대학", "universities"),
    "institute": Said("연구소", "research institutes"),
    "individual": Said("개인", "individuals"),
    "other": Said("기타", "others"),
}
"""Kinds of applicant: who a support programme is for."""

_OTHERS: Final[Mapping[str, Said]] = {
    "sole": Said("개인사업자", "sole proprietor"),
    "corporation": Said("법인", "corporation"),
    "university": Said("대학", "university"),
    "institute": Said("연구소", "research institute"),
    "government": Said("정부", "government"),
    "agency": Said("공공기관", "public agency"),
    "association": Said("협회·단체", "association"),
    "registered": Said("등록", "registered"),
    "published": Said("공개", "published"),
    "refused": Said("거절", "refused"),
    "expired": Said("소멸", "expired"),
    "withdrawn": Said("취하", "withdrawn"),
    "abandoned": Said("포기", "abandoned"),
    "tax": Said("세무", "tax"),
    "labour": Said("노무", "labour"),
    "patent": Said("특허", "patents"),
    "management": Said("경영", "management"),
    "legal": Said("법률", "law"),
    "accounting": Said("회계", "accounting"),
    "customs": Said("관세", "customs"),
    "technology": Said("기술", "technology"),
    "marketing": Said("판로·홍보", "marketing"),
    "finance": Said("금융", "finance"),
    "grant": Said("보조금", "grant"),
    "loan": Said("융자", "loan"),
    "education": Said("교육", "education"),
    "consulting": Said("상담·자문", "consulting"),
    "export": Said("수출", "export"),
    "startup": Said("창업", "founding"),
    "workforce": Said("인력", "workforce"),
    "rnd": Said("연구개발", "R&D"),
    "space": Said("공간", "space"),
    "rule": Said("규칙", "the rule"),
    "person": Said("사람", "a person"),
    "fixed": Said("기간 지정", "fixed period"),
    "until_budget": Said("예산 소진 시까지", "until the budget is spent"),
    "always": Said("상시", "always open"),
    "until_filled": Said("모집 완료 시까지", "until filled"),
    "first_come": Said("선착순", "first come, first served"),
    "approved": Said("승인", "approved"),
    "building": Said("건축 중", "under construction"),
    "completed": Said("완공", "completed"),
    "grievance": Said("애로", "grievance"),
    "open": Said("접수", "open"),
    "assigned": Said("배정", "assigned"),
    "resolved": Said("해결", "resolved"),
    "declined": Said("반려", "declined"),
    "active": Said("계속사업자", "active"),
    "suspended": Said("휴업", "suspended"),
    "closed": Said("폐업", "closed"),
    "ipc": Said("국제특허분류", "IPC"),
    "nst": Said("국가과학기술표준분류", "national classification of science and technology"),
    "authority": Said("소관", "authority in charge"),
    "operator": Said("수행", "operator"),
    "manager": Said("관리", "manager"),
    "member": Said("참여", "member"),
    "host": Said("주관", "host"),
    "other": Said("기타", "other"),
    "unknown": Said("미상", "unknown"),
}


def choice_words(property_name: str, code: str) -> Said:
    """Return the words for a choice, the code itself where it has none."""
    words = KIND_NAMES if property_name == "targets" else _OTHERS
    return words.get(code, Said(code, code))
