"""Episodes: past windows that ask as the real one does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.engine.episodes import Style
from recommender.engine.pretrained.canonical import YEAR
from recommender.engine.pretrained.canonical_episodes import (
    CanonicalEpisodeConfig,
    asks_for_unseen,
    canonical_episodes,
    unseen_episodes,
)
from tests.recommender.engine.small_engine import TIMELESS
from tests.recommender.scorers.small import taken

YEARLY = Style(span=3 * YEAR, fresh=False, cold=False, given_share=0.0, lead_given=False, least=1)
PAIRS = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 2), (1, 3)]
DAYS = ["2018-02-01", "2018-03-01", "2018-04-01", "2019-02-01", "2020-02-01", "2020-03-01"]
KNOWN = replace(taken(PAIRS, DAYS), start=np.datetime64("2021-01-01", "s"))
PLAIN = CanonicalEpisodeConfig(windows=2, cold_share=0.0)


def test_windows_are_of_a_year_at_most() -> None:
    """2019 has one question, 2020 two; each has one answer."""
    seen = replace(KNOWN, pairs=KNOWN.pairs.take(np.array([0, 1, 2, 3])), start=np.datetime64("2020-01-01", "s"))
    episodes = canonical_episodes(seen, YEARLY, replace(PLAIN, windows=1), np.random.default_rng(0))
    assert [len(each.pools) for each in episodes] == [1]
    assert [int(each.labels.sum()) for each in episodes] == [1]


def test_windows_that_ask_for_what_was_never_taken_hold_nothing_else() -> None:
    """In 2020 items 2 and 3 were first taken, by users with a past."""
    (episode,) = unseen_episodes(KNOWN, YEARLY, replace(PLAIN, windows=1), np.random.default_rng(0))
    assert len(episode.pools) == 2
    assert set(episode.pools.candidate.tolist()) == {2, 3}
    assert episode.labels.sum() == 2
    assert unseen_episodes(KNOWN, TIMELESS, PLAIN, np.random.default_rng(0)) == []


def test_a_set_whose_candidates_are_new_learns_from_new_ones() -> None:
    new = replace(KNOWN.before(np.datetime64("2020-01-01", "s")), is_candidate=np.array([False, False, True, True]))
    assert asks_for_unseen(new)
    assert not asks_for_unseen(KNOWN)
    both = replace(KNOWN, is_candidate=np.zeros(4, bool))
    assert not asks_for_unseen(both)


def test_undated_pairs_are_hidden_in_folds() -> None:
    episodes = canonical_episodes(taken(PAIRS), TIMELESS, replace(PLAIN, windows=10), np.random.default_rng(0))
    assert sum(int(each.labels.sum()) for each in episodes) == len(PAIRS)
