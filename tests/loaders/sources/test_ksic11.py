"""Tests of the source ``ksic11``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from loaders.recognition import recognise
from loaders.samples import FOLDER
from loaders.sources.ksic11 import SOURCE
from tests.loaders.contract import LoaderContract


class TestKsic11(LoaderContract):
    """The contract on its sample."""

    source = "ksic11"
    spoil: ClassVar = {"code": "", "level": "첫째"}

    def valid_file(self) -> Path:
        return FOLDER / "ksic11_tree.csv"


def test_a_table_of_revision_10_is_not_taken_for_revision_11(tmp_path: Path) -> None:
    """It has the same columns, and a third of its codes under other names."""
    table = FOLDER / "ksic10_tree.csv"
    with pytest.raises(SourceError, match="is a table of KSIC revision 10, not 11"):
        list(SOURCE.read(table))
    (tmp_path / "codes.csv").write_bytes(table.read_bytes())
    (tmp_path / "new.csv").write_bytes((FOLDER / "ksic11_tree.csv").read_bytes())
    found = recognise(tmp_path)

    assert found.files == {"ksic11": [tmp_path / "new.csv"]}
    assert list(found.others) == [tmp_path / "codes.csv"]
