"""What the true rule expects of companies from a day on: how far any model of a made-up city could get.

It knows the rule and all that is hidden, and of choices and needs those before the day. What is drawn later (which
needs arise, the noise of each choice) it takes at its expectation or leaves out. Where a company is (its centre and its
district) is what it ends up as, in the rule of applications as in the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.synthesize.admission import eligible
from loaders.synthesize.applications import History, Players, application_rate, components, round_start, utility
from loaders.synthesize.background import strings
from loaders.synthesize.city import City
from loaders.synthesize.companies import make_companies
from loaders.synthesize.encounters import (
    CONSULTED_AFTER,
    Encounters,
    Offer,
    Peers,
    consultation_appeal,
    meeting_appeal,
    researcher_offer,
    technology_offer,
)
from loaders.synthesize.needs import PERIODS, SPAN, Needs, expected_needs
from loaders.synthesize.sampling import Ints, Strings, stream
from loaders.synthesize.spaces import MOVED_WITHIN, center_appeal, size_misfit
from loaders.synthesize.themes import THEME_COUNT

Expected = npt.NDArray[np.float64]
"""How much is expected of each company and candidate, (companies, candidates); 0 where nothing can come of it."""


@dataclass(frozen=True)
class DaySpan:
    """Days from ``start`` until the one before ``end``, counted from 1970-01-01."""

    start: int
    end: int

    def share(self, first: Ints, days: Ints | int) -> Expected:
        """Return the share of ``days`` days from ``first`` on that lies within."""
        return np.asarray(self.within(first, first + days) / days, np.float64)

    def within(self, first: Ints, end: Ints) -> Expected:
        """Return how many of the days from ``first`` until the one before ``end`` lie within."""
        inside = np.minimum(end, self.end) - np.maximum(first, self.start)
        return np.asarray(np.maximum(inside, 0), np.float64)


@dataclass(frozen=True)
class Truth:
    """What is expected of the candidates of one label, by their ``ids`` in the graph."""

    ids: Strings
    expected: Callable[[City, DaySpan, Ints], Expected]
    """City, span and companies to what is expected, (companies, candidates)."""


def with_typical_companies(city: City) -> City:
    """Return the city with every company taken for the typical one of its industry, size, age and form.

    What it asked for and chose before stays. So much of the rule is to be had without what a company has of its own.
    """
    taste = city.players.taste
    typical = replace(taste, company=taste.typical, themes=taste.typical_themes)
    return replace(city, players=replace(city.players, taste=typical))


def truth_of(city: City, label: str) -> Truth:
    """Return the rule by which companies choose among the nodes of ``label``; ``KeyError`` where they do not."""
    return Truth(_IDS[label](city), _RULES[label])


def expected_applications(city: City, span: DaySpan, rows: Ints) -> Expected:
    """Return the expected number of applications: over the rounds, how many are made times the softmax of the utility.

    They are of the notice on the days that it holds, and of the other editions on those left. The later of two rounds
    sees no more of the earlier one than was known when the span began.
    """
    players = _known_before(city.players, span.start)
    market = players.market
    found: Expected = np.zeros((len(rows), len(market.nodes)))
    for half in range(PERIODS):
        start = round_start(half, city.until)
        columns = np.flatnonzero(market.half == half % 2)
        opens, closes = market.window(columns, start)
        inside = span.share(opens, closes + 1 - opens)
        if inside.any():
            history = _history(players, city, min(start, span.start))
            history.begin(start)
            wanted = utility(components(players, history, rows, columns))
            allowed = eligible(market.rules.take(columns), players.companies, rows, opens, closes)
            many = application_rate(players, history)[rows]
            made = many[:, None] * _softmax(np.where(allowed, wanted, -np.inf))
            begins, ends = np.maximum(opens, market.earliest[columns]), np.minimum(closes, market.latest[columns]) + 1
            held = span.within(begins, ends) / (closes + 1 - opens)
            found[:, columns] += made * held
            found[:, columns + len(market)] += made * (inside - held)
    return found


def expected_consultations(city: City, span: DaySpan, rows: Ints) -> Expected:
    """Return the expected number of consultations, less the share of needs without one and experts' capacity."""
    players, experts = city.players, city.experts
    peers = _peers(players, city.consultations, len(experts), span.start)
    asked = _followed(city, span, CONSULTED_AFTER)[rows]
    found: Expected = np.zeros((len(rows), len(experts)))
    for theme in range(THEME_COUNT):
        wanted = consultation_appeal(players, experts, rows, np.full(len(rows), theme), peers)
        found += asked[:, theme, None] * _softmax(wanted)
    return found


def expected_licences(city: City, span: DaySpan, rows: Ints) -> Expected:
    """Return the chance of each technology in a licence of the span."""
    offer = technology_offer(city.background, city.seed, city.until, stream(city.seed, "licences"))
    return _expected_meetings(city, offer, city.licences, span, rows)


def expected_collaborations(city: City, span: DaySpan, rows: Ints) -> Expected:
    """Return the chance of each researcher in a collaboration of the span."""
    offer = researcher_offer(city.background, city.researchers, city.seed)
    return _expected_meetings(city, offer, city.collaborations, span, rows)


def expected_tenancies(city: City, span: DaySpan, rows: Ints) -> Expected:
    """Return the chance of each space that was free when the span began: the bid, without what others bid.

    A company bids from the district that it is in before it moves. A space is moved into soon after it becomes
    available or not at all.
    """
    players, spaces = city.players, city.spaces
    companies = make_companies(players.industries, len(players.companies), city.seed, city.until)
    appeal = center_appeal(companies, players.taste, rows, spaces.center_taste, city.background.center_district)
    wanted = appeal[:, spaces.center] - size_misfit(companies, rows, spaces.area)
    taken = (spaces.tenant >= 0) & (spaces.moved_in < span.start)
    inside = np.where(taken | spaces.support, 0, span.share(spaces.available, MOVED_WITHIN))
    return _softmax(np.where(inside > 0, wanted, -np.inf)) * inside


_RULES: Final[Mapping[str, Callable[[City, DaySpan, Ints], Expected]]] = MappingProxyType(
    {
        "Program": expected_applications,
        "Expert": expected_consultations,
        "Technology": expected_licences,
        "Researcher": expected_collaborations,
        "Space": expected_tenancies,
    }
)
_IDS: Final[Mapping[str, Callable[[City], Strings]]] = MappingProxyType(
    {
        "Program": lambda city: city.players.market.nodes,
        "Expert": lambda city: "expert:" + city.experts.ids,
        "Technology": lambda city: strings(city.background.technologies, "id"),
        "Researcher": lambda city: city.researchers.ids,
        "Space": lambda city: "space:" + city.spaces.ids,
    }
)


def _known_before(players: Players, day: int) -> Players:
    """Return the same without needs from ``day`` on."""
    needs = players.needs
    past = needs.day < day
    known = Needs(needs.ids[past], needs.company[past], needs.theme[past], needs.pattern[past], needs.day[past])
    return replace(players, needs=known)


def _history(players: Players, city: City, day: int) -> History:
    """Return the applications before ``day``."""
    history, made = players.history(), city.applications
    past = made.day < day
    history.add(made.company[past], made.program[past])
    return history


def _peers(players: Players, met: Encounters, others: int, day: int) -> Peers:
    """Return who met whom before ``day``."""
    peers, past = Peers(players, others), met.day < day
    peers.add(met.company[past], met.other[past])
    return peers


def _followed(city: City, span: DaySpan, delay: tuple[int, int]) -> Expected:
    """Return the expected number of needs whose day plus a delay in [low, high) lies in the span; (companies, themes).

    Needs raised before the span are known, later ones are expected by how many a company has and of which themes.
    """
    players, (low, high) = city.players, delay
    companies, needs = players.companies, _known_before(players, span.start).needs
    cells = needs.company * THEME_COUNT + needs.theme
    ripe = span.share(needs.day + low, high - low)
    known = np.bincount(cells, ripe, len(companies) * THEME_COUNT).reshape(-1, THEME_COUNT)
    days = np.arange(span.start, span.end)
    left = np.append(np.cumsum(span.share(days + low, high - low)[::-1])[::-1], 0)
    from_day = np.clip(companies.founded - span.start, 0, len(days))
    alive = city.until - np.maximum(companies.founded, city.until - SPAN)
    later = expected_needs(companies, players.taste, city.until) / alive * left[from_day]
    return np.asarray(known + later[:, None] * _softmax(players.taste.themes), np.float64)


def _expected_meetings(city: City, offer: Offer, met: Encounters, span: DaySpan, rows: Ints) -> Expected:
    peers = _peers(city.players, met, len(offer.liking), span.start)
    exists = span.share(np.maximum(offer.from_day + 1, span.start), span.end - span.start)
    wanted = meeting_appeal(city.players, offer, rows, peers)
    return _softmax(np.where(exists > 0, wanted, -np.inf)) * exists


def _softmax(scores: npt.NDArray[np.floating]) -> Expected:
    """Chances by row; all 0 in a row where nothing is possible."""
    scores = scores.astype(np.float64)
    top = scores.max(axis=1, keepdims=True, initial=-np.inf)
    weight = np.exp(scores - np.where(np.isfinite(top), top, 0))
    return np.asarray(weight / np.maximum(weight.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny))
