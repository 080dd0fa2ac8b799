"""Windows of time over pairs that are drawn by chance, held against what they are defined by."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from graph_schema.model import NodeRef
from recommender.knowledge.splits import ALWAYS, LinkedPairs, choose_cuts, sample, window

ASKERS, CANDIDATES = 6, 8
DAY_ZERO = date(2024, 1, 1)
COMPANIES = tuple(NodeRef("Company", str(place)) for place in range(ASKERS))
OTHERS = tuple(NodeRef("Company", str(place)) for place in range(CANDIDATES))
"""The first of them are the askers."""


@pytest.fixture(params=range(6))
def pairs(request: pytest.FixtureRequest) -> LinkedPairs:
    """Draw pairs of a hundred days, some without a day and some that one event made."""
    rng = np.random.default_rng(request.param)
    cells = np.argwhere(rng.random((ASKERS, CANDIDATES)) < 0.6)
    days = np.datetime64(DAY_ZERO, "D") + rng.integers(0, 100, len(cells))
    days = np.where(rng.random(len(cells)) < 0.2, ALWAYS, days)
    events = np.where(rng.random(len(cells)) < 0.5, -1, rng.integers(0, 4, len(cells)))
    return LinkedPairs(COMPANIES, OTHERS, cells[:, 0], cells[:, 1], days, events)


def rows(pairs: LinkedPairs) -> list[tuple[int, int, date, int]]:
    days = [each.astype("datetime64[D]").astype(object) for each in pairs.first]
    return list(zip(pairs.query.tolist(), pairs.candidate.tolist(), days, pairs.event.tolist(), strict=True))


def after(days: int) -> date:
    return DAY_ZERO + timedelta(days)


@pytest.mark.parametrize(("start", "end"), [(0, 100), (30, 60), (60, 61), (-10, 40), (90, 200)])
def test_who_is_newly_linked_is_asked_for_what_is_new(pairs: LinkedPairs, start: int, end: int) -> None:
    """From the first day to the day before the last; what was there before, and the asker itself, is known."""
    new = [each for each in rows(pairs) if after(start) <= each[2] < after(end)]
    if not new:
        with pytest.raises(EvaluationError, match="holds no new pair"):
            window(pairs, "w", after(start), after(end))
        return
    found = window(pairs, "w", after(start), after(end))
    askers = sorted({each[0] for each in new})
    assert [ref.id for ref in found.asked] == [str(each) for each in askers]
    before = [each for each in rows(pairs) if each[2] < after(start)]
    for row, asker in enumerate(askers):
        assert set(np.flatnonzero(found.positives[[row]].toarray())) == {each[1] for each in new if each[0] == asker}
        known = {each[1] for each in before if each[0] == asker}
        assert set(np.flatnonzero(found.known[[row]].toarray())) == known | {asker}
        assert found.history[row] == len(known)
    assert (found.name, found.start, found.end, len(found)) == ("w", after(start), after(end), len(askers))


def test_askers_of_one_first_event_are_one_group(pairs: LinkedPairs) -> None:
    """The earliest new pair decides, of several on one day the one that stands alone, then the lowest event."""
    found = window(pairs, "w", after(20), after(80))
    new = [each for each in rows(pairs) if after(20) <= each[2] < after(80)]
    events = []
    for ref in found.asked:
        mine = [each for each in new if str(each[0]) == ref.id]
        events.append(min((each[2], each[3]) for each in mine)[1])
    for one, first in enumerate(events):
        for other, second in enumerate(events):
            together = one == other or (first == second and first >= 0)
            assert (found.groups[one] == found.groups[other]) is np.bool_(together)


def test_slices_hold_each_asker_once(pairs: LinkedPairs) -> None:
    found = window(pairs, "w", after(50), after(100))
    members = {name: found.members(name) for name in ("warm", "few_shot", "cold")}
    assert (sum(each.astype(int) for each in members.values()) == 1).all()
    for row, known in enumerate(found.history):
        assert members["warm"][row] == (known >= 5)
        assert members["few_shot"][row] == (1 <= known <= 4)
        assert members["cold"][row] == (known == 0)


@pytest.mark.parametrize("days", [1, 400])
def test_a_window_moves_with_its_facts(pairs: LinkedPairs, days: int) -> None:
    """What has no day stays known for ever."""
    shifted = np.where(pairs.first == ALWAYS, ALWAYS, pairs.first + np.timedelta64(days, "D"))
    later = LinkedPairs(pairs.queries, pairs.candidates, pairs.query, pairs.candidate, shifted, pairs.event)
    one = window(pairs, "w", after(30), after(90))
    other = window(later, "w", after(30 + days), after(90 + days))
    assert one.asked == other.asked
    assert (one.positives != other.positives).nnz == 0
    assert (one.known != other.known).nnz == 0
    assert one.groups.tolist() == other.groups.tolist()


@pytest.mark.parametrize(("train", "valid"), [(0.7, 0.15), (0.5, 0.25), (0.2, 0.2)])
def test_cuts_are_days_at_these_shares_of_the_dated_pairs(pairs: LinkedPairs, train: float, valid: float) -> None:
    """The pair at the share and those of its day come after the cut."""
    days = sorted(each[2] for each in rows(pairs) if each[2].year > 1)
    cuts = choose_cuts(pairs, train=train, valid=valid)
    assert cuts.valid_from == days[int(len(days) * train)]
    assert cuts.test_from == days[int(len(days) * (train + valid))]
    assert cuts.end == days[-1] + timedelta(1)
    assert days[0] < cuts.valid_from < cuts.test_from < cuts.end


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order(pairs: LinkedPairs) -> None:
    full = window(pairs, "w", after(0), after(100))
    assert sample(full, len(full)) is full
    few = sample(full, 3, seed=4)
    places = [full.asked.index(ref) for ref in few.asked]
    assert places == sorted(places)
    assert (few.positives != full.positives[places]).nnz == 0
    assert (few.known != full.known[places]).nnz == 0
    assert few.history.tolist() == full.history[places].tolist()
    assert few.groups.tolist() == full.groups[places].tolist()
    assert sample(full, 3, seed=4).asked == few.asked
    drawn = {sample(full, 3, seed=seed).asked for seed in range(20)}
    assert len(drawn) > 5
