"""Particles follow what is spoken, and every relationship of the catalog reads as a sentence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import RELATION_TYPES, relation_type
from recommender.language import particles
from recommender.language.particles import final_consonant, particle, with_particle

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
FILED = relation_type("Company", "FILED", "Technology")
IN_INDUSTRY = relation_type("Company", "IN_INDUSTRY", "Industry")
IN_CENTER = relation_type("Company", "LOCATED_IN", "Center")
APPLIED = relation_type("Company", "APPLIED_TO", "Program")
AWARDED = relation_type("Company", "AWARDED", "Program")
LICENSED = relation_type("Company", "LICENSED", "Technology")
MAPS_TO = relation_type("Industry", "MAPS_TO", "Industry")


@given(SYLLABLES)
def test_the_final_consonant_is_that_of_the_syllable_taken_apart(syllable: str) -> None:
    """Unicode takes a syllable apart into two letters, or three where it is closed; finals count from U+11A8."""
    letters = unicodedata.normalize("NFD", syllable)
    assert final_consonant(syllable) == (ord(letters[2]) - 0x11A7 if len(letters) > 2 else 0)


@given(st.text(SYLLABLES, min_size=1, max_size=6), st.sampled_from(["은", "이", "을", "와", "라는", "이다"]))
def test_open_and_closed_syllables_take_different_forms(word: str, kind: str) -> None:
    closed = len(unicodedata.normalize("NFD", word[-1])) > 2
    forms = {"은": "은는", "이": "이가", "을": "을를", "와": "과와"}.get(kind)
    if forms is None:
        assert particle(word, kind).startswith("이") is closed
    else:
        assert particle(word, kind) == forms[0 if closed else 1]


@given(
    st.text(SYLLABLES, min_size=1, max_size=6), st.sampled_from(["(주)", " (가상)", ".", "…", "”", " (a) (b)", "()"])
)
def test_brackets_and_punctuation_at_the_end_are_not_spoken(word: str, tail: str) -> None:
    assert final_consonant(word + tail) == final_consonant(word)


@pytest.mark.parametrize(
    ("word", "form"),
    [("서울", "로"), ("고양", "으로"), ("경기도", "로"), ("7", "로"), ("3", "으로"), ("HTML", "로"), ("Excel", "로")],
)
def test_the_particle_of_direction_is_short_after_l_and_vowels(word: str, form: str) -> None:
    assert particle(word, "로") == form


@pytest.mark.parametrize(
    ("word", "closed"),
    [
        *(("0", True), ("1", True), ("2", False), ("3", True), ("4", False), ("5", False), ("6", True), ("7", True)),
        *(("8", True), ("9", False), ("2026", True), ("1,004", False)),
    ],
)
def test_digits_are_spoken_in_sino_korean(word: str, *, closed: bool) -> None:
    """영, 일, 삼, 육, 칠 and 팔 are closed; 이, 사, 오 and 구 are open."""
    assert particle(word, "은") == ("은" if closed else "는")


@pytest.mark.parametrize(
    ("word", "closed"),
    [
        *(
            ("ABL", True),
            ("ABM", True),
            ("ABN", True),
            ("ABR", True),
            ("ABS", False),
            ("KT", False),
            ("SOFTWAREB", True),
        ),
        *(("Web", True), ("Music", True), ("Book", True), ("Tool", True), ("Team", True), ("Vision", True)),
        *(("Shop", True), ("Robot", True), ("Data", False), ("Energy", False), ("Bus", False)),
    ],
)
def test_latin_words_are_spoken_by_their_last_letter_and_acronyms_letter_by_letter(word: str, *, closed: bool) -> None:
    assert particle(word, "은") == ("은" if closed else "는")


def test_titles_are_quoted_and_names_are_not() -> None:
    assert particles.quoted("Program", "지원") == "‘지원’"
    assert particles.quoted("Company", "가온") == "가온"
    assert with_particle(particles.quoted("Program", "지원"), "을") == "‘지원’을", "a quotation mark is not spoken"


@pytest.mark.parametrize(
    ("verb", "plural"),
    [
        ("works in", "work in"),
        ("is part of", "are part of"),
        ("was awarded", "were awarded"),
        ("has", "have"),
        ("carries out", "carry out"),
        ("filed", "filed"),
        ("occupies", "occupy"),
    ],
)
def test_verbs_of_two_subjects(verb: str, plural: str) -> None:
    assert particles.english_plural(verb) == plural


@pytest.mark.parametrize("relation", RELATION_TYPES, ids=lambda each: each.name)
def test_every_relationship_reads_as_a_sentence_in_plain_and_polite_form(relation: object) -> None:
    """No particle stays open, the plain form ends in 다, the polite one in 니다, and both name source and target."""
    plain = particles.korean_fact(relation, "가온", "나래")
    polite = particles.korean_fact(relation, "가온", "나래", polite=True)
    for sentence in (plain, polite):
        assert "(" not in sentence
        assert sentence.startswith("가온")
        assert "나래" in sentence
    assert plain.endswith("다")
    assert not plain.endswith("니다")
    assert polite.endswith("니다")
    assert polite.split(" ")[:-1] == plain.split(" ")[:-1]
    assert particles.english_fact(relation, "A", "B") == f"A {relation.en} B"


@pytest.mark.parametrize("relation", RELATION_TYPES, ids=lambda each: each.name)
def test_every_sentence_can_go_on(relation: object) -> None:
    clause = particles.korean_and(particles.korean_fact(relation, "가온", "나래"))
    assert clause.endswith("고")
    assert not clause.endswith(("다고", "한고", "진고"))


def test_what_does_not_end_in_a_verb_does_not_go_on() -> None:
    assert particles.korean_and("가온") == "가온"


def test_two_with_one_target() -> None:
    """The second subject has the particle of its own last syllable, the first is joined by that of its own."""
    shared = particles.korean_shared
    assert shared(FILED, "가온", "나래", "로봇") == "가온과 나래는 모두 로봇을 출원했다"
    assert shared(FILED, "나래", "가온", "전지", polite=True) == "나래와 가온은 모두 전지를 출원했습니다"
    assert shared(IN_INDUSTRY, "가온", "나래", "제조업") == "가온과 나래는 모두 업종이 제조업이다"
    assert shared(IN_INDUSTRY, "가온", "나래", "농업", polite=True) == "가온과 나래는 모두 업종이 농업입니다"


def test_one_with_two_targets() -> None:
    shared = particles.korean_shared_source
    assert shared(FILED, "가온", "전지", "로봇") == "가온은 전지와 로봇을 출원했다"
    assert shared(FILED, "나래", "로봇", "전지", polite=True) == "나래는 로봇과 전지를 출원했습니다"
    assert shared(IN_INDUSTRY, "가온", "농업", "어업") == "가온의 업종은 농업과 어업이다"
    assert shared(IN_INDUSTRY, "가온", "농업", "제조", polite=True) == "가온의 업종은 농업과 제조입니다"


def test_the_occupant_of_a_centre_is_the_subject() -> None:
    assert particles.korean_fact(IN_CENTER, "가온", "성사") == "가온이 입주한 센터는 성사다"
    assert particles.korean_fact(IN_CENTER, "나래", "일산", polite=True) == "나래가 입주한 센터는 일산입니다"


def test_english_of_two() -> None:
    assert particles.english_shared(FILED, "A", "B", "C") == "A and B both filed C"
    assert particles.english_shared(IN_INDUSTRY, "A", "B", "C") == "A and B both work in C"
    assert particles.english_shared(IN_CENTER, "A", "B", "C") == "A and B are both located in C"
    assert particles.english_shared(AWARDED, "A", "B", "C") == "A and B were both awarded C"
    assert particles.english_shared_source(FILED, "A", "B", "C") == "A filed B and C"


def test_counts_of_companies_that_are_alike_by_an_attribute() -> None:
    said = particles.korean_count(IN_INDUSTRY, "가온", "제조업", APPLIED, count=1234, target="‘지원’")
    assert said == "가온과 업종(제조업)이 같은 기업 1,234곳이 ‘지원’에 신청했습니다"
    said = particles.english_count(IN_INDUSTRY, "A", "B", APPLIED, count=1234, target="C")
    assert said == "1,234 companies that, like A, work in B applied to C"


@pytest.mark.parametrize(
    ("like", "shared", "words"),
    [
        (APPLIED, "‘창업’", "‘창업’에 신청한"),
        (AWARDED, "‘창업’", "‘창업’에 선정된"),
        (LICENSED, "전지", "전지를 이전받은"),
        (FILED, "로봇", "로봇을 출원한"),
    ],
)
def test_counts_of_companies_that_did_the_same(like: object, shared: str, words: str) -> None:
    said = particles.korean_count(like, "나래", shared, AWARDED, count=2, target="‘지원’")
    assert said == f"나래처럼 {words} 기업 2곳이 ‘지원’에 선정되었습니다"


def test_what_leads_somewhere_has_the_particle_of_direction() -> None:
    assert particles.korean_fact(MAPS_TO, "제조업", "떡류") == "제조업은 떡류로 이어진다"
    assert particles.korean_fact(MAPS_TO, "제조업", "빵", polite=True) == "제조업은 빵으로 이어집니다"
    assert particles.korean_fact(MAPS_TO, "농업", "술", polite=True) == "농업은 술로 이어집니다"
