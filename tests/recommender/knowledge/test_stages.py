"""Windows: what is known, who is asked, what counts, what is masked, and nothing of the test in what is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.knowledge.known import Pairs, Questions
from recommender.knowledge.stages import TEST, TRAIN, VALID, Stage, assign_splits, build_stage, window_start
from tests.recommender.folders import Row, World, consortia, people, shop

DAYS = 'kind = "global_time"\ntrain_before = 2021-01-01\nvalid_before = 2021-02-01'


def small(*rows: Row, header: str = "src,dst,time,split") -> World:
    """Users u0 to u3 and items i0 to i5."""
    world = World(list(rows), header=header)
    world.add("nodes/User", "id", [(f"u{at}",) for at in range(4)])
    return world.add("nodes/Item", "id", [(f"i{at}",) for at in range(6)])


def named(stage: Stage, pairs: Pairs) -> set[tuple[str, str]]:
    """Pairs by their ids."""
    queries, candidates = stage.known.queries.ids, stage.known.candidates.ids
    return {(queries[one], candidates[other]) for one, other in zip(pairs.query, pairs.candidate, strict=True)}


def given(stage: Stage) -> set[tuple[str, str]]:
    questions: Questions = stage.questions
    return named(stage, replace(questions.given, query=questions.query[questions.given.query]))


def answers(stage: Stage) -> set[tuple[str, str]]:
    rows = stage.positives.tocoo()
    queries, candidates = stage.known.queries.ids, stage.known.candidates.ids
    return {(queries[stage.questions.query[row]], candidates[column]) for row, column in zip(*rows.coords, strict=True)}


def kinds_of_windows() -> dict[str, World]:
    """Return worlds that are cut in every way there is."""
    undated = people(dates=False)
    undated.task = "symmetric = true"
    drawn, by_query, by_day, by_pair = shop(), shop(), shop(), people()
    drawn.split = 'kind = "random"\nshare = 0.2\nseed = 3'
    by_query.split = 'kind = "inductive"\nshare = 0.2\nseed = 3'
    by_day.split = DAYS
    by_pair.task, by_pair.split = "symmetric = true", 'kind = "inductive"\nshare = 0.2'
    return {
        "column": shop(),
        "column with context": consortia(),
        "column, one kind of node": people(),
        "column, undated, symmetric": undated,
        "global_time": by_day,
        "random": drawn,
        "inductive": by_query,
        "inductive, symmetric": by_pair,
    }


@pytest.mark.parametrize("kind", list(kinds_of_windows()))
@pytest.mark.parametrize("window", ["valid", "test"])
@pytest.mark.parametrize("refit", ["train", "train+valid"])
def test_nothing_that_is_asked_is_known_given_or_masked(tmp_path: Path, kind: str, window: str, refit: str) -> None:
    world = kinds_of_windows()[kind]
    world.split += f'\nrefit = "{refit}"'
    stage = world.stage(tmp_path, window)
    found = answers(stage)
    assert found
    assert found.isdisjoint(named(stage, stage.known.pairs))
    assert found.isdisjoint(given(stage))
    assert stage.positives.multiply(stage.masked).nnz == 0
    assert (np.diff(stage.positives.indptr) > 0).all()
    if stage.known.task.symmetric:
        assert found.isdisjoint({pair[::-1] for pair in named(stage, stage.known.pairs)})


@pytest.mark.parametrize("kind", list(kinds_of_windows()))
def test_the_test_is_unknown_to_both_windows_and_asked_in_one(tmp_path: Path, kind: str) -> None:
    dataset = kinds_of_windows()[kind].write(tmp_path)
    valid, test = (build_stage(dataset, name, {}) for name in ("valid", "test"))
    assert answers(test).isdisjoint(answers(valid))
    assert answers(test).isdisjoint(named(valid, valid.known.pairs))
    assert set(named(valid, valid.known.pairs)) <= set(named(test, test.known.pairs))


# Windows of time


def dated() -> World:
    rows: list[Row] = [
        ("u0", "i0", "2020-12-31T23:59:59", ""),
        ("u0", "i1", "2021-01-01", ""),
        ("u1", "i2", "2021-01-31T23:59:59", ""),
        ("u1", "i3", "2021-02-01", ""),
        ("u2", "i4", "", ""),
        ("u2", "i5", "2021-03-01", ""),
    ]
    world = small(*rows)
    world.split = DAYS
    return world


def test_the_first_moment_of_a_window_belongs_to_it_and_what_has_no_time_was_always_known(tmp_path: Path) -> None:
    dataset = dated().write(tmp_path)
    assert assign_splits(dataset).tolist() == [TRAIN, VALID, VALID, TEST, TRAIN, TEST]
    valid, test = (build_stage(dataset, name, {}) for name in ("valid", "test"))
    assert named(valid, valid.known.pairs) == {("u0", "i0"), ("u2", "i4")}
    assert answers(valid) == {("u0", "i1"), ("u1", "i2")}
    assert named(test, test.known.pairs) == {("u0", "i0"), ("u2", "i4"), ("u0", "i1"), ("u1", "i2")}
    assert answers(test) == {("u1", "i3"), ("u2", "i5")}
    assert given(test) == {("u1", "i2"), ("u2", "i4")}
    assert [str(stage.known.start)[:10] for stage in (valid, test)] == ["2021-01-01", "2021-02-01"]


def test_without_refit_valid_is_not_learned_from_and_yet_no_candidate(tmp_path: Path) -> None:
    world = dated()
    world.split += '\nrefit = "train"'
    test = world.stage(tmp_path)
    assert named(test, test.known.pairs) == {("u0", "i0"), ("u2", "i4")}
    place = test.questions.query.tolist().index(1)
    assert test.masked[[place]].toarray().tolist() == [[0, 0, 1, 0, 0, 0]]


def test_a_moment_may_be_where_a_window_begins(tmp_path: Path) -> None:
    world = dated()
    world.split = DAYS.replace("2021-02-01", "2021-01-31T23:59:59")
    assert assign_splits(world.write(tmp_path)).tolist() == [TRAIN, VALID, TEST, TEST, TRAIN, TEST]


@pytest.mark.parametrize(("window", "known"), [("valid", {"r0", "r3"}), ("test", {"r0", "r1", "r3"})])
def test_rows_of_other_relations_are_known_up_to_the_window(tmp_path: Path, window: str, known: set[str]) -> None:
    rows = [("u0", "r0", "2020-06-01"), ("u0", "r1", "2021-01-15"), ("u0", "r2", "2021-02-01"), ("u0", "r3", "")]
    stage = dated().add("edges/User__WROTE__Review", "src,dst,time", rows).stage(tmp_path, window)
    (edges,) = stage.known.relations
    assert {stage.known.dataset.nodes["Review"].ids[place] for place in edges.dst} == known


# Windows that the folder gives


def test_a_column_split_by_time_begins_with_its_first_row(tmp_path: Path) -> None:
    dataset = shop().write(tmp_path)
    codes = assign_splits(dataset)
    for name, code in (("valid", VALID), ("test", TEST)):
        assert window_start(dataset, codes, name) == dataset.target.time[codes == code].min()


def test_a_date_too_early_does_not_take_its_beginning_from_a_window(tmp_path: Path) -> None:
    world = shop()
    first = build_stage(world.write(tmp_path / "right"), "test", {}).known.start
    wrong = world.target.index(world.of("test")[0])
    world.target[wrong] = (*world.target[wrong][:2], "1999-01-01", "test")
    start = build_stage(world.write(tmp_path / "wrong"), "test", {}).known.start
    assert abs(start - first) <= np.timedelta64(3, "D")


def test_a_column_split_that_time_does_not_tell_has_no_beginning(tmp_path: Path) -> None:
    world = shop()
    world.target = [(*row[:2], "2020-05-05", row[3]) for row in world.target]
    assert np.isnat(world.stage(tmp_path).known.start)


def test_context_comes_with_its_own_question_and_nobody_else_sees_it(tmp_path: Path) -> None:
    stage = small(
        ("u0", "i0", "", "train"),
        ("u1", "i1", "", "valid_context"),
        ("u1", "i2", "", "valid"),
        ("u2", "i1", "", "test_context"),
        ("u2", "i3", "", "test"),
        ("u3", "i4", "", "test"),
    ).stage(tmp_path)
    assert named(stage, stage.known.pairs) == {("u0", "i0"), ("u1", "i1"), ("u1", "i2")}
    assert given(stage) == {("u2", "i1")}
    assert answers(stage) == {("u2", "i3"), ("u3", "i4")}
    assert stage.masked.toarray()[0].tolist() == [0, 1, 0, 0, 0, 0]
    assert stage.members("few_shot").tolist() == [True, False]
    assert stage.members("cold_query").tolist() == [False, True]


@pytest.mark.parametrize(("window", "known"), [("valid", {"a", "d", "e"}), ("test", {"a", "b", "c", "d", "e"})])
def test_rows_of_other_relations_with_a_split_are_known_in_their_windows(
    tmp_path: Path, window: str, known: set[str]
) -> None:
    """A row of valid is known to the test alone; one of the test to nobody."""
    splits = {"a": "train", "b": "valid", "c": "test_context", "d": "", "e": "train", "f": "test"}
    world = shop()
    world.add("edges/User__WROTE__Review", "src,dst,split", [("u00", *each) for each in splits.items()])
    stage = world.stage(tmp_path, window)
    (edges,) = stage.known.relations
    assert {stage.known.dataset.nodes["Review"].ids[place] for place in edges.dst} == known


def test_a_folder_without_splits_is_refused_with_the_remedy(tmp_path: Path) -> None:
    world = small(("u0", "i0"), ("u1", "i1"), header="src,dst")
    with pytest.raises(EvaluationError, match=r"User__BUYS__Item.csv has no split; add the column, or choose another"):
        world.stage(tmp_path)


@pytest.mark.parametrize("split", ['kind = "column"', 'kind = "random"', DAYS])
def test_a_target_without_rows_is_refused_before_its_split_is_asked_for(tmp_path: Path, split: str) -> None:
    world = small(("u0", "i9", "", "train"))
    world.split = split
    with pytest.raises(EvaluationError, match=r"User__BUYS__Item.csv has no row that can be used; add some, or fix"):
        world.stage(tmp_path)


def test_a_row_without_a_split_is_known_from_the_start(tmp_path: Path) -> None:
    stage = small(("u0", "i0", "", ""), ("u1", "i1", "", "valid"), ("u0", "i2", "", "test")).stage(tmp_path, "valid")
    assert named(stage, stage.known.pairs) == {("u0", "i0")}


# Windows by chance


def test_a_random_split_has_its_shares_and_depends_on_its_seed_alone(tmp_path: Path) -> None:
    def codes(seed: int) -> list[int]:
        world = shop()
        world.split = f'kind = "random"\nshare = 0.2\nseed = {seed}'
        return assign_splits(world.write(tmp_path)).tolist()

    first = codes(1)
    assert [first.count(code) for code in (TEST, VALID, TRAIN)] == [120, 96, 384]
    assert codes(1) == first
    assert codes(2) != first


@pytest.mark.parametrize("symmetric", [False, True])
def test_rows_of_one_pair_stay_in_one_window_of_a_random_split(tmp_path: Path, *, symmetric: bool) -> None:
    """Repeated rows always, and where a relation is symmetric those the other way round."""
    world = people()
    rows: list[Row] = [(f"a{at:02}", f"a{at + 1:02}", "", "") for at in range(0, 40, 2)]
    turned = [(dst, src, time, split) for src, dst, time, split in rows]
    world.target = [*rows, *turned, *rows]
    world.task, world.split = f"symmetric = {str(symmetric).lower()}", 'kind = "random"\nshare = 0.25\nseed = 3'
    first, back, again = assign_splits(world.write(tmp_path)).reshape(3, 20).tolist()
    assert again == first
    assert (back == first) is symmetric


@pytest.mark.parametrize("window", ["valid", "test"])
def test_who_is_asked_by_an_inductive_split_has_no_pair_that_is_known(tmp_path: Path, window: str) -> None:
    world = shop()
    world.split = 'kind = "inductive"\nshare = 0.25'
    stage = world.stage(tmp_path, window)
    assert len(stage.questions) == {"valid": 11, "test": 15}[window]
    assert not np.isin(stage.questions.query, stage.known.pairs.query).any()
    assert stage.members("cold_query").all()


def test_of_a_symmetric_relation_neither_end_of_a_held_out_node_is_known(tmp_path: Path) -> None:
    world = people()
    world.task, world.split = "symmetric = true", 'kind = "inductive"\nshare = 0.25'
    stage = world.stage(tmp_path)
    assert not np.isin(stage.questions.query, stage.known.pairs.query).any()
    assert not np.isin(stage.questions.query, stage.known.pairs.candidate).any()


# Who is asked, and for whom


def test_candidates_that_were_never_seen_are_left_out_where_the_folder_says_so(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("u0", "i0", "", "train"),
        ("u1", "i1", "", "train"),
        ("u0", "i1", "", "valid"),
        ("u0", "i5", "", "test"),
        ("u1", "i0", "", "test"),
        ("u3", "i0", "", "test"),
    ]
    every = small(*rows).stage(tmp_path / "every")
    assert answers(every) == {("u0", "i5"), ("u1", "i0"), ("u3", "i0")}
    assert every.members("cold_candidate").tolist() == [True, False, False]
    world = small(*rows)
    world.task = "candidate_seen = true\nquery_seen = true"
    seen = world.stage(tmp_path / "seen")
    assert seen.is_candidate.tolist() == [True, True, False, False, False, False]
    assert answers(seen) == {("u1", "i0")}


def test_filters_decide_who_asks_and_who_is_ranked(tmp_path: Path) -> None:
    world = small(
        ("u0", "i0", "", "train"), ("u0", "i1", "", "valid"), *[(f"u{at}", "i2", "", "test") for at in (1, 2)]
    )
    world.target.append(("u1", "i3", "", "test"))
    world.add("nodes/User", "id,kind", [(f"u{at}", "a" if at < 2 else "b") for at in range(4)])
    world.add("nodes/Item", "id,open", [(f"i{at}", "true" if at < 3 else "false") for at in range(6)])
    world.task = 'query_where = { kind = "a" }\ncandidate_where = { open = true }'
    stage = world.stage(tmp_path)
    assert answers(stage) == {("u1", "i2")}
    assert stage.is_candidate.tolist() == [True, True, True, False, False, False]


def test_known_pairs_stay_candidates_where_the_mask_says_so(tmp_path: Path) -> None:
    world = small(
        ("u0", "i0", "", "train"), ("u0", "i1", "", "valid"), ("u0", "i0", "", "test"), ("u0", "i2", "", "test")
    )
    assert answers(world.stage(tmp_path / "masked")) == {("u0", "i2")}
    world.mask = "known = false"
    open_ = world.stage(tmp_path / "open")
    assert answers(open_) == {("u0", "i0"), ("u0", "i2")}
    assert open_.masked.nnz == 0


def test_nobody_is_a_candidate_of_itself(tmp_path: Path) -> None:
    stage = people().stage(tmp_path)
    assert stage.masked[np.arange(len(stage.questions)), stage.questions.query].all()


@pytest.mark.parametrize(
    ("rows", "task", "told"),
    [
        ([("u0", "i0", "", "test")], "", "1 known already, from before the window;"),
        ([("u1", "i1", "", "test")], "query_seen = true", "1 of a query that may not ask (query_where, query_seen);"),
        ([("u0", "i2", "", "test")], "candidate_seen = true", "1 that lead to no candidate (candidate_where, "),
        ([], "", "no row of User__BUYS__Item.csv lies in it; look at the column split"),
    ],
    ids=["known", "may not ask", "no candidate", "no rows"],
)
def test_a_window_in_which_nobody_is_asked_says_why(tmp_path: Path, rows: list[Row], task: str, told: str) -> None:
    world = small(("u0", "i0", "", "train"), ("u0", "i1", "", "valid"), *rows)
    world.task = task
    with pytest.raises(EvaluationError, match="nobody is asked in the test window") as caught:
        world.stage(tmp_path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("days", "english", "korean"),
    [
        (
            ("2020-01-01", "2020-05-07"),
            "(its rows are dated 2020-01-01 to 2020-05-07); look at [split]",
            "(행의 날짜: 2020-01-01 ~ 2020-05-07). [split]",
        ),
        (("", ""), "(none of its rows has a date); look at [split]", "(날짜가 있는 행이 없음). [split]"),
    ],
)
def test_a_window_after_all_rows_says_when_they_are(
    tmp_path: Path, days: tuple[str, str], english: str, korean: str
) -> None:
    world = small(("u0", "i0", days[0], ""), ("u0", "i1", days[1], ""))
    world.split = 'kind = "global_time"\ntrain_before = 2020-03-01\nvalid_before = 2021-01-01'
    with pytest.raises(EvaluationError) as caught:
        world.stage(tmp_path)
    assert english in str(caught.value)
    assert korean in caught.value.wording.ko


def test_partners_of_one_project_are_resampled_together(tmp_path: Path) -> None:
    """Elsewhere each question stands for itself."""
    rows: list[Row] = [("a0", "a1", "2020-01-01", "train"), ("a1", "a2", "2020-06-01", "valid")]
    rows += [("a0", "a2", "2021-01-01", "test"), ("a1", "a3", "2021-01-01", "test"), ("a3", "a4", "2021-01-01", "test")]
    world = World(
        rows, ("Person", "WORKED_WITH", "Person"), query="Person", candidate="Person", task="symmetric = true"
    )
    world.add("nodes/Person", "id", [(f"a{at}",) for at in range(5)])
    members = [("a0", "p1"), ("a2", "p1"), ("a1", "p2"), ("a3", "p2"), ("a4", "p3"), ("a3", "p3")]
    world.add("edges/Person__IN__Project", "src,dst,time", [(*each, "2021-01-01") for each in members])
    stage = world.stage(tmp_path)
    groups = dict(zip((stage.known.queries.ids[place] for place in stage.questions.query), stage.groups, strict=True))
    assert groups["a0"] == groups["a2"]
    assert groups["a0"] != groups["a1"]
    assert len(np.unique(shop().stage(tmp_path / "shop").groups)) == 60
