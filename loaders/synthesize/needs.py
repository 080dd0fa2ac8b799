"""What companies asked for, and when: texts from theme, trade and problem; few distinct, many askers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synthesize.background import CityIndustries
from loaders.synthesize.companies import Companies
from loaders.synthesize.sampling import Bools, Floats, Ints, Strings, dates, draw, numbered, stream
from loaders.synthesize.taste import Taste
from loaders.synthesize.themes import THEME_COUNT, THEMES
from loaders.synthesize.topics import theme_topics
from loaders.synthesize.trades import TRADES

YEARS = 5
"""Long enough that windows of a year leave a past to learn from."""
PERIODS = 10
"""Half-years before ``until`` in which the city lives."""
SPAN = YEARS * 365 + 1
"""Days from the first to the last: all dates lie in [until - SPAN, until)."""

_NEEDS_PER_COMPANY = 0.75
"""Needs voiced in five years, in the mean: most companies never come to the desk."""
_HALF_LIFE = 180.0
"""Days after which a need counts half: what was asked for two rounds ago still tells of today."""
_RESOLVED_AFTER = 120
"""Days after which a need is no longer open."""
_DECLINED_SHARE = 0.03
"""A few needs cannot be met."""


@dataclass(frozen=True)
class Needs:
    """Aligned arrays, one entry per need, by day; ``pattern`` is the problem's position within the theme."""

    ids: Strings
    company: Ints
    theme: Ints
    pattern: Ints
    day: Ints

    def __len__(self) -> int:
        return len(self.ids)


def make_needs(companies: Companies, taste: Taste, seed: int, until: int) -> Needs:
    """Draw needs: how many is heavy-tailed in ``vigour``, what about is a softmax of the company's themes."""
    rng = stream(seed, "needs")
    count = np.minimum(rng.poisson(expected_needs(companies, taste, until)), 15)
    company = np.repeat(np.arange(len(companies)), count)
    theme = draw(rng, taste.themes[company])
    start = np.maximum(companies.founded[company], until - SPAN)
    day = (start + rng.random(len(company)) * (until - start)).astype(np.int64)
    patterns = np.array([len(t.problems) for t in THEMES])[theme]
    pattern = (rng.random(len(company)) * patterns).astype(np.int64)
    order = np.lexsort((company, day))
    ids = numbered("syn-", len(company))
    return Needs(ids, company[order], theme[order], pattern[order], day[order])


def expected_needs(companies: Companies, taste: Taste, until: int) -> Floats:
    """Return how many needs each company is expected to have over the five years; shape (companies,)."""
    rate = np.exp(0.8 * taste.vigour)
    rate *= np.minimum(until - companies.founded, SPAN) / SPAN
    return np.asarray(rate / rate.mean() * _NEEDS_PER_COMPANY, np.float32)


def raised_before(needs: Needs, companies: int, day: int) -> Floats:
    """Sum each company's needs by theme, older ones fading; only needs strictly before ``day`` count."""
    past = needs.day < day
    weight = 0.5 ** ((day - needs.day[past]) / _HALF_LIFE)
    flat = needs.company[past] * THEME_COUNT + needs.theme[past]
    summed = np.bincount(flat, weight, companies * THEME_COUNT)
    return summed.reshape(companies, THEME_COUNT).astype(np.float32)


def is_technical(needs: Needs) -> Bools:
    """Mark needs for a technology."""
    technical = np.array([theme.need_kind == "technology" for theme in THEMES])
    marked: Bools = technical[needs.theme]
    return marked


def need_columns(
    needs: Needs, companies: Companies, industries: CityIndustries, seed: int, until: int
) -> dict[str, object]:
    """Return the catalog's columns of the needs; about a thousand distinct pairs of title and text at most."""
    rng = stream(seed, "need states")
    trades, trade = leaf_trades(industries)
    texts = np.empty((THEME_COUNT, max(len(t.problems) for t in THEMES), len(trades), 2), np.object_)
    for i, theme in enumerate(THEMES):
        for j, problem in enumerate(theme.problems):
            for k, word in enumerate(trades):
                texts[i, j, k] = [part.format(trade=word) for part in problem]
    chosen = texts[needs.theme, needs.pattern, trade[companies.leaf[needs.company]]]
    old = until - needs.day > _RESOLVED_AFTER
    state = np.where(old, "resolved", rng.choice(["open", "assigned", "resolved"], len(needs)))
    return {
        "id": "need:" + needs.ids,
        "source_id": needs.ids,
        "title": chosen[:, 0],
        "text": chosen[:, 1],
        "kind": np.array([t.need_kind for t in THEMES], np.object_)[needs.theme],
        "state": np.where(rng.random(len(needs)) < _DECLINED_SHARE, "declined", state).astype(np.object_),
        "raised_on": dates(needs.day),
    }


def need_topics(needs: Needs, seed: int, real: frozenset[str]) -> Strings:
    """Return the id of one topic a need, among those of its theme; ``real`` are the registers' topics."""
    rng = stream(seed, "need topics")
    topics = theme_topics(real)
    count = np.array([len(ids) for ids in topics])[needs.theme]
    table = np.full((THEME_COUNT, max(map(len, topics))), "", np.object_)
    for i, ids in enumerate(topics):
        table[i, : len(ids)] = ids
    chosen: Strings = table[needs.theme, (rng.random(len(needs)) * count).astype(np.int64)]
    return chosen


def leaf_trades(industries: CityIndustries) -> tuple[list[str], Ints]:
    """Return the distinct trade words and the position of each leaf's."""
    words = [
        TRADES.get(code[:2], TRADES[section])
        for code, section in zip(industries.codes, industries.section, strict=True)
    ]
    distinct = sorted(set(words))
    place = {word: i for i, word in enumerate(distinct)}
    return distinct, np.array([place[word] for word in words], np.int64)
