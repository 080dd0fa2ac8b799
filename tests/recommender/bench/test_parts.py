"""Finished parts on disk."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from recommender.bench.outcome import Lists, SeedOutcome
from recommender.bench.parts import PartStore, code_version
from recommender.measure.ranks import PositiveRanks


def test_a_part_that_cannot_be_kept_is_no_traceback(tmp_path: Path) -> None:
    store = PartStore(tmp_path / "out/parts", {})
    (tmp_path / "out/parts/popularity").write_text("in the way", encoding="utf-8")
    empty = np.zeros(0, dtype=np.int64)
    outcome = SeedOutcome(PositiveRanks(*[empty] * 6), empty, 0.0, 0.0, Lists(*[empty] * 3), empty)
    with pytest.raises(ConfigError, match=r"out cannot be written .* --out"):
        store.put("popularity", {"stage": "test", "seed": 0}, outcome)


def test_what_a_scorer_says_of_itself_is_kept(tmp_path: Path) -> None:
    store, key = PartStore(tmp_path / "parts", {}), {"stage": "test", "seed": 0}
    empty = np.zeros(0, dtype=np.int64)
    outcome = SeedOutcome(PositiveRanks(*[empty] * 6), empty, 0.0, 0.0, Lists(*[empty] * 3), empty)
    for note in (Wording("배운 것이 없습니다", "nothing was learned"), None):
        store.put("auto", key, replace(outcome, note=note))
        found = store.get("auto", key)
        assert found is not None
        assert found.note == note


@pytest.mark.parametrize(
    ("kind", "run", "apart"),
    [
        ("triples", ("bench.triple_bench", "models.triples"), ("engine", "scorers", "bench.recommend_bench")),
        (
            "recommend",
            ("bench.recommend_bench", "models.engine", "scorers.registry"),
            ("bench.triple_bench", "triples.engine"),
        ),
    ],
)
def test_figures_of_one_kind_stay_where_only_the_other_changed(
    kind: str, run: tuple[str, ...], apart: tuple[str, ...]
) -> None:
    """What a hash leaves out is not imported by what the hash is for."""
    package = "recommender"
    script = f"import sys, {', '.join(f'{package}.{each}' for each in run)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert f"{package}.{run[0]}" in loaded
    assert not {f"{package}.{each}" for each in apart} & set(loaded)
    assert code_version(kind) != code_version("recommend" if kind == "triples" else "triples")
