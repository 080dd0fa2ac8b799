"""The report of a load of all files, and notices with and without their text, by files written here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.sources.examples import NOTICES, five_notices, load_report
from tests.loaders.graphs import FILES, write_csv

NOTICE = {
    "pblancId": "PBLN_000000000900001",
    "pblancNm": "[경기] 가상 지원사업 공고",
    "agency": "경기도 / 가상진흥원",
    "deadline": "2026-04-30",
    "trgetNm": "중소기업",
    "bsnsSumryCn": "가상 지원사업을 공고합니다. ☞ 업력 7년 이내 기업 ☞ 기업당 최대 1,000만원 지원",
}


def test_a_load_of_all_files_says_what_became_of_rows_and_why_files_are_left(tmp_path: Path) -> None:
    """Two notices, of which one has no title, one factory file of three rows, articles, and a note."""
    (tmp_path / "programs").mkdir()
    write_csv(tmp_path / NOTICES, [NOTICE, NOTICE | {"pblancId": "PBLN_000000000900002", "pblancNm": ""}])
    (tmp_path / "f.csv").write_bytes((FILES / "factories.csv").read_bytes())
    (tmp_path / "articles.json").write_text('{"data": [{"titl_nm": "글", "clss_cd": "x"}]}', encoding="utf-8")
    (tmp_path / "note.md").write_text("note", encoding="utf-8")
    text = load_report(tmp_path)

    assert "| `bizinfo` | `programs/bizinfo_2026_meta.csv` | 2 | 1 | 0 | 1 | 0 |" in text
    assert "| `factories` | `f.csv` | 3 | 3 | 0 | 0 | 0 |" in text
    assert "- `bizinfo`: `pblancNm` this field must not be empty (1 rows)" in text
    assert "- ../shared/data/articles.json is of K-Startup articles, for which the graph has no place" in text
    assert "- ../shared/data/note.md was not opened" in text
    assert str(tmp_path) not in text


def test_a_notice_shows_what_its_text_adds_and_the_words_for_it(tmp_path: Path) -> None:
    text = five_notices(write_csv(tmp_path / "n.csv", [NOTICE]))

    assert "### `PBLN_000000000900001` [경기] 가상 지원사업 공고" in text
    assert "| `max_company_age` | – | 7 |" in text
    assert "| `max_support_krw` | – | 10,000,000 |" in text
    assert "업력 7년 이내" in text
    assert "`apply_until` 2026-04-30" in text.rpartition("The same before and after")[2]
    assert NOTICE["bsnsSumryCn"] not in text


@pytest.mark.shared
def test_no_text_of_a_notice_is_on_the_page(shared_data: Path) -> None:
    """Spans of a few words are; forty characters of one sentence would be an excerpt."""
    text = five_notices(shared_data / NOTICES)
    with (shared_data / NOTICES).open(encoding="utf-8-sig", newline="") as file:
        summaries = [row["bsnsSumryCn"] for row in csv.DictReader(file) if row["pblancId"] in text]

    assert len(summaries) == 5
    assert not [part for each in summaries for at in range(len(each) - 40) if (part := each[at : at + 41]) in text]
