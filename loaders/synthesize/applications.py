"""Who applied to what, and who was chosen: ten half-years in which companies choose by need, taste, fit and peers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from loaders.synthesize.admission import eligible
from loaders.synthesize.background import CityIndustries
from loaders.synthesize.companies import Companies
from loaders.synthesize.market import HALF_YEAR, Market
from loaders.synthesize.needs import PERIODS, SPAN, Needs, raised_before
from loaders.synthesize.sampling import Floats, Ints, gumbel, normal, sigmoid, stream, top_choices
from loaders.synthesize.taste import Taste, affinity

WEIGHTS = {
    "popularity": 0.7,
    "themes": 0.5,
    "taste": 1.2,
    "size": 0.25,
    "age": 0.3,
    "centre peers": 0.7,
    "industry peers": 0.7,
    "habit": 0.5,
}
"""Utility of a programme to a company: the weighted sum of these parts (see docs/synthetic-city.md)."""

_PER_COMPANY = 2.75
"""Applications of a company in all five years, in the mean. Set by hand."""
_MOST_PER_ROUND = 12
"""No company files more in half a year, whatever the draw."""
_BLOCK = 2_048
"""Companies drawn at a time, which bounds memory: each holds its utility of every programme."""
_NEED_PULL = 0.8
"""Weight of a voiced need beside a company's lasting taste, so that needs say something of what follows."""
_AWARD_ODDS = {"education": 1.2, "consulting": -0.6, "loan": -0.5, "workforce": -0.7, "rnd": -2.3}
_AMOUNTS = {"grant": 25e6, "loan": 60e6, "rnd": 120e6, "export": 15e6, "startup": 35e6, "marketing": 8e6}
"""Median amount in KRW of an award, by kind of programme; others bring no money."""


@dataclass(frozen=True)
class Applications:
    """Aligned arrays, one entry per application; ``awarded`` is the day of the award or -1, ``amount`` KRW or nan."""

    company: Ints
    program: Ints
    day: Ints
    awarded: Ints
    amount: Floats

    def __len__(self) -> int:
        return len(self.company)


@dataclass(frozen=True)
class Picks:
    """The applications of one round; ``worth`` is how much a choice stood out among the round's programmes."""

    company: Ints
    program: Ints
    day: Ints
    worth: Floats


@dataclass
class History:
    """What happened so far: applications by company, centre and industry group; needs by company and theme."""

    companies: Companies
    groups: Ints
    needs: Needs
    programs: int
    start: int = field(init=False)
    wishes: Floats = field(init=False)
    own: sparse.csr_array = field(init=False)
    centre: Floats = field(init=False)
    group: Floats = field(init=False)

    def __post_init__(self) -> None:
        centers = int(self.companies.center.max(initial=0)) + 1
        self.own = sparse.csr_array((len(self.companies), self.programs), dtype=np.float32)
        self.centre = np.zeros((centers, self.programs), np.float32)
        self.group = np.zeros((int(self.groups.max(initial=0)) + 1, self.programs), np.float32)

    def begin(self, start: int) -> None:
        """Begin the round of day ``start``: sum up the needs before it; shape (companies, themes)."""
        self.start = start
        self.wishes = raised_before(self.needs, len(self.companies), start)

    def add(self, company: Ints, program: Ints) -> None:
        """Remember applications."""
        ones = np.ones(len(company), np.float32)
        self.own = self.own + sparse.csr_array((ones, (company, program)), shape=self.own.shape)
        np.add.at(self.group, (self.groups[company], program), 1)
        tenants = self.companies.center[company] >= 0
        np.add.at(self.centre, (self.companies.center[company[tenants]], program[tenants]), 1)

    def centre_peers(self, rows: Ints, columns: Ints) -> Floats:
        """Return how often the neighbours in a company's centre applied, damped; 0 outside of centres."""
        centers = self.companies.center
        sizes = np.bincount(centers[centers >= 0], minlength=len(self.centre)).astype(np.float32)
        table = _damped(self.centre[:, columns], sizes)
        table = np.vstack([table, np.zeros((1, len(columns)), np.float32)])
        return table[centers[rows]]

    def industry_peers(self, rows: Ints, columns: Ints) -> Floats:
        """Return how often companies of the same three-digit industry group applied, damped."""
        sizes = np.bincount(self.groups, minlength=len(self.group)).astype(np.float32)
        return _damped(self.group[:, columns], sizes)[self.groups[rows]]


def _damped(counts: Floats, sizes: Floats) -> Floats:
    return np.log1p(8 * counts / np.sqrt(sizes + 4)[:, None]).astype(np.float32)


@dataclass(frozen=True)
class Players:
    """All that utilities are made of."""

    industries: CityIndustries
    companies: Companies
    taste: Taste
    needs: Needs
    market: Market

    def history(self) -> History:
        """Return the empty history."""
        return History(self.companies, self.industries.group[self.companies.leaf], self.needs, len(self.market))


def components(players: Players, history: History, rows: Ints, columns: Ints) -> dict[str, Floats]:
    """Return the parts of the utility for companies at ``rows`` and programmes at ``columns``; each broadcasts.

    ``history`` must have begun the round.
    """
    companies, market = players.companies, players.market
    wishes = players.taste.themes[rows] + _NEED_PULL * history.wishes[rows]
    size = np.log(companies.employees[rows]).astype(np.float32)
    age = np.log1p(np.maximum(history.start - companies.founded[rows], 0) / 365.25).astype(np.float32)
    return {
        "popularity": market.popularity[columns][None, :],
        "themes": wishes @ market.themes[columns].T,
        "taste": affinity(players.taste.company[rows], market.taste[columns]),
        "size": -np.square(size[:, None] - market.size[columns][None, :]),
        "age": -np.square(age[:, None] - market.age[columns][None, :]),
        "centre peers": history.centre_peers(rows, columns),
        "industry peers": history.industry_peers(rows, columns),
        "habit": np.minimum(history.own[rows][:, columns].toarray(), 2),
    }


def utility(parts: dict[str, Floats]) -> Floats:
    """Return the weighted sum of the parts; a choice is a draw from its softmax over what is eligible."""
    total = sum(np.float32(WEIGHTS[name]) * part for name, part in parts.items())
    return np.asarray(total, np.float32)


def round_start(half: int, until: int) -> int:
    """Return the first day of a round."""
    return until - SPAN + half * HALF_YEAR + half // 2


def apply_all(players: Players, seed: int, until: int) -> Applications:
    """Live through the rounds; each company's choices see only what happened in earlier rounds."""
    history = players.history()
    found = []
    for half in range(PERIODS):
        rng = stream(seed, f"applications {half}")
        start = round_start(half, until)
        history.begin(start)
        columns = np.flatnonzero(players.market.half == half % 2)
        chosen = [_choose(players, history, block, columns, rng) for block in _active(players, history, rng)]
        company, program, worth = (np.concatenate(part) for part in zip(_NOTHING, *chosen, strict=True))
        opens, closes = players.market.window(program, start)
        day = opens + (rng.random(len(company)) * (closes - opens + 1)).astype(np.int64)
        history.add(company, program)
        found.append((company, program, day, *_award(players, Picks(company, program, day, worth), until, rng)))
    return Applications(*(np.concatenate(part) for part in zip(*found, strict=True)))


_NOTHING = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))


def application_rate(players: Players, history: History) -> Floats:
    """Return how many applications each company is expected to make in the round begun; shape (companies,)."""
    companies = players.companies
    rate = np.exp(players.taste.vigour)
    rate *= 1 + 0.5 * np.minimum(history.wishes.sum(axis=1), 3)
    rate *= np.clip((history.start + HALF_YEAR - companies.founded) / HALF_YEAR, 0, 1)
    return np.asarray(rate / rate.mean() * _PER_COMPANY / PERIODS, np.float32)


def _active(players: Players, history: History, rng: np.random.Generator) -> Iterator[tuple[Ints, Ints]]:
    """Yield blocks of companies that act in a round with the number of their applications, heaviest first."""
    count = np.minimum(rng.poisson(application_rate(players, history)), _MOST_PER_ROUND)
    rows = np.flatnonzero(count)
    rows = rows[np.argsort(-count[rows], kind="stable")]
    for first in range(0, len(rows), _BLOCK):
        block = rows[first : first + _BLOCK]
        yield block, count[block]


def _choose(
    players: Players, history: History, block: tuple[Ints, Ints], columns: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, Floats]:
    """Return companies, programmes and how much the choice stood out among the round's programmes."""
    rows, wanted = block
    scores = utility(components(players, history, rows, columns))
    allowed = eligible(
        players.market.rules.take(columns), players.companies, rows, *players.market.window(columns, history.start)
    )
    noisy = np.where(allowed, scores + gumbel(rng, *scores.shape), -np.inf).astype(np.float32)
    row, column = top_choices(noisy, wanted)
    worth = (scores[row, column] - scores.mean(axis=1)[row]) / (scores.std(axis=1)[row] + 1e-6)
    return rows[row], columns[column], worth


def _award(players: Players, picks: Picks, until: int, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """Decide awards by kind, quality of the company, fit and luck; decisions after ``until`` are not known yet."""
    companies = players.companies
    kinds, kind = np.unique(players.market.kind[picks.program].astype(str), return_inverse=True)
    log_size = np.log(companies.employees[picks.company])
    quality = 0.4 * companies.certified[picks.company].sum(axis=1) + 0.15 * log_size
    odds = np.array([_AWARD_ODDS.get(k, -1.4) for k in kinds])[kind] + quality + 0.4 * (picks.worth - 2)
    decided = picks.day + rng.integers(14, 75, len(picks.day))
    won = (rng.random(len(picks.day)) < sigmoid(odds)) & (decided < until)
    median = np.array([_AMOUNTS.get(k, np.nan) for k in kinds])[kind]
    amount = np.round(median * np.exp(0.5 * normal(rng, len(picks.day)) + 0.1 * log_size), -5)
    return np.where(won, decided, -1), np.where(won, amount, np.nan).astype(np.float32)
