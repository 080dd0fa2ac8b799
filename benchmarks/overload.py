"""What one caller can do to the others: ``python -m benchmarks.overload --home dure-data``.

Starts ``dure serve`` on a free port of this machine, and measures with bounded loops: seconds and memory of a text of
1,500 lines of one syllable, alone and sixteen at once; how soon a caller without room is told so; liveness, readiness,
recommendations and feedback while sixty searches wait for a store that another process holds; seconds from SIGTERM to
the end while requests are worked on. The home is copied, so that nothing is written into it.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2

from benchmarks.server import Server, serving, timed
from stores.embedded import EmbeddedStore

_LINES = "\n".join(chr(0xAC00 + 7 * number) for number in range(1_500))
_QUADRATIC = ("직원 1명 " * 600, "직원" + " " * 3_990, "직원 " + "1," * 1_900 + "명", "매출 " + "9" * 3_900 + "원")
_EVENT = {
    "event_id": "benchmark",
    "request_id": "benchmark-overload",
    "task": "programs",
    "item": "Program:PBLN_000000000120541",
    "event": "shown",
    "occurred_at": "2026-03-02T09:30:00+09:00",
}
_TASK = "/v1/recommendations/programs"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all measurements and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="a home with a store and a model")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(shutil.copytree(options.home, Path(scratch) / "home"))
        with serving(home) as server:
            heavy_texts(server)
            many_at_once(server)
            held_store(server, home)
            stopping(server)


def heavy_texts(server: Server) -> None:
    """Texts that were made to be slow to read, one after the other."""
    with httpx2.Client(base_url=server.address, timeout=120) as client:
        client.post(_TASK, json={"text": "고양시 빵집"}).raise_for_status()
        for name, text in (("1,500 lines", _LINES), *((f"text {i}", text) for i, text in enumerate(_QUADRATIC))):
            before = server.memory_mb
            seconds, response = timed(lambda text=text: client.post(_TASK, json={"text": text}))
            print(f"{name}: {response.status_code} in {seconds:.2f} s, memory {server.memory_mb - before:+.0f} MB")


def many_at_once(server: Server, callers: int = 16) -> None:
    """Send the same text from many callers; each waits for its answer."""
    before, start = server.memory_mb, time.perf_counter()
    found = _together(callers, lambda client: client.post(_TASK, json={"text": _LINES}), server)
    print(
        f"{callers} at once: {_counted(found)}, slowest {max(s for s, _ in found):.2f} s, all in "
        f"{time.perf_counter() - start:.2f} s, memory {server.memory_mb - before:+.0f} MB"
    )
    for burst in (48, 100):
        found = asyncio.run(_burst(server, burst))
        refused = sorted(each for each, response in found if response.status_code == httpx2.codes.SERVICE_UNAVAILABLE)
        if refused:
            print(
                f"{burst} within a moment: {_counted(found)}; told Retry-After in "
                f"{refused[len(refused) // 2] * 1e3:.0f} ms at the median, {refused[-1] * 1e3:.0f} ms at most"
            )


async def _burst(server: Server, callers: int) -> list[tuple[float, httpx2.Response]]:
    """Ask over connections that are open already, from one thread: the callers hardly keep the server's cores busy."""

    async def one(client: httpx2.AsyncClient) -> tuple[float, httpx2.Response]:
        start = time.perf_counter()
        response = await client.post(_TASK, json={"text": _LINES})
        return time.perf_counter() - start, response

    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=server.address, timeout=120))
            for _ in range(callers)
        ]
        await asyncio.gather(*(each.get("/health/live") for each in clients))
        return await asyncio.gather(*map(one, clients))


def held_store(server: Server, home: Path, searches: int = 60) -> None:
    """Everything else while searches wait for a store that another process writes."""
    with EmbeddedStore(home / "graph.duckdb") as store, ThreadPoolExecutor(searches) as pool:
        store.counts()
        waiting = [pool.submit(_search, server) for _ in range(searches)]
        time.sleep(0.5)
        with httpx2.Client(base_url=server.address, timeout=60) as client:
            for name, ask in (
                ("live", lambda: client.get("/health/live")),
                ("ready", lambda: client.get("/health/ready")),
                ("recommendation", lambda: client.post(_TASK, json={"text": "고양시 빵집"})),
                ("feedback", lambda: client.post("/v1/feedback", json={"client_id": "b", "events": [_EVENT]})),
            ):
                times = sorted(timed(ask)[0] * 1e3 for _ in range(50))
                print(f"{name} while {searches} searches wait: p50 {times[25]:.1f} ms, most {times[-1]:.1f} ms")
        print(f"the searches: {_counted([each.result() for each in waiting])}")


def stopping(server: Server) -> None:
    """SIGTERM while requests are worked on."""
    with ThreadPoolExecutor(16) as pool:
        for _ in range(16):
            pool.submit(_heavy, server)
        time.sleep(0.3)
        seconds, _ = timed(lambda: (server.process.send_signal(signal.SIGTERM), server.process.wait(60)))
    print(f"SIGTERM with 16 requests at work: ended in {seconds:.2f} s")


def _search(server: Server) -> tuple[float, httpx2.Response]:
    with httpx2.Client(base_url=server.address, timeout=60) as client:
        return timed(lambda: client.get("/v1/search", params={"q": "센서"}))


def _heavy(server: Server) -> None:
    try:
        httpx2.post(server.address + _TASK, json={"text": _LINES}, timeout=60)
    except httpx2.HTTPError:
        return


def _together(
    callers: int, ask: Callable[[httpx2.Client], httpx2.Response], server: Server
) -> list[tuple[float, httpx2.Response]]:
    def one(_: int) -> tuple[float, httpx2.Response]:
        with httpx2.Client(base_url=server.address, timeout=120) as client:
            client.get("/health/live")
            return timed(lambda: ask(client))

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(one, range(callers)))


def _counted(found: Sequence[tuple[float, httpx2.Response]]) -> str:
    statuses = [response.status_code for _, response in found]
    return ", ".join(f"{statuses.count(status)} × {status}" for status in sorted(set(statuses)))


if __name__ == "__main__":
    main()
