"""Whether the centre of a support facility has as much of them as the law allows."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import relation_type
from graph_schema.law.quotas import reached_quotas
from graph_schema.law.rows import LawRow
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags
from recommender.rules.candidates import Candidates
from recommender.snapshot.dated_facts import number_column
from recommender.snapshot.link_rows import rows_of

_PART_OF: Final = relation_type("Space", "PART_OF", "Center")
_AREAS: Final = ("support_area_m2", "factory_area_m2")


def are_at_quota(candidates: Candidates, on: date) -> Flags:
    """Which spaces are in a centre whose share of support facilities has reached a quota, (C,)."""
    return candidates.on(
        on, "at quota", lambda: np.array([bool(rows) for rows in _reached(candidates, on)], dtype=bool)
    )


def quota_said(candidates: Candidates, candidate: int, on: date) -> Wording:
    """Name the share of the centre of a space, and the quotas that it has reached."""
    share = _shares(candidates, on)[candidate]
    rows = _reached(candidates, on)[candidate]
    return Wording(
        f"센터의 부대면적이 {share:.0%}: {'; '.join(row.ko for row in rows)} ({rows[0].cited}), 확인 필요",
        f"{share:.0%} of the centre is ancillary area: {'; '.join(row.en for row in rows)} ({rows[0].cited_en}), to be "
        "checked",
    )


def _reached(candidates: Candidates, on: date) -> list[tuple[LawRow, ...]]:
    return [reached_quotas(float(share), on) for share in _shares(candidates, on)]


def _shares(candidates: Candidates, on: date) -> npt.NDArray[np.float64]:
    """Share of its centre that is no factory, for each space, (C,), NaN where the register has no areas."""
    return candidates.on(on, "support shares", lambda: _find_shares(candidates, on))


def _find_shares(candidates: Candidates, on: date) -> npt.NDArray[np.float64]:
    centers = candidates.facts.snapshot.nodes("Center")
    none = np.full(centers.num_rows, np.nan)
    support, factory = (number_column(centers, name) if name in centers.column_names else none for name in _AREAS)
    links = candidates.links(_PART_OF, on)
    found = np.full(len(candidates), np.nan)
    area = support + factory
    shares = np.divide(support, area, out=none.copy(), where=area > 0)
    found[rows_of(links)] = shares[links.indices]
    return found
