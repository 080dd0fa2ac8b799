"""Tests of the source ``ntis-calls``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestNtisCalls(LoaderContract):
    """The contract on its sample."""

    source = "ntis-calls"
    spoil: ClassVar = {"title": " ", "deadline_utc": "내일", "budgetAmount": "-3"}

    def valid_file(self) -> Path:
        return FOLDER / "ntis_calls.csv"
