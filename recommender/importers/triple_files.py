"""Sets of triples for link prediction, with a fixed split.

``train.txt``, ``valid.txt`` and ``test.txt`` hold a head, a relation and a tail on each line.
CoDEx-S (tsafavi/codex, MIT; Wikidata, CC0) and UMLS as released with ConvE.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from recommender.importers.files import read_table, require_values
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.relation_names import file_safe
from recommender.knowledge.folder.write import ExperimentFolder

_COLUMNS: Final = ("src", "relation", "dst")
_ENTITY: Final = "Entity"


def codex_s(path: Path) -> Iterator[ExperimentFolder]:
    """Make the folder of CoDEx-S."""
    yield triples_folder("codex-s", path, "CoDEx-S: link prediction on Wikidata, filtered setting.")


def umls(path: Path) -> Iterator[ExperimentFolder]:
    """Make the folder of UMLS."""
    yield triples_folder("umls", path, "UMLS: link prediction on a medical vocabulary, a smoke test.")


def triples_folder(name: str, path: Path, comment: str) -> ExperimentFolder:
    """Make a folder with one label, ``Entity``, and a relation for each that the files name, with its split."""
    triples = _triples(path)
    names = file_safe(pc.unique(triples["relation"]).to_pylist())
    edges: dict[EdgeKey, pa.Table] = {
        (_ENTITY, safe, _ENTITY): triples.filter(pc.equal(triples["relation"], relation)).select(
            ["src", "dst", "split"]
        )
        for relation, safe in names.items()
    }
    entities = pc.unique(pa.chunked_array([*triples["src"].chunks, *triples["dst"].chunks]))
    return ExperimentFolder(
        {
            "name": name,
            "task": {"kind": "triples"},
            "split": {"kind": "column", "refit": "train"},
            "report": {"k": [1, 3, 10], "main": "mrr"},
        },
        {_ENTITY: pa.table({"id": entities})},
        edges,
        comment,
    )


def _triples(path: Path) -> pa.Table:
    parts = []
    for split in ("train", "valid", "test"):
        file = path / f"{split}.txt"
        table = read_table(file, _COLUMNS, delimiter="\t", header=False)
        require_values(file, table, _COLUMNS)
        parts.append(table.append_column("split", pa.repeat(pa.scalar(split), table.num_rows)))
    return pa.concat_tables(parts)
