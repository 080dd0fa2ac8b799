"""Words of a text that may state a fact of the asker: each number of people, day, sum, form, paper or debt.

They are found whatever stands around them, which ``contexts`` weighs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from recommender.language.certificates import CERTIFICATE_WORD, full_name
from recommender.language.clauses import Clauses, Mention
from recommender.language.headcounts import FIGURE, PEOPLE, headcount, without_owner
from recommender.language.no_staff import without_staff
from recommender.language.numerals import SMALL
from recommender.language.periods import (
    DAY,
    MONTHS_AGO,
    SPOKEN,
    YEARS_AGO,
    Period,
    calendar_days,
    calendar_years_ago,
    elapsed,
    nth_year,
    spoken_period,
)
from recommender.language.readings import Value, Weight
from recommender.language.sales import ABOUT, IN_UNITS, NO_SALES, SUM, won_of


@dataclass(frozen=True, slots=True)
class PossibleFact:
    """A value of a field of ``TextFacts`` that ``text[start:end]`` may state; ``kind`` is how it is written."""

    field: str
    value: Value
    start: int
    end: int
    kind: str
    vague: bool = False
    """Whether it is said to be about so much, so that it is a guess at most."""


_LIST_GAP: Final = 14
"""Characters between two numbers of people that may be one list: 강사 6명, 데스크 1명."""
_LONGEST_LIST: Final = 5
"""Numbers of people that are added up at most, so that a long row of them takes no longer."""
_SENTENCE_END: Final = re.compile(r"[.!?\n]")
_DAYS: Final[tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...]] = (
    ("day", re.compile(DAY), calendar_days),
    ("eight digits", re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"), calendar_days),
    (
        "year alone",
        re.compile(r"(?<!\d)(?P<year>(?:19[5-9]|20[012])\d)(?=에|부터|이후|설립|창업|개업|\s|$|[,./~)])"),
        calendar_days,
    ),
    ("spoken", re.compile(SPOKEN), spoken_period),
    ("years in", re.compile(rf"(?P<years>{SMALL})\s?[년해]\s?[차째]"), nth_year),
    (
        "so old",
        re.compile(
            rf"(?P<number>{SMALL})\s?(?P<unit>년|개월|해|달|주년)(?:\s?(?P<months>\d{{1,2}})\s?개월)?(?!\s?[차째전]|에)"
        ),
        elapsed,
    ),
    ("years ago", re.compile(YEARS_AGO), calendar_years_ago),
    ("months ago", re.compile(MONTHS_AGO), elapsed),
)
_MORE_OR_LESS: Final = re.compile(r"\s?(?:원)?[이을를에도]?\s?(?:\S{1,3}\s)?(?:넘|못\s?[미되됩])")
"""What stands behind a sum that is only near: 3억 조금 넘게, 9천만원이 못 됩니다."""
_FORMS: Final = {
    "corporation": re.compile(r"법인|주식\s?회사|유한\s?(?:책임\s?)?회사|\((?:주|유)\)|㈜"),
    "sole": re.compile(
        r"개인\s?(?:사업자?|회사|기업|업체)|(?<![가-힣])개인(?=\s*(?:$|[,./()])|이[고에며]|입|임|으로|인데|\s(?:직원|작년|매출))|(?:간이|일반)\s?과세|간이(?=\s?사업)|자영업자?"
    ),
}
_TAXES: Final = r"국세|지방세|세금|부가세|부가가치세|소득세|법인세|종소세|재산세|원천세|주민세"
_STANDINGS: Final = {
    name: re.compile(words)
    for name, words in {
        "closed": r"폐업|접(?:었|은|고|어)|닫(?:았|은|고)|정리(?:했|한|하)",
        "suspended": r"휴업|휴점|쉬고\s?있|쉬는\s?중",
        "tax_arrears": rf"체납|{_TAXES}",
        "overdue": r"연체|(?:대출|이자|원금|원리금|카드|할부|상환)[가-힣]{0,3}\s",
        "unregistered": r"사업자\s?(?:등록)?|미등록",
    }.items()
}
_BEGINNING: Final = re.compile(
    r"창업|예비|차리|차릴|차려|열려|열\s|열고|내려고|준비|예정|계획|사업자|개업|오픈|시작|하려|해\s?보려|싶"
)
"""Words of whoever may not have begun yet."""


def possible_facts(said: Clauses, today: date) -> Iterator[PossibleFact]:
    """Yield all that may be a fact, in no order; several may be of the same words."""
    yield from _people(said)
    yield from _days(said, today)
    yield from _sums(said)
    for form, pattern in _FORMS.items():
        yield from (_of(m, "legal_form", form, m.match[0]) for m in said.find(pattern))
    for m in said.find(CERTIFICATE_WORD):
        name = full_name(m.match["name"])
        yield _of(m, "certificates", name, name)
    for standing, pattern in _STANDINGS.items():
        yield from (_of(m, "standing", standing, f"{standing} {m.match[0].strip()}") for m in said.find(pattern))
    yield from (_of(m, "yet_to_found", value=True, kind=m.match[0]) for m in said.find(_BEGINNING))


def _of(mention: Mention, field: str, value: Value, kind: str, *, vague: bool = False) -> PossibleFact:
    return PossibleFact(field, value, mention.start, mention.end, kind, vague)


def _people(said: Clauses) -> Iterator[PossibleFact]:
    """Yield numbers of people, the owner taken off where counted in, sums of lists of them, and words for none."""
    row: list[tuple[int, int, int]] = []
    for m in said.find(PEOPLE):
        number, counted = without_owner(said, m)
        kind = ("number" if m.match["number"] else "word") + (" with owner" if number != counted else "")
        vague = not headcount(said, m, Weight.STATED).is_fact
        yield _of(m, "employees", number, kind, vague=vague)
        between = said.text[row[-1][1] : m.start] if row else ""
        row = row if row and len(between) <= _LIST_GAP and not _SENTENCE_END.search(between) else []
        row = [*row[-_LONGEST_LIST + 1 :], (m.start, m.end, counted)]
        for first in range(len(row) - 1):
            total = sum(each[2] for each in row[first:])
            yield PossibleFact("employees", total, row[first][0], m.end, "sum")
    for m in said.find(FIGURE):
        number, _ = without_owner(said, m)
        vague = not headcount(said, m, Weight.STATED).is_fact
        yield PossibleFact("employees", number, m.match.start("number"), m.end, "figure", vague)
    for none in without_staff(said):
        yield PossibleFact("employees", 0, none.start, none.end, "none")


def _days(said: Clauses, today: date) -> Iterator[PossibleFact]:
    """Yield the periods that words of time stand for; of those that begin at one place the longest."""
    found: dict[int, PossibleFact] = {}
    for kind, pattern, period_of in _DAYS:
        for m in said.find(pattern):
            days = period_of(m.match, today)
            known = found.get(m.start)
            if days and days[0] <= today and (known is None or m.end > known.end):
                written = f"{kind} and month" if m.match.groupdict().get("month") else kind
                found[m.start] = _of(m, "founded", (days[0], min(days[1], today)), written)
    yield from found.values()


def _sums(said: Clauses) -> Iterator[PossibleFact]:
    for m in said.find(SUM):
        vague = m.match["vague"] or ABOUT.match(m.after) or _MORE_OR_LESS.match(m.after)
        yield _of(m, "revenue_krw", won_of(m.match), "sum", vague=bool(vague))
    for m in said.find(IN_UNITS):
        yield _of(m, "revenue_krw", won_of(m.match), "figure")
    for m in said.find(NO_SALES):
        yield _of(m, "revenue_krw", 0.0, "none")
