"""Columns of a list of awards."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from recommender.importers.list_columns import AwardColumns, find_columns, is_name

PATH = Path("list.csv")
KOREAN = ["연번", "사업자등록번호", "기업명", "지원 사업명", "선정일자", "지역"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (KOREAN, ("기업명", "지원 사업명", "선정일자")),
        (["Award Date", "Company_Name", "Programme"], ("Company_Name", "Programme", "Award Date")),
        (["수행기관", "과제", "사업명", "사업연도"], ("수행기관", "사업명", "사업연도")),
        (["year", "date", "measure", "beneficiary"], ("beneficiary", "measure", "date")),
    ],
)
def test_usual_names_are_found(found: list[str], expected: tuple[str, str, str]) -> None:
    columns = find_columns(PATH, found, AwardColumns())
    assert (columns.organisation, columns.item, columns.date) == expected
    assert columns.organisation_text == (expected[0],)
    assert columns.item_text == (expected[1],)


def test_what_is_named_goes_before_and_the_usual_name_stays_the_text(tmp_path: Path) -> None:
    columns = find_columns(tmp_path, KOREAN, AwardColumns(organisation="사업자등록번호", item_text=("지역",)))
    assert (columns.organisation, columns.organisation_text) == ("사업자등록번호", ("기업명",))
    assert (columns.item, columns.item_text) == ("지원 사업명", ("지역",))


def test_a_role_without_a_usual_name_is_to_be_named() -> None:
    with pytest.raises(SourceError, match="usual name for the item; name it with --item; the file has 기업명, 선정일"):
        find_columns(PATH, ["기업명", "선정일"], AwardColumns())


def test_a_column_that_is_not_there_is_told_with_its_option() -> None:
    with pytest.raises(SourceError, match="no column '업종', which --organisation-attribute names; it has 연번"):
        find_columns(PATH, KOREAN, AwardColumns(organisation_attribute=("지역", "업종")))


def test_a_text_or_attribute_called_id_is_refused() -> None:
    with pytest.raises(ConfigError, match="--item-attribute id: the folder has a column of that name"):
        find_columns(PATH, [*KOREAN, "id"], AwardColumns(item_attribute=("id",)))


def test_names_have_more_letters_than_digits() -> None:
    assert is_name(["(주)가나 2", "Beta 21"])
    assert not is_name(["123-45-67890", "P2024-01"])
    assert not is_name([])
