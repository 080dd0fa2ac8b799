"""Spaces in the real centres, and which companies moved into which of them, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from graph_schema.law.admission import admitted_industries
from loaders.synthesize.background import Background, strings
from loaders.synthesize.companies import Companies
from loaders.synthesize.sampling import (
    Bools,
    Floats,
    Ints,
    Strings,
    as_date,
    dates,
    gumbel,
    normal,
    numbered,
    quota,
    stream,
)
from loaders.synthesize.taste import DIMENSION, Taste, affinity

_TENANT_SHARE = {"C": 0.55, "J": 0.5}
_OTHER_TENANT_SHARE = 0.42
"""How many of the companies that a centre admits look for a space, by section."""

MOVED_WITHIN = 120
"""A tenant moves in fewer than so many days after the space became available."""

_VACANT_RATIO = 0.3
"""Spaces nobody took for each that somebody did, so that there is something to recommend."""
_SQUARE_METRES = (33, 49, 66, 84, 115, 165, 260, 420, 780)
"""Sizes of divided units, 10 to 236 pyeong."""
_SUPPORT_SHARE = 0.08
"""Rooms for shops, which nobody who looks for a works or an office takes."""
_MANUFACTURING_AREA = 150
"""Square metres from which machines fit in."""
_ROUNDS = 40
"""Losers bid again; who has not won by then finds no space that would do."""


@dataclass(frozen=True)
class Spaces:
    """Aligned arrays, one entry per space; ``tenant`` is a company's position or -1, ``moved_in`` its day.

    ``center_taste`` (centres, D) is hidden.
    """

    ids: Strings
    center: Ints
    area: Floats
    floor: Ints
    support: Bools
    tenant: Ints
    moved_in: Ints
    available: Ints
    center_taste: Floats

    def __len__(self) -> int:
        return len(self.ids)


def make_spaces(background: Background, companies: Companies, taste: Taste, seed: int, until: int) -> Spaces:
    """Build spaces, let tenants choose in the order of the bids, and settle tenants' district and centre in place."""
    rng = stream(seed, "spaces")
    section = background.industries.section[companies.leaf]
    share = np.array([_TENANT_SHARE.get(s, _OTHER_TENANT_SHARE) for s in section])
    allowed = frozenset(admitted_ids(background, until))
    admitted = np.array([not allowed.isdisjoint(above) for above in background.industries.ancestors])
    movers = np.flatnonzero((rng.random(len(companies)) < share) & admitted[companies.leaf])
    count = round(len(movers) * (1 + _VACANT_RATIO)) + background.centers.num_rows
    floor_area = background.centers["floor_area_m2"].to_pylist()
    center = np.repeat(np.arange(len(floor_area)), quota([(a or 2e4) ** 0.7 for a in floor_area], count))
    area = rng.choice(_SQUARE_METRES, count, p=_area_shares(companies.employees[movers])).astype(np.float32)
    support = rng.random(count) < _SUPPORT_SHARE
    vectors = normal(rng, background.centers.num_rows, DIMENSION)
    scores = gumbel(rng, len(movers), count)
    scores += center_appeal(companies, taste, movers, vectors, background.center_district)[:, center]
    scores -= size_misfit(companies, movers, area)
    scores[:, support] = -np.inf
    tenant = _match(scores, movers)
    taken = tenant >= 0
    moved_in = np.zeros(count, np.int64)
    earliest = np.maximum(companies.founded[tenant] + 10, until - 1826)
    moved_in[taken] = (earliest + rng.random(count) * (until - earliest))[taken]
    companies.center[tenant[taken]] = center[taken]
    companies.district[tenant[taken]] = background.center_district[center[taken]]
    available = np.where(taken, moved_in - rng.integers(0, MOVED_WITHIN, count), until - rng.integers(-90, 400, count))
    return Spaces(
        numbered("syn-", count, 5),
        center,
        area,
        rng.integers(1, 16, count),
        support,
        tenant,
        moved_in,
        available,
        vectors,
    )


def admitted_ids(background: Background, until: int) -> tuple[str, ...]:
    """Industries of the store that the law of day ``until`` lets into a unit for industry, conditions taken as met."""
    known = frozenset().union(*background.industries.ancestors)
    ids = (f"ksic11:{code}" for code in admitted_industries(as_date(until)))
    return tuple(id_ for id_ in ids if id_ in known)


def space_columns(spaces: Spaces, background: Background, seed: int) -> dict[str, object]:
    """Return the catalog's columns; a title names centre, use and size class, so that few texts are distinct."""
    rng = stream(seed, "rents")
    rent = np.round(spaces.area * 9_500 * np.exp(0.18 * normal(rng, len(spaces))), -4).astype(np.float64)
    use = np.where(spaces.support, "지원시설", np.where(spaces.area >= _MANUFACTURING_AREA, "제조형", "사무형")).astype(
        np.object_
    )
    size = np.array(["소형", "중형", "대형"], np.object_)[np.digitize(spaces.area, [70, 200])]
    return {
        "id": "space:" + spaces.ids,
        "source_id": spaces.ids,
        "title": strings(background.centers, "name")[spaces.center] + " " + use + " " + size + " 호실",
        "area_m2": spaces.area.astype(np.float64),
        "floor": spaces.floor,
        "deposit_krw": rent * 10,
        "rent_krw": rent,
        "price_krw": np.round(spaces.area.astype(np.float64) * 3_300_000, -5),
        "available_from": dates(spaces.available),
        "all_industries": pa.array(spaces.support),
    }


def _area_shares(employees: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Shares of the sizes on offer that follow the sizes that tenants look for."""
    wanted = np.abs(np.log(18.0 * employees + 20)[:, None] - np.log(_SQUARE_METRES)[None, :]).argmin(axis=1)
    shares = np.bincount(wanted, minlength=len(_SQUARE_METRES)) + 0.1 * len(employees) / len(_SQUARE_METRES) + 1
    return np.asarray(shares / shares.sum(), np.float64)


def center_appeal(
    companies: Companies, taste: Taste, rows: Ints, center_taste: Floats, center_district: Ints
) -> Floats:
    """Return how much companies at ``rows`` want each centre: taste, by which industries flock, and own district."""
    appeal = np.float32(1.4) * affinity(taste.company[rows], center_taste)
    appeal += np.float32(0.8) * (companies.district[rows][:, None] == center_district[None, :])
    return appeal


def size_misfit(companies: Companies, rows: Ints, area: Floats) -> Floats:
    """Return what companies at ``rows`` hold against the size of each space; shape (rows, spaces)."""
    wanted = np.log(18.0 * companies.employees[rows] + 20).astype(np.float32)
    return np.asarray(np.float32(2.5) * np.square(wanted[:, None] - np.log(area)[None, :]), np.float32)


def _match(scores: Floats, movers: Ints) -> Ints:
    """Let every mover bid for its best free space, the highest bid wins, losers bid again; shape (spaces,)."""
    tenant = np.full(scores.shape[1], -1, np.int64)
    waiting = np.arange(len(movers))
    for _ in range(_ROUNDS):
        if not len(waiting):
            break
        best = scores[waiting].argmax(axis=1)
        bid = scores[waiting, best]
        order = np.lexsort((-bid, best))
        order = order[np.isfinite(bid[order])]
        won = order[np.unique(best[order], return_index=True)[1]]
        tenant[best[won]] = movers[waiting[won]]
        scores[:, best[won]] = -np.inf
        waiting = np.delete(waiting, won)
    return tenant
