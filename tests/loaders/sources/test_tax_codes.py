"""Tests of the source ``tax-codes``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES


class TestTaxCodes(LoaderContract):
    """The contract on its sample."""

    source = "tax-codes"
    spoil: ClassVar = {"nts_upjong_code": "", "ksic11_code": "99999"}

    def valid_file(self) -> Path:
        return FILES / "tax_codes.csv"
