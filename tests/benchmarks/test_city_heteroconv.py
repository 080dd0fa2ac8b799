"""What propagation is compared with computes what it should."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.city_graph import make_city
from benchmarks.city_heteroconv import FullBatch
from benchmarks.city_task import make_task


@pytest.mark.slow
def test_lists_of_edges_and_sparse_products_give_the_same_vectors() -> None:
    task = make_task(make_city(300), queries=20)
    found = []
    for products in (False, True):
        torch.manual_seed(0)
        model = FullBatch(task.seen, products=products, device=torch.device("cpu"))
        found.append(model.embed(task.now, task.valid.askers))
    for edges, products in zip(*found, strict=True):
        np.testing.assert_allclose(edges, products, atol=1e-5)
