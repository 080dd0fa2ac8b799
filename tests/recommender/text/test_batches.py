"""Texts are encoded in batches of similar length, and come back in their own order."""

from __future__ import annotations

import numpy as np
import pytest

from graph_schema.errors import ModelError
from graph_schema.progress import silent
from recommender.measure.arrays import Floats
from recommender.text.batches import BATCH, in_batches


def lengths(batch: list[str]) -> Floats:
    return np.array([[len(text), len(batch)] for text in batch], dtype=np.float32)


@pytest.mark.parametrize(("count", "batches"), [(0, []), (1, [1]), (BATCH, [BATCH]), (BATCH + 1, [BATCH, 1])])
def test_every_text_gets_the_vector_of_its_own(count: int, batches: list[int]) -> None:
    seen: list[list[str]] = []

    def encode(batch: list[str]) -> Floats:
        seen.append(batch)
        return lengths(batch)

    texts = ["가" * ((7 * at) % 50) for at in range(count)]
    found = in_batches(texts, encode, 2, silent)
    assert found.shape == (count, 2)
    assert found[:, 0].tolist() == [len(text) for text in texts]
    assert [len(batch) for batch in seen] == batches
    flat = [len(text) for batch in seen for text in batch]
    assert flat == sorted(flat), "the short ones go first"


def test_progress_is_told_before_each_batch_and_at_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    in_batches(["a"] * (2 * BATCH + 5), lengths, 2, lambda *each: told.append(each))
    total = 2 * BATCH + 5
    assert told == [("encode text", done, total) for done in (0, BATCH, 2 * BATCH, total)]


def test_values_that_are_not_finite_are_refused() -> None:
    def broken(batch: list[str]) -> Floats:
        return np.full((len(batch), 2), np.nan, dtype=np.float32)

    with pytest.raises(ModelError, match=r"not finite; .* DURE_ENCODER"):
        in_batches(["a"], broken, 2, silent)
