"""Settings of the graph neural network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GnnSettings:
    """Sizes and training of the network.

    ``epochs`` None: chosen on the last of ``periods``, which is kept aside. ``batch_size`` askers are drawn from every
    period in every epoch and ranked among all candidates, or among the positives and ``negatives`` random ones. In
    training the candidates see at most ``neighbours`` askers, drawn anew for each step, so that a step costs the same
    however large the city.
    """

    hidden: int = 64
    text_dimension: int = 48
    dropout: float = 0.1
    learning_rate: float = 0.005
    reg: float = 1e-4
    periods: int = 3
    batch_size: int = 1024
    negatives: int = 2048
    neighbours: int = 4096
    epochs: int | None = None
    max_epochs: int = 48
    judge_every: int = 3
    patience: int = 12
    threads: int = 1
    name: str = "gnn"
