"""Tests of the source ``ntis-calls``."""

from __future__ import annotations

from pathlib import Path

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestNtisCalls(LoaderContract):
    source = "ntis-calls"
    spoil = {"title": " ", "deadline_utc": "내일", "budgetAmount": "-3"}

    def valid_file(self) -> Path:
        return FOLDER / "ntis_calls.csv"
