"""Which certificates a company says it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import EXISTS, IS, is_stated

_NAME: Final = (
    r"예비\s?(?:사회적|마을)\s?기업|벤처\s?기업|벤처(?=\s?(?:인증|확인|[,/·ㆍ]|이?랑\s|하고\s|와\s))|이노비즈|메인비즈|사회적\s?기업"
    r"|여성\s?기업|장애인\s?기업|마을\s?기업"
    r"|자활\s?기업|뿌리\s?기업|(?:기업\s?)?부설\s?연구소"
)
_PAPER: Final = r"\s?(?:인증(?:서|기업|업체)?|확인(?:서|기업)?|지정(?:서|기업)?|등록(?:증)?|인정(?:서)?)"
_CERTIFICATE: Final = re.compile(rf"(?P<name>{_NAME})(?P<paper>{_PAPER})?")
_FULL_NAMES: Final = {"벤처": "벤처기업", "부설연구소": "기업부설연구소"}
_HELD: Final = re.compile(
    rf"(?:\s?(?:및|[과와]|이?랑|하고|그리고|[,·/ㆍ&+])\s?(?:{_NAME}|벤처|[가-힣]{{2,6}}(?=\s?확인서))(?:{_PAPER})?){{0,4}}"
    r"\s?(?:[은는을를도이가만]|으로|로)?(?:\s?(?:둘|셋|넷|모두|전부|다)(?:\s?다)?)?\s?(?:(?:(?:19|20)\d{2}년(?:\s\d{1,2}월)?에?|작년에?|올해|이미|다시|새로|지금|같이|함께)\s?)?"
    r"(?:인증|확인서?|지정|선정|인정|발급|등록)?[을를도]?\s?"
    rf"(?:\s?\d{{1,2}}\s?년\s?[차째]|(?:가지고|갖고|갖추고)\s?{EXISTS}"
    r"|갱신(?:했|하였|완료)|(?:(?:20)?\d{2}년(?:\s\d{1,2}월)?까지\s?)?유효(?=합|해|함)"
    rf"|소지|보유(?!하지|하려|하고 싶)|{EXISTS}|(?:취득|획득)(?:했|하|함|한|\s*$)|받(?:은|았(?!었|다가|으나"
    rf"|지만)|아(?!야|\s?보))"
    r"|완료|유지(?:하고| 중)|(?:심사|평가)[를을에]\s(?:\S{2,4}에?\s)?통과(?:했|하였|한)"
    r"|통과(?:했|한)|됐|되었|되어|된|돼|지정|선정|인증(?=[.,]|\s*$))"
)
"""Words that say that what was named, alone or in a list, is held."""
_LISTED: Final = re.compile(
    rf"(?:보유\s?(?:한\s)?인증|(?:^|(?<=[\n.,/;])|(?<=[\n.,/;]\s))인증(?:서)?(?:\s?(?:보유|현황|내역|사항))?)(?:서)?(?:\s?현황)?\s?[:：\-]\s?"
    rf"(?P<list>(?:{_NAME}|벤처)(?:{_PAPER})?(?:\s?(?:[,/·ㆍ&+]|및)\s?(?:{_NAME}|벤처)(?:{_PAPER})?){{0,5}})"
    r"(?=\s*$|\s?[.\n]|\s?보유|\s?있)"
)
"""A heading for the certificates that are held, and the list under it."""
_OTHERS_HEADING: Final = re.compile(
    r"(?:필요|요구|예정|준비|희망|목표|거래처|고객|협력사)\S{0,3}\s?인증(?:서)?\s?[:：\-]"
)
"""A heading for certificates that are wanted, or another's."""
_HEADING_BEFORE: Final = 40
"""Letters between a heading and what stands under it: three or four names of a list."""
_RUNS: Final = re.compile(
    r"[을를]?\s?(?:(?:19|20)\d{2}년(?:에)?\s?)?(?:설립(?:했|하였|한|해|하여)|운영(?:하고|\s?중|합|해|하는)"
    r"|개소(?:했|한))"
)
_IS_ONE: Final = re.compile(rf"(?:\s?(?:기업|업체|회사))?(?:{IS}|\s?[,./;]|\s*$)")
_LOST: Final = re.compile(
    r"취소|만료|반납|탈락|상실|종료|유효기간이 지|지금은 없|현재는 없|(?:확인서"
    r"|인증서?)[은는이가도]?\s?(?:아직\s)?(?:없|못|안)|^,[^.!]*\?$"
)
"""What ends a certificate later in the sentence; in a list of a question it is not even claimed."""
_LABORATORY: Final = "기업부설연구소"
_BEFORE_CERTIFICATE: Final = frozenset({"예비사회적기업", "예비마을기업"})
_WORD_ONLY: Final = _BEFORE_CERTIFICATE | {"벤처기업"}
"""Named without a paper they may be a manner of speaking, or a step before the certificate."""


def certificates(said: Clauses) -> Iterator[Reading]:
    """Yield certificates that the asker holds; a kind of company named without one may be a guess."""
    for mention in said.find(_LISTED):
        headed = _OTHERS_HEADING.search(said.text, max(0, mention.start - _HEADING_BEFORE), mention.end)
        if not headed and is_stated(mention) and not _LOST.search(mention.later):
            for each in re.finditer(rf"{_NAME}|벤처", mention.match["list"]):
                yield reading(mention, "certificates", _full(each[0]), Weight.STATED)
    for mention in said.find(_CERTIFICATE):
        if _OTHERS_HEADING.search(said.text, max(0, mention.start - _HEADING_BEFORE), mention.start):
            continue
        name = _full(mention.match["name"])
        weight = _held(mention, name)
        if weight is not None and is_stated(mention) and not _LOST.search(mention.later):
            yield reading(mention, "certificates", name, weight)


def _full(written: str) -> str:
    name = re.sub(r"\s", "", written)
    return _FULL_NAMES.get(name, name)


def _held(mention: Mention, name: str) -> Weight | None:
    """Return how surely a certificate is held, None where it is only spoken of."""
    # A list of certificates may reach over commas, which end a clause.
    if _HELD.match(mention.later) or (name == _LABORATORY and _RUNS.match(mention.after)):
        return Weight.GUESS if name in _BEFORE_CERTIFICATE else Weight.STATED
    if name == _LABORATORY or mention.match[0] == "벤처" or not _IS_ONE.match(mention.after):
        return None
    papered = mention.match["paper"] and name not in _BEFORE_CERTIFICATE
    return Weight.GUESS if name in _WORD_ONLY and not papered else Weight.STATED
