"""Explanations are true where the score needs the path, and are told apart from those that are not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError
from graph_schema.progress import silent
from recommender.engine.estimator import EngineEstimator, EngineScorer, Mix
from recommender.engine.paths import BasketPath, PathFinder, without_edges, without_given
from recommender.knowledge.known import Known, Questions
from recommender.lab import explain as explaining
from recommender.lab.explain import ExplainedCandidate, batches, draw_cases, explain, random_edges
from recommender.report.explained import ALONE_BELOW, Explained, Share, section, with_explained, write_explained
from tests.recommender.engine.small_engine import ROWS, clubs, known_of, quick
from tests.recommender.folders import World
from tests.recommender.scorers.small import ask, edges, partners, taken

NEIGHBOURS = Mix(simple={"knn:target": 1.0})
FOUND = Explained("world", 0, Share.of([True] * 3 + [False]), {"target": Share.of([True])}, {"popularity": 2}, 1, 0)


def scorer_of(known: Known, mix: Mix = NEIGHBOURS) -> EngineScorer:
    return EngineEstimator("engine", quick(), mix).fit(known, np.random.default_rng(0))


def test_the_path_leads_by_the_nearest_basket() -> None:
    """With item 1 given, item 3 is reached by user 1 alone, item 0 by user 0."""
    known = taken(ROWS)
    finder = PathFinder(scorer_of(known), ask(known, [4], [(0, 1)]))
    (path,) = finder.strongest(0, 3, 9)
    assert (path.relation, path.given, path.basket, path.candidate) == ("target", 1, 1, 3)
    assert path.contribution == pytest.approx((2**-0.5 / 3**0.5) ** 1.5, rel=1e-2)
    assert path.edges == (("target", 1, 1), ("target", 1, 3))
    assert [each.basket for each in finder.strongest(0, 0, 9)] == [0]
    assert finder.strongest(0, 0, 0) == []


def test_nothing_given_means_no_path() -> None:
    known = taken(ROWS)
    assert PathFinder(scorer_of(known), ask(known, [4])).strongest(0, 3, 9) == []


def test_paths_through_other_relations_name_them() -> None:
    known = partners([(0, 1)], links=[edges(("Company", "IN", "Project"), [(0, 2), (3, 2)])])
    mix = Mix(simple={"knn:Company__IN__Project__out": 1.0})
    path = PathFinder(scorer_of(known, mix), known.history_of(np.array([0]))).strongest(0, 3, 1)[0]
    assert path.edges == (("Company__IN__Project__out", 2, 0), ("Company__IN__Project__out", 2, 3))
    less = without_edges(known, set(path.edges))
    assert [len(each) for each in less.relations] == [0]
    assert len(less.pairs) == len(known.pairs)


def test_symmetric_pairs_go_in_both_directions_and_from_what_is_given() -> None:
    known = partners([(0, 1), (1, 2), (3, 4)])
    gone = {("target", 1, 0)}
    assert without_edges(known, gone).history.nnz == 4
    asked = known.history_of(np.array([0, 2]))
    assert without_given(asked, known, gone).context.toarray().tolist() == [[0] * 5, [0, 1, 0, 0, 0]]


def test_cases_of_a_batch_share_neither_basket_nor_candidate() -> None:
    def case(question: int, basket: int, candidate: int) -> ExplainedCandidate:
        return ExplainedCandidate(question, candidate, (BasketPath("target", 0, basket, candidate, 1.0),))

    questions = ask(partners([(0, 1)]), [0, 1, 2, 3, 4])
    cases = [case(0, 7, 5), case(1, 7, 6), case(2, 8, 5), case(3, 9, 7)]
    assert batches(cases, questions, 9) == [[0, 3], [1, 2]]
    assert batches(cases, questions, 1) == [[0], [1], [2], [3]]
    assert batches([case(0, 7, 5), case(4, 0, 8)], questions, 9) == [[0], [1]], "0 asks, and is the basket of another"


def test_random_edges_are_of_the_same_relation_and_touch_no_case(tmp_path: Path) -> None:
    known, asked = known_of(clubs(), tmp_path)
    drawn_cases, questions = draw_cases(scorer_of(known), asked, 5, np.random.default_rng(0))
    cases = [case for case in drawn_cases if case.path is not None]
    drawn = random_edges(known, cases, questions, np.random.default_rng(1))
    assert len(drawn) == 2 * len(cases) > 0
    held = set(zip(known.pairs.query.tolist(), known.pairs.candidate.tolist(), strict=True))
    for name, basket, member in drawn:
        assert name == "target"
        assert (basket, member) in held
        for case in cases:
            assert case.path is not None
            assert basket != case.path.basket
            assert member not in (case.candidate, case.path.given)


def test_the_path_is_the_one_without_which_the_score_falls_most(tmp_path: Path) -> None:
    """The finder is made to name the weakest path first; leaving each out finds the strongest again."""
    known, asked = known_of(clubs(n_users=120, n_items=120), tmp_path)
    scorer = scorer_of(known)
    drawn, questions = draw_cases(scorer, asked, 40, np.random.default_rng(0))
    turned = [replace(case, paths=case.paths[::-1]) for case in drawn if len(case.paths) > 1]
    chosen, _ = explaining._claimed(scorer, questions, turned, 5, silent)
    best = [max(case.paths, key=lambda path: path.contribution) for case in turned]
    named = [
        case.paths[0].contribution == path.contribution for case, path in zip(chosen, best, strict=True) if case.paths
    ]
    assert len(named) > 20
    assert np.mean(named) > 0.8


def test_neighbours_need_their_path(tmp_path: Path) -> None:
    """The score is a sum over paths and nothing else, so without the strongest it falls more."""
    known, asked = known_of(clubs(n_users=120, n_items=120), tmp_path)
    found = explain(scorer_of(known), asked, 60)
    assert found.all.cases + sum(found.without_path.values()) == 60
    assert found.all.cases > 40
    assert found.all.share > 0.9
    assert found.median_drop_path > 10 * abs(found.median_drop_random)
    assert list(found.by_relation) == ["target"]


def test_a_score_that_heeds_no_path_is_not_explained_by_one(tmp_path: Path) -> None:
    """Who asks for what goes with his kind is not moved by any one basket; paths exist, and are not the reason."""
    world: World = clubs()
    kinds = [(f"u{user:03}", f"k{user % 6}") for user in range(90)]
    known, asked = known_of(world.add("nodes/User", "id,kind", kinds), tmp_path)
    scorer = scorer_of(known, Mix(simple={"match:asked-by": 1.0}))
    found = explain(scorer, asked, 60)
    assert found.connected_without_effect > 20
    assert found.all.cases == 0


def test_trained_parts_are_explained_and_the_seed_decides(tmp_path: Path) -> None:
    known, asked = known_of(clubs(n_users=120, n_items=120), tmp_path)
    scorer = scorer_of(known, Mix({"binary": 0.5}, 0.5))
    first, second = (explain(scorer, asked, 12, seed=1) for _ in range(2))
    assert first == second
    assert first.all.cases > 8


def test_recommendations_without_a_path_are_counted_apart(tmp_path: Path) -> None:
    known, asked = known_of(clubs(), tmp_path)
    cold = Questions(asked.query, replace(asked.given.take(np.zeros(0, int))), asked.n_candidates)
    found = explain(scorer_of(known), cold, 20)
    assert found.all == Share(0, 0, 0.0, 0.0, 1.0)
    assert found.without_path == {"popularity": 20}


def test_the_section_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("# Report\n\n## Explanations\n\nold\n\n## Data\n\nkept\n", encoding="utf-8")
    write_explained(FOUND, tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.count("Explanations") == 1
    assert "old" not in text
    assert "## Data\n\nkept" in text
    assert "| 전체 · all | 4 | 3 | 0.750 |" in section(FOUND)
    assert json.loads((tmp_path / "explain.json").read_text(encoding="utf-8"))["all"]["share"] == 0.75


def test_the_section_names_model_and_data_and_says_what_the_share_is_of(tmp_path: Path) -> None:
    """Three true ones of four that a path explains are three of ten that any path joins."""
    found = replace(FOUND, model="gnn", data="abc", connected_without_effect=6)
    write_explained(found, tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for words in ("gnn on world, data hash abc", "Of all 10 recommendations", "share 0.300", "does better than chance"):
        assert words in text
    plain = json.loads((tmp_path / "explain.json").read_text(encoding="utf-8"))
    assert (plain["model"], plain["data"]) == ("gnn", "abc")
    assert (plain["depth"], plain["tried"], plain["least_fall"]) == (10, 10, 0.01)
    assert (plain["share_of_joined"]["cases"], plain["share_of_joined"]["lowered_more"]) == (10, 3)
    assert with_explained("", tmp_path, "abc") == section(found)


def test_a_folder_with_a_run_on_other_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text('{"hashes": {"data": "abc"}}', encoding="utf-8")
    with pytest.raises(ConfigError, match="--out"):
        write_explained(replace(FOUND, data="def"), tmp_path)
    assert not (tmp_path / "explain.json").exists()


def test_what_was_written_before_the_data_were_named_is_read_but_shown_nowhere(tmp_path: Path) -> None:
    write_explained(replace(FOUND, data="abc"), tmp_path)
    path = tmp_path / "explain.json"
    older = json.loads(path.read_text(encoding="utf-8"))
    for name in ("model", "data", "tried", "least_fall", "share_of_joined", "connected_without_effect"):
        del older[name]
    path.write_text(json.dumps(older), encoding="utf-8")
    assert with_explained("# Report\n", tmp_path, "abc") == "# Report\n"


def test_cases_are_alone_where_the_section_says_so() -> None:
    """The least graph that takes two cases at once is the one below which the section names one."""
    assert 2 * explaining._LEAST_GRAPH == ALONE_BELOW
