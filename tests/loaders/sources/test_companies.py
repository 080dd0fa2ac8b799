"""Tests of the source ``companies``."""

from __future__ import annotations

from pathlib import Path

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestCompanies(LoaderContract):
    source = "companies"
    spoil = {"business_number": "123-45-67890", "employees": "열둘"}
    optional_pii = {"business_number": "123-45-67890", "phone": "010-1234-5678"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/companies.csv"
