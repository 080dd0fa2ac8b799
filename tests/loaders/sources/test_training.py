"""Tests of the source ``training``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from loaders.frame import load
from loaders.recognition import source_of
from loaders.sources.training import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything


class TestTraining(LoaderContract):
    """The contract on made-up rows in the described columns."""

    source = "training"
    spoil: ClassVar = {"훈련과정명": "", "실시기업": "예비창업자 홍길동"}

    def valid_file(self) -> Path:
        return FILES / "training.csv"


def test_a_course_that_several_companies_held_is_one(store: EmbeddedStore, tmp_path: Path) -> None:
    """Two companies held one course; the same title taught at a distance is another."""
    load(SOURCE, [FILES / "training.csv"], store, quarantine_dir=tmp_path)
    courses = {row["id"]: row for row in everything(store)["Program"]}
    held = ends(store, "Company", "APPLIED_TO", "Program")

    assert sorted((row["title"], row["kind"], row["summary"]) for row in courses.values()) == [
        ("가상 용접 실무", "education", "훈련형태: 원격훈련"),
        ("가상 용접 실무", "education", "훈련형태: 집체훈련"),
        ("가상 회계", "education", "훈련형태: 집체훈련"),
    ]
    assert sorted((company, courses[course]["summary"]) for company, course in held) == [
        ("name:가나정밀", "훈련형태: 집체훈련"),
        ("name:가나정밀", "훈련형태: 집체훈련"),
        ("name:다라산업", "훈련형태: 원격훈련"),
        ("name:다라산업", "훈련형태: 집체훈련"),
    ]


def test_levels_of_ncs_are_topics_without_their_codes(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "training.csv"], store, quarantine_dir=tmp_path)

    assert {topic for _, topic in ends(store, "Program", "ABOUT", "Topic")} == {
        "재료",
        "용접",
        "회계",
        "경영·회계·사무",
    }


@pytest.mark.parametrize("header", ["과정명,기업명,훈련방법,NCS명", "훈련과정명,사업장명,훈련유형,NCS 분야"])
def test_other_usual_headers_are_known(header: str, store: EmbeddedStore, tmp_path: Path) -> None:
    lines = (FILES / "training.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["번호," + header, *(f"{at},{line}" for at, line in enumerate(lines[1:]))]), "cp949")

    assert source_of(path).name == "training"
    assert load(SOURCE, [path], store, quarantine_dir=tmp_path).loaded == 4
