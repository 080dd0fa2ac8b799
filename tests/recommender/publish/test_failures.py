"""What fails in training is told with its reason; nothing is claimed of it, and nothing better gives way to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.bench.contender import config_of
from recommender.knowledge.known import Known
from recommender.models import served, stored
from recommender.publish.bundle import Bundle, load_bundle
from recommender.publish.promotion import IN_SERVICE, Promotion, PromotionVerdict, why
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import promote
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import train, what_was_not_made
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.fixtures import APPLIED, WordEncoder, planted_city

SIMPLE = TrainConfig(("programs",), scorers=("popularity", "conditional-popularity"))
LEARNED = replace(SIMPLE, scorers=("popularity", "engine"))
WORSE = Popularity(3.0)
"""In place of something learned: what was popular in the last three days."""


@dataclass(frozen=True)
class Exhausting:
    """Needs more memory than there is."""

    name: str = "engine"
    """Of the scorer that it stands for."""

    def fit(self, known: Known, rng: np.random.Generator) -> Any:  # noqa: ARG002 - as any estimator's
        """Raise ``MemoryError``."""
        raise MemoryError(f"no room for {known.history.shape[1]} candidates")


NO_ROOM = Wording.alike("MemoryError: no room for 24 candidates")
Learning = Callable[..., None]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> Learning:
    """Let other estimators stand for the engine and for the pretrained network, so that nothing takes long."""

    def stand_for(engine: object, pretrained: object = WORSE) -> None:
        monkeypatch.setitem(served.LEARNED, "engine", lambda _stage, _size: (engine,))  # type: ignore[call-overload]
        monkeypatch.setitem(served.LEARNED, "pretrained", lambda _stage, _size: (pretrained,))  # type: ignore[call-overload]

    return stand_for


def exhaust(monkeypatch: pytest.MonkeyPatch, estimator: type[Any]) -> None:
    """Let training an estimator of this type need more memory than there is, where there is something to learn."""
    fit = estimator.fit

    def exhausting(self: object, known: Known, rng: np.random.Generator) -> object:
        return Exhausting().fit(known, rng) if known.history.nnz else fit(self, known, rng)

    monkeypatch.setattr(estimator, "fit", exhausting)


def trained(snapshot: Snapshot, home: Path, config: TrainConfig) -> Bundle:
    version = train(snapshot, home, config, encoder=WordEncoder())
    return load_bundle(ModelRegistry(home / "models").path(version), snapshot)


def served_first(snapshot: Snapshot, home: Path, config: TrainConfig = SIMPLE) -> Bundle:
    """Let a bundle serve whose scorer sees the planted pattern."""
    bundle = trained(snapshot, home, config)
    assert bundle.task_model("programs").scorer == "conditional-popularity"
    promote(ModelRegistry(home / "models"), bundle.version, "first")
    return bundle


def promotion_of(bundle: Bundle, task: str = "programs") -> Promotion:
    promotion = bundle.task_model(task).promotion
    assert promotion is not None
    return promotion


def test_a_learned_model_that_fails_is_named_with_its_reason_and_not_called_worse(
    snapshot: Snapshot, tmp_path: Path, learning: Learning
) -> None:
    learning(Exhausting())
    bundle = trained(snapshot, tmp_path, LEARNED)
    found = promotion_of(bundle)
    assert (found.verdict, found.baseline, found.failed) == (
        PromotionVerdict.FAILED,
        "popularity",
        {"engine": NO_ROOM},
    )
    assert "Nothing learned" not in bundle.card
    assert "| programs | failed |" in bundle.card
    assert "The learned model could not be made, so the best simple scorer, popularity, serves." in bundle.card
    assert "학습한 모델을 만들지 못해 가장 나은 단순 방식(popularity)이 추천합니다." in bundle.card
    assert (
        "  - engine 실패: MemoryError: no room for 24 candidates · engine failed: MemoryError: no room" in bundle.card
    )
    assert what_was_not_made(bundle.spec) == Wording(
        f"programs: engine 실패, {NO_ROOM}", f"programs: engine failed, {NO_ROOM}"
    )


def test_of_several_learned_models_the_one_that_failed_is_named(
    snapshot: Snapshot, tmp_path: Path, learning: Learning
) -> None:
    learning(WORSE, Exhausting("pretrained"))
    bundle = trained(snapshot, tmp_path, replace(LEARNED, scorers=("popularity", "engine", "pretrained")))
    assert promotion_of(bundle).failed == {"engine": Wording.alike(f"pretrained: {NO_ROOM}")}


def test_a_person_cannot_insist_on_a_model_that_failed(snapshot: Snapshot, tmp_path: Path, learning: Learning) -> None:
    learning(Exhausting())
    with pytest.raises(ModelError, match=r"--force asks for could not be made \(engine: MemoryError: no room"):
        trained(snapshot, tmp_path, replace(LEARNED, force=True))
    assert ModelRegistry(tmp_path / "models").versions() == []


def test_where_everything_fails_the_error_says_why(snapshot: Snapshot, tmp_path: Path, learning: Learning) -> None:
    learning(Exhausting())
    with pytest.raises(ModelError, match=r"nothing could be trained for programs \(engine: MemoryError: no room"):
        trained(snapshot, tmp_path, replace(LEARNED, scorers=("engine",)))


def test_a_simple_scorer_that_fails_is_named_and_the_others_compete(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exhaust(monkeypatch, ItemKnn)
    bundle = trained(snapshot, tmp_path, replace(SIMPLE, scorers=(*SIMPLE.scorers, "item-knn")))
    found = promotion_of(bundle)
    assert (found.verdict, found.failed) == (PromotionVerdict.SIMPLE, {"item-knn": NO_ROOM})
    assert "Left out, as they failed in training: item-knn." in bundle.card
    assert what_was_not_made(bundle.spec) is None


def test_where_all_simple_scorers_fail_none_is_said_to_be_missing_from_the_settings(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learning: Learning
) -> None:
    learning(WORSE)
    exhaust(monkeypatch, ItemKnn)
    bundle = trained(snapshot, tmp_path, replace(LEARNED, scorers=("item-knn", "engine")))
    assert promotion_of(bundle).verdict is PromotionVerdict.ALONE
    assert "There was no simple scorer to compare engine with. Left out, as they failed" in bundle.card


def test_where_nothing_learned_competed_the_card_says_just_that(snapshot: Snapshot, tmp_path: Path) -> None:
    bundle = trained(snapshot, tmp_path, SIMPLE)
    assert (promotion_of(bundle).verdict, promotion_of(bundle).failed) == (PromotionVerdict.SIMPLE, {})
    assert "Nothing learned was compared; the best simple scorer, conditional-popularity, serves." in bundle.card
    assert "failed" not in bundle.card


def test_what_serves_and_cannot_be_trained_again_stays_as_it_is(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something worse would replace it, as nothing was compared."""
    first = served_first(snapshot, tmp_path)
    exhaust(monkeypatch, ConditionalPopularity)
    second = trained(snapshot, tmp_path, replace(SIMPLE, scorers=("popularity",)))
    model, before = second.task_model("programs"), first.task_model("programs")
    assert replace(model, carried_from=None) == before
    assert model.carried_from == first.version
    said = second.spec.unjudged["programs"]
    assert "(conditional-popularity) could not be trained again" in said.en
    assert "conditional-popularity)을 다시 학습하지 못해" in said.ko
    assert "MemoryError: no room" in said.en
    assert f"- programs: {said.both}" in second.card
    assert what_was_not_made(second.spec) == Wording(f"programs: {said.ko}", f"programs: {said.en}")


def test_on_other_data_what_serves_stays_and_the_new_model_is_not_let_in(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = served_first(snapshot, tmp_path, replace(SIMPLE, tasks=("programs", "experts")))
    other = planted_city().link(APPLIED, "C000", "P001", on=date(2020, 1, 1)).snapshot(tmp_path / "other")
    exhaust(monkeypatch, ConditionalPopularity)
    registry, again = ModelRegistry(tmp_path / "models"), replace(SIMPLE, scorers=("popularity",))
    with pytest.raises(ModelError, match=r"programs: what serves .* could not be trained again"):
        trained(other, tmp_path, again)
    assert registry.versions() == [first.version]
    second = trained(other, tmp_path, replace(again, tasks=("programs", "experts")))
    assert second.tasks == ("experts",)
    with pytest.raises(ModelError, match=r"does not answer programs.*could not be trained again.*--drop-tasks"):
        promote(registry, second.version, "second")
    assert registry.current() == first.version


def test_what_no_version_can_open_any_more_gives_way_and_the_card_says_so(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served_first(snapshot, tmp_path)
    monkeypatch.delitem(stored._TYPES, "ConditionalPopularity")  # type: ignore[attr-defined]
    second = trained(snapshot, tmp_path, replace(SIMPLE, scorers=("popularity",)))
    found = promotion_of(second)
    assert (second.task_model("programs").scorer, found.before) == ("popularity", "conditional-popularity")
    assert set(found.failed) == {IN_SERVICE}
    assert "(conditional-popularity) cannot be opened by this version, so it was not compared." in second.card


def test_where_nothing_can_be_learned_the_card_says_what_was_not_compared(snapshot: Snapshot, tmp_path: Path) -> None:
    served_first(snapshot, tmp_path)
    second = trained(snapshot, tmp_path, replace(SIMPLE, until=date(2024, 1, 10), force=True))
    found = promotion_of(second)
    assert (found.verdict, found.before) == (PromotionVerdict.CONTENT, "conditional-popularity")
    assert "Nor could it be compared with what served before (conditional-popularity)." in second.card
    assert "`--force`." not in why(found).en
    promote(ModelRegistry(tmp_path / "models"), second.version, "second")
    assert promotion_of(trained(snapshot, tmp_path, replace(SIMPLE, until=date(2024, 1, 9)))).before == ""


def test_what_serves_does_not_overrule_a_person(snapshot: Snapshot, tmp_path: Path, learning: Learning) -> None:
    learning(WORSE)
    served_first(snapshot, tmp_path)
    held = trained(snapshot, tmp_path, LEARNED)
    forced = trained(snapshot, tmp_path, replace(LEARNED, force=True))
    assert promotion_of(held).verdict is PromotionVerdict.KEPT
    assert held.task_model("programs").scorer == "conditional-popularity"
    found = promotion_of(forced)
    assert (found.verdict, found.challenger) == (PromotionVerdict.FORCED, "engine")
    assert (forced.task_model("programs").config, found.before) == (
        config_of(WORSE),
        "conditional-popularity",
    )
    assert "It was not compared with what served before (conditional-popularity): `--force`." in forced.card
    assert "지금까지 쓰던 방식(conditional-popularity)과는 비교하지 않았습니다(`--force`)." in forced.card
    assert "not compared with what served" not in held.card


def test_where_nothing_is_learned_force_changes_nothing(snapshot: Snapshot, tmp_path: Path) -> None:
    served_first(snapshot, tmp_path)
    second = trained(snapshot, tmp_path, replace(SIMPLE, scorers=("popularity",), force=True))
    assert promotion_of(second).verdict is PromotionVerdict.KEPT


def test_how_far_what_served_was_from_being_kept_is_on_the_card(snapshot: Snapshot, tmp_path: Path) -> None:
    config = replace(SIMPLE, scorers=("popularity",))
    first = trained(snapshot, tmp_path, config)
    promote(ModelRegistry(tmp_path / "models"), first.version, "first")
    second = trained(snapshot, tmp_path, SIMPLE)
    found = promotion_of(second)
    assert (second.task_model("programs").scorer, found.before) == ("conditional-popularity", "popularity")
    assert found.before_ahead is not None
    assert found.before_ahead.high < 0
    assert f"What served before (popularity) is not shown to be better: NDCG@10 {found.before_ahead.mean:+.4f}" in (
        second.card
    )
    assert promotion_of(trained(snapshot, tmp_path, config)).before == ""
