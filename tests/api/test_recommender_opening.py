"""The application over the project's own recommender, opened from a home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from queue import Queue

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.recommender_opening import open_served_recommender
from api.settings import ApiSettings
from graph_schema.errors import ModelError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.publish.bundle import load_bundle, write_bundle
from recommender.publish.registry import ModelRegistry
from recommender.serve.recommender import Recommender
from recommender.snapshot.snapshot import open_snapshot
from recommender.text.encoder import encode_snapshot
from tests.api.city import COMPANY, PROGRAM
from tests.api.conftest import serving
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import write_home

Keys = dict[str, dict[str, str]]


@pytest.fixture
def app(settings: ApiSettings, keys: Keys) -> FastAPI:
    assert keys
    return create_app(settings)


@pytest.fixture
def served(settings: ApiSettings, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("recommender.serve.recommender.load_encoder", lambda _name: WordEncoder())
    write_home(settings.home, open_snapshot(settings.home / "snapshots"))
    with serving(app) as client:
        yield client


def promote_another(home: Path, version: str) -> None:
    snapshot = open_snapshot(home / "snapshots")
    spec = replace(load_bundle(home / "models" / "v1", snapshot).spec, version=version)
    write_bundle(home / "another", spec, encode_snapshot(snapshot, WordEncoder()), {}, "# card\n")
    registry = ModelRegistry(home / "models")
    registry.add(home / "another", version)
    registry.promote(version)


@pytest.mark.parametrize(
    "address",
    [
        f"/v1/companies/{COMPANY}/recommendations/programs",
        "/v1/institutions/한국항공대학교/recommendations/partners",
        f"/v1/programs/{PROGRAM}/companies",
    ],
)
def test_answers_carry_the_lineage_of_the_bundle(
    served: TestClient, keys: Keys, settings: ApiSettings, address: str
) -> None:
    response = served.get(address + "?as_of=2026-03-02", headers=keys["reader"])
    assert response.status_code == 200
    body = response.json()
    snapshot_id = open_snapshot(settings.home / "snapshots").id
    assert (body["snapshot_id"], body["model_version"], body["config_hash"]) == (snapshot_id, "v1", "c0ffee")
    assert [result["rank"] for result in body["results"]] == list(range(1, len(body["results"]) + 1))


def test_a_promotion_and_a_rollback_are_seen_without_a_restart_and_nobody_waits(
    served: TestClient, keys: Keys, settings: ApiSettings, app: FastAPI
) -> None:
    address = f"/v1/companies/{COMPANY}/recommendations/programs"
    model = app.state.services.model
    promote_another(settings.home, "v2")
    assert served.get(address, headers=keys["reader"]).json()["model_version"] in {"v1", "v2"}
    model.wait(60)
    assert served.get(address, headers=keys["reader"]).json()["model_version"] == "v2"
    ModelRegistry(settings.home / "models").rollback()
    assert served.get(address, headers=keys["reader"]).status_code == 200
    model.wait(60)
    assert served.get(address, headers=keys["reader"]).json()["model_version"] == "v1"


def test_what_is_not_in_the_snapshot_is_not_found(served: TestClient, keys: Keys) -> None:
    for address in ("/v1/companies/name:없음/recommendations/programs", "/v1/spaces/space:x/companies"):
        response = served.get(address, headers=keys["reader"])
        assert (response.status_code, response.json()["type"]) == (404, "urn:dure:problem:not-found")


def test_a_profile_is_read_ranked_and_explained(served: TestClient, keys: Keys) -> None:
    body = {"text": "고양시 덕양구에서 센서를 만드는 직원 7명의 법인입니다"}
    response = served.post("/v1/recommendations/programs?as_of=2026-03-02", json=body, headers=keys["company"])
    assert response.status_code == 200
    assert {note["ko"] for note in response.json()["profile_notes"]} >= {"소재지 고양시 덕양구", "직원 7명"}
    assert [result["id"] for result in response.json()["results"]] == [PROGRAM]
    assert response.json()["results"][0]["reasons"]


def test_the_text_encoder_is_warm_before_the_server_is_ready(
    settings: ApiSettings, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys
    encoder = WordEncoder()
    monkeypatch.setattr("recommender.serve.recommender.load_encoder", lambda _name: encoder)
    write_home(settings.home, open_snapshot(settings.home / "snapshots"))
    with serving(create_app(settings)):
        assert len(encoder.asked) == 1


def test_without_the_text_encoder_all_but_profiles_is_served(
    settings: ApiSettings, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> WordEncoder:
        raise ModelError(Wording("열 수 없음", f"text model {name!r} cannot be loaded"))

    monkeypatch.setattr("recommender.serve.recommender.load_encoder", absent)
    write_home(settings.home, open_snapshot(settings.home / "snapshots"))
    with serving(create_app(settings)) as client:
        address = f"/v1/companies/{COMPANY}/recommendations/programs"
        assert client.get(address, headers=keys["reader"]).status_code == 200
        refused = client.post("/v1/recommendations/programs", json={"text": "센서"}, headers=keys["reader"])
        assert (refused.status_code, refused.json()["type"]) == (503, "urn:dure:problem:model-not-ready")


def test_a_text_of_1300_lines_encodes_24_clauses_and_the_answer_says_so(
    settings: ApiSettings, app: FastAPI, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = WordEncoder()
    monkeypatch.setattr("recommender.serve.recommender.load_encoder", lambda _name: encoder)
    write_home(settings.home, open_snapshot(settings.home / "snapshots"))
    text = "\n".join(f"{chr(0xAC00 + 8 * number)}밭" for number in range(1_300))
    with serving(app) as client:
        encoder.asked.clear()
        response = client.post("/v1/recommendations/programs", json={"text": text}, headers=keys["company"])
    assert response.status_code == 200
    assert len(encoder.asked) == 24 + 1  # and once the whole text, cut, for the model
    assert any("24" in note["ko"] for note in response.json()["profile_notes"])


def test_a_server_imports_neither_pandas_nor_scikit_learn() -> None:
    """Arrow and LightGBM find them absent while a model is opened; who wants them later gets them."""
    code = """
import sys
from pathlib import Path
import pyarrow
from api.recommender_opening import open_served_recommender
from graph_schema.errors import NotFoundError
try:
    open_served_recommender(Path("nowhere"))
except NotFoundError:
    pass
pyarrow.array([1])
assert "lightgbm" in sys.modules
assert not {"pandas", "sklearn"} & set(sys.modules)
assert pyarrow.table({"a": [1]}).to_pandas()["a"].tolist() == [1]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_server_multiplies_on_one_thread() -> None:
    """Those of several requests would spin on each other's cores."""
    code = """
from pathlib import Path
from threadpoolctl import threadpool_info
from api.recommender_opening import open_served_recommender
from graph_schema.errors import NotFoundError
try:
    open_served_recommender(Path("nowhere"))
except NotFoundError:
    pass
assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}
"""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr


def test_what_questions_in_reverse_need_is_read_once_the_model_serves(
    settings: ApiSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It delays no opening, and where it fails the model serves all the same.

    Models that other tests opened may be read as late as now.
    """
    monkeypatch.setattr("recommender.serve.recommender.load_encoder", lambda _name: WordEncoder())
    monkeypatch.setattr("api.recommender_opening._AT_REST_AFTER_S", 0.0)
    warmed = Queue[Recommender]()

    def fail(recommender: Recommender) -> None:
        warmed.put(recommender)
        raise ModelError(Wording("유한하지 않은 점수", "scores that are not finite"))

    monkeypatch.setattr(Recommender, "warm_up_reverse", fail)
    write_home(settings.home, open_snapshot(settings.home / "snapshots"))
    opened = open_served_recommender(settings.home)
    while warmed.get(timeout=60) is not opened._recommender:
        pass
    assert opened.reverse("programs", NodeRef("Program", PROGRAM), as_of=date(2026, 3, 2)).recommendations
