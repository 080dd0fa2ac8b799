"""How one bundle follows another: tasks carried over, what served before and serves now, what would be lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_schema.errors import ModelError, NotFoundError
from graph_schema.wording import NOTHING, Wording
from recommender.knowledge.rejections import Rejection
from recommender.knowledge.tasks import TASKS
from recommender.publish.bundle import Bundle, BundleSpec, TaskModel, copy_arrays, read_bundle_spec
from recommender.publish.registry import ModelRegistry
from recommender.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Succession:
    """What served each task before a promotion, and what serves it after; a task that is in one alone has one.

    The two are not compared on data: each was judged against the simple scorers of its own training.
    """

    previous: str | None
    version: str
    before: Mapping[str, TaskModel]
    now: Mapping[str, TaskModel]

    @property
    def lost(self) -> tuple[str, ...]:
        """Tasks that no longer serve, of those that this code knows."""
        return tuple(name for name in TASKS if name in self.before and name not in self.now)


@dataclass(frozen=True, slots=True)
class Carried:
    """Tasks of the bundle that serves, for a new bundle on the same data."""

    path: Path | None
    tasks: Mapping[str, TaskModel]
    rejections: tuple[Rejection, ...] = ()
    """The rejections that they were trained with."""

    def into(self, folder: Path) -> None:
        """Copy what the scorers have learned into ``folder``."""
        if self.path is not None:
            copy_arrays(self.path, self.tasks, folder)

    def completed(self, spec: BundleSpec) -> BundleSpec:
        """Return ``spec`` with these tasks as well, in the order of all tasks."""
        tasks = {**self.tasks, **spec.tasks}
        return replace(spec, tasks={name: tasks[name] for name in TASKS if name in tasks})

    def trained_with(self, rejections: Sequence[Rejection]) -> list[Rejection]:
        """Return the rejections of each task's training: of these tasks their own, of the others those given."""
        return [*self.rejections, *(each for each in rejections if each.task not in self.tasks)]


def carried_over(registry: ModelRegistry, spec: BundleSpec, snapshot: Snapshot) -> Carried:
    """Return the tasks in service that ``spec`` leaves out; none where they were trained on other data."""
    serving = serving_spec(registry)
    if serving is None or differences(serving, spec):
        return Carried(None, {})
    tasks = {
        name: replace(model, carried_from=model.carried_from or serving.version)
        for name, model in serving.tasks.items()
        if name in TASKS and name not in spec.tasks
    }
    path = registry.path(serving.version)
    rejections = Bundle(path, serving, snapshot).rejections
    return Carried(path, tasks, tuple(each for each in rejections if each.task in tasks))


def differences(one: BundleSpec, other: BundleSpec) -> tuple[Wording, ...]:
    """Name what keeps tasks of ``one`` from being scored as before in ``other``."""
    kept = {
        Wording("스냅숏", "snapshot"): (one.snapshot_id, other.snapshot_id),
        Wording("텍스트 모델", "text encoder"): (one.encoder, other.encoder),
        Wording("마지막 날(--until)", "last day (--until)"): (one.until, other.until),
        Wording("가상 자료 사용 여부", "use of made-up facts"): (one.include_synthetic, other.include_synthetic),
    }
    return tuple(name for name, (mine, theirs) in kept.items() if mine != theirs)


def promote(registry: ModelRegistry, version: str, reason: str, *, drop_tasks: bool = False) -> Succession:
    """Put a version into service, and say what served before.

    Raises ``ModelError``, and leaves everything as it is, where tasks that serve would be lost and ``drop_tasks`` does
    not allow it, or where the bundle is damaged; ``NotFoundError`` where it is not here.
    """
    spec, serving = read_bundle_spec(registry.path(version)), serving_spec(registry)
    found = succession(serving, spec)
    if serving is not None and found.lost and not drop_tasks:
        raise _loses_tasks(found.lost, serving, spec)
    registry.promote(version, reason)
    return found


def _loses_tasks(lost: Sequence[str], serving: BundleSpec, spec: BundleSpec) -> ModelError:
    other, tasks = differences(serving, spec), ", ".join(lost)
    names = ", ".join(each.ko for each in other)
    reason = f" 서비스 중인 모델과 조건이 달라({names}) 그 과제를 넘겨받지 못했습니다." if other else ""
    stay = why_unjudged(spec.unjudged)
    stays = Wording(f" {stay.ko}.", f" {stay.en}.") if spec.unjudged else NOTHING
    because = f", and could not take them over: another {', '.join(map(str, other))}" if other else ""
    return ModelError(
        Wording(
            f"모델 {spec.version}: 모델 {serving.version}에서 서비스 중인 과제({tasks})가 없어 교체하지 "
            f"않았습니다.{reason}{stays.ko} `dure train`으로 모든 과제를 학습하거나, 이 과제를 그만두려면 "
            f"`dure models promote {spec.version} --drop-tasks`로 교체하십시오",
            f"model {spec.version} is not put into service: it does not answer {tasks}, which model {serving.version} "
            f"serves{because}.{stays.en} Train all tasks with `dure train`, or let these go with "
            f"`dure models promote {spec.version} --drop-tasks`",
        )
    )


def why_unjudged(tasks: Mapping[str, Wording]) -> Wording:
    """Say why what serves some tasks goes on uncompared, as ``BundleSpec.unjudged`` has it; nothing where none does."""
    return Wording.joined(Wording(f"{name}: {each.ko}", f"{name}: {each.en}") for name, each in tasks.items())


def rollback(registry: ModelRegistry, reason: str) -> Succession:
    """Go back to the version before, whatever it answers, and say what changes; raises ``NotFoundError``."""
    serving = serving_spec(registry)
    return succession(serving, read_bundle_spec(registry.path(registry.rollback(reason))))


def succession(serving: BundleSpec | None, spec: BundleSpec) -> Succession:
    """Compare what two bundles answer; ``serving`` is None where nothing serves."""
    before = {} if serving is None else serving.tasks
    return Succession(None if serving is None else serving.version, spec.version, before, spec.tasks)


def serving_spec(registry: ModelRegistry) -> BundleSpec | None:
    """Read what is in service; None where nothing is, or nothing that could be opened and so be lost."""
    current = registry.current()
    try:
        return None if current is None else read_bundle_spec(registry.path(current))
    except (ModelError, NotFoundError):
        return None
