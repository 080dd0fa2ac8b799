"""Names and numbers of organisations: one canonical form each, and what a name tells about its bearer."""

from __future__ import annotations

import re
import unicodedata
from operator import mul
from typing import Literal

from graph_schema.legal_forms import COMPANY_FORMS
from graph_schema.model import NodeRef

InstitutionKind = Literal["university", "institute", "government", "agency", "association", "other"]

_OTHER_FORMS = (
    "재단법인",
    "사단법인",
    "사회복지법인",
    "학교법인",
    "의료법인",
    "(재)",
    "(사)",
    "(복)",
    "(학)",
    "(의)",
)
_LATIN_FORM = re.compile(
    r"(?i)(?:^|[\s,.])(?:co|ltd|inc|corp|corporation|llc|gmbh|company|limited|plc|kabushiki|kaisha)(?:[\s,.]|$)"
)
_FOREIGN_COMPANY = (
    "컴퍼니",
    "코퍼레이션",
    "코포레이션",
    "인코포레이티드",
    "리미티드",
    "게엠베하",
    "가부시키가이샤",
    "카부시키카이샤",
    "가부시끼가이샤",
    "가부시키카이샤",
)
_FOREIGN_WORD = re.compile(
    r"\s(?:엘엘씨|엘티디|엘엘피|인크|코프|에스에이|에이지|비브이|엔브이|에이비|피엘씨|유한공사)\.?$"
)
"""Legal forms of other countries as they sound, which could end a person's name where no blank stands before them."""
_FIRM = re.compile(r"(?:법무|특허|회계|세무|노무|감정평가|관세)법인")
_FOUNDER = re.compile(r"^예비창업자")
_PERSON = re.compile(
    r"[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길]"
    r"[가-힣]{1,2}|(?:남궁|황보|제갈|사공|선우|독고|서문)[가-힣]{1,2}"
)
"""A surname of the usual ones and one or two syllables."""
_PRE_FOUNDER = re.compile(r"예비\s?창업(?:자|팀)")
_COOPERATIVE = "협동조합"
_STATE = re.compile(r"대한민국\s*\((?:관리부서\s*)?(?P<office>[^()]+(?:\([^()]*\)[^()]*)*)\)")
_WITHIN_OFFICE = re.compile(r"\s*\([^()]*\)")
_OFFICE_HEAD = re.compile(r"(?<=[청처부원])장$")
_PUNCTUATION = re.compile(r"[\s.,·ㆍ・'\"`]+")

_KINDS: tuple[tuple[InstitutionKind, re.Pattern[str]], ...] = (
    ("university", re.compile(r"(?i)대학|산학협력단|유니버시티|칼리지|university|college")),
    (
        "association",
        re.compile(
            r"협회|조합|상공회의소|중앙회|연합회|진흥회|협의회|사회복지법인|사단법인|학교법인|의료법인|종교법인|공익재단"
            r"|복지재단|\((?:사|복|학|의)\)"
        ),
    ),
    (
        "institute",
        re.compile(r"(?i)연구원|연구소|연구단|연구회|과학기술원|기술원|암센터|병원|화운데이션|파운데이션|institute"),
    ),
    (
        "agency",
        re.compile(
            r"공단|공사(?:$|.*지사$)|진흥원|테크노파크|테크노밸리|재단|\(재\)|센터|창조경제혁신|[가-힣A-Z]{4,}원$|사업단$|추진단$|지원단$|본부$|기금$|은행$"
        ),
    ),
    (
        "government",
        re.compile(
            r"^대한민국|(?:부|처|청|위원회|특별시|광역시|특별자치시|특별자치도|시|군|구)$|^[가-힣]{2,4}도$|청장$"
        ),
    ),
)

_DASHES = re.compile(r"[\s\-‐-―−ー]")
_TEN_DIGITS, _THIRTEEN_DIGITS = re.compile(r"[0-9]{10}"), re.compile(r"[0-9]{13}")
_CHECK_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
"""Weights of the first nine digits in the check digit of a business registration number (National Tax Service)."""
_ZERO = ord("0")


def normalise(name: str) -> str:
    """Return the form of an organisation's name under which all its spellings meet.

    Compatibility characters are unfolded (㈜ → (주)), legal forms, blanks and punctuation dropped, case folded. The
    state's offices lose their wrapping: ``대한민국(농촌진흥청장)`` is 농촌진흥청.
    """
    text = unfold(name)
    state = _STATE.search(text)
    if state:
        text = _OFFICE_HEAD.sub("", _WITHIN_OFFICE.sub("", state["office"]).strip())
    bare = text
    for form in COMPANY_FORMS + _OTHER_FORMS:
        bare = bare.replace(form, "")
    return _PUNCTUATION.sub("", bare).casefold() or _PUNCTUATION.sub("", text).casefold()


def plain_name(text: str) -> str:
    """Return a name as names are searched: without blanks, in small letters, with 대 for 대학교."""
    return "".join(unfold(text).split()).casefold().replace("대학교", "대")


def unfold(text: str) -> str:
    """Return ``text`` in compatibility form (㈜ → (주), full width → plain), the Korean list dot a dot."""
    if text.isascii():
        return text
    # U+318D is written as a dot between words, but its compatibility form is a vowel.
    return unicodedata.normalize("NFKC", text.replace("ㆍ", "·"))


def tidy(name: str) -> str:
    """Return a name as it is shown: compatibility characters unfolded, blanks single."""
    return " ".join(unfold(name).split())


def is_company(name: str) -> bool:
    """Tell a company from an institution by its name; a name that says neither is taken as a company."""
    return _has_company_form(name) or institution_kind(name) == "other"


def legal_form(name: str) -> Literal["corporation"] | None:
    """Return what a name says of a company's legal form; one without any may be a sole proprietor's or a short name."""
    return "corporation" if _has_company_form(name) else None


def is_organisation(name: str) -> bool:
    """Whether a name shows that an organisation bears it; what shows nothing may be a person."""
    return _has_company_form(name) or _COOPERATIVE in name or institution_kind(name) != "other"


def institution_kind(name: str) -> InstitutionKind:
    """Tell the kind of an institution by its name."""
    text = unfold(name).strip()
    if _COOPERATIVE in text:
        return "other"
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "other")


def is_pre_founder(name: str) -> bool:
    """Whether a name says that a person bears it who has not founded anything yet: ``예비창업자 <name>``."""
    return _PRE_FOUNDER.search(unfold(name)) is not None and not _has_company_form(name)


def may_be_person(name: str) -> bool:
    """Whether nothing in a name shows an organisation and it could be a person's."""
    bare = _FOUNDER.sub("", re.sub(r"\s", "", unfold(name)))
    return not is_organisation(name) and _PERSON.fullmatch(bare) is not None


def organisation_ref(name: str) -> NodeRef:
    """Return the node of an organisation that is known by name only."""
    return company_ref(name) if is_company(name) else institution_ref(name)


def institution_ref(name: str) -> NodeRef:
    """Return the node of an institution; a company in an office's role is not the body that it is named after."""
    return NodeRef("Institution", f"{normalise(name)}(주)" if _has_company_form(name) else normalise(name))


def company_ref(name: str, business_number: str | None = None, place: str | None = None) -> NodeRef:
    """Return the node of a company: by its business number where that is known, else by name.

    A register of the whole country that says where each company is gives the ``place`` too (code of a region, behind it
    whatever else tells companies apart): many bear one name, and whether two are one is for ``loaders.resolve`` to
    find.
    """
    if business_number:
        return NodeRef("Company", f"brn:{business_number}")
    return NodeRef("Company", f"name:{normalise(name)}" + (f"@{place}" if place else ""))


def business_number(text: str) -> str | None:
    """Return the ten digits of a business registration number; None where the check digit does not fit, or only zeros.

    The first nine digits are weighted 1, 3, 7, 1, 3, 7, 1, 3, 5, the tens of five times the ninth are added, and the
    tenth digit fills the sum up to a multiple of ten (National Tax Service).
    """
    digits = _plain_digits(text)
    if not _TEN_DIGITS.fullmatch(digits) or not digits.strip("0"):
        return None
    return digits if check_digit(digits) == digits.encode()[9] - _ZERO else None


def check_digit(digits: str) -> int:
    """Return the tenth digit of the business registration number that begins with nine such digits."""
    signs = digits.encode()
    weighted: int = sum(map(mul, signs, _CHECK_WEIGHTS)) - _ZERO * sum(_CHECK_WEIGHTS)
    return (10 - (weighted + 5 * (signs[8] - _ZERO) // 10) % 10) % 10


def corporate_number(text: str) -> str | None:
    """Return the thirteen digits of a corporate registration number; None where there are not so many, or only zeros.

    Its last digit is no longer a check digit in numbers given since 2025.
    """
    digits = _plain_digits(text)
    return digits if _THIRTEEN_DIGITS.fullmatch(digits) and digits.strip("0") else None


def _plain_digits(text: str) -> str:
    return text if text.isdigit() and text.isascii() else _DASHES.sub("", unfold(text)).removesuffix(".0")


def _has_company_form(name: str) -> bool:
    text = unfold(name)
    return (
        any(form in text for form in COMPANY_FORMS)
        or any(text.endswith(ending) for ending in _FOREIGN_COMPANY)
        or _FOREIGN_WORD.search(text) is not None
        or _FIRM.search(text) is not None
        or _LATIN_FORM.search(text) is not None
    )
