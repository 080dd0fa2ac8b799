"""A task of a graph snapshot written as an experiment folder, for other tools and other machines."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.knowledge.folder.write import ExperimentFolder, write_folder
from recommender.knowledge.from_snapshot import as_text, tables_of
from recommender.knowledge.tasks import Task
from recommender.snapshot.snapshot import Snapshot


def export_task(snapshot: Snapshot, task: Task, out: Path, *, include_synthetic: bool = False) -> Path:
    """Write ``task`` on ``snapshot`` at ``out``; read again it is the dataset that ``dataset_of`` makes.

    Raises ``EvaluationError`` where the task has too few dated facts to be split.
    """
    try:
        tables = tables_of(snapshot, task, include_synthetic=include_synthetic)
    except EvaluationError as error:
        if include_synthetic:
            raise
        note = error.wording
        raise EvaluationError(
            Wording(
                f"{task.name}: {note.ko}. 또는 --synthetic으로 만들어 낸 사실도 포함하십시오",
                f"{task.name}: {note.en}, or let made-up facts take part with --synthetic",
            )
        ) from error
    origin = "with made-up facts" if include_synthetic else "real facts only"
    folder = ExperimentFolder(
        tables.spec,
        {label: _as_text(table) for label, table in tables.nodes.items()},
        {key: _as_text(table) for key, table in tables.edges.items()},
        f"Task {task.name} of graph snapshot {snapshot.id}, {origin}.",
    )
    return write_folder(out, folder)


def _as_text(table: pa.Table) -> pa.Table:
    return pa.table({name: as_text(table.column(name)) for name in table.column_names})
