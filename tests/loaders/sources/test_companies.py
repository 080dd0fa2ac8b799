"""Tests of the source ``companies``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestCompanies(LoaderContract):
    """The contract on its sample."""

    source = "companies"
    spoil: ClassVar = {"business_number": "123-45-67890", "employees": "열둘"}
    optional_pii: ClassVar = {"business_number": "123-45-67890", "phone": "010-1234-5678"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/companies.csv"
