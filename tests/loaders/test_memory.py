"""A row that is recognised by its cells becomes what it would have become had it been read."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from benchmarks.load_drills import SAMPLES, mutated, sample_rows
from graph_schema.model import NodeRef
from loaders import frame, memory
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport
from loaders.source import Row
from stores.base import GraphStore
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, write_csv

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=number) for number in range(6)]
COMPANY = {"기업명": "가나정밀", "사업자등록번호": "123-45-67891", "지역": "고양시 덕양구", "업종코드": "26299"}
OTHER = {"기업명": "다라정공", "사업자등록번호": "", "지역": "부천시", "업종코드": "58221"}


def outcome(report: LoadReport) -> tuple[object, ...]:
    """Return the counts of a report, and the texts of what waits."""
    files = (
        sorted(report.quarantine_file.parent.glob(f"{report.quarantine_file.stem}*")) if report.quarantine_file else []
    )
    counts = (report.read, report.loaded, report.unchanged, report.quarantined, report.closed)
    return (*counts, report.unknown_columns, [path.read_text(encoding="utf-8-sig") for path in files])


def changed(rows: list[list[str]], others: list[list[str]], rng: random.Random) -> list[list[str]]:
    """Return most of the rows, some in the place of others, some anew, some twice."""
    kept = [row if rng.random() < 0.8 else rng.choice(others) for row in rows if rng.random() < 0.9]
    kept += rng.choices(rows, k=3)
    if rng.random() < 0.3:
        rng.shuffle(kept)
    return kept


@pytest.mark.parametrize("files", ["some", "whole"])
@pytest.mark.parametrize("source", SAMPLES)
def test_recognised_rows_give_the_same_report_quarantine_and_graph(
    source: str,
    files: str,
    migrated: tuple[EmbeddedStore, EmbeddedStore],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each store is loaded four times from the same mutated files; one of them never recognises a row."""
    rng, versions = random.Random(f"{source} {files}"), count()  # noqa: S311 - no secret
    monkeypatch.setattr(frame, "_PORTION_ROWS", 7)
    known = replace(SOURCES[source], whole=files == "whole")
    sample = sample_rows(source, 12)
    others = [mutated(rng.choice(sample), rng) for _ in range(12)]
    rows = [list(row.values()) for row in sample]
    for day in DAYS[:4]:
        path = tmp_path / "rows.csv"
        cells = [dict(zip(sample[0], row, strict=False)) for row in rows]
        write_csv(path, [dict.fromkeys(sample[0], "") | row for row in cells])
        outcomes = []
        for name, store in zip(("read", "recognised"), migrated, strict=True):
            version = f"{next(versions)}" if name == "read" else "one"
            monkeypatch.setattr(memory, "reading_version", lambda version=version: version.encode())
            outcomes.append(outcome(load(known, [path], store, quarantine_dir=tmp_path / name, now=day)))

        assert outcomes[1] == outcomes[0]
        assert everything(migrated[1]) == everything(migrated[0])
        rows = changed(rows, others, rng)


class TestRecognition:
    """What is read and what is not, of two companies that are loaded again."""

    @pytest.fixture
    def read(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Numbers of the rows that are read."""
        numbers: list[int] = []
        understand = frame._understand

        def noted(source: object, rows: list[Row], *known: object) -> object:
            numbers.extend(row.number for row in rows)
            return understand(source, rows, *known)  # type: ignore[arg-type]

        monkeypatch.setattr(frame, "_understand", noted)
        return numbers

    def load(self, store: GraphStore, rows: list[dict[str, str]], folder: Path, day: int) -> LoadReport:
        path = write_csv(folder / "companies.csv", rows)
        return load(SOURCES["companies"], [path], store, quarantine_dir=folder / "q", now=DAYS[day])

    def test_an_unchanged_row_is_not_read(self, store: EmbeddedStore, tmp_path: Path, read: list[int]) -> None:
        self.load(store, [COMPANY, OTHER], tmp_path, 0)
        read.clear()
        report = self.load(store, [COMPANY, OTHER | {"지역": "파주시"}], tmp_path, 1)

        assert read == [3]
        assert (report.loaded, report.unchanged) == (1, 1)

    def test_a_newer_reading_reads_all(
        self, store: EmbeddedStore, tmp_path: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.load(store, [COMPANY, OTHER], tmp_path, 0)
        read.clear()
        monkeypatch.setattr(memory, "reading_version", lambda: b"newer")
        self.load(store, [COMPANY, OTHER], tmp_path, 1)

        assert read == [2, 3]

    def test_a_row_whose_node_another_source_has_written_is_read(
        self, store: EmbeddedStore, tmp_path: Path, read: list[int]
    ) -> None:
        """The register of factories enters the same company, of which it says less."""
        self.load(store, [COMPANY, OTHER], tmp_path, 0)
        factory = {
            "공장관리번호": "1",
            "회사명": "다라정공",
            "업종코드": "26299",
            "차수": "11",
            "공장주소": "경기도 부천시",
        }
        load(
            SOURCES["factories"],
            [write_csv(tmp_path / "f.csv", [factory])],
            store,
            quarantine_dir=tmp_path,
            now=DAYS[1],
        )
        read.clear()
        report = self.load(store, [COMPANY, OTHER], tmp_path, 2)

        assert read == [3]
        assert (report.loaded, report.unchanged) == (0, 2)
        read.clear()
        assert self.load(store, [COMPANY, OTHER], tmp_path, 3).unchanged == 2
        assert read == []

    def test_after_an_erasure_all_is_read(self, store: EmbeddedStore, tmp_path: Path, read: list[int]) -> None:
        self.load(store, [COMPANY, OTHER], tmp_path, 0)
        store.delete_node(NodeRef("Region", "41190"))
        read.clear()
        report = self.load(store, [COMPANY, OTHER], tmp_path, 1)

        assert read == [2, 3]
        assert report.loaded == 1

    def test_columns_that_change_places_are_read_again(
        self, store: EmbeddedStore, tmp_path: Path, read: list[int]
    ) -> None:
        self.load(store, [COMPANY], tmp_path, 0)
        read.clear()
        self.load(store, [dict(reversed(COMPANY.items()))], tmp_path, 1)

        assert read == [2]
