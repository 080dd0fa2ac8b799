"""All checks at once let honest folders pass; each check has its planted leaks in ``leak_checks``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recommender.bench.leak_checks.planting import passes
from tests.recommender.folders import World, consortia, people, shop


@pytest.mark.parametrize("world", [shop, consortia, people])
def test_honest_folders_pass(tmp_path: Path, world: type[World]) -> None:
    passes(world(), tmp_path)


@pytest.mark.parametrize("kind", ["random", "inductive"])
def test_honest_folders_of_other_splits_pass(tmp_path: Path, kind: str) -> None:
    world = shop()
    world.split = f'kind = "{kind}"'
    passes(world, tmp_path)
