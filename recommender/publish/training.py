"""Training: choose on later pairs what serves each task, train it on everything, write the bundle."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from graph_schema.errors import ConfigError, ModelError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.knowledge.oracle import Oracle
from recommender.knowledge.rejections import Rejection
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.models.engine import ENGINE
from recommender.publish.bundle import BundleSpec, config_hash, write_bundle
from recommender.publish.card import model_card
from recommender.publish.machine import libraries, machine
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import Carried, carried_over, serving_spec, why_unjudged
from recommender.publish.task_training import TrainConfig, TrainedTask, Unjudged, check_scorers
from recommender.publish.training_pool import TaskTrainer, train_tasks
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot, load_encoder
from recommender.text.protocol import TextEncoder
from stores.home import Home


@dataclass(frozen=True)
class TrainInput:
    """What training is given beside the snapshot and its settings.

    ``rejections`` are recommendations that were turned down; those before ``config.until`` whose reason speaks against
    the pair set it lower. ``oracle`` is asked what can be known of made-up choices. ``jobs`` processes train tasks at a
    time; the model does not depend on how many.
    """

    rejections: Sequence[Rejection] = ()
    oracle: Oracle | None = None
    jobs: int = 1


def train(
    snapshot: Snapshot,
    home: Path,
    config: TrainConfig | None = None,
    *,
    encoder: TextEncoder | None = None,
    beside: TrainInput | None = None,
    progress: Progress = silent,
) -> str:
    """Train the tasks of ``config``, write the bundle into the home's models, return its version.

    It does not serve yet: ``succession.promote`` lets it.
    Tasks that ``config`` leaves out are carried over from the bundle in service where it was trained on the same data.
    Text vectors are kept in the home; ``encoder`` replaces the one that ``config`` names. Equal snapshot, rejections
    and configuration give equal scores on one machine. Raises ``NotFoundError`` for an unknown task, ``ConfigError``
    where there is nothing to train on, ``ModelError`` where no task
    could be trained, or not as ``config.force`` wants it.
    """
    config, beside = config or TrainConfig(), beside or TrainInput()
    chosen = [get_task(name) for name in config.tasks]
    check_scorers(config.scorers)
    earlier = [each for each in beside.rejections if config.until is None or each.on < config.until]
    vectors = encode_snapshot(snapshot, encoder or load_encoder(config.encoder, Home(home).text_vectors), progress)
    if not vectors:
        raise ConfigError(
            Wording(
                f"스냅숏 {snapshot.id[:12]}에 자료가 없습니다. 자료를 적재한 뒤 `dure snapshot`을 실행하십시오",
                f"snapshot {snapshot.id[:12]} is empty; load data first, then `dure snapshot`",
            )
        )
    registry = ModelRegistry(Home(home).models)
    serving = {} if (spec := serving_spec(registry)) is None else spec.tasks
    trainer = TaskTrainer(snapshot, vectors, config, tuple(earlier), serving, beside.oracle)
    found = train_tasks(trainer, [task.name for task in chosen], beside.jobs, progress)
    trained = {name: each for name, each in found.items() if isinstance(each, TrainedTask)}
    unjudged = {name: each.why for name, each in found.items() if isinstance(each, Unjudged)}
    made = replace(_spec(snapshot, config, trained), unjudged=unjudged)
    carried = carried_over(registry, made, snapshot)
    spec = carried.completed(made)
    if not spec.tasks:
        raise ModelError(why_unjudged(unjudged))
    _write(spec, vectors, trained, carried, earlier, registry)
    return made.version


def what_was_not_made(spec: BundleSpec) -> Wording | None:
    """Say which learned models failed in training, and which tasks were left as they were; None where none."""
    said = [
        Wording(f"{name}: {ENGINE} 실패, {why.ko}", f"{name}: {ENGINE} failed, {why.en}")
        for name, model in spec.tasks.items()
        if model.carried_from is None and model.promotion is not None
        for scorer, why in model.promotion.failed.items()
        if scorer == ENGINE
    ]
    said += [why_unjudged(spec.unjudged)] if spec.unjudged else []
    return Wording.joined(said) if said else None


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
        libraries=libraries(),
        tasks={name: task.model for name, task in trained.items()},
        machine=machine(),
    )


def _write(
    spec: BundleSpec,
    vectors: Mapping[str, Floats],
    trained: Mapping[str, TrainedTask],
    carried: Carried,
    rejections: Sequence[Rejection],
    registry: ModelRegistry,
) -> None:
    registry.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=registry.folder, prefix=".writing-") as scratch:
        folder = Path(scratch) / "bundle"
        arrays = {name: task.arrays for name, task in trained.items()}
        carried.into(folder)
        write_bundle(folder, spec, vectors, arrays, model_card(spec), carried.trained_with(rejections))
        registry.add(folder, spec.version)
