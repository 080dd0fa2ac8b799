"""Which of those shown were linked within a time, counted for all askers by those that were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.knowledge.known import Questions
from recommender.measure.arrays import Floats
from recommender.publish import later_links as module
from recommender.publish.later_links import LaterLinks
from tests.recommender.scorers.small import partners, taken

SPAN = date(2020, 3, 1), date(2020, 6, 1)
ROWS = [(0, 0), (1, 1), (0, 1), (2, 0), (2, 2), (3, 3), (0, 0)]
DAYS = ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-31", "2020-06-01", "2020-04-02"]
EVERYTHING = taken(ROWS, DAYS)


@dataclass(frozen=True)
class Fixed:
    """Scores that depend on the candidate alone, the last the best."""

    def score(self, questions: Questions) -> Floats:
        return np.tile(np.arange(questions.n_candidates, dtype=np.float32), (len(questions), 1))

    def retrieval_scores(self, _candidate: int) -> None:
        return None


def links(askers: int = 10, *, seed: int = 0) -> LaterLinks:
    return LaterLinks.of(EVERYTHING, SPAN, 3, askers, seed)


def test_links_are_those_new_from_the_first_day_until_before_the_last() -> None:
    found = links()
    assert found.rows.tolist() == [0, 2, 1, 3, 4], "askers with a new link come first"
    assert found.linked.toarray()[:2].tolist() == [[0, 1, 0, 0], [1, 0, 1, 0]]
    assert not found.linked.toarray()[2:].any()
    assert len(found.known.pairs) == 2, "what came later is not known"


def test_those_drawn_stand_for_all() -> None:
    found = links(1)
    assert len(found.rows) == 2
    assert found.weight.tolist() == [2.0, 3.0]
    assert links().weight.tolist() == [1.0] * 5


def test_one_seed_draws_the_same_askers() -> None:
    assert links(1, seed=3).rows.tolist() == links(1, seed=3).rows.tolist()
    assert len({tuple(links(1, seed=seed).rows.tolist()) for seed in range(12)}) > 1


def test_a_time_without_a_new_link_is_refused_with_its_days() -> None:
    with pytest.raises(EvaluationError, match="nobody has a new link from 2021-01-01 to 2021-02-01"):
        LaterLinks.of(EVERYTHING, (date(2021, 1, 1), date(2021, 2, 1)), 3, 10)


def test_the_curve_rises_with_the_score_and_is_the_share_that_came_true() -> None:
    found = links()
    curve = found.curve(Fixed())
    scores = np.linspace(-2, 2, 9)
    assert (np.diff(curve(scores)) >= 0).all()
    # 3 of 18 open pairs came true: 5 askers with 4 items each, less 2 known pairs.
    assert float(np.mean(curve(scores))) == pytest.approx(3 / 18, abs=0.02)


def test_bins_count_every_open_pair_of_lists_shorter_than_what_is_shown() -> None:
    found = links()
    bins = found.bins(Fixed(), found.curve(Fixed()))
    assert bins[:, 2].sum() == 18
    assert (bins[:, 1] * bins[:, 2]).sum() == pytest.approx(3)


def test_blocks_do_not_change_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = links().curve(Fixed())
    monkeypatch.setattr(module, "_BLOCK_CELLS", 4)
    assert links().curve(Fixed()) == whole


def test_partners_are_not_shown_to_themselves() -> None:
    known = partners([(0, 1), (2, 3), (1, 2)], ["2020-01-01", "2020-02-01", "2020-04-01"])
    found = LaterLinks.of(known, SPAN, 1, 10)
    bins = found.bins(Fixed(), found.curve(Fixed()))
    # 5 companies with 4 others each, less two pairs known both ways round.
    assert bins[:, 2].sum() == 20 - 4
    assert (bins[:, 1] * bins[:, 2]).sum() == pytest.approx(2), "the new pair counts for both"
