"""How properties of the catalog are declared, and those that several of its elements have."""

from __future__ import annotations

from functools import partial
from typing import TypedDict, Unpack

from graph_schema.model import Property, ValueType

EMBEDDING_DIMENSION = 384
"""Length of text embeddings (multilingual-e5-small)."""


class _Flags(TypedDict, total=False):
    required: bool
    pii: bool
    indexed: bool
    searchable: bool
    encoded: bool


def _property(type_: ValueType, name: str, ko: str, en: str, **flags: Unpack[_Flags]) -> Property:
    return Property(name, type_, ko, en, **flags)


string = partial(_property, ValueType.STRING)
strings = partial(_property, ValueType.STRINGS)


day = partial(_property, ValueType.DATE, indexed=True)
integer = partial(_property, ValueType.INTEGER)
decimal = partial(_property, ValueType.FLOAT)
boolean = partial(_property, ValueType.BOOLEAN)


def choice(name: str, ko: str, en: str, *choices: str) -> Property:
    """Declare a word that is one of ``choices``."""
    return Property(name, ValueType.STRING, ko, en, indexed=True, choices=choices)


caption = partial(string, required=True, indexed=True, searchable=True)
"""What a node is called: searched, and indexed so that a name typed in part finds it."""

NAME = caption("name", "이름", "name", encoded=True)
CODE_NAME = caption("name", "이름", "name")
TITLE = caption("title", "제목", "title", encoded=True)
URL = string("url", "원문 주소", "link to the original")
LEVEL = integer("level", "단계", "level in the tree, 1 at the top")
ON = day("on", "일자", "date")
POINT = (
    decimal("lat", "위도", "latitude in degrees (WGS 84)"),
    decimal("lon", "경도", "longitude in degrees (WGS 84)"),
    choice("point_of", "좌표 기준", "what the point stands for", "neighbourhood", "district"),
)
"""A point of the neighbourhood or district that something is in, never of its door."""
CONSENT = day("consented_on", "동의일", "date of consent")
