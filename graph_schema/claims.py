"""What each of several registers says of one node or relationship, and which of it the graph shows.

A row of which one register speaks is that register's claim. Where several do, ``claims`` keeps what each says, and the
row is made of them, whichever was loaded first. Of its own, for each register:

- what a real register says goes before what is made up: a row is ``synthetic`` only where all of its claims are;
- what still holds goes before what was closed; whether a node holds is for the sources that enter such nodes;
- of two values that of the source that comes first in ``AUTHORITY`` is shown, ``unknown`` only where nothing else is
  known; lists are joined, since a certificate that one register does not have is not denied by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from graph_schema.model import CLAIMS, ElementType, Property, ValueType

AUTHORITY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "regions": ("Region",),
        "ksic11": ("Industry",),
        "ksic-9-10": ("Industry",),
        "ksic-9-to-10": (),
        "ksic-10-11": (),
        "tax-codes": ("TaxCode",),
        "ipc": (),
        "nst": ("TechField",),
        "centers": ("Center",),
        "companies": ("Company",),
        "factories": ("Company",),
        "ventures": ("Company",),
        "stores": ("Company",),
        "institutions": ("Institution",),
        "kipris": ("Technology",),
        "technologies": ("Technology",),
        "ntis-projects": ("Project", "Researcher"),
        "ntis-results": ("Technology",),
        "bizinfo": ("Program",),
        "kstartup": ("Program",),
        "kstartup-businesses": ("Program",),
        "smes24": ("Program",),
        "city-notices": ("Program",),
        "ntis-calls": ("Program",),
        "courses": ("Program",),
        "training": ("Program",),
        "experts": ("Expert",),
        "spaces": ("Space",),
        "needs": ("Need",),
        "annual-figures": ("AnnualFigures",),
        "nts-status": (),
        "institution-names": (),
        "resolve": (),
        "api": ("Need",),
        "hand": (),
        "synthetic": (
            *("Company", "Space", "Expert", "Researcher", "Need", "Program", "Topic"),
            *("Project", "Technology"),
        ),
    }
)
"""All sources with the labels of the nodes that they enter, the one whose word counts most first; other nodes they only
name. Code tables and centres; lists of companies, the city's own, which people keep up, before registers of once a
year; patents, the patent office before their holders; projects; programmes; what names companies and institutions in
passing; what is concluded from names, written by hand, made up. A source that enters nodes of a label comes before
those that only name them; one that is not listed comes last.
"""
_RANK: Final = {source: rank for rank, source in enumerate(AUTHORITY)}
_PROVENANCE: Final = ("source", "source_id", "synthetic", "valid_from", "valid_to")
_UNKNOWN: Final = "unknown"
Claim = Mapping[str, Any]
"""What one source says: its own values of a row's properties, and the provenance but for the times of loading."""


def rank(source: str) -> tuple[int, str]:
    """Order sources by authority; those that are not listed by name."""
    return _RANK.get(source, len(_RANK)), source


def claims_of(element: ElementType, row: Mapping[str, Any]) -> dict[str, Claim]:
    """Return what each source says of a stored row, by source."""
    if row.get(CLAIMS.name) is None:
        return {row["source"]: {name: row.get(name) for name in claimed_names(element)}}
    return {claim["source"]: claim for claim in (_decoded(element, text) for text in row[CLAIMS.name])}


def united(element: ElementType, claims: Iterable[Claim]) -> dict[str, Any]:
    """Return what the graph shows of a row of which these claims are all, without its key and times of loading."""
    ordered = sorted(claims, key=lambda claim: rank(claim["source"]))
    counted = _counting(element, ordered)
    first, begins, ends = counted[0], _column(counted, "valid_from"), _column(counted, "valid_to")
    row = {p.name: _shown(p, _column(counted, p.name)) for p in _own(element)}
    row |= {name: first[name] for name in ("source", "source_id", "synthetic")}
    row["valid_from"] = None if None in begins else min(begins)
    row["valid_to"] = None if None in ends else max(ends)
    row[CLAIMS.name] = [_encoded(claim) for claim in ordered] if len(ordered) > 1 else None
    return row


def overruled(element: ElementType, claims: Iterable[Claim], row: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Yield for each value that is not shown its property, the source of the one that is, and its own source."""
    counted = sorted(_counting(element, [*claims]), key=lambda claim: rank(claim["source"]))
    for p in _own(element):
        if p.type is not ValueType.STRINGS:
            shown = next((claim["source"] for claim in counted if claim[p.name] == row[p.name]), "")
            yield from (
                (p.name, shown, claim["source"])
                for claim in counted
                if claim[p.name] not in (None, _UNKNOWN, row[p.name])
            )


@cache
def claimed_names(element: ElementType) -> tuple[str, ...]:
    """Return the names of what a claim holds."""
    return (*_PROVENANCE, *(p.name for p in _own(element)))


def claim_prefix(source: str) -> str:
    """Return that with which the written claims of a source begin, and no others."""
    return f"[{json.dumps(source, ensure_ascii=False)},"


def claim_row(text: str) -> tuple[str, str | None]:
    """Return the source of a written claim, and the id of the row that made it."""
    source, given = json.loads(text)
    return source, given.get("source_id")


@cache
def _own(element: ElementType) -> tuple[Property, ...]:
    return tuple(p for p in element.own if not p.derived)


def _counting(element: ElementType, claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return those of several claims of which a row is made."""
    real = [claim for claim in claims if not claim["synthetic"]] or claims
    entered = [claim for claim in real if element.name in AUTHORITY.get(claim["source"], ())] or real
    if all(claim["valid_to"] for claim in entered):
        return entered
    return [claim for claim in real if claim["valid_to"] is None]


def _column(claims: Sequence[Claim], name: str) -> list[Any]:
    return [claim[name] for claim in claims]


def _shown(p: Property, values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if p.type is ValueType.STRINGS:
        return [*dict.fromkeys(text for value in known for text in value)] if known else None
    return next((value for value in known if not (p.choices and value == _UNKNOWN)), known[0] if known else None)


def _encoded(claim: Claim) -> str:
    """Write a claim, the same for equal ones; what it leaves open is left out."""
    given = {name: value for name, value in sorted(claim.items()) if name != "source" and value is not None}
    return f"{claim_prefix(claim['source'])}{json.dumps(given, ensure_ascii=False, default=date.isoformat)}]"


def _decoded(element: ElementType, text: str) -> Claim:
    source, given = json.loads(text)
    read = _readers(element)
    values = {name: read[name](given[name]) if name in given else None for name in claimed_names(element)}
    return values | {"source": source, "synthetic": bool(values["synthetic"])}


@cache
def _readers(element: ElementType) -> Mapping[str, Callable[[Any], Any]]:
    made: Mapping[ValueType, Callable[[Any], Any]] = {ValueType.DATE: date.fromisoformat, ValueType.FLOAT: float}
    return {p.name: made.get(p.type, lambda value: value) for p in element.stored}
