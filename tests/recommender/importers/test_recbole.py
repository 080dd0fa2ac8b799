"""Any folder of RecBole's atomic files as an experiment folder."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.registry import import_set
from recommender.knowledge.columns import CategoryColumn
from recommender.knowledge.folder.read import read_dataset
from tests.recommender.importers.contents import edge_rows, node_rows, stage_of, write_lines

CHOSE = ("User", "CHOSE", "Item")
HEADER = "user_id:token\titem_id:token\trating:float\ttimestamp:float"


def _import(path: Path) -> Path:
    (made,) = import_set("recbole", path, path / "sets", called="mine")
    return made


def _dated(path: Path, rows: int = 20) -> None:
    """One choice a day from 1 January 1970 on."""
    lines = [f"u{at % 4}\ti{at}\t{at}.5\t{at * 86_400}" for at in range(rows)]
    write_lines(path / "ml-100k.inter", [HEADER, *lines])


def test_one_file_with_times_is_split_in_time(tmp_path: Path) -> None:
    _dated(tmp_path)
    made = _import(tmp_path)
    split = read_dataset(made).spec.split
    cuts = str(split.train_before), str(split.valid_before)
    assert (split.kind, *cuts) == ("global_time", "1970-01-17 00:00:00", "1970-01-19 00:00:00")
    rows = edge_rows(made, CHOSE)
    assert rows[0] == {"src": "u0", "dst": "i0", "weight": "0.5", "time": "1970-01-01T00:00:00"}
    assert read_dataset(made).quarantine == ()


def test_one_file_without_times_is_drawn_from_with_each_pair_once(tmp_path: Path) -> None:
    lines = [f"u{at % 4}\ti{at % 9}" for at in range(60)]
    write_lines(tmp_path / "mine.inter", ["user_id:token\titem_id:token", *lines])
    made = _import(tmp_path)
    assert len(edge_rows(made, CHOSE)) == 36
    assert len(stage_of(made, "test").questions) > 0


def test_attributes_are_columns_and_sequences_are_several_categories(tmp_path: Path) -> None:
    """Whoever has no attributes is there all the same; names may hold quotation marks."""
    _dated(tmp_path, 6)
    write_lines(tmp_path / "ml.user", ["user_id:token\tage:token\tseen:float_seq", "u0\t24\t1 2", "u9\t30\t3 4"])
    write_lines(tmp_path / "ml.item", ["title:token\titem_id:token\tclass:token_seq", '"A" film\ti0\tDrama War'])
    made = _import(tmp_path)
    assert node_rows(made, "User")[0] == {"id": "u0", "age": "24"}
    assert [row["id"] for row in node_rows(made, "User")] == ["u0", "u1", "u2", "u3", "u9"]
    assert node_rows(made, "Item")[0] == {"id": "i0", "title": '"A" film', "class": "Drama|War"}
    assert node_rows(made, "Item")[1] == {"id": "i1", "title": "", "class": ""}


TITLES = (
    *("Toy Story", "Golden Eye", "Four Rooms", "Get Shorty", "Copycat", "Twelve Monkeys", "Babe", "Seven"),
    *("Usual Suspects", "Il Postino", "Heat", "Braveheart", "Taxi Driver", "Apollo", "Batman Forever", "Crimson Tide"),
    *("Clerks", "Disclosure", "Dolores Claiborne", "Ed Wood"),
)
GENRES = [
    " ".join(one) for size in (1, 2, 3) for one in combinations(("Comedy", "Crime", "Drama", "Film-Noir", "War"), size)
]


@pytest.mark.parametrize("rows", [20, 19])
def test_titles_are_text_and_genres_categories_though_all_of_both_differ(tmp_path: Path, rows: int) -> None:
    """Of fewer than twenty nothing is told, and they are categories."""
    _dated(tmp_path, rows)
    pairs = list(zip(TITLES, GENRES, strict=False))[:rows]
    lines = [f"i{at}\t{title}\t{genres}\tthe film of {at}" for at, (title, genres) in enumerate(pairs)]
    write_lines(tmp_path / "ml.item", ["item_id:token\ttitle:token_seq\tclass:token_seq\tabout:token", *lines])
    items = read_dataset(_import(tmp_path)).nodes["Item"]
    (class_,) = (column for column in items.columns if column.name == "class")
    assert isinstance(class_, CategoryColumn)
    assert class_.categories == ("Comedy", "Crime", "Drama", "Film-Noir", "War")
    if rows < 20:
        assert items.raw["title"][0] == "Toy|Story"
        assert items.text_of == ()
        return
    assert items.raw["title"][0] == "Toy Story"
    assert items.texts is not None
    assert items.texts[0] == "Toy Story the film of 0", "a text that every reader takes for one stays one"


def test_a_repeated_title_is_let_pass_and_many_are_not(tmp_path: Path) -> None:
    _dated(tmp_path, 20)
    for again, title in ((3, "Toy Story"), (4, "Toy|Story")):
        names = ["Toy Story"] * again + [f"Film{at} Part{at}" for at in range(20 - again + 1)]
        lines = [f"i{at}\t{name}" for at, name in enumerate(names[:20])]
        write_lines(tmp_path / "ml.item", ["item_id:token\ttitle:token_seq", *lines])
        assert node_rows(_import(tmp_path), "Item")[0]["title"] == title


def test_without_a_link_file_an_entity_is_the_item_of_its_id(tmp_path: Path) -> None:
    _dated(tmp_path, 6)
    write_lines(tmp_path / "x.kg", ["head_id:token\trelation_id:token\ttail_id:token", "i0\tmade by\te0"])
    made = _import(tmp_path)
    assert edge_rows(made, ("Item", "MADE_BY", "Entity")) == [{"src": "i0", "dst": "e0"}]
    assert [row["id"] for row in node_rows(made, "Entity")] == ["e0"]


def test_a_folder_without_interactions_and_one_with_too_many_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"one \*.inter file, .* there are: none"):
        _import(tmp_path)
    for name in ("a", "b"):
        write_lines(tmp_path / f"{name}.inter", [HEADER])
    with pytest.raises(SourceError, match=r"there are: a\.inter, b\.inter"):
        _import(tmp_path)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.inter", ["user:token\titem_id:token", "u\ti"])
    with pytest.raises(SourceError, match="no column user_id:token; its header is user:token, item_id:token"):
        _import(tmp_path)


@pytest.mark.parametrize("moment", ["abc", "", "nan", "inf", "1400000000000"])
def test_a_time_that_is_none_is_told_with_its_line(tmp_path: Path, moment: str) -> None:
    """Milliseconds are none."""
    write_lines(tmp_path / "mine.inter", [HEADER, "u0\ti0\t1\t86400", f"u1\ti1\t1\t{moment}"])
    told = rf"mine\.inter, line 3: timestamp:float '{moment}' is not a number of seconds since 1970; give seconds"
    with pytest.raises(SourceError, match=told):
        _import(tmp_path)
    assert not (tmp_path / "sets").exists()


@pytest.mark.parametrize("names", [("mine",), ("mine.train", "mine.valid", "mine.test")])
def test_a_file_without_interactions_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        rows = ["u0\ti0\t1\t1"] if name == "mine.train" else []
        write_lines(tmp_path / f"{name}.inter", [HEADER, *rows])
    with pytest.raises(SourceError, match=rf"{names[min(1, len(names) - 1)]}\.inter holds a header and no interaction"):
        _import(tmp_path)
