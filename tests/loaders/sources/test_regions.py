"""Tests of the source ``regions``."""

from __future__ import annotations

from pathlib import Path

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestRegions(LoaderContract):
    source = "regions"
    spoil = {"code": "411"}

    def valid_file(self) -> Path:
        return FOLDER / "regions.csv"
