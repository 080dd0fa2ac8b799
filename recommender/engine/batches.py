"""Batches of examples as tensors."""

from __future__ import annotations

import numpy as np
import torch

from recommender.engine.featurizer import Examples, Featurizer
from recommender.engine.network import Batch, FamilyBatch
from recommender.measure.arrays import Indices


def make_batch(featurizer: Featurizer, examples: Examples, rows: Indices, device: torch.device) -> Batch:
    """Gather the questions ``rows`` of ``examples``."""
    width = len(featurizer.known.candidates)
    at, question = _ranges(examples.pool.start, rows)
    candidate = examples.pool.candidate[at]
    features = np.concatenate([examples.pool.features[at].astype(np.float32), featurizer.static[candidate]], axis=1)
    row_of = np.full(len(rows) * width, -1, dtype=np.int64)
    row_of[question * width + candidate] = np.arange(len(at))
    families = []
    for touched, family in zip(examples.touched, featurizer.families, strict=True):
        pair, owner = _ranges(touched.start, rows)
        member, message = _ranges(family.members.indptr, touched.basket[pair])
        row = row_of[owner[message] * width + family.members.indices[member]]
        # What is outside the pool is not ranked by the network: nothing needs to arrive there.
        inside = np.flatnonzero(row >= 0)
        arrays = (
            touched.features[pair].astype(np.float32),
            message[inside],
            row[inside],
            family.members.data[member[inside]],
        )
        families.append(FamilyBatch(*(torch.from_numpy(each).to(device) for each in arrays)))
    return Batch(len(rows), torch.from_numpy(question).to(device), torch.from_numpy(features).to(device), families)


def _ranges(start: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Places of all entries of some rows of a CSR layout, and the number of the row (0, 1, …) of each."""
    counts = (start[rows + 1] - start[rows]).astype(np.int64)
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    offset = np.arange(len(owner), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    return start[rows].astype(np.int64)[owner] + offset, owner
