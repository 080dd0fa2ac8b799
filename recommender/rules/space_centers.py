"""What is known of the centre of a space: whether it is in an industrial complex, and how much of it is no factory."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import relation_type
from graph_schema.law.quotas import reached_quotas
from graph_schema.law.rows import LawRow
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags, Objects
from recommender.rules.candidates import Candidates
from recommender.snapshot.dated_facts import number_column, text_column
from recommender.snapshot.link_rows import rows_of

_PART_OF: Final = relation_type("Space", "PART_OF", "Center")
_AREAS: Final = ("support_area_m2", "factory_area_m2")
_IN_COMPLEX: Final = "in_complex"


def are_at_quota(candidates: Candidates, on: date) -> Flags:
    """Which spaces are in a centre whose share of support facilities has reached a quota, (C,)."""
    return candidates.on(
        on, "at quota", lambda: np.array([bool(rows) for rows in _reached(candidates, on)], dtype=bool)
    )


def quota_said(candidates: Candidates, candidate: int, on: date) -> Wording:
    """Name the share of the centre of a space, and the least quota that its support facilities may have reached."""
    share = _shares(candidates, on)[candidate]
    row = _reached(candidates, on)[candidate][0]
    return Wording(
        f"센터의 부대면적(지원시설과 공용 부분)이 {share:.0%}여서 지원시설이 한도에 이르렀는지 관리기관 확인 필요: "
        f"{row.ko} ({row.cited})",
        f"{share:.0%} of the centre is ancillary area, support facilities and common parts: whether its support "
        f"facilities have reached their quota is to be asked of its management; {row.en} ({row.cited_en})",
    )


def in_complexes(candidates: Candidates, on: date) -> Objects:
    """Whether the centre of each space is in an industrial complex, (C,), None where the register does not tell."""
    return candidates.on(on, "in complexes", lambda: _of_centers(candidates, on, _places(candidates), None))


def _reached(candidates: Candidates, on: date) -> list[tuple[LawRow, ...]]:
    places = zip(_shares(candidates, on), in_complexes(candidates, on), strict=True)
    return [reached_quotas(float(share), on, in_complex=in_complex) for share, in_complex in places]


def _shares(candidates: Candidates, on: date) -> npt.NDArray[np.float64]:
    """Share of its centre that is no factory, for each space, (C,), NaN where the register has no areas."""
    return candidates.on(on, "support shares", lambda: _find_shares(candidates, on))


def _find_shares(candidates: Candidates, on: date) -> npt.NDArray[np.float64]:
    centers = candidates.facts.snapshot.nodes("Center")
    none = np.full(centers.num_rows, np.nan)
    support, factory = (number_column(centers, name) if name in centers.column_names else none for name in _AREAS)
    area = support + factory
    shares = np.divide(support, area, out=none.copy(), where=area > 0)
    return _of_centers(candidates, on, shares, np.nan).astype(np.float64)


def _places(candidates: Candidates) -> Objects:
    centers = candidates.facts.snapshot.nodes("Center")
    known = _IN_COMPLEX in centers.column_names  # older snapshots have none
    return text_column(centers, _IN_COMPLEX) if known else np.full(centers.num_rows, None, dtype=object)


def _of_centers(
    candidates: Candidates, on: date, values: npt.NDArray[np.float64] | Objects, unknown: float | None
) -> Objects:
    """Return for each space what is known of its centre."""
    links = candidates.links(_PART_OF, on)
    found = np.full(len(candidates), unknown, dtype=object)
    found[rows_of(links)] = values[links.indices]
    return found
