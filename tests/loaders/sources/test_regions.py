"""Tests of the source ``regions``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestRegions(LoaderContract):
    """The contract on its sample."""

    source = "regions"
    spoil: ClassVar = {"code": "411"}

    def valid_file(self) -> Path:
        return FOLDER / "regions.csv"
