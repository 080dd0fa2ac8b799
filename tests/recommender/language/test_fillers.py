"""Words of every request are told from words that say something, and typing at random from words."""

from __future__ import annotations

import pytest

from recommender.language.fillers import is_filler, is_mashed, is_speakable


@pytest.mark.parametrize(
    "word",
    [
        "싶습니다",
        "지원을",
        "지원받고싶어요",
        "신청하려고요",
        "부탁드립니다",
        "있나요",
        "뭐가",
        "하하",
        "크크크",
        "Please",
        "we",
    ],
)
def test_what_every_request_may_say_is_a_filler(word: str) -> None:
    assert is_filler(word)


@pytest.mark.parametrize(
    "word",
    [
        "고양이",
        "하수처리",
        "알고리즘",
        "보고서",
        "한과",
        "한지",
        "줄기",
        "입시",
        "해외",
        "수출",
        "하네스",
        "IT",
        "drone",
    ],
)
def test_a_noun_that_begins_like_a_verb_is_none(word: str) -> None:
    assert not is_filler(word)


@pytest.mark.parametrize("word", ["asdf", "QWER", "poiu", "qweasd", "asdfasdf", "aaa", "hahaha", "xyxyxy"])
def test_keys_side_by_side_and_one_thing_again_and_again_are_no_words(word: str) -> None:
    assert is_mashed(word)


@pytest.mark.parametrize("word", ["were", "tree", "POI", "coco", "drone", "CNC", "led"])
def test_words_of_neighbouring_keys_are_words(word: str) -> None:
    assert not is_mashed(word)


def test_what_has_vowels_between_other_letters_can_be_said() -> None:
    assert all(map(is_speakable, ["soju", "sock", "bokki", "quiz"]))
    assert not any(map(is_speakable, ["hjkl", "qwer", "dkssud", "aeio"]))
