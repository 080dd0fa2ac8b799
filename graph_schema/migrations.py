"""Numbered migrations of the stored schema, as data that both stores apply.

A migration names the tables of the catalog that it touches; a store then brings exactly those tables to what the
catalog says: it makes what is missing, search texts, captions and first days among it, moves vectors off the nodes,
and leaves what is there, so that applying one twice changes nothing. To add a property or a label, change the catalog
and append one line here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph_schema.catalog import ELEMENT_TYPES, IDENTITY_TYPES, NODE_TYPES, OVERLAY_TYPES, element_type
from graph_schema.errors import StoreVersionError
from graph_schema.model import ElementType, RelationType
from graph_schema.wording import Wording


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the stored schema; ``tables`` are names of catalog elements."""

    number: int
    name: str
    tables: tuple[str, ...]

    @property
    def elements(self) -> tuple[ElementType, ...]:
        """The catalog's elements that this step brings up to date."""
        return tuple(element_type(name) for name in self.tables)


MIGRATIONS: Final = (
    Migration(1, "0001 catalog", tuple(element.name for element in ELEMENT_TYPES)),
    Migration(2, "0002 search text", tuple(node.name for node in NODE_TYPES)),
    Migration(3, "0003 what rows stated", tuple(element.name for element in ELEMENT_TYPES)),
    Migration(
        4, "0004 names, relationships, overlay", tuple(element.name for element in (*ELEMENT_TYPES, *OVERLAY_TYPES))
    ),
    Migration(5, "0005 what notices ask for", ("Program",)),
    Migration(6, "0006 one node for one organisation", ("Company", *(relation.name for relation in IDENTITY_TYPES))),
    Migration(7, "0007 figures by year", ("AnnualFigures", "Company__REPORTED__AnnualFigures")),
    Migration(8, "0008 state of a business", ("Company__REGISTERED_WITH__Institution",)),
    Migration(
        9,
        "0009 captions of relationships",
        tuple(e.name for e in (*ELEMENT_TYPES, *OVERLAY_TYPES) if isinstance(e, RelationType)),
    ),
    Migration(10, "0010 points, English names of fields", ("Company", "Center", "TechField")),
    Migration(11, "0011 days of loads", tuple(element.name for element in ELEMENT_TYPES)),
    Migration(
        12,
        "0012 results of projects",
        (
            "Project__PRODUCED__Technology",
            "Company__DEVELOPED__Technology",
            "Institution__DEVELOPED__Technology",
        ),
    ),
    Migration(13, "0013 claims of several sources", tuple(element.name for element in ELEMENT_TYPES)),
    Migration(14, "0014 vectors apart", tuple(node.name for node in NODE_TYPES if node.embedded)),
    Migration(15, "0015 periods of certificates", ("Company",)),
    Migration(16, "0016 uses of spaces, centres in complexes", ("Space", "Center")),
)

CURRENT_VERSION: Final = MIGRATIONS[-1].number
"""The schema version that this code reads and writes."""


def pending(version: int, migrations: Sequence[Migration] = MIGRATIONS) -> tuple[Migration, ...]:
    """Return what a store at ``version`` still lacks; raises ``StoreVersionError`` where the store is newer."""
    newest = migrations[-1].number
    if version > newest:
        raise StoreVersionError(
            Wording(
                f"저장소의 스키마 버전은 {version}, 이 프로그램이 아는 버전은 {newest}까지입니다. Dure를 새 버전으로 "
                "바꾸거나 이 버전으로 만든 저장소를 여십시오",
                f"the store has schema version {version}, this code knows versions up to {newest}; "
                "update Dure, or open a store that this version wrote",
            )
        )
    return tuple(migration for migration in migrations if migration.number > version)


def joined(migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Return one step in place of these, none of none.

    Each brings its tables to what the catalog says, so a table that several name, as all are in a new store, need be
    brought there once.
    """
    if not migrations:
        return ()
    last = migrations[-1]
    tables = dict.fromkeys(table for migration in migrations for table in migration.tables)
    return (Migration(last.number, last.name, tuple(tables)),)
