"""What is wrong with a row is told in Korean to who reads Korean; who reads English gets the same words as ever."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from graph_schema.catalog import NODE_TYPES
from graph_schema.errors import Fault
from graph_schema.model import NodeType
from graph_schema.validation import fault, rules
from graph_schema.wording import Wording, in_language
from loaders.frame import load
from loaders.ksic import read_codes
from loaders.registry import SOURCES
from loaders.tables import csv_rows
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import read_csv

ROOT = Path(__file__).resolve().parents[2]
HANGUL = re.compile("[가-힣]")
POLITE = re.compile(r"(?:니다|니까\?|십시오)[).]?$|: ")
"""How a sentence ends, or begins before what it lists."""
ENGLISH_ONLY = {
    ("loaders/resolve/decisions.py", "name the ids as `dure find` shows them"),
    ("loaders/resolve/decisions.py", "decide on the pairs between them first, or leave this one open"),
    ("loaders/resolve/review.py", "copy both nodes as the list had them"),
    ("loaders/resolve/review.py", "keep one of the two rows"),
}
"""No rows of a register, but what a person decided about pairs: not yet told in Korean."""


def _texts(path: Path) -> Iterator[str]:
    """Yield the texts that are given as reasons and remedies without a ``Wording`` around them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = f".{call.func.attr}" if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        told = {".fault": call.args[1:], "Fault": call.args[2:], "Row": call.args[2:], ".needed": call.args[2:]}
        for argument in told.get(name, []):
            if isinstance(argument, ast.Constant) and argument.value:
                yield str(argument.value)
            elif isinstance(argument, ast.JoinedStr | ast.BinOp | ast.IfExp) and "Wording" not in ast.dump(argument):
                yield ast.unparse(argument)


def test_every_reason_and_remedy_has_its_korean_beside_it() -> None:
    files = [*(ROOT / "loaders").rglob("*.py"), ROOT / "graph_schema" / "validation.py"]
    found = {(str(path.relative_to(ROOT)), text) for path in files for text in _texts(path)}

    assert {each for each in found if not each[1].startswith("f")} == ENGLISH_ONLY
    assert {each for each in found if each[1].startswith("f")} == {
        ("loaders/resolve/review.py", "f\"write {', '.join(_WORDS)} or nothing\""),
    }


@pytest.mark.parametrize("node", NODE_TYPES, ids=str)
def test_what_breaks_the_catalog_has_its_korean(node: NodeType) -> None:
    for p in node.stored:
        for rule in rules(p):
            told = fault(p, rule, "x")
            for text in (told.reason, told.remedy):
                assert isinstance(text, Wording)
                assert POLITE.search(text.ko), text.ko
                assert in_language(text, "en") == text


def test_a_copy_says_the_same() -> None:
    """As a report of faults for programs makes one."""
    text = Wording("비어 있습니다", "is empty")
    copied = asdict(Fault("name", "", text, text))["reason"]
    assert (copied, in_language(copied, "ko")) == ("is empty", "비어 있습니다")


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

    assert in_language(row.fault, "ko") == told


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
