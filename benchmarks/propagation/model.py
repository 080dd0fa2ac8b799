"""The trained thing: an encoder over the tokens of two node types, and scores over all candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.propagation.network import Heads, TokenEncoder
from recommender.measure.arrays import Floats, Halves

_CHUNK = 16_384
"""Nodes at a time, which bounds the memory of the hidden layer."""


@dataclass(frozen=True)
class ModelShape:
    """Sizes of the network; ``dropout``: share of the columns of the tokens that a step does without."""

    hidden: int = 256
    out: int = 128
    dropout: float = 0.5


class TokenPairs(nn.Module):
    """Two towers over precomputed tokens; one encoder for both where askers and candidates are of one type.

    ``queries`` and ``candidates``: tokens of all askers and of all candidates; the same array for one type.
    ``dtype``: what is computed in while training, bfloat16 where the processor has it, else float32.
    """

    def __init__(self, queries: Halves, candidates: Halves, shape: ModelShape, dtype: torch.dtype) -> None:
        super().__init__()
        self.one_type = queries is candidates
        self.encoders = nn.ModuleList(
            TokenEncoder(of.shape[1], shape.hidden, shape.out, shape.dropout)
            for of in ([queries] if self.one_type else [queries, candidates])
        )
        self.heads = Heads(shape.out, shape.out)
        self._dtype = dtype
        # Half the width of a float; bfloat16 is kept as such, so that a batch need not be converted.
        stored = [torch.from_numpy(of) for of in ([queries] if self.one_type else [queries, candidates])]
        self._tokens = [of.to(dtype) if dtype == torch.bfloat16 else of for of in stored]

    def vectors(self, queries: Tensor, candidates: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encode each node of a batch once, however often it stands in it."""
        if self.one_type:
            both, row = torch.unique(torch.cat([queries, candidates]), return_inverse=True)
            states = self._encode(0, both)
            asking, ranked = states, states
            query_row, candidate_row = row[: len(queries)], row[len(queries) :]
        else:
            (some, query_row), (others, candidate_row) = (
                torch.unique(of, return_inverse=True) for of in (queries, candidates)
            )
            asking, ranked = self._encode(0, some), self._encode(1, others)
        vectors, bias = self.heads.answer(ranked)
        return (
            self.heads.ask(asking).index_select(0, query_row),
            vectors.index_select(0, candidate_row),
            bias.index_select(0, candidate_row),
        )

    def _encode(self, side: int, rows: Tensor) -> Tensor:
        tokens = self._tokens[side]
        # The table stays in main memory, whatever computes: it may be larger than that of a GPU.
        batch = tokens.index_select(0, rows.to(tokens.device)).to(rows.device)
        out: Tensor = self.encoders[side](batch.to(self._dtype))
        return out

    def forget(self) -> None:
        """Let go of the tokens that only training needs."""
        self._tokens = []

    @torch.no_grad()
    def ask(self, tokens: Halves) -> Floats:
        """Vectors of askers from their tokens, which need not be in the graph; (n, out)."""
        return np.vstack([self.heads.ask(part).cpu().numpy() for part in self._parts(0, tokens)])

    @torch.no_grad()
    def answer(self, tokens: Halves) -> tuple[Floats, Floats]:
        """Vectors (n, out) and biases (n,) of candidates from their tokens."""
        found = [self.heads.answer(part) for part in self._parts(-1, tokens)]
        return np.vstack([v.cpu().numpy() for v, _ in found]), np.concatenate([b.cpu().numpy() for _, b in found])

    def _parts(self, side: int, tokens: Halves) -> list[Tensor]:
        """States in chunks, without dropout, in single precision."""
        self.eval()
        encoder, device = self.encoders[side], self.heads.log_scale.device
        chunks = (tokens[at : at + _CHUNK] for at in range(0, len(tokens), _CHUNK))
        return [encoder(torch.from_numpy(chunk).to(device).float()) for chunk in chunks]
