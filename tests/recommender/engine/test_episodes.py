"""Past windows: nothing of a window or later is known in it, and it is asked as the real one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.engine.episodes import EpisodeConfig, Style, make_episodes, most_questions, with_cold_copies
from recommender.knowledge.known import Known
from recommender.knowledge.stages import Stage, StageName, build_stage
from tests.recommender.engine.small_engine import TIMELESS, clubs
from tests.recommender.folders import World, consortia, people, shop
from tests.recommender.scorers.small import edges, partners, taken

DAY = 86_400.0


def stage_of(world: World, folder: Path, name: StageName = "valid") -> Stage:
    return build_stage(world.write(folder), name, {})


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_style_of_a_shop_is_warm_with_the_length_of_its_window(tmp_path: Path) -> None:
    style = Style.of(stage_of(shop(), tmp_path))
    assert (style.fresh, style.cold, style.given_share, style.lead_given) == (False, False, 0.0, False)
    assert 28 * DAY <= style.span <= 34 * DAY


def test_style_of_consortia_is_fresh_with_two_of_five_given(tmp_path: Path) -> None:
    style = Style.of(stage_of(consortia(), tmp_path))
    assert style.fresh
    assert style.given_share == pytest.approx(0.4)
    assert style.least == 5
    assert style.span == 365 * DAY


def test_style_knows_whether_the_heaviest_member_is_given(tmp_path: Path) -> None:
    world = consortia()
    for name, heavy in (("given", "valid_context"), ("asked", "valid")):
        weighed = World([(*row, 9 if row[3] == heavy else 1) for row in world.target], world.target_key)
        weighed.header, weighed.query, weighed.candidate = f"{world.header},weight", world.query, world.candidate
        assert Style.of(stage_of(weighed, tmp_path / name)).lead_given is (name == "given")


def test_style_without_anything_given_is_cold(tmp_path: Path) -> None:
    world = consortia()
    world.target = [(*row[:3], str(row[3]).removesuffix("_context")) for row in world.target]
    style = Style.of(stage_of(world, tmp_path))
    assert (style.cold, style.fresh) == (True, False)


def test_style_without_dates_has_no_span(tmp_path: Path) -> None:
    assert Style.of(stage_of(clubs(), tmp_path)).span == 0.0


def test_an_undated_row_does_not_shrink_the_window(tmp_path: Path) -> None:
    """The test window has no time and one row of valid has none either: the others say how long valid was."""
    world = shop()
    world.target = [(*row[:2], "" if row[3] == "test" else row[2], row[3]) for row in world.target]
    last = max(at for at, row in enumerate(world.target) if row[3] == "valid")
    world.target[last] = (*world.target[last][:2], "", "valid")
    assert Style.of(stage_of(world, tmp_path)).span > 20 * DAY


def dated() -> Known:
    """Five pairs, one every ten days, and a relation with a row in each window."""
    days = ["2020-01-01", "2020-01-11", "2020-01-21", "2020-01-31", "2020-02-10"]
    links = [edges(("User", "SAW", "Item"), [(0, 3), (1, 3), (2, 3)], ["2020-01-02", "2020-01-22", "2020-02-11"])]
    known = taken([(0, 0), (1, 1), (0, 2), (1, 3), (0, 3)], days, links=links)
    return replace(known, start=np.datetime64("2020-02-11", "s"))


def test_a_window_knows_nothing_of_itself_or_later() -> None:
    found = make_episodes(dated(), replace(TIMELESS, span=20 * DAY), EpisodeConfig(count=2), rng())
    starts = [each.known.start for each in found]
    assert starts == [np.datetime64("2020-01-02"), np.datetime64("2020-01-22")]
    for each, pairs, rows in zip(found, (1, 3), (0, 1), strict=True):
        assert len(each.known.pairs) == pairs
        assert (each.known.pairs.time < each.known.start).all()
        assert [len(relation) for relation in each.known.relations] == [rows]
    first, second = found
    assert [
        (int(first.questions.query[row]), int(item)) for row, item in zip(*first.positives.nonzero(), strict=True)
    ] == [
        (0, 2),
        (1, 1),
    ]
    assert second.positives.toarray().tolist() == [[0, 0, 0, 1], [0, 0, 0, 1]]
    assert second.questions.context.toarray().tolist() == [[1, 0, 1, 0], [0, 1, 0, 0]]


def test_windows_without_questions_are_left_out() -> None:
    found = make_episodes(dated(), replace(TIMELESS, span=20 * DAY), EpisodeConfig(count=9), rng())
    assert len(found) == 3
    assert len(found[0].known.pairs) == 0


def test_what_is_known_already_is_not_asked_again() -> None:
    known = taken([(0, 0), (0, 0), (0, 1)], ["2020-01-01", "2020-01-11", "2020-01-12"])
    (found,) = make_episodes(
        replace(known, start=np.datetime64("2020-01-15", "s")),
        replace(TIMELESS, span=5 * DAY),
        EpisodeConfig(count=1),
        rng(),
    )
    assert found.positives.toarray().tolist() == [[0, 1, 0, 0]]


def test_fresh_questions_come_with_their_share_and_are_not_known_before(tmp_path: Path) -> None:
    stage = stage_of(consortia(), tmp_path)
    style = replace(Style.of(stage), span=60 * DAY)
    episodes = make_episodes(stage.known, style, EpisodeConfig(count=3), rng())
    assert episodes
    for each in episodes:
        assert (np.diff(each.questions.context.indptr) == 2).all()
        assert (np.diff(each.positives.indptr) == 3).all()
        assert not each.questions.context.multiply(each.positives).nnz
        assert not each.known.history[each.questions.query].nnz


def test_the_heaviest_pairs_are_given_where_the_window_gives_them() -> None:
    days = ["2020-01-01"] * 4 + ["2020-01-10"] * 4
    known = taken([(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)], days)
    weights = np.array([1, 1, 1, 1, 1, 1, 5, 1], np.float32)
    known = replace(known, pairs=replace(known.pairs, weight=weights), start=np.datetime64("2020-01-15", "s"))
    style = Style(10 * DAY, fresh=True, cold=False, given_share=0.25, lead_given=True, least=4)
    (found,) = make_episodes(known, style, EpisodeConfig(count=1), rng())
    assert found.questions.query.tolist() == [1]
    assert found.questions.context.toarray().tolist() == [[0, 0, 1, 0]]
    assert found.positives.toarray().tolist() == [[1, 1, 0, 1]]


def test_folds_hide_both_directions_of_a_symmetric_pair() -> None:
    rows = [(one, other) for one in range(5) for other in range(one + 1, 5)]
    known = partners(rows)
    found = make_episodes(known, TIMELESS, EpisodeConfig(count=4, folds=4), rng())
    answers = np.zeros((5, 5))
    for each in found:
        history = each.known.history.toarray()
        assert (history == history.T).all()
        mine = np.zeros((5, 5))
        mine[each.questions.query] = each.positives.toarray()
        assert (mine == mine.T).all()
        assert not (history * mine).any()
        answers += mine
    assert (answers == known.history.toarray()).all()


def test_folds_of_one_direction_may_keep_the_other(tmp_path: Path) -> None:
    known = stage_of(people(dates=False), tmp_path).known
    for each in make_episodes(known, TIMELESS, EpisodeConfig(count=3), rng()):
        assert each.positives.nnz + each.known.history.nnz <= known.history.nnz
        assert not each.known.history[each.questions.query].multiply(each.positives).nnz


def test_cold_folds_hide_whole_nodes_and_every_pair_that_leads_to_them(tmp_path: Path) -> None:
    known = stage_of(people(dates=False), tmp_path).known
    for each in make_episodes(known, replace(TIMELESS, cold=True), EpisodeConfig(count=3), rng()):
        assert not each.known.history[each.questions.query].nnz
        assert not each.known.history[:, each.questions.query].nnz
        assert not len(each.questions.given)


def test_some_questions_are_asked_a_second_time_with_nothing_given() -> None:
    (*_, episode) = make_episodes(dated(), replace(TIMELESS, span=20 * DAY), EpisodeConfig(count=2), rng())
    copied = with_cold_copies(episode, 0.5, rng())
    assert len(copied.questions) == 3
    assert np.diff(copied.questions.context.indptr)[-1] == 0
    again = int(np.flatnonzero(episode.questions.query == copied.questions.query[-1])[0])
    assert (copied.positives[[2]] != episode.positives[[again]]).nnz == 0


def test_of_many_questions_some_are_drawn(tmp_path: Path) -> None:
    known = stage_of(clubs(), tmp_path).known
    for each in make_episodes(known, TIMELESS, EpisodeConfig(count=2, max_queries=7), rng()):
        assert len(each.questions) == 7
        assert each.positives.shape == (7, 60)


@pytest.mark.parametrize("world", [shop, consortia, people, clubs])
def test_no_episode_has_more_questions_than_its_pairs_let_expect(world: object, tmp_path: Path) -> None:
    stage = stage_of(world(), tmp_path)  # type: ignore[operator]
    style, config = Style.of(stage), EpisodeConfig(count=8, length=0.5, draws=2)
    found = sorted(len(each.questions) for each in make_episodes(stage.known, style, config, rng()))
    sizes = np.sort(most_questions(stage.known, style, config))
    assert len(sizes) == 8
    assert found
    assert (np.array(found) <= sizes[-len(found) :]).all()
