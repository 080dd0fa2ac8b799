"""Any list of awards as an experiment folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from recommender.importers.award_list import AwardList, ListRequest, item_id, read_list
from recommender.importers.list_columns import AwardColumns
from recommender.knowledge.folder.write import write_folder
from tests.recommender.importers.contents import answers_of, edge_rows, node_rows, write_lines

AWARDED = ("Organisation", "AWARDED", "Programme")
HEADER = "연번,기업명,사업자등록번호,지원사업명,선정일자,지역,지원금액"
ROWS = [
    "1,(주)가나,111-11,2021년 수출바우처,2021.03.05,,100",
    "2,주식회사 가나,111-11,2022년 수출바우처(2차),2022-03-05,덕양구,100",
    "3,다라,222-22,스마트공장,2022년 5월 1일,일산동구,50",
    "4,마바,333-33,2023년 수출바우처,20230401,,3",
    "5,가나,111-11,스마트공장,2024.6,일산서구,",
    "6,,333-33,스마트공장,2024.6,덕양구,",
    "7,사아,444-44,스마트공장,작년,덕양구,",
    "8,사아,444-44",
    "9,다라,222-22,2024년 수출바우처,2024/1/3,,3",
]


def _read(folder: Path, request: ListRequest | None = None, rows: list[str] = ROWS) -> AwardList:
    write_lines(folder / "지원.csv", [HEADER, *rows])
    return read_list(folder / "지원.csv", request or ListRequest())


def test_a_list_with_usual_names_needs_no_option(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set", _read(tmp_path).folder)
    assert answers_of(folder, "valid") == {"다라": {"수출바우처"}}
    assert answers_of(folder, "test") == {"가나": {"스마트공장"}}
    assert node_rows(folder, "Programme") == [
        {"id": "수출바우처", "지원사업명": "2021년 수출바우처"},
        {"id": "스마트공장", "지원사업명": "스마트공장"},
    ]


def test_rows_that_cannot_be_read_are_told_with_field_value_and_remedy(tmp_path: Path) -> None:
    told = [(each.line, each.field, each.value, str(each.reason)) for each in _read(tmp_path).left_out]
    assert told == [
        (7, "기업명", "", "the cell is empty"),
        (8, "선정일자", "작년", "not a day, month or year"),
        (9, "row", "8, 사아, 444-44", "3 fields where the header has 7"),
    ]
    assert {str(each.remedy) for each in _read(tmp_path).left_out} >= {"fill it in", "write it like 2026-03-02"}


def test_what_was_chosen_is_told(tmp_path: Path) -> None:
    columns, counts, windows = map(str, _read(tmp_path).notes)
    assert columns == "organisation: 기업명, item: 지원사업명, date: 선정일자"
    assert counts == (
        "6 awards of 3 organisations by 2 items; 5 titles, those that differ in a year or round alone are one item"
    )
    assert windows == (
        "windows: train before 2024-01-01, valid before 2024-06-01, test from then on; by default about a tenth of the "
        "awards each; the list goes from 2021-03-05 to 2024-06-01"
    )


def test_spellings_of_one_organisation_meet(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set", _read(tmp_path).folder)
    assert {row["src"] for row in edge_rows(folder, AWARDED)} == {"가나", "다라", "마바"}


def test_an_attribute_is_what_the_first_award_says_that_has_it(tmp_path: Path) -> None:
    """A later value may tell what came later."""
    found = _read(tmp_path, ListRequest(AwardColumns(organisation_attribute=("지역",))))
    rows = node_rows(write_folder(tmp_path / "set", found.folder), "Organisation")
    assert {row["id"]: row["지역"] for row in rows} == {"가나": "덕양구", "다라": "일산동구", "마바": ""}


def test_numbers_stand_for_organisations_and_are_no_text(tmp_path: Path) -> None:
    request = ListRequest(AwardColumns(organisation="사업자등록번호", organisation_text=("사업자등록번호",)))
    rows = node_rows(write_folder(tmp_path / "set", _read(tmp_path, request).folder), "Organisation")
    assert rows == [{"id": "111-11"}, {"id": "222-22"}, {"id": "333-33"}]


def test_years_are_kept_where_asked(tmp_path: Path) -> None:
    found = _read(tmp_path, ListRequest(keep_years=True, valid_from=date(2022, 1, 1), test_from=date(2023, 1, 1)))
    assert found.folder.nodes["Programme"].num_rows == 5
    assert str(found.notes[1]) == "6 awards of 3 organisations by 5 items"
    assert str(found.notes[2]) == (
        "windows: train before 2022-01-01, valid before 2023-01-01, test from then on; "
        "the list goes from 2021-03-05 to 2024-06-01"
    )


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("2024년 수출바우처 지원사업(2차)", "수출바우처 지원사업"),
        ("2024년도 제3회 창업교육", "창업교육"),
        ("［2023］ 기술닥터", "기술닥터"),
        ("4차산업 교육", "4차산업 교육"),
        ("2024", "2024"),
        ("소재 12020", "소재 12020"),
    ],
)
def test_titles_without_year_and_round(title: str, bare: str) -> None:
    assert item_id(title) == bare


def test_codes_keep_their_years(tmp_path: Path) -> None:
    rows = [f"{at},{'가다라'[at]}나,1,2024-{at},{year},," for at, year in enumerate((2019, 2020, 2021))]
    assert _read(tmp_path, rows=rows).folder.nodes["Programme"]["id"].to_pylist() == ["2024-0", "2024-1", "2024-2"]


def test_a_list_without_an_award_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is an award; line 2: 선정일자 '작년': not a day, .*; write it like 2026"):
        _read(tmp_path, rows=ROWS[6:7])
    with pytest.raises(SourceError, match="holds a header and no rows; give one row an award"):
        _read(tmp_path, rows=[])


@pytest.mark.parametrize(
    ("role", "kept"), [("organisation", ROWS[:2]), ("item", [ROWS[2], "9,바사,9,스마트공장,2023,,"])]
)
def test_a_list_of_one_organisation_or_one_item_is_refused(tmp_path: Path, role: str, kept: list[str]) -> None:
    """Nobody can be learned from, or nothing chosen."""
    with pytest.raises(SourceError, match=f"all 2 awards have one {role}, '(가나|스마트공장)'; .* with --{role}"):
        _read(tmp_path, rows=kept)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            AwardColumns(item="기업명"),
            "'기업명' stands for the organisation and the item; name another one with --item",
        ),
        (
            AwardColumns(date="기업명"),
            "'기업명' stands for the organisation and the date; name another one with --date",
        ),
        (AwardColumns(organisation="지원사업명"), "'지원사업명' stands for the organisation and the item"),
    ],
)
def test_a_column_stands_for_one_thing(tmp_path: Path, columns: AwardColumns, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        _read(tmp_path, ListRequest(columns))


def test_awards_that_repeat_another_are_told(tmp_path: Path) -> None:
    """Two more of the day of the first, and one of another day, which is history."""
    again = [
        "11,가나,111-11,수출바우처,2021-03-05,,",
        "12,가나,111-11,수출바우처,2021-03-05,,",
        "13,가나,1,수출바우처,2021-03-06,,",
    ]
    notes = _read(tmp_path, rows=[*ROWS, *again]).notes
    assert str(notes[3]) == (
        "2 awards have organisation, item and date of another; each counts, so take out rows that are copies"
    )
