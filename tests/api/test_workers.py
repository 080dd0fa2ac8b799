"""Requests of one kind wait neither for those of another nor without end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import quote

import httpx2
import pytest
from fastapi import FastAPI

from api import workers
from api.app import Openers, create_app
from api.problems import OverloadError
from api.settings import ApiSettings
from api.workers import Room, Workers
from graph_schema.deadline import check_deadline
from graph_schema.errors import DeadlineError, StoreBusyError
from graph_schema.wording import Wording
from stores.base import GraphStore
from tests.api.city import COMPANY, PROGRAM, open_city_recommender

Keys = dict[str, dict[str, str]]
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class HeldStore:
    """Opens no store before it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def open(self, uri: str, *, read_only: bool = False) -> GraphStore:
        assert self.go.wait(60)
        raise StoreBusyError(Wording("사용 중", f"{uri} is held ({read_only=})"))


@asynccontextmanager
async def talking(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url="http://dure") as c:
        await asyncio.to_thread(app.state.services.model.wait, 60)
        yield c


async def test_sixty_searches_on_a_held_store_keep_nobody_else_waiting(
    settings: ApiSettings, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = replace(workers.ROOMS["graph"], seconds=60.0)  # the searches wait until all else here is done
    monkeypatch.setitem(workers.ROOMS, "graph", room)
    store = HeldStore()
    app = create_app(settings, Openers(recommender=open_city_recommender, store=store.open))
    event = {
        "event_id": "1",
        "request_id": "12345678",
        "task": "programs",
        "item": f"Program:{PROGRAM}",
        "event": "shown",
        "occurred_at": "2026-03-02T09:30:00Z",
    }
    async with talking(app) as client:
        searches = [asyncio.create_task(client.get("/v1/search?q=x", headers=keys["reader"])) for _ in range(60)]
        told: set[asyncio.Task[httpx2.Response]] = set()
        while len(told) < 60 - room.threads - room.waiting:
            told, _ = await asyncio.wait(searches, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0.01)
        assert {(r.status_code, r.headers["Retry-After"]) for r in (each.result() for each in told)} == {(503, "1")}
        assert next(iter(told)).result().json()["type"] == "urn:dure:problem:overloaded"
        live, ready = await client.get("/health/live"), await client.get("/health/ready")
        assert (live.status_code, ready.status_code, ready.json()["checks"]["store"]) == (200, 200, "unknown")
        kept = await client.post("/v1/feedback", json={"client_id": "c", "events": [event]}, headers=keys["reader"])
        assert kept.json()["stored"] == 1
        address = f"/v1/companies/{quote(COMPANY)}/recommendations/programs"
        assert (await client.get(address, headers=keys["reader"])).status_code == 200
        store.go.set()
        waited = [r for r in await asyncio.gather(*searches) if r.headers["Retry-After"] != "1"]
        assert len(waited) == room.threads + room.waiting
        assert {r.json()["type"] for r in waited} == {"urn:dure:problem:store-busy"}
        assert (await client.get("/health/ready")).json()["checks"]["store"] == "busy"


async def test_what_was_started_can_be_waited_for() -> None:
    room, go, done = Workers("test", Room(threads=2, waiting=1, seconds=60)), threading.Event(), threading.Event()

    def work() -> None:
        assert go.wait(60)
        done.set()

    room.start(work)
    room.wait(0.01)
    assert not done.is_set()
    go.set()
    room.wait(60)
    assert done.is_set()


async def test_work_that_finds_no_room_is_refused_at_once() -> None:
    room, go = Workers("test", Room(threads=1, waiting=1, seconds=60)), threading.Event()
    present = [asyncio.create_task(room.run(lambda: go.wait(60))) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(OverloadError):
        await room.run(lambda: None)
    go.set()
    assert await asyncio.gather(*present) == [True, True]
    assert await room.run(lambda: "again") == "again"


async def test_work_over_its_time_is_answered_and_stops_at_its_next_step() -> None:
    # The work must begin in time: work that is still waiting when the time is over never begins.
    room, stopped, go = Workers("test", Room(threads=1, waiting=1, seconds=2.0)), threading.Event(), threading.Event()
    await room.run(lambda: None)

    def work() -> None:
        assert go.wait(60)
        try:
            check_deadline()
        except DeadlineError:
            stopped.set()
            raise

    with pytest.raises(DeadlineError):
        await room.run(work)
    go.set()
    assert await asyncio.to_thread(stopped.wait, 60)
