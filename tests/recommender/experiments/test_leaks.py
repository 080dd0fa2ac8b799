"""Planted leaks: each is refused with its reason, and an honest look-alike of each passes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.experiments.leaks import refuse_informed_negatives, refuse_leaks, refuse_triple_leaks
from recommender.experiments.triples.data import untyped
from tests.recommender.experiments.folders import Row, World, columns, consortia, people, shop

WINDOWS = ("valid", "test")


def passes(world: World, folder: Path, *windows: str) -> None:
    for window in windows or WINDOWS:
        stage = world.stage(folder, window)
        refuse_leaks(stage.known.dataset, stage)


def is_refused(world: World, folder: Path, match: str, window: str = "test") -> None:
    stage = world.stage(folder, window)
    with pytest.raises(EvaluationError, match=match):
        refuse_leaks(stage.known.dataset, stage)


def noise(world: World, size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Pairs of a query and a candidate by chance."""
    rng = np.random.default_rng(seed)
    near, far = (sorted({str(row[end]) for row in world.target}) for end in (0, 1))
    return [(near[rng.integers(len(near))], far[rng.integers(len(far))]) for _ in range(size)]


@pytest.mark.parametrize("world", [shop, consortia, people])
def test_honest_folders_pass(tmp_path: Path, world: type[World]) -> None:
    passes(world(), tmp_path)


@pytest.mark.parametrize("kind", ["random", "inductive"])
def test_honest_folders_of_other_splits_pass(tmp_path: Path, kind: str) -> None:
    world = shop()
    world.split = f'kind = "{kind}"'
    passes(world, tmp_path)


# Reverse edge


@pytest.mark.parametrize(
    ("window", "splits"),
    [
        ("valid", ("train", "valid", "test")),
        ("test", ("train", "valid", "test")),
        ("valid", ("valid", "test")),
        ("test", ("valid", "test")),
        ("test", ("test",)),
    ],
)
@pytest.mark.parametrize("day", ["", "2019-05-05"])
def test_a_mirror_of_the_target_is_refused(tmp_path: Path, splits: tuple[str, ...], window: str, day: str) -> None:
    """Whatever rows it holds, undated or with an early date, and turned round."""
    world = shop()
    rows: list[Row] = [(row[1], row[0], day) for row in world.of(*splits)]
    world.add("edges/Item__BOUGHT_BY__User", "src,dst,time", rows)
    is_refused(world, tmp_path, r"Item__BOUGHT_BY__User.csv: it joins .*answers.*one of u\d+ with i\d+", window)


def test_a_mirror_with_noise_is_refused(tmp_path: Path) -> None:
    world = shop()
    rows = [row[:2] for row in world.of("test")] + noise(world, 120)
    world.add("edges/User__SAW__Item", "src,dst", rows)
    is_refused(world, tmp_path, r"User__SAW__Item.csv: it joins 100% of 120 answers, but \d% of the learned pairs")


def test_a_static_relation_between_the_labels_passes(tmp_path: Path) -> None:
    """It holds much of what was and will be bought, among as much else."""
    world = shop()
    rng = np.random.default_rng(2)
    liked = [row[:2] for row in world.target if rng.random() < 0.5]
    passes(world.add("edges/User__LIKES__Item", "src,dst", liked + noise(world, 600)), tmp_path)


def test_a_relation_that_holds_a_part_of_what_was_and_is_bought_alike_passes(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(2)
    certified = [row[:2] for row in world.target if rng.random() < 0.25]
    passes(world.add("edges/User__CERTIFIED_FOR__Item", "src,dst", certified), tmp_path)


def test_a_log_of_views_that_began_shortly_before_the_window_passes(tmp_path: Path) -> None:
    """It holds answers far more often than old pairs, for views lead to purchases; but most views lead to none."""
    world = shop()
    views = [(*row[:2], "2020-12-30") for row in world.of("valid", "test")]
    rows = views + [(*pair, "2020-12-30") for pair in noise(world, 1500)]
    passes(world.add("edges/User__VIEWED__Item", "src,dst,time", rows), tmp_path)


def test_the_answers_by_way_of_a_third_node_are_refused(tmp_path: Path) -> None:
    """Each purchase has an order of its own, whose rows lost their dates."""
    world = shop()
    world.add("edges/User__PLACED__Order", "src,dst", [(row[0], f"o{at}") for at, row in enumerate(world.target)])
    world.add("edges/Order__OF__Item", "src,dst", [(f"o{at}", row[1]) for at, row in enumerate(world.target)])
    is_refused(world, tmp_path, r"User__PLACED__Order.csv with edges/Order__OF__Item.csv: it joins \d+ of \d+ answers")


def test_dated_orders_pass(tmp_path: Path) -> None:
    world = shop()
    placed = [(row[0], f"o{at}", row[2]) for at, row in enumerate(world.target)]
    world.add("edges/User__PLACED__Order", "src,dst,time", placed)
    world.add("edges/Order__OF__Item", "src,dst", [(f"o{at}", row[1]) for at, row in enumerate(world.target)])
    passes(world, tmp_path)


@pytest.mark.parametrize("back", [0.0, 0.3, 0.6])
def test_following_back_passes(tmp_path: Path, back: float) -> None:
    passes(people(back=back), tmp_path)


def test_a_relation_without_direction_that_is_declared_with_one_is_refused(tmp_path: Path) -> None:
    is_refused(people(back=1.0), tmp_path, "known the other way round.*100% of all pairs.*set symmetric = true")


def test_both_directions_in_one_split_pass(tmp_path: Path) -> None:
    """Friends who find each other on one day: the other direction is not known when one is asked."""
    world = people(back=0.0)
    world.target = [turned for row in world.target for turned in (row, (row[1], row[0], *row[2:]))]
    world.target = list(dict.fromkeys(world.target))
    seen: dict[frozenset[object], Row] = {}
    for row in world.target:
        seen.setdefault(frozenset(row[:2]), row)
    world.target = [(*row[:2], *seen[frozenset(row[:2])][2:]) for row in world.target]
    passes(world, tmp_path)


def test_answers_hidden_the_other_way_round_in_train_are_refused(tmp_path: Path) -> None:
    world = people(back=0.0)
    world.target += [(row[1], row[0], "2019-01-01", "train") for row in world.of("test")]
    is_refused(world, tmp_path, "known the other way round")


# Duplicate edge


def test_test_rows_that_stand_in_train_too_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.target = [(*row[:2], "", row[3]) for row in world.target]
    world.target += [(*row[:3], "train") for row in world.of("test")[:12]]
    is_refused(world, tmp_path, "12 rows of test stand a second time as train, one from u00 to i")


def test_rows_that_stand_in_the_context_of_their_own_question_are_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target += [(*row[:3], "test_context") for row in world.of("test")[:5]]
    is_refused(world, tmp_path, "5 rows of test stand a second time as context of the same question")


def test_pairs_that_come_again_later_pass(tmp_path: Path) -> None:
    """A repeat is masked, and its row dropped."""
    world = shop()
    world.target += [(*row[:2], "2021-02-20", "test") for row in world.of("train")[::5]]
    passes(world, tmp_path)


def test_a_file_that_repeats_pairs_by_nature_passes(tmp_path: Path) -> None:
    """Visits without dates: what is repeated within train may be repeated in the test."""
    world = shop()
    rows = [(*row[:2], "", row[3]) for row in world.target]
    rows += [row for row in rows if row[3] == "train"][::4]
    rows += [(*row[:3], "test") for row in rows if row[3] == "train"][::6]
    world.target = rows
    passes(world, tmp_path)


def test_windows_that_both_repeat_train_pairs_pass(tmp_path: Path) -> None:
    """Distinct pairs of each window, without dates: masked, as the format says."""
    world = shop()
    rows = [(*row[:2], "", row[3]) for row in world.target]
    train = [row for row in rows if row[3] == "train"]
    world.target = rows + [(*row[:3], "valid") for row in train[::9]] + [(*row[:3], "test") for row in train[4::9]]
    passes(world, tmp_path)


def test_answers_that_are_known_candidates_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.mask = "known = false"
    world.target += [(*row[:2], "2019-01-01", "train") for row in world.of("test")[:12]]
    is_refused(world, tmp_path, r"12 of 120 answers.*are known pairs.*known = false leaves them candidates")


def test_repeat_purchases_pass(tmp_path: Path) -> None:
    """Where pairs repeat all the time, and known pairs are left candidates, repeats are what is asked for."""
    world = shop()
    world.mask = "known = false"
    world.target += [(*row[:2], "2020-12-20", "train") for row in world.of("train")[::4]]
    world.target += [(*row[:2], "2021-02-20", "test") for row in world.of("train")[::8]]
    passes(world, tmp_path)


# Edge dated after the cut


def test_train_rows_dated_in_the_window_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.target += [("u03", "i99", "2021-02-10", "train"), ("u04", "i99", "2021-02-11", "train")]
    world.files["nodes/Item"][1].append(("i99",))
    is_refused(
        world, tmp_path, r"2 rows of an earlier split are dated in or after the test window.*from u03 to i99 on 2021"
    )


def test_a_split_of_the_last_rows_of_each_user_passes(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(3)
    rows: list[Row] = []
    for user in range(60):
        mine = [row for row in world.target if row[0] == f"u{user:02}"]
        first = int(rng.integers(300))
        days = np.datetime64("2020-01-01") + first + np.sort(rng.choice(100, len(mine), replace=False))
        rows += [(*row[:2], day, row[3]) for row, day in zip(mine, days, strict=True)]
    world.target = rows
    passes(world, tmp_path)


def test_a_relation_of_the_window_in_what_is_known_is_refused(tmp_path: Path) -> None:
    """The stage leaves such rows out; it is refused all the same if it ever does not."""
    world = shop().add(
        "edges/User__WROTE__Review", "src,dst,time", [("u01", "r1", "2021-02-20"), ("u02", "r2", "2020-01-01")]
    )
    stage = world.stage(tmp_path)
    refuse_leaks(stage.known.dataset, stage)
    late = replace(stage, known=replace(stage.known, relations=stage.known.dataset.context))
    with pytest.raises(EvaluationError, match=r"WROTE__Review.csv: 1 rows dated in or after.*from u01 to r1"):
        refuse_leaks(stage.known.dataset, late)


# Feature computed after the cut


def counted(world: World, splits: tuple[str, ...], end: int = 1) -> list[int]:
    label = "nodes/Item" if end else "nodes/User"
    counts = Counter(row[end] for row in world.of(*splits))
    return [counts[row[0]] for row in world.files[label][1]]


def with_column(world: World, label: str, name: str, values: list[object]) -> World:
    ids = [str(row[0]) for row in world.files[f"nodes/{label}"][1]]
    return world.add(f"nodes/{label}", f"id,{name}", columns(ids, values))


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("form", ["exact", "log", "noisy"])
def test_a_count_that_holds_the_test_is_refused(tmp_path: Path, form: str, window: str) -> None:
    world = shop(n_users=150)
    counts = np.array(counted(world, ("train", "valid", "test")), dtype=float)
    forms = {"exact": counts, "log": np.log1p(counts).round(4), "noisy": counts * 2 + np.linspace(0, 0.3, len(counts))}
    world = with_column(world, "Item", "popularity", [f"{value:g}" for value in forms[form]])
    is_refused(world, tmp_path, "column 'popularity' (is|follows) the number of rows User__BUYS__Item", window)


@pytest.mark.parametrize("splits", [("train",), ("train", "valid")])
def test_a_count_of_what_was_known_passes(tmp_path: Path, splits: tuple[str, ...]) -> None:
    world = shop(n_users=150)
    passes(with_column(world, "Item", "popularity", list(counted(world, splits))), tmp_path)


def test_a_number_that_goes_along_with_activity_passes(tmp_path: Path) -> None:
    world = shop(n_users=150)
    counts = np.array(counted(world, ("train", "valid", "test")))
    revenue = counts * np.random.default_rng(4).lognormal(0, 0.4, len(counts))
    passes(with_column(world, "Item", "revenue", [f"{value:.2f}" for value in revenue]), tmp_path)


def test_the_planned_size_of_a_new_query_passes(tmp_path: Path) -> None:
    world = consortia()
    sizes = Counter(row[0] for row in world.target)
    sizes["p00"] += 1
    passes(with_column(world, "Project", "planned", [sizes[f"p{at:02}"] + at % 2 for at in range(90)]), tmp_path)


def test_a_count_over_the_whole_of_another_relation_is_refused(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(5)
    views = [
        (f"u{rng.integers(60):02}", f"i{rng.integers(80):02}", f"202{year}-02-15")
        for year in (0, 1)
        for _ in range(400)
    ]
    world.add("edges/User__VIEWED__Item", "src,dst,time", views)
    counts = Counter(row[1] for row in views)
    world = with_column(world, "Item", "views", [counts[f"i{at:02}"] for at in range(80)])
    is_refused(world, tmp_path, "'views' is the number of rows User__VIEWED__Item")


def last_days(world: World, splits: tuple[str, ...], end: int) -> dict[object, str]:
    found: dict[object, str] = {}
    for row in world.of(*splits):
        found[row[end]] = max(found.get(row[end], ""), str(row[2]))
    return found


@pytest.mark.parametrize("form", ["day", "day after", "year"])
def test_a_last_day_in_the_window_is_refused(tmp_path: Path, form: str) -> None:
    world = shop(n_items=150)
    last = last_days(world, ("train", "valid", "test"), 1)
    if form != "day":
        # In January 2021 as in 2020, so that a year tells who is active in the window.
        world.target = [row for row in world.target if row[3] != "valid"] + [
            (*row[:2], f"2020-12-{20 + at % 9}", "valid") for at, row in enumerate(world.of("valid"))
        ]
        last = last_days(world, ("train", "valid", "test"), 1)
    days = [last.get(f"i{at:0>2}", "2020-01-01") for at in range(150)]
    values: dict[str, list[object]] = {
        "day": list(days),
        "day after": [str(np.datetime64(day) + 1) for day in days],
        "year": [day[:4] for day in days],
    }
    world = with_column(world, "Item", "last_seen", values[form])
    is_refused(world, tmp_path, "column 'last_seen' lies in or after the test window")


def test_days_that_were_planned_and_the_day_of_an_export_pass(tmp_path: Path) -> None:
    world = shop(n_items=150)
    rng = np.random.default_rng(6)
    ends = [str(np.datetime64("2020-06-01") + int(day)) for day in rng.integers(500, size=150)]
    rows = columns([f"i{at:0>2}" for at in range(150)], ends, ["2021-02-26"] * 150)
    passes(world.add("nodes/Item", "id,licence_until,updated_at", rows), tmp_path)


def test_the_start_of_new_queries_in_the_window_passes(tmp_path: Path) -> None:
    world = consortia()
    starts = {row[0]: row[2] for row in world.target}
    passes(with_column(world, "Project", "start_date", [starts[f"p{at:02}"] for at in range(90)]), tmp_path)


@pytest.mark.parametrize("end", [0, 1])
def test_a_column_that_names_the_answers_is_refused(tmp_path: Path, end: int) -> None:
    world = shop()
    named: dict[object, list[str]] = {}
    for row in world.of("test"):
        named.setdefault(row[end], []).append(str(row[1 - end]))
    label = ("User", "Item")[end]
    ids = [str(row[0]) for row in world.files[f"nodes/{label}"][1]]
    world = with_column(world, label, "note", ["|".join(named.get(each, ["none yet"])) for each in ids])
    is_refused(world, tmp_path, f"nodes/{label}.csv: column 'note' names .* answers")


def test_a_column_that_names_answers_by_their_names_is_refused(tmp_path: Path) -> None:
    world = shop()
    titles = {f"i{at:02}": f"The {at}th song of summer" for at in range(80)}
    world = with_column(world, "Item", "title", list(titles.values()))
    named = {row[0]: titles[str(row[1])] for row in world.of("test")}
    world = with_column(world, "User", "note", [f"asked about {named[f'u{at:02}']} last week" for at in range(60)])
    is_refused(world, tmp_path, "column 'note' names 60 of 120 answers")


def test_text_that_mentions_answers_among_other_candidates_passes(tmp_path: Path) -> None:
    """Keywords in an abstract, and what was bought before."""
    world = shop()
    rng = np.random.default_rng(7)
    texts = []
    for user in range(60):
        mine = [str(row[1]) for row in world.target if row[0] == f"u{user:02}" and rng.random() < 0.6]
        others = [f"i{at:02}" for at in rng.choice(80, 6)]
        texts.append(" and ".join(mine + others))
    passes(with_column(world, "User", "about", texts), tmp_path)


# Merged twin


def described(world: World) -> World:
    texts = [f"A long and singular description of thing number {at}" for at in range(80)]
    return with_column(world, "Item", "about", list(texts))


def test_an_answer_known_under_the_id_of_its_twin_is_refused(tmp_path: Path) -> None:
    world = described(shop())
    for row in world.of("test")[:8]:
        about = next(text for item, text in world.files["nodes/Item"][1] if item == row[1])
        twin = f"x{row[1]}"
        if (twin, about) not in world.files["nodes/Item"][1]:
            world.files["nodes/Item"][1].append((twin, about))
        world.target.append((row[0], twin, "2020-03-01", "train"))
    is_refused(world, tmp_path, r"8 of 120 answers .*twin that is alike in every column.*u00 with i\d+, where")


def test_a_query_whose_twin_knows_the_answers_is_refused(tmp_path: Path) -> None:
    world = shop()
    texts = [f"A person of whom much may be said and written {at}" for at in range(60)]
    world = with_column(world, "User", "about", list(texts))
    world.files["nodes/User"][1].extend((f"x{at:02}", texts[at]) for at in range(6))
    world.target += [(f"x{str(row[0])[1:]}", row[1], "2020-03-01", "train") for row in world.of("test")[:12]]
    is_refused(world, tmp_path, "nodes/User.csv: 12 of 120 answers")


def test_things_that_share_a_title_but_differ_otherwise_pass(tmp_path: Path) -> None:
    world = described(shop())
    rows = [(item, text, "record") for item, text in world.files["nodes/Item"][1]]
    for row in world.of("test")[:8]:
        about = next(text for item, text, _ in rows if item == row[1])
        rows.append((f"x{row[1]}", about, "film"))
        world.target.append((row[0], f"x{row[1]}", "2020-03-01", "train"))
    passes(world.add("nodes/Item", "id,about,kind", list(dict.fromkeys(rows))), tmp_path)


def test_twins_that_nobody_knows_both_of_pass(tmp_path: Path) -> None:
    world = described(shop())
    rows = world.files["nodes/Item"][1]
    rows += [(f"x{item}", text) for item, text in rows[:30]]
    passes(world, tmp_path)


# Context of one query seen by another


def test_context_that_stands_in_train_too_is_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target += [(row[0], row[1], "", "train") for row in world.of("test_context")[:10]]
    is_refused(world, tmp_path, r"5 of 15 queries that are new in the test window.*have train rows that every other")


def test_undated_context_that_stands_in_train_too_is_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target = [(*row[:2], "", row[3]) for row in world.target]
    world.target += [(*row[:3], "train") for row in world.of("test_context")]
    is_refused(world, tmp_path, "30 rows of test_context stand a second time as train")


@pytest.mark.parametrize("place", [0, 1])
def test_an_undated_relation_that_repeats_the_context_is_refused(tmp_path: Path, place: int) -> None:
    """The first member of each project leads it; that is known with its own question only."""
    world = consortia()
    leads = [(row[1], row[0]) for row in world.target[place::5]]
    world.add("edges/Member__LEADS__Project", "src,dst", leads)
    is_refused(world, tmp_path, "Member__LEADS__Project.csv: 15 of its rows repeat the context of questions")


def test_a_dated_relation_of_context_and_one_that_is_something_else_pass(tmp_path: Path) -> None:
    world = consortia()
    world.add("edges/Member__LEADS__Project", "src,dst,time", [(row[1], row[0], row[2]) for row in world.target[::5]])
    world.add("edges/Project__NEAR__Member", "src,dst", noise(world, 900))
    passes(world, tmp_path)


def test_context_of_warm_queries_passes(tmp_path: Path) -> None:
    """All who are asked have a history before the window as well."""
    world = shop()
    world.target += [(*row[:2], "2021-02-01", "test_context") for row in noise(world, 60)]
    passes(world, tmp_path)


def test_questions_that_are_given_pairs_of_others_are_refused(tmp_path: Path) -> None:
    stage = consortia().stage(tmp_path)
    given = stage.asked.given
    mixed = replace(given, query=(given.query + 1) % len(stage.asked))
    with pytest.raises(EvaluationError, match=r"given with a question, one of p.*its own history and context only"):
        refuse_leaks(stage.known.dataset, replace(stage, asked=replace(stage.asked, given=mixed)))


def test_known_pairs_of_the_window_are_refused(tmp_path: Path) -> None:
    stage = consortia().stage(tmp_path)
    dataset = stage.known.dataset
    later = build_known(stage)
    with pytest.raises(EvaluationError, match=r"must not know are known.*learn from rows before the window only"):
        refuse_leaks(dataset, later)


def build_known(stage):  # noqa: ANN001, ANN201  a stage that learned everything
    from recommender.experiments.known import oriented

    dataset = stage.known.dataset
    return replace(stage, known=replace(stage.known, pairs=oriented(dataset.target, dataset.spec.task)))


# Negatives chosen with knowledge of the test


def drawn(stage, rng: np.random.Generator, *, informed: bool) -> np.ndarray:  # noqa: ANN001
    known = stage.known.history.toarray() > 0
    if informed:
        known[stage.asked.query] |= stage.positives.toarray() > 0
    query = rng.integers(known.shape[0], size=20_000)
    weight = 1.0 + stage.known.history.sum(axis=0)
    candidate = rng.choice(known.shape[1], p=weight / weight.sum(), size=20_000)
    free = ~known[query, candidate]
    return np.stack([query[free], candidate[free]], axis=1)


def test_negatives_that_avoid_the_answers_are_refused(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    negatives = drawn(stage, np.random.default_rng(8), informed=True)
    with pytest.raises(EvaluationError, match=r"0 of \d+ negatives are answers .* where \d+ are to be expected"):
        refuse_informed_negatives(negatives, stage)


def test_negatives_drawn_from_all_that_is_not_known_pass(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=False), stage)


def test_few_negatives_without_an_answer_prove_nothing(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=True)[:200], stage)
    refuse_informed_negatives(np.empty((0, 2), dtype=np.int64), stage)


# Triples


def triples(rows: list[tuple[int, int, int]]) -> np.ndarray:
    return np.array(rows, dtype=np.int64)


def test_triples_in_two_splits_are_refused() -> None:
    train = triples([(0, 0, 1), (1, 0, 2), (2, 1, 3)])
    data = untyped(4, 2, train, triples([(3, 0, 0)]), triples([(1, 0, 2), (0, 1, 3)]))
    with pytest.raises(
        EvaluationError, match="1 triples of test stand in train too, one of entity 1, relation 0, entity 2"
    ):
        refuse_triple_leaks(data)


def test_inverses_are_noted() -> None:
    """Relation 1 inverts relation 0, as hypernyms do hyponyms; two of the three test triples are given away."""
    forward = [(at, 0, at + 1) for at in range(10)]
    backward = [(at + 1, 1, at) for at in range(12)]
    data = untyped(
        14, 2, triples(forward + backward), triples([(0, 1, 5)]), triples([(10, 0, 11), (11, 0, 12), (5, 0, 9)])
    )
    notes = refuse_triple_leaks(data)
    assert len(notes) == 1
    assert notes[0].startswith(
        "relation 0 is relation 1 inverted in 10 of 10 training triples; 2 of its 3 test triples"
    )


def test_relations_that_do_not_agree_are_not_noted() -> None:
    forward = [(at, 0, at + 1) for at in range(10)]
    backward = [(at + 1, 1, at) for at in range(0, 10, 3)]
    data = untyped(12, 2, triples(forward + backward), triples([(0, 1, 5)]), triples([(5, 0, 9)]))
    assert refuse_triple_leaks(data) == ()


def test_a_nearly_complete_graph_passes(tmp_path: Path) -> None:
    """Where nearly everyone follows everyone, pairs are returned and named without any knowledge of them."""
    world = people(n_people=10, back=0.5)
    passes(world.add("edges/Person__KNOWS__Person", "src,dst", [row[:2] for row in world.target[::2]]), tmp_path)
