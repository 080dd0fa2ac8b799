"""A bundle gives the same scores again, and is refused where anything of it changed."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from graph_schema.errors import ModelError, NotFoundError
from recommender.engine.estimator import EngineEstimator
from recommender.publish.bundle import Bundle, load_bundle
from recommender.publish.card import model_card
from recommender.publish.promotion import PromotionVerdict
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig
from recommender.publish.text_share import TEXT_SHARES
from recommender.publish.training import train
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import APPLIED, SMALL_ENGINE, WordEncoder, planted_city

CONFIG = TrainConfig(tasks=("programs",), scorers=("popularity", "engine"), engine=SMALL_ENGINE, force=True)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def path(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    return ModelRegistry(home / "models").path(train(snapshot, home, CONFIG, encoder=WordEncoder()))


def test_two_readings_score_the_same_to_the_last_bit(snapshot: Snapshot, path: Path) -> None:
    bundles: list[Bundle] = [load_bundle(path, snapshot) for _ in range(2)]
    assert bundles[0].task_model("programs").scorer == "engine"
    asked = bundles[0].data("programs").known.history_of(np.arange(50))
    first, second = (bundle.scorer("programs").score(asked) for bundle in bundles)
    np.testing.assert_array_equal(first, second)


def test_a_reading_scores_as_what_was_trained(snapshot: Snapshot, path: Path) -> None:
    """Nothing is trained when a bundle is opened: its trees and networks are read."""
    bundle = load_bundle(path, snapshot)
    data = bundle.data("programs")
    stored = bundle.task_model("programs").estimator
    assert isinstance(stored, EngineEstimator)
    arrays = load_file(path / "programs.safetensors")
    asked = data.known.history_of(np.arange(50))
    restored = stored.restore(data.known, arrays)
    np.testing.assert_array_equal(restored.score(asked), bundle.scorer("programs").score(asked))
    assert restored.arrays().keys() == arrays.keys()


def test_the_text_of_nodes_comes_back_as_it_was(snapshot: Snapshot, path: Path) -> None:
    stored = load_bundle(path, snapshot).vectors
    for label, vectors in encode_snapshot(snapshot, WordEncoder()).items():
        np.testing.assert_array_equal(stored[label], vectors)


def test_it_says_what_it_is(snapshot: Snapshot, path: Path) -> None:
    bundle = load_bundle(path, snapshot)
    assert bundle.version == path.name
    assert bundle.spec.snapshot_id == snapshot.id
    assert bundle.tasks == ("programs",)
    assert snapshot.id in bundle.card
    with pytest.raises(NotFoundError, match="does not answer task 'experts'"):
        bundle.scorer("experts")


@pytest.mark.parametrize("name", ["bundle.json", "text.safetensors", "model_card.md"])
def test_a_file_that_was_changed_is_refused_by_name(snapshot: Snapshot, path: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    with (copy / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=name):
        load_bundle(copy, snapshot)


def test_a_file_that_was_added_or_removed_is_refused(snapshot: Snapshot, path: Path, tmp_path: Path) -> None:
    for change in ("added", "removed"):
        copy = tmp_path / change
        shutil.copytree(path, copy)
        if change == "added":
            (copy / "extra.bin").write_bytes(b"")
        else:
            (copy / "text.safetensors").unlink()
        with pytest.raises(ModelError, match="roll back"):
            load_bundle(copy, snapshot)


def test_another_snapshot_is_refused(path: Path, tmp_path: Path) -> None:
    other = planted_city().link(APPLIED, "C000", "P001", on=date(2020, 1, 1)).snapshot(tmp_path)
    with pytest.raises(ModelError, match="was trained on snapshot"):
        load_bundle(path, other)


def test_nothing_in_it_can_be_executed(path: Path) -> None:
    assert {p.suffix for p in path.iterdir()} == {".json", ".md", ".safetensors"}
    assert json.loads((path / "bundle.json").read_text())["format"] == 4


def test_an_older_format_is_refused_with_the_remedy(snapshot: Snapshot, path: Path, tmp_path: Path) -> None:
    """A bundle of the first format says nothing of promotion or probabilities, so it must be trained again."""
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    old = json.loads((copy / "bundle.json").read_text()) | {"format": 1}
    (copy / "bundle.json").write_text(json.dumps(old))
    sums = json.loads((copy / "checksums.json").read_text())
    sums["bundle.json"] = hashlib.sha256((copy / "bundle.json").read_bytes()).hexdigest()
    (copy / "checksums.json").write_text(json.dumps(sums))
    with pytest.raises(ModelError, match="format 1, this code reads 4; train again with `dure train`"):
        load_bundle(copy, snapshot)


def test_all_that_was_tried_is_in_it_with_its_figure(snapshot: Snapshot, path: Path) -> None:
    """Settings of every scorer, so that whoever doubts the choice can look it up."""
    bundle = load_bundle(path, snapshot)
    model = bundle.task_model("programs")
    engine = [each for each in model.tried if each.row == "engine"]
    assert {each.row for each in model.tried} == {"popularity", "engine"} == set(model.ndcg)
    assert len(engine) == 6
    assert [each.chosen for each in model.tried].count(True) == 2
    assert next(each.config for each in engine if each.chosen) == model.config
    assert all(each.ndcg is not None and 0 < each.ndcg < 1 for each in engine)
    assert min(each.behind for each in engine) == 0.0
    assert max(each.ndcg or 0 for each in engine) == next(each.ndcg for each in engine if each.behind == 0.0)
    assert [each.ndcg for each in model.tried if each.row == "popularity"] == [None]
    low, high = (f(each.ndcg or 0.0 for each in engine) for f in (min, max))
    chosen = next(each for each in engine if each.chosen)
    assert f"| programs | engine | 6 | {chosen.ndcg:.4f} | {low:.4f} … {high:.4f} | mix." in bundle.card
    assert "| programs | popularity | 1 | – | – | – |" in bundle.card


def test_what_the_words_of_a_company_are_worth_comes_back_and_is_on_the_card(snapshot: Snapshot, path: Path) -> None:
    bundle = load_bundle(path, snapshot)
    learned = bundle.task_model("programs").text_share
    assert learned is not None
    assert learned.ndcg[TEXT_SHARES.index(learned.chosen)] == max(learned.ndcg)
    assert f"| programs | {learned.chosen:g} | {learned.ndcg[0]:.3f}, " in bundle.card


def test_what_it_was_trained_on_is_on_the_card_and_names_nobody(snapshot: Snapshot, path: Path) -> None:
    bundle = load_bundle(path, snapshot)
    assert set(bundle.spec.machine) == {"system", "instructions", "cores", "device", "python"}
    assert bundle.spec.machine["python"] == platform.python_version()
    assert bundle.spec.machine["instructions"]
    assert f"| machine | system {platform.system()} {platform.machine()}, instructions " in bundle.card
    assert f"| libraries | numpy {np.__version__}, " in bundle.card
    assert platform.node() not in bundle.spec.machine.values()


def test_a_bundle_that_says_less_of_its_training_opens(snapshot: Snapshot, path: Path, tmp_path: Path) -> None:
    """As those from before the settings that were tried and the machine were kept."""
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    old = json.loads((copy / "bundle.json").read_text())
    for name in ("machine", "unjudged"):
        del old[name]
    del old["tasks"]["programs"]["tried"]
    for name in ("failed", "before", "before_ahead"):
        del old["tasks"]["programs"]["promotion"][name]
    (copy / "bundle.json").write_text(json.dumps(old))
    sums = json.loads((copy / "checksums.json").read_text())
    sums["bundle.json"] = hashlib.sha256((copy / "bundle.json").read_bytes()).hexdigest()
    (copy / "checksums.json").write_text(json.dumps(sums))
    bundle, whole = load_bundle(copy, snapshot), load_bundle(path, snapshot)
    assert (bundle.spec.machine, bundle.task_model("programs").tried) == ({}, ())
    assert bundle.task_model("programs").promotion == whole.task_model("programs").promotion
    asked = bundle.data("programs").known.history_of(np.arange(9))
    np.testing.assert_array_equal(bundle.scorer("programs").score(asked), whole.scorer("programs").score(asked))
    assert "| machine | – |" in model_card(bundle.spec)


def test_why_it_serves_and_what_its_scores_mean_come_back(snapshot: Snapshot, path: Path) -> None:
    model = load_bundle(path, snapshot).task_model("programs")
    assert model.promotion is not None
    assert isinstance(model.promotion.verdict, PromotionVerdict)
    assert model.calibration is not None
    assert model.calibration.months >= 1
