"""Settings of the networks and their training, readable without torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NetworkConfig:
    """Hyperparameters; AdamW with one cycle."""

    heads: int = 12
    """Ways of weighing a basket at once; 1 or more."""
    hidden: int = 64
    """Width of the head that scores candidates; 1 or more."""
    dropout: float = 0.2
    """Share of the head's cells that a step leaves out, 0 to below 1."""
    epochs: int = 5
    """Passes over all episodes; 1 or more."""
    batch_size: int = 32
    """Questions of a step; 1 or more."""
    learning_rate: float = 3e-3
    """Of AdamW, at the height of its one cycle; above 0."""
    reg: float = 1e-2
    """Weight decay of AdamW; 0 or more."""
    count: int = 2
    """Trained apart and averaged, since what differs between them is chance; 1 or more."""
