"""Search phrases of what loads brought and changed, by the days that a store keeps with every node."""

from __future__ import annotations

from typing import Final

from bloom.parameters import TODAY, entered
from bloom.saved_cypher import Parameter, Phrase

FOLLOWED: Final = (
    *("Company", "Institution", "Technology", "Researcher", "Expert"),
    *("Program", "Center", "Space", "Project", "Need"),
)
"""What coordinators follow; codes and figures of a year change with their registers."""
_MOST_EACH: Final = 100
"""Nodes of one label that are drawn: Bloom takes no more than a thousand well."""
_LATELY: Final = Parameter(
    "since",
    "Date",
    cypher=f"UNWIND [7, 14, 30, 90, 1, 0] AS days RETURN {TODAY} - duration({{days: days}})",
)


def _loaded_since(condition: str) -> str:
    """Return the newest nodes of each label that were written on ``$since`` or later, and meet a condition."""
    parts = (
        f"{entered('n', label, 'loaded_at')}n.loaded_at >= datetime({{date: $since, timezone: 'Asia/Seoul'}}) "
        f"AND {condition} RETURN n ORDER BY n.loaded_at DESC LIMIT {_MOST_EACH}"
        for label in FOLLOWED
    )
    return f"CALL () {{ {' UNION ALL '.join(parts)} }} RETURN n ORDER BY n.loaded_at DESC LIMIT 1000"


CHANGES: Final = (
    Phrase(
        "새로 생긴 것: $since 이후",
        "그날부터 처음 적재한 기업, 기관, 기술, 사람, 사업, 호실, 애로, 새것부터",
        _loaded_since("n.first_seen >= $since"),
        (_LATELY,),
    ),
    Phrase(
        "바뀐 것: $since 이후",
        "그전부터 있었고 그날부터 내용이 바뀐 것, 새것부터",
        _loaded_since("n.first_seen < $since"),
        (_LATELY,),
    ),
)
