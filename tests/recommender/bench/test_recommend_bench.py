"""Windows as a runner sees them: slices, unseen queries, checks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.bench.recommend_bench import FEW_COLD, RecommendBench, hide
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.known import Known, Questions, oriented
from recommender.knowledge.stages import build_stage
from recommender.measure.arrays import Floats
from tests.recommender.bench.models import Popular, PopularScorer
from tests.recommender.folders import World, consortia, people, shop


def bench_of(world: World, folder: Path) -> RecommendBench:
    return RecommendBench(world.write(folder), {})


def test_slices_are_told_by_what_is_given(tmp_path: Path) -> None:
    """A project of the window comes with two of its members, so it is few-shot; no candidate is unknown."""
    questions = bench_of(consortia(), tmp_path).questions("test")
    counts = {each.name: int(each.queries.sum()) for each in questions.slices}
    assert counts == {"all": 15, "warm": 0, "few_shot": 15, "cold_query": 0, "cold_candidate": 0}
    assert questions.history.tolist() == [2] * 15


def test_unseen_queries_lose_pairs_context_and_dated_rows_but_keep_attributes(tmp_path: Path) -> None:
    world = shop()
    world.add("edges/User__VISITED__Item", "src,dst", [("u00", "i01"), ("u01", "i02")])
    world.add("edges/User__LIVES_IN__City", "src,dst", [("u00", "c1"), ("u01", "c1")])
    world.add("edges/User__ASKED__Topic", "src,dst,time", [("u00", "t1", "2019-01-01"), ("u01", "t1", "2019-01-01")])
    stage = build_stage(world.write(tmp_path), "test", {})
    unseen = hide(stage, np.array([0]))
    assert len(unseen.questions) == 1
    assert unseen.questions.context.nnz == 0
    known = unseen.known
    assert known.history[[0]].nnz == 0
    assert known.history[[1]].nnz == stage.known.history[[1]].nnz
    sizes = {edges.name: len(edges) for edges in known.relations}
    assert sizes == {"VISITED": 1, "LIVES_IN": 2, "ASKED": 1}
    assert (unseen.positives != stage.positives[[0]]).nnz == 0


def test_unseen_people_are_unknown_as_candidates_too(tmp_path: Path) -> None:
    stage = build_stage(people().write(tmp_path), "test", {})
    unseen = hide(stage, np.array([0, 1]))
    hidden = stage.questions.query[:2]
    assert not np.isin(unseen.known.pairs.query, hidden).any()
    assert not np.isin(unseen.known.pairs.candidate, hidden).any()


def test_queries_are_hidden_only_where_few_are_cold(tmp_path: Path) -> None:
    hidden = bench_of(shop(), tmp_path / "warm").hide_queries()
    assert hidden is not None
    questions = hidden.questions("test")
    assert len(questions) == 12
    assert questions.history.tolist() == [0] * 12
    world = shop()
    world.split = 'kind = "inductive"\nshare = 0.4'
    cold = bench_of(world, tmp_path / "cold")
    assert len(cold.questions("test")) >= FEW_COLD
    assert cold.hide_queries() is None


def test_the_bench_itself_is_not_changed_by_hiding(tmp_path: Path) -> None:
    bench = bench_of(shop(), tmp_path)
    bench.hide_queries()
    assert len(bench.questions("test")) == 60


def test_only_candidates_are_ranked(tmp_path: Path) -> None:
    """Nodes that fail ``candidate_where`` are in no list, and coverage is over candidates alone."""
    world = shop()
    world.add("nodes/Item", "id,kind", [(f"i{item:02}", "a" if item < 40 else "b") for item in range(80)])
    world.task = 'candidate_where = { kind = "a" }'
    bench = bench_of(world, tmp_path)
    outcome = bench.rank(bench.fit(Popular(), "test", 0), "test", "popular")
    assert outcome.lists.columns.max() < 40
    assert outcome.answers.max() < 40
    assert bench.questions("test").candidates == 40


class Reversed:
    """What is best comes last."""

    def __init__(self, scorer: PopularScorer) -> None:
        self._scorer = scorer

    def score(self, asked: Questions) -> Floats:
        return -self._scorer.score(asked)


def test_scorers_are_ranked_behind_what_serves_with_them(tmp_path: Path) -> None:
    """Each window says which it is; the bench itself and what is learned stay as they are."""
    bare = bench_of(shop(), tmp_path)
    scorer, stages = bare.fit(Popular(), "test", 0), []

    def wrap(scorer: PopularScorer, stage: str) -> Reversed:
        stages.append(stage)
        return Reversed(scorer)

    behind = bare.behind(wrap)
    found = [each.rank(scorer, "test", "popular") for each in (bare, behind, behind.behind(None))]
    assert stages == ["test"]
    assert found[0].same_as(found[2])
    best, worst = (each.lists.columns[0] for each in found[:2])
    counts = np.bincount(bare.known("test").pairs.candidate, minlength=80)
    assert counts[best] > counts[worst]
    assert behind.known("test") is bare.known("test")
    hidden = behind.hide_queries()
    assert hidden is not None
    hidden.rank(scorer, "test", "popular")
    assert stages == ["test", "test"]


class Nosy:
    """Keeps what it is given to learn from."""

    name = "nosy"

    def fit(self, known: Known, rng: np.random.Generator) -> PopularScorer:
        self.known = known
        return Popular().fit(known, rng)


@pytest.mark.parametrize("world", [shop, consortia, people])
@pytest.mark.parametrize("window", ["valid", "test"])
def test_no_answer_can_be_read_off_the_dataset_that_a_model_is_given(
    tmp_path: Path, world: type[World], window: str
) -> None:
    """Its target rows are the known pairs; whoever reads them all learns no more."""
    bench, nosy = bench_of(world(), tmp_path), Nosy()
    bench.fit(nosy, window, 0)
    dataset = nosy.known.dataset
    seen = oriented(dataset.target, dataset.spec.task)
    assert len(seen) == len(nosy.known.pairs) > 0
    assert (seen.query == nosy.known.pairs.query).all()
    assert (seen.candidate == nosy.known.pairs.candidate).all()
    assert [edges.key for edges in dataset.relations] == [edges.key for edges in bench.dataset.relations]
    assert len(bench.dataset.target) > len(seen)


def small_world(*, weight: float = 1.0, train: str = "train", items: int = 13) -> World:
    """Three users take ten of the first items: six in train, two each in valid and test."""
    splits = [train] * 6 + ["valid"] * 2 + ["test"] * 2
    rows = [(f"u{user}", f"i{item}", split, weight) for user in range(3) for item, split in enumerate(splits)]
    world = World(rows, header="src,dst,split,weight").add("nodes/Item", "id", [(f"i{at}",) for at in range(items)])
    return world.add("nodes/User", "id", [(f"u{at}",) for at in range(3)])


def notes_of(world: World, folder: Path, rest: str = "") -> list[str]:
    world.write(folder)
    with (folder / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write(rest)
    return [note.en for note in RecommendBench(read_dataset(folder), {}).notes]


def test_metrics_that_no_model_can_change_are_named(tmp_path: Path) -> None:
    """Of thirteen items eight are known when the test asks, so five are left: a list of five holds them all."""
    (note,) = notes_of(small_world(), tmp_path / "five", "[report]\nk = [2, 5]\nmain = 'recall@5'\n")
    assert note.startswith("candidates left to a query: 5 at most; thus the same for every model: recall@5, hits@5, ")
    assert "precision@5; choose" in note
    assert notes_of(small_world(items=14), tmp_path / "six", "[report]\nk = [2, 5]\n") == []


def test_settings_chosen_where_nothing_was_learned_are_told(tmp_path: Path) -> None:
    (note,) = notes_of(small_world(train="valid"), tmp_path, "[report]\nk = [2]\nmain = 'ndcg@2'\n")
    assert note.startswith("no pair is known before the valid window")


@pytest.mark.parametrize(("weight", "noted"), [(-1.0, 1), (0.0, 1), (0.5, 0)])
def test_weights_that_are_not_positive_are_noted(tmp_path: Path, weight: float, noted: int) -> None:
    notes = notes_of(small_world(weight=weight), tmp_path, "[report]\nk = [2]\nmain = 'ndcg@2'\n")
    said = "edges/User__BUYS__Item.csv: rows with a weight of 0 or less (30) count as pairs and as answers"
    assert [note.startswith(said) for note in notes] == [True] * noted
