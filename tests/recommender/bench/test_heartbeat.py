"""Work that takes long is not silent."""

from __future__ import annotations

import threading

from recommender.bench.heartbeat import BEAT_SECONDS, beating


def test_it_tells_while_the_block_runs_and_no_more_after() -> None:
    told, twice = list[int](), threading.Event()

    def tell() -> None:
        told.append(1)
        if len(told) > 1:
            twice.set()

    with beating(tell, every=0.001):
        assert twice.wait(60)
    assert not any(each.name.endswith("(beat)") for each in threading.enumerate())


def test_it_speaks_at_least_every_twenty_seconds() -> None:
    assert BEAT_SECONDS <= 20
