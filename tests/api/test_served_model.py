"""The recommender in service: absent at first, replaced when another is promoted."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import pytest

from api import served_model
from api.problems import OpeningError
from api.served_model import ServedModel
from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.snapshot.snapshot import open_snapshot
from tests.api.city import CityRecommender


class Shelf:
    """Opens what the pointer file names; ``broken`` cannot be opened."""

    def __init__(self, home: Path, city_home: Path) -> None:
        self.home = home
        self._snapshot = open_snapshot(city_home / "snapshots")
        self.opened: list[str] = []
        self.hold = Lock()

    def promote(self, version: str) -> None:
        (self.home / "models").mkdir(exist_ok=True)
        (self.home / "models" / "next").write_text(version)
        (self.home / "models" / "next").rename(self.home / "models" / "current")

    def open(self, home: Path) -> CityRecommender:
        version = (home / "models" / "current").read_text()
        with self.hold:
            self.opened.append(version)
        if version == "odd":
            raise RuntimeError("an array of another shape")
        if version == "broken":
            raise ModelError(Wording("체크섬이 다름", "checksum differs"))
        return CityRecommender(self._snapshot, version)


@pytest.fixture
def shelf(tmp_path: Path, city_home: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(served_model, "_PAUSE_S", 0.0)
    return Shelf(tmp_path, city_home)


def version_of(model: ServedModel) -> str:
    """Let the model look for another, wait for that, and name the one in use.

    What was being opened already is waited for first: it may have begun before the promotion that is asked about.
    """
    model.wait(60)
    model.refresh()
    model.wait(60)
    return model.get().lineage.model_version


def test_a_promotion_is_seen_and_opened_once(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    assert [version_of(model) for _ in range(2)] == ["1", "1"]
    shelf.promote("2")
    assert [version_of(model) for _ in range(2)] == ["2", "2"]
    assert shelf.opened == ["1", "2"]


def test_requests_go_on_with_the_old_one_while_another_is_opened(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    assert version_of(model) == "1"
    shelf.promote("2")
    with shelf.hold:
        assert [model.get().lineage.model_version for _ in range(3)] == ["1", "1", "1"]
    assert version_of(model) == "2"
    assert shelf.opened == ["1", "2"]


def test_before_the_first_one_is_open_the_answer_is_that_there_is_none(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    with shelf.hold, pytest.raises(OpeningError, match="being opened"):
        model.get()
    assert version_of(model) == "1"


def test_one_that_cannot_be_opened_leaves_the_old_in_service(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    assert version_of(model) == "1"
    shelf.promote("broken")
    assert version_of(model) == "1"
    shelf.promote("2")
    assert version_of(model) == "2"


def test_a_failure_that_nobody_foresaw_leaves_the_old_in_service_too(shelf: Shelf) -> None:
    shelf.promote("1")
    model = ServedModel(shelf.home, shelf.open)
    assert version_of(model) == "1"
    shelf.promote("odd")
    assert version_of(model) == "1"


def test_one_that_is_absent_at_first_is_found_later(shelf: Shelf) -> None:
    shelf.promote("broken")
    model = ServedModel(shelf.home, shelf.open)
    with pytest.raises(ModelError, match="checksum differs"):
        version_of(model)
    assert model.lineage() is None
    shelf.promote("1")
    assert version_of(model) == "1"


def test_after_a_failure_it_is_not_tried_at_every_request(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_model, "_PAUSE_S", 3600.0)
    shelf.promote("broken")
    model = ServedModel(shelf.home, shelf.open)
    for _ in range(3):
        assert model.lineage() is None
        model.wait(60)
    assert shelf.opened == ["broken"]


def test_the_failure_of_one_is_not_told_of_another_and_keeps_it_from_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_model, "_PAUSE_S", 3600.0)
    shelf.promote("broken")
    model = ServedModel(shelf.home, shelf.open)
    with pytest.raises(ModelError, match="checksum differs"):
        version_of(model)
    shelf.promote("1")
    with shelf.hold, pytest.raises(OpeningError, match="being opened"):
        model.get()
    assert version_of(model) == "1"
