"""Last.FM with its knowledge graph as an experiment folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.importers.lastfm_kg import LISTENED, folders
from recommender.knowledge.folder.write import write_folder
from tests.recommender.importers.contents import edge_rows, node_rows


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Items 10 and 11 are the entities 0 and 1; item 12 has no entity; entity 10 is no item."""
    header = "user_id:token\titem_id:token\trating:float\n"
    for split, rows in {"train": "1\t10\t5.0\n2\t12\t1.0\n", "valid": "1\t11\t2.0\n", "test": "2\t10\t3.5\n"}.items():
        (tmp_path / f"lastfm.{split}.inter").write_text(header + rows, encoding="utf-8")
    (tmp_path / "lastfm.link").write_text("item_id:token\tentity_id:token\n10\t0\n11\t1\n", encoding="utf-8")
    triples = ["0\tmusic.artist/origin\t10", "0\tmusic.artist/origin\t1", "10\tfilm.film\t11", "11\tfilm.film\t1"]
    (tmp_path / "lastfm.kg").write_text(
        "\n".join(["head_id:token\trelation_id:token\ttail_id:token", *triples]) + "\n", encoding="utf-8"
    )
    (folder,) = folders(tmp_path)
    return write_folder(tmp_path / "sets", folder)


def test_listening_keeps_its_split_and_plays(made: Path) -> None:
    assert edge_rows(made, LISTENED) == [
        {"src": "1", "dst": "10", "weight": "5.0", "split": "train"},
        {"src": "1", "dst": "11", "weight": "2.0", "split": "valid"},
        {"src": "2", "dst": "10", "weight": "3.5", "split": "test"},
        {"src": "2", "dst": "12", "weight": "1.0", "split": "train"},
    ]


def test_an_entity_that_is_an_item_is_the_items_node(made: Path) -> None:
    """Entity 0 is item 10, whereas the entity that happens to be called 10 is another thing."""
    assert [row["id"] for row in node_rows(made, "Item")] == ["10", "11", "12"]
    assert [row["id"] for row in node_rows(made, "Entity")] == ["10", "11"]
    assert edge_rows(made, ("Item", "MUSIC_ARTIST_ORIGIN", "Entity")) == [{"src": "10", "dst": "10"}]
    assert edge_rows(made, ("Item", "MUSIC_ARTIST_ORIGIN", "Item")) == [{"src": "10", "dst": "11"}]
    assert edge_rows(made, ("Entity", "FILM_FILM", "Entity")) == [{"src": "10", "dst": "11"}]
    assert edge_rows(made, ("Entity", "FILM_FILM", "Item")) == [{"src": "11", "dst": "11"}]
    assert len(list((made / "edges").iterdir())) == 5
