"""Tests of the source ``kstartup``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestKstartup(LoaderContract):
    """The contract on its sample."""

    source = "kstartup"
    spoil: ClassVar = {"pbanc_sn": "", "pbanc_rcpt_end_dt": "20261399"}

    def valid_file(self) -> Path:
        return FOLDER / "kstartup_api.json"
