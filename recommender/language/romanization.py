"""Writes Korean names in Latin letters by the Revised Romanization (문화체육관광부 고시 제2014-42호)."""

from __future__ import annotations

from typing import Final

_INITIALS: Final = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS: Final = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u",
    "wo", "we", "wi", "yu", "eu", "ui", "i",
]  # fmt: skip
_FINALS: Final = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
_LINKED: Final = "- g kk ks n nj nh d r lg lm lb ls lt lp - m b ps s ss ng j ch k t p -".replace("-", "").split(" ")
"""Finals before a vowel."""
_MET: Final = {
    ("n", "r"): "ll", ("l", "r"): "ll", ("l", "n"): "ll", ("ng", "r"): "ngn", ("m", "r"): "mn", ("k", "r"): "ngn",
    ("p", "r"): "mn", ("k", "n"): "ngn", ("k", "m"): "ngm", ("p", "n"): "mn", ("p", "m"): "mm", ("t", "n"): "nn",
    ("t", "m"): "nm",
}  # fmt: skip
"""Finals and initials that change each other: 종로 Jongno, 신림 Sillim."""
_FIRST: Final = ord("가")
_SYLLABLES: Final = 19 * 21 * 28
"""Initials, vowels and finals, each with each, in their order in Unicode."""
_PER_INITIAL: Final = 21 * 28
"""Syllables that begin alike."""
_PER_VOWEL: Final = 28
"""Syllables that differ in their final alone."""
_NO_INITIAL: Final = 11
"""Place of ㅇ, which sounds at the end of a syllable only, among the initials."""

_KINDS: Final = {
    "도": "do", "시": "si", "군": "gun", "구": "gu", "읍": "eup", "면": "myeon", "동": "dong", "리": "ri",
}  # fmt: skip
"""What kinds of places are, behind a hyphen, across which sounds do not change."""


def romanized(name: str) -> str:
    """Return a name of Hangul syllables in Latin letters, capitalised; other characters stay."""
    written, final = "", 0
    for letter in name:
        code = ord(letter) - _FIRST
        if not 0 <= code < _SYLLABLES:
            written, final = written + _FINALS[final] + letter, 0
            continue
        initial, rest = divmod(code, _PER_INITIAL)
        pair = (_FINALS[final], _INITIALS[initial])
        if initial == _NO_INITIAL:
            written += _LINKED[final]
        else:
            written += _MET.get(pair, "".join(pair))
        vowel, final = divmod(rest, _PER_VOWEL)
        written += _VOWELS[vowel]
    return (written + _FINALS[final]).capitalize()


def romanized_place(name: str) -> str:
    """Return the name of a place whose last syllable tells what it is: 성수동 as Seongsu-dong."""
    return f"{romanized(name[:-1])}-{_KINDS[name[-1]]}" if name[-1] in _KINDS else romanized(name)
