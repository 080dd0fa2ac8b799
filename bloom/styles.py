"""How the graph looks in Bloom: a colour, an icon and a size for each label, and rules by property.

Rules use conditions that every version of Bloom's format has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from graph_schema.catalog import node_type
from graph_schema.colours import COLOURS
from graph_schema.model import DEGREE, NODE_CAPTION, NodeType

_PERSON: Final = "DB188874-D25F-4B34-A296-E5E950072319"
_ICONS: Final = {
    "Company": "7B9D2D75-AC63-4E4E-97A5-5C7987BB30BF",  # Shop
    "Institution": "36ADC22A-4278-4483-8CF4-5CC5F66CA25D",  # Financial Institute
    "Center": "59435072-6EE1-4BB0-869A-50F2FB447DEB",  # Address
    "Region": "0E360AEA-F63E-4F63-803B-B137881B0CD8",  # State
    "Researcher": _PERSON,  # User
    "Expert": _PERSON,
}
"""Icons of Bloom's own set, which it names by UUID and publishes nowhere: those that Neo4j's own perspectives give to
what is named beside each (neo4j-graph-examples: bloom, entity-resolution). A label without one has a plain circle."""
_SIZES: Final = {"Company": 1.25, "Institution": 1.25, "Space": 0.75, "Need": 0.75}
_SMALL: Final = frozenset({"Industry", "TaxCode", "TechField", "Region", "Topic"})
"""Labels that class others: hubs, drawn small beside what they class."""
_MORE_CAPTIONS: Final = {
    "Program": ("apply_until",),
    "TechField": ("code",),
}
"""Shown beneath the caption where the day matters, or where people know the code."""

RELATIONSHIP_COLOUR: Final = "#848484"
RELATIONSHIP_COLOURS: Final = {"RECOMMENDED": "#1f5fa8", "FOLLOWED_UP": "#0f674b"}
_RED: Final = "#d7301f"
_ORANGE: Final = "#b35900"
_PALE: Final = "#9ecae1"
_DEADLINE_DAYS: Final = 14
"""Two weeks are what an application takes to write."""
_SYNTHETIC_SIZE: Final = 0.75
"""Small enough to be seen as other, large enough to be read."""

Degrees = Mapping[str, tuple[int, int]]
"""By label the numbers of relationships that a tenth and a hundredth of its nodes exceed."""
Condition = Literal["equals", "greater-than"]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A colour or a size for what meets a condition: of several colours that apply the first counts, and of sizes.

    A rule has one of the two, so that none hides what another one tells by the other.
    """

    property_: str
    kind: str
    condition: Condition
    value: object
    colour: str | None = None
    size: float | None = None


def icon(node: NodeType) -> str:
    """Return the name of a label's icon."""
    return _ICONS.get(node.label, "no-icon")


def size(node: NodeType) -> float:
    """Return the size of a label's nodes, 1 being the usual one."""
    return 0.5 if node.label in _SMALL else _SIZES.get(node.label, 1)


def captions(node: NodeType) -> Sequence[str]:
    """Return the properties that are written on a node."""
    return (NODE_CAPTION.name, *_MORE_CAPTIONS.get(node.label, ()))


def node_rules(node: NodeType, as_of: date, degrees: tuple[int, int] | None = None) -> Sequence[StyleRule]:
    """Return the rules of a label: what is made up is small; else sizes by amount, and where that says nothing, degree.

    Colours by deadline beside ``as_of``. ``degrees`` are those that a tenth and a hundredth of its nodes exceed. What
    classes others stays small.
    """
    return (
        StyleRule("synthetic", "boolean", "equals", value=True, size=_SYNTHETIC_SIZE),
        *(_deadline(as_of) if node == node_type("Program") else ()),
        *_BY_AMOUNT.get(node.label, ()),
        *(_by_degree(*degrees) if degrees and node.label not in _SMALL else ()),
    )


def _larger(property_: str, *steps: tuple[float, float]) -> Sequence[StyleRule]:
    return tuple(StyleRule(property_, "number", "greater-than", above, size=size) for above, size in steps)


def _by_degree(tenth: int, hundredth: int) -> Sequence[StyleRule]:
    """Draw larger what is joined to more than most of its kind."""
    return _larger(DEGREE.name, (hundredth, 2), (tenth, 1.5))


_BY_AMOUNT: Final[Mapping[str, Sequence[StyleRule]]] = {
    "Company": _larger("employees", (299, 2), (49, 1.75), (9, 1.5)),
    "Program": _larger("budget_krw", (10e9, 2), (1e9, 1.5)),
    "Center": _larger("floor_area_m2", (100_000, 2), (50_000, 1.5)),
    "Space": _larger("area_m2", (330, 1.5), (165, 1.25)),
    "Project": _larger("funds_krw", (1e9, 2), (1e8, 1.5)),
    "Expert": _larger("experience_years", (20, 1.5), (10, 1.25)),
}


def _deadline(as_of: date) -> Sequence[StyleRule]:
    """Keep the colour of what closes later, and give red to what is left of the rest and still open."""
    last, passed = as_of + timedelta(days=_DEADLINE_DAYS), as_of - timedelta(days=1)
    later, soon = (
        StyleRule("apply_until", "Date", "greater-than", day.isoformat(), colour)
        for day, colour in ((last, COLOURS["Program"]), (passed, _RED))
    )
    return later, soon


RELATIONSHIP_RULES: Final[Mapping[str, Sequence[StyleRule]]] = {
    "RECOMMENDED": (
        StyleRule("checks", "number", "greater-than", 0, _ORANGE),
        StyleRule("grade", "string", "equals", "low", _PALE),
        StyleRule("grade", "string", "equals", "high", size=2),
        StyleRule("grade", "string", "equals", "low", size=0.5),
    ),
    "FOLLOWED_UP": (StyleRule("decision", "string", "equals", "refused", _RED),),
    "AWARDED": _larger("amount_krw", (1e8, 2), (1e7, 1.5)),
    "CONSULTED": (
        StyleRule("satisfaction", "number", "greater-than", 2, RELATIONSHIP_COLOUR),
        StyleRule("satisfaction", "number", "greater-than", 0, _RED),
    ),
}
"""The first colour of a consultation keeps those that pleased as they are, so that red is left to those that did not.
"""
