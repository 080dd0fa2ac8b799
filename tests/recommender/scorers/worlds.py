"""Worlds drawn by chance, and what the scorers are defined by, computed cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Values
from tests.recommender.scorers.small import FIELDS, ITEMS, USERS, Rows, ask, edges, taken

TYPES = ("a", "a", "b", "a", "")
GIVEN = [(1, 0), (1, 1), (2, 3)]
ASKED = [4, 0, 2]
DAYS = 30.0
"""Half-life of what is dated; pairs lie ten days apart."""


@dataclass(frozen=True)
class World:
    """Pairs of users and items, and who is in which field; ``known`` is the same as the scorers see it."""

    pairs: Rows
    users: Rows
    items: Rows

    @property
    def known(self) -> Known:
        days = [str(np.datetime64("2024-01-01") + 10 * at) for at in range(len(self.pairs))]
        links = [edges(("User", "IN", "Field"), self.users), edges(("Item", "IN", "Field"), self.items)]
        return taken(self.pairs, days, links=links, columns={"User": {"type": TYPES}})

    @property
    def history(self) -> Values:
        """Return who took what, as ones; (users, items)."""
        return cells(self.pairs, (USERS, ITEMS))

    @property
    def ages(self) -> Values:
        """Days from each pair to just after the newest one."""
        return 10.0 * np.arange(len(self.pairs))[::-1] + 1 / 86_400


def cells(rows: Rows, shape: tuple[int, int]) -> Values:
    out = np.zeros(shape)
    for row, column in rows:
        out[row, column] = 1
    return out


def drawn(seed: int) -> World:
    rng = np.random.default_rng(seed)

    def some(rows: int, columns: int, share: float) -> list[tuple[int, int]]:
        places = np.argwhere(rng.random((rows, columns)) < share)
        return [(int(row), int(column)) for row, column in rng.permutation(places)]

    return World(some(USERS - 1, ITEMS, 0.6), some(USERS, FIELDS, 0.5), some(ITEMS, FIELDS, 0.5))


def questions(known: Known) -> Questions:
    """Ask one who brings nothing, one who brings two items and one who brings one."""
    return ask(known, ASKED, GIVEN)


def given() -> Values:
    """Return what comes with the questions, (questions, items)."""
    return cells(GIVEN, (len(ASKED), ITEMS))


def user_facts(world: World, kind: str = "all") -> list[Values]:
    """Return the fields of facts of users, each (users, values)."""
    types = np.array([[name == value for value in "ab"] for name in TYPES], dtype=float)
    links = cells(world.users, (USERS, FIELDS))
    return {"attributes": [types], "links": [links], "all": [types, links]}[kind]


def conditional(world: World, kind: str = "all", smoothing: float = 10.0, half_life: float | None = None) -> Values:
    """Σ_x log(1 + N / n_x) (n_xc + m p_c) / (n_x + m) + 10⁻⁶ p_c of every user, (users, items)."""
    facts, history = np.hstack(user_facts(world, kind)), world.history
    weighted = history.copy()
    if half_life is not None:
        for (user, item), age in zip(world.pairs, world.ages, strict=True):
            weighted[user, item] = 2.0 ** (-age / half_life)
    active = [user for user in range(USERS) if history[user].any()]
    prior = weighted.sum(axis=0) / max(len(active), 1)
    out = np.tile(1e-6 * prior, (USERS, 1))
    for user in range(USERS):
        for fact in np.flatnonzero(facts[user]):
            having = [each for each in active if facts[each, fact]]
            if having:
                count = weighted[having].sum(axis=0)
                rarity = np.log1p(len(active) / len(having))
                out[user] += rarity * (count + smoothing * prior) / (len(having) + smoothing)
    return out


def over_prior(world: World, scores: Values) -> Values:
    """Scale each row to a best of 1 and put the prior below it, a thousandth at its best."""
    prior = conditional(world)[ASKED]

    def scaled(rows: Values) -> Values:
        best = np.abs(rows).max(axis=1, keepdims=True)
        return rows / np.where(best > 0, best, 1)

    return scaled(scores) + 1e-3 * scaled(prior)


def fact_cosines(world: World, idf_power: float = 1.0) -> Values:
    """Cosines of all users by facts: each field weighed by rarity and brought to length 1, then all of them."""
    parts = []
    for field in user_facts(world):
        rarity = np.log1p(USERS / np.maximum(field.sum(axis=0), 1)) ** idf_power
        parts.append(unit(field * rarity))
    rows = unit(np.hstack(parts))
    return np.asarray(rows @ rows.T)


def unit(rows: Values) -> Values:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1))


def baskets(world: World, source: str) -> tuple[Values, list[int]]:
    """Return sets of two items or more, (baskets, items), and whose they are."""
    rows = world.history if source == "target" else cells(world.items, (ITEMS, FIELDS)).T
    chosen = [row for row in range(len(rows)) if rows[row].sum() > 1]
    return rows[chosen], chosen


def close(found: Floats, wanted: Values) -> None:
    np.testing.assert_allclose(found, wanted, rtol=2e-5, atol=2e-6)
