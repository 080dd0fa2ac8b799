"""Any folder of RecBole's atomic files: interactions, attributes of users and items, a knowledge graph.

Read are ``*.inter``, one or split into ``*.train.inter``, ``*.valid.inter`` and ``*.test.inter``, and where they are
there ``*.user``, ``*.item``, ``*.kg`` and ``*.link``. Columns are named ``name:type``, tabs stand between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import floor
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.files import require_values
from recommender.knowledge.columns import TextColumn, read_column
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.relation_names import upper_snake
from recommender.knowledge.folder.write import ExperimentFolder

_SPLITS: Final = ("train", "valid", "test")
_KEYS: Final = {
    "inter": ("user_id:token", "item_id:token"),
    "user": ("user_id:token",),
    "item": ("item_id:token",),
    "kg": ("head_id:token", "relation_id:token", "tail_id:token"),
    "link": ("item_id:token", "entity_id:token"),
}
"""Columns that each kind of file needs."""
_ATTRIBUTES: Final = ("token", "token_seq", "float")
_FEWEST_TEXTS: Final = 20
"""Values from which lists of three in 18 genres were never taken for titles, of 15 still every fifth such column."""
_DISTINCT: Final = 0.9
"""Share of the values of a sequence of words that differ, from which they are texts: some titles do repeat."""
_MOST_TRAIN, _MOST_VALID = 0.8, 0.9
"""Shares of the dated interactions that come before the valid and before the test window."""


def recbole_folder(name: str, path: Path, relation: str = "CHOSE", comment: str = "") -> ExperimentFolder:
    """Make the folder of the atomic files under ``path``, which asks for items of a user.

    Fixed splits are kept. A single file is split in time where it has ``timestamp``, else at random, each pair once.
    ``rating`` becomes the weight. An entity that is an item, by the link file or else by its id, is that item's node.
    Raises ``SourceError`` where files or columns are absent.
    """
    target: EdgeKey = ("User", relation, "Item")
    chosen, split = _interactions(path)
    link = _optional(path, "link")
    graph = _optional(path, "kg")
    items = _ids(chosen["dst"]) if link is None else link["item_id:token"].combine_chunks()
    entities = items if link is None else link["entity_id:token"].combine_chunks()
    sides = {
        "User": _nodes(_optional(path, "user"), chosen["src"]),
        "Item": _nodes(_optional(path, "item"), items, chosen["dst"]),
    }
    nodes = {label: table for label, (table, _) in sides.items()}
    texts = {label: names for label, (_, names) in sides.items() if names}
    edges: dict[EdgeKey, pa.Table] = {target: chosen}
    if graph is not None:
        graph = graph.rename_columns(["head", "relation", "tail"])
        others = _ids(graph["head"], graph["tail"])
        nodes["Entity"] = pa.table({"id": others.filter(pc.invert(pc.is_in(others, value_set=entities)))})
        edges |= _knowledge(graph, items, entities)
    return ExperimentFolder(
        {
            "name": name,
            "task": {"kind": "recommend", "query": "User", "candidate": "Item", "target": list(target)},
            "split": split,
            "mask": {"known": True, "self": True},
            "report": {"k": [10, 20], "main": "recall@10"},
            **({"text": texts} if texts else {}),
        },
        nodes,
        edges,
        comment or f"{name}, from RecBole's atomic files: which items does a user choose?",
    )


def _interactions(path: Path) -> tuple[pa.Table, Mapping[str, object]]:
    """Return the edges that are asked for, and how they are split."""
    files = sorted(path.glob("*.inter"))
    fixed = {split: [each for each in files if each.name.endswith(f".{split}.inter")] for split in _SPLITS}
    if all(len(each) == 1 for each in fixed.values()):
        parts = [
            _edges(each, "rating:float").append_column("split", _repeated(split, each))
            for split, (each,) in fixed.items()
        ]
        return pa.concat_tables(parts), {"kind": "column", "refit": "train"}
    if len(files) != 1:
        found = ", ".join(each.name for each in files)
        raise SourceError(
            Wording(
                f"{path}: *.inter 파일 하나를 두거나 *.train.inter, *.valid.inter, *.test.inter 파일을 하나씩 "
                f"두십시오. 있는 파일: {found or '없음'}",
                f"{path} must hold one *.inter file, or one each of *.train.inter, *.valid.inter and *.test.inter; "
                f"there are: {found or 'none'}",
            )
        )
    edges = _edges(files[0], "rating:float", "timestamp:float")
    return _dated(files[0], edges) if "time" in edges.column_names else _drawn(edges)


def _edges(file: Path, *further: str) -> pa.Table:
    table = _read(file, "inter")
    if not table.num_rows:
        raise SourceError(
            Wording(
                f"{file}: 머리글만 있고 상호작용이 없습니다. 공개된 파일을 그대로 쓰십시오",
                f"{file} holds a header and no interaction; give the file as it is published",
            )
        )
    names = dict(zip(_KEYS["inter"], ("src", "dst"), strict=True)) | {
        "rating:float": "weight",
        "timestamp:float": "time",
    }
    kept = [*_KEYS["inter"], *(each for each in further if each in table.column_names)]
    return table.select(kept).rename_columns([names[each] for each in kept])


def _repeated(split: str, file: Path) -> pa.Array:
    return pa.repeat(pa.scalar(split), _read(file, "inter").num_rows)


def _dated(file: Path, edges: pa.Table) -> tuple[pa.Table, Mapping[str, object]]:
    days = _moments(file, edges["time"])
    place = edges.column_names.index("time")
    edges = edges.set_column(place, "time", pa.array([each.isoformat() for each in days]))
    ordered = sorted(days)
    train, valid = (ordered[int(share * len(ordered))] for share in (_MOST_TRAIN, _MOST_VALID))
    if train >= valid:
        return _drawn(edges.drop_columns(["time"]))
    return edges, {"kind": "global_time", "train_before": train, "valid_before": valid}


def _moments(file: Path, seconds: pa.ChunkedArray) -> list[datetime]:
    """Return the moments of seconds since 1970, whole ones, in UTC; raises ``SourceError`` with the first that is none.

    Milliseconds are none either: they would lie in a year beyond 9999.
    """
    days = []
    for row, text in enumerate(seconds.to_pylist()):
        try:
            days.append(datetime.fromtimestamp(floor(float(text)), UTC).replace(tzinfo=None))
        except (ValueError, OverflowError, OSError) as error:
            raise SourceError(
                Wording(
                    f"{file} {row + 2}번째 줄: timestamp:float {text!r}: 1970년부터 센 초가 아닙니다. 초로 적거나 열을 "
                    "빼십시오. 열을 빼면 상호작용을 무작위로 나눕니다",
                    f"{file}, line {row + 2}: timestamp:float {text!r} is not a number of seconds since 1970; give "
                    "seconds, or leave the column out, and the interactions are split at random",
                )
            ) from error
    return days


def _drawn(edges: pa.Table) -> tuple[pa.Table, Mapping[str, object]]:
    """Return each pair once, so that none can be learned from and asked for."""
    further = [(name, "first") for name in edges.column_names if name not in ("src", "dst")]
    once = edges.group_by(["src", "dst"], use_threads=False).aggregate(further)
    return once.rename_columns([name.removesuffix("_first") for name in once.column_names]), {"kind": "random"}


def _nodes(attributes: pa.Table | None, *ids: pa.Array | pa.ChunkedArray) -> tuple[pa.Table, list[str]]:
    """Return everybody once, with the attributes of whom they are known; and which columns are their text.

    Those are named where a sequence is one, since a few different titles would else be taken for categories.
    """
    if attributes is None:
        return pa.table({"id": _ids(*ids)}), []
    key, *others = attributes.column_names
    everybody = _ids(attributes[key], *ids)
    place = pc.index_in(everybody, value_set=_ids(attributes[key]))
    first = pc.index_in(_ids(attributes[key]), value_set=attributes[key].combine_chunks())
    columns = {"id": everybody}
    texts: list[str] = []
    for name in others:
        plain, _, kind = name.rpartition(":")
        if kind not in _ATTRIBUTES or plain in columns:
            continue
        values = pc.fill_null(pc.take(pc.take(attributes[name].combine_chunks(), first), place), "")
        if kind == "token_seq" and _are_texts(values):
            texts.append(plain)
        columns[plain] = (
            pc.replace_substring(values, " ", "|") if kind == "token_seq" and plain not in texts else values
        )
    if texts:  # naming one leaves out all that are not named
        texts = [name for name in columns if name in texts or (name != "id" and _reads_as_text(name, columns[name]))]
    return pa.table(columns), texts


def _reads_as_text(name: str, values: pa.Array) -> bool:
    return isinstance(read_column(name, values.to_pylist()), TextColumn)


def _are_texts(sequences: pa.Array) -> bool:
    """Tell whether sequences of words are titles or other texts, and no lists of categories.

    Nearly all of them differ, and they have as many different words as there are sequences: lists of a few categories
    may all differ, too, and share their words.
    """
    filled = sequences.filter(pc.not_equal(pc.utf8_trim_whitespace(sequences), ""))
    distinct = pc.unique(filled)
    words = pc.unique(pc.list_flatten(pc.utf8_split_whitespace(distinct)))
    return len(filled) >= _FEWEST_TEXTS and len(distinct) >= _DISTINCT * len(filled) and len(words) >= len(filled)


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


def _optional(path: Path, kind: str) -> pa.Table | None:
    """Read the one file of a kind with its key columns first; None where there is none."""
    files = sorted(path.glob(f"*.{kind}"))
    if len(files) > 1:
        found = ", ".join(each.name for each in files)
        raise SourceError(
            Wording(
                f"{path}: *.{kind} 파일이 여러 개 있습니다: {found}. 하나만 남기십시오",
                f"{path} holds several *.{kind} files: {found}; leave one",
            )
        )
    if not files:
        return None
    table = _read(files[0], kind)
    return table.select(_KEYS[kind]) if kind in ("kg", "link") else table


def _read(file: Path, kind: str) -> pa.Table:
    """Read a file as text, the columns that its kind needs first; names may hold quotation marks."""
    needed = _KEYS[kind]
    try:
        with file.open(encoding="utf-8-sig") as lines:
            header = lines.readline().rstrip("\r\n").split("\t")
        missing = [each for each in needed if each not in header]
        if missing:
            raise SourceError(
                Wording(
                    f"{file}: 없는 열: {', '.join(missing)}. 머리글: {', '.join(header)}",
                    f"{file} has no column {', '.join(missing)}; its header is {', '.join(header)}",
                )
            )
        table = csv.read_csv(
            file,
            read_options=csv.ReadOptions(use_threads=False, column_names=header, skip_rows=1),
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
    except (OSError, ValueError) as error:  # what Arrow and the codec raise are values, too
        raise SourceError(
            Wording(
                f"{file}: 열을 탭으로 나눈 UTF-8 표로 읽을 수 없습니다({error})",
                f"{file} cannot be read as a table in UTF-8 with tabs between columns: {error}",
            )
        ) from error
    require_values(file, table, needed)
    return table.select([*needed, *(each for each in header if each not in needed)]).combine_chunks()


def _ids(*values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return each id once, in the order of the first time."""
    chunks: Sequence[pa.Array] = [
        chunk for each in values for chunk in (each.chunks if isinstance(each, pa.ChunkedArray) else [each])
    ]
    unique = pc.unique(pa.chunked_array(chunks, pa.string()))
    return unique.combine_chunks() if isinstance(unique, pa.ChunkedArray) else unique
