"""Finished parts on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError
from recommender.evaluation.ranks import PositiveRanks
from recommender.experiments.outcome import Lists, Outcome
from recommender.experiments.parts import PartStore


def test_a_part_that_cannot_be_kept_is_no_traceback(tmp_path: Path) -> None:
    store = PartStore(tmp_path / "out/parts", {})
    (tmp_path / "out/parts/popularity").write_text("in the way", encoding="utf-8")
    empty = np.zeros(0, dtype=np.int64)
    outcome = Outcome(PositiveRanks(*[empty] * 6), empty, 0.0, 0.0, Lists(*[empty] * 3), empty)
    with pytest.raises(ConfigError, match=r"out cannot be written .* --out"):
        store.put("popularity", {"stage": "test", "seed": 0}, outcome)
