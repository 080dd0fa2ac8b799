"""Tasks are trained on several processes as on one; what goes wrong in one of them is said."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError, ModelError
from graph_schema.wording import Wording
from recommender.knowledge.known import Known
from recommender.publish.bundle import load_bundle
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import TrainInput, train
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.fixtures import SMALL_ENGINE, WordEncoder, planted_city

TASKS = ("programs", "experts")


class RaisingOracle:
    """Raises where it is asked, and so at the end of a task's training."""

    @property
    def settings(self) -> Mapping[str, object]:
        return {}

    def scorer(self, known: Known, days: tuple[date, date]) -> None:
        raise ConfigError(Wording("물어볼 수 없습니다", f"cannot be asked of {known.history.shape} on {days}"))


class EndingOracle(RaisingOracle):
    """Ends the process to which it is sent."""

    def __setstate__(self, state: object) -> None:
        os._exit(1)

    def __getstate__(self) -> object:
        return 1


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


def test_several_processes_learn_what_one_does_and_report_on_the_way(snapshot: Snapshot, tmp_path: Path) -> None:
    config = TrainConfig(TASKS, engine=SMALL_ENGINE)
    reported: list[tuple[str, int, int | None]] = []
    bundles = []

    def note(what: str, done: int, total: int | None) -> None:
        reported.append((what, done, total))

    for jobs in (1, 2):
        home, given = tmp_path / str(jobs), TrainInput(jobs=jobs)
        reported.clear()
        version = train(snapshot, home, config, encoder=WordEncoder(), beside=given, progress=note)
        bundles.append(load_bundle(ModelRegistry(home / "models").path(version), snapshot))
    one, several = bundles
    assert {*several.tasks} == {*one.tasks} == {*TASKS}
    for name in TASKS:
        assert several.task_model(name) == one.task_model(name)
        asked = one.data(name).known.history_of(np.arange(20))
        found = [each.scorer(name).score(asked) for each in bundles]
        np.testing.assert_array_equal(*found)
    of_all = [(done, total) for what, done, total in reported if what == "train tasks"]
    assert of_all == [(done, len(TASKS)) for done in range(len(TASKS) + 1)]
    assert any(what == "train programs, seconds" for what, _, _ in reported)


@pytest.mark.parametrize(
    ("oracle", "error", "said"),
    [(EndingOracle(), ModelError, "--jobs 1"), (RaisingOracle(), ConfigError, "cannot be asked")],
)
def test_a_process_that_ends_and_an_error_in_one_are_said(
    snapshot: Snapshot, tmp_path: Path, oracle: RaisingOracle, error: type[Exception], said: str
) -> None:
    given = TrainInput(oracle=oracle, jobs=2)
    with pytest.raises(error, match=said):
        train(snapshot, tmp_path, TrainConfig(TASKS, engine=SMALL_ENGINE), encoder=WordEncoder(), beside=given)
    assert ModelRegistry(tmp_path / "models").versions() == []
