"""The words in which the catalog is written: properties, node types, relation types."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Final, Protocol


class ValueType(StrEnum):
    """Types that both stores and Parquet hold without loss."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    STRINGS = "strings"


@dataclass(frozen=True, slots=True)
class Property:
    """A typed property of a node or relationship.

    ``pii`` keeps it out of snapshots, perspectives, logs, search and indexes; ``indexed`` asks for a range index;
    ``searchable`` makes it part of ``search_text``; ``encoded`` makes it part of the text that is embedded; ``derived``
    (a value computed from others) leaves it out of content hashes and snapshots.
    """

    name: str
    type: ValueType
    ko: str
    en: str
    required: bool = False
    pii: bool = False
    indexed: bool = False
    searchable: bool = False
    encoded: bool = False
    derived: bool = False
    choices: tuple[str, ...] = ()


_PROVENANCE = (
    Property("source", ValueType.STRING, "출처", "source", required=True),
    Property("source_id", ValueType.STRING, "출처 식별자", "id in the source"),
    Property("loaded_at", ValueType.DATETIME, "바뀐 시각", "time of the load that last changed it"),
    Property("first_seen", ValueType.DATE, "처음 적재한 날", "day in Korea of the load that first brought it"),
    Property("valid_from", ValueType.DATE, "유효 시작일", "valid from"),
    Property("valid_to", ValueType.DATE, "유효 종료일", "valid to"),
    Property("synthetic", ValueType.BOOLEAN, "가상 여부", "made up", required=True),
)

CLAIMS = Property("claims", ValueType.STRINGS, "출처별 내용", "what each of several sources says of it", pii=True)
"""Absent where one source alone speaks of a row; see ``graph_schema.claims``. It may hold what is personal."""

SEARCH_TEXT = Property("search_text", ValueType.STRING, "검색용 글", "text that is searched", derived=True)
"""The searchable properties of a node as both stores search them; see ``stores.search_text``."""

DEGREE = Property("degree", ValueType.INTEGER, "연결 수", "relationships that touch it", derived=True)
"""How many relationships of the catalog touch a node, as counted when a perspective was last exported."""

HUB = Property("hub", ValueType.BOOLEAN, "허브 여부", "whether it is a hub", derived=True)
"""True on a hub, absent on all others, as found when a perspective was last exported; see ``HUB_SHARE``."""

HUB_SHARE: Final = 0.1
"""A hub is what at least this share of all companies have in common, directly or further down its code tree.

So much in common says nothing of any two: paths lead through no hub, wherever they are sought.
"""

CAPTION = Property("caption", ValueType.STRING, "관계 이름", "what is written on it", derived=True)
"""The caption of a relationship's relation, since Bloom writes what stands in a property, or the English type."""

NODE_CAPTION = replace(CAPTION, ko="짧은 이름", en="short name that tells it from others")
"""What is written on a node: at most twenty characters; see ``graph_schema.captions``."""

CODES = Property("codes", ValueType.STRING, "코드 풀이", "its codes in Korean", derived=True)
"""The codes of a node or relationship in words, since Bloom shows values as they are.

Loads write it with the codes; what people drew or edited has it from the last export of a perspective.
"""

NODE_BASE = (
    Property("id", ValueType.STRING, "식별자", "id", required=True),
    *(replace(p, indexed=p.name == "loaded_at") for p in _PROVENANCE),
    CLAIMS,
    SEARCH_TEXT,
    DEGREE,
    HUB,
    NODE_CAPTION,
    CODES,
)
"""Properties that every node carries; ``id`` is the key, unique within its label.

By the index of ``loaded_at`` what is new is found too, since nothing is older than when it last changed.
"""

RELATION_BASE = (
    Property("src", ValueType.STRING, "시작 노드", "id of the start node", required=True),
    Property("dst", ValueType.STRING, "끝 노드", "id of the end node", required=True),
    Property("key", ValueType.STRING, "구분자", "tells parallel relationships apart", required=True),
    *_PROVENANCE,
    CLAIMS,
    CAPTION,
    CODES,
)
"""Columns that every relationship carries; (``src``, ``dst``, ``key``) is the key within its relation."""


class _HasProperties(Protocol):
    @property
    def properties(self) -> tuple[Property, ...]: ...


class _Element:
    """What node and relation types have in common: which of their properties go where."""

    @cached_property
    def stored(self: _HasProperties) -> tuple[Property, ...]:
        """Properties that loaders write; derived ones are written by those who derive them."""
        return tuple(p for p in self.properties if not p.derived)

    @cached_property
    def public(self: _HasProperties) -> tuple[Property, ...]:
        """Properties that may leave the store: neither personal nor derived."""
        return tuple(p for p in self.properties if not (p.derived or p.pii))


@dataclass(frozen=True)
class NodeType(_Element):
    """A label of the graph.

    Of one that is ``embedded`` a store keeps text embeddings for vector search, apart from its nodes.
    """

    label: str
    ko: str
    en: str
    key_from: str
    caption: str
    own: tuple[Property, ...] = field(default=())
    embedded: bool = False

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Base properties first, then the label's own."""
        return NODE_BASE + self.own

    @cached_property
    def searched(self) -> tuple[Property, ...]:
        """Properties that make up ``search_text``, the caption first."""
        return tuple(sorted((p for p in self.own if p.searchable), key=lambda p: p.name != self.caption))

    @property
    def name(self) -> str:
        """Name of the table or file that holds these nodes."""
        return self.label

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class RelationType(_Element):
    """A relationship type between two labels; (``source``, ``type``, ``target``) names it.

    A ``private`` one is a company's own dealing (an application, a consultation, a tenancy, …), which may be told to
    that company and to the city and never to others; all else stands in registers that anybody may read. An
    ``overlay`` is laid over the graph in Neo4j and comes from no register: it has its own properties alone. An
    ``identity`` says that its start is the thing that its end stands for, so that snapshots hold the end alone. A
    ``noun`` captions what ``ko`` tells by a verb.
    """

    source: str
    type: str
    target: str
    ko: str
    en: str
    own: tuple[Property, ...] = field(default=())
    symmetric: bool = False
    private: bool = False
    overlay: bool = False
    identity: bool = False
    noun: str = ""

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Base columns first, then the relation's own; of an overlay those and what is written for the eye."""
        return (CAPTION, CODES, *self.own) if self.overlay else RELATION_BASE + self.own

    @cached_property
    def caption(self) -> str:
        """What is written on such a relationship, in Korean: its ``noun``, else the topic that ``ko`` begins with."""
        return self.noun or self.ko.removeprefix("의 ")[:-1]

    @cached_property
    def name(self) -> str:
        """``SRC__REL__DST``, as experiment folders name their edge files."""
        return f"{self.source}__{self.type}__{self.target}"

    def __str__(self) -> str:
        return f"({self.source})-[{self.type}]->({self.target})"


ElementType = NodeType | RelationType


@dataclass(frozen=True, slots=True, order=True)
class NodeRef:
    """The address of one node, written ``Label:id``."""

    label: str
    id: str

    def __str__(self) -> str:
        return f"{self.label}:{self.id}"
