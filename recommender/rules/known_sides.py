"""Words a condition on where a company is or what it works in, as far as that is known, guessed or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from graph_schema.wording import Wording
from recommender.rules.base import CandidatePairs, Code, Codes
from recommender.rules.names import above, names


class _Words(NamedTuple):
    """How one side is told; ``known`` and ``guessed`` are English and hold ``{}``."""

    ko: str
    known: str
    guessed: str
    unknown: Wording


_WORDS: Final[Mapping[str, _Words]] = {
    "Region": _Words(
        "소재지",
        "located in {}",
        "that it is in {}",
        Wording("기업 소재지를 몰라 확인 필요", "where the company is, is not known"),
    ),
    "Industry": _Words(
        "기업 업종",
        "the company works in {}",
        "that it works in {}",
        Wording("기업 업종을 몰라 확인 필요", "the company's industry is not known"),
    ),
}
_IF_RIGHT: Final[Mapping[Code, Wording]] = {
    Code.IN: Wording("해당", "it is among these"),
    Code.OUT: Wording("해당하지 않음", "it is not among these"),
}


def above_asker(pairs: CandidatePairs, asker: int, label: str) -> frozenset[int]:
    """Regions or industries of an asker, known or guessed, and all above them: what a long list names first."""
    askers = _known_or_guessed(pairs, label).askers
    return above(askers.region_closure if label == "Region" else askers.industry_closure, asker)


def completed(
    head: Wording,
    label: str,
    judge: Callable[[CandidatePairs], Codes],
    pairs: CandidatePairs,
    place: tuple[int, int],
    code: Code,
) -> Wording:
    """Complete ``head``, which names what a candidate is open to, by the asker's own regions or industries.

    ``judge`` is the rule's decision, ``code`` what it said at ``place`` (asker, candidate). Of a guess it is told what
    follows if that is right; a guess decides nothing.
    """
    asker, candidate = place
    words, known = _WORDS[label], names(pairs, _own(pairs, label), asker, label)
    if known.ko and code is Code.CHECK:
        return Wording(
            f"{head.ko}, {words.ko} {known.ko}만으로는 알 수 없어 확인 필요",
            f"{head.en}; {words.known.format(known.en)}, which does not decide it: to be confirmed",
        )
    if known.ko:
        return Wording(f"{head.ko}, {words.ko} {known.ko}", f"{head.en}; {words.known.format(known.en)}")
    likely = _known_or_guessed(pairs, label)
    guess = names(likely, _own(likely, label), asker, label)
    if not guess.ko:
        return Wording(f"{head.ko}, {words.unknown.ko}", f"{head.en}; {words.unknown.en}")
    follows = _IF_RIGHT.get(Code(int(np.broadcast_to(likely.once(judge), pairs.shape)[asker, candidate])))
    if follows is None:
        return Wording(
            f"{head.ko}, {words.ko} 추정({guess.ko})만으로는 알 수 없어 확인 필요",
            f"{head.en}; the guess {words.guessed.format(guess.en)} does not decide it: to be confirmed",
        )
    return Wording(
        f"{head.ko}, {words.ko} 추정({guess.ko})이 맞으면 {follows.ko}, 확인 필요",
        f"{head.en}; if the guess {words.guessed.format(guess.en)} is right, {follows.en}: to be confirmed",
    )


def _known_or_guessed(pairs: CandidatePairs, label: str) -> CandidatePairs:
    likely = pairs.likely
    return pairs if likely is None or _own(pairs, label).nnz else likely


def _own(pairs: CandidatePairs, label: str) -> sparse.csr_array:
    return pairs.askers.regions if label == "Region" else pairs.askers.industries
