"""Tests of the source ``regions``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.regions import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything


class TestRegions(LoaderContract):
    """The contract on its sample."""

    source = "regions"
    spoil: ClassVar = {"code": "411"}

    def valid_file(self) -> Path:
        return FOLDER / "regions.csv"


def test_legal_dong_codes_give_the_regions_that_still_exist(store: EmbeddedStore, tmp_path: Path) -> None:
    """Neighbourhoods and abolished regions are left out; a province that is new comes by its own code."""
    report = load(SOURCE, [FILES / "legal_dong.txt"], store, quarantine_dir=tmp_path)
    regions = {row["id"]: (row["name"], row["level"]) for row in everything(store)["Region"]}

    assert (report.read, report.loaded, report.quarantined) == (7, 6, 1)
    assert regions["11680"] == ("강남구", 2)
    assert (regions["41280"], regions["41281"]) == (("고양시", 2), ("고양시 덕양구", 3))
    assert regions["12"] == ("전남광주통합특별시", 1)
    assert "42150" not in regions
    assert ("41281", "41280") in ends(store, "Region", "PART_OF", "Region")
