"""A trained model as a folder that names its data, checks itself and holds nothing executable."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import parse_ref
from graph_schema.errors import ModelError, NotFoundError
from graph_schema.wording import Wording
from recommender.knowledge.known import Estimator, Scorer
from recommender.knowledge.rejections import Rejection
from recommender.knowledge.task_data import ALL_KNOWN, TaskData, TaskInput
from recommender.knowledge.tasks import TASKS, get_task
from recommender.measure.arrays import Arrays, Floats
from recommender.measure.arrays_file import read_arrays, write_arrays
from recommender.measure.gap import GapClosed
from recommender.models.admitted import RuleFigures
from recommender.models.stored import estimator_of, restored
from recommender.publish.probability import Calibration
from recommender.publish.promotion import Promotion
from recommender.publish.text_share import TextShare
from recommender.scorers.rejection_aware import with_rejections
from recommender.snapshot.snapshot import Snapshot

FORMAT = 4
"""Raised when a bundle written before could not be opened any more; ``load_bundle`` then names the remedy."""
_MANIFEST = "bundle.json"
_CHECKSUMS = "checksums.json"
_CARD = "model_card.md"
_REJECTIONS = "rejections.json"
_VECTORS = "text.safetensors"
_ASKED_TOGETHER = frozenset(label for task in TASKS.values() if len(task.query) > 1 for label in task.query)
"""Labels whose vectors lie side by side, so that those of a task that asks for both need no copy."""


@dataclass(frozen=True)
class TriedSettings:
    """One variant that the window chose among: ``config`` as plain values, of the scorer ``row``.

    ``ndcg`` is its NDCG@10 there, None where the row has this variant alone, which is not tried. ``behind``: by how
    many standard errors of their paired difference it is behind the best of its row.
    """

    row: str
    config: object
    ndcg: float | None
    behind: float
    chosen: bool


@dataclass(frozen=True)
class TaskModel:
    """What serves one task, and how it did."""

    scorer: str
    """Name of what serves, such as ``engine``."""
    config: object
    """Its settings as plain values, with the type of each part."""
    ndcg: Mapping[str, float]
    """NDCG@10 of every scorer on the window that was tested on; empty where there was none."""
    positives: int
    synthetic_share: float
    """Share of the training pairs that are made up."""
    valid_from: str | None = None
    """First day of the window that settings were chosen on."""
    askers: int = 0
    """Askers of the window that was tested on."""
    fitted_again: bool = False
    """Whether it was fitted to all that is known after the test; else the weights that were tested serve."""
    rejections: int = 0
    """Recommendations turned down that its scores take into account."""
    promotion: Promotion | None = None
    """Why it serves; None where it was put together by hand."""
    calibration: Calibration | None = None
    """What its scores mean; None where there were no later windows to learn it from."""
    rules: RuleFigures | None = None
    """The rules that it was measured behind, and what they forbid of what happened; None where nothing was measured."""
    gap_closed: GapClosed | None = None
    """How much of what can be known of made-up choices the engine knows; None where no rule is known."""
    carried_from: str | None = None
    """Version of the bundle that it was trained for, where it was carried over unchanged."""
    tried: tuple[TriedSettings, ...] = ()
    """All settings of all scorers that were tried; empty where nothing was chosen, and in older bundles."""
    text_share: TextShare | None = None
    """What the words of a company count that tells of itself and asks for nothing; None where it was not learned."""

    @property
    def estimator(self) -> Estimator:
        """What serves, before training; raises ``ModelError`` where this code does not know it."""
        return estimator_of(self.config)


@dataclass(frozen=True)
class BundleSpec:
    """What a bundle is made of; all of ``bundle.json``."""

    version: str
    snapshot_id: str
    config_hash: str
    config: Mapping[str, object]
    encoder: str
    seed: int
    until: str | None
    include_synthetic: bool
    created_at: str
    libraries: Mapping[str, str]
    tasks: Mapping[str, TaskModel]
    format: int = FORMAT
    machine: Mapping[str, str] = field(default_factory=dict)
    """What it was trained on, as ``machine.described`` tells it; empty in older bundles."""
    unjudged: Mapping[str, Wording] = field(default_factory=dict)
    """Tasks that were to be trained, but what serves them could not be compared and so goes on; with the reason."""


class Bundle:
    """A loaded bundle; scorers are made when first asked for and then kept. Safe for threads."""

    def __init__(self, path: Path, spec: BundleSpec, snapshot: Snapshot) -> None:
        self.path = path
        self.spec = spec
        self.snapshot = snapshot
        self._data: dict[str, TaskData] = {}
        self._scorers: dict[str, Scorer] = {}
        self._lock = threading.RLock()

    @property
    def version(self) -> str:
        """Name of the bundle."""
        return self.spec.version

    @property
    def config_hash(self) -> str:
        """Hash of the training configuration."""
        return self.spec.config_hash

    @property
    def encoder(self) -> str:
        """Name of the text encoder, as ``load_encoder`` takes it."""
        return self.spec.encoder

    @property
    def tasks(self) -> tuple[str, ...]:
        """Tasks that it answers."""
        return tuple(self.spec.tasks)

    @property
    def card(self) -> str:
        """Return the model card, Markdown."""
        return (self.path / _CARD).read_text()

    def task_model(self, task: str) -> TaskModel:
        """Return what serves a task; raises ``NotFoundError`` where the bundle does not answer it."""
        try:
            return self.spec.tasks[task]
        except KeyError:
            known = ", ".join(self.tasks)
            raise NotFoundError(
                Wording(
                    f"모델 {self.version}에 없는 과제: {task!r}(있는 과제: {known}). `dure train`으로 학습하십시오",
                    f"model {self.version} does not answer task {task!r}, only {known}; train it with `dure train`",
                )
            ) from None

    def data(self, task: str) -> TaskData:
        """Return what is known for a task: the snapshot, up to the day that training ended at."""
        with self._lock:
            if task not in self._data:
                self.task_model(task)
                until = None if self.spec.until is None else date.fromisoformat(self.spec.until)
                with_synthetic = self.spec.include_synthetic
                read = TaskInput(until, with_synthetic, self.rejections, ALL_KNOWN)
                self._data[task] = TaskData(self.snapshot, get_task(task), self.vectors, read)
            return self._data[task]

    def scorer(self, task: str) -> Scorer:
        """Return what serves a task."""
        with self._lock:
            if task not in self._scorers:
                path, data = self.path / _arrays_file(task), self.data(task)
                scorer = restored(self.task_model(task).estimator, path, data.known, self.spec.seed)
                self._scorers[task] = with_rejections(scorer, data.known, data.rejected)
            return self._scorers[task]

    @cached_property
    def rejections(self) -> tuple[Rejection, ...]:
        """Recommendations turned down that training took into account."""
        return tuple(
            Rejection(task, parse_ref(query), parse_ref(candidate), date.fromisoformat(on), reason)
            for task, query, candidate, on, reason in json.loads((self.path / _REJECTIONS).read_text())
        )

    @cached_property
    def vectors(self) -> dict[str, Floats]:
        """Text embeddings of the snapshot's nodes by label, shape (nodes, d)."""
        with self._lock:
            stored = read_arrays(self.path / _VECTORS)
        distinct = stored.pop("distinct")
        labels = sorted(stored, key=lambda label: (label not in _ASKED_TOGETHER, label))
        every = distinct[np.concatenate([stored[label] for label in labels])]
        ends = np.cumsum([len(stored[label]) for label in labels])
        return dict(zip(labels, np.split(every, ends[:-1]), strict=True))


def write_bundle(
    folder: Path,
    spec: BundleSpec,
    vectors: Mapping[str, Floats],
    arrays: Mapping[str, Arrays],
    card: str,
    rejections: Sequence[Rejection] = (),
) -> None:
    """Write a bundle into ``folder``; ``arrays`` by task.

    The folder is empty but for what ``copy_arrays`` put there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MANIFEST).write_text(json.dumps(asdict(spec), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    (folder / _CARD).write_text(card)
    rows = [[each.task, str(each.query), str(each.candidate), each.on.isoformat(), each.reason] for each in rejections]
    (folder / _REJECTIONS).write_text(json.dumps(rows, ensure_ascii=False) + "\n")
    write_arrays(folder / _VECTORS, _deduplicated(vectors))
    for task, found in arrays.items():
        if found:
            write_arrays(folder / _arrays_file(task), found)
    sums = {path.name: _sha256(path) for path in sorted(folder.iterdir())}
    (folder / _CHECKSUMS).write_text(json.dumps(sums, indent=1) + "\n")


def copy_arrays(bundle: Path, tasks: Iterable[str], folder: Path) -> None:
    """Copy what the scorers of ``tasks`` have learned, byte for byte, out of a bundle into a folder, made for it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in map(_arrays_file, tasks):
        if (bundle / name).exists():
            shutil.copyfile(bundle / name, folder / name)


def read_bundle_spec(path: Path) -> BundleSpec:
    """Read ``bundle.json`` after comparing every file with its checksum; raises ``ModelError``."""
    try:
        sums = json.loads((path / _CHECKSUMS).read_text())
        damaged = [name for name, expected in sums.items() if _sha256(path / name) != expected]
        present = {p.name for p in path.iterdir()} - {_CHECKSUMS}
        if damaged or present != set(sums):
            names = ", ".join(sorted(set(damaged) | (present ^ set(sums))))
            raise ModelError(
                Wording(
                    f"모델 {path}의 파일이 학습 뒤에 바뀌었습니다({names}). 다시 학습하거나 이전 모델로 되돌리십시오",
                    f"model {path} was changed after training ({names}); train again or roll back",
                )
            )
        raw = json.loads((path / _MANIFEST).read_text())
        if raw["format"] != FORMAT:
            raise ModelError(
                Wording(
                    f"모델 {path}의 형식은 {raw['format']}이며, 이 프로그램이 읽는 형식은 {FORMAT}입니다. `dure "
                    "train`으로 다시 학습하십시오. 단순 방식과의 비교와 확률 보정도 함께 이루어집니다",
                    f"model {path} has format {raw['format']}, this code reads {FORMAT}; train again with `dure "
                    "train`, which also compares it with the simple scorers and learns its probabilities",
                )
            )
        tasks = {name: _task_model(model) for name, model in raw.pop("tasks").items()}
        unjudged = {name: Wording(**each) for name, each in raw.pop("unjudged", {}).items()}
        return BundleSpec(tasks=tasks, unjudged=unjudged, **raw)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(
            Wording(
                f"모델 {path}: 읽을 수 없습니다({error}). 다시 학습하거나 이전 모델로 되돌리십시오",
                f"model {path} cannot be read ({error}); train again or roll back",
            )
        ) from error


def _task_model(raw: dict[str, Any]) -> TaskModel:
    promotion, calibration, rules, gap, share = (
        raw.pop(name, None) for name in ("promotion", "calibration", "rules", "gap_closed", "text_share")
    )
    tried = tuple(TriedSettings(**each) for each in raw.pop("tried", ()))
    return TaskModel(
        **raw,
        promotion=None if promotion is None else Promotion.read(promotion),
        calibration=None if calibration is None else Calibration(**calibration),
        rules=None if rules is None else RuleFigures(**rules | {"asked": tuple(rules["asked"])}),
        gap_closed=None if gap is None else GapClosed(**gap),
        tried=tried,
        text_share=None if share is None else TextShare(**share | {"ndcg": tuple(share["ndcg"])}),
    )


def load_bundle(path: Path, snapshot: Snapshot) -> Bundle:
    """Open a bundle; raises ``ModelError`` where it is damaged or was trained on another snapshot."""
    spec = read_bundle_spec(path)
    if spec.snapshot_id != snapshot.id:
        trained, given = spec.snapshot_id[:12], snapshot.id[:12]
        raise ModelError(
            Wording(
                f"모델 {spec.version}: 학습에 쓰인 스냅숏({trained})과 지금 연 스냅숏({given})이 다릅니다. 학습에 쓰인 "
                "스냅숏을 열거나 다시 학습하십시오",
                f"model {spec.version} was trained on snapshot {trained}, not on {given}; open that snapshot, or train "
                "again",
            )
        )
    return Bundle(path, spec, snapshot)


def config_hash(config: Mapping[str, object]) -> str:
    """Hash of a configuration, 16 hexadecimal digits."""
    return hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()[:16]


def _arrays_file(task: str) -> str:
    return f"{task}.safetensors"


def _deduplicated(vectors: Mapping[str, Floats]) -> dict[str, npt.NDArray[np.generic]]:
    """Distinct vectors once, and for every label the row of each node: many nodes share a text."""
    labels = list(vectors)
    together = np.ascontiguousarray(np.vstack([vectors[label] for label in labels]), dtype=np.float32)
    as_bytes = together.view(np.dtype((np.void, together.shape[1] * together.itemsize))).ravel()
    _, first, rows = np.unique(as_bytes, return_index=True, return_inverse=True)
    ends = np.cumsum([len(vectors[label]) for label in labels])[:-1]
    parts = np.split(rows.astype(np.int32), ends)
    return {"distinct": together[first], **dict(zip(labels, parts, strict=True))}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
