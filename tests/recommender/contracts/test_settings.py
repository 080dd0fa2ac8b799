"""The helpers of contracts find what they are for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from recommender.knowledge.known import Known
from tests.recommender.contracts.settings import assert_same_content, assert_settings_survive_json
from tests.recommender.scorers.small import WORLDS

CHANGES: dict[str, Callable[[Known], None]] = {
    "weights": lambda known: known.pairs.weight.fill(2.0),
    "history": lambda known: known.history.data.fill(2.0),
    "links": lambda known: known.relations[0].dst.fill(0),
    "texts": lambda known: known.vectors["User"].fill(0.0),
    "target": lambda known: known.dataset.target.time.fill(np.datetime64("2020-01-01", "s")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_is_known_is_found(change: Callable[[Known], None]) -> None:
    known = copy.deepcopy(WORLDS["rich"])
    assert known.history.nnz
    before = copy.deepcopy(known)
    assert_same_content(known, before)
    change(known)
    with pytest.raises(AssertionError):
        assert_same_content(known, before)


def test_what_was_computed_since_may_be_new() -> None:
    """Matrices are made once for each label asked for, whichever test asks first."""
    known = copy.deepcopy(WORLDS["partners"])
    known.adjacency("Company")
    before = copy.deepcopy(known)
    known.adjacency("Project")
    assert_same_content(known, before)
    next(iter(known.adjacency("Company").values())).data.fill(2.0)
    with pytest.raises(AssertionError):
        assert_same_content(known, before)


@dataclass(frozen=True)
class WithArray:
    """Settings that JSON cannot hold."""

    weights: np.ndarray = field(default_factory=lambda: np.ones(3))


def test_settings_that_json_cannot_hold_are_found() -> None:
    with pytest.raises(AssertionError, match="plain setting"):
        assert_settings_survive_json(WithArray())
