"""The text of a node as both stores search it, and the terms of a query, so that both find the same nodes.

Neo4j's ``cjk`` analyzer pairs Korean characters only where a word holds nothing else, so words are parted where the
script changes: ``KDB산업은행`` is searched as ``kdb 산업은행``, ``3D센서`` as ``3 d 센서``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import pyarrow as pa

from graph_schema.model import NodeType

_MAX_TERMS: Final = 32
"""A query has a few words; a pasted text must not become a query of thousands of clauses."""
CJK: Final = (
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # Han
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # kana
)
"""What the analyzer pairs, as the inside of a character class."""
_WORDS: Final = re.compile(r"[^\W_]+")
_RUNS: Final = re.compile(rf"[{CJK}]+|[^{CJK}]+")
_UNITS: Final = re.compile(rf"[a-z]+|[0-9]+|[{CJK}]+|[^\W_a-z0-9{CJK}]+")
_BETWEEN: Final = "\0"
"""Stands between texts that are taken at once; nothing beside it is read together with what is behind it."""
_UNITS_APART: Final = re.compile(rf"{_BETWEEN}|{_UNITS.pattern}")
_PAIRED: Final = re.compile(rf"[{CJK}]+")
STOP_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a and are as at be but by for if in into is it no not of on or s such t that the their then there these they "
        "this to was will with www",
    )
)
"""Words that the ``cjk`` analyzer drops; kept by a trailing underscore, since IT is a trade."""


def search_text(values: Iterable[object]) -> str:
    """Write the searchable values of a node, caption first, as one line each; what is no text is left out."""
    lines = (" ".join(_units(_normalised(value))) if isinstance(value, str) else "" for value in values)
    return "\n".join(lines).rstrip("\n")


def search_texts(node: NodeType, rows: pa.Table | pa.RecordBatch) -> pa.Array:
    """Search text of each row of a label; strings, shape (rows,)."""
    columns = [_lines(rows.column(p.name).to_pylist()) for p in node.searched]
    return pa.array(["\n".join(lines).rstrip("\n") for lines in zip(*columns, strict=True)], pa.string())


def _lines(values: Sequence[object]) -> list[str]:
    """Write a column of values as ``search_text`` writes each, all in one go."""
    texts = [value if isinstance(value, str) else "" for value in values]
    joined = _normalised(_BETWEEN.join(texts))
    if joined.count(_BETWEEN) != len(texts) - 1:  # else it is in a text
        return [search_text([text]) for text in texts]
    parted = " ".join(_stopped(_UNITS_APART.findall(joined))).split(_BETWEEN)
    return [line.strip(" ") for line in parted]


def search_terms(text: str) -> list[str]:
    """Cut a query into distinct terms.

    Korean gives pairs of neighbouring characters; a word of Latin letters and digits is one term, its units parted by
    blanks. A single Korean character counts only as a word of its own: 년 in 2026년 would find 청년.
    """
    terms: dict[str, None] = {}
    for word in _WORDS.findall(_normalised(text)):
        for run in _RUNS.findall(word):
            terms |= dict.fromkeys(_terms_of(run, alone=run == word))
    return list(terms)[:_MAX_TERMS]


def in_text(term: str) -> str:
    """Text that a search text, with a blank before and after, contains where it holds ``term``."""
    return term if _PAIRED.fullmatch(term) else f" {term} "


def lucene_query(terms: Iterable[str]) -> str:
    """Write the query that finds what holds any of ``terms`` in an index that the ``cjk`` analyzer made."""
    return " ".join(f"{term}* *{term}" if len(term) == 1 and _PAIRED.match(term) else f'"{term}"' for term in terms)


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _units(text: str) -> list[str]:
    return _stopped(_UNITS.findall(text))


def _stopped(units: list[str]) -> list[str]:
    if STOP_WORDS.isdisjoint(units):
        return units
    return [f"{unit}_" if unit in STOP_WORDS else unit for unit in units]


def _terms_of(run: str, *, alone: bool) -> list[str]:
    if not _PAIRED.match(run):
        return [" ".join(_units(run))]
    if len(run) == 1:
        return [run] if alone else []
    return [run[i : i + 2] for i in range(len(run) - 1)]
