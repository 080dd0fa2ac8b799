"""Tests of the frame: counting, duplicates, resuming, mentions, and files that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from graph_schema.errors import SourceError, StoreUnavailableError
from graph_schema.model import ElementType, NodeRef, RelationType
from graph_schema.wording import Wording
from loaders import frame
from loaders.frame import load
from loaders.records import RowRecords
from loaders.registry import SOURCES
from loaders.samples import FOLDER
from loaders.source import Source
from stores.base import Counts, GraphStore, Outcomes
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, ends, everything, read_csv, without_times, write_csv

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALL = {"roRndUid": "1", "title": "시험 공고", "publishedAt_utc": "", "deadline_utc": "", "budgetAmount": ""}


def calls(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [CALL | row for row in rows]


class DyingStore:
    """A store that goes away when it is asked for its n-th upsert."""

    def __init__(self, store: GraphStore, after: int) -> None:
        self._store, self._left = store, after

    def __getattr__(self, name: str) -> Any:
        if name.startswith("upsert"):
            self._left -= 1
            if self._left < 0:
                gone = Wording("저장소가 사라졌습니다. 다시 실행하십시오", "the store went away; start it again")
                raise StoreUnavailableError(gone)
        return getattr(self._store, name)


def test_an_identical_row_counts_as_unchanged(store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "calls.csv", calls({}, {"roRndUid": "2"}, {}))
    report = load(SOURCES["ntis-calls"], [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.unchanged, report.quarantined) == (3, 2, 1, 0)


def test_a_row_that_contradicts_an_earlier_one_waits_and_names_it(store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "calls.csv", calls({}, {"roRndUid": "2"}, {"title": "다른 제목"}))
    report = load(SOURCES["ntis-calls"], [path], store, quarantine_dir=tmp_path, now=NOW)

    assert (report.read, report.loaded, report.unchanged, report.quarantined) == (3, 2, 0, 1)
    assert report.quarantine_file is not None
    assert report.quarantine_file.name == "ntis-calls-20260302T090000000000Z.csv"
    (fault,) = read_csv(report.quarantine_file)
    assert fault["row"] == "4"
    assert "row 2 of this file says something else" in fault["reason"]
    node = store.get_node(NodeRef("Program", "ntis:1"))
    assert node is not None
    assert node["title"] == "시험 공고"


def test_a_bad_row_does_not_stand_in_the_way_of_its_repaired_twin(store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "calls.csv", calls({"deadline_utc": "?"}, {"deadline_utc": "2026-03-01T15:00:00Z"}))
    report = load(SOURCES["ntis-calls"], [path], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (1, 1)
    node = store.get_node(NodeRef("Program", "ntis:1"))
    assert node is not None
    assert str(node["apply_until"]) == "2026-03-02"


def test_of_two_files_the_later_one_counts(store: EmbeddedStore, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", calls({}))
    second = write_csv(tmp_path / "b.csv", calls({"title": "고친 제목"}))
    report = load(SOURCES["ntis-calls"], [first, second], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (2, 2, 0)
    node = store.get_node(NodeRef("Program", "ntis:1"))
    assert node is not None
    assert node["title"] == "고친 제목"


def test_a_row_with_too_few_cells_waits(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("roRndUid,title,publishedAt_utc,deadline_utc\n1,가,,\n\n2,나\n3,다,,,남는 칸\n", encoding="utf-8")
    report = load(SOURCES["ntis-calls"], [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (3, 1, 2)
    assert report.quarantine_file is not None
    assert columns(read_csv(report.quarantine_file), "row", "reason") == [
        ("4", "the row has 2 cells, the header 4"),
        ("5", "the row has 5 cells, the header 4"),
    ]
    waiting = report.quarantine_file.with_suffix(".rows-1.csv").read_text(encoding="utf-8-sig")
    assert waiting.splitlines() == ["roRndUid,title,publishedAt_utc,deadline_utc", "2,나", "3,다,,,남는 칸"]


def test_everything_of_one_load_carries_one_time(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCES["centers"], [FOLDER / "centers.csv"], store, quarantine_dir=tmp_path, now=NOW)

    assert {row["loaded_at"] for rows in everything(store).values() for row in rows} == {NOW}


@pytest.mark.parametrize("survived", [0, 1, 3, 6])
def test_a_killed_load_resumes_by_running_again(
    survived: int, migrated: tuple[EmbeddedStore, EmbeddedStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedStore, "batch_rows", 100)
    killed, whole = migrated
    source, path = SOURCES["bizinfo"], FOLDER / "bizinfo_2026.csv"
    load(source, [path], whole, quarantine_dir=tmp_path)
    with pytest.raises(StoreUnavailableError):
        load(source, [path], DyingStore(killed, survived), quarantine_dir=tmp_path)  # type: ignore[arg-type]
    report = load(source, [path], killed, quarantine_dir=tmp_path)

    assert report.read == report.loaded + report.unchanged == 150
    assert without_times(everything(killed)) == without_times(everything(whole))


@pytest.mark.parametrize("rows", [1, 7, 10_000])
def test_the_size_of_batches_changes_neither_graph_nor_counts(
    rows: int, store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedStore, "batch_rows", rows)
    path = write_csv(tmp_path / "rows.csv", read_csv(FOLDER / "ksic11_tree.csv")[:60])
    report = load(SOURCES["ksic11"], [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded) == (60, 60)
    assert len(everything(store)["Industry__PART_OF__Industry"]) == 60


def test_a_mention_never_overwrites_a_registers_own_entry(store: EmbeddedStore, tmp_path: Path) -> None:
    company = {"name": "주식회사 두루기술", "products": "센서"}
    load(SOURCES["companies"], [write_csv(tmp_path / "c.csv", [company])], store, quarantine_dir=tmp_path)
    patent = {"applicationNumber": "1020210012345", "inventionTitle": "센서", "applicant_orgs": "(주)두루기술"}
    load(SOURCES["kipris"], [write_csv(tmp_path / "p.csv", [patent])], store, quarantine_dir=tmp_path)

    node = store.get_node(NodeRef("Company", "name:두루기술"))
    assert node is not None
    assert (node["name"], node["products"], node["source"]) == ("주식회사 두루기술", "센서", "companies")
    assert ends(store, "Company", "FILED", "Technology") == {("name:두루기술", "1020210012345")}


def test_sources_that_mention_one_region_do_not_take_turns_in_writing_it(store: EmbeddedStore, tmp_path: Path) -> None:
    loads = [("regions", "regions.csv"), ("centers", "centers.csv"), ("bizinfo", "bizinfo_2026.csv")]
    for _ in range(2):
        for name, file in reversed(loads):
            load(SOURCES[name], [FOLDER / file], store, quarantine_dir=tmp_path)
    before = everything(store)
    reports = [load(SOURCES[name], [FOLDER / file], store, quarantine_dir=tmp_path) for name, file in loads]

    assert [report.loaded for report in reports] == [0, 0, 0]
    assert everything(store) == before


def test_what_code_tables_say_is_written_once_a_load_and_no_small_rest_of_a_batch(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each upsert has a cost of its own, whatever the number of its rows."""
    upserts: list[tuple[str, int]] = []
    upsert = EmbeddedStore._upsert

    def counted(self: EmbeddedStore, element: ElementType, rows: pa.Table, *, stub: bool) -> Outcomes:
        upserts.append((element.name, rows.num_rows))
        return upsert(self, element, rows, stub=stub)

    monkeypatch.setattr(EmbeddedStore, "_upsert", counted)
    monkeypatch.setattr(EmbeddedStore, "batch_rows", 20)
    monkeypatch.setattr(frame, "_PORTION_ROWS", 11)
    company = {"지역": "41281", "업종코드": "26299"}
    rows = [company | {"기업명": f"두레{at}", "차수": "11"} for at in range(44)]
    report = load(SOURCES["companies"], [write_csv(tmp_path / "rows.csv", rows)], store, quarantine_dir=tmp_path)

    assert report.loaded == 44
    assert [rows for name, rows in upserts if name == "Region"] == [3]
    assert [rows for name, rows in upserts if name == "Industry"] == [1]
    assert [rows for name, rows in upserts if name == "Company"] == [22, 22]
    assert [rows for name, rows in upserts if name == "Company__IN_INDUSTRY__Industry"] == [22, 22]


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_relationship_without_its_end_waits(store: EmbeddedStore, tmp_path: Path, times: int) -> None:
    """So do all rows that say the same, of which one is written."""

    def transform(_: Any) -> RowRecords:
        records = RowRecords("half", "1")
        node = records.node(NodeRef("Topic", "주제"), name="주제")
        need = records.node(NodeRef("Need", "need:1"), title="필요")
        records.link(need, "ABOUT", node)
        records.link(NodeRef("Need", "need:missing"), "ABOUT", node)
        return records

    centers = SOURCES["centers"]
    half = Source("half", "반", "half", "시험", centers.read, transform)
    path = write_csv(tmp_path / "rows.csv", read_csv(FOLDER / "centers.csv")[:1] * times)
    report = load(half, [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.quarantined) == (times, times)
    assert report.quarantine_file is not None
    assert "load the source of that node first" in report.quarantine_file.read_text(encoding="utf-8")


def test_progress_tells_rows_read(store: EmbeddedStore, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    load(
        SOURCES["centers"],
        [FOLDER / "centers.csv"],
        store,
        quarantine_dir=tmp_path,
        progress=lambda what, done, total: told.append((what, done, total)),
    )

    assert told == [("centers: centers.csv", 29, None)]


def test_memory_stays_flat_because_rows_are_handed_over_in_batches(tmp_path: Path) -> None:
    handed: list[int] = []

    class Counting:
        batch_rows = 10_000

        def counts(self) -> Counts:
            return Counts({}, {})

        def read_nodes(self, _node: Any) -> Iterator[pa.RecordBatch]:
            return iter(())

        def upsert_nodes(self, _node: Any, rows: pa.Table, *, stub: bool = False) -> Outcomes:  # noqa: ARG002 - protocol
            handed.append(rows.num_rows)
            return __import__("numpy").ones(rows.num_rows, "int8")

        def upsert_relationships(self, relation: RelationType, rows: pa.Table) -> Outcomes:
            raise AssertionError(f"calls have no {relation} ({rows.num_rows})")

    path = write_csv(tmp_path / "calls.csv", [CALL | {"roRndUid": str(at)} for at in range(25_000)])
    report = load(SOURCES["ntis-calls"], [path], Counting(), quarantine_dir=tmp_path)  # type: ignore[arg-type]

    assert handed == [10_000, 10_000, 5_000]
    assert report.loaded == 25_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest of an archive", "cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0rest of an old workbook", "Excel workbook"),
        (bytes(range(128, 256)) * 9, "neither UTF-8 nor CP949"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, told: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)

    with pytest.raises(SourceError, match=rf"calls\.csv.*{told}"):
        load(
            SOURCES["bizinfo" if not content or b"rest of" in content else "ntis-calls"],
            [path],
            store,
            quarantine_dir=tmp_path,
        )


def test_a_missing_file_is_named(store: EmbeddedStore, tmp_path: Path) -> None:
    paths: Sequence[Path] = [tmp_path / "nowhere.csv"]

    with pytest.raises(SourceError, match=r"nowhere\.csv cannot be read: No such file"):
        load(SOURCES["centers"], paths, store, quarantine_dir=tmp_path)


def test_a_control_character_in_a_name_waits_and_in_an_abstract_does_not(store: EmbeddedStore, tmp_path: Path) -> None:
    patent = {
        "applicationNumber": "1020210012345",
        "inventionTitle": "센서",
        "applicant_orgs": "(주)두루",
        "abstract": "",
    }
    rows = [
        patent | {"abstract": "오토\x9f"},
        patent | {"applicationNumber": "1020210012346", "inventionTitle": "센\x9f서"},
    ]
    report = load(SOURCES["kipris"], [write_csv(tmp_path / "p.csv", rows)], store, quarantine_dir=tmp_path / "q")

    assert (report.loaded, report.quarantined) == (1, 1)
    assert report.quarantine_file is not None
    assert columns(read_csv(report.quarantine_file), "row", "field") == [("3", "title")]


def test_files_of_one_name_are_told_apart_in_the_quarantine(store: EmbeddedStore, tmp_path: Path) -> None:
    paths = [tmp_path / year / "companies.csv" for year in ("2025", "2026")]
    for path in paths:
        path.parent.mkdir()
        write_csv(path, [{"기업명": "", "지역": "고양시"}])
    report = load(SOURCES["companies"], paths, store, quarantine_dir=tmp_path / "q")
    assert report.quarantine_file is not None
    assert [row["file"] for row in read_csv(report.quarantine_file)] == [*map(str, paths)]


def test_a_file_that_is_loaded_every_night_leaves_its_bad_rows_once(store: EmbeddedStore, tmp_path: Path) -> None:
    """What is being repaired, and what another file left, is kept."""
    folder, path = tmp_path / "quarantine", tmp_path / "a.csv"
    path.write_text("기업명,종업원 수\n가나정밀,많음\n", encoding="utf-8")
    first, second = (load(SOURCES["companies"], [path], store, quarantine_dir=folder) for _ in range(2))
    assert first.quarantine_file is not None
    assert second.quarantine_file is not None
    rows = second.quarantine_file.with_suffix(".rows-1.csv")
    assert sorted(folder.iterdir()) == [second.quarantine_file, rows]

    rows.write_text(rows.read_text(encoding="utf-8-sig").replace("많음", "3"), encoding="utf-8-sig")
    load(SOURCES["companies"], [path], store, quarantine_dir=folder)
    assert "3" in rows.read_text(encoding="utf-8-sig")
    assert len(list(folder.iterdir())) == 4
