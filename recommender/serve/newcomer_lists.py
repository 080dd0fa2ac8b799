"""The lists of real newcomers as they get them, for the question who should hear of a candidate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import deviation
from recommender.rules.askers import askers_of_nodes
from recommender.rules.base import CandidatePairs
from recommender.rules.decide import decide
from recommender.serve.own_text import ByText
from recommender.serve.ranked_task import RankedTask
from recommender.serve.scores import Scores

_CELLS_KEPT: Final = 1_000_000
"""Pairs of a task and a day whose scores are kept: 8 MB, 850 lists of the demonstration's programmes."""


class NewcomerList(NamedTuple):
    """One asker's list: scores of all candidates (C,), and the model's handed out in their order, as ``levels`` (C,).

    ``spread``: the deviation of the levels; ``by_text``: why the asker's own texts count.
    """

    scores: Floats
    levels: Floats
    spread: float
    by_text: ByText


@dataclass(frozen=True)
class NewcomerLists:
    """What askers get of all candidates on a day; kept with the day, for each candidate asks for one column."""

    served: RankedTask
    scores: Scores
    day: date

    def of(self, rows: Indices) -> list[NewcomerList]:
        """Return the lists of some askers of the task; rules, model and texts are asked for those not kept yet."""
        kept: dict[int, NewcomerList] = self.served.candidates.on(self.day, "newcomer lists", dict)
        found = {row: kept[row] for row in rows.tolist() if row in kept}
        missing = np.array([row for row in rows.tolist() if row not in found], dtype=np.int64)
        made = dict(zip(missing.tolist(), self._made(missing), strict=True))
        if (len(kept) + len(made)) * self.served.data.n_candidates > _CELLS_KEPT:
            kept.clear()
        kept |= made
        found |= made
        return [found[row] for row in rows.tolist()]

    def _made(self, rows: Indices) -> Iterator[NewcomerList]:
        """Yield the lists of rising rows, which are dealt with label by label."""
        served, space = self.served, self.served.data.query_space
        for label, members in space.members.items():
            own = rows - space.starts[label]
            here = (own >= 0) & (own < len(members))
            if not here.any():
                continue
            positions = members[own[here]]
            pairs = CandidatePairs(
                askers_of_nodes(served.facts, label, positions, self.day), served.candidates, self.day
            )
            admitted = decide(served.task, pairs).admitted
            model = self.scores.of(served.task.name, served.data.known.history_of(rows[here]))
            near = served.own.of_pairs(label, positions, self.day)
            scores, why = served.own.weighed(label, positions, model, near, admitted, self.day)
            levels = in_order_of(scores, model)
            spreads = deviation(levels)[:, 0].tolist()
            yield from (NewcomerList(*each) for each in zip(scores, levels, spreads, map(ByText, why), strict=True))


def in_order_of(lists: Floats, model: Floats) -> Floats:
    """Hand out each row of the model's scores in the order of a list, (A, C) both; equals get one score.

    So an asker's list keeps its order and the level that the model gives it, which makes it comparable with others'.
    """
    found = np.empty_like(model)
    for out, scores, values in zip(found, lists, np.sort(model, axis=1), strict=True):
        out[:] = values[np.searchsorted(np.sort(scores), scores, side="right") - 1]
    return found
