"""Names of relations in file names."""

from __future__ import annotations

import pytest

from graph_schema.errors import SourceError
from recommender.knowledge.folder.relation_names import FILE_SAFE, file_safe, upper_snake


def test_dots_and_slashes_become_single_underscores() -> None:
    assert upper_snake(["film.person_or_entity", "/music//genre/"]) == {
        "film.person_or_entity": "FILM_PERSON_OR_ENTITY",
        "/music//genre/": "MUSIC_GENRE",
    }


def test_a_name_that_is_safe_stays_as_it_is_published() -> None:
    assert file_safe(["P106", "isa", "part__of", "/a/b"]) == {
        "P106": "P106",
        "isa": "isa",
        "part__of": "part_of",
        "/a/b": "a_b",
    }


@pytest.mark.parametrize("names", [["a.b", "a/b"], ["./."]])
def test_names_that_meet_or_vanish_are_refused(names: list[str]) -> None:
    with pytest.raises(SourceError, match="rename it"):
        upper_snake(names)


@pytest.mark.parametrize("name", ["", "_a", "a_", "a__b", "a/b", "a.b", "a b", "..", "-"])
def test_what_would_break_a_file_name_is_not_safe(name: str) -> None:
    assert not FILE_SAFE.fullmatch(name)
