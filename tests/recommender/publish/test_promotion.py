"""A learned model serves only where later data show that it is better, or where a person says so."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from graph_schema.wording import Wording
from recommender.measure.bootstrap import Difference
from recommender.publish.promotion import MIN_EVENTS, Compared, Promotion, PromotionVerdict, judge, what_failed, why

COMPARED = (PromotionVerdict.LEARNED, PromotionVerdict.BASELINE, PromotionVerdict.KEPT)
WINDOWS = ("2025-01-01", "2025-07-01", "2026-01-01")


def compared(gain: float, events: int, noise: float = 0.1) -> Compared:
    rng = np.random.default_rng(0)
    base = rng.random(events)
    learned = base + gain + noise * rng.normal(size=events)
    return Compared({"learned": learned, "popularity": base, "item-knn": base - 0.1}, np.arange(events))


def test_a_clear_gain_promotes() -> None:
    found = judge("learned", compared(0.05, 200), WINDOWS)
    assert found.verdict is PromotionVerdict.LEARNED
    assert found.baseline == "popularity"
    assert found.low is not None
    assert found.low > 0
    assert (found.askers, found.events, found.windows) == (200, 200, WINDOWS)


def test_a_gain_within_chance_leaves_the_simple_scorer_in_service() -> None:
    found = judge("learned", compared(0.005, 200, noise=0.3), WINDOWS)
    assert found.verdict is PromotionVerdict.BASELINE
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


def test_askers_of_one_event_are_no_independent_witnesses() -> None:
    """The same values count as proof when each asker is an event of its own, and not when ten askers share one."""
    gains = np.repeat(np.tile([0.3, -0.2], 20), 10)
    values = {"learned": 0.5 + gains, "popularity": np.full(400, 0.5)}
    assert judge("learned", Compared(values, np.arange(400)), WINDOWS).verdict is PromotionVerdict.LEARNED
    assert judge("learned", Compared(values, np.arange(400) // 10), WINDOWS).verdict is PromotionVerdict.BASELINE


def test_too_few_events_prove_nothing() -> None:
    found = judge("learned", compared(0.5, MIN_EVENTS - 1), WINDOWS)
    assert found.verdict is PromotionVerdict.UNTESTED
    assert found.forced().verdict is PromotionVerdict.FORCED


def told(verdict: PromotionVerdict, low: float, high: float) -> Promotion:
    return Promotion(verdict, "engine", "popularity", 0.2, 0.1, (low + high) / 2, low, high, 0.01, 100, 90, WINDOWS)


@pytest.mark.parametrize(
    ("verdict", "low", "high", "close"),
    [
        (PromotionVerdict.LEARNED, 0.001, 0.0402, True),
        (PromotionVerdict.LEARNED, 0.009, 0.0482, True),
        (PromotionVerdict.LEARNED, 0.011, 0.0502, False),
        (PromotionVerdict.BASELINE, -0.009, 0.0302, True),
        (PromotionVerdict.BASELINE, -0.011, 0.0282, False),
        (PromotionVerdict.BASELINE, 0.0, 0.0, True),
        (PromotionVerdict.KEPT, 0.009, 0.0482, True),
        (PromotionVerdict.FORCED, 0.001, 0.0402, False),
        (PromotionVerdict.UNTESTED, 0.001, 0.0402, False),
    ],
)
def test_a_verdict_is_close_within_one_standard_error(
    verdict: PromotionVerdict, low: float, high: float, *, close: bool
) -> None:
    """The interval is 3.92 standard errors wide, .0392, so that one is .01."""
    assert told(verdict, low, high).is_close is close


def test_it_is_close_where_what_served_before_was_nearly_kept() -> None:
    clear = told(PromotionVerdict.LEARNED, 0.02, 0.0592)
    assert not clear.is_close
    assert replace(clear, before_ahead=Difference(0.01, -0.009, 0.0302, 0.3)).is_close
    assert not replace(clear, before_ahead=Difference(-0.1, -0.12, -0.0808, 0.001)).is_close


def test_what_is_stored_comes_back_and_an_older_one_has_no_more_than_it_had() -> None:
    whole = replace(
        told(PromotionVerdict.LEARNED, 0.02, 0.0592),
        failed={"item-knn": Wording("까닭", "why")},
        before="popularity",
        before_ahead=Difference(-0.1, -0.12, -0.0808, 0.001),
    )
    raw = json.loads(json.dumps(asdict(whole)))
    assert Promotion.read(raw) == whole
    older = {name: each for name, each in raw.items() if name not in {"failed", "before", "before_ahead"}}
    assert Promotion.read(older) == told(PromotionVerdict.LEARNED, 0.02, 0.0592)


def test_who_asks_reads_what_failed_but_not_what_happened() -> None:
    """It may name files and memory of the machine."""
    found = Promotion(PromotionVerdict.FAILED, baseline="popularity", failed={"engine": Wording("어디", "at /x")})
    assert "engine" in why(found).en
    assert "/x" not in why(found).en
    assert [each.en for each in what_failed(found)] == ["engine failed: at /x"]
    assert [*what_failed(None)] == []


@pytest.mark.parametrize("verdict", list(PromotionVerdict))
def test_every_verdict_is_told_in_both_languages(verdict: PromotionVerdict) -> None:
    plain = why(Promotion(verdict, "gnn", "popularity")) if verdict not in COMPARED else None
    with_figures = why(Promotion(verdict, "gnn", "popularity", 0.2, 0.1, 0.1, 0.05, 0.15, 0.001, 100, 90, WINDOWS))
    for said in filter(None, (plain, with_figures)):
        assert any("가" <= letter <= "힣" for letter in said.ko)
        assert said.en.endswith(".")
    if verdict in (*COMPARED, PromotionVerdict.FORCED, PromotionVerdict.UNTESTED):
        assert "+0.1000 [+0.0500, +0.1500], p 0.001, 100 askers, 90 events" in with_figures.en


def test_what_was_put_together_by_hand_says_so() -> None:
    assert "An operator" in why(None).en
