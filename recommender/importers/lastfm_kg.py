"""Last.FM listening with a knowledge graph: RecBole atomic files with a fixed split.

Users, items and ratings from HetRec 2011 (non-commercial research), the graph from Satori as released with KGCN. An
entity that is an item, by ``lastfm.link``, becomes that item's node, so the graph and the listening meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recommender.importers.files import read_table
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.relation_names import upper_snake
from recommender.knowledge.folder.write import ExperimentFolder

LISTENED: Final[EdgeKey] = ("User", "LISTENED", "Item")


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make the one folder of the files under ``path``."""
    listened = _listened(path)
    link = read_table(path / "lastfm.link", ("item_id:token", "entity_id:token"), delimiter="\t")
    graph = read_table(
        path / "lastfm.kg", ("head_id:token", "relation_id:token", "tail_id:token"), delimiter="\t"
    ).rename_columns(["head", "relation", "tail"])
    items, entities = link["item_id:token"].combine_chunks(), link["entity_id:token"].combine_chunks()
    others = _distinct(pa.chunked_array([*graph["head"].chunks, *graph["tail"].chunks]))
    yield ExperimentFolder(
        {
            "name": "lastfm-kg",
            "task": {"kind": "recommend", "query": "User", "candidate": "Item", "target": list(LISTENED)},
            "split": {"kind": "column", "refit": "train"},
            "mask": {"known": True, "self": True},
            "report": {"k": [10, 20], "main": "recall@10"},
        },
        {
            "User": pa.table({"id": _distinct(listened["src"])}),
            "Item": pa.table({"id": _distinct(pa.chunked_array([items, *listened["dst"].chunks]))}),
            "Entity": pa.table({"id": others.filter(pc.invert(pc.is_in(others, value_set=entities)))}),
        },
        {LISTENED: listened, **_knowledge(graph, items, entities)},
        comment=(
            "Last.FM with a knowledge graph, fixed split: which items does a user listen to?\n"
            "The weight of LISTENED is the number of plays. An entity that is an item is that item's node."
        ),
    )


def _listened(path: Path) -> pa.Table:
    parts = []
    for split in ("train", "valid", "test"):
        columns = ("user_id:token", "item_id:token", "rating:float")
        table = read_table(path / f"lastfm.{split}.inter", columns, delimiter="\t")
        table = table.rename_columns(["src", "dst", "weight"])
        parts.append(table.append_column("split", pa.repeat(pa.scalar(split), table.num_rows)))
    return pa.concat_tables(parts)


def _knowledge(graph: pa.Table, items: pa.Array, entities: pa.Array) -> dict[EdgeKey, pa.Table]:
    """Return the triples by relation and by the labels of their ends."""
    names = upper_snake(pc.unique(graph["relation"]).to_pylist())
    ends = {end: pc.index_in(graph[end], value_set=entities) for end in ("head", "tail")}
    table = pa.table(
        {
            "relation": pa.array([names[name] for name in graph["relation"].to_pylist()]),
            "source": pc.if_else(pc.is_valid(ends["head"]), "Item", "Entity"),
            "target": pc.if_else(pc.is_valid(ends["tail"]), "Item", "Entity"),
            "src": pc.coalesce(pc.take(items, ends["head"]), graph["head"]),
            "dst": pc.coalesce(pc.take(items, ends["tail"]), graph["tail"]),
        }
    )
    found: dict[EdgeKey, pa.Table] = {}
    for key in table.group_by(["source", "relation", "target"]).aggregate([]).to_pylist():
        chosen = np.logical_and.reduce([np.asarray(pc.equal(table[name], value)) for name, value in key.items()])
        found[key["source"], key["relation"], key["target"]] = table.filter(pa.array(chosen)).select(["src", "dst"])
    return found


def _distinct(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    unique = pc.unique(values)
    return unique.combine_chunks() if isinstance(unique, pa.ChunkedArray) else unique
