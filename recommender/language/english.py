"""What a company says of itself in English: the same facts, by the same rule that they are its own and hold now."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.readings import Reading, Weight, reading

_WORDS: Final = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_NUMBER: Final = rf"(?P<number>(?<![\d,.$])\d[\d,]*+|\b(?:{'|'.join(_WORDS)})\b)"
_KINDS: Final = r"(?:(?:full-time|fulltime|permanent|regular|total)\s)?"
_STAFF: Final = (
    re.compile(
        rf"(?i){_NUMBER}\s{_KINDS}(?:employees?|staff(?:\smembers)?|workers|people\swork(?:ing)?\b)(?!\s(?:left|quit"
        rf"|each))"
    ),
    re.compile(rf"(?i)\b(?:staff|workforce|headcount|employees)\s?(?:of|is|:|=)\s?{_NUMBER}(?![\d%])"),
    re.compile(rf"(?i)\bemploy(?:s|ing)?\s{_NUMBER}(?:\s{_KINDS}(?:people|persons|workers|staff))?(?![\w%])"),
)
_PERSONS: Final = re.compile(rf"(?i){_NUMBER}[- ](?:person|people|man)\s(?!team\sof)")
"""Whether the owner is one of them is not told: a guess."""
_WITH_OWNER: Final = re.compile(
    rf"(?i){_NUMBER}\s(?:of\sus|{_KINDS}(?:people|persons|members|employees|staff|workers))?(?:\sin\s(?:all"
    rf"|total))?,?\s?\(?(?:including|counting)"
    r"\s(?:me|myself|us|the\s(?:\w+\s)?(?:founders?|owners?|ceo))\b"
)
"""People of whom the owner is one."""
_BESIDE_OWNER: Final = re.compile(
    rf"(?i){_NUMBER}\s{_KINDS}(?:people|persons|members|others?)?,?\s?\(?(?:besides|excluding|apart\sfrom|other\sthan"
    rf"|not\s(?:counting|including))"
    r"\s(?:me|myself|the\s(?:founder|owner|ceo))\b"
)
_NO_STAFF: Final = re.compile(
    r"(?i)\bno\s(?:other\s)?(?:employees|staff|workers)\b|\b(?:one|1)-(?:person|man|woman)\s|\bsole operator\b"
    r"|\b(?:run|work|operate|manage|doing|do)\w*\s(?:\S+\s){0,5}?(?:alone|by myself|on my own|solo)\b|\bjust me\b"
)
_MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip
_WHEN: Final = (
    rf"(?:(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?,?\s)?(?P<year>(?:19|20)\d{{2}})(?!\d)"
)
_FOUNDED: Final = re.compile(
    r"(?i)\b(?:founded|established|est\.?|incorporated|started(?:\sup)?|opened(?:\sup)?|set\sup|launched|in\sbusiness"
    r"|operating|began"
    r"|registered(?:\s(?:my|our|the)\s(?:business|company|shop))?\sas\san?\s(?:\w+\s)?(?:proprietor(?:ship)?|trader"
    r"|corporation|company"
    r"|business)|registered\s(?:my|our|the)\s(?:business|company|shop)"
    rf"|been\s(?:open|running|operating|around))(?:\s(?:the|my|our|this|a)\s(?:company|business|shop|store|cafe"
    rf"|bakery|firm|restaurant))?"
    rf"\s?(?:back\s)?(?:in|since|on|:)?\s?{_WHEN}|\bsince\s(?P<since>(?:19|20)\d{{2}})(?!\d)"
)
_ONCE_MORE: Final = re.compile(r"(?i)\b(?:again|re-?opened|closed|shut)\s(?:down\s)?$")
"""Before a year these tell of a new beginning or an end of what was founded earlier."""
_SUM: Final = (
    r"(?P<about>(?:about|around|roughly|approximately|nearly|almost|some|over|under|more than|less than)\s)?(?:KRW\s?"
    r"|₩\s?)?"
    r"(?P<amount>\d[\d,]*+(?:\.\d+)?)\s?(?P<unit>billion|bn|million|mn|m|b)?\s?(?P<won>won|krw)?\b"
)
_SALES: Final = (
    re.compile(
        rf"(?i)\b(?P<period>monthly\s|daily\s|target\s)?(?:revenues?|sales|turnover)\s?(?:last\syear\s"
        rf"|in\s20\d\d\s)?(?:was|were|is|are|of|came\sto|reached|totall?ed|:|=)\s?{_SUM}"
    ),
    re.compile(
        rf"(?i)\b(?:made|earned|sold|grossed|turned\sover)\s{_SUM}(?=[^.!?]{{0,20}}\blast\syear\b|\s(?:in\s)?(?:sales"
        rf"|revenue))"
    ),
)
_NO_SALES: Final = re.compile(r"(?i)\bno\s(?:revenues?|sales)\b|\bpre-revenue\b")
_UNITS: Final = {"billion": 1e9, "bn": 1e9, "b": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6}
_FORMS: Final = {
    "corporation": re.compile(
        r"(?i)\b(?:(?:are|is|am|as|be)\sa\s(?:\w+\s)?|incorporated\sas\sa\s)(?:corporation|limited\scompany"
        r"|stock\scompany)\b|(?:^|(?<=[.;,/]\s))Corporation(?=\s?[,.;/]|\s*$)|\bCo\.,?\s?Ltd\b|\bInc\."
    ),
    "sole": re.compile(r"(?i)\bsole\s(?:proprietor(?:ship)?|trader)\b|\bself-employed\b"),
}
_CERTIFICATES: Final = {
    "벤처기업": r"venture[- ]certified|certified\sventure|venture\s(?:company\s)?certificat(?:e|ion)",
    "이노비즈": r"inno-?biz",
    "메인비즈": r"main-?biz",
    "여성기업": r"certified\swom[ae]n[- ]owned|wom[ae]n[- ]owned\s(?:business|company|enterprise)\scertificat(?:e|ion)",
    "사회적기업": r"certified\ssocial\senterprise|social\senterprise\scertificat(?:e|ion)",
    "기업부설연구소": r"(?:corporate|affiliated|in-house|company)\s(?:R&D|research)\s(?:center|centre|institute|lab)",
}
_NAMED: Final = {name: re.compile(rf"(?i)(?<!pre-)\b(?:{words})") for name, words in _CERTIFICATES.items()}
_HOLDS: Final = re.compile(
    r"(?i)^\s*$|,\s$|\b(?:have|has|hold|holds|holding|got|received|obtained|earned|are|is|am|with|'re|'m)\b"
)
_STANDING: Final = {
    "tax_arrears": (
        r"\b(?:behind\son|owe|owing|haven't\spaid|unpaid|overdue|delinquent)\s(?:\w+\s){0,2}(?:taxe?s?|vat)\b"
        r"|\btax(?:es)?\s(?:is|are)\s(?:overdue|unpaid|in\sarrears)"
    ),
    "overdue": (
        r"\b(?:loan|interest|repayment)s?\s(?:is|are|payments?\sare)\s(?:overdue|late|in\sarrears)"
        r"|\bbehind\son\s(?:\w+\s){0,2}(?:loan|interest)"
    ),
    "closed": (
        r"\b(?:I|we)\s(?:have\s|had\sto\s)?(?:closed?|shut)\s(?:down\s)?(?:my|our|the)\s(?:shop|store|business"
        r"|company|cafe|restaurant)\b"
        r"|\b(?:my|our)\s(?:shop|store|business|company|cafe|restaurant|bakery|firm)\s(?:has\s|was\s)?(?:closed\sdown"
        r"|shut\sdown"
        r"|closed\s(?:in|last)\s(?:\w+\s)?(?:20\d\d|year|month|spring|summer|autumn|fall|winter)\b(?!'s))"
    ),
    "unregistered": (r"\b(?:not\s(?:yet\s)?registered|haven't\sregistered|no\sbusiness\sregistration|unregistered)\b"),
}
_STANDINGS: Final = {name: re.compile(f"(?i){words}") for name, words in _STANDING.items()}
_YET: Final = re.compile(
    r"(?i)\b(?:plan(?:ning)?|about|hop(?:e|ing)|want|going|preparing|looking|would\slike)\sto\s(?:start|open|found"
    r"|launch|set\sup)\s"
    r"(?:up\s)?(?:a|my|our|an)\s(?!second|new\sbranch|branch|another)(?:\w+\s){0,2}?(?:business|company|shop|store"
    r"|cafe|bakery|restaurant|startup|start-up|firm)"
    r"|\b(?:aspiring|prospective|would-be)\s(?:founder|entrepreneur)"
)
_OTHERS: Final = re.compile(
    r"(?i)\b(?:clients?|customers?|suppliers?|partners?|competitors?|buyers?|landlord|parent company|husband|wife"
    r"|friend|brother|sister|father|mother|their|his|her|they|he|she)\b"
)
_OURS: Final = re.compile(r"(?i)\b(?:we|we're|i|i'm|our|my|us)\b")
_NOT_NOW: Final = re.compile(
    r"(?i)\b(?:not|no longer|never|isn't|aren't|don't|doesn't|didn't|used to|had|once|was|were|if|whether|plan"
    r"|planning|hope|want|would|will|going to|need|looking|seeking|hire|hiring|apply|applied"
    r"|applying|expired|lost|lapsed|target|goal|expect)\b"
)
_WAS: Final = re.compile(r"(?i)\b(?:was|were|had)\b")
_BOUND: Final = re.compile(
    r"(?i)^\s?(?:or\s(?:more|less|fewer)|at most|at least|to\s\d|-\s?\d)|^[^.]{0,30}\b(?:expired|lapsed)\b"
    r"|^\s?(?:compan(?:y|ies)\s)?(?:needed|required|wanted|preferred)\b|^[^.,]{0,30}\b(?:last year's)\b"
)
_SPAN: Final = 90
"""Characters of a sentence before its words in which a subject or a denial is looked for."""


def english_facts(said: Clauses, today: date) -> Iterator[Reading]:
    """Yield what English words tell of the asker, by the fields of ``TextFacts``."""
    if not re.search(r"[A-Za-z]{2}\s[A-Za-z]", said.text):
        return
    yield from _employees(said)
    yield from _founded(said, today)
    yield from _revenues(said)
    yield from _named(said)
    for mention in said.find(_YET):
        if not _OTHERS.search(_sentence(said, mention)):
            yield reading(mention, "yet_to_found", value=True)


def _named(said: Clauses) -> Iterator[Reading]:
    """Yield legal forms, standings and certificates."""
    for field, patterns in (("legal_form", _FORMS), ("standing", _STANDINGS), ("certificates", _NAMED)):
        for name, pattern in patterns.items():
            for mention in said.find(pattern):
                held = field != "certificates" or _HOLDS.search(_sentence(said, mention))
                if held and _is_own(said, mention, denied=field != "standing"):
                    yield reading(mention, field, name)


def _employees(said: Clauses) -> Iterator[Reading]:
    for pattern in (*_STAFF, _PERSONS):
        for mention in said.find(pattern):
            if _is_own(said, mention):
                weight = Weight.GUESS if pattern is _PERSONS else Weight.STATED
                yield reading(mention, "employees", _count(mention.match["number"]), weight)
    for pattern, owners in ((_WITH_OWNER, 1), (_BESIDE_OWNER, 0)):
        for mention in said.find(pattern):
            if _is_own(said, mention):
                number = max(_count(mention.match["number"]) - owners, 0)
                yield reading(mention, "employees", number, Weight.CURRENT)
    for mention in said.find(_NO_STAFF):
        if _is_own(said, mention):
            yield reading(mention, "employees", 0)


def _count(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits[:9]) if digits.isdigit() else _WORDS.index(word.lower())


def _founded(said: Clauses, today: date) -> Iterator[Reading]:
    for mention in said.find(_FOUNDED):
        match = mention.match
        year = int(match["year"] or match["since"])
        month = _MONTHS.index(match["month"].lower()) + 1 if match["month"] else None
        first, last = date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])
        anew = _ONCE_MORE.search(_sentence(said, mention))
        if first <= today and not anew and _is_own(said, mention, past=True):
            yield reading(mention, "founded", (first, min(last, today)))


def _revenues(said: Clauses) -> Iterator[Reading]:
    for pattern in _SALES:
        for mention in said.find(pattern):
            match = mention.match
            other = match.groupdict().get("period") or not (match["won"] or "₩" in match[0] or "KRW" in match[0])
            if not other and _is_own(said, mention, past=True):
                won = float(match["amount"].replace(",", "")) * _UNITS.get((match["unit"] or "").lower(), 1.0)
                yield reading(mention, "revenue_krw", won, Weight.GUESS if match["about"] else Weight.STATED)
    for mention in said.find(_NO_SALES):
        if _is_own(said, mention, past=True):
            yield reading(mention, "revenue_krw", 0.0)


def _sentence(said: Clauses, mention: Mention) -> str:
    """Return what stands before the words in their sentence."""
    before = said.text[max(0, mention.start - _SPAN) : mention.start]
    return re.split(r"[.!?;\n]\s|[가-힣]", before)[-1]


def _is_own(said: Clauses, mention: Mention, *, past: bool = False, denied: bool = True) -> bool:
    """Whether it is told of the asker, and holds now or, where ``past``, is of a time that was."""
    before = _sentence(said, mention)
    others = [match.end() for match in _OTHERS.finditer(before)]
    if mention.asked or (others and not _OURS.search(before, others[-1])) or _BOUND.match(mention.later):
        return False
    told = _WAS.sub("", before) if past else before
    return not (denied and _NOT_NOW.search(told))
