"""What the verb that words belong to makes of them: a condition, hearsay, a wish, a denial or what is over.

The predicate of a mention reaches from it to the first verb that ends or goes on: of 직원을 12명 두고 있으면 신청되나요
that of 12명 is 두고 있으면, and what stands behind asks of something else.
"""

from __future__ import annotations

import re
from typing import Final

from recommender.language.clauses import PAST, Mention

_MOST_WORDS: Final = 4
"""Words between a fact and the end of its verb, as in 식당을 하고 있으면; a longer way is that of another verb."""
_STOP: Final = re.compile(
    rf"(?<!에)(?<!로)서$|(?<![다라])고$|니까?$|라서?$|[아어해][.,]?$|[다요까죠음함임됨][.,]?$|지만$|[는은인한]데$|며$|[{PAST}]지$|중$|[,/]$"
)
"""Endings of a verb that goes on or ends."""
_GOES_ON: Final = re.compile(r"(?:있|계|싶|않|못|오|왔|보|두|놓|둔|드)")
"""What belongs to the verb before it: 두고 있으면, 하고 싶다."""
_IF: Final = re.compile(rf"(?:[다라이하되나]|있으|없으|[{PAST}]으|받으|쓰|두|내|열|팔|볶으|키우)면(?:요)?[,?]?$")
_NO_IF: Final = re.compile(
    r"(?:다시|말하|보|왜냐하|그러|어떻게\s하|아니)면$|(?<![가-힣])(?:라|이)면$|[방측표반화지]면$"
)
_QUOTE: Final = re.compile(
    rf"[다라](?:고|고들|고도)$|(?:[다라]던데|[다라]더군|[다라]더라|[{PAST}한는]대|(?<=[가-힣])이래)요?[.,]?$"
)
_HEARSAY: Final = re.compile(
    r"^\s?(?:\S+\s)?(?:들었|들은|들어서|하더|하던|합디|하네|하데|적혀|써\s?있|나오|나왔|나와|알려|소문|뜨|떠\s?있|떴|보도|기사|쓰면|적으면|하면|치면|쓸|적어)"
)
"""Verbs of hearing, reading and supposing, behind what is quoted."""
_SAID: Final = re.compile(r"^\s?(?:말|얘기|이야기)?\s?(?:합니다|해요|했|함|한다|하고|하는데|하시|하셨|했다)")
_SPEAKER: Final = re.compile(r"(?<![가-힣])(?!제가|내가|저희|우리)\S*[가-힣](?:이|가|께서|에서|들은|님은)\s")
"""Who says it, where it is not the asker."""
_WISHED: Final = re.compile(
    r"고\s?싶|면\s(?:좋겠|합니다|해요|하는|싶|더\s좋|바랄)|려고|려는|려\s?합|기를\s(?:바|희망|원)|길\s(?:바|희망|원)"
    r"|[ㄹ을할될]\s(?:예정|계획|생각|작정)"
)
_DENIED: Final = re.compile(
    r"(?:있|두|쓰|받|되|내|갖추|(?:운영|보유|고용|등록|창업|설립|개업|일|하|체납|연체|영업|장사|근무|만들|볶)?하|볶|만들|열|려\s?있)지(?:는|도|를)?\s?"
    r"(?:않(?!은\s가)|못(?!지)|아니)|(?:가|이|은|는)?\s?아(?:니에|닙|님(?![가-힣])|닌|니라|니고)"
)
_NOT_SO: Final = re.compile(r"^지(?:는|도|를)?\s?(?:않|못|아니)")
_WAS: Final = re.compile(
    rf"^(?:으로|로|이|가|을|를|중)?\s?(?:중)?(?:이었|였|있었|두었었|\S*하고\s?있었|\S*고\s있었|\S*[어아해]\s있었|\S*[{PAST}]었|\S*했던|이던|운영했)"
)
"""A verb of being of a time before."""
_ALL_ALONG: Final = re.compile(r"부터|이후|계속|줄곧|쭉|지금까지|그동안")


def predicate(mention: Mention) -> str:
    """Return the last letter of a mention and what stands behind it up to the end of the verb that it belongs to."""
    after = mention.match[0][-1:] + mention.after
    words = list(re.finditer(r"\S+", after))[: _MOST_WORDS + 1]
    for place, word in enumerate(words):
        follows = after[word.end() + 1 :]
        if _STOP.search(word[0]) and not _GOES_ON.match(follows):
            return after[: word.end()]
        if _IF.search(word[0]) or _QUOTE.search(word[0]):
            return after[: word.end()]
        if place == _MOST_WORDS:
            return after[: word.end()]
    return after


def is_condition(mention: Mention) -> bool:
    """Whether the verb makes a condition of it: 법인이라면, 체납이 있으면."""
    verb = predicate(mention)
    return bool(_IF.search(verb) and not _NO_IF.search(verb))


def is_hearsay(mention: Mention) -> bool:
    """Whether it is what somebody said, or what may be said: 12명이라고 들었습니다, 있다고 쓰면 되나요."""
    verb = predicate(mention)
    if not _QUOTE.search(verb):
        return False
    behind = mention.after[len(verb) - 1 :]
    if not verb.rstrip().endswith(("고", "고들", "고도")):
        return bool(_SPEAKER.search(mention.earlier))
    if verb.rstrip("들도").endswith("다고"):
        return bool(_HEARSAY.match(behind) or _SAID.match(behind))
    return bool(_HEARSAY.match(behind) or (_SAID.match(behind) and _SPEAKER.search(mention.earlier)))


def is_sought(mention: Mention) -> bool:
    """Whether the verb wishes or intends it: 법인으로 운영하고 싶습니다, 있으면 좋겠습니다."""
    verb = predicate(mention)
    return bool(_WISHED.search(verb) or (_IF.search(verb) and _WISHED.search(mention.after[: len(verb) + 5])))


def is_refused(mention: Mention) -> bool:
    """Whether the verb denies it: 보유하고 있지 않습니다."""
    return bool(_NOT_SO.match(mention.after) or _DENIED.search(predicate(mention)))


def is_past(mention: Mention) -> bool:
    """Whether the verb tells of a state that was: 법인이었습니다, 체납이 있었습니다."""
    return bool(_WAS.match(mention.after) and not _ALL_ALONG.search(mention.before))
