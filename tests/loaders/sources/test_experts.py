"""Tests of the source ``experts``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestExperts(LoaderContract):
    """The contract on its sample."""

    source = "experts"
    spoil: ClassVar = {"consented_on": "", "profession": "점술가"}
    optional_pii: ClassVar = {"email": "expert@example.com"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/experts.csv"
