"""What reading a folder tells has its Korean, whatever part of it tells so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from graph_schema.wording import Wording
from recommender.bench.leaks import refuse_triple_leaks
from recommender.knowledge.folder.read import read_dataset
from recommender.report.pages import webpage
from tests.recommender.report.small_findings import FIRST, findings, row
from tests.recommender.triples.graphs import untyped

TASK = '[task]\nquery = "User"\ncandidate = "Item"\ntarget = ["User", "BUYS", "Item"]\n'
TRIPLES = '[task]\nkind = "triples"\n[split]\nkind = "column"\nrefit = "train+valid"\n'
EDGES = "edges/User__BUYS__Item.csv"


def write(folder: Path, toml: str, **files: str) -> Path:
    for name, text in {"dataset.toml": toml, EDGES: "src,dst\nu1,i1\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def assert_korean(notes: Iterable[Wording]) -> None:
    for each in notes:
        assert re.search("[가-힣]", each.ko), f"{each!r} has no Korean"
        assert sorted(re.findall(r"\d+", each.ko)) == sorted(re.findall(r"\d+", each.en))
        assert set(re.findall(r"[\w/]+\.csv|'[^']+'", each.en)) <= set(re.findall(r"[\w/]+\.csv|'[^']+'", each.ko))


def test_notes_of_folders(tmp_path: Path) -> None:
    odd = {EDGES: "src,dst,wieght,\nu1,i1,1,\n", "nodes/User.csv": "id\nu1\n"}
    notes = read_dataset(write(tmp_path / "a", f'colour = "red"\n{TASK}[split]\nkin = 1\n', **odd)).notes
    notes += read_dataset(write(tmp_path / "b", TRIPLES)).notes
    assert len(notes) == 8
    assert_korean(notes)


@pytest.mark.parametrize("way", ["inverted", "alike", "itself"])
def test_notes_of_triples(way: str) -> None:
    forward = [(at, 0, at + 1) for at in range(12)]
    mirror = {
        "inverted": [(at + 1, 1, at) for at in range(12)],
        "alike": [(at, 1, at + 1) for at in range(12)],
        "itself": [(at + 1, 0, at) for at in range(10)],
    }[way]
    # What is asked for is in train the other way, or of the other relation.
    drop, asked = {"inverted": (11, (11, 0, 12)), "alike": (11, (11, 0, 12)), "itself": (12, (11, 0, 10))}[way]
    train = [each for each in forward[:drop] + mirror if each != asked]
    notes = refuse_triple_leaks(untyped(14, 2, *(np.array(rows) for rows in (train, [(0, 1, 5)], [asked]))))
    assert notes
    assert_korean(notes)


def test_reasons_of_rows_that_were_left_out(tmp_path: Path) -> None:
    rows = ["src,dst,time,split,weight", "u9,i1,,,", "u1,i1,soon,,", "u1,i1,,later,", "u1,i1,,,much", "u1,i1"]
    users = 'id,about\nu1,a\nu1,b\n,c\nu2,"d\ne",f\n'
    items = "id\ni1\n"
    folder = write(tmp_path, TASK, **{EDGES: "\n".join(rows), "nodes/User.csv": users, "nodes/Item.csv": items})
    reasons = {each.reason for each in read_dataset(folder).quarantine}
    assert len(reasons) == 8
    for each in reasons:
        assert re.search("[가-힣]", each.ko)
        assert re.findall(r"\d+", each.ko) == re.findall(r"\d+", each.en)
        assert re.findall(r"[\w/]+\.csv", each.ko) == re.findall(r"[\w/]+\.csv", each.en)


def test_a_page_has_each_in_its_language() -> None:
    page = webpage(findings(row("ease", FIRST), notes=(Wording("모르는 키: 'x'", "'x' is not known"),)))
    assert "<span lang='ko'>주의: 모르는 키: &#x27;x&#x27;</span>" in page
    assert "<span lang='en'>note: &#x27;x&#x27; is not known</span>" in page
