"""PyG's parts that the engine is built of, imported without what their import warns of."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # It pulls in modules that speak of optional packages and of scripting that torch no longer supports.
    warnings.simplefilter("ignore")
    from torch_geometric.data import HeteroData
    from torch_geometric.nn import HeteroConv, MessagePassing, SAGEConv
    from torch_geometric.utils import scatter

__all__ = ["HeteroConv", "HeteroData", "MessagePassing", "SAGEConv", "scatter"]
