"""Runs a query of somebody else's on Neo4j as it would be run there, and tells what it costs and returns."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from neo4j.graph import Node, Path, Relationship

from stores.bolt import Neo4jStore

PATIENCE: Final = 10
"""How many times as long as it may take a query is waited for: then it is told how much too slow it is."""
_INDEXED: Final = ("Index", "ByElementId", "NodeUnique")
_SCANS: Final = {
    "AllNodesScan": "all nodes",
    "NodeByLabelScan": "",
    "UnionNodeByLabelsScan": "",
    "RelationshipTypeScan": "",
    "AllRelationshipsScan": "all relationships",
    "UnionRelationshipTypesScan": "",
}


@dataclass(frozen=True, slots=True)
class QueryTrial:
    """What a query did: rows it returned, the quickest run in seconds, the values of its first column."""

    rows: int
    seconds: float
    values: Sequence[Any]
    kinds: frozenset[str]
    """``node``, ``relationship``, ``path``, ``nothing`` or ``value``: what the columns hold."""
    beside: int
    """Rows that hold something beside the first column."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the server would run a query: the indexes it enters by, and what it reads from end to end."""

    indexes: Sequence[str]
    scans: Sequence[str]
    """Labels or types that are scanned, as the plan writes them."""


def plan_of(store: Neo4jStore, cypher: str, parameters: Mapping[str, object]) -> Plan:
    """Ask for the plan of a query without running it; raises ``StoreError`` where it is no valid Cypher."""
    steps = list(_steps(store.explain(cypher, parameters)))
    details = {(name.partition("@")[0], details) for name, details in steps}
    indexes = [_shortened(text) for name, text in details if any(part in name for part in _INDEXED)]
    # What a procedure is called with, the plan writes out over dozens of lines.
    indexes += [text.partition("(")[0] for name, text in details if name == "ProcedureCall" and "db.index." in text]
    scans = [text for name, text in details if any(scan in name for scan in _SCANS) and "Index" not in name]
    return Plan(sorted(set(indexes)), sorted(set(scans)))


def try_query(
    store: Neo4jStore, cypher: str, parameters: Mapping[str, object], *, runs: int, timeout: float, write: bool = False
) -> QueryTrial:
    """Run a query up to ``runs`` times, until one takes less than ``timeout`` seconds; what it writes is undone.

    Raises ``QueryTimeoutError`` where one takes ``PATIENCE`` times as long.
    """
    best, records = float("inf"), []
    for _ in range(runs):
        began = time.perf_counter()
        records = store.attempt(cypher, parameters, timeout=PATIENCE * timeout, write=write)
        best = min(best, time.perf_counter() - began)
        if best <= timeout:
            break
    beside = sum(any(value is not None for value in record[1:]) for record in records)
    kinds = frozenset(map(_kind, _flat(records)))
    return QueryTrial(len(records), best, [record[0] for record in records], kinds, beside)


def _steps(plan: Mapping[str, Any]) -> list[tuple[str, str]]:
    own = (str(plan["operatorType"]), str(plan.get("args", {}).get("Details", "")))
    return [own, *(step for child in plan.get("children", ()) for step in _steps(child))]


def _flat(records: Sequence[Sequence[Any]]) -> list[Any]:
    return [value for record in records for value in record]


def _kind(value: object) -> str:
    known = {Node: "node", Relationship: "relationship", Path: "path", type(None): "nothing"}
    return next((name for type_, name in known.items() if isinstance(value, type_)), "value")


def _shortened(details: str) -> str:
    return details.partition(" WHERE ")[0]
