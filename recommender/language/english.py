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
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBER: Final = (
    rf"(?P<number>(?<![\d,.$₩-])\d[\d,]*+(?!\.\d)|\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_WORDS[1:10])}))?"
    rf"|{'|'.join(_WORDS)})\b)"
)
_KINDS: Final = r"(?:(?:full-time|fulltime|permanent|regular|total|paid|salaried|other|more|hired)\s){0,2}"
_STAFF: Final = (
    re.compile(
        rf"(?i){_NUMBER}\s{_KINDS}(?:employees?|staffs?(?:\smembers?)?|workers?|full-timers|members\sof\sstaff"
        rf"|(?:people|part-timers)\swork(?:ing)?\b|(?:(?!clients?|customers?|firms?|compan|others)[a-z]+\s){{1,2}}on\s(?:(?:the|our|my)\s)?payroll"
        rf"|(?:housekeeping|kitchen|production|office|sales|factory|shop|floor|service|cleaning|warehouse|technical|care|nursing)"
        rf"\s(?:staff|workers|employees))(?![A-Za-z])(?!\s(?:left|quit|each)|-|\s?\()"
    ),
    re.compile(rf"(?i){_NUMBER}\s{_KINDS}(?:employees?|staffs?(?:\smembers?)?|workers?)\s?(?=\()"),
    re.compile(
        rf"(?i)\b(?:(?:staff|workforce|headcount|employees|workers)\s?(?:size\s?|count\s?)?(?:of|is|are|:|=)|(?:number"
        rf"|no\.?)\sof\semployees\s?[:=]?)\s?{_NUMBER}(?![\d%])"
    ),
    re.compile(rf"(?i){_NUMBER}\s(?:[a-z-]+\s){{1,3}}as\s(?:full-time\s|regular\s|permanent\s)?employees\b"),
    re.compile(rf"(?i)\bemploy(?:s|ing)?\s{_NUMBER}(?:\s{_KINDS}(?:people|persons|workers|staff))?(?![\w%])"),
)
_NEARLY: Final = re.compile(r"(?i)\b(?:about|around|roughly|approximately|nearly|almost|some|approx\.?)\s$")
_OR_SO: Final = re.compile(
    r"(?i)(?:\b(?:over|under|(?:more|less|fewer)\sthan|at\s(?:least|most)|up\sto|between\s\S+\sand|\d\sto|or)\s"
    r"|\d\s?[-–~]\s?)$"
)
"""A bound and no number, before one."""
_FROM: Final = re.compile(r"(?i)\bfrom\s\S+\sto\s$")
_PERSONS: Final = re.compile(
    rf"(?i){_NUMBER}[- ](?:person|people|man)\s(?!team\sof)|\bteam\sof\s{_NUMBER.replace('number', 'team')}"
)
"""Whether the owner is one of them is not told: a guess."""
_OWNER: Final = (
    r"(?:me|myself|us|(?:(?:the|our|both|two|2)\s)?(?:\w+\s)?(?:co-?founders?|founders?|owners?|ceo"
    r"|director|boss|president))\b"
)
_WITH_OWNER: Final = re.compile(
    rf"(?i){_NUMBER}\s(?:of\sus|{_KINDS}(?:people|persons|members|employees|staffs?|workers))?(?:\sin\s(?:all"
    rf"|total))?,?\s?\(?(?:(?:including|incl\.|counting|with)\s{_OWNER}|(?:the\s)?(?:owner|ceo|founder|me"
    rf"|myself)\s(?:is\s)?included)"
)
"""People of whom the owner is one."""
_TWO: Final = re.compile(r"(?i)\b(?:two|both|2)\s(?:co-?)?(?:founders|owners)$")
_BESIDE_OWNER: Final = re.compile(
    rf"(?i){_NUMBER}\s{_KINDS}(?:people|persons|members|others?|employees|staffs?"
    rf"|workers)?(?:\swork(?:ing)?(?:\shere)?"
    rf"|\son\s(?:the|our)\spayroll)?(?:\sin\s(?:all|total))?,?\s?\(?"
    r"(?:(?:besides|excluding|excl\.|apart\sfrom|other\sthan|not\s(?:counting|including)|without)\s"
    rf"{_OWNER}|(?:the\s)?(?:owner|ceo|founder)\s(?:is\s)?(?:excluded|not\sincluded))"
)
_NOW_ONLY: Final = re.compile(
    rf"(?i)\b(?:employees|staff|workers|people)\b[^.!?]{{0,60}}\bnow\s(?:(?:we|there)\s)?(?:have\s|are\s|(?:down"
    rf"|up)\sto\s|only\s|it's\s|just\s){{0,3}}"
    rf"{_NUMBER}(?=\s?[.,;!]|\s*$|\sleft|\sof\sthem|\s{_KINDS}(?:employees|staff|workers|people))"
)
"""How many of those before there are now: had ten staff, now six."""
_NO_STAFF: Final = re.compile(
    r"(?i)\bno\s(?:(?:other|paid|regular|full-time|hired|more)\s)?(?:employees?|staffs?(?!ing)"
    r"|workers?)\b(?!\s(?:can|could|want|left))"
    r"|\b(?:one|1)-(?:person|man|woman)\s|\bsole operator\b|\bwithout\s(?:any\s)?(?:employees?|staff|workers)\b"
    r"|\b(?:do\snot|don't|haven't)\s(?:have|employ|got)\s(?:any\s|an\s)?(?:employees?|staff|workers"
    r"|anyone)\b(?!\syet\?)"
    r"|\b(?:run|work|operate|manage|doing|do|handle|teach|bake|cook)\w*\s(?:\S+\s){0,5}?(?:alone|by myself"
    r"|on my own|solo)\b"
    r"|\b(?:just|only)\sme\b(?!\s?(?:and|plus|with|\+|&))|\bI(?:'m|\sam)\sthe\sonly\s(?:one|person|worker)\b"
    r"|\b(?:nobody|no\sone)\selse\sworks\b|\bsolo\s(?:founder|entrepreneur|business|operator|shop|studio)\b"
)
_MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip
_WHEN: Final = (
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
    rf"(?:\s(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?)?,?\s)?(?P<year>(?:19|20)\d{{2}})(?!\d)"
)
_BESIDE: Final = (
    r"(?:[\w'-]+\s){0,3}(?:second|new|third|another|branch|office|factory|plant|warehouse|lab|laboratory|centre"
    r"|center|product|app"
    r"|website|site|brand|line|service|channel|project|job|career|campaign|programme|program|course|partnership"
    r"|fund|account)\b"
)
"""What a company opens or starts besides itself."""
_FOUNDED: Final = re.compile(
    r"(?i)\b(?:founded|established|est\.?|incorporated|started(?:\sup)?|(?:opened|(?<=\bi\s)open"
    r"|(?<=\bwe\s)open)(?:\sup)?|set\sup|launched|in\sbusiness"
    r"|operating|began"
    r"|(?<![a-z]\s)registered(?=\s(?:in|on)\s)|business\sregistration\s(?:was|is)"
    r"|registered(?:\s(?:my|our|the)\s(?:business|company|shop))?\sas\san?\s(?:\w+\s)?(?:proprietor(?:ship)?|trader"
    r"|corporation|company"
    r"|business)|registered\s(?:my|our|the)\s(?:business|company|shop)"
    rf"|been\s(?:open|running|operating|around|here))(?:\s(?:the|my|our|this|a)\s(?:company|business|shop|store|cafe"
    rf"|bakery|firm|restaurant)|\s(?:a|an|our|my|this)\s(?!{_BESIDE})(?:[\w'-]+\s){{0,3}}?[\w'-]+(?=\s(?:in|at"
    rf"|near|on)\s))?"
    rf"(?:\s(?:in|at|near)\s(?-i:[A-Z])[\w-]+(?:,\s(?-i:[A-Z])[\w-]+){{1,2}}(?=,?\s(?:on|in|back)\s),?)?"
    rf"(?:\sin\s(?!(?:{'|'.join(_MONTHS)}))[A-Za-z-]+(?=,?\s(?:on|in)\s),?)?"
    rf"\s?(?:back\s)?(?:in|since|on|:)?\s?{_WHEN}|\bsince\s(?P<since>(?:19|20)\d{{2}})(?!\d)"
)
_FOUNDED_AGO: Final = re.compile(
    r"(?i)\b(?:founded|established|started|opened|set\sup|launched)(?:\s(?:the|my|our|this"
    r"|a)\s(?:\w+\s)?(?:company|business|shop"
    rf"|store|cafe|bakery|firm|restaurant|studio|salon))?\s{_NUMBER}\syears?\sago\b"
)
_ONCE_MORE: Final = re.compile(r"(?i)\b(?:again|re-?opened|closed|shut)\s(?:down\s)?$")
"""Before a year these tell of a new beginning or an end of what was founded earlier."""
_SINCE_ELSE: Final = re.compile(r"(?i)\b(?:certif\w+|venture|member|tenant|export\w*|women-owned)\b[^.;]*$")
"""Before "since" these tell since when something else holds than the business: a certified company since 2024."""
_SUM: Final = (
    r"(?P<about>(?:about|around|roughly|approximately|nearly|almost|some|over|under|more than|less than"
    r"|approx\.?)\s)?(?:KRW\s?"
    r"|₩\s?)?"
    r"(?P<amount>\d[\d,]*+(?:\.\d+)?)\s?(?P<unit>billion|bn|hundred\smillion|million|mn|mil|m"
    r"|b)?\s?(?P<won>(?:korean\s)?won|krw)?\b"
    r"(?!\s?(?:a|per|each|every)\s(?:month|day|week)|\s?/\s?(?:month|day|week)|\s(?:monthly|daily|weekly))"
)
_SALES: Final = (
    re.compile(
        rf"(?i)\b(?:(?P<year>20\d\d)\s)?(?:(?:annual|yearly|total)\s)?(?:revenues?|sales?|turnover)\s?"
        rf"(?:(?:last\syear|(?:in|for|of)\s(?P<of>20\d\d)|\((?P<in>20\d\d)\))\s?)?"
        rf"(?:was|were|is|are|of|came\sto|come\sto|reached|totall?ed|stood\sat|hit|:|=)?\s?{_SUM}"
    ),
    re.compile(
        rf"(?i)\b(?:made|earned|sold|grossed|turned\sover|had|did|recorded|posted)\s{_SUM}"
        rf"(?=[^.!?]{{0,20}}\blast\syear\b|\s(?:worth\s)?(?:in\s|of\s)?(?:annual\s)?(?:sales|revenue))"
    ),
)
_OF_ANOTHER_PERIOD: Final = re.compile(
    r"(?i)\b(?:export|overseas|online|offline|domestic|monthly|daily|weekly|quarterly|half|half-year|first-half"
    r"|q[1-4]|target|targeted"
    r"|expected|projected|estimated|average|their|month's|forecast)\s$"
)
_NO_SALES: Final = re.compile(
    r"(?i)\b(?:no|zero)\s(?:revenues?|sales)\b(?!\s(?:tax|staff|people|team|channel|person|experience|network"
    r"|force|growth))"
    r"|\bpre-revenue\b"
)
_UNITS: Final = {
    "billion": 1e9, "bn": 1e9, "b": 1e9, "hundred million": 1e8, "million": 1e6, "mn": 1e6, "mil": 1e6, "m": 1e6,
}  # fmt: skip
_FORMS: Final = {
    "corporation": re.compile(
        r"(?i)\b(?:company|firm|business|start-?up|we)\s(?:was|were|got|is)\sincorporated\b|\bincorporated\s(?:in|on)\s|(?:^"
        r"|(?<=[.;]\s))Incorporated\s"
        r"|\bjoint[- ]stock\scompany\b|\b(?:are|am|is|an?)\s(?:\w+\s)?(?:LLC|limited\sliability\scompany)\b"
        r"|(?:(?:\b(?:are|is|am|as|be)|['’](?:re|m|s))\sa\s(?:\w+\s)?|\bincorporated\sas\sa\s)(?:corporation|limited\scompany"
        r"|stock\scompany)\b|(?:^|(?<=[.;,/]\s))Corporation(?=\s?[,.;/(]|\s*$)|\bCo\.,?\s?Ltd\b|\bInc\."
    ),
    "sole": re.compile(
        r"(?i)\bsole\s(?:proprietor(?:ship)?|trader)\b|\bself-employed\b|\b(?:registered\sas\s|are\s|am\s"
        r"|is\s)an\sindividual\s(?:business|proprietor)"
    ),
    "other": re.compile(r"(?i)\b(?:are|is|am|as)\sa\s(?:\w+\s){0,2}co-?operative\b(?!\s(?:bank|member))"),
}
_CERTIFICATES: Final = {
    "벤처기업": r"venture[- ]certified|certified\s(?:as\sa\s)?venture"
    r"|venture\s(?:company\s|business\s)?certificat(?:e|ion)",
    "이노비즈": r"inno-?biz",
    "메인비즈": r"main-?biz",
    "여성기업": r"certified\swom[ae]n[- ]owned|wom[ae]n[- ]owned\s(?:business|company|enterprise)\scertificat(?:e|ion)",
    "장애인기업": r"disabled[- ](?:owned|person(?:'s)?)\s(?:business|company|enterprise)\scertificat(?:e|ion)",
    "사회적기업": r"certified\ssocial\senterprise|social\senterprise\scertificat(?:e|ion)",
    "기업부설연구소": r"(?:corporate|affiliated|in-house|company)\s(?:R&D|research)\s(?:center|centre|institute|lab)",
}
_NAMED: Final = {name: re.compile(rf"(?i)(?<!pre-)\b(?:{words})") for name, words in _CERTIFICATES.items()}
_HOLDS: Final = re.compile(
    r"(?i)^\s*$|,\s$|\b(?:have|has|hold|holds|holding|got|received|obtained|earned|are|is|am|with|'re|'m)\b"
    r"|\bcertificat\w+(?:\sand|\splus|\s&|,)\s(?:an?\s)?$"
)
_IS_HELD: Final = re.compile(
    r"(?i)^\s(?:is|was|were|has\sbeen|got)\s(?:just\s|recently\s|also\s)?(?:renewed|valid|obtained|received"
    r"|granted|issued|acquired|active|approved)\b"
)
_STANDING: Final = {
    "tax_arrears": (
        r"\b(?:behind\son|owe|owing|haven't\spaid|unpaid|overdue|delinquent)\s(?:\w+\s){0,2}(?:taxe?s?|vat)\b"
        r"|\b(?:have|has|with|in)\s(?:(?!no\b)\w+\s)?tax\sarrears"
        r"|\btax(?:es)?\s(?:is|are)\s(?:overdue|unpaid|in\sarrears)"
    ),
    "overdue": (
        r"\b(?:loan|interest|repayment)s?\s(?:is|are|payments?\sare)\s(?:overdue|late|in\sarrears)"
        r"|\b(?:loan|interest|repayment)s?\s(?:\w+\s){0,6}(?:months?|weeks?|days)\s(?:overdue|late|behind)"
        r"|\b(?:behind\son|missed|defaulted\son)\s(?:[\w']+\s){0,6}?(?:loan|interest|repayment)"
    ),
    "closed": (
        r"\b(?:I|we)\s(?:have\s|had\sto\s)?(?:closed?|shut)\s(?:down\s)?(?:my|our|the)\s(?:shop|store|business"
        r"|company|cafe|restaurant)\b"
        r"|\b(?:my|our)\s(?:shop|store|business|company|cafe|restaurant|bakery|firm)\s(?:has\s|was\s)?(?:closed\sdown"
        r"|shut\sdown"
        r"|closed\s(?:in|last)\s(?:\w+\s)?(?:20\d\d|year|month|spring|summer|autumn|fall|winter)\b(?!'s))"
    ),
    "suspended": (
        r"\b(?:my|our|the)\s(?:shop|store|business|company|cafe|restaurant|factory)\s(?:is"
        r"|has\sbeen)\s(?:currently\s|now\s)?"
        r"(?:temporarily\s(?:closed|suspended|shut)|suspended)\b"
        r"|\b(?:we|I)(?:'ve|\shave)?\s(?:temporarily\s)?suspended\s(?:our|my|the)?\s?(?:business|operations?)\b"
    ),
    "unregistered": (
        r"\b(?:not\s(?:yet\s)?registered|haven't\sregistered|have\snot\s(?:yet\s)?registered"
        r"|without\s(?:a\s)?business\sregistration|(?:don't|do\snot)\s(?:yet\s)?have\s(?:a\s|any\s"
        r"|my\s)?business\sregistration|no\sbusiness\sregistration|unregistered)\b"
    ),
}
_STANDINGS: Final = {name: re.compile(f"(?i){words}") for name, words in _STANDING.items()}
_YET: Final = re.compile(
    r"(?i)\b(?:plan(?:ning)?|about|hop(?:e|ing)|want|going|preparing|getting\sready|looking"
    r"|would\slike)\sto\s(?:start|open|found"
    r"|launch|set\sup)\s"
    r"(?:up\s)?(?:a|my|our|an)\s(?!second|new\sbranch|branch|another)(?:[\w-]+\s){0,3}?(?:business|company|shop|store"
    r"|cafe|bakery|restaurant|startup|start-up|firm|studio|salon|(?:\w*house)|hostel|hotel|bar|academy|gym"
    r"|clinic|brewery|agency"
    r"|practice|farm|truck)"
    r"|\b(?:aspiring|prospective|would-be)\s(?:founder|entrepreneur)"
)
_NOT_SO: Final = re.compile(r"(?i)\b(?:no|not|never|\w+n't|if|whether|used\sto|was|were|had\sbeen)\s(?:\w+\s){0,2}$")
"""What denies a standing, or tells that it is over, right before it."""
OTHERS: Final = (
    r"clients?|customers?|suppliers?|partners?|competitors?|buyers?|landlord|parent company|husband|wife"
    r"|friend|brother|sister|father|mother|their|his|her|they|he|she"
)
"""Pattern of words for somebody else than the asker."""
_OTHERS: Final = re.compile(
    r"(?i)\b(?:(?:suppl(?:y|ies)|serves?|work(?:ed)?\s(?:for|at)|sell\sto|left|quit)\s(?:to\s)?an?\s(?:\w+\s){0,3}?"
    rf"(?:company|firm|factory|corporation|restaurant)|{OTHERS})\b"
)
_TOGETHER: Final = re.compile(
    r"(?i)\b(?:with|and|alongside)\s(?:my|our)\s(?:husband|wife|friend|brother|sister|father|mother)\b(?!'s"
    r"|\s(?:has|have|runs?|owns?|works?))"
)
"""Those whom the asker does it with."""
_OURS: Final = re.compile(r"(?i)\b(?:we|we're|i|i'm|our|my|us)\b")
NOT_NOW: Final = re.compile(
    r"(?i)\b(?:not|no longer|never|isn't|aren't|don't|doesn't|didn't|used to|had|once|was|were|if|whether|plan"
    r"|planning|hope|want|would|will|going to|need|looking|seeking|preparing|hire|hiring|apply|applied"
    r"|applying|expired|lost|lapsed|target|goal|expect)\b"
)
"""What in a sentence tells of something denied, past, wished or sought."""
_PERHAPS: Final = re.compile(
    r"(?i)\b(?:if|whether|would|hope|want|plan|planning|target|goal)\b(?!.*\b(?:now|currently|we|i|i'm|we're)\b)"
)
"""What reaches over to the end of a sentence, unless it says of whom it speaks again."""
_GO_ON: Final = re.compile(
    r"(?i),?\s(?:and|but|so)\s(?=(?:now\s|currently\s|also\s)?(?:has|have|is|are|am|employs?|it|it's|we|we're|i"
    r"|i'm|our|my|there|run|runs)\b)"
    r"|,\s(?=(?:now|we|i|it|it's|currently|our|my)\b)"
)
"""Where a sentence goes on with what is, after what was or is denied."""
_WAS: Final = re.compile(r"(?i)\b(?:was|were|had)\b")
_BOUND: Final = re.compile(
    r"(?i)^\s?(?:or\s(?:more|less|fewer)|at most|at least|to\s\d|-\s?\d)|^[^.;]{0,30}\b(?:expired|lapsed)\b"
    r"|^\s?(?:compan(?:y|ies)\s)?(?:needed|required|wanted|preferred)\b|^[^.,]{0,30}\b(?:last year's)\b"
)
_LONGEST: Final = 200
"""Years that no company of a text is older than."""
_SPAN: Final = 90
"""Characters of a sentence before its words in which a subject or a denial is looked for."""


def english_facts(said: Clauses, today: date) -> Iterator[Reading]:
    """Yield what English words tell of the asker, by the fields of ``TextFacts``."""
    if not re.search(
        r"[A-Za-z]{2}\s[A-Za-z]|\d\s(?:employees|staff)|(?:[Ee]mployees|[Ss]taff|[Rr]evenue|[Ss]ales)\s?:", said.text
    ):
        return
    yield from _employees(said)
    yield from _founded(said, today)
    yield from _revenues(said, today)
    yield from _named(said)
    for mention in said.find(_YET):
        if not _OTHERS.search(_sentence(said, mention)):
            yield reading(mention, "yet_to_found", value=True)


def _named(said: Clauses) -> Iterator[Reading]:
    """Yield legal forms, standings and certificates."""
    for field, patterns in (("legal_form", _FORMS), ("standing", _STANDINGS), ("certificates", _NAMED)):
        for name, pattern in patterns.items():
            for mention in said.find(pattern):
                before = _sentence(said, mention)
                unheld = field == "certificates" and not (_HOLDS.search(before) or _IS_HELD.match(mention.after))
                denied = field == "standing" and _NOT_SO.search(before)
                if not (unheld or denied) and _is_own(said, mention, denied=field != "standing"):
                    yield reading(mention, field, name)


def _employees(said: Clauses) -> Iterator[Reading]:
    for pattern in (*_STAFF, _PERSONS):
        for mention in said.find(pattern):
            before = _sentence(said, mention)
            if _is_own(said, mention) and (_FROM.search(before) or not _OR_SO.search(before)):
                vague = pattern is _PERSONS or _NEARLY.search(before)
                number = mention.match["number"] or mention.match["team"]
                yield reading(mention, "employees", _count(number), Weight.GUESS if vague else Weight.STATED)
    yield from _with_owner_stated(said)
    for mention in said.find(_NOW_ONLY):
        if not (mention.asked or _OTHERS.search(_sentence(said, mention))):
            yield reading(mention, "employees", _count(mention.match["number"]), Weight.CURRENT)
    for mention in said.find(_NO_STAFF):
        if _is_own(said, mention):
            yield reading(mention, "employees", 0)


def _with_owner_stated(said: Clauses) -> Iterator[Reading]:
    """Yield numbers of people that are said to have the owners in them, or not; those are no employees."""
    for pattern, owners in ((_WITH_OWNER, 1), (_BESIDE_OWNER, 0)):
        for mention in said.find(pattern):
            if _is_own(said, mention):
                counted = owners + (owners and bool(_TWO.search(mention.match[0])))
                number = max(_count(mention.match["number"]) - counted, 0)
                yield reading(mention, "employees", number, Weight.CURRENT)


def _count(word: str) -> int:
    digits = word.replace(",", "")
    if digits.isdigit():
        return int(digits[:9])
    ten, _, one = word.lower().replace("-", " ").partition(" ")
    return _TENS[ten] + (_WORDS.index(one) if one else 0) if ten in _TENS else _WORDS.index(ten)


def _founded(said: Clauses, today: date) -> Iterator[Reading]:
    for mention in said.find(_FOUNDED_AGO):
        year = today.year - min(_count(mention.match["number"]), _LONGEST)
        if not _ONCE_MORE.search(_sentence(said, mention)) and _is_own(said, mention, past=True):
            yield reading(mention, "founded", (date(year, 1, 1), date(year, 12, 31)))
    for mention in said.find(_FOUNDED):
        match = mention.match
        year = int(match["year"] or match["since"])
        month = _MONTHS.index(match["month"].lower()) + 1 if match["month"] else None
        first, last = date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])
        if (day := int(match["day"] or match["day_behind"] or 0)) and day <= last.day:
            first = last = first.replace(day=day)
        before = _sentence(said, mention)
        anew = _ONCE_MORE.search(before) or (match["since"] and _SINCE_ELSE.search(before))
        if first <= today and not anew and _is_own(said, mention, past=True):
            yield reading(mention, "founded", (first, min(last, today)))


def _revenues(said: Clauses, today: date) -> Iterator[Reading]:
    for pattern in _SALES:
        for mention in said.find(pattern):
            match = mention.match
            in_won = match["won"] or "₩" in match[0] or "KRW" in match[0].upper()
            if in_won and not _OF_ANOTHER_PERIOD.search(_sentence(said, mention)) and _is_own(said, mention, past=True):
                groups = match.groupdict()
                year = int(groups.get("year") or groups.get("of") or groups.get("in") or today.year)
                vague = match["about"] or year < today.year - 1
                won = float(match["amount"].replace(",", "")) * _UNITS.get((match["unit"] or "").lower(), 1.0)
                yield reading(mention, "revenue_krw", won, Weight.GUESS if vague else Weight.STATED)
    for mention in said.find(_NO_SALES):
        if _is_own(said, mention, past=True):
            yield reading(mention, "revenue_krw", 0.0)


def _sentence(said: Clauses, mention: Mention) -> str:
    """Return what stands before the words in their sentence."""
    before = said.text[max(0, mention.start - _SPAN) : mention.start]
    return re.split(r"[.!?;\n]\s|[가-힣]", before)[-1]


def _is_own(said: Clauses, mention: Mention, *, past: bool = False, denied: bool = True) -> bool:
    """Whether it is told of the asker, and holds now or, where ``past``, is of a time that was."""
    before = _TOGETHER.sub("", _sentence(said, mention))
    others = [match.end() for match in _OTHERS.finditer(before)]
    if mention.asked or (others and not _OURS.search(before, others[-1])) or _BOUND.match(mention.later):
        return False
    if not denied:
        return True
    stated = _WAS.sub("", before) if past else before
    last = _GO_ON.split(stated)[-1]
    return not (NOT_NOW.search(last) or _PERHAPS.search(stated))
