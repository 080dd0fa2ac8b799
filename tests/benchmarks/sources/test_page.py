"""The page of sources names what the registry and the table of services have, with figures counted by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.sources.__main__ import PAGE, main, real_files
from benchmarks.sources.coverage import count, coverage, fields_of
from loaders.live.endpoints import ENDPOINTS
from loaders.registry import SOURCES
from loaders.source import Row
from loaders.sources import nts_status


def names_in(heading: str) -> list[str]:
    """Return the first cells of the table under a heading of the page."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def test_the_table_of_sources_is_that_of_the_registry() -> None:
    assert names_in("All sources") == list(SOURCES)
    headings = re.findall(r"^## `([^`]+)` · ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(SOURCES)


def test_the_table_of_services_is_that_which_is_asked() -> None:
    assert names_in("Services that `dure sync` asks") == list(ENDPOINTS)


def test_each_source_says_its_terms_and_what_is_peculiar_to_it() -> None:
    assert [source.name for source in SOURCES.values() if not (source.licence and source.quirks)] == []


def test_a_field_counts_where_it_has_a_value_that_can_be_read() -> None:
    """Of four rows one has no day, one a day that is none, and all have a column that nobody asks for."""
    row = {"b_no": "1234567891", "b_stt_cd": "03", "end_dt": "20260715", "tax_type": "일반"}
    rows = [row, row | {"end_dt": ""}, row | {"end_dt": "어제"}, row | {"b_no": "1234567890"}]
    found = count(nts_status.SOURCE, (Row(number, values) for number, values in enumerate(rows, start=2)))

    assert (found.rows, dict(found.read)) == (4, {"b_no": 3, "b_stt_cd": 4, "end_dt": 2})
    assert [name for name in found.columns if name not in found.fields] == ["tax_type"]
    assert fields_of(nts_status.SOURCE) == ["b_no", "b_stt_cd", "end_dt"]
    assert fields_of(SOURCES["companies"]) == list(SOURCES["companies"].columns)  # read in columns


def test_without_the_real_files_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(tmp_path / "absent"), "--page", str(tmp_path / "page.md")])

    assert "skipped" in capsys.readouterr().out
    assert not (tmp_path / "page.md").exists()


@pytest.mark.shared
def test_the_figures_are_those_of_the_real_files(shared_data: Path) -> None:
    """29 centres, of which each has a name and a lot, and not each a road address."""
    (path,) = real_files(shared_data)["centers"]
    found = coverage(SOURCES["centers"], path)
    page = PAGE.read_text(encoding="utf-8")

    assert (found.rows, found.read["지식산업센터명"], found.read["공장대표주소(지번)"]) == (29, 29, 29)
    assert f"| `공장대표주소(도로명)` | {found.read['공장대표주소(도로명)']} |" in page
