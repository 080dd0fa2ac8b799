"""Tests that share costly fixtures run in one worker."""

from __future__ import annotations

import pytest


def test_the_workers_know_the_groups_of_tests(request: pytest.FixtureRequest) -> None:
    """Else each worker makes the fixtures of every file, which takes half as long again, and nothing fails."""
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("one process runs all tests")
    assert request.node.nodeid.endswith("@tests/conventions/test_groups.py"), "install the pinned pytest: make setup"
