"""A real application over a real embedded store and snapshot, and keys of every kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import openapi
from api.app import Openers, create_app
from api.keys import Scope, create_key
from api.settings import ApiSettings
from tests.api.city import COMPANY, open_city_recommender, write_city

OPENERS = Openers(recommender=open_city_recommender)


@pytest.fixture(scope="session", autouse=True)
def described_once() -> Iterator[None]:
    """Describe the routers once: it takes most of the start of an application, and no setting has a part in it."""
    build, made = openapi._described, dict[int, dict[str, Any]]()

    def described(app: FastAPI, routers: tuple[Any, ...]) -> dict[str, Any]:
        key = id(routers)  # a constant of the module; routers have no hash
        if key not in made:
            made[key] = build(app, routers)
        return deepcopy(made[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openapi, "_described", described)
        yield


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder that is made once; tests work on copies."""
    home = tmp_path_factory.mktemp("city") / "home"
    write_city(home)
    return home


@pytest.fixture
def home(city_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(city_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> ApiSettings:
    return ApiSettings(home=home, store=None, api_keys=None, api_open=False)


@pytest.fixture
def keys(settings: ApiSettings) -> dict[str, dict[str, str]]:
    """Return headers by the name of who asks."""
    wanted: dict[str, tuple[tuple[Scope, ...], str | None]] = {
        "company": ((Scope.READ_OWN, Scope.WRITE_NEEDS), COMPANY),
        "other": ((Scope.READ_OWN,), "name:다른기업"),
        "coordinator": ((Scope.READ_ALL, Scope.WRITE_NEEDS), None),
        "reader": ((Scope.READ_ALL,), None),
        "pii": ((Scope.READ_ALL, Scope.READ_PII), None),
        "admin": ((Scope.ADMIN,), None),
        "intake": ((Scope.WRITE_NEEDS,), None),
    }
    return {
        name: {"Authorization": f"Bearer {create_key(settings.key_file, name, scopes, company=company)[1]}"}
        for name, (scopes, company) in wanted.items()
    }


@pytest.fixture
def app(settings: ApiSettings, keys: dict[str, dict[str, str]]) -> FastAPI:
    assert keys
    return create_app(settings, OPENERS)


@contextmanager
def serving(app: FastAPI, **options: Any) -> Iterator[TestClient]:
    """Run the application, and wait for what it does beside requests at its start: model and store are looked at."""
    with TestClient(app, **options) as client:
        app.state.services.model.wait(60)
        for workers in app.state.services.workers.values():
            workers.wait(60)  # one that looks late would hold the store's file while a test opens it
        app.state.services.store.look()
        app.state.services.feedback.look()
        yield client


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with serving(app) as client:
        yield client
