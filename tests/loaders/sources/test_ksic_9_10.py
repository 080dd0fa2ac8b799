"""Tests of the source ``ksic-9-10``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES


class TestKsic9And10(LoaderContract):
    """The contract on its sample."""

    source = "ksic-9-10"
    spoil: ClassVar = {"ksic5_cd": "", "ksic_C": "C8"}

    def valid_file(self) -> Path:
        return FILES / "ksic_9_10.csv"
