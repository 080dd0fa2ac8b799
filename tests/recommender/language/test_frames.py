"""A true statement stays what it is beside greetings and other news, and is no fact where the frame says so.

Simple statements of each field are put into frames of which the right reading is known: the same fact, or none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from recommender.language.text_facts import read_text
from recommender.serve.place_reading import regions_in
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import whole_country

_DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Statement:
    """One fact in the forms that frames need; None where it has no such form."""

    field: str
    polite: str
    """In 합쇼체; ``plain`` in 해요체, ``casual`` in 반말, ``noted`` as a note."""
    plain: str
    casual: str
    noted: str
    quoted: str
    supposed: str
    asked: str
    was: str | None
    """Of a time that is over, with a word for it before."""
    denied: str | None
    wished: str | None

    @property
    def has_topic(self) -> bool:
        """Whether it names a topic of its own, which need not be the one before."""
        return self.polite.split()[0].endswith(("은", "는"))


def _is(field: str, noun: str, head: str = "", *, vowel: bool = False, was: bool = True) -> Statement:
    """Make a statement with a copula behind ``noun``, of the subject ``head``."""
    said = f"{head} {noun}".strip()
    i = "" if vowel else "이"
    return Statement(
        field,
        f"{said}입니다",
        f"{said}{'예요' if vowel else '이에요'}",
        f"{said}{i}야",
        f"{said}임",
        f"{said}{i}라고",
        f"{said}{i}라면",
        f"{said}인가요",
        f"{said}{'였' if vowel else '이었'}습니다" if was else None,
        f"{said}{'가' if vowel else '이'} 아닙니다",
        f"{said}{i}면 좋겠습니다",
    )


def _done(field: str, said: str, verb: str) -> Statement:
    """Make a statement of what was done; ``verb`` is the past stem (받았)."""
    said = f"{said} {verb}"
    polite, plain, casual, noted, quoted, supposed, asked = (
        said + end for end in ("습니다", "어요", "어", "음", "다고", "다면", "나요")
    )
    return Statement(
        field,
        polite,
        plain,
        casual,
        noted,
        quoted,
        supposed,
        asked,
        None,
        f"{said}던 것은 아닙니다",
        f"{said}으면 좋겠습니다",
    )


def _there_is(field: str, said: str, *, no: str | None) -> Statement:
    return replace(_being(field, said, wished=f"{said} 있으면 좋겠습니다"), denied=no and f"{no} 없습니다")


def _doing(field: str, said: str, *, wished: bool = True) -> Statement:
    """Make a statement of what is done now, by a verb in 하다."""
    ends = ("합니다", "해요", "해", "함", "한다고", "하면", "하나요", "했습니다", "하지 않습니다")
    polite, plain, casual, noted, quoted, supposed, asked, was, denied = (said + end for end in ends)
    wish = f"{said}하고 싶습니다" if wished else None
    return Statement(field, polite, plain, casual, noted, quoted, supposed, asked, was, denied, wish)


def _being(field: str, said: str, *, wished: str | None = None) -> Statement:
    """Make a statement of a state, by a verb with 있다."""
    ends = ("습니다", "어요", "어", "음", "다고", "으면", "나요", "었습니다", "지 않습니다")
    polite, plain, casual, noted, quoted, supposed, asked, was, denied = (f"{said} 있{end}" for end in ends)
    return Statement(field, polite, plain, casual, noted, quoted, supposed, asked, was, denied, wished)


_STATEMENTS = (
    _is("employees", "12명", "직원이"),
    _is("employees", "12명", "직원은"),
    _there_is("employees", "직원 12명이", no=None),
    _being("employees", "직원을 12명 두고", wished="직원을 12명 두고 싶습니다"),
    _doing("employees", "혼자 일"),
    _is("revenue_krw", "30억원", "작년 매출이", was=False),
    _is("revenue_krw", "30억", "연매출이"),
    _done("revenue_krw", "작년에 30억원을", "팔았"),
    _done("founded", "2009년에", "창업했"),
    _done("founded", "2009년 3월에 문을", "열었"),
    _done("founded", "2009년 3월에 사업자를", "냈"),
    _is("founded", "17년", "업력이", was=False),
    _is("founded", "창업 5년차", vowel=True, was=False),
    _is("legal_form", "법인"),
    _is("legal_form", "주식회사", vowel=True),
    _is("legal_form", "개인사업자", vowel=True),
    _is("legal_form", "협동조합"),
    _doing("legal_form", "법인으로 운영"),
    _there_is("certificates", "벤처기업 인증이", no="벤처기업 인증은"),
    _there_is("certificates", "여성기업 확인서가", no="여성기업 확인서는"),
    _done("certificates", "이노비즈 인증을", "받았"),
    _there_is("certificates", "기업부설연구소가", no="기업부설연구소는"),
    _is("certificates", "사회적기업 인증 기업"),
    _being("certificates", "메인비즈 인증을 보유하고", wished="메인비즈 인증을 보유하고 싶습니다"),
    _is("standing", "국세 체납 중"),
    _being("standing", "세금이 밀려"),
    _there_is("standing", "지방세 체납이", no="지방세 체납은"),
    _is("standing", "휴업 중"),
    _done("standing", "작년에", "폐업했"),
    _is("standing", "연체 중", "대출이"),
    _being("region", "대전 유성구에"),
    _is("region", "대전 유성구", "소재지는", vowel=True),
    _doing("region", "대전 유성구에서 식당을 ", wished=False),
    _doing("region", "강릉에서 커피 로스팅을 ", wished=False),
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Every region of the country."""
    return whole_country().snapshot()


def _fact(text: str, field: str, snapshot: Snapshot) -> object:
    if field == "region":
        return tuple(ref.id for ref in regions_in(text, snapshot))
    read = getattr(read_text(text, _DAY), field)
    return () if read is None else read


_MANY = "거래처는 직원이 200명이고 매출이 1,000억인 법인입니다"
_NEAR = "거래처는 서울에 있고 벤처기업 인증이 있습니다"
_ANOTHERS_NEWS: dict[str, str] = {
    "employees": _NEAR,
    "revenue_krw": _NEAR,
    "legal_form": _NEAR,
    "founded": _MANY,
    "certificates": _MANY,
    "standing": _MANY,
    "region": _MANY,
}
_SAME: dict[str, Callable[[Statement], str]] = {
    "a greeting before": lambda s: f"안녕하세요 대표님. {s.polite}.",
    "thanks after": lambda s: f"안녕하세요, {s.polite}. 감사합니다.",
    "decomposed": lambda s: unicodedata.normalize("NFD", f"{s.polite}."),
    "full-width": lambda s: s.polite.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "doubled spaces": lambda s: s.polite.replace(" ", "  "),
    "spaces that do not break": lambda s: s.polite.replace(" ", "\u00a0"),
    "no stop": lambda s: s.polite,
    "lines around": lambda s: f"문의드립니다\n{s.polite}\n빠른 답변 부탁드립니다",
    "marks": lambda s: f"{s.polite}!!",
    "pictures": lambda s: f"😀 {s.polite} 🙏",
    "해요체": lambda s: s.plain,
    "반말": lambda s: s.casual,
    "a note": lambda s: s.noted,
    "laughter": lambda s: f"{s.plain} ㅎㅎ",
    "-니더": lambda s: s.polite.replace("니다", "니더"),
    "-유": lambda s: s.plain[:-1] + "유" if s.plain.endswith(("어요", "에요", "예요", "해요")) else s.plain,
    "we": lambda s: f"저희는 {s.polite}.",
    "our company": lambda s: f"우리 회사는 {s.polite}.",
    "I": lambda s: f"저는 {s.polite}.",
    "news before and a wish after": lambda s: f"요즘 손님이 줄어 걱정입니다. {s.polite}. 도움을 받고 싶습니다.",
    "a wish after": lambda s: f"{s.polite}. 온라인 판로를 넓히고 싶습니다.",
    "a need before": lambda s: f"운영자금이 필요합니다. {s.polite}.",
    "a question after": lambda s: f"{s.polite}. 신청할 수 있나요?",
    "a customer after": lambda s: f"{s.polite}. {_ANOTHERS_NEWS[s.field]}.",
    "a customer before": lambda s: f"{_ANOTHERS_NEWS[s.field]}. {s.polite}.",
}


@pytest.mark.parametrize("frame", _SAME)
def test_a_statement_is_read_alike_in_any_spelling_and_beside_other_news(frame: str, snapshot: Snapshot) -> None:
    texts = [(_SAME[frame](statement), statement) for statement in _STATEMENTS]
    polite = {statement: _fact(f"{statement.polite}.", statement.field, snapshot) for statement in _STATEMENTS}
    assert () not in polite.values()
    assert [text for text, statement in texts if _fact(text, statement.field, snapshot) != polite[statement]] == []


_OTHERS = [
    "거래처는",
    "저희 협력업체는",
    "우리 고객사는",
    "거래처 사장님은",
    "거래처인 한빛테크는",
    "협력사 중 한 곳은",
    "거래처 중에 한빛이라는 곳이",
    "납품받는 업체는",
    "납품하는 곳은",
    "위탁 생산하는 공장은",
    "투자한 회사는",
    "원청은",
    "저희 원청사는",
    "발주처인 공공기관은",
    "모회사는",
    "경쟁사는",
    "경쟁사인 한빛테크가",
    "가맹 본사는",
    "대리점주는",
    "건물주는",
    "친구 회사는",
    "친구가 운영하는 회사가",
    "형님네 공장은",
    "남편 회사는",
    "남편이 다니는 회사는",
    "동생이 하는 가게는",
    "처가 식당은",
    "사촌 형은",
    "며느리는",
    "시어머니는",
    "지인의 회사는",
    "선배 회사는",
    "동창이 세운 회사는",
    "아는 사장님은",
    "아는 분이 하는 가게는",
    "옆 가게는",
    "앞집 사장님네는",
    "이웃 점포는",
    "같은 건물 1층 카페는",
    "가게 옆에 있는 카페는",
    "어떤 업체는",
    "다른 회사들은",
]
_FORMER_FIRMS = [
    "전에 다니던 회사는",
    "제가 일하던 식당은",
    "전에 하던 가게는",
    "예전 회사는",
    "이전 사업장은",
    "접은 가게는",
    "첫 사업은",
]


@pytest.mark.parametrize("subject", _OTHERS + _FORMER_FIRMS)
def test_what_is_told_of_another_or_of_a_former_firm_is_no_fact(subject: str, snapshot: Snapshot) -> None:
    frames: list[Callable[[Statement], str]] = [
        lambda s: f"저희는 온라인으로 옷을 팝니다. {subject} {s.plain}",
        lambda s: f"{subject} {s.polite.replace('니다', '니다만')}, 저희는 아닙니다.",
    ]
    assert _read_falsely(frames, snapshot) == []


@pytest.mark.parametrize("subject", ["거래처는", "친구 회사는", "경쟁사는", "옆 가게는"])
def test_another_stays_the_subject_over_verbs_that_go_on(subject: str, snapshot: Snapshot) -> None:
    statements = [statement for statement in _STATEMENTS if not statement.has_topic]
    frames: list[Callable[[Statement], str]] = [
        lambda s: f"{subject} 장사가 잘되고 손님도 많고 {s.polite}.",
        lambda s: f"{subject} {'단골이 있고' if s.field == 'region' else '서울에 있고'} {s.polite}.",
    ]
    assert _read_falsely(frames, snapshot, statements) == []


@pytest.mark.parametrize("subject", _OTHERS)
def test_ones_own_figures_are_told_from_anothers_beside_them(subject: str) -> None:
    figures = (("employees", "직원이 5명", "직원이 12명"), ("revenue_krw", "작년 매출이 3억원", "작년 매출이 30억원"))
    for field, own, theirs in (*figures, ("founded", "2019년 설립", "2009년 설립")):
        right = getattr(read_text(f"{own}입니다", _DAY), field)
        assert right is not None
        for text in (
            f"저희는 {own}이고 {subject} {theirs}입니다.",
            f"{own}입니다. {subject} {theirs}이에요.",
            f"{subject} {theirs}입니다. 저희는 {own}입니다.",
            f"{subject} {theirs}인데 저희는 {own}입니다.",
            f"{subject} {theirs}이지만 우리는 {own}이에요.",
        ):
            assert (text, getattr(read_text(text, _DAY), field)) == (text, right)


_DESCRIBING = [
    ("employees", "직원 30명을 둔"),
    ("employees", "직원이 30명인"),
    ("employees", "직원 30명을 고용한"),
    ("revenue_krw", "매출이 50억인"),
    ("revenue_krw", "작년에 매출 50억을 올린"),
    ("founded", "2010년에 설립된"),
    ("founded", "2012년에 문을 연"),
    ("legal_form", "법인으로 등록된"),
    ("legal_form", "개인사업자로 운영하는"),
    ("certificates", "여성기업으로 인증받은"),
    ("certificates", "사회적기업으로 지정된"),
    ("certificates", "벤처기업 인증을 보유한"),
]
"""Clauses that stand before a noun, with the field of what they tell of it."""


@pytest.mark.parametrize(
    "frame",
    [
        "{} 협력사와 일합니다",
        "{} 납품처가 있습니다",
        "{} 거래처",
        "{} 도매상에서 재료를 삽니다",
        "{} 도매상과 거래합니다",
        "{} 공장에서 물건을 받습니다",
        "{} 작은 공장에서 부품을 떼옵니다",
        "{} 협력사에 외주를 줍니다",
        "{} 업체에 생산을 맡깁니다",
        "저희는 {} 유통사에 납품합니다",
        "{} 업체를 찾고 있습니다",
        "{} 카페에서 일했습니다",
        "{} 업체가 저희 단골입니다",
    ],
)
def test_what_a_clause_tells_of_whom_one_deals_with_is_no_fact(frame: str) -> None:
    texts = [(frame.format(clause), field) for field, clause in _DESCRIBING]
    read = [(text, getattr(read_text(text, _DAY), field)) for text, field in texts]
    assert [(text, fact) for text, fact in read if fact not in (None, ())] == []


@pytest.mark.parametrize(
    "frame",
    [
        "저희는 {} 빵집입니다",
        "{} 회사입니다",
        "{} 제조사입니다",
        "{} 공방을 운영합니다",
        "{} 도매상을 운영하고 있습니다",
        "{} 저희 회사는 부품을 만듭니다",
        "{} 카페에서 디저트도 팝니다",
    ],
)
def test_what_a_clause_tells_of_ones_own_firm_is_a_fact(frame: str) -> None:
    texts = [(frame.format(clause), field) for field, clause in _DESCRIBING]
    assert [text for text, field in texts if getattr(read_text(text, _DAY), field) in (None, ())] == []


def test_a_verb_of_ones_own_before_the_clause_stays_ones_own() -> None:
    assert read_text("직원 6명을 두고 인증받은 협력사와 일합니다", _DAY).employees == 6
    told = read_text("직원은 5명이고 사회적기업으로 인증받은 곳에서 간식을 사옵니다", _DAY)
    assert (told.employees, told.certificates) == (5, ())


@pytest.mark.parametrize(
    "text",
    [
        "매출 10억을 바라봅니다",
        "매출 20억을 바라보고 있습니다",
        "매출 5억을 목표로 합니다",
        "직원이 100명인 회사로 키우고 싶습니다",
        "직원 20명 규모의 회사로 키우려고요",
        "직원 50명인 기업으로 성장하고 싶습니다",
        "직원 40명을 둔 회사로 성장하겠습니다",
        "상시근로자 4.5명",
        "직원 12.5명",
        "직원 5명 중 3명이 퇴사했습니다",
        "직원 10명 가운데 2명이 얼마 전에 그만뒀습니다",
    ],
)
def test_goals_shares_of_persons_and_those_who_have_left_are_no_fact(text: str) -> None:
    read = read_text(text, _DAY)
    assert (read.employees, read.revenue_krw) == (None, None)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("매출 10억을 올렸습니다", "revenue_krw", 1e9),
        ("직원 30명인 회사로 키웠습니다", "employees", 30),
        ("직원이 10명인 회사로 판로를 찾고 싶습니다", "employees", 10),
        ("상시근로자 4명.", "employees", 4),
        ("직원 5명 중 3명이 여성입니다", "employees", 5),
        ("직원 6명 중 2명이 곧 그만둡니다", "employees", 6),
    ],
)
def test_what_has_been_reached_and_who_is_still_there_is_a_fact(text: str, field: str, value: float) -> None:
    assert getattr(read_text(text, _DAY), field) == value


_NO_FACT: dict[str, Callable[[Statement], str | None]] = {
    "heard": lambda s: f"{s.quoted} 들었습니다.",
    "heard of a neighbour": lambda s: f"옆 가게 사장님이 {s.quoted} 합니다.",
    "polite by a friend": lambda s: f"친구가 {s.quoted} 했어요.",
    "in the news": lambda s: f"뉴스에서 {s.quoted} 하더라고요.",
    "how to fill it in": lambda s: f"{s.quoted} 쓰면 되나요?",
    "a condition": lambda s: f"{s.supposed} 신청할 수 있나요?",
    "a condition that was heard": lambda s: f"{s.supposed} 지원받을 수 있다고 하네요.",
    "a condition to meet": lambda s: f"신청하려면 꼭 {s.supposed} 되나요?",
    "a case": lambda s: f"만약 {s.supposed} 어떻게 되나요?",
    "asked": lambda s: f"{s.asked}?",
    "asked of the office": lambda s: f"귀 기관은 {s.asked}?",
    "denied": lambda s: s.denied and f"{s.denied}.",
    "denied of us": lambda s: s.denied and f"저희는 {s.denied}.",
    "wished": lambda s: s.wished and f"{s.wished}.",
    "wished for once": lambda s: s.wished and f"언젠가는 {s.wished}.",
    "wished for next year": lambda s: s.wished and f"내년에는 {s.wished}.",
    "formerly": lambda s: s.was and f"예전에는 {s.was}.",
    "at first": lambda s: s.was and f"처음에는 {s.was}.",
    "once": lambda s: s.was and f"한때는 {s.was}. 지금은 아닙니다.",
    "ten years ago": lambda s: s.was and f"10년 전만 해도 {s.was}.",
    "before the pandemic": lambda s: s.was and f"코로나 전에는 {s.was}.",
}


@pytest.mark.parametrize("frame", _NO_FACT)
def test_what_is_heard_supposed_asked_denied_wished_or_over_is_no_fact(frame: str, snapshot: Snapshot) -> None:
    statements = [s for s in _STATEMENTS if not (s.field == "region" and frame.startswith("wished"))]
    assert _read_falsely([_NO_FACT[frame]], snapshot, statements) == []


def _read_falsely(
    frames: list[Callable[[Statement], str | None]] | list[Callable[[Statement], str]],
    snapshot: Snapshot,
    statements: list[Statement] | tuple[Statement, ...] = _STATEMENTS,
) -> list[tuple[str, object]]:
    texts = [(frame(statement), statement.field) for frame in frames for statement in statements]
    read = [(text, _fact(text, field, snapshot)) for text, field in texts if text]
    return [(text, fact) for text, fact in read if fact != ()]
