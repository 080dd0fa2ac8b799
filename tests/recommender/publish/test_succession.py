"""One bundle follows another: tasks are carried over unchanged, and none is lost without being asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ModelError
from graph_schema.model import NodeRef
from recommender.knowledge.rejections import Rejection
from recommender.publish.bundle import Bundle, load_bundle, read_bundle_spec
from recommender.publish.promotion import PromotionVerdict
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import promote, rollback
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import TrainInput, train
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.fixtures import APPLIED, SMALL_ENGINE, WordEncoder, planted_city

BOTH = TrainConfig(
    tasks=("programs", "experts"),
    scorers=("popularity", "engine"),
    engine=SMALL_ENGINE,
    force=True,
)
EXPERTS = replace(BOTH, tasks=("experts",), seed=3)


def turned_down(company: str) -> Rejection:
    return Rejection(
        "programs", NodeRef("Company", company), NodeRef("Program", "P001"), date(2025, 1, 1), "not_relevant"
    )


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


@pytest.fixture
def home(snapshot: Snapshot, tmp_path: Path) -> Path:
    """Give a home where a model with two tasks serves, trained with one rejection."""
    version = train(snapshot, tmp_path, BOTH, encoder=WordEncoder(), beside=TrainInput([turned_down("C000")]))
    promote(registry_of(tmp_path), version, "first")
    return tmp_path


def registry_of(home: Path) -> ModelRegistry:
    return ModelRegistry(home / "models")


def bundle_of(home: Path, version: str, snapshot: Snapshot) -> Bundle:
    return load_bundle(registry_of(home).path(version), snapshot)


def test_tasks_that_are_not_trained_are_carried_over_and_score_as_before(home: Path, snapshot: Snapshot) -> None:
    registry = registry_of(home)
    first = registry.current() or ""
    second = train(snapshot, home, EXPERTS, encoder=WordEncoder(), beside=TrainInput([turned_down("C009")]))
    assert registry.current() == first
    assert promote(registry, second, "experts anew").lost == ()
    old, new = bundle_of(home, first, snapshot), bundle_of(home, second, snapshot)
    assert set(new.tasks) == {"programs", "experts"}
    name = "programs.safetensors"
    assert (new.path / name).read_bytes() == (old.path / name).read_bytes()
    assert replace(new.task_model("programs"), carried_from=None) == old.task_model("programs")
    asked = old.data("programs").known.history_of(np.arange(30))
    np.testing.assert_array_equal(new.scorer("programs").score(asked), old.scorer("programs").score(asked))
    assert new.rejections == old.rejections
    assert new.task_model("programs").carried_from == first
    assert new.task_model("experts").carried_from is None
    assert f"- programs: 모델 `{first}`에서 그대로 가져왔으며" in new.card
    assert f"Carried over unchanged from model `{first}`" in new.card


def test_a_task_that_is_carried_over_twice_says_where_it_was_trained(home: Path, snapshot: Snapshot) -> None:
    registry = registry_of(home)
    first = registry.current()
    for _ in range(2):
        latest = train(snapshot, home, EXPERTS, encoder=WordEncoder())
        promote(registry, latest, "again")
    assert read_bundle_spec(registry.path(latest)).tasks["programs"].carried_from == first


@pytest.mark.parametrize(
    ("config", "other"),
    [
        (EXPERTS, "snapshot"),
        (replace(EXPERTS, encoder="another"), "text encoder"),
        (replace(EXPERTS, until=date(2025, 6, 1)), r"last day \(--until\)"),
        (replace(EXPERTS, include_synthetic=False), "use of made-up facts"),
    ],
)
def test_a_model_that_cannot_take_the_other_tasks_over_is_written_but_not_let_in(
    home: Path, snapshot: Snapshot, tmp_path: Path, config: TrainConfig, other: str
) -> None:
    registry = registry_of(home)
    first = registry.current()
    if other == "snapshot":
        newer = planted_city().link(APPLIED, "C000", "P001", on=date(2020, 1, 1))
        snapshot = newer.snapshot(tmp_path / "newer")
    version = train(snapshot, home, config, encoder=WordEncoder())
    assert read_bundle_spec(registry.path(version)).tasks.keys() == {"experts"}
    with pytest.raises(
        ModelError, match=f"does not answer programs, which model {first} serves.*another {other}"
    ) as told:
        promote(registry, version, "experts anew")
    assert "`dure train`" in str(told.value)
    assert f"`dure models promote {version} --drop-tasks`" in str(told.value)
    assert registry.current() == first
    found = promote(registry, version, "only experts", drop_tasks=True)
    assert (found.previous, found.lost, registry.current()) == (first, ("programs",), version)


def test_a_promotion_says_what_served_each_task_before_and_now(home: Path, snapshot: Snapshot) -> None:
    registry = registry_of(home)
    first = registry.current()
    simple = TrainConfig(tasks=("programs", "experts"), scorers=("popularity",))
    found = promote(registry, train(snapshot, home, simple, encoder=WordEncoder()), "simple alone")
    assert found.previous == first
    assert (found.before["programs"].scorer, found.now["programs"].scorer) == ("engine", "engine")
    promotion = found.now["programs"].promotion
    assert promotion is not None
    assert (promotion.verdict, promotion.baseline) == (PromotionVerdict.KEPT, "popularity")
    back = rollback(registry, "it was better")
    assert (back.version, back.previous) == (first, found.version)
    assert back.now == found.before
    assert [row["reason"] for row in registry.history()] == ["first", "simple alone", "it was better"]


def test_a_damaged_model_neither_serves_nor_keeps_another_from_serving(home: Path, snapshot: Snapshot) -> None:
    registry = registry_of(home)
    first = registry.current() or ""
    second = train(snapshot, home, EXPERTS, encoder=WordEncoder())
    (registry.path(second) / "model_card.md").write_text("changed")
    with pytest.raises(ModelError, match="was changed after training"):
        promote(registry, second, "damaged")
    assert registry.current() == first
    (registry.path(first) / "model_card.md").write_text("changed")
    third = train(snapshot, home, EXPERTS, encoder=WordEncoder())
    assert promote(registry, third, "the other cannot be read").previous is None
    assert registry.current() == third
