"""The recommender in service: absent at first, replaced when another is promoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from api import served_model
from api.served_model import ServedModel
from graph_schema.errors import ModelError
from recommender.snapshot import open_snapshot
from tests.api.city import CityRecommender


class Shelf:
    """Opens what the pointer file names; ``broken`` cannot be opened."""

    def __init__(self, home: Path, city_home: Path) -> None:
        self.home = home
        self._snapshot = open_snapshot(city_home / "snapshots")
        self.opened: list[str] = []

    def promote(self, version: str) -> None:
        (self.home / "models").mkdir(exist_ok=True)
        (self.home / "models" / "current").write_text(version)

    def open(self, home: Path) -> CityRecommender:
        version = (home / "models" / "current").read_text()
        self.opened.append(version)
        if version == "broken":
            raise ModelError("checksum differs")
        return CityRecommender(self._snapshot, version)


@pytest.fixture
def shelf(tmp_path: Path, city_home: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(served_model, "_PAUSE_S", 0.0)
    return Shelf(tmp_path, city_home)


def test_a_promotion_is_seen_and_opened_once(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    assert [model.get().lineage.model_version for _ in range(2)] == ["1", "1"]
    shelf.promote("2")
    assert [model.get().lineage.model_version for _ in range(2)] == ["2", "2"]
    assert shelf.opened == ["1", "2"]


def test_one_that_cannot_be_opened_leaves_the_old_in_service(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    model.get()
    shelf.promote("broken")
    assert model.get().lineage.model_version == "1"
    shelf.promote("2")
    assert model.get().lineage.model_version == "2"


def test_one_that_is_absent_at_first_is_found_later(shelf: Shelf) -> None:
    shelf.promote("broken")
    model = ServedModel(shelf.home, shelf.open)
    assert model.lineage() is None
    with pytest.raises(ModelError, match="checksum differs"):
        model.get()
    shelf.promote("1")
    assert model.get().lineage.model_version == "1"


def test_after_a_failure_it_is_not_tried_at_every_request(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_model, "_PAUSE_S", 3600.0)
    shelf.promote("broken")
    model = ServedModel(shelf.home, shelf.open)
    for _ in range(3):
        assert model.lineage() is None
    assert shelf.opened == ["broken"]
