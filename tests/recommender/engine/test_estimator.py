"""The engine on any folder: finite scores, the same seed the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.engine.episodes import Style
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.engine.trained_parts import TrainedPartsCache
from recommender.knowledge.known import Known
from recommender.knowledge.stages import build_stage
from recommender.measure.arrays import Floats
from tests.recommender.engine.small_engine import ROWS, clubs, known_of, quick
from tests.recommender.folders import World, columns, consortia, people, shop
from tests.recommender.scorers.small import ask, edges, nodes, partners, taken

MIX = Mix({"binary": 0.4, "lambdarank": 0.2}, 0.4, {"knn:target": 0.1})


def engine(style: Style | None = None, mix: Mix = MIX) -> EngineEstimator:
    config = quick() if style is None else quick(style)
    return EngineEstimator("engine", config, mix, TrainedPartsCache())


def with_late_relation() -> World:
    """Return a world with a relation of which nothing is known in the older windows."""
    rows = [(f"i{item:02}", f"g{item % 5}", "2020-12-20") for item in range(80)]
    return shop().add("edges/Item__IN__Genre", "src,dst,time", rows)


def with_odd_columns() -> World:
    """Numbers that are empty or far too large, categories and text that are empty."""
    ids = [f"i{item:02}" for item in range(80)]
    numbers = ["" if at % 3 else "1e300" for at in range(80)]
    kinds = ["" if at % 2 else "x|y" for at in range(80)]
    world = shop().add("nodes/Item", "id,size,kind,empty", columns(ids, numbers, kinds, [""] * 80))
    return world.add("nodes/User", "id,one", [(f"u{user:02}", "same") for user in range(60)])


def without_past() -> World:
    """All cold: nothing comes with the question."""
    world = consortia()
    world.target = [(*row[:3], str(row[3]).removesuffix("_context")) for row in world.target]
    return world


def one_candidate() -> World:
    rows = [(f"u{user}", "i0", "", ("train", "valid", "test")[user % 3]) for user in range(90)]
    return World(rows).add("nodes/User", "id", [(f"u{user}",) for user in range(90)])


WORLDS: dict[str, Callable[[], World]] = {
    "warm": shop,
    "all fresh": consortia,
    "all cold": without_past,
    "people": people,
    "undated people": lambda: people(dates=False),
    "undated": clubs,
    "late relation": with_late_relation,
    "odd columns": with_odd_columns,
    "one candidate": one_candidate,
}


@pytest.mark.parametrize("name", WORLDS)
def test_scores_are_finite_and_the_same_seed_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    dataset = WORLDS[name]().write(tmp_path)
    style = Style.of(build_stage(dataset, "valid", {}))
    stage = build_stage(dataset, "test", {})
    mix = Mix({"binary": 0.5}, 0.5)

    def scored() -> Floats:
        return engine(style, mix).fit(stage.known, np.random.default_rng(3)).score(stage.questions)

    scores = scored()
    assert scores.shape == (len(stage.questions), len(stage.known.candidates))
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    assert scores.tobytes() == scored().tobytes()


VECTORS = {
    "User": np.random.default_rng(1).standard_normal((5, 3), dtype=np.float32),
    "Item": np.random.default_rng(2).standard_normal((4, 3), dtype=np.float32),
}
SMALL: dict[str, Known] = {
    "rich": replace(
        taken(
            ROWS,
            links=[edges(("User", "IN", "Field"), [(0, 0)]), edges(("Item", "LIKE", "Item"), [(0, 1), (2, 2)])],
            columns={"User": {"type": ("a", "b", "a", "", "b")}, "Item": {"size": ("1", "", "3", "2")}},
        ),
        vectors=VECTORS,
    ),
    "no pairs": taken([]),
    "no pairs, dated": replace(taken([]), start=np.datetime64("2020-01-01", "s")),
    "no pairs, text": replace(taken([]), vectors=VECTORS),
    "one pair": taken([(0, 1)], ["2020-01-01"]),
    "partners": partners([(0, 1), (1, 2)], links=[edges(("Company", "IN", "Project"), [(0, 0), (4, 0)])]),
    "no candidates": replace(taken(ROWS), is_candidate=np.zeros(4, bool)),
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("span", [0.0, 86_400.0])
def test_what_is_too_small_to_learn_from_has_finite_scores(name: str, span: float) -> None:
    known = SMALL[name]
    if span and np.isnat(known.start):
        known = replace(known, start=np.datetime64("2021-01-01", "s"))
    asked = ask(known, [4, 0, 2], [(1, 0), (2, 3)])
    scores = engine(replace(quick().style, span=span)).fit(known, np.random.default_rng(0)).score(asked)
    assert scores.shape == (3, len(known.candidates))
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("span", [0.0, 86_400.0])
def test_no_candidates_have_no_scores(span: float) -> None:
    """A label of which no node is there yet is no fault of who asks."""
    known = taken([], columns={"User": {"kind": list("abaab")}}, links=[edges(("Item", "IN", "Field"), [])])
    dataset = replace(known.dataset, nodes=known.dataset.nodes | {"Item": nodes("Item", 0)})
    known = Known(dataset, known.pairs, known.relations, np.zeros(0, bool), np.datetime64("2020-01-01", "s"))
    scorer = engine(replace(quick().style, span=span)).fit(known, np.random.default_rng(0))
    assert scorer.score(ask(known, [0, 1])).shape == (2, 0)


def test_without_training_the_nearest_baskets_decide() -> None:
    known = taken(ROWS)
    scores = engine().fit(known, np.random.default_rng(0)).score(ask(known, [4], [(0, 2)]))[0]
    assert scores[3] > scores[0]


def test_where_nothing_is_learned_the_pretrained_network_answers_to_the_bit() -> None:
    """As it is: whatever is blended, and laid over newer knowledge too."""
    known = SMALL["rich"]
    asked = ask(known, [4, 0, 2], [(0, 1), (1, 0), (2, 3)])
    scorer = engine().fit(known, np.random.default_rng(0))
    rng = np.random.default_rng(0)
    assert not scorer.parts.learned
    assert (scorer.score(asked) == PretrainedEstimator().fit(known, rng).score(asked)).all()
    newer = replace(known, pairs=known.pairs.take(np.arange(len(known.pairs) - 1)))
    assert (scorer.over(newer).score(asked) == PretrainedEstimator().fit(newer, rng).score(asked)).all()
    assert scorer.note is not None
    assert "the pretrained network answers as it is" in scorer.note.en


def test_without_a_graph_the_first_source_answers_where_nothing_is_learned() -> None:
    """The control must not see relations by another way."""
    known = SMALL["rich"]
    asked = ask(known, [4], [(0, 1)])
    plain = EngineEstimator("engine-without-graph", replace(quick(), graph="none"), Mix({"binary": 1.0}))
    scorer = plain.fit(known, np.random.default_rng(0))
    assert scorer.parts.pretrained is None
    assert scorer.note is not None
    assert "one source of candidates answers" in scorer.note.en
    assert np.isfinite(scorer.score(asked)).all()


def test_what_stands_beside_counts_in_the_blend_by_its_share(tmp_path: Path) -> None:
    """With all of the weight on it, it orders the pool alone."""
    known, asked = known_of(shop(), tmp_path)
    beside = PretrainedEstimator("other")
    config = replace(quick(), beside=(beside,))
    scorer = EngineEstimator("engine", config, Mix(beside={"other": 1.0})).fit(known, np.random.default_rng(0))
    assert scorer.parts.learned
    pool = scorer.parts.examples(asked).pool
    theirs = beside.fit(known, np.random.default_rng(0)).score(asked)[pool.question, pool.candidate]
    mine = scorer.score(asked)[pool.question, pool.candidate]
    for question in range(len(asked)):
        rows = pool.question == question
        assert np.corrcoef(mine[rows], theirs[rows])[0, 1] == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("few", [True, False])
def test_what_is_outside_the_pool_follows_by_its_sources_or_where_many_by_popularity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, few: bool
) -> None:
    """So that what nobody took yet is told apart as well; a whole matrix of many candidates is too large to keep."""
    monkeypatch.setattr("recommender.engine.pool._LEAST_EACH", 1)
    if not few:
        monkeypatch.setattr("recommender.engine.featurizer._MOST_ORDERED", 3)
    known, asked = known_of(shop(), tmp_path)
    small = EngineEstimator("engine", replace(quick(), pool=8), MIX, TrainedPartsCache())
    scorer = small.fit(known, np.random.default_rng(0))
    scores = scorer.score(asked)
    examples = scorer.parts.examples(asked)
    outside = np.ones(scores.shape, dtype=bool)
    outside[examples.pool.question, examples.pool.candidate] = False
    assert (examples.likeness is not None) == few
    wanted = np.tile(scorer.parts.featurizer.popularity, (len(asked), 1))
    wanted = wanted if examples.likeness is None else examples.likeness
    for row in range(len(asked)):
        mine = np.flatnonzero(outside[row])
        assert scores[row][mine].max() < scores[row][~outside[row]].min()
        order = np.argsort(-scores[row][mine], kind="stable")
        assert order.tolist() == np.argsort(-wanted[row][mine], kind="stable").tolist()
    assert max(len(np.unique(wanted[row][outside[row]])) for row in range(len(asked))) > 1


def test_an_answer_does_not_depend_on_the_other_questions(tmp_path: Path) -> None:
    known, asked = known_of(shop(), tmp_path)
    scorer = engine().fit(known, np.random.default_rng(0))
    together, alone = scorer.score(asked), scorer.score(asked.take(np.array([7])))
    assert alone[0] == pytest.approx(together[7], abs=1e-5)


def test_scoring_leaves_what_is_known_as_it_was(tmp_path: Path) -> None:
    known, asked = known_of(shop(), tmp_path)
    before = known.history.toarray()
    engine().fit(known, np.random.default_rng(0)).score(asked)
    assert (known.history.toarray() == before).all()
