"""Tests of the source ``annual-figures``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources import annual_figures
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, write_csv


class TestAnnualFigures(LoaderContract):
    """The contract on its sample."""

    source = "annual-figures"
    spoil: ClassVar = {"year": "올해", "employees": "많음"}
    naming: ClassVar = ("business_number", "region", "employees")
    optional_pii: ClassVar = {"business_number": "123-45-67891"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/annual-figures.csv"


def test_each_year_of_a_company_is_kept(store: EmbeddedStore, tmp_path: Path) -> None:
    """A later file adds its year, and replaces what an earlier one said of the same year."""
    first = [{"name": "두루기술", "year": "2024", "employees": "5~9", "revenue_krw": "10억~50억"}]
    later = [first[0] | {"employees": "7"}, first[0] | {"year": "2025", "employees": "50명 이상", "revenue_krw": ""}]
    for number, rows in enumerate((first, later)):
        load(annual_figures.SOURCE, [write_csv(tmp_path / f"{number}.csv", rows)], store, quarantine_dir=tmp_path)

    assert ends(store, "Company", "REPORTED", "AnnualFigures") == {
        ("name:두루기술", f"name:두루기술@{year}") for year in (2024, 2025)
    }
    said = {year: store.get_node(NodeRef("AnnualFigures", f"name:두루기술@{year}")) or {} for year in (2024, 2025)}
    names = ("min_employees", "max_employees", "min_revenue_krw", "max_revenue_krw")
    assert [said[2024].get(name) for name in names] == [7, 7, 1e9, 5e9]
    assert [said[2025].get(name) for name in names] == [50, None, None, None]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"year": "2025"}, "employees", "neither employees nor revenue is given"),
        ({"year": "25", "employees": "5"}, "year", "not a year between 1900 and 2100"),
        ({"year": "", "employees": "5"}, "year", "this field must not be empty"),
        ({"year": "없음", "employees": "5"}, "year", "this field must not be empty"),
    ],
)
def test_a_row_that_tells_no_figure_of_a_year_is_refused(
    store: EmbeddedStore, tmp_path: Path, row: dict[str, str], field: str, reason: str
) -> None:
    path = write_csv(tmp_path / "f.csv", [{"name": "두루기술", "employees": ""} | row])
    report = load(annual_figures.SOURCE, [path], store, quarantine_dir=tmp_path)
    assert (report.loaded, report.quarantined) == (0, 1)
    assert report.quarantine_file is not None
    assert f"{field},{row.get(field, '')},{reason}" in report.quarantine_file.read_text(encoding="utf-8-sig")
