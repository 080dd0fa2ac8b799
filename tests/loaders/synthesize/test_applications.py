"""Applications: eligible, dated, heavy-tailed, and not readable from any one feature."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from loaders.synthesize.admission import eligible
from loaders.synthesize.applications import History, components, round_start, utility
from loaders.synthesize.city import City
from loaders.synthesize.market import HALF_YEAR
from loaders.synthesize.needs import PERIODS, SPAN

Ranking = dict[str, tuple[float, float]]
"""Mean of AUC and of Recall@20 over the applications of the last round, by what ranks."""


@pytest.fixture(scope="module")
def ranking(city: City) -> Ranking:
    """Rank what was eligible in the last round by the true utility, by each of its parts, and by plain features."""
    made, players = city.applications, city.players
    start = round_start(PERIODS - 1, city.until)
    past = made.day < start
    history = players.history()
    history.add(made.company[past], made.program[past])
    history.begin(start)
    columns = np.flatnonzero(players.market.half == (PERIODS - 1) % 2)
    rows = np.unique(made.company[~past])
    allowed = eligible(
        players.market.rules.take(columns), players.companies, rows, *players.market.window(columns, start)
    )
    chosen = np.searchsorted(rows, made.company[~past]), np.searchsorted(columns, made.program[~past])
    parts = components(players, history, rows, columns)
    scores = {"true rule": utility(parts)} | parts | plain_features(city, history, rows, columns)
    return {name: quality(np.broadcast_to(x, allowed.shape), allowed, chosen) for name, x in scores.items()}


def plain_features(
    city: City, history: History, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float32]]:
    """Return what a table shows: applications so far, the industry being targeted, the region being targeted."""
    rules = city.players.market.rules.take(columns)
    some = ~rules.industry.all(axis=0)
    leaf, district = city.players.companies.leaf[rows], city.players.companies.district[rows]
    return {
        "applications so far": np.asarray(history.own[:, columns].sum(axis=0), np.float32)[None, :],
        "industry match": (rules.industry & some)[leaf].astype(np.float32),
        "region match": (rules.region & ~rules.region.all(axis=0))[district].astype(np.float32),
    }


def quality(
    scores: npt.NDArray[np.float32],
    allowed: npt.NDArray[np.bool_],
    chosen: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
) -> tuple[float, float]:
    """Return mean AUC and Recall@20, a tie counted as its expectation."""
    masked = np.where(allowed, scores, -np.inf)
    own = masked[chosen][:, None]
    better = (masked[chosen[0]] > own).sum(axis=1)
    equal = (masked[chosen[0]] == own).sum(axis=1)
    others = allowed.sum(axis=1)[chosen[0]] - 1
    auc = 1 - (better + (equal - 1) / 2) / np.maximum(others, 1)
    return float(auc.mean()), float(np.clip((20 - better) / equal, 0, 1).mean())


def test_the_true_rule_ranks_well_but_choices_are_noisy(ranking: Ranking) -> None:
    auc, recall = ranking["true rule"]
    assert 0.85 < auc < 0.99
    assert 0.4 < recall < 0.9


def test_no_single_feature_reads_the_rule(ranking: Ranking) -> None:
    """Every part of the rule and every plain feature alone finds at most four fifths of what the rule finds."""
    auc, recall = ranking["true rule"]
    for name, (single_auc, single_recall) in ranking.items():
        if name != "true rule":
            assert single_recall < 0.8 * recall, name
            assert single_auc < auc - 0.05, name


def test_each_kind_of_signal_is_there(ranking: Ranking) -> None:
    """Popularity, content, hidden taste and neighbours each beat chance, so that a model has something to find."""
    for name in ("applications so far", "themes", "taste", "industry peers", "centre peers", "size", "industry match"):
        assert ranking[name][0] > 0.52, name


def test_every_application_was_eligible(city: City) -> None:
    """Recomputed by a plain loop over a sample, for the window of the round that the date lies in."""
    made, players = city.applications, city.players
    for i in np.random.default_rng(1).choice(len(made), 300, replace=False):
        half = max(h for h in range(PERIODS) if round_start(h, city.until) <= made.day[i])
        column = np.array([made.program[i]])
        opens, closes = players.market.window(column, round_start(half, city.until))
        assert opens[0] <= made.day[i] <= closes[0]
        company = np.array([made.company[i]])
        assert eligible(players.market.rules.take(column), players.companies, company, opens, closes).all()


def test_dates_lie_in_the_five_years_and_after_founding(city: City) -> None:
    made = city.applications
    assert made.day.min() >= city.until - SPAN
    assert made.day.max() < city.until
    assert (made.day >= city.players.companies.founded[made.company]).all()
    won = made.awarded >= 0
    assert (made.awarded[won] > made.day[won]).all()
    assert made.awarded.max() < city.until


def test_a_time_split_is_meaningful(city: City) -> None:
    """Every half-year has its share; in the last one some companies are new and some have a history."""
    made = city.applications
    by_round = np.bincount((made.day - (city.until - SPAN)) // (HALF_YEAR + 1), minlength=PERIODS)
    assert by_round.min() > 0.5 * by_round.mean()
    last = made.day >= round_start(PERIODS - 1, city.until)
    late, early = np.unique(made.company[last]), np.unique(made.company[~last])
    assert 0.05 < 1 - np.isin(late, early).mean() < 0.5


def test_activity_is_heavy_tailed(city: City) -> None:
    """A tenth of the companies make more than half of the applications, and a third none at all."""
    counts = np.sort(np.bincount(city.applications.company, minlength=20_000))[::-1]
    assert counts[:2_000].sum() > 0.5 * counts.sum()
    assert (counts == 0).mean() > 0.3


def test_neighbours_pull(city: City) -> None:
    """Two tenants of one centre share more programmes than two companies taken at random from all tenants."""
    made, companies = city.applications, city.players.companies
    tenants = companies.center[made.company] >= 0
    table = np.zeros((companies.center.max() + 1, len(city.players.market)))
    np.add.at(table, (companies.center[made.company[tenants]], made.program[tenants]), 1)
    size = table.sum(axis=1, keepdims=True)
    together = (table * (table - 1)).sum() / (size * (size - 1)).sum()
    pooled = table.sum(axis=0)
    apart = (pooled * (pooled - 1)).sum() / (pooled.sum() * (pooled.sum() - 1))
    assert together > 1.15 * apart
