"""A folder read into arrays: what cannot be used is left out, with its place, its value and the remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from unicodedata import normalize

import numpy as np
import pytest

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.knowledge.columns import TextColumn
from recommender.knowledge.dataset import NO_SPLIT, SPLITS, BadRow, Dataset
from recommender.knowledge.folder.read import read_dataset

TOML = '[task]\nquery = "User"\ncandidate = "Item"\ntarget = ["User", "BUYS", "Item"]\n'
USERS, ITEMS = "nodes/User", "nodes/Item"
BUYS = "edges/User__BUYS__Item"
GOOD = {USERS: "id,age\nu1,30\nu2,41\n", ITEMS: "id\ni1\ni2\n", BUYS: "src,dst\nu1,i1\nu2,i2\n"}


def read(folder: Path, toml: str = TOML, **files: str) -> Dataset:
    """Write the good folder with some files in place of its own, ``""`` for none, and read it."""
    named = {"users": USERS, "items": ITEMS, "buys": BUYS}
    texts = GOOD | {named[name]: text for name, text in files.items()}
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, encoding="utf-8", newline="")
    (folder / "dataset.toml").write_text(toml, encoding="utf-8")
    return read_dataset(folder)


def pairs(dataset: Dataset) -> list[tuple[str, str]]:
    edges, users, items = dataset.target, dataset.nodes["User"].ids, dataset.nodes["Item"].ids
    return [(users[src], items[dst]) for src, dst in zip(edges.src, edges.dst, strict=True)]


def test_nodes_keep_the_order_of_their_file_and_edges_point_at_their_places(tmp_path: Path) -> None:
    dataset = read(tmp_path, users="id,age\nu2,41\nu1,30\n")
    assert dataset.nodes["User"].ids == ("u2", "u1")
    assert dataset.target.src.tolist() == [1, 0]
    assert dataset.nodes["User"].raw == {"age": ("41", "30")}
    assert dataset.quarantine == ()


def test_what_edges_say_beyond_their_ends(tmp_path: Path) -> None:
    rows = "src,dst,time,split,weight\nu1,i1,2020-05-01,train,2.5\nu2,i2,2020-05-01T09:00:00+09:00,test,\nu1,i2,,,\n"
    edges = read(tmp_path, buys=rows).target
    assert edges.time.astype(str).tolist() == ["2020-05-01T00:00:00", "2020-05-01T00:00:00", "NaT"]
    assert edges.split.tolist() == [SPLITS.index("train"), SPLITS.index("test"), NO_SPLIT]
    assert edges.weight.tolist() == [2.5, 1.0, 1.0]


def test_columns_of_edges_that_are_not_there_are_undated_without_split_and_of_weight_one(tmp_path: Path) -> None:
    edges = read(tmp_path).target
    assert np.isnat(edges.time).all()
    assert set(edges.split.tolist()) == {NO_SPLIT}
    assert set(edges.weight.tolist()) == {1.0}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("u9,i1,,", ("src", "u9", "nodes/User.csv has no such id", "add the node")),
        ("u1,i9,,", ("dst", "i9", "nodes/Item.csv has no such id", "fix the id")),
        (",i1,,", ("src", "", "nodes/User.csv has no such id", "add the node")),
        ("u1,i1,2020-13-01,", ("time", "2020-13-01", "not an ISO date", "write it like 2026-03-02")),
        ("u1,i1,2020-02-30,", ("time", "2020-02-30", "not an ISO date", "write it like 2026-03-02")),
        ("u1,i1,01/02/2020,", ("time", "01/02/2020", "not an ISO date", "write it like 2026-03-02")),
        ("u1,i1,,tset", ("split", "tset", "not a split", "use one of train, valid, test")),
        ("u1,i1,,train,x", ("row", "u1,i1,,train,x", "5 fields where the header has 4", "quote commas")),
        ("u1,i1", ("row", "u1,i1", "2 fields where the header has 4", "write a comma for every field")),
    ],
)
@pytest.mark.parametrize("line", [2, 3, 4])
def test_a_row_that_cannot_be_used_is_named_with_its_remedy_and_the_rest_goes_on(
    tmp_path: Path, row: str, told: tuple[str, str, str, str], line: int
) -> None:
    """Wherever it stands: first, in the middle, last."""
    field, value, reason, remedy = told
    rows = ["u1,i1,2020-01-01,train", "u2,i2,2020-01-02,test"]
    rows.insert(line - 2, row)
    dataset = read(tmp_path, buys="\n".join(["src,dst,time,split", *rows]) + "\n")
    (bad,) = dataset.quarantine
    assert (bad.file, bad.line, bad.field, bad.value) == ("edges/User__BUYS__Item.csv", line, field, value)
    assert reason in bad.reason.en
    assert remedy in bad.remedy.en
    assert pairs(dataset) == [("u1", "i1"), ("u2", "i2")]
    assert dataset.target.split.tolist() == [SPLITS.index("train"), SPLITS.index("test")]


@pytest.mark.parametrize("weight", ["two", "inf", "nan", "1e39", "-1e39", "1e400"])
def test_a_weight_that_is_no_finite_number_is_left_out(tmp_path: Path, weight: str) -> None:
    dataset = read(tmp_path, buys=f"src,dst,weight\nu1,i1,{weight}\nu2,i2,3\n")
    assert [(bad.line, bad.field, bad.value) for bad in dataset.quarantine] == [(2, "weight", weight)]
    assert dataset.target.weight.tolist() == [3.0]


def test_a_row_with_two_faults_is_told_once(tmp_path: Path) -> None:
    dataset = read(tmp_path, buys="src,dst,time\nu9,i9,soon\nu1,i1,2020-01-01\n")
    assert [(bad.line, bad.field) for bad in dataset.quarantine] == [(2, "src")]


def test_lines_are_right_after_rows_of_the_wrong_length(tmp_path: Path) -> None:
    dataset = read(tmp_path, buys="src,dst\nu1\nu9,i1\nu1,i1,x\nu8,i1\nu2,i2\n")
    assert sorted((bad.line, bad.value) for bad in dataset.quarantine) == [
        (2, "u1"),
        (3, "u9"),
        (4, "u1,i1,x"),
        (5, "u8"),
    ]
    assert pairs(dataset) == [("u2", "i2")]


def test_lines_are_those_of_the_file_after_blank_ones_and_values_of_several(tmp_path: Path) -> None:
    buys = '\n\nsrc,dst,about\n\nu9,i1,\nu1,i1,"long\n\nand more"\n\nu1\nu8,i1,\nu2,i2,\n'
    dataset = read(tmp_path, buys=buys)
    assert sorted((bad.line, bad.value) for bad in dataset.quarantine) == [(5, "u9"), (10, "u1"), (11, "u8")]
    assert pairs(dataset) == [("u1", "i1"), ("u2", "i2")]


@pytest.mark.parametrize(
    ("buys", "told"),
    [
        ('src,dst\nu1,"i1\nu2,i2\nu1,i2\nu2,"i1,x\nu2,i2\n', (2, "row", "swallowed 4 lines")),
        ('src,dst\n"u1,i1\nu2,i2\nu1",i2\nu2,i2\n', (2, "src", "swallowed 3 lines")),
        ('src,dst,time\nu2,i2,\nu1,i1,"2020-01-01\nu2,i2,"\n', (3, "time", "swallowed 2 lines")),
    ],
)
def test_a_stray_quotation_mark_is_told_with_the_lines_it_swallowed(
    tmp_path: Path, buys: str, told: tuple[int, str, str]
) -> None:
    dataset = read(tmp_path, buys=buys)
    (bad,) = dataset.quarantine
    assert (bad.line, bad.field) == told[:2]
    assert str(bad.reason) == f"a quotation mark that is not closed {told[2]}"
    assert str(bad.remedy) == "double it, or quote the whole cell"
    assert pairs(dataset) == [("u2", "i2")]


def test_a_file_that_ends_within_a_quotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"Item.csv: the quotation mark that opens on line 3 is never closed; double"):
        read(tmp_path, buys='src,dst\nu1,i1\nu2,"i2\nu1,i2\n')


def test_a_mark_of_inches_is_no_quotation(tmp_path: Path) -> None:
    dataset = read(tmp_path, items='id,about\ni1,a 7" single\ni2,\n')
    assert dataset.nodes["Item"].raw["about"] == ('a 7" single', "")


@pytest.mark.parametrize("rows", [["i1,{}", "i2,"], ["i1,", "i2,{}"]])
def test_a_cell_may_be_longer_than_what_is_read_at_a_time(tmp_path: Path, rows: list[str]) -> None:
    long = "word " * 900_000
    dataset = read(tmp_path, items="\n".join(["id,about", *rows, ""]).format(long))
    assert set(dataset.nodes["Item"].raw["about"]) == {long, ""}


def test_of_nodes_with_one_id_the_first_counts(tmp_path: Path) -> None:
    dataset = read(tmp_path, users="id,age\nu0,1,2\nu1,30\nu1,31\n,32\nu2,41\n")
    assert dataset.nodes["User"].ids == ("u1", "u2")
    assert dataset.nodes["User"].raw["age"] == ("30", "41")
    wrong, twice, empty = dataset.quarantine
    assert (wrong.line, wrong.field) == (2, "row")
    remedy = Wording("노드마다 고유한 id로 한 행만 적으십시오", "give each node one row with an id of its own")
    before = Wording("같은 id가 3번째 줄에 이미 있음", "the id stands on line 3 already")
    assert twice == BadRow("nodes/User.csv", 4, "id", "u1", before, remedy)
    assert empty == BadRow("nodes/User.csv", 5, "id", "", Wording("id가 비어 있음", "the id is empty"), remedy)


def test_a_column_may_have_any_name(tmp_path: Path) -> None:
    """Also one that a table of rows could have been given."""
    dataset = read(tmp_path, users="id,line,file\nu1,7,a\nu2,8,b\n", buys="src,dst,line\nu9,i1,x\nu1,i1,y\n")
    assert dataset.nodes["User"].raw == {"line": ("7", "8"), "file": ("a", "b")}
    assert [bad.line for bad in dataset.quarantine] == [2]


def test_columns_that_a_spreadsheet_left_empty_are_dropped_with_a_note(tmp_path: Path) -> None:
    dataset = read(tmp_path, users="id,,age, \nu1,,30,\nu2, ,41,\n", buys="src,dst,\nu1,i1,\nu2,i2,\n")
    assert dataset.nodes["User"].raw == {"age": ("30", "41")}
    assert pairs(dataset) == [("u1", "i1"), ("u2", "i2")]
    assert sorted(map(str, dataset.notes)) == [
        "edges/User__BUYS__Item.csv: 1 columns without name and values were left aside",
        "nodes/User.csv: 2 columns without name and values were left aside",
    ]


def test_text_of_a_node_is_that_of_all_its_columns(tmp_path: Path) -> None:
    items = "id,title,about\n" + "".join(f"i{at},The {at}th song of summer,\n" for at in range(1, 40))
    dataset = read(tmp_path, items=items.replace("summer,\n", 'summer,"long, and\nover two lines"\n', 1))
    nodes = dataset.nodes["Item"]
    assert isinstance(nodes.columns[0], TextColumn)
    assert nodes.raw["about"][0] == "long, and\nover two lines"
    assert nodes.texts is not None
    assert nodes.texts[0].startswith("The 1th song of summer")
    assert dataset.nodes["User"].texts is None


def test_marks_at_the_start_blanks_around_names_and_other_line_ends_are_read(tmp_path: Path) -> None:
    dataset = read(tmp_path, buys="\ufeffsrc, dst ,time\r\nu1,i1,2020-01-01\r\nu2,i2,\r\n")
    assert pairs(dataset) == [("u1", "i1"), ("u2", "i2")]


@pytest.mark.parametrize(
    ("files", "match"),
    [
        ({"buys": "from,dst\nu1,i1\n"}, r"User__BUYS__Item.csv has no column src; it has from, dst; rename"),
        ({"users": "name\nAnn\n"}, r"nodes/User.csv has no column id; it has name; rename"),
        ({"buys": "src,dst,dst\nu1,i1,i2\n"}, r"has column dst more than once; give each column a name"),
        ({"users": "id,,,\nu1,,a,b\n"}, r"nodes/User.csv has values in columns 3, 4, which have no name; give each a"),
        ({"users": "\n\n"}, r"nodes/User.csv is empty; its first line must name the columns"),
        ({"buys": ""}, r"edges holds no CSV file; name them <SRC>__<REL>__<DST>.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_remedy(tmp_path: Path, files: dict[str, str], match: str) -> None:
    with pytest.raises(SourceError, match=match):
        read(tmp_path, **files)


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
@pytest.mark.parametrize("text", ["id,name\nu1,이름\n", "id,이름\nu1,a\n", "id,name\nu1,이름,더,많이\nu2,a\n"])
def test_text_of_another_encoding_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], encoding: str, text: str
) -> None:
    """In a value, in the header, and in a row of too many fields; nothing else is printed."""
    read(tmp_path)
    (tmp_path / "nodes/User.csv").write_bytes(text.encode(encoding))
    with pytest.raises(
        SourceError, match=r"nodes/User.csv cannot be read as CSV in UTF-8: line \d .* save the file as"
    ):
        read_dataset(tmp_path)
    assert capfd.readouterr().err == ""


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "nodes/Shop.csv").mkdir()
    with pytest.raises(SourceError, match=r"nodes/Shop.csv cannot be read: "):
        read_dataset(tmp_path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("toml_form", ["NFC", "NFD"])
def test_korean_labels_are_the_same_however_a_system_writes_them(
    tmp_path: Path, form: Literal["NFC", "NFD"], toml_form: Literal["NFC", "NFD"]
) -> None:
    """Names of files come from macOS with their letters taken apart."""
    toml = '[task]\nquery = "기업"\ncandidate = "지원사업"\ntarget = ["기업", "선정", "지원사업"]\n'
    texts = {
        "nodes/기업": "id\nu1\n",
        "nodes/지원사업": "id\ni1\n",
        "edges/기업__선정__지원사업": "src,dst\nu1,i1\nu2,i1\n",
    }
    for name, text in texts.items():
        path = tmp_path / f"{normalize(form, name)}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "dataset.toml").write_text(normalize(toml_form, toml), encoding="utf-8")
    dataset = read_dataset(tmp_path)
    assert dataset.target.key == dataset.spec.task.target == ("기업", "선정", "지원사업")
    assert set(dataset.nodes) == {"기업", "지원사업"}
    assert [bad.file for bad in dataset.quarantine] == ["edges/기업__선정__지원사업.csv"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    read(tmp_path)
    for form in ("NFC", "NFD"):
        (tmp_path / f"nodes/{normalize(form, '기업')}.csv").write_text("id\n", encoding="utf-8")
    if len(list((tmp_path / "nodes").glob("*.csv"))) < 4:
        pytest.skip("this file system takes both for one name")
    with pytest.raises(SourceError, match=r"nodes holds two files that are both called 기업.csv; rename one"):
        read_dataset(tmp_path)


@pytest.mark.parametrize("name", ["User__Item", "__BUYS__Item", "User__BUYS__", "User____Item"])
def test_an_edge_file_is_named_by_its_two_labels_and_its_relation(tmp_path: Path, name: str) -> None:
    read(tmp_path)
    (tmp_path / f"edges/{name}.csv").write_text("src,dst\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"{name}.csv: the name must be <SRC>__<REL>__<DST>.csv"):
        read_dataset(tmp_path)


def test_a_relation_may_hold_two_underscores(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "edges/User__LIVES__IN__City.csv").write_text("src,dst\nu1,c1\n", encoding="utf-8")
    assert [edges.key for edges in read_dataset(tmp_path).context] == [("User", "LIVES__IN", "City")]


def test_a_label_without_a_file_takes_its_nodes_from_the_edges_and_says_so(tmp_path: Path) -> None:
    dataset = read(tmp_path, items="", buys="src,dst\nu1,i2\nu2,i1\nu1,\n")
    assert dataset.nodes["Item"].ids == ("i1", "i2")
    assert tuple(map(str, dataset.notes)) == ("nodes/Item.csv is not there; its 2 nodes were taken from the edges",)
    assert [(bad.line, bad.field) for bad in dataset.quarantine] == [(4, "dst")]


def test_a_target_without_a_file_is_named_with_the_files_there_are(tmp_path: Path) -> None:
    dataset = read(tmp_path, TOML.replace("BUYS", "RENTS"))
    with pytest.raises(SourceError, match=r"has no edges/User__RENTS__Item.csv, the target; it has User__BUYS__Item"):
        _ = dataset.target


def test_keys_of_the_toml_that_nobody_knows_are_noted(tmp_path: Path) -> None:
    dataset = read(tmp_path, f'colour = "red"\n{TOML}candidate_sen = true\n[split]\nkind = "random"\n')
    assert tuple(map(str, dataset.notes)) == tuple(
        f"dataset.toml: {said}"
        for said in (
            "'colour' is not known and was left aside",
            "'task.candidate_sen' is not known and was left aside; near is candidate_seen",
        )
    )


def test_columns_of_edges_that_nobody_knows_are_noted(tmp_path: Path) -> None:
    """A misspelt one must not pass for one that is absent."""
    dataset = read(tmp_path, buys="src,dst,Time,wieght,split\nu1,i1,2020-01-01,2,train\n")
    (note,) = dataset.notes
    assert note.en.startswith("edges/User__BUYS__Item.csv: not known and left aside: 'Time', 'wieght'; known")
    assert read(tmp_path, buys="src,dst,time,split,weight\nu1,i1,,,\n").notes == ()


def test_nodes_are_chosen_by_equality_on_their_columns(tmp_path: Path) -> None:
    nodes = read(tmp_path, users="id,kind,adult,age\nu1,a,TRUE,30\nu2,b,false,41\n").nodes["User"]
    assert nodes.matching({}).tolist() == [True, True]
    assert nodes.matching({"kind": "b"}).tolist() == [False, True]
    assert nodes.matching({"adult": True}).tolist() == [True, False]
    assert nodes.matching({"age": 41, "kind": "a"}).tolist() == [False, False]
    with pytest.raises(SourceError, match=r"nodes/User.csv has no column 'size', .* it has kind, adult, age"):
        nodes.matching({"size": 3})


def test_the_hash_is_that_of_all_that_was_read_and_of_nothing_else(tmp_path: Path) -> None:
    first = read(tmp_path).content_hash
    (tmp_path / "README.txt").write_text("about this folder", encoding="utf-8")
    assert read_dataset(tmp_path).content_hash == first
    assert read(tmp_path, users="id,age\nu1,30\nu2,42\n").content_hash != first
    assert read(tmp_path, TOML + "query_seen = true\n").content_hash != first
    assert read(tmp_path).content_hash == first
