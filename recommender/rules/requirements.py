"""Rules of what else a programme asks for, certificates, representatives and exclusions, and of what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from graph_schema.certificates import certificates_in_english
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.notices import is_unread, to_check, with_quotes
from recommender.rules.programs import choose
from recommender.rules.sums import krw

REPRESENTATIVE_NAMES: Final[Mapping[str, Wording]] = {
    "youth": Wording("청년", "young people"),
    "women": Wording("여성", "women"),
    "disabled": Wording("장애인", "disabled people"),
    "senior": Wording("중장년·시니어", "middle-aged and older people"),
    "veteran": Wording("보훈 대상자·제대군인", "veterans"),
    "defector": Wording("북한이탈주민", "defectors from the North"),
    "foreign": Wording("외국인·다문화", "foreigners and multicultural families"),
}
EXCLUSION_NAMES: Final[Mapping[str, Wording]] = {
    "arrears": Wording("세금 체납", "tax arrears"),
    "closed": Wording("휴·폐업", "business suspended or closed"),
    "insolvent": Wording("부도·파산·회생", "insolvency"),
    "bad_credit": Wording("연체·신용 불량", "overdue debts"),
    "sanctioned": Wording("제재·참여 제한", "sanctions"),
    "duplicate": Wording("중복 지원", "support already received"),
    "entertainment": Wording("유흥·향락업", "entertainment business"),
    "speculation": Wording("사행성 업종", "gambling"),
    "real_estate": Wording("부동산업", "real estate business"),
}
_PROVEN_BY: Final = {"women": "여성", "disabled": "장애인"}
"""Representatives whose kind a certificate of the company proves."""
_STEMS_KEPT: Final = 4_096
"""Companies and notices name the same few hundred papers over and over."""
_FORM = re.compile(r"\s|(?:확인서|인증서|등록증|인증|확인|기업)$")


def _lists(pairs: CandidatePairs, name: str) -> list[Sequence[str]]:
    return pairs.candidates.once(("lists", name), lambda: [values or () for values in pairs.candidates.texts(name)])


def _held(pairs: CandidatePairs) -> list[tuple[str, ...]]:
    """Certificates of each asker in their shortest form, without blanks."""
    lists = pairs.askers.certificates
    return [tuple(_stem(str(name)) for name in names) if isinstance(names, list) else () for names in lists]


@lru_cache(maxsize=_STEMS_KEPT)
def _stem(name: str) -> str:
    """Return a certificate's name without blanks and the word for the paper: 벤처기업 확인서 → 벤처."""
    before = ""
    while name != before:
        before, name = name, _FORM.sub("", name)
    return name.casefold()


def _is_held(wanted: Sequence[str], held: Sequence[str]) -> bool:
    """Whether one of the papers ``held`` is one of those ``wanted``, both in their shortest form."""
    return any(stem and (stem in own or own in stem) for stem in wanted for own in held if own)


def _stems(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_stem, names))


def _proofs(pairs: CandidatePairs, rule: str, papers: list[Sequence[str]]) -> Flags:
    """Whether each asker holds one of the papers that each candidate wants, (A, C)."""
    proven = np.zeros(pairs.shape, dtype=bool)
    wanted = pairs.candidates.once((rule, "papers"), lambda: list(map(_stems, papers)))
    by_held: dict[tuple[str, ...], Flags] = {}  # many hold the same few
    for asker, held in enumerate(_held(pairs)):
        if held:
            if held not in by_held:
                by_held[held] = np.array([_is_held(names, held) for names in wanted], dtype=bool)
            proven[asker] = by_held[held]
    return proven


def _wanted(pairs: CandidatePairs, rule: str, wanted: list[Sequence[str]], papers: list[Sequence[str]]) -> Codes:
    """In where a paper proves it; a list of papers without it proves nothing, so never out."""
    asked = pairs.candidates.once((rule, "asked"), lambda: np.array([bool(names) for names in wanted], bool))[None, :]
    unread = is_unread(pairs.candidates, rule)[None, :]
    return choose(
        (unread, Code.CHECK), (~asked, Code.FREE), (_proofs(pairs, rule, papers), Code.IN), otherwise=Code.CHECK
    )


def _certificate(pairs: CandidatePairs) -> Codes:
    wanted = _lists(pairs, "certificates")
    return _wanted(pairs, "certificate", wanted, wanted)


def _describe_certificate(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    wanted = _lists(pairs, "certificates")[candidate]
    if code is Code.FREE:
        return Wording("필요 인증이 적혀 있지 않음", "no certificate is asked for")
    if not wanted or is_unread(pairs.candidates, "certificate")[candidate]:
        return to_check(pairs, candidate, "certificate", Wording("인증·선정·등록", "certificates"))
    listed, english = ", ".join(wanted), certificates_in_english(wanted)
    if code is Code.IN:
        names = [str(name) for name in pairs.askers.certificates[asker]]
        held = [name for name in names if _is_held(_stems(wanted), _stems([name]))]
        said = Wording(
            f"필요 인증 {listed}, 보유 {', '.join(held)}",
            f"asks for {english}; the company holds {certificates_in_english(held)}",
        )
    elif over := [each for each in pairs.askers.lapsed.get(asker, ()) if _is_held(_stems(wanted), _stems([each.name]))]:
        ko, en = over[0].said()
        said = Wording(f"필요 인증 {listed}, {ko}", f"asks for {english}; {en}")
    else:
        said = Wording(
            f"필요 인증 {listed}, 보유 여부 확인 필요", f"asks for {english}; whether it is held is not known"
        )
    return with_quotes(said, pairs, candidate, "certificate", "read_from")


def _representative(pairs: CandidatePairs) -> Codes:
    wanted = _lists(pairs, "representatives")
    papers: list[Sequence[str]] = pairs.candidates.once(
        "proofs", lambda: [[_PROVEN_BY[kind] for kind in kinds if kind in _PROVEN_BY] for kinds in wanted]
    )
    return _wanted(pairs, "representative", wanted, papers)


def _describe_representative(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    kinds = _lists(pairs, "representatives")[candidate]
    if code is Code.FREE:
        return Wording("대표자 요건이 적혀 있지 않음", "nothing is asked of the representative")
    if not kinds or is_unread(pairs.candidates, "representative")[candidate]:
        return to_check(pairs, candidate, "representative", Wording("대표자", "the representative"))
    ko, en = (", ".join(words) for words in zip(*(REPRESENTATIVE_NAMES[kind] for kind in kinds), strict=True))
    stated = (
        Wording("인증으로 확인됨", "a certificate proves it")
        if code is Code.IN
        else Wording("해당 여부 확인 필요", "to be checked")
    )
    said = Wording(f"대표자 요건 {ko}, {stated.ko}", f"for businesses led by {en}; {stated.en}")
    return with_quotes(said, pairs, candidate, "representative", "read_from")


def _exclusion(pairs: CandidatePairs) -> Codes:
    """To be checked wherever somebody is left out: registers tell neither debts nor sanctions."""
    named = np.array([bool(kinds) for kinds in _lists(pairs, "exclusions")], dtype=bool)
    doubtful = named | is_unread(pairs.candidates, "exclusion")
    return np.where(doubtful, np.int8(Code.CHECK), np.int8(Code.FREE)).astype(np.int8)[None, :]


def _describe_exclusion(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    kinds = _lists(pairs, "exclusions")[candidate]
    if code is Code.FREE:
        return Wording("제외 대상이 적혀 있지 않음", "nobody is left out")
    if not kinds:
        return to_check(pairs, candidate, "exclusion", Wording("제외 대상", "who is left out"))
    ko, en = (", ".join(words) for words in zip(*(EXCLUSION_NAMES[kind] for kind in kinds), strict=True))
    said = Wording(f"제외 대상 {ko}, 해당 여부 확인 필요", f"left out: {en}; to be checked")
    return with_quotes(said, pairs, candidate, "exclusion")


def _support(pairs: CandidatePairs) -> Codes:
    """Say in where the amount or the company's share is known: it keeps nobody out, and people want to see it."""
    candidates = pairs.candidates
    stated = ~(np.isnan(candidates.numbers("max_support_krw")) & np.isnan(candidates.numbers("own_share_percent")))
    return choose(
        (stated[None, :], Code.IN), (is_unread(candidates, "support")[None, :], Code.CHECK), otherwise=Code.FREE
    )


def _describe_support(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        return Wording("지원 금액이 적혀 있지 않음", "no amount is stated")
    amount = float(pairs.candidates.numbers("max_support_krw")[candidate])
    share = float(pairs.candidates.numbers("own_share_percent")[candidate])
    ko, en = [], []
    if not np.isnan(amount):
        most = krw(amount)
        ko.append(f"최대 지원액 {most.ko}")
        en.append(f"up to {most.en}")
    if not np.isnan(share):
        ko.append(f"자부담 {share:g}% 이상")
        en.append(f"the company bears at least {share:g}% of the cost")
    if not ko:
        said = Wording(
            "지원 금액을 한 값으로 읽을 수 없어 확인 필요", "the amount cannot be told in one figure; to be checked"
        )
        return with_quotes(said, pairs, candidate, "support")
    return with_quotes(Wording(", ".join(ko), "; ".join(en)), pairs, candidate, "support", "read_from")


CERTIFICATE = Rule(
    "certificate",
    "인증",
    "certificates",
    ("Program.certificates", "asker.certificates"),
    _certificate,
    _describe_certificate,
)
REPRESENTATIVE = Rule(
    "representative",
    "대표자",
    "representative",
    ("Program.representatives", "asker.certificates"),
    _representative,
    _describe_representative,
)
EXCLUSION = Rule(
    "exclusion",
    "제외 대상",
    "exclusions",
    ("Program.exclusions",),
    _exclusion,
    _describe_exclusion,
    of_candidates=True,
)
SUPPORT = Rule(
    "support",
    "지원 규모",
    "amount",
    ("Program.max_support_krw", "Program.own_share_percent"),
    _support,
    _describe_support,
    of_candidates=True,
)
