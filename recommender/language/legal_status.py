"""What a company says of its legal form, its certificates, and what stands in the way of support."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import is_anothers, is_denied, is_stated, is_wished

_IS: Final = r"(?:입니|이고|이며|인데|이에|예요|에요|임|이다|이라|이지만|이어|이구|인(?=\s))"
_FORMS: Final = {
    "corporation": (
        re.compile(
            r"(?<!현지)(?<!해외)(?<!중국)(?<!베트남)(?<!미국)(?<!일본)(?<!인도)(?<!사단)(?<!재단)(?<!조합)(?<!영농)(?<!비영리)(?<!의료)(?<!학교)(?<!공익)"
            r"(?<!현지 )(?<!해외 )(?<!중국 )(?<!베트남 )(?<!미국 )(?<!일본 )(?<!인도 )(?<!비영리 )(?<!의료 )"
            rf"법인(?:\s?(?:사업자|기업|회사|업체|형태))?(?={_IS}|\s?[,./;)]|\s*$|\s?(?:대표(?=입|이|예)"
            rf"|으로 (?:운영|등록|되어))|\s(?:사업|소상공인|직원|창업|설립일))"
        ),
        re.compile(r"법인(?:으로)?\s?전환(?:을)?\s?(?:완료|했|하였|하여|해서|한|됨|됐|되었)"),
        re.compile(r"법인(?:을)?\s?(?:세웠|설립했|설립하였|설립해서|설립하여)"),
        re.compile(r"(?<!아닌 )(?:주식회사|유한회사|\(주\)|（주）|㈜)\s?(?P<name>[가-힣A-Za-z0-9&]*)"),
    ),
    "sole": (re.compile(r"개인\s?사업(?:자|체)|자영업자?|(?<![가-힣])개인(?=\s?[.,/])"),),
    "other": (
        re.compile(
            r"(?:사회적\s?협동조합|협동조합|사단법인|재단법인|비영리\s?(?:사단\s?|재단\s?)?법인|영농\s?조합\s?법인"
            r"|영어\s?조합\s?법인)"
            rf"(?={_IS}|\s?[,./;]|\s*$|으로 (?:운영|등록)|\s?운영)"
        ),
    ),
}
_NAMED: Final = re.compile(r"(?:^로|에|에게|에서|와|과|랑|를|을|로부터|한테|의|처럼|보다)$")
_RELATED: Final = re.compile(r"^\s?(?:협력|거래|납품|하청|대리점|출신|계열|가맹|직원이었|퇴사)")
_FOREIGN_OWNED: Final = re.compile(r"(?:현지|해외|중국|베트남|미국|일본|인도|태국|필리핀|멕시코|유럽)(?:에)?\s?$")
_SOLE_BEFORE: Final = re.compile(
    r"^(?:에서|로 (?:시작|출발|창업)|였|이었|이던|를 (?:대상|상대)|을 (?:대상|상대)|들|용|만|\s(?:대출"
    r"|대상|위주|고객|전용|카드|여러분|중심|신용)|도 (?:되|가능)|에게|에 (?:대|한)|[와과]\s|로 (?:바꾸"
    r"|전환|변경))"
)

_CERTIFICATE: Final = re.compile(
    r"(?P<name>예비\s?사회적\s?기업|벤처\s?기업|벤처(?=\s?(?:인증|확인))|이노비즈|메인비즈|사회적\s?기업"
    r"|여성\s?기업|장애인\s?기업|마을\s?기업|자활\s?기업"
    r"|(?:기업\s?)?부설\s?연구소|뿌리\s?기업)(?P<paper>\s?(?:인증(?:서|기업|업체)?|확인(?:서|기업)?"
    r"|지정(?:서|기업)?|등록(?:증)?|인정(?:서)?))?"
)
_HELD: Final = re.compile(
    r"^\s?(?:[을를도이가]|으로|로)?\s?(?:(?:19|20)\d{2}년에?\s?|작년에?\s?|올해\s?|이미\s?)?(?:인증"
    r"|확인서?|지정|선정|인정|발급|등록)?(?:[을를도])?\s?"
    r"(?:보유(?!하지|하려|하고 싶)|있(?!는지|나|으면|어야|었|던)|취득(?:했|하|함|한|\s*$)|획득(?:했|하|함"
    r"|한|\s*$)|받(?:은|았(?!었|다가|으나|지만)|아(?!야))|완료|유지(?:하고| 중)"
    r"|통과(?:했|한)|됐|되었|되어|된|돼|지정|선정|인증(?=[.,]|\s*$))"
)
_LOST: Final = re.compile(r"취소|만료|반납|탈락|상실|종료|유효기간이 지|지금은 없|현재는 없|^,[^.!]*\?$")
"""What ends a certificate later in the sentence; in a list of a question it is not even claimed."""
_LABORATORY: Final = re.compile(
    r"^[을를]?\s?(?:(?:19|20)\d{2}년(?:에)?\s?)?(?:설립(?:했|하였|한|해|하여)|운영(?:하고|\s?중|합|해"
    r"|하는)|개소(?:했|한))"
)
_PAPERED: Final = re.compile(rf"^(?:\s?(?:기업|업체|회사))?(?:{_IS}|\s?[,./;]|\s*$)")
_WORD_ONLY: Final = frozenset({"벤처기업", "예비사회적기업"})
"""Named without a paper they may be a manner of speaking, or a step before the certificate."""

_TAX: Final = r"(?:국세|지방세|세금|부가세|부가가치세|소득세|법인세|종소세|종합소득세|재산세|원천세|주민세)"
_OWES: Final = (
    r"(?:하고\s?있|하는 중|있(?!으면|나|을|는지|었|던|어야|어도|다면|지 않|지는)|중(?!이었)|했(?!던|다가"
    r"|었)|됐(?!던|다가|었)|되었(?!던)|상태|되어|돼|으로|로\s"
    r"|[과와]\s[^.,\n]{0,15}?(?:있(?!으면|나|을|는지|었|던|어야|어도|다면|지 않|지는)|중(?!이었)))"
)
_STANDING: Final = {
    "closed": re.compile(
        r"폐업(?:을|신고를?|\s신고(?:를)?)?\s?(?:했(?!던|다가|었)|하였|하고(?!\s?싶)|자(?=입|예|이에)|함(?=\s"
        r"|$|[.,])|상태|한 상태|됐|되었|마쳤|완료|한 (?:개인|소상공인|자영업자|사장))"
        r"|(?:가게|식당|매장|사업|사업체|회사|공장)[를을]?\s?(?:접었|접음|접은 상태|정리했|닫았)|(?:가게|식당"
        r"|매장)?\s?문을 닫(?:았(?!다가)|은 상태|게 됐)"
    ),
    "suspended": re.compile(r"(?:휴업|휴점|휴폐업)\s?(?:신고(?:를)?\s?(?:했|하고|마|완)|중(?!이었|에)|상태|하고 있)"),
    "tax_arrears": re.compile(
        rf"{_TAX}(?:[를을가이은도]|액이)?\s?(?:[가-힣]{{1,5}}\s){{0,2}}?(?:체납(?:[이을도]|액이|금이"
        rf"|세금이)?\s?{_OWES}|(?:[가-힣]{{1,3}}\s)?밀(?:려|렸|린(?!\s?적)))"
        rf"|체납(?:이|액이|세금이|금이|된 세금이)?\s?(?:조금\s|좀\s)?(?:있(?!으면|나|을|는지|었|던|어야|어도"
        rf"|다면|지 않|지는)|중(?!이었)|상태|되어 있|돼 있)"
    ),
    "overdue": re.compile(
        r"(?:대출|이자|융자|상환|할부|원금|원리금|카드값|카드대금|신용카드"
        r"|금융권)[^.,\n]{0,12}?(?:연체\s?(?:중(?!이었)|상태|됐|되었|되어|되고|돼|했(?!던)|하고 있|입니다"
        r"|가 있|이 있)"
        r"|밀(?:려|렸|린(?!\s?적)))|(?<![가-힣])연체\s?(?:중(?!이었)|상태)|연체자(?=입|예|이에)"
    ),
    "unregistered": re.compile(
        r"사업자\s?(?:등록(?:증|번호)?)?(?:[은는이을도])?\s?(?:아직\s)?(?:없(?=[이는습어음고다])|안\s?(?:했|한"
        r"|냈|낸|된|됐|되어)|하지\s?않|전(?=입|이|임|\s*$))"
        r"|미등록\s?(?:사업|상태|프리랜서|업체)|사업자등록증?\s?미(?:등록|발급)"
    ),
}
_OTHERS_DEBT: Final = re.compile(r"대금|월세|임대료|관리비|미수|납품|물품|보험|연금|급여|임금")
_SETTLED: Final = re.compile(r"완납|다 (?:냈|갚|납부)|갚았|해결(?:했|됐|되)|납부(?:했|완료)|해소")
_BY_INSTALMENTS: Final = re.compile(r"체납[^.,\n]{0,12}(?:분할\s?납부|분납|징수\s?유예|납부\s?유예)")
_SINCE: Final = re.compile(
    r"재창업(?:해|했|하여|한|\s*$|[,.])|재개업(?:해|했|하여|\s*$|[,.])|다시 (?:시작했|열었|창업했|개업했)"
)


def legal_forms(said: Clauses) -> Iterator[Reading]:
    """Yield the legal forms that the text gives the asker."""
    for form, patterns in _FORMS.items():
        for pattern in patterns:
            for mention in said.find(pattern):
                if is_stated(mention) and _is_own_form(mention, form):
                    yield reading(mention, "legal_form", form)


def _is_own_form(mention: Mention, form: str) -> bool:
    if form == "sole":
        return not _SOLE_BEFORE.match(mention.after)
    name = mention.match.groupdict().get("name")
    if name is not None:
        leads = name[1:].endswith(("의", "을", "를")) and re.match(r"\s?(?:대표|운영|경영)", mention.after)
        related = _RELATED.match(mention.after) or is_wished(mention)
        return bool(leads) or not (_NAMED.search(name) or related)
    return not _FOREIGN_OWNED.search(mention.before)


def certificates(said: Clauses) -> Iterator[Reading]:
    """Yield certificates that the asker holds; a kind of company named without one may be a guess."""
    for mention in said.find(_CERTIFICATE):
        name = _certificate(mention.match["name"])
        weight = _held(mention, name)
        if weight is not None and is_stated(mention) and not _LOST.search(mention.later):
            yield reading(mention, "certificates", name, weight)


def _certificate(written: str) -> str:
    name = re.sub(r"\s", "", written)
    return {"벤처": "벤처기업", "부설연구소": "기업부설연구소"}.get(name, name)


def _held(mention: Mention, name: str) -> Weight | None:
    """Return how surely a certificate is held, None where it is only spoken of."""
    laboratory = name == "기업부설연구소"
    if _HELD.match(mention.after) or (laboratory and _LABORATORY.match(mention.after)):
        return Weight.GUESS if name == "예비사회적기업" else Weight.STATED
    if laboratory or not _PAPERED.match(mention.after):
        return None
    papered = mention.match["paper"] and name != "예비사회적기업"
    return Weight.GUESS if name in _WORD_ONLY and not papered else Weight.STATED


def standings(said: Clauses) -> Iterator[Reading]:
    """Yield what may bar the asker from support, by the names of ``TextFacts.standing``."""
    for name, pattern in _STANDING.items():
        for mention in said.find(pattern):
            if _stands(mention, name, said.text):
                yield reading(mention, "standing", name)
    for mention in said.find(_BY_INSTALMENTS):
        if not is_anothers(mention):
            yield reading(mention, "standing", "tax_arrears", Weight.GUESS)


def _stands(mention: Mention, name: str, text: str) -> bool:
    if is_anothers(mention) or mention.asked or is_denied(mention) or _SETTLED.search(mention.after):
        return False
    if name in {"overdue", "tax_arrears"} and _OTHERS_DEBT.search(mention.before):
        return False
    if name == "tax_arrears" and _BY_INSTALMENTS.search(mention.match[0] + mention.after):
        return False
    if name == "closed" and (
        _SINCE.search(text, mention.end) or re.search(r"(?:요일|시|에는|명절)\S*\s?$", mention.before)
    ):
        return False
    return not is_wished(mention) or name in {"closed", "unregistered"}
