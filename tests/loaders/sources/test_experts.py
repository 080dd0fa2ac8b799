"""Tests of the source ``experts``."""

from __future__ import annotations

from pathlib import Path

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestExperts(LoaderContract):
    source = "experts"
    spoil = {"consented_on": "", "profession": "점술가"}
    optional_pii = {"email": "expert@example.com"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/experts.csv"
