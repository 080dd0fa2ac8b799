"""The order of a list: by score, ties by what is known of the asker; what nobody can tell apart is one line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.wording import Wording
from recommender.measure.arrays import Flags, Floats, Indices

LARGEST_SHARE: Final = 0.5
"""A score that more candidates than this share have tells none of them from another."""

TIES_NOTE: Final = Wording(
    "점수가 같은 결과가 있어, 그 안에서는 이 기업에 관해 알려진 글과 가까운 순서, 확실히 맞는 조건이 많은 순서, 이용이 "
    "많은 순서로 놓았습니다.",
    "Some results have equal scores; those are ordered by how near they are to what is known of the company in words, "
    "then by the conditions that it meets for certain, then by use.",
)
ASKER_TIES_NOTE: Final = Wording(
    "점수가 같은 기업이 있어, 그 안에서는 기업에 관해 알려진 글이 이 후보와 가까운 순서, 확실히 맞는 조건이 많은 순서, "
    "이용이 많은 순서로 놓았습니다. 이름만 알려진 기업은 그 뒤에 놓았습니다.",
    "Some companies have equal scores; those are ordered by how near what is known of them in words is to this result, "
    "then by the conditions that they meet for certain, then by use; companies known by name alone come after them.",
)


@dataclass(frozen=True)
class Order:
    """Admitted positions, best first, and how many of the admitted share the score of each; both (admitted,)."""

    positions: Indices
    tied: Indices

    def first(self, n: int) -> list[Line]:
        """Return the first ``n`` as lines of one result each."""
        return [Line(int(p), int(t), int(t) - 1) for p, t in zip(self.positions[:n], self.tied[:n], strict=True)]


@dataclass(frozen=True)
class Line:
    """One line of a list: a position and the positions that look just like it.

    ``tied`` share its score, itself among them; ``others`` of these are neither it nor like it.
    """

    position: int
    tied: int
    others: int
    alike: tuple[int, ...] = ()


def ordered(
    scores: Floats,
    admitted: npt.NDArray[np.bool_],
    by_id: Indices,
    then: Sequence[npt.NDArray[np.floating]] = (),
    unlikely: Flags | None = None,
) -> Order:
    """Order by ``scores`` (N,), ties by ``then``, greater first, each (N,), the rest by ``by_id``.

    What is ``unlikely`` to be open to the asker, (N,), comes after all else.
    """
    positions = np.flatnonzero(admitted)
    chosen = scores[positions]
    last = np.zeros(len(positions), dtype=bool) if unlikely is None else unlikely[positions]
    order = np.lexsort((by_id[positions], *(-key[positions] for key in reversed(then)), -chosen, last))
    _, inverse, counts = np.unique(chosen, return_inverse=True, return_counts=True)
    return Order(positions[order], counts[inverse][order])


def says_nothing(scores: Floats) -> Flags:
    """Which scores of a row are those of most of it, (C,); they tell no candidate from another."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse] > LARGEST_SHARE * len(scores), dtype=bool)


def gathered(
    order: Order, n: int, scores: Floats, look: npt.NDArray[np.int64], seen: Callable[[int], Hashable]
) -> list[Line]:
    """Return at most ``n`` lines, each standing for all that a person cannot tell apart from it.

    Those have the same ``look`` (C,) and are the same to ``seen``, which is asked only of candidates that share their
    look with another. A line has the score and the place of its best.
    """
    positions = order.positions
    if not len(positions):
        return []
    is_shared = np.bincount(look[positions], minlength=int(look.max()) + 1)[look] > 1
    lines: dict[Hashable, list[int]] = {}
    opened = np.zeros(int(look.max()) + 1, dtype=bool)
    tied: list[int] = []
    place = 0
    while place < len(positions) and len(lines) < n:
        position = int(positions[place])
        key = (int(look[position]), seen(position)) if is_shared[position] else position
        if key not in lines:
            tied.append(int(order.tied[place]))
        lines.setdefault(key, []).append(position)
        opened[look[position]] = True
        place += 1
    rest = positions[place:]
    for position in rest[opened[look[rest]] & is_shared[rest]].tolist():
        key = (int(look[position]), seen(position))
        if key in lines:
            lines[key].append(position)
    return [_line(found, ties, scores) for found, ties in zip(lines.values(), tied, strict=True)]


def _line(found: list[int], tied: int, scores: Floats) -> Line:
    """Make a line of the positions that it stands for, the best first."""
    equal = int(np.count_nonzero(scores[found] == scores[found[0]]))
    return Line(found[0], tied, tied - equal, tuple(found[1:]))
