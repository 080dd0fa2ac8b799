"""The true rule as a ranking: better than popularity, blind to what comes later, in the ids of the graph."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from scipy import sparse

from loaders.synthesize.applications import Applications, round_start
from loaders.synthesize.background import Background
from loaders.synthesize.city import City, build_city
from loaders.synthesize.encounters import Encounters
from loaders.synthesize.needs import PERIODS, Needs
from loaders.synthesize.truth import DaySpan, truth_of, with_typical_companies
from recommender.measure import metrics
from recommender.measure.ranks import rank_positives
from tests.loaders.synthesize.conftest import UNTIL

LABELS = ("Program", "Expert", "Space", "Technology", "Researcher")
Ints = npt.NDArray[np.int64]


@pytest.fixture(scope="module")
def small(background: Background) -> City:
    return build_city(background, companies=300, seed=7, until=UNTIL)


def last_round(city: City) -> DaySpan:
    return DaySpan(round_start(PERIODS - 1, city.until), city.until)


def ndcg(scores: npt.NDArray[np.floating], rows: Ints, company: Ints, chosen: Ints) -> float:
    """Mean NDCG@10 of what companies chose; ``rows`` are those of ``scores``."""
    cells = np.searchsorted(rows, company), chosen
    answers = sparse.coo_array((np.ones(len(chosen), np.int8), cells), shape=scores.shape).tocsr()
    return float(metrics.compute(rank_positives(np.asarray(scores, np.float64), answers), "ndcg@10").mean())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_beats_popularity_on_programmes(background: Background, seed: int) -> None:
    """In a city of 300 companies, on what they apply to in the last half-year."""
    city = build_city(background, companies=300, seed=seed, until=UNTIL)
    made, span = city.applications, last_round(city)
    late = made.day >= span.start
    rows = np.unique(made.company[late])
    market = city.players.market
    node = market.node(made.program, made.day)
    popular = np.bincount(node[~late], minlength=len(market.nodes)).astype(float)
    found = {
        name: ndcg(scores, rows, made.company[late], node[late])
        for name, scores in {
            "rule": truth_of(city, "Program").expected(city, span, rows),
            "popularity": np.tile(popular, (len(rows), 1)),
        }.items()
    }
    assert found["rule"] > found["popularity"] + 0.05


def test_what_a_company_has_of_its_own_is_worth_knowing(city: City) -> None:
    """Typical companies of their industry, size and age say much of the choices, and not all."""
    made, span = city.applications, last_round(city)
    late = made.day >= span.start
    rows = np.unique(made.company[late])[:1_000]
    asked = late & np.isin(made.company, rows)
    market = city.players.market
    node = market.node(made.program, made.day)
    rule, typical, nothing = (
        ndcg(each, rows, made.company[asked], node[asked])
        for each in (
            truth_of(city, "Program").expected(city, span, rows),
            truth_of(city, "Program").expected(with_typical_companies(city), span, rows),
            np.zeros((len(rows), len(market.nodes))),
        )
    )
    assert rule > typical + 0.02 > nothing + 0.1


@pytest.mark.parametrize("label", LABELS)
def test_it_beats_chance_on_each_kind_of_choice(city: City, label: str) -> None:
    span = last_round(city)
    spaces, made = city.spaces, city.applications
    company, chosen, day = {
        "Program": (made.company, city.players.market.node(made.program, made.day), made.day),
        "Expert": (city.consultations.company, city.consultations.other, city.consultations.day),
        "Technology": (city.licences.company, city.licences.other, city.licences.day),
        "Researcher": (city.collaborations.company, city.collaborations.other, city.collaborations.day),
        "Space": (spaces.tenant, np.arange(len(spaces)), np.where(spaces.tenant >= 0, spaces.moved_in, 0)),
    }[label]
    late = np.flatnonzero(day >= span.start)
    rows = np.unique(company[late])
    scores = truth_of(city, label).expected(city, span, rows)
    assert (scores >= 0).all()
    chance = ndcg(np.zeros(scores.shape), rows, company[late], chosen[late])
    assert ndcg(scores, rows, company[late], chosen[late]) > 2 * chance


def test_as_many_applications_are_expected_as_are_made(city: City) -> None:
    """By the rule itself, so that the rounds of a span have their right share."""
    span = last_round(city)
    rows = np.arange(0, len(city.players.companies), 4)
    expected = truth_of(city, "Program").expected(city, span, rows).sum()
    made = ((city.applications.day >= span.start) & (city.applications.company % 4 == 0)).sum()
    assert expected == pytest.approx(made, rel=0.15)


@pytest.mark.parametrize("label", LABELS)
def test_nothing_after_the_day_is_used(small: City, label: str) -> None:
    """With other needs, applications, meetings and tenants from the day on, the same is expected."""
    span, rows = DaySpan(small.until - 300, small.until), np.arange(300)
    other = changed_from(small, span.start)
    truth = truth_of(small, label)
    np.testing.assert_array_equal(truth.expected(small, span, rows), truth.expected(other, span, rows))


def test_what_happened_before_the_day_is_used(small: City) -> None:
    """Else the test above would show nothing."""
    span, rows = DaySpan(small.until - 300, small.until), np.arange(300)
    other = changed_from(small, span.start - 400)
    for label in ("Program", "Expert", "Researcher"):
        truth = truth_of(small, label)
        assert not np.array_equal(truth.expected(small, span, rows), truth.expected(other, span, rows)), label


def changed_from(city: City, day: int) -> City:
    """Return the city with other choices and needs from ``day`` on; what it knew before stays."""
    rng = np.random.default_rng(0)
    needs, made, spaces = city.players.needs, city.applications, city.spaces
    late = needs.day >= day
    needs = Needs(needs.ids, mixed(needs.company, late, rng), mixed(needs.theme, late, rng), needs.pattern, needs.day)
    late = made.day >= day
    made = Applications(
        mixed(made.company, late, rng), mixed(made.program, late, rng), made.day, made.awarded, made.amount
    )
    late = (spaces.tenant < 0) | (spaces.moved_in >= day)
    tenant = mixed(spaces.tenant, late, rng)
    return replace(
        city,
        players=replace(city.players, needs=needs),
        applications=made,
        spaces=replace(spaces, tenant=tenant, moved_in=np.where(late, city.until - 1, spaces.moved_in)),
        consultations=met_otherwise(city.consultations, day, rng),
        licences=met_otherwise(city.licences, day, rng),
        collaborations=met_otherwise(city.collaborations, day, rng),
    )


def met_otherwise(met: Encounters, day: int, rng: np.random.Generator) -> Encounters:
    late = met.day >= day
    return Encounters(mixed(met.company, late, rng), mixed(met.other, late, rng), met.day, met.grade)


def mixed(values: Ints, where: npt.NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """Return the same values, those of ``where`` in another order."""
    found = values.copy()
    found[where] = rng.permutation(values[where])
    return found


@pytest.mark.parametrize("label", LABELS)
def test_candidates_have_the_ids_of_the_graph(city: City, tables: dict[str, pa.Table], label: str) -> None:
    """As many as columns, each once, and all that companies of the city chose among them; what one filed is its own."""
    ids = truth_of(city, label).ids.tolist()
    chosen = {
        id_
        for name, table in tables.items()
        if name.startswith("Company__") and name.endswith(f"__{label}") and name != "Company__FILED__Technology"
        for id_ in table["dst"].to_pylist()
    }
    assert chosen
    assert chosen <= set(ids)
    assert len(set(ids)) == len(ids)
    span = last_round(city)
    assert truth_of(city, label).expected(city, span, np.arange(2)).shape == (2, len(ids))


def test_spaces_that_are_taken_or_for_support_are_not_expected(city: City) -> None:
    span, spaces = last_round(city), city.spaces
    expected = truth_of(city, "Space").expected(city, span, np.arange(50))
    assert not expected[:, (spaces.tenant >= 0) & (spaces.moved_in < span.start)].any()
    assert not expected[:, spaces.support].any()
    assert expected[:, (spaces.tenant >= 0) & (spaces.moved_in >= span.start)].all()


def test_a_span_has_its_share_of_days() -> None:
    span = DaySpan(10, 20)
    np.testing.assert_array_equal(span.share(np.array([10, 5, 18, 20, 0]), 10), [1.0, 0.5, 0.2, 0.0, 0.0])
