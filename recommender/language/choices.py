"""What the catalog's choices are called; one word for each, whichever property holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.language.said import Said

KIND_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "sme": ("중소기업", "small and medium enterprises"),
    "mid_size": ("중견기업", "mid-size enterprises"),
    "large": ("대기업", "large enterprises"),
    "small": ("소기업", "small enterprises"),
    "micro": ("소상공인", "micro enterprises"),
    "startup": ("창업기업", "start-ups"),
    "pre_founder": ("예비창업자", "pre-founders"),
    "venture": ("벤처기업", "certified ventures"),
    "social": ("사회적경제기업", "social enterprises"),
    "women": ("여성기업", "women-owned enterprises"),
    "disabled": ("장애인기업", "enterprises of disabled owners"),
    "sole": ("개인사업자", "sole proprietors"),
    "corporation": ("법인사업자", "corporations"),
    "exporter": ("수출기업", "exporters"),
    "university": ("대학", "universities"),
    "institute": ("연구소", "research institutes"),
    "individual": ("개인", "individuals"),
    "other": ("기타", "others"),
}
"""Kinds of applicant: who a support programme is for."""

_OTHERS: Final[Mapping[str, tuple[str, str]]] = {
    "sole": ("개인사업자", "sole proprietor"),
    "corporation": ("법인", "corporation"),
    "university": ("대학", "university"),
    "institute": ("연구소", "research institute"),
    "government": ("정부", "government"),
    "agency": ("공공기관", "public agency"),
    "association": ("협회·단체", "association"),
    "registered": ("등록", "registered"),
    "published": ("공개", "published"),
    "refused": ("거절", "refused"),
    "expired": ("소멸", "expired"),
    "withdrawn": ("취하", "withdrawn"),
    "abandoned": ("포기", "abandoned"),
    "tax": ("세무", "tax"),
    "labour": ("노무", "labour"),
    "patent": ("특허", "patents"),
    "management": ("경영", "management"),
    "legal": ("법률", "law"),
    "accounting": ("회계", "accounting"),
    "customs": ("관세", "customs"),
    "technology": ("기술", "technology"),
    "marketing": ("판로·홍보", "marketing"),
    "finance": ("금융", "finance"),
    "grant": ("보조금", "grant"),
    "loan": ("융자", "loan"),
    "education": ("교육", "education"),
    "consulting": ("상담·자문", "consulting"),
    "export": ("수출", "export"),
    "startup": ("창업", "founding"),
    "workforce": ("인력", "workforce"),
    "rnd": ("연구개발", "R&D"),
    "space": ("공간", "space"),
    "rule": ("규칙", "the rule"),
    "person": ("사람", "a person"),
    "fixed": ("기간 지정", "fixed period"),
    "until_budget": ("예산 소진 시까지", "until the budget is spent"),
    "always": ("상시", "always open"),
    "until_filled": ("모집 완료 시까지", "until filled"),
    "first_come": ("선착순", "first come, first served"),
    "approved": ("승인", "approved"),
    "building": ("건축 중", "under construction"),
    "completed": ("완공", "completed"),
    "grievance": ("애로", "grievance"),
    "open": ("접수", "open"),
    "assigned": ("배정", "assigned"),
    "resolved": ("해결", "resolved"),
    "declined": ("반려", "declined"),
    "active": ("계속사업자", "active"),
    "suspended": ("휴업", "suspended"),
    "closed": ("폐업", "closed"),
    "ipc": ("국제특허분류", "IPC"),
    "nst": ("국가과학기술표준분류", "national classification of science and technology"),
    "authority": ("소관", "authority in charge"),
    "operator": ("수행", "operator"),
    "manager": ("관리", "manager"),
    "member": ("참여", "member"),
    "host": ("주관", "host"),
    "other": ("기타", "other"),
    "unknown": ("미상", "unknown"),
}


def choice_words(property_name: str, code: str) -> Said:
    """Return the words for a choice, the code itself where it has none."""
    words = KIND_NAMES if property_name == "targets" else _OTHERS
    return Said(*words.get(code, (code, code)))
