"""Full-text search over the embedded store: Korean by character pairs, Latin and digits by whole words.

This mirrors Lucene's ``cjk`` analyzer, which the Neo4j store uses, so that both find the same nodes; scores differ.
"""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import duckdb

from graph_schema.model import NodeRef, NodeType
from stores.base import Hit
from stores.tables import quoted

_MAX_TERMS: Final = 32
_RUNS: Final = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_NOT_WORD: Final = "[^a-z0-9]"


def search_terms(text: str) -> list[str]:
    """Cut a query into distinct terms: pairs of neighbouring characters, and words of Latin letters and digits."""
    terms: dict[str, None] = {}
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            terms[run] = None
        else:
            terms |= dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1))
    return list(terms)[:_MAX_TERMS]


def search_nodes(cursor: duckdb.DuckDBPyConnection, nodes: Sequence[NodeType], text: str, limit: int) -> list[Hit]:
    """Find nodes that hold terms of ``text``, best first.

    The score is the share of the query's terms that the node holds, rare terms weighing more, plus the same share for
    its caption alone, damped by the length of the text. Every search reads the searchable columns once.
    """
    terms = search_terms(text)
    if not terms or not nodes or limit < 1:
        return []
    rows = cursor.execute(_query(nodes, terms), [*map(_pattern, terms), limit]).fetchall()
    return [Hit(NodeRef(label, id_), caption, score) for label, id_, caption, score in rows]


def _query(nodes: Sequence[NodeType], terms: Sequence[str]) -> str:
    places = range(len(terms))
    documents = " UNION ALL ".join(map(_documents, nodes))
    in_text = ", ".join(f"{_match('text', terms, i)} AS t{i}" for i in places)
    in_caption = ", ".join(f"{_match('title', terms, i)} AS c{i}" for i in places)
    weights = ", ".join(f"ln(1 + count(*) OVER () / greatest(1, sum(t{i}::INT) OVER ())) AS w{i}" for i in places)
    total = " + ".join(f"w{i}" for i in places)
    shares = " + ".join(f"w{i} * (t{i}::INT + c{i}::INT)" for i in places)
    return (
        f"WITH documents AS ({documents}), "
        f"matched AS (SELECT label, id, caption, length, {in_text}, {in_caption} FROM documents), "
        f"hits AS (SELECT * FROM matched WHERE {' OR '.join(f't{i}' for i in places)}), "
        f"weighted AS (SELECT *, {weights} FROM hits) "
        f"SELECT label, id, caption, ({shares}) / ({total}) / (1 + ln(1 + length) / 10) AS score FROM weighted "
        f"ORDER BY score DESC, label, id LIMIT ${len(terms) + 1}"
    )


def _documents(node: NodeType) -> str:
    searchable = ", ".join(quoted(p.name) for p in node.properties if p.searchable)
    text = f"lower(concat_ws(' ', {searchable}))"
    return (
        f"SELECT '{node.label}' AS label, id, coalesce({quoted(node.caption)}, id) AS caption, {text} AS text, "
        f"lower({quoted(node.caption)}) AS title, length({text}) AS length FROM {quoted(node.name)}"
    )


def _match(column: str, terms: Sequence[str], i: int) -> str:
    """Match a word between non-words, a pair of characters anywhere."""
    function = "regexp_matches" if terms[i].isascii() else "contains"
    return f"coalesce({function}({column}, ${i + 1}), false)"


def _pattern(term: str) -> str:
    return f"(^|{_NOT_WORD}){term}({_NOT_WORD}|$)" if term.isascii() else term
