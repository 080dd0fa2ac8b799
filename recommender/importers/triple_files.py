"""Sets of triples for link prediction, with a fixed split.

A file each for train, valid and test holds a head, a relation and a tail on each line, tabs between them.
CoDEx-S (tsafavi/codex, MIT; Wikidata, CC0) and UMLS as released with ConvE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.files import read_table, require_values
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.relation_names import file_safe
from recommender.knowledge.folder.write import ExperimentFolder

_COLUMNS: Final = ("src", "relation", "dst")
_ENTITY: Final = "Entity"
_SPLITS: Final = {"train": ("train", "training"), "valid": ("valid", "validation", "val", "dev"), "test": ("test",)}
"""By what words in their names the files of a split are known."""


def codex_s(path: Path) -> Iterator[ExperimentFolder]:
    """Make the folder of CoDEx-S."""
    yield triples_folder("codex-s", path, "CoDEx-S: link prediction on Wikidata, filtered setting.")


def umls(path: Path) -> Iterator[ExperimentFolder]:
    """Make the folder of UMLS."""
    yield triples_folder("umls", path, "UMLS: link prediction on a medical vocabulary, a smoke test.")


def triples_folder(name: str, path: Path, comment: str = "") -> ExperimentFolder:
    """Make a folder with one label, ``Entity``, and a relation for each that the files name, with its split.

    Raises ``SourceError`` where a split has no file, or several.
    """
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
        comment or f"{name}: link prediction, filtered setting.",
    )


def split_files(path: Path) -> dict[str, list[Path]]:
    """Return the files of each split: ``.txt`` or ``.tsv``, the word of the split in their names."""
    files = [each for each in sorted(path.glob("*")) if each.suffix in (".txt", ".tsv") and each.is_file()]
    found = {}
    for split, words in _SPLITS.items():
        mine = [each for each in files if set(re.split(r"[^a-z]+", each.stem.lower())) & set(words)]
        found[split] = [each for each in mine if each.stem == split] or mine
    return found


def _triples(path: Path) -> pa.Table:
    parts = []
    for split, files in split_files(path).items():
        if len(files) != 1:
            found = ", ".join(each.name for each in files)
            raise SourceError(
                Wording(
                    f"{path}: {split} 트리플 파일은 하나여야 합니다. {split}.txt나 mine-{split}.tsv처럼 이름을 붙여 "
                    f"하나만 두십시오. 있는 파일: {found or '없음'}",
                    f"{path} must hold one file of triples for {split}, such as {split}.txt or mine-{split}.tsv; "
                    f"there are: {found or 'none'}",
                )
            )
        table = read_table(files[0], _COLUMNS, delimiter="\t", header=False)
        require_values(files[0], table, _COLUMNS)
        parts.append(table.append_column("split", pa.repeat(pa.scalar(split), table.num_rows)))
    return pa.concat_tables(parts)
