"""The Cypher that turns what was typed into a full-text query, as ``stores.search_text`` parts what it searches."""

from __future__ import annotations

from typing import Final

from stores.search_text import CJK, STOP_WORDS

_SCRIPTS: Final = ("[a-z]", "[0-9]", f"[{CJK}]", r"[\\p{L}\\p{N}]")
"""What is kept together; all else parts words."""
_MOST_READ: Final = 200
"""Characters: more than anybody types. Lucene refuses more than 1,024 clauses, and a pasted page took seconds to part.
"""


def _script(place: str) -> str:
    """Write the number of the script that a character of ``word`` belongs to."""
    kinds = " ".join(f"WHEN substring(word, {place}, 1) =~ '{each}' THEN {n}" for n, each in enumerate(_SCRIPTS))
    return f"CASE {kinds} ELSE {len(_SCRIPTS)} END"


_PARTED: Final = (
    "reduce(text = '', at IN range(0, size(word) - 1) | text "
    f"+ CASE WHEN at > 0 AND {_script('at')} <> {_script('at - 1')} THEN ' ' ELSE '' END "
    f"+ CASE {_script('at')} WHEN {len(_SCRIPTS)} THEN ' ' ELSE substring(word, at, 1) END)"
)
_UNITS: Final = (
    f"reduce(text = '', unit IN split({_PARTED}, ' ') | text + ' ' + unit "
    f"+ CASE WHEN unit IN {sorted(STOP_WORDS)} THEN '_' ELSE '' END)"
)
LUCENE_QUERY: Final = (
    f"reduce(query = '', word IN split(left(toLower(normalize($words, NFKC)), {_MOST_READ}), ' ') | query + CASE "
    f"WHEN word =~ '[{CJK}]' THEN ' +(' + word + '* *' + word + ')' "
    f"""ELSE ' +"' + trim({_UNITS}) + '"' END)"""
)
"""Asks for nodes that hold all of ``$words``: 3D센서 as ``"3 d 센서"``, 빵 at either end of a word, so in 제빵 too."""
