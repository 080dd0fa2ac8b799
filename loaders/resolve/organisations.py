"""The organisations of a graph as one table: what each register knows of each, side by side."""

# ruff: noqa: S608 - table and column names come from the catalog alone

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import duckdb
import pyarrow as pa

from graph_schema.catalog import IDENTITY_TYPES, RELATION_TYPES, node_type
from graph_schema.columns import arrow_schema
from graph_schema.model import NodeType, RelationType
from loaders.resolve.database import memory
from stores.base import GraphStore

LABELS: Final = tuple(relation.source for relation in IDENTITY_TYPES)
"""Labels of organisations."""

SCHEMA: Final = pa.schema(
    [
        ("label", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("business_number", pa.string()),
        ("corporate_number", pa.string()),
        ("address", pa.string()),
        ("regions", pa.list_(pa.string())),
        ("industries", pa.list_(pa.string())),
        ("text", pa.string()),
        ("sole", pa.bool_()),
    ]
)
"""One row an organisation as a register has it; all but ``label``, ``id`` and ``name`` may be null.

``regions`` are codes of two or five digits, ``industries`` ids of nodes (``ksic11:C26``), ``text`` tells what it makes
or works on, ``sole`` says that it is one person's business.
"""

_OF_COMPANIES: Final = {
    "business_number": "business_number",
    "corporate_number": "corporate_number",
    "address": "address",
    "products": "products",
    "sole": "legal_form = 'sole'",
}
_TITLED: Final = ("Technology", "Project")
"""What an organisation did, of which the titles say what it works on."""


def read_organisations(store: GraphStore) -> pa.Table:
    """Return the organisations of ``store`` with the columns of ``SCHEMA``, by label and id."""
    with memory() as database:
        for label in _TITLED:
            _read(database, store, node_type(label), ("id", "title"))
        return pa.concat_tables([_of_label(database, store, label) for label in LABELS])


def _of_label(database: duckdb.DuckDBPyConnection, store: GraphStore, label: str) -> pa.Table:
    node = node_type(label)
    known = {p.name for p in node.stored}
    own = {name: text if name in known or name == "sole" else "NULL" for name, text in _OF_COMPANIES.items()}
    if label != "Company":
        own = dict.fromkeys(own, "NULL")
    _read(database, store, node, ("id", "name", *(known & {*_OF_COMPANIES, "legal_form"})))
    _ends(database, store, label, "LOCATED_IN", "Region", "regions")
    _ends(database, store, label, "IN_INDUSTRY", "Industry", "industries")
    database.execute("CREATE OR REPLACE TEMP TABLE titles (id VARCHAR, title VARCHAR)")
    for relation in RELATION_TYPES:
        if relation.source == label and relation.target in _TITLED and relation.type in ("FILED", "PARTICIPATED_IN"):
            _read(database, store, relation, ("src", "dst"))
            database.execute(
                f'INSERT INTO titles SELECT src, title FROM "{relation.name}" JOIN "{relation.target}" ON dst = id'
            )
    found = database.sql(
        f"""
        SELECT '{label}' AS label, id, name, {own["business_number"]} AS business_number,
            {own["corporate_number"]} AS corporate_number, {own["address"]} AS address,
            regions, industries, concat_ws(' ', {own["products"]}, titled) AS text, {own["sole"]} AS sole
        FROM "{label}" LEFT JOIN regions USING (id) LEFT JOIN industries USING (id)
        LEFT JOIN (SELECT id, string_agg(title, ' ' ORDER BY title) AS titled FROM titles GROUP BY id) USING (id)
        ORDER BY id
        """
    ).to_arrow_table()
    return found.cast(SCHEMA)


def _ends(
    database: duckdb.DuckDBPyConnection, store: GraphStore, label: str, type_: str, target: str, name: str
) -> None:
    """Make the table ``name`` of the ends of what still holds, a list for each start."""
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} (id VARCHAR, {name} VARCHAR[])")
    for relation in RELATION_TYPES:
        if (relation.source, relation.type, relation.target) == (label, type_, target):
            _read(database, store, relation, ("src", "dst", "valid_to"))
            database.execute(
                f"INSERT INTO {name} SELECT src, list(DISTINCT dst ORDER BY dst) "
                f'FROM "{relation.name}" WHERE valid_to IS NULL GROUP BY src'
            )


def _read(
    database: duckdb.DuckDBPyConnection, store: GraphStore, element: NodeType | RelationType, columns: Iterable[str]
) -> None:
    """Make the table of an element with some of its columns."""
    names = list(columns)
    schema = pa.schema([field for field in arrow_schema(element.stored) if field.name in names])
    batches = store.read_nodes(element) if isinstance(element, NodeType) else store.read_relationships(element)
    reader = pa.RecordBatchReader.from_batches(schema, (batch.select(schema.names) for batch in batches))
    database.register("incoming", reader)
    database.execute(f'CREATE OR REPLACE TEMP TABLE "{element.name}" AS SELECT * FROM incoming')
    database.unregister("incoming")
