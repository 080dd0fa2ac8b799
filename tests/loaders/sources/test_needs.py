"""Tests of the source ``needs``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestNeeds(LoaderContract):
    """The contract on its sample."""

    source = "needs"
    spoil: ClassVar = {"kind": "소원", "business_number": "1234567890"}
    optional_pii: ClassVar = {"text": "제 번호는 010-1234-5678 입니다"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/needs.csv"
