"""Awards as experiment folders: which organisation was awarded which programme, call or topic, and when.

An award is a row of its own, so repeats are history; a pair that is known before a window is masked there, hence the
first award of an organisation by a programme alone can be an answer. A count over all days would tell the future.
Amounts are left out: they are known only when an award is granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pyarrow as pa

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.files import read_table, require_values
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.write import ExperimentFolder

ORGANISATION: Final = "Organisation"
PROJECT: Final = "Project"
AWARDED: Final = "AWARDED"
CARRIED_OUT: Final[EdgeKey] = (ORGANISATION, "CARRIED_OUT", PROJECT)

Descriptions = Mapping[str, Mapping[str, str]]
"""Columns of each node by its id."""

FEW_ITEMS: Final = {"k": [5, 10], "main": "ndcg@10"}
"""Report of a task whose candidates are tens to hundreds of programmes: recall at 20 would be near 1."""
MANY_ORGANISATIONS: Final = {"k": [10, 20, 100], "main": "ndcg@10"}
"""Report of a task that ranks thousands of organisations."""


@dataclass(frozen=True)
class Award:
    """What ``organisation`` was awarded under ``item``; ``day`` None where the split alone says when.

    ``text`` describes the project that was supported. ``split`` is a value of the column ``split``, or empty.
    """

    organisation: str
    item: str
    day: date | None
    text: str = ""
    split: str = ""


@dataclass(frozen=True)
class AwardSet:
    """Awards with what is known of their two ends; ``item`` is the label of the latter."""

    awards: Sequence[Award]
    organisations: Descriptions
    items: Descriptions
    item: str = "Programme"

    def only(self, awards: Iterable[Award]) -> AwardSet:
        """Return the set with some of its awards."""
        return AwardSet(tuple(awards), self.organisations, self.items, self.item)


@dataclass(frozen=True)
class AwardTask:
    """What a folder asks.

    ``windows`` are the first days of valid and test, None where awards have a ``split``. With ``reverse`` items ask and
    organisations are ranked. ``more`` stands in ``[task]`` besides.
    """

    name: str
    language: str
    comment: str
    windows: tuple[date, date] | None = None
    reverse: bool = False
    refit: str = "train+valid"
    more: Mapping[str, object] = field(default_factory=lambda: {"candidate_seen": True, "query_seen": True})
    report: Mapping[str, object] = field(default_factory=lambda: FEW_ITEMS)


def awards_folder(task: AwardTask, found: AwardSet) -> ExperimentFolder:
    """Make the folder of a task: nodes of the awards alone, awards of one day as one row with their number as weight.

    Where awards have a text, each has a ``Project`` that is known from its day on.
    """
    target: EdgeKey = (ORGANISATION, AWARDED, found.item)
    nodes = {
        ORGANISATION: _nodes({award.organisation for award in found.awards}, found.organisations),
        found.item: _nodes({award.item for award in found.awards}, found.items),
    }
    edges = {target: _awarded(found.awards)}
    described = sorted({(a.organisation, a.day, a.text) for a in found.awards if a.text and a.day is not None})
    if described:
        ids = [f"p{number:06}" for number in range(len(described))]
        organisations, days, texts = map(list, zip(*described, strict=True))
        nodes[PROJECT] = pa.table({"id": ids, "text": texts})
        edges[CARRIED_OUT] = pa.table({"src": organisations, "dst": ids, "time": days})
    return ExperimentFolder(_spec(task, target), nodes, edges, task.comment)


def descriptions(path: Path, key: str, columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read ``columns`` of each node from a file, by its column ``key``; raises ``SourceError`` where that is empty."""
    table = read_table(path, (key, *columns))
    require_values(path, table, (key,))
    return {row.pop(key): {name: " ".join(value.split()) for name, value in row.items()} for row in table.to_pylist()}


def award_rows(path: Path, columns: Sequence[str], needed: Sequence[str]) -> list[dict[str, str]]:
    """Read the rows of a file of awards; raises ``SourceError`` where one of ``needed`` is empty in some row."""
    table = read_table(path, columns)
    require_values(path, table, needed)
    return list(table.to_pylist())


def award_day(path: Path, text: str) -> date:
    """Return the day of a published award, 1 January where only the year is known."""
    try:
        return date(int(text), 1, 1) if len(text) == len("2026") else date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(
            Wording(
                f"{path}: ISO 날짜도 연도도 아닙니다: {text!r}. 파일을 다시 받으십시오",
                f"{path}: {text!r} is neither an ISO day nor a year; fetch the file again",
            )
        ) from error


def require_known(path: Path, awards: Iterable[Award], found: AwardSet) -> None:
    """Raise ``SourceError`` where an award names what the other files do not describe."""
    for award in awards:
        for node, known in ((award.organisation, found.organisations), (award.item, found.items)):
            if node not in known:
                raise SourceError(
                    Wording(
                        f"{path}: 다른 파일에 없는 id입니다: {node!r}. 데이터의 모든 파일을 다시 받으십시오",
                        f"{path}: {node!r} is in no other file; fetch all files of the set again",
                    )
                )


def _spec(task: AwardTask, target: EdgeKey) -> dict[str, object]:
    query, candidate = (target[2], target[0]) if task.reverse else (target[0], target[2])
    split: dict[str, object] = {"kind": "column"}
    if task.windows is not None:
        split = {"kind": "global_time", "train_before": task.windows[0], "valid_before": task.windows[1]}
    return {
        "name": task.name,
        **({"language": task.language} if task.language else {}),
        "task": {"kind": "recommend", "query": query, "candidate": candidate, "target": list(target), **task.more},
        "split": {**split, "refit": task.refit},
        "mask": {"known": True, "self": True},
        "report": task.report,
    }


def _nodes(ids: Iterable[str], known: Descriptions) -> pa.Table:
    order = sorted(ids)
    names = sorted({name for node in order for name in known.get(node, {})})
    columns = {name: [known.get(node, {}).get(name, "") for node in order] for name in names}
    return pa.table({"id": order, **columns})


def _awarded(awards: Iterable[Award]) -> pa.Table:
    """Return ``src, dst, time, weight`` and, where awards have one, ``split``."""
    counts = Counter((award.organisation, award.item, award.day, award.split) for award in awards)
    columns = list(zip_longest(*counts)) or [()] * 4
    table = pa.table(
        {
            "src": pa.array(columns[0], pa.string()),
            "dst": pa.array(columns[1], pa.string()),
            "time": pa.array(columns[2], pa.date32()),
            "weight": pa.array(counts.values(), pa.int32()),
        }
    )
    return table.append_column("split", pa.array(columns[3], pa.string())) if any(columns[3]) else table
