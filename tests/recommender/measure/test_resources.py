"""Measured seconds and memory."""

from __future__ import annotations

import time

import numpy as np

from recommender.measure.resources import Measured


def test_a_large_array_shows_in_the_peak_after_it_is_gone() -> None:
    with Measured() as idle:
        pass
    with Measured() as busy:
        block = np.ones(16_000_000)
        time.sleep(0.1)
        del block
    assert busy.peak_mib > idle.peak_mib + 80
    assert busy.seconds >= 0.1 > idle.seconds >= 0
