"""Ranks what the embedded store finds: rare terms weigh more, and so do those of the caption.

Which nodes are found is that of Neo4j's index, by ``stores.search_text``; scores differ.
"""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from graph_schema.model import SEARCH_TEXT, NodeRef, NodeType
from stores.base import Hit
from stores.search_text import in_text, search_terms
from stores.tables import quoted


def search_nodes(cursor: duckdb.DuckDBPyConnection, nodes: Sequence[NodeType], text: str, limit: int) -> list[Hit]:
    """Find nodes that hold terms of ``text``, best first.

    The score is the share of the query's terms that the node holds, rare terms weighing more, plus the same share for
    its caption alone, damped by the length of the text. Every search reads the search texts once.
    """
    terms = search_terms(text)
    if not terms or not nodes or limit < 1:
        return []
    rows = cursor.execute(_query(nodes, terms), [*map(in_text, terms), limit]).fetchall()
    return [Hit(NodeRef(label, id_), caption, score) for label, id_, caption, score in rows]


def _query(nodes: Sequence[NodeType], terms: Sequence[str]) -> str:
    places = range(len(terms))
    documents = " UNION ALL ".join(map(_documents, nodes))
    in_all = ", ".join(f"{_match('text', i)} AS t{i}" for i in places)
    in_caption = ", ".join(f"{_match('title', i)} AS c{i}" for i in places)
    weights = ", ".join(f"ln(1 + count(*) OVER () / greatest(1, sum(t{i}::INT) OVER ())) AS w{i}" for i in places)
    total = " + ".join(f"w{i}" for i in places)
    shares = " + ".join(f"w{i} * (t{i}::INT + c{i}::INT)" for i in places)
    return (
        f"WITH documents AS ({documents}), "
        f"matched AS (SELECT label, id, caption, length, {in_all}, {in_caption} FROM documents), "
        f"hits AS (SELECT * FROM matched WHERE {' OR '.join(f't{i}' for i in places)}), "
        f"weighted AS (SELECT *, {weights} FROM hits) "
        f"SELECT label, id, caption, ({shares}) / ({total}) / (1 + ln(1 + length) / 10) AS score FROM weighted "
        f"ORDER BY score DESC, label, id LIMIT ${len(terms) + 1}"
    )


def _documents(node: NodeType) -> str:
    """Select what is matched of each node: its search text with blanks around every word, and its first line."""
    text = SEARCH_TEXT.name
    return (
        f"SELECT '{node.label}' AS label, id, coalesce({quoted(node.caption)}, id) AS caption, "
        f"concat(' ', replace({text}, chr(10), ' '), ' ') AS text, "
        f"concat(' ', split_part({text}, chr(10), 1), ' ') AS title, length({text}) AS length FROM {quoted(node.name)}"
    )


def _match(column: str, i: int) -> str:
    return f"contains({column}, ${i + 1})"
