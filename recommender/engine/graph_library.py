"""The parts of PyTorch Geometric that the network uses, imported without the warnings of the parts it does not use."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Its import pulls in modules that warn of optional packages and of scripting that Python no longer supports.
    warnings.simplefilter("ignore")
    from torch_geometric.data import HeteroData
    from torch_geometric.nn import SAGEConv
    from torch_geometric.utils import scatter

__all__ = ["HeteroData", "SAGEConv", "scatter"]
