"""The list that a person fills in and gives back."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError, ValidationError
from graph_schema.model import NodeRef
from loaders.resolve.decisions import Proposal, Side, pair_of
from loaders.resolve.review import read_review, write_review
from tests.loaders.graphs import read_csv, write_csv

ONE, OTHER = NodeRef("Company", "name:가나"), NodeRef("Company", "brn:1234567891")
PROPOSAL = Proposal(
    Side(ONE, "=가나", ("41280",), (), "빵" * 200),
    Side(OTHER, "(주)가나", ("41281", "41285"), ("ksic11:20423", "ksic10:10712", "ksic9:15421"), ""),
    3.14159,
    ("이름 같음 · same name (+0.2)", "시 같음 · same city (+4.7)"),
    same=False,
)
SURE = Proposal(PROPOSAL.member, PROPOSAL.stays, 40.0, (), same=True)


def test_only_what_a_person_should_look_at_is_written(tmp_path: Path) -> None:
    """A cell that a spreadsheet would take for a formula is kept from it."""
    path = tmp_path / "review.csv"
    assert write_review(path, [SURE, PROPOSAL]) == 1
    (row,) = read_csv(path)
    assert (row["decision"], row["node_1"], row["name_1"], row["regions_2"]) == (
        "",
        "Company:name:가나",
        "'=가나",
        "경기도 고양시 덕양구, 경기도 고양시 일산동구",
    )
    assert (row["regions_1"], row["industries_2"]) == ("경기도 고양시", "화장품 제조업, 빵류 제조업, ksic9:15421")
    assert (row["score"], len(row["text_1"])) == ("3.1", 120)


@pytest.mark.parametrize("word", ["same", "같음", "Different ", "다름"])
def test_what_is_filled_in_is_read_and_the_rest_left_open(tmp_path: Path, word: str) -> None:
    path = tmp_path / "review.csv"
    write_review(path, [PROPOSAL])
    (row,) = read_csv(path)
    open_row = row | {"node_2": "Company:brn:9"}
    write_csv(path, [row | {"decision": word}, open_row])
    assert read_review(path) == {pair_of(ONE, OTHER): word in ("same", "같음")}


def test_every_row_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """An unknown word, an unknown node, and two rows that decide the opposite."""
    right = {"decision": "same", "node_1": str(ONE), "node_2": str(OTHER)}
    rows = [right, right | {"decision": "maybe"}, right | {"node_1": "brn:1"}, right | {"decision": "다름"}]
    with pytest.raises(ValidationError) as raised:
        read_review(write_csv(tmp_path / "review.csv", rows))
    assert [(fault.field, fault.value) for fault in raised.value.faults] == [
        ("decision", "maybe"),
        ("decision", "same"),
        ("decision", "다름"),
    ]
    assert [fault.reason.ko.split(":")[0] for fault in raised.value.faults] == ["3행", "4행", "5행"]
    assert [fault.reason.en.split(":")[0] for fault in raised.value.faults] == ["row 3", "row 4", "row 5"]


def test_a_list_is_not_written_over_another_nor_where_none_can_be(tmp_path: Path) -> None:
    """The one that is there may be filled in."""
    path = tmp_path / "review.csv"
    write_review(path, [PROPOSAL])
    filled = path.read_text(encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"`dure resolve decide {path}` takes it in"):
        write_review(path, [])
    assert path.read_text(encoding="utf-8") == filled
    with pytest.raises(ConfigError, match="name a new file in a folder that can be written"):
        write_review(tmp_path / "none" / "review.csv", [PROPOSAL])


def test_another_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read_review(write_csv(tmp_path / "other.csv", [{"name": "가나"}]))
