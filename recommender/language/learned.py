"""Facts that no rule reads, by weights learned from labelled wordings (``benchmarks/context_weights.py``).

A possible fact counts where its pieces of context make it likely, nothing else of its field is nearly as likely,
and no rule of ``stance`` says that it is another's, asked, denied, wished, over or to come.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from recommender.language.certificates import may_be_held
from recommender.language.clauses import Clauses, Mention
from recommender.language.contexts import pieces
from recommender.language.founding import is_own_founding
from recommender.language.headcounts import have_left
from recommender.language.possible_facts import PossibleFact, possible_facts
from recommender.language.predicates import is_past
from recommender.language.readings import Reading, Value, Weight
from recommender.language.stance import is_ahead, is_of_persons, is_over, is_stated, is_wished

WEIGHTS_FILE: Final = Path(__file__).with_name("context_weights.json")
LISTED: Final = frozenset({"certificates", "standing"})
"""Fields of several values, each of which stands for itself."""
_LEAST: Final = 0.9
"""Probability from which a fact counts. Of the fifteenth series of wordings, before anything was mended by it, .78 read
fifteen facts of 292 more than the rules and four more false ones, .85 twelve and two, .9 nine and one, .95 six and
none; a false fact keeps a company from what it may have, and one that is missed is asked for."""
_RIVAL: Final = 0.5
"""Probability of another value of the field from which none counts."""

_FOUNDED: Final = re.compile(r"에?\s?(?:설립|창업|창립|개업|오픈|시작)")
"""The verb of a day, behind which may stand who was founded then: 2020년 설립된 협력사와 일합니다."""
_FOR_WHOM: Final = re.compile(r"자?\s?(?:대상|전용|우대|한정)")
"""What makes of a word the kind of company that something is for: 간이과세자 대상 지원금."""
_MAY_BE: Final[Mapping[str, Callable[[Mention], bool]]] = {
    "certificates": may_be_held,
    "founded": is_own_founding,
    "employees": lambda mention: not have_left(mention),
    "legal_form": lambda mention: not is_of_persons(mention),
}
"""Rules of single fields, which a fact must pass."""


@dataclass(frozen=True)
class ContextWeights:
    """Weights of pieces by field, and where each field starts without any."""

    bias: Mapping[str, float]
    pieces: Mapping[str, Mapping[str, float]]

    def probability(self, said: Clauses, fact: PossibleFact) -> float:
        """Return how likely it is that the asker states a possible fact of itself, in [0, 1]."""
        weights = self.pieces[fact.field]
        score = self.bias[fact.field] + sum(weights[piece] for piece in pieces(said, fact) if piece in weights)
        return 1 / (1 + math.exp(-score))


@cache
def context_weights() -> ContextWeights:
    """Read the weights that come with the package."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return ContextWeights(stored["bias"], stored["pieces"])


def learned_facts(said: Clauses, today: date, by_rules: Sequence[Reading]) -> Iterator[Reading]:
    """Yield facts of fields of which the rules read none, and guesses where the text says about how much.

    What a rule calls a guess stays one.
    """
    known = {each.field for each in by_rules if each.is_fact}
    guessed = {(each.field, each.value) for each in by_rules}
    by_field: dict[str, list[PossibleFact]] = defaultdict(list)
    for fact in possible_facts(said, today):
        if fact.field not in known:
            by_field[fact.field].append(fact)
    for facts in by_field.values():
        yield from (each for each in _likely(said, facts) if (each.field, each.value) not in guessed)


def _likely(said: Clauses, facts: Sequence[PossibleFact]) -> Iterator[Reading]:
    """Yield what is likely of the possible facts of one field, where no other value is nearly as likely."""
    weights = context_weights()
    rated = [(weights.probability(said, fact), fact) for fact in facts]
    best: dict[Value, float] = {}
    for probability, fact in rated:
        best[fact.value] = max(probability, best.get(fact.value, 0.0))
    disputed = sum(probability >= _RIVAL for probability in best.values()) > 1
    for probability, fact in rated:
        if probability >= _LEAST and (fact.field in LISTED or not disputed) and _is_own(said, fact):
            weight = Weight.GUESS if fact.vague else Weight.STATED
            yield Reading(fact.field, fact.value, fact.start, fact.end, weight)


def _is_own(said: Clauses, fact: PossibleFact) -> bool:
    """Whether no rule says that it is another's, asked, denied, wished for, over, to come, or a condition."""
    verb = _FOUNDED.match(said.text, fact.end) if fact.field == "founded" else None
    mention = said.at(fact.start, verb.end() if verb else fact.end)
    to_come = fact.field != "yet_to_found" and (is_ahead(mention) or is_wished(mention))
    if to_come or is_past(mention) or is_over(mention) or not is_stated(mention) or _FOR_WHOM.match(mention.after):
        return False
    may_be = _MAY_BE.get(fact.field)
    return may_be is None or may_be(mention)
