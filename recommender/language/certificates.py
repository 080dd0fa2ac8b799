"""Which certificates a company says it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import EXISTS, IS, is_stated

_NAME: Final = (
    r"예비\s?(?:사회적|마을)\s?기업|벤처\s?기업|벤처(?=\s?(?:인증|확인))|이노비즈|메인비즈|사회적\s?기업"
    r"|여성\s?기업|장애인\s?기업|마을\s?기업"
    r"|자활\s?기업|뿌리\s?기업|(?:기업\s?)?부설\s?연구소"
)
_PAPER: Final = r"\s?(?:인증(?:서|기업|업체)?|확인(?:서|기업)?|지정(?:서|기업)?|등록(?:증)?|인정(?:서)?)"
_CERTIFICATE: Final = re.compile(rf"(?P<name>{_NAME})(?P<paper>{_PAPER})?")
_FULL_NAMES: Final = {"벤처": "벤처기업", "부설연구소": "기업부설연구소"}
_HELD: Final = re.compile(
    rf"(?:\s?(?:및|[과와]|[,·/])\s?(?:{_NAME}|벤처)(?:{_PAPER})?){{0,4}}"
    r"\s?(?:[은는을를도이가만]|으로|로)?(?:\s?(?:둘|셋|넷|모두|전부)(?:\s?다)?)?\s?(?:(?:(?:19|20)\d{2}년(?:\s\d{1,2}월)?에?|작년에?|올해|이미|다시|새로|지금)\s?)?"
    r"(?:인증|확인서?|지정|선정|인정|발급|등록)?[을를도]?\s?"
    rf"(?:보유(?!하지|하려|하고 싶)|{EXISTS}|(?:취득|획득)(?:했|하|함|한|\s*$)|받(?:은|았(?!었|다가|으나"
    rf"|지만)|아(?!야|\s?보))"
    r"|완료|유지(?:하고| 중)|(?:심사|평가)[를을에]\s(?:\S{2,4}에?\s)?통과(?:했|하였|한)"
    r"|통과(?:했|한)|됐|되었|되어|된|돼|지정|선정|인증(?=[.,]|\s*$))"
)
"""Words that say that what was named, alone or in a list, is held."""
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
    for mention in said.find(_CERTIFICATE):
        written = re.sub(r"\s", "", mention.match["name"])
        name = _FULL_NAMES.get(written, written)
        weight = _held(mention, name)
        if weight is not None and is_stated(mention) and not _LOST.search(mention.later):
            yield reading(mention, "certificates", name, weight)


def _held(mention: Mention, name: str) -> Weight | None:
    """Return how surely a certificate is held, None where it is only spoken of."""
    # A list of certificates may reach over commas, which end a clause.
    if _HELD.match(mention.later) or (name == _LABORATORY and _RUNS.match(mention.after)):
        return Weight.GUESS if name in _BEFORE_CERTIFICATE else Weight.STATED
    if name == _LABORATORY or not _IS_ONE.match(mention.after):
        return None
    papered = mention.match["paper"] and name not in _BEFORE_CERTIFICATE
    return Weight.GUESS if name in _WORD_ONLY and not papered else Weight.STATED
