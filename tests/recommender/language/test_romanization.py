"""Korean names are written as road signs write them."""

from __future__ import annotations

import pytest

from recommender.language.romanization import romanized, romanized_place


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("고양", "Goyang"),
        ("일산", "Ilsan"),
        ("덕양", "Deogyang"),
        ("종로", "Jongno"),
        ("강릉", "Gangneung"),
        ("신림", "Sillim"),
        ("울릉", "Ulleung"),
        ("의정부", "Uijeongbu"),
        ("왕십리", "Wangsimni"),
        ("A동", "Adong"),
    ],
)
def test_names_are_romanized_with_the_changes_of_sounds(name: str, latin: str) -> None:
    assert romanized(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [("연남동", "Yeonnam-dong"), ("북구", "Buk-gu"), ("애월읍", "Aewol-eup"), ("을지로", "Euljiro")],
)
def test_what_kind_a_place_is_stands_behind_a_hyphen(name: str, latin: str) -> None:
    assert romanized_place(name) == latin
