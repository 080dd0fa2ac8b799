"""Tests of the source ``ksic11``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestKsic11(LoaderContract):
    """The contract on its sample."""

    source = "ksic11"
    spoil: ClassVar = {"code": "", "level": "첫째"}

    def valid_file(self) -> Path:
        return FOLDER / "ksic11_tree.csv"
