"""Training chooses on later pairs, says what serves and why, and writes the bundle in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_schema.errors import ConfigError, NotFoundError
from recommender.knowledge.unseen import as_guests
from recommender.publish.bundle import Bundle, load_bundle
from recommender.publish.probability import meaning
from recommender.publish.promotion import PromotionVerdict
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import train
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from tests.recommender.fixtures import APPLIED, SMALL_ENGINE, GraphBuilder, WordEncoder, planted_city

SIMPLE = ("popularity", "content-knn", "conditional-popularity")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


def bundle_of(snapshot: Snapshot, home: Path, config: TrainConfig) -> Bundle:
    version = train(snapshot, home, config, encoder=WordEncoder())
    return load_bundle(ModelRegistry(home / "models").path(version), snapshot)


def test_a_new_model_is_written_beside_the_others_and_does_not_serve_yet(snapshot: Snapshot, tmp_path: Path) -> None:
    config = TrainConfig(tasks=("programs",), scorers=SIMPLE)
    first, second = (train(snapshot, tmp_path, config, encoder=WordEncoder()) for _ in range(2))
    registry = ModelRegistry(tmp_path / "models")
    assert registry.current() is None
    assert registry.versions() == [first, second]


def test_the_planted_pattern_is_served_by_those_who_see_it(snapshot: Snapshot, tmp_path: Path) -> None:
    model = bundle_of(snapshot, tmp_path, TrainConfig(tasks=("programs",), scorers=SIMPLE)).task_model("programs")
    assert model.ndcg["conditional-popularity"] > model.ndcg["popularity"] + 0.2
    assert model.scorer != "popularity"
    assert model.ndcg[model.scorer] == max(model.ndcg.values())
    assert model.positives == 480


def test_a_task_without_pairs_is_ranked_by_content_and_the_card_says_so(snapshot: Snapshot, tmp_path: Path) -> None:
    bundle = bundle_of(snapshot, tmp_path, TrainConfig(tasks=("programs", "experts"), scorers=SIMPLE))
    assert bundle.task_model("experts").scorer == "content-knn"
    assert bundle.task_model("experts").ndcg == {}
    assert "text similarity serves" in bundle.card
    assert "결정은 사람이 합니다" in bundle.card
    asked = bundle.data("experts").known.history_of(np.arange(3))
    assert bundle.scorer("experts").score(asked).shape == (3, 0)


def test_where_links_are_too_few_to_choose_by_weights_learned_elsewhere_serve(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """From the first link on, unless they were not to compete; without any link, likeness of texts."""
    early = TrainConfig(tasks=("programs",), until=date(2024, 1, 10))
    bundle = bundle_of(snapshot, tmp_path / "few", early)
    model = bundle.task_model("programs")
    assert model.promotion is not None
    assert (model.scorer, model.promotion.verdict, model.ndcg) == ("pretrained", PromotionVerdict.ELSEWHERE, {})
    assert "weights learned on public records elsewhere serve" in bundle.card
    asked = bundle.data("programs").known.history_of(np.arange(3))
    scores = bundle.scorer("programs").score(asked)
    assert np.isfinite(scores).all()
    assert (scores != scores[:, :1]).any()
    simple = bundle_of(snapshot, tmp_path / "simple", replace(early, scorers=SIMPLE)).task_model("programs")
    none = bundle_of(snapshot, tmp_path / "none", replace(early, until=date(2020, 1, 1))).task_model("programs")
    for each in (simple, none):
        assert each.promotion is not None
        assert (each.scorer, each.promotion.verdict) == ("content-knn", PromotionVerdict.CONTENT)


def test_engine_and_simple_scorers_are_measured_behind_the_rules_and_the_card_says_so(tmp_path: Path) -> None:
    """A call that is old news to most stands first by popularity; who may not have it is not measured by it."""
    graph = planted_city()
    plain = bundle_of(
        graph.snapshot(tmp_path / "plain"), tmp_path / "a", config := TrainConfig(("programs",), scorers=SIMPLE)
    )
    for place in range(12):
        graph.node("Program", f"Q{place:02}", title="서울 공고", kind="grant", nationwide=False)
        graph.link(("Program", "TARGETS", "Region"), f"Q{place:02}", "11")
    graph.node("Region", "11", name="서울특별시", code="11")
    bundle = bundle_of(graph.snapshot(tmp_path / "seoul"), tmp_path / "b", config)
    model, before = bundle.task_model("programs"), plain.task_model("programs")
    assert model.rules is not None
    assert before.rules is not None
    assert (model.rules.out, before.rules.out) == (pytest.approx(12 / 36), 0.0)
    assert model.rules.forbidden_share == 0.0
    assert load_bundle(bundle.path, bundle.snapshot).task_model("programs").rules == model.rules
    assert (
        "| programs | window, region, industry, barred_industry, target, age, size, revenue, standing "
        "| 33.3% | 0.0% | – |" in bundle.card
    )


def test_training_until_a_day_knows_nothing_later(snapshot: Snapshot, tmp_path: Path) -> None:
    until = date(2025, 6, 1)
    bundle = bundle_of(snapshot, tmp_path, TrainConfig(tasks=("programs",), scorers=SIMPLE, until=until))
    assert bundle.data("programs").known.pairs.time.max() < np.datetime64(until)
    assert bundle.task_model("programs").positives < 480


def test_equal_seeds_train_equal_engines(snapshot: Snapshot, tmp_path: Path) -> None:
    config = TrainConfig(tasks=("programs",), scorers=("engine",), engine=SMALL_ENGINE)
    first, second = (bundle_of(snapshot, tmp_path / name, config) for name in "ab")
    asked = first.data("programs").known.history_of(np.arange(20))
    scores = [bundle.scorer("programs").score(asked) for bundle in (first, second)]
    np.testing.assert_array_equal(*scores)
    assert first.config_hash == second.config_hash
    promotion = first.task_model("programs").promotion
    assert promotion is not None
    assert promotion.verdict is PromotionVerdict.ALONE


def test_the_pretrained_network_serves_and_a_new_reading_scores_the_same(snapshot: Snapshot, tmp_path: Path) -> None:
    config = TrainConfig(tasks=("programs",), scorers=("popularity", "pretrained"), engine=SMALL_ENGINE, force=True)
    bundle = bundle_of(snapshot, tmp_path, config)
    model = bundle.task_model("programs")
    assert model.scorer in {"pretrained", "fine-tuned"}
    assert not model.fitted_again
    again = load_bundle(bundle.path, snapshot)
    asked = bundle.data("programs").known.history_of(np.arange(20))
    scores = [each.scorer("programs").score(asked) for each in (bundle, again)]
    assert scores[0].tobytes() == scores[1].tobytes()


def test_wrong_names_and_empty_snapshots_are_told(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="unknown task 'weather'"):
        train(snapshot, tmp_path, TrainConfig(tasks=("weather",)), encoder=WordEncoder())
    with pytest.raises(ConfigError, match="unknown scorer 'oracle'; known are popularity"):
        train(snapshot, tmp_path, TrainConfig(tasks=("programs",), scorers=("oracle",)), encoder=WordEncoder())
    with pytest.raises(ConfigError, match="is empty; load data first"):
        train(GraphBuilder().snapshot(tmp_path / "empty"), tmp_path, encoder=WordEncoder())
    assert ModelRegistry(tmp_path / "models").current() is None


def test_a_learned_model_that_later_data_do_not_prove_stays_out_of_service_unless_forced(tmp_path: Path) -> None:
    """Links at random: whatever the blend found where it was chosen does not come back, and a person may insist."""
    graph, rng = GraphBuilder(), np.random.default_rng(5)
    for program in range(12):
        graph.node("Program", f"P{program:02}", title=f"공고 {program}", kind="grant")
    for company in range(150):
        graph.node("Company", f"C{company:03}", name=f"회사 {company}", employees=int(rng.integers(1, 99)))
        for program in rng.choice(12, 4, replace=False):
            on = date(2024, 1, 1) + timedelta(days=int(rng.integers(0, 730)))
            graph.link(APPLIED, f"C{company:03}", f"P{program:02}", on=on)
    snapshot = graph.snapshot(tmp_path / "city")
    config = TrainConfig(tasks=("programs",), scorers=("popularity", "engine"), engine=SMALL_ENGINE)
    plain = bundle_of(snapshot, tmp_path / "plain", config)
    forced = bundle_of(snapshot, tmp_path / "forced", replace(config, force=True))
    model, insisted = plain.task_model("programs"), forced.task_model("programs")
    assert model.promotion is not None
    assert insisted.promotion is not None
    assert model.promotion.verdict is PromotionVerdict.BASELINE
    assert model.scorer == model.promotion.baseline == "popularity"
    assert insisted.promotion.verdict is PromotionVerdict.FORCED
    assert insisted.scorer == "engine"
    assert insisted.promotion.difference == model.promotion.difference
    assert "an operator chose to serve it (`--force`)" in forced.card
    assert plain.config_hash != forced.config_hash


def test_the_planted_pattern_is_promoted_and_its_probabilities_hold(tmp_path: Path) -> None:
    """The industry's programmes are taken by chance alone, so a blend is refused and peers serve, calibrated."""
    snapshot = planted_city(companies=600).snapshot(tmp_path / "city")
    bundle = bundle_of(snapshot, tmp_path / "home", TrainConfig(tasks=("programs",), scorers=SIMPLE))
    model = bundle.task_model("programs")
    assert model.promotion is not None
    assert model.calibration is not None
    assert model.calibration.given
    assert model.calibration.error is not None
    assert model.calibration.error <= 0.05
    assert "within 4 months" in meaning(model.calibration).en
    assert f"| programs | 예 · yes | 4 | {model.calibration.error:.4f} |" in bundle.card


def test_what_serves_goes_on_where_it_is_better_than_what_would_replace_it(snapshot: Snapshot, tmp_path: Path) -> None:
    """A bundle trained without the scorer that sees the pattern does not push out the one that has it."""
    config = TrainConfig(tasks=("programs",), scorers=SIMPLE)
    first = train(snapshot, tmp_path, config, encoder=WordEncoder())
    registry = ModelRegistry(tmp_path / "models")
    registry.promote(first)
    before = load_bundle(registry.path(first), snapshot).task_model("programs")
    second = train(snapshot, tmp_path, replace(config, scorers=("popularity",)), encoder=WordEncoder())
    model = load_bundle(registry.path(second), snapshot).task_model("programs")
    assert (model.scorer, model.config) == (before.scorer, before.config)
    assert model.promotion is not None
    assert (model.promotion.verdict, model.promotion.baseline) == (PromotionVerdict.KEPT, "popularity")
    assert model.promotion.low is not None
    assert model.promotion.low > 0


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_an_older_store_let_in_does_not_stop_training(tmp_path: Path, day: date) -> None:
    """It counts as unknown: the pair is known without its day."""
    written = planted_city().snapshot(tmp_path / "city")
    file = written.path / "relationships" / "Company__APPLIED_TO__Program.parquet"
    table = pq.read_table(file)
    days = [day, *table.column("on").to_pylist()[1:]]
    column = table.schema.get_field_index("on")
    pq.write_table(table.set_column(column, table.schema.field("on"), [pa.array(days, pa.date32())]), file)
    snapshot = open_snapshot(tmp_path / "city" / "snapshots")
    bundle = bundle_of(snapshot, tmp_path, TrainConfig(tasks=("programs",), scorers=SIMPLE))
    assert bundle.task_model("programs").positives == 480
    assert np.isnat(bundle.data("programs").known.pairs.time).sum() == 1


def test_the_blend_of_simple_scorers_serves_fitted_to_all_that_is_known(snapshot: Snapshot, tmp_path: Path) -> None:
    """Unlike the engine it has no weights that were tested, so the card must say that it was fitted after the test."""
    config = TrainConfig(tasks=("programs",), scorers=("popularity", "simple-blend"))
    bundle = bundle_of(snapshot, tmp_path, config)
    model = bundle.task_model("programs")
    assert (model.scorer, model.fitted_again) == ("simple-blend", True)
    assert "| simple-blend (다시 학습 · fitted again) |" in bundle.card
    known = bundle.data("programs").known
    everything = model.estimator.fit(known, np.random.default_rng(0))
    node = known.history_of(np.arange(20))
    guests = replace(known.history_of(np.zeros(2, np.int64)), guests=as_guests(known, np.arange(2)))
    for asked in (node, guests):
        again = load_bundle(bundle.path, snapshot).scorer("programs").score(asked)
        assert again.tobytes() == everything.score(asked).tobytes()
