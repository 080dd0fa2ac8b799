"""Learns which surroundings make a fact of a number, day, sum or word: ``python -m benchmarks.context_weights``.

Trains one sparse linear model for each field of ``TextFacts`` on the labelled wordings of ``benchmarks.wordings`` and
on statements and traps of the tests (logistic regression with an L1 penalty, so that some two thousand pieces of
context keep a weight) and writes ``recommender/language/context_weights.json``. ``--held-out PART …`` leaves parts out,
writes nothing, and prints how the weights alone, without any rule, read those parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.wordings import DAY, PARTS, WORDINGS, wordings
from recommender.language.clauses import Clauses
from recommender.language.contexts import pieces
from recommender.language.learned import LISTED, WEIGHTS_FILE, ContextWeights
from recommender.language.possible_facts import PossibleFact, possible_facts

STATEMENTS: Final = Path("tests/recommender/language/statements.jsonl")
_EVEN: Final = 0.5
"""Probability over which a possible fact is taken for one."""
_DIGITS: Final = 3
"""Decimals of a stored weight; more change no probability by .001."""


@dataclass
class _Examples:
    """Pieces of context and whether the fact is stated, of one field."""

    pieces: list[dict[str, bool]] = field(default_factory=list)
    stated: list[bool] = field(default_factory=list)


def learn(rows: Iterable[Mapping[str, Any]]) -> ContextWeights:
    """Fit the weights to labelled wordings, the same for the same rows."""
    examples: dict[str, _Examples] = defaultdict(_Examples)
    for row in rows:
        said = Clauses(row["text"])
        for fact, stated in _labelled(row, said):
            if stated is not None:
                examples[fact.field].pieces.append(dict.fromkeys(pieces(said, fact), True))
                examples[fact.field].stated.append(stated)
    bias, weights = {}, {}
    for name, each in sorted(examples.items()):
        table = DictVectorizer()
        # One unit of penalty; 3 and 10 keep more weights and read no more of series that were left out.
        model = LogisticRegression(C=1.0, l1_ratio=1, solver="liblinear", random_state=0, max_iter=1000)
        counted = table.fit_transform(each.pieces)
        # The solver takes indices of 32 bits only.
        counted.indices, counted.indptr = (part.astype(np.int32) for part in (counted.indices, counted.indptr))
        model.fit(counted, np.array(each.stated))
        bias[name] = round(float(model.intercept_[0]), _DIGITS)
        named = zip(table.get_feature_names_out(), model.coef_[0].round(_DIGITS).tolist(), strict=True)
        weights[name] = {str(piece): weight for piece, weight in named if weight}
    return ContextWeights(bias, weights)


def _labelled(row: Mapping[str, Any], said: Clauses) -> Iterator[tuple[PossibleFact, bool | None]]:
    """Yield possible facts of a wording and whether they are stated, None where they may be read or not."""
    for fact in possible_facts(said, DAY):
        value = [day.isoformat() for day in fact.value] if isinstance(fact.value, tuple) else fact.value
        yield fact, _is_stated(row, fact.field, [value])


def _is_stated(row: Mapping[str, Any], name: str, values: Sequence[object]) -> bool | None:
    """Whether the label has one of the values."""
    for kind in ("stated", "either", "guessed"):
        right = row.get(kind, {}).get(name)
        listed = right if name in LISTED and right else [right]
        if right is not None and any(value in listed for value in values):
            return True if kind == "stated" else None
    return False


def statements() -> list[dict[str, Any]]:
    """Return single statements and traps of the tests of the rules, labelled as the rules read them.

    Those of the frames are a sample; all that the statements of a test say, the test asserts of the rules.
    """
    return [json.loads(line) for line in STATEMENTS.read_text(encoding="utf-8").splitlines()]


def digest() -> str:
    """Return the SHA-256 of the rows that weights are learned from."""
    return hashlib.sha256(WORDINGS.read_bytes() + STATEMENTS.read_bytes()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from all parts and write, or from all but those held out and score them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", nargs="+", choices=PARTS, default=[], metavar="PART", help="parts to leave out")
    held_out = parser.parse_args(arguments).held_out
    weights = learn(row for row in (*wordings(), *statements()) if row.get("part") not in held_out)
    if held_out:
        for part in held_out:
            _score(weights, part)
        return
    stored = {"learnt_from": digest(), "bias": weights.bias, "pieces": weights.pieces}
    WEIGHTS_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE}: {sum(map(len, weights.pieces.values())):,} weights")


def _score(weights: ContextWeights, part: str) -> None:
    """Print how many of the possible facts that weights alone call likely are stated, and of how many."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in wordings(part):
        said = Clauses(row["text"])
        for fact, stated in _labelled(row, said):
            likely = stated is not None and weights.probability(said, fact) > _EVEN
            for place, counted in enumerate((bool(stated), likely and bool(stated), likely)):
                counts[fact.field][place] += counted
    for name, (wanted, right, found) in sorted(counts.items()):
        print(f"{part}, {name}: {right} of {wanted} found, {right} of {found} right")


if __name__ == "__main__":
    main()
