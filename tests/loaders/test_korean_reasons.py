"""What is wrong with a row is told in Korean to who reads Korean; who reads English gets the same words as ever."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from graph_schema.catalog import NODE_TYPES
from graph_schema.model import NodeType
from graph_schema.validation import fault, rules
from graph_schema.wording import Wording
from loaders.frame import load
from loaders.ksic import read_codes
from loaders.registry import SOURCES
from loaders.tables import csv_rows
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import read_csv

HANGUL = re.compile("[가-힣]")
POLITE = re.compile(r"(?:니다|니까\?|십시오)[).]?$|: ")
"""How a sentence ends, or begins before what it lists."""


@pytest.mark.parametrize("node", NODE_TYPES, ids=str)
def test_what_breaks_the_catalog_has_its_korean(node: NodeType) -> None:
    for p in node.stored:
        for rule in rules(p):
            told = fault(p, rule, "x")
            for text in (told.reason, told.remedy):
                assert isinstance(text, Wording)
                assert POLITE.search(text.ko), text.ko
                assert HANGUL.search(text.en) is None, text.en


def test_codes_that_cannot_be_read_are_told_in_korean() -> None:
    _, reasons = read_codes("99999; 1110; ksic11:10712x")

    assert reasons
    assert all(HANGUL.search(each.ko) and "알 수 없는 값" in each.ko for each in reasons)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1,2,3", "이 행은 3칸, 머리글은 2칸입니다"),
        ("1", "이 행은 1칸, 머리글은 2칸입니다"),
        ('"1"x,2', "따옴표가 놓일 수 없는 자리에 있습니다"),
        ('"1,2', "닫히지 않은 따옴표가 있습니다"),
    ],
)
def test_rows_of_another_shape_are_told_in_korean(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"code,name\n{line}\n", encoding="utf-8")
    (row,) = csv_rows(path, ("code", "name"))

    assert row.fault is not None
    assert row.fault.reason.ko == told


def test_rows_that_contradict_each_other_are_told_in_the_readers_language(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("code,name,parent\n41,경기도,\n41,경기,\n", encoding="utf-8")
    found = {}
    for language in ("ko", "en"):
        source = replace(SOURCES["regions"], language=language)
        report = load(source, [path], store, quarantine_dir=tmp_path / language)
        assert report.quarantine_file is not None
        found[language] = [(row["reason"], row["remedy"]) for row in read_csv(report.quarantine_file)]

    assert found["ko"] == [
        ("이 파일의 2행이 같은 대상(지역)을 다르게 적고 있습니다", "두 행 가운데 맞는 행만 남기십시오")
    ]
    assert found["en"] == [
        ("row 2 of this file says something else about the same Region", "keep the right one of the two rows")
    ]
