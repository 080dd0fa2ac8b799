"""The guide to adding a source is run as it is written."""

from __future__ import annotations

import re
from pathlib import Path

from loaders.frame import load
from loaders.source import Source
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import ends, write_csv

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-source.md"


def test_the_source_of_the_guide_loads(store: EmbeddedStore, tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    names: dict[str, object] = {}
    exec(compile(block[1], str(GUIDE), "exec"), names)  # noqa: S102 - the project's own guide
    source = names["SOURCE"]
    assert isinstance(source, Source)
    row = {"공장관리번호": "1", "회사명": "두루기술(주)", "업종코드": "26299", "종업원합계": "12"}
    path = write_csv(tmp_path / "factories.csv", [row, row | {"공장관리번호": "2", "업종코드": "99999"}])
    report = load(source, [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (2, 1, 1)
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {("name:두루기술", "ksic11:26299")}
