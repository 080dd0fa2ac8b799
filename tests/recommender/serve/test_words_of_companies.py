"""A bare name is no request, and words that were worth nothing so far do not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.serve.recommender import Recommender, open_recommender
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import BAKERY, TODAY, city, write_home


@pytest.fixture(scope="module")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    folder = tmp_path_factory.mktemp("home")
    opened = open_recommender(write_home(folder, city().written(folder / "snapshots")))
    return Recommender(opened.snapshot, opened.bundle, WordEncoder)


@pytest.mark.parametrize("name", ["(주)판로지원3", "㈜판로", "Panro Co., Ltd."])
def test_a_name_is_no_request_and_the_answer_says_that_nothing_else_is_known(
    recommender: Recommender, name: str
) -> None:
    """Titles that sound like it are no answer to it."""
    found = recommender.recommend("programs", Profile(name), as_of=TODAY)
    assert found.scorer == "popularity"
    assert any(note.ko.startswith("이 기업은 이름만 알려져 있어") for note in found.notes)
    asked = recommender.recommend("programs", Profile(f"{name} 판로 지원 3 필요"), as_of=TODAY)
    assert asked.scorer == "popularity + request text"
    assert not any("이름만" in note.ko for note in asked.notes)


def test_words_that_are_worth_nothing_by_past_records_neither_count_nor_are_quoted(recommender: Recommender) -> None:
    served = replace(recommender._task("programs"), text_share=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recommender, "_task", lambda _name: served)
        plain = recommender.recommend("programs", Profile("판로 지원 3"), as_of=TODAY)
        asked = recommender.recommend("programs", Profile("판로 지원 3 필요"), as_of=TODAY)
    assert plain.scorer == "popularity"
    assert plain.recommendations[0].ref.id == "P7"
    assert any("도움이 되지 않아 반영하지 않았습니다" in note.ko for note in plain.notes)
    assert not any("글 내용" in reason.ko for item in plain.recommendations for reason in item.reasons)
    assert asked.scorer == "popularity + request text"
    assert asked.recommendations[0].ref.id == "P3"


@pytest.mark.parametrize("asker", [BAKERY, Profile("떡집", employees=3)])
def test_a_case_counts_in_whatever_words_it_is_raised(recommender: Recommender, asker: NodeRef | Profile) -> None:
    served = replace(recommender._task("programs"), text_share=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recommender, "_task", lambda _name: served)
        found = recommender.recommend("programs", asker, case="판로 지원 3", as_of=TODAY)
    assert found.scorer == "popularity + request text"
    listed = [item.ref.id for item in found.recommendations]
    assert listed.index("P3") < listed.index("P4"), "fewer applied to it, and the case names it"
