"""All that a page shows of a neighbourhood, as values that JSON can hold, words aside: those are ``Wording``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import numpy as np

from graph_schema.catalog import OVERLAY_TYPES, node_type
from graph_schema.certificates import certificates_in_english
from graph_schema.choices import choice_words
from graph_schema.colours import COLOURS
from graph_schema.model import NODE_BASE, RELATION_BASE, ElementType, NodeRef, Property, ValueType
from graph_schema.wording import Wording
from recommender.language.answers import Audience
from recommender.snapshot.dated_facts import KOREA
from recommender.snapshot.field_names import titled_code
from recommender.snapshot.neighbourhood import Fact, ListedResult, Neighbourhood, Surplus
from recommender.snapshot.snapshot import Snapshot
from recommender.snapshot.view.captions import distinct_names
from recommender.snapshot.view.looks import (
    RELATION_NAMES,
    SHAPES,
    SOURCE_NAMES,
    SURPLUS,
    SURPLUS_COLOUR,
    SURPLUS_SHAPE,
)
from recommender.snapshot.view.places import FORMS, find_places

_BASE: Final = frozenset(p.name for p in (*NODE_BASE, *RELATION_BASE)) - {"valid_from", "valid_to"}
_OWN_PLACE: Final = frozenset({"on", "url"})
"""Properties that a page shows in a place of their own."""
_DEGREES: Final = frozenset({"lat", "lon"})
"""Numbers of which four decimals count, ten metres."""
_RECOMMENDED: Final = next(relation for relation in OVERLAY_TYPES if relation.type == "RECOMMENDED")
_OF_A_RUN: Final = frozenset(
    {"task", "reason_ko", "reason_en", "score", "checks", "model_version", "snapshot_id", "run", "created_at"}
)
"""What of a recommendation is said in words of its own, or tells of the machine that made it."""
_FOR_THE_CITY: Final = frozenset({"business_number", "employees", "revenue_krw", "consented_on"})
"""Properties that stand in no register that anybody may read."""


def contents(snapshot: Snapshot, found: Neighbourhood, pages: Mapping[NodeRef, str]) -> dict[str, Any]:
    """Return a page's kinds, nodes (the centre first) and facts; ``pages``: address of each node's own page."""
    numbers = {ref: number for number, ref in enumerate(found.nodes)}
    names = distinct_names(snapshot, found.nodes)
    nodes = [_node(snapshot, found, ref) for ref in found.nodes]
    for ref, node, (name, caption) in zip(found.nodes, nodes, names, strict=True):
        node |= {"name": Wording.alike(name), "caption": Wording.alike(caption), "page": pages.get(ref)}
    facts = [_fact(snapshot, fact, numbers) for fact in found.facts]
    facts += [_listed_fact(snapshot, each, numbers) for each in found.listed]
    for surplus in found.surplus:
        facts.append(_surplus_fact(surplus, len(nodes)))
        nodes.append(_surplus_node(surplus))
    edges = sorted({(min(ends), max(ends)) for ends in ((fact["from"], fact["to"]) for fact in facts)})
    places = find_places([node["kind"] for node in nodes], edges)
    for number, node in enumerate(nodes):
        node["at"] = {name: points[number].round().astype(int).tolist() for name, points in places.items()}
    kinds = dict.fromkeys(node["kind"] for node in nodes)
    return {
        "forms": {name: {"ems": form.ems, "lines": form.lines} for name, form in FORMS.items()},
        "kinds": {kind: _kind(kind) for kind in kinds},
        "relations": {fact["relation"]: RELATION_NAMES[fact["relation"]] for fact in facts},
        "sources": {name: SOURCE_NAMES[name] for name in _sources([*nodes, *facts]) if name in SOURCE_NAMES},
        "nodes": nodes,
        "facts": facts,
    }


def _sources(records: list[dict[str, Any]]) -> list[str]:
    return sorted({record["source"] for record in records} - {None})


def _kind(kind: str) -> dict[str, Any]:
    if kind == SURPLUS:
        name = Wording("그리지 않은 것", "not drawn")
        return {"name": name, "colour": SURPLUS_COLOUR, "shape": SURPLUS_SHAPE}
    type_ = node_type(kind)
    return {"name": Wording(type_.ko, type_.en), "colour": COLOURS[kind], "shape": SHAPES[kind]}


def _node(snapshot: Snapshot, found: Neighbourhood, ref: NodeRef) -> dict[str, Any]:
    type_, row = node_type(ref.label), snapshot.node(ref)
    public, url = found.audience is not Audience.CITY, str(row.get("url", ""))
    leaving = _OWN_PLACE | {type_.caption} | (_FOR_THE_CITY if public else frozenset())
    return {
        "kind": ref.label,
        "closed": ref in found.closed,
        "facts": list(_properties(snapshot, type_, row, leaving=leaving)),
        "url": url if url.startswith(("https://", "http://")) else None,
        # A company's number in a register may be its business number.
        "sourceId": None if public and ref.label == "Company" else row.get("source_id"),
        **_provenance(row),
    }


def _fact(snapshot: Snapshot, fact: Fact, numbers: Mapping[NodeRef, int]) -> dict[str, Any]:
    row = snapshot.table(fact.relation).slice(fact.row, 1).to_pylist()[0]
    on = snapshot.edges(fact.relation).on[fact.row]
    return {
        "from": numbers[fact.source],
        "to": numbers[fact.target],
        "relation": fact.relation.type,
        "mutual": fact.relation.symmetric,
        "on": None if np.isnat(on) else str(on),
        "facts": list(_properties(snapshot, fact.relation, row, leaving=_OWN_PLACE)),
        **_provenance(row),
    }


def _listed_fact(snapshot: Snapshot, listed: ListedResult, numbers: Mapping[NodeRef, int]) -> dict[str, Any]:
    row = listed.properties
    reason = Wording(str(row.get("reason_ko") or ""), str(row.get("reason_en") or ""))
    said = [
        (Wording("추천 종류", "what is recommended"), choice_words("task", str(row["task"]))),
        *_properties(snapshot, _RECOMMENDED, row, leaving=_OF_A_RUN),
        (Wording("추천 이유", "why"), reason),
    ]
    return {
        "from": 0,
        "to": numbers[listed.result],
        "relation": _RECOMMENDED.type,
        "mutual": False,
        "on": None,
        "facts": said,
        **_provenance({}),
    }


def _surplus_node(surplus: Surplus) -> dict[str, Any]:
    ko, en = RELATION_NAMES[surplus.relation.type]
    ends = node_type(surplus.relation.target if surplus.outgoing else surplus.relation.source)
    name = Wording(f"그 밖의 {ends.ko} {surplus.count:,}건 ({ko})", f"{surplus.count:,} more: {ends.en} ({en})")
    return {
        "kind": SURPLUS,
        "more": surplus.count,
        "name": name,
        "caption": name,
        "facts": [],
        "page": None,
        "closed": False,
        "url": None,
        "sourceId": None,
        **_provenance({}),
    }


def _surplus_fact(surplus: Surplus, number: int) -> dict[str, Any]:
    ends = (0, number) if surplus.outgoing else (number, 0)
    own = {"on": None, "facts": [], **_provenance({})}
    return {
        "from": ends[0],
        "to": ends[1],
        "relation": surplus.relation.type,
        "mutual": surplus.relation.symmetric,
        "more": surplus.count,
        **own,
    }


def _provenance(row: Mapping[str, Any]) -> dict[str, Any]:
    loaded_at, first_seen = row.get("loaded_at"), row.get("first_seen")
    return {
        "source": row.get("source"),
        "loaded": loaded_at.astimezone(KOREA).date().isoformat() if isinstance(loaded_at, datetime) else None,
        "firstSeen": first_seen.isoformat() if isinstance(first_seen, date) else None,
        "madeUp": bool(row.get("synthetic")),
    }


def _properties(
    snapshot: Snapshot, element: ElementType, row: Mapping[str, Any], *, leaving: frozenset[str]
) -> Iterator[tuple[Wording, Wording]]:
    """Yield name and value of what is known beside key, provenance and what is shown elsewhere.

    What the catalog remarks behind a semicolon is for who fills a property in.
    """
    for property_ in element.public:
        value = row.get(property_.name)
        if property_.name not in _BASE | leaving and value not in (None, "", []):
            yield Wording(property_.ko, property_.en.partition(";")[0]), _value(snapshot, property_, value)


def _value(snapshot: Snapshot, property_: Property, value: Any) -> Wording:
    if property_.name == "certificates":
        return Wording(", ".join(value), certificates_in_english(value))
    if isinstance(value, list):
        is_code = property_.name == "ipc"
        words = [titled_code(snapshot, each) if is_code else choice_words(property_.name, str(each)) for each in value]
        return Wording(", ".join(word.ko for word in words), ", ".join(word.en for word in words))
    if property_.choices:
        return choice_words(property_.name, str(value))
    if isinstance(value, bool):
        return Wording("예", "yes") if value else Wording("아니오", "no")
    return Wording.alike(_plain(property_, value))


def _plain(property_: Property, value: Any) -> str:
    if property_.name in _DEGREES:
        return f"{value:.4f}"
    if property_.type in (ValueType.INTEGER, ValueType.FLOAT):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)
