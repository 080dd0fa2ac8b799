"""Tests of the source ``ksic-9-to-10``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES


class TestKsic9To10(LoaderContract):
    """The contract on its sample."""

    source = "ksic-9-to-10"
    spoil: ClassVar = {"ksic10_cd": ""}

    def valid_file(self) -> Path:
        return FILES / "ksic_9_to_10.csv"
