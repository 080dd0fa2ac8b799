"""Columns that name the answers, and answers known under the id of a twin."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.recommender.bench.leak_checks.planting import is_refused, passes, with_column
from tests.recommender.folders import World, shop


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


def test_a_leak_in_a_large_folder_is_refused(tmp_path: Path) -> None:
    """Long texts and 30,000 names in which the answers stand last: nothing is too much to be looked through."""
    world = shop()
    world.files["nodes/Item"][1].extend((f"2020-{at:07}",) for at in range(30_000))
    named = {row[0]: row[1] for row in world.of("test")}
    longer = "words about all and nothing " * 80
    world = with_column(world, "User", "note", [f"{longer}{named[f'u{at:02}']}" for at in range(60)])
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
