"""Tests of the source ``spaces``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestSpaces(LoaderContract):
    """The contract on its sample."""

    source = "spaces"
    spoil: ClassVar = {"region": "경기도", "floor": "2.5"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/spaces.csv"
