"""Whether a text holds a word that tells what a company does or needs; of one without, no result fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from graph_schema.catalog import NODE_TYPES
from graph_schema.wording import Wording
from recommender.language.clauses import Clauses, one_blank
from recommender.language.fillers import is_filler, is_mashed, is_speakable
from recommender.language.text_facts import states_facts
from recommender.reasons.shared_words import place_words
from recommender.serve.industry_guess import names_trade
from recommender.serve.topics import TOPICS
from recommender.serve.trades import ENGLISH_GOODS, ENGLISH_TRADES, GOODS
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import node_texts
from recommender.text.protocol import TextEncoder

_LATIN: Final = r"[0-9A-Za-zÀ-ɏ&+#]*[A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ&+#]*"
_WORDS: Final = re.compile(rf"(?P<hangul>[가-힣]+)|(?P<latin>{_LATIN})|(?P<other>[^\W\d_ㄱ-ㆎ가-힣A-Za-zÀ-ɏ]+)")
"""Single jamo (ㅎㅎ), digits and pictures are no words."""
_AT_A_PLACE: Final = re.compile(r"(?:에서는|에서|으로|까지|에|의|은|는|로|도)?(?:입니다|이에요|예요|이고|인데|임|요)?$")
"""What stands behind the name of a place; not 이, with which 고양 is a cat."""
_SHORT_WORDS: Final = frozenset("돈땅집차약펫물웹앱") | {word for word in GOODS if len(word) == 1}
"""Words of one syllable that tell something: goods, and what is wished for."""
_BYTES: Final = 2
"""Of a syllable among the 2,350 of KS X 1001 in EUC-KR; the codec spells out the others in eight."""
_LONGEST_ACRONYM: Final = 5
"""HACCP; a longer word in capitals is read as one in small letters."""
_LETTERS_A_PIECE: Final = 2
"""Letters that each piece of a known Latin word has, on average, more than; as many, if it can be said aloud.

The default model reads most real words (drone, woodworking, kombucha) as pieces of 2.3 letters and more, a few short
ones (soju, sock, kpop) and what is typed at random (qwer, abcabc, dkssud) as pieces of 2, the rest of that (sdkfjh,
wqeoiu) as shorter ones.
"""
NOT_UNDERSTOOD: Final = Wording(
    "글에서 하는 일이나 필요한 것을 나타내는 낱말을 찾지 못해, 글을 순위에 반영하지 않았습니다. ‘빵집입니다. 온라인 "
    "판매 교육이 필요합니다.’처럼 하는 일과 필요한 것을 적으면 그에 맞춘 순위를 받을 수 있습니다.",
    "No word of the text tells what the company does or needs, so the text does not count in this ranking. Say both for"
    " a ranking of its own, such as: ‘We run a bakery. We need training in online sales.’",
)


@dataclass(frozen=True)
class MeaningfulWords:
    """Which texts tell something, by the words of the lexicons, of the graph and of the text model.

    A text does that names a trade, speaks of a topic of requests, states a fact, or has one word with a meaning of its
    own:

    - a word in Hangul that is neither a filler (싶습니다, 지원을) nor the name of a place (고양). What is made, done or
      sold has no closed list, so any other word of two syllables counts, a proper name too, and of one syllable those
      that name goods. No words are laughter, one syllable three times over, and what has none of the 2,350 syllables
      that Korean is written with (뷁뷁);
    - a Latin word that is neither a filler (we need) nor a run of keys (asdf) and is known: to the lexicon of trades
      and goods, to the text model, whose vocabulary has pieces of more than two letters of it, or to the graph. An
      acronym, or a name with capitals within (PCB, LiDAR), is known as it is;
    - a word in another script.

    Digits, marks, pictures, single letters and single jamo are no words.
    """

    snapshot: Snapshot
    encoder: TextEncoder

    def are_in(self, text: str) -> bool:
        """Whether a text tells something; each look is taken only where those before it found nothing."""
        said = Clauses(one_blank(text)).text
        return (
            any(self._means(match) for match in _WORDS.finditer(said))
            or names_trade(text)
            or any(topic.wished.search(said) for topic in TOPICS)
            or states_facts(text)
        )

    def _means(self, match: re.Match[str]) -> bool:
        word = match[0]
        if match["hangul"]:
            return not is_filler(word) and not self._is_place(word) and _is_hangul_word(word)
        return self._knows_latin(word) if match["latin"] else len(word) > 1

    def _is_place(self, word: str) -> bool:
        places = self.snapshot.derived("words for places", partial(place_words, self.snapshot))
        return word in places or _AT_A_PLACE.sub("", word) in places

    def _knows_latin(self, word: str) -> bool:
        letters = len(word)
        if letters == 1 or is_filler(word) or is_mashed(word):
            return False
        has_capitals = not word[1:].islower() and word != word.lower()
        if has_capitals and (letters <= _LONGEST_ACRONYM or not word.isupper()):
            return True
        lower = word.lower()
        if lower in _english():
            return True
        shortest = _LETTERS_A_PIECE * self.encoder.pieces(lower)
        if letters > shortest or (letters == shortest and is_speakable(lower)):
            return True
        return lower in self.snapshot.derived("Latin words", partial(_latin_words, self.snapshot))


def _is_hangul_word(word: str) -> bool:
    """Whether a word has several syllables, one at least that Korean is written with, or is a known one of one."""
    if len(word) == 1:
        return word in _SHORT_WORDS
    return any(len(syllable.encode("euc_kr", "ignore")) == _BYTES for syllable in word)


@cache
def _english() -> frozenset[str]:
    """Words for trades and goods, each word of several by itself."""
    every = " ".join([*ENGLISH_TRADES, *ENGLISH_GOODS]).split()
    return frozenset(word for word in every if not is_filler(word))


def _latin_words(snapshot: Snapshot) -> frozenset[str]:
    """Latin words of all texts of a snapshot, in small letters."""
    texts = (
        text for node in NODE_TYPES if len(snapshot.nodes(node.label)) for text in node_texts(snapshot, node.label)
    )
    return frozenset(word for text in texts for word in re.findall(_LATIN, text.lower()) if len(word) > 1)
