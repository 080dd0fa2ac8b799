"""How quick serving is: ``python -m benchmarks.serving --home dure-data [--precompute]``.

Starts ``dure serve`` on a copy of a home, and prints seconds until it is ready, resident memory, and for known
companies, described ones and reverse questions the median and the 99th percentile of the time over HTTP, one request
at a time, and requests a second of four callers. The first requests of each kind are not counted.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx2
import numpy as np

from benchmarks.server import Server, serving, timed
from recommender.knowledge.tasks import TASKS
from recommender.serve.precompute import precompute
from recommender.snapshot.snapshot import open_snapshot
from stores.home import Home

_DAY = "as_of=2026-03-02"
_WARM_UP = len(TASKS)
"""What a day needs of a task is worked out for its first request."""
_NOUNS = {"programs": "Program", "experts": "Expert", "technologies": "Technology", "spaces": "Space"}
_TRADES = (
    "빵집",
    "카페",
    "금속가공 공장",
    "소프트웨어 개발사",
    "화장품 제조사",
    "인쇄소",
    "물류 회사",
    "센서 제조업체",
)
_WISHES = (
    "운영자금이 필요합니다",
    "판로를 찾습니다",
    "특허를 내고 싶습니다",
    "직원을 뽑으려 합니다",
    "수출을 시작하려 합니다",
)

Ask = Callable[[httpx2.Client], httpx2.Response]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="a home with a store and a model")
    parser.add_argument("--requests", type=int, default=160, help="requests of each kind")
    parser.add_argument("--precompute", action="store_true", help="score all known companies first, on two processes")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(shutil.copytree(options.home, Path(scratch) / "home", ignore=shutil.ignore_patterns("scores")))
        if options.precompute:
            began = time.perf_counter()
            tables = precompute(home, jobs=2)
            size = sum(table.bytes for table in tables)
            print(f"precompute: {time.perf_counter() - began:.0f} s, {size / 1e6:.0f} MB")
        questions = _questions(home, options.requests)
        with serving(home) as server:
            for name, asks in questions.items():
                _one_at_a_time(server, name, asks)
                _four_at_once(server, name, asks[: options.requests // 2])
            print(f"memory after all: {server.memory_mb:.0f} MB")


def _questions(home: Path, count: int) -> dict[str, list[Ask]]:
    """Return requests by kind, the same for every run."""
    rng, snapshot = random.Random(0), open_snapshot(Home(home).snapshots)  # noqa: S311 - a draw, no secret
    companies = rng.sample(snapshot.vocabulary("Company").ids(), count)
    known = [
        f"/v1/companies/{quote(id_, safe='')}/recommendations/{task}?{_DAY}"
        for id_, task in zip(companies, itertools.cycle(TASKS))
    ]
    texts = [
        f"고양시 {rng.choice(_TRADES)} {number}호점, 직원 {number % 40}명. {rng.choice(_WISHES)}"
        for number in range(count)
    ]
    reverse = []
    for number in range(count // 4):
        noun, label = list(_NOUNS.items())[number % len(_NOUNS)]
        reverse.append(f"/v1/{noun}/{quote(rng.choice(snapshot.vocabulary(label).ids()), safe='')}/companies?{_DAY}")
    return {
        "known company": [_getting(address) for address in known],
        "described company, new text": [_posting(text) for text in texts],
        "reverse": [_getting(address) for address in reverse],
    }


def _getting(address: str) -> Ask:
    return lambda client: client.get(address)


def _posting(text: str) -> Ask:
    return lambda client: client.post(f"/v1/recommendations/programs?{_DAY}", json={"text": text})


def _one_at_a_time(server: Server, name: str, asks: Sequence[Ask]) -> None:
    with httpx2.Client(base_url=server.address, timeout=60) as client:
        for ask in asks[:_WARM_UP]:
            ask(client)
        found = [timed(lambda ask=ask: ask(client)) for ask in asks[_WARM_UP:]]
    bad = [response.status_code for _, response in found if response.status_code not in (200, 404)]
    p50, p99 = np.percentile([seconds * 1e3 for seconds, _ in found], [50, 99])
    print(f"{name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms over {len(found)} requests, {len(bad)} failed")


def _four_at_once(server: Server, name: str, asks: Sequence[Ask]) -> None:
    def one(part: Sequence[Ask]) -> None:
        with httpx2.Client(base_url=server.address, timeout=60) as client:
            for ask in part:
                ask(client)

    start = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, [asks[at::4] for at in range(4)]))
    print(f"{name}, four callers: {len(asks) / (time.perf_counter() - start):.0f} requests a second")


if __name__ == "__main__":
    main()
