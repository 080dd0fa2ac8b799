"""A text without a word that tells anything fits no result; one with a single real word counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Answer
from recommender.serve.meaningful_words import NOT_UNDERSTOOD, MeaningfulWords
from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender
from recommender.text.encoder import load_encoder
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import BAKERY, TODAY, city, write_home

MODEL = load_encoder()
NONSENSE = (
    "asdf qwer",
    "고양 싶습니다",
    "고양시 일산동구에서",
    "12345",
    "3.14 / 2026",
    "!!! ...",
    "🍞🍞",
    "ㅎㅎ ㅁㄴㅇㄹ",
    "a",
    "가",
    "",
    "sdkfjh wqeoiu",
    "dkssud",
    "hahaha",
    "아아아아",
    "뷁뷁",
    "안녕하세요, 지원 좀 부탁드립니다",
    "저희 회사가 신청할 수 있나요?",
    "we need help please",
)
REAL = (
    "빵집",
    "미용실",
    "CNC",
    "drone parts",
    "수제맥주",
    "양말공장",
    "로봇",
    "K-pop",
    "soju",
    "kombucha",
    "eVTOL",
    "IT",
    "5G",
    "술",
    "돈이 필요합니다",
    "고양이",
    "한빛정밀",
    "samsung",
    "직원 3명",
    "2024년 창업",
    "책을 팝니다",
    "ドローン",
)


class ReadingEncoder(WordEncoder):
    """Vectors by words, and the vocabulary of the default model."""

    def pieces(self, word: str) -> int:
        """Count the pieces that the default model reads a word as."""
        return MODEL.pieces(word)


@pytest.fixture(scope="module")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    folder = tmp_path_factory.mktemp("home")
    graph = city()
    graph.node("Technology", "odd", title="zzyqk 공법", status="registered")
    graph.node("Need", "none", title="문의", text="asdf")
    graph.node("Need", "bakery", title="문의", text="도와주세요")
    graph.link("Company:bakery", "NEEDS", "Need:bakery")
    opened = open_recommender(write_home(folder, graph.written(folder / "snapshots")))
    return Recommender(opened.snapshot, opened.bundle, ReadingEncoder)


@pytest.fixture(scope="module")
def words(recommender: Recommender) -> MeaningfulWords:
    return MeaningfulWords(recommender.snapshot, MODEL)


@pytest.mark.parametrize("text", NONSENSE)
def test_nothing_is_told_by_what_holds_no_known_word(words: MeaningfulWords, text: str) -> None:
    assert not words.are_in(text)


@pytest.mark.parametrize("text", REAL)
def test_one_real_word_is_enough(words: MeaningfulWords, text: str) -> None:
    assert words.are_in(text)
    assert words.are_in(f"asdf {text}")


def test_a_name_that_no_lexicon_has_tells_something_where_a_node_has_it(words: MeaningfulWords) -> None:
    assert words.are_in("zzyqk")
    assert not words.are_in("zzyqj")


def _listed(answer: Answer) -> list[tuple[NodeRef, float]]:
    return [(item.ref, item.score) for item in answer.recommendations]


def _said(answer: Answer) -> str:
    return " ".join(f"{reason.ko} {reason.en}" for item in answer.recommendations for reason in item.reasons)


@pytest.mark.parametrize("task", ["programs", "finance", "technologies"])
@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_not_understood_is_ranked_as_a_company_of_which_nothing_is_known(
    recommender: Recommender, task: str, text: str
) -> None:
    """The list says so in both languages and with what would help, and no reason claims that a result fits it."""
    asker, _ = read_profile(text, recommender.snapshot, today=TODAY)
    answer = recommender.recommend(task, asker, n=100, as_of=TODAY)
    unknown = recommender.recommend(task, replace(asker, text=""), n=100, as_of=TODAY)
    assert _listed(answer) == _listed(unknown)
    assert answer.scorer == "popularity"
    assert answer.notes[0] == NOT_UNDERSTOOD
    assert "요청과 맞는" not in _said(answer)
    assert "request" not in _said(answer)
    assert "글 내용" not in _said(answer)


def test_what_is_understood_beside_it_counts_alone(recommender: Recommender) -> None:
    plain, beside = (
        recommender.recommend("programs", Profile(text), n=100, as_of=TODAY)
        for text in ("판로 지원 3 필요", "asdf qwer. 판로 지원 3 필요")
    )
    assert _listed(plain) == _listed(beside)
    assert plain.recommendations[0].reasons[0].ko.startswith("요청과 맞는 점: ‘판로 지원 3 필요’라는 말")
    assert NOT_UNDERSTOOD not in beside.notes


def test_an_industry_that_is_stated_counts_though_the_text_tells_nothing(recommender: Recommender) -> None:
    industry = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)}
    answer = recommender.recommend("programs", Profile("asdf", industry), n=100, as_of=TODAY)
    coded = recommender.recommend("programs", Profile("", industry), n=100, as_of=TODAY)
    assert _listed(answer) == _listed(coded)
    assert "‘asdf’" not in _said(answer)
    assert NOT_UNDERSTOOD in answer.notes


def test_a_case_that_is_not_understood_leaves_the_list_of_its_company(recommender: Recommender) -> None:
    plain = recommender.recommend("programs", BAKERY, n=100, as_of=TODAY)
    for answer in (
        recommender.recommend("programs", NodeRef("Need", "bakery"), n=100, as_of=TODAY),
        recommender.recommend("programs", BAKERY, n=100, as_of=TODAY, case="12345"),
    ):
        assert _listed(answer) == _listed(plain)
        assert NOT_UNDERSTOOD in answer.notes
        assert "요청과 맞는" not in _said(answer)
    assert NOT_UNDERSTOOD not in plain.notes


def test_a_case_of_nobody_that_is_not_understood_is_that_of_a_company_of_which_nothing_is_known(
    recommender: Recommender,
) -> None:
    answer = recommender.recommend("programs", NodeRef("Need", "none"), n=100, as_of=TODAY)
    assert _listed(answer) == _listed(recommender.recommend("programs", Profile(""), n=100, as_of=TODAY))
    assert NOT_UNDERSTOOD in answer.notes
    assert "요청과 맞는" not in _said(answer)


def test_of_a_name_alone_no_result_is_said_to_fit(recommender: Recommender) -> None:
    answer = recommender.recommend("programs", Profile("(주)한빛"), n=100, as_of=TODAY)
    assert "요청과 맞는" not in _said(answer)
    assert NOT_UNDERSTOOD not in answer.notes, "the name is understood, and the note on it says what it is worth"
