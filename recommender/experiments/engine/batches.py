"""Batches of examples as tensors."""

from __future__ import annotations

import numpy as np
import torch

from recommender.experiments.dataset import Indices
from recommender.experiments.engine.featurizer import Examples, Featurizer
from recommender.experiments.engine.network import Batch, FamilyBatch


def make_batch(maker: Featurizer, examples: Examples, rows: Indices, device: torch.device) -> Batch:
    """Gather the questions ``rows`` of ``examples``."""
    width = len(maker.known.candidates)
    at, question = _ranges(examples.pool.start, rows)
    candidate = examples.pool.candidate[at]
    features = np.concatenate([examples.pool.features[at].astype(np.float32), maker.static[candidate]], axis=1)
    families = []
    for touched, family in zip(examples.touched, maker.families, strict=True):
        pair, owner = _ranges(touched.start, rows)
        basket = touched.basket[pair]
        member, message = _ranges(family.members.indptr, basket)
        cell = owner[message] * width + family.members.indices[member]
        families.append(
            FamilyBatch(
                torch.from_numpy(touched.features[pair].astype(np.float32)).to(device),
                torch.from_numpy(message).to(device),
                torch.from_numpy(cell).to(device),
                torch.from_numpy(family.members.data[member]).to(device),
            )
        )
    return Batch(
        (len(rows), width),
        torch.from_numpy(question).to(device),
        torch.from_numpy(question * width + candidate).to(device),
        torch.from_numpy(features).to(device),
        families,
    )


def _ranges(start: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Places of all entries of some rows of a CSR layout, and the number of the row (0, 1, …) of each."""
    counts = (start[rows + 1] - start[rows]).astype(np.int64)
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    offset = np.arange(len(owner), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    return start[rows].astype(np.int64)[owner] + offset, owner
