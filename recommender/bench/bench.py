"""What a runner needs of a task, whether it recommends or completes triples."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from recommender.bench.outcome import SeedOutcome
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.stages import StageName
from recommender.measure.arrays import Flags, Indices
from recommender.measure.metrics import AT_K, FULL_DEPTH


@dataclass(frozen=True)
class Slice:
    """Some of the Q questions, shape (Q,), or with ``answers``, (C,), only those answers of theirs."""

    name: str
    queries: Flags
    answers: Flags | None = None


@dataclass(frozen=True)
class WindowQuestions:
    """A window from outside.

    ``names`` (Q,) tell the questions apart, ``list_names`` are those of the ranked lists in run files, ``lists`` (Q,)
    the place of each question's list among them, ``answer_names`` (C,) the ids of the nodes that are ranked.
    ``groups`` (Q,): what is resampled together. ``history`` (Q,): pairs given with each question. ``degree`` (C,):
    known pairs of each candidate. ``candidates``: how many are ranked, at most. ``facts``: the window in numbers and
    words.
    """

    names: tuple[str, ...]
    list_names: tuple[str, ...]
    lists: Indices
    answer_names: tuple[str, ...]
    groups: Indices
    history: Indices
    degree: Indices
    candidates: int
    positives: int
    slices: tuple[Slice, ...]
    facts: Mapping[str, object]

    def __len__(self) -> int:
        return len(self.names)


class Bench(Protocol):
    """One dataset with its windows."""

    dataset: Dataset
    notes: tuple[Wording, ...]
    """What a reader of the figures should know of the data."""

    @property
    def device(self) -> str:
        """Torch device that estimators are trained on where their own settings leave it open, such as ``cuda``."""
        ...

    @property
    def metrics(self) -> tuple[str, ...]:
        """Metrics of the report, the main one first."""
        ...

    def questions(self, stage: StageName) -> WindowQuestions:
        """Return who is asked in a window."""
        ...

    def fit(self, estimator: Any, stage: StageName, seed: int) -> Any:
        """Learn from what is known before a window."""
        ...

    def rank(self, scorer: Any, stage: StageName, name: str) -> SeedOutcome:
        """Ask everybody of a window; ``name`` is that of the model, for messages."""
        ...

    def hide_queries(self) -> Bench | None:
        """Return the same test window with some of its queries unseen; None where that says nothing new."""
        ...


def checked_depths(dataset: Dataset, further: Collection[str] = ()) -> tuple[int, ...]:
    """Return the cut-offs that ``dataset.toml`` names, ascending, each once.

    ``further`` are full-depth metrics that this kind of task has beside those of all. Raises ``ConfigError`` for a
    metric or a cut-off that cannot be computed.
    """
    depths = tuple(sorted(set(dataset.spec.report.k)))
    full = [*FULL_DEPTH, *further]
    name, _, depth = dataset.spec.main.partition("@")
    named = dataset.spec.main in full or (name in AT_K and depth.isdecimal() and int(depth) > 0)
    if not named or depths[0] < 1:
        where, main = f"{dataset.folder}/dataset.toml", dataset.spec.main
        known = ", ".join([*full, *(f"{each}@k" for each in AT_K)])
        raise ConfigError(
            Wording(
                f"{where}: [report]의 k = {list(depths)}, main = {main!r}: 맞지 않는 값입니다. k는 1 이상이며, 쓸 "
                f"수 있는 지표는 다음과 같습니다: {known}",
                f"{where}: [report] has k = {list(depths)} and main = {main!r}; cut-offs are 1 or more, and metrics "
                f"{known}",
            )
        )
    return depths
