"""Measured seconds and memory."""

from __future__ import annotations

import time

import numpy as np

from recommender.measure.resources import Measured


def test_a_large_array_shows_in_the_peak_after_it_is_gone() -> None:
    began = time.perf_counter()
    with Measured() as idle:
        pass
    assert 0 <= idle.seconds <= time.perf_counter() - began
    with Measured() as busy:
        block = np.ones(16_000_000)
        began = time.perf_counter()
        while busy.peak_mib <= idle.peak_mib + 80 and time.perf_counter() < began + 60:
            time.sleep(0.02)  # the one who looks may come late on a busy machine
        time.sleep(0.1)
        del block
    assert busy.peak_mib > idle.peak_mib + 80
    assert busy.seconds >= 0.1
