"""Two towers over tokens: who asks and who is ranked, each from what was propagated to it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

_FIRST_SCALE = 10.0
"""Cosines lie within 1; times ten the softmax can tell the best from the rest from the start."""


class Heads(nn.Module):
    """Turns the states of askers and candidates into vectors whose product is the score.

    ``score = scale · cos(W_q x, W_c y) + b(y)``, b a linear map that learns how sought after a candidate is.
    """

    def __init__(self, hidden: int, out: int) -> None:
        super().__init__()
        self.query = nn.Linear(hidden, out)
        self.candidate = nn.Linear(hidden, out)
        self.bias = nn.Linear(hidden, 1)
        self.log_scale = nn.Parameter(torch.tensor(_FIRST_SCALE).log())

    def ask(self, states: Tensor) -> Tensor:
        """Vectors of askers, their length is the scale; (Q, out)."""
        return self.log_scale.exp().clamp(1.0, 50.0) * functional.normalize(self.query(states), dim=1)

    def answer(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors (C, out) and biases (C,) of candidates."""
        return functional.normalize(self.candidate(states), dim=1), self.bias(states).squeeze(1)


class TokenEncoder(nn.Module):
    """MLP over all tokens of a node: one projection for each token, summed, then a second layer; (n, hidden)."""

    def __init__(self, width: int, hidden: int, out: int, dropout: float) -> None:
        super().__init__()
        self.first = nn.Linear(width, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.second = nn.Linear(hidden, out)
        self.dropout = dropout

    def forward(self, tokens: Tensor) -> Tensor:
        """Encode (n, width)."""
        weight = self.first.weight
        if self.training and self.dropout:
            # Whole columns are dropped for a step: it regularises like dropout and costs nothing a node.
            kept = torch.rand(weight.shape[1], device=weight.device) >= self.dropout
            weight = weight * kept / (1.0 - self.dropout)
        x = functional.gelu(self.norm(functional.linear(tokens, weight, self.first.bias)))
        out: Tensor = functional.gelu(self.second(x))
        return out
