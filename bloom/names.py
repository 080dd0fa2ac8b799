"""The Cypher that compares what was typed with names: without blanks and legal forms, and by further names."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from graph_schema.other_names import LETTERS, other_names

ORGANISATIONS: Final = frozenset({"Company", "Institution"})
"""Labels whose nodes have further names."""
_FORMS: Final = (
    *("주식회사", "유한책임회사", "유한회사", "(주)", "(유)", "(가상)"),
    *("재단법인", "사단법인", "(재)", "(사)"),
)
"""What people write before or behind a name as they please: 주식회사 두레 is typed as (주)두레 and 두레㈜ as well."""


def plain(value: str) -> str:
    """Write ``value`` without capitals, blanks and 교 of 대학교."""
    return f"replace(replace(toLower({value}), ' ', ''), '대학교', '대')"


def bare(value: str) -> str:
    """Write it without legal forms, too."""
    return f"reduce(name = {plain(f'normalize({value}, NFKC)')}, form IN {list(_FORMS)} | replace(name, form, ''))"


def holds(value: str, parameter: str) -> str:
    """Say that ``value`` holds what was typed, without blanks, legal forms and 교 of 대학교; nothing holds a blank."""
    typed = bare(f"${parameter}")
    return f"{typed} <> '' AND {plain(value)} CONTAINS {typed}"


def names_typed(parameter: str) -> str:
    """List what was typed as ``bare`` writes it, for names to be sought by; nothing of a blank."""
    return f"[typed IN [{bare(f'${parameter}')}] WHERE typed <> '']"


def further_names(parameter: str) -> str:
    """List what was typed, and behind it the further names of the organisation that it may mean.

    By the table either way, by Latin letters as they are read, and by the letters of what sounds like them at the
    beginning, two at least: one sounds like many a name.
    """
    read = f"reduce(said = typed, letter IN {_BY_LETTER} | replace(said, letter[0], letter[1]))"
    spelt = (
        "head([parts IN [reduce(parts = ['', typed], n IN range(1, size(typed)) | coalesce(head("
        f"[letter IN {_BY_SOUND} WHERE parts[1] STARTS WITH letter[1] | "
        "[parts[0] + letter[0], substring(parts[1], size(letter[1]))]]), parts))] "
        "WHERE size(parts[0]) >= 2 | parts[0] + parts[1]])"
    )
    return (
        f"head([typed IN {names_typed(parameter)} | [typed] + [name IN coalesce({_TABLE}[typed], []) "
        f"+ [{read}, {spelt}] WHERE name <> typed]])"
    )


def _as_bare(name: str) -> str:
    return name.lower().replace(" ", "").replace("대학교", "대")


def _table() -> str:
    found = defaultdict(list)
    for each in other_names():
        found[_as_bare(each.name)].append(_as_bare(each.current))
        found[_as_bare(each.current)].append(_as_bare(each.name))
    return "{" + ", ".join(f"`{name}`: {others}" for name, others in sorted(found.items())) + "}"


_TABLE: Final = _table()
_SOUNDS: Final = {**LETTERS, "&": "앤"}
_BY_LETTER: Final = [list(pair) for pair in _SOUNDS.items()]
_BY_SOUND: Final = sorted(([letter, said] for letter, said in LETTERS.items()), key=lambda pair: -len(pair[1]))
"""The longest first: 에이치 before 에이."""
