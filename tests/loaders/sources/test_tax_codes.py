"""Tests of the source ``tax-codes``."""

from __future__ import annotations

from pathlib import Path

from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES


class TestTaxCodes(LoaderContract):
    source = "tax-codes"
    spoil = {"nts_upjong_code": "", "ksic11_code": "99999"}

    def valid_file(self) -> Path:
        return FILES / "tax_codes.csv"
