"""Which clauses of a text ask for something, and which only state facts."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from recommender.language.clauses import clauses
from recommender.language.people import STAFF_WORD
from recommender.language.stance import WISH
from recommender.language.text_facts import states_facts

_WISH: Final = re.compile(rf"{WISH}|없")
_TROUBLE: Final = re.compile(
    r"찾|부족|어렵|어려|힘[들듭든]|걱정|고민|부담|문제|늘리|줄이|높이|개선|바꾸|넓히|옮기|배우|도움|알아보"
    r"|려고\s?(?:합|해|하)|모자라|모자랍|모자란|모르겠|못\s(?:받|팔|구|찾)|쌓여|막막"
    r"|야\s?(?:합니다|해요|하는데|할지|될|됩니다)|당했|당하|피해를|낡[았은아]|고장|막혔|밀[렸려]|안\s(?:돼|되|구해|팔|나가)"
    r"|줄었|줄어|떨어졌|떨어져|끊겼|끊기|안 팔|원합|급합|급해|급한|급하|시급|추천|소개|궁금"
    r"|(?:지원|혜택|보조|자금|대출|사업|교육|공간|방법|곳)\S{0,3}\s*(?:좀\s*|뭐\s*|혹시\s*)?(?:있[나을습]|되나|될까|가능|받을)"
    r"|지원(?:이|을)?\s*$|지원\s*받"
    r"|(?i:\b(?:need|want|look|seek|plan|wish|hope|help|lack|difficult|trouble|problem))"
)
_WANTED: Final = re.compile(
    r"(?:노무|세무|세금|회계|법률|특허|상표|창업|수출|자금|경영|인증|계약)\s?(?:상담|자문)\s*$"
    r"|(?:쓸|사용할|들어갈|옮길|임대할)\s(?:\S+\s)?(?:사무실|공간|작업장|창고|호실|공장|매장)(?:\s*\d+\s?(?:평|㎡|제곱미터))?\s*$"
    r"|(?:사무실|작업장|창고)\s*\d+\s?(?:평|㎡|제곱미터)(?:\s?(?:정도|이상|내외|이내))?\s*$"
    r"|\S\s(?:연구자|교수|전문가|멘토|파트너)(?:님|분)?\s*$"
    r"|(?:같이|함께|공동(?:으로)?)\s(?:\S+\s){0,2}?\S+[할을]\s(?:회사|업체|기업|곳|분|팀)\s*$"
    r"|(?:대출|융자|지원금|보조금|바우처)\s*$"
)
"""A request in a noun, without a verb: 노무 상담, 8명이 쓸 사무실 30평, 배터리 열관리 연구자."""
_BRACKETS: Final = re.compile(r"[(（\[][^()（）\[\]\n]*[)）\]]")
_MARKS: Final = ".,;!?/"
"""Marks that end a clause, but not in brackets: 채소(상추, 오이) is one thing."""
_STAND_INS: Final = "\ue000\ue001\ue002\ue003\ue004\ue005"
"""Private characters that stand for them there while a text is cut."""
_HELD: Final = str.maketrans(_MARKS, _STAND_INS)
_LET_GO: Final = str.maketrans(_STAND_INS, _MARKS)
_CERTIFICATE: Final = (
    r"벤처기업|이노비즈|메인비즈|사회적\s*기업|여성\s*기업|장애인\s*기업|마을\s*기업|기업\s*부설\s*연구소|뿌리\s*기업"
)
_DENIED: Final = re.compile(
    rf"(?:사업자(?:\s*등록)?(?:증|번호)?|{STAFF_WORD}|매출(?:액)?|{_CERTIFICATE}|인증|특허|연구소|수출\s*실적|법인|체납"
    r"|연체|휴업|폐업)(?:은|는|이|가|도)?\s*(?:아직\s*|전혀\s*|따로\s*|현재\s*)?(?:없|아니|아닙|아님)"
)
"""A fact that is said to be absent: no wish, though the word for it stands in many (손님이 없다)."""
MOST_CLAUSES: Final = 24
"""Clauses of one request that are ranked by: each is encoded, and nobody asks for more things at once."""
_MOST_PARTS: Final = 200
"""Clauses that are looked at for what they tell beside facts; those that ask are found anywhere."""


_LONGEST_QUOTE: Final = 80
"""Letters of a clause that are quoted: who reads it knows what they wrote."""


def shortened(clause: str) -> str:
    """Return a clause as it is quoted, cut where it is long."""
    return clause if len(clause) <= _LONGEST_QUOTE else clause[: _LONGEST_QUOTE - 1] + "…"


def asks(clause: str) -> bool:
    """Whether a clause wishes for something or tells of a trouble, beside any fact that it says to be absent."""
    rest = _DENIED.sub(" ", clause)
    return bool(_WISH.search(rest) or _TROUBLE.search(rest) or _WANTED.search(rest))


def only_informs(clause: str) -> bool:
    """Whether a clause states facts, or says that something is absent, and asks for nothing."""
    return not asks(clause) and (states_facts(clause) or bool(_DENIED.search(clause)))


def requests_in(text: str) -> tuple[str, ...]:
    """Clauses that ask for something or say more of the company than plain facts; the whole text where none does.

    At most ``MOST_CLAUSES``, in the order of the text: those that ask go before those that only tell.
    """
    parts = _parts(text)
    asking = [part for part in parts if asks(part)][:MOST_CLAUSES]
    plain = [part for part in islice(parts, _MOST_PARTS) if not (asks(part) or only_informs(part))]
    chosen = {*asking, *plain[: MOST_CLAUSES - len(asking)]}
    return tuple(part for part in parts if part in chosen) or ((text.strip(),) if text.strip() else ())


def has_too_many_clauses(text: str) -> bool:
    """Whether a text has more clauses than a request is ranked by."""
    return len(_parts(text)) > MOST_CLAUSES


def _parts(text: str) -> tuple[str, ...]:
    """Cut a text into clauses, none within brackets."""
    whole = _BRACKETS.sub(lambda brackets: brackets[0].translate(_HELD), text)
    return tuple(part.translate(_LET_GO) for part in clauses(whole))


def case_words(title: str, text: str | None) -> str:
    """Join the title and the text of a case; a title that is the beginning of its text adds nothing."""
    return text if text and text.startswith(title) else ". ".join(filter(None, (title, text)))
