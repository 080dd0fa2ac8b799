"""What every source must keep; a subclass names the source, a valid file and how to spoil a row of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from loaders.frame import load
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, read_csv, without_times, write_csv

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


class LoaderContract:
    """Counts add up, loading twice changes nothing, bad rows wait as a whole and can be repaired."""

    source: ClassVar[str]
    spoil: ClassVar[dict[str, str]]
    """Field → text that makes any row of the file invalid."""
    optional_pii: ClassVar[dict[str, str]] = {}
    """Field → personal text that must not show in the list of faults."""

    naming: ClassVar[tuple[str, ...]] = ()
    """Optional columns without which a row speaks of something else, or of nothing."""

    def valid_file(self) -> Path:
        raise NotImplementedError

    def rows(self) -> list[dict[str, str]]:
        """Up to 40 rows of the valid file, as flat texts in the source's own field names."""
        rows = [dict(row.values) for row in SOURCES[self.source].read(self.valid_file())][:40]
        names = dict.fromkeys(name for row in rows for name in row)
        return [{name: row.get(name, "") for name in names} for row in rows]

    def test_a_valid_file_is_loaded_as_a_whole(self, store: EmbeddedStore, tmp_path: Path) -> None:
        report = load(SOURCES[self.source], [self.valid_file()], store, quarantine_dir=tmp_path / "q", now=NOW)

        assert report.quarantined == 0
        assert report.quarantine_file is None
        assert not (tmp_path / "q").exists()
        assert report.read == report.loaded + report.unchanged > 0

    def test_loading_twice_changes_nothing(self, store: EmbeddedStore, tmp_path: Path) -> None:
        source = SOURCES[self.source]
        first = load(source, [self.valid_file()], store, quarantine_dir=tmp_path, now=NOW)
        before = everything(store)
        second = load(source, [self.valid_file()], store, quarantine_dir=tmp_path, now=LATER)

        assert (second.read, second.loaded, second.unchanged) == (first.read, 0, first.read)
        assert everything(store) == before

    def test_a_bad_row_waits_as_a_whole(self, store: EmbeddedStore, tmp_path: Path) -> None:
        rows = self.rows()
        path = write_csv(tmp_path / "rows.csv", [rows[0] | self.spoil | self.optional_pii, *rows[1:]])
        report = load(SOURCES[self.source], [path], store, quarantine_dir=tmp_path / "q", now=NOW)

        assert (report.read, report.quarantined) == (len(rows), 1)
        assert report.read == report.loaded + report.unchanged + report.quarantined
        assert report.quarantine_file is not None
        faults = read_csv(report.quarantine_file)
        assert {(fault["file"], fault["row"]) for fault in faults} == {("rows.csv", "2")}
        assert {fault["field"] for fault in faults} >= set(self.spoil)
        assert all(fault["reason"] and fault["remedy"] for fault in faults)
        shown = report.quarantine_file.read_text(encoding="utf-8")
        assert not [text for text in self.optional_pii.values() if text in shown]

    def test_who_reads_korean_is_told_in_korean(self, store: EmbeddedStore, tmp_path: Path) -> None:
        rows = self.rows()
        path = write_csv(tmp_path / "rows.csv", [rows[0] | self.spoil, *rows[1:]])
        source = replace(SOURCES[self.source], language="ko")
        report = load(source, [path], store, quarantine_dir=tmp_path / "q", now=NOW)

        assert report.quarantine_file is not None
        told = [text for row in read_csv(report.quarantine_file) for text in (row["reason"], row["remedy"])]
        assert told
        assert all(re.search("[가-힣]", text) for text in told)

    def test_a_repaired_row_loads_from_the_quarantine(self, store: EmbeddedStore, tmp_path: Path) -> None:
        rows = self.rows()
        spoiled = write_csv(tmp_path / "rows.csv", [rows[0] | self.spoil, *rows[1:]])
        report = load(SOURCES[self.source], [spoiled], store, quarantine_dir=tmp_path / "q", now=NOW)
        assert report.quarantine_file is not None
        waiting = report.quarantine_file.with_suffix(".rows-1.csv")
        assert waiting.stat().st_mode & 0o077 == 0
        assert read_csv(waiting) == [rows[0] | self.spoil]

        repaired = write_csv(tmp_path / "repaired.csv", [rows[0]])
        again = load(SOURCES[self.source], [repaired], store, quarantine_dir=tmp_path / "q", now=LATER)

        assert (again.read, again.quarantined) == (1, 0)

    def test_cp949_and_utf8_give_the_same_graph(
        self, migrated: tuple[EmbeddedStore, EmbeddedStore], tmp_path: Path
    ) -> None:
        korean = [
            {name: text.encode("cp949", "ignore").decode("cp949") for name, text in row.items()} for row in self.rows()
        ]
        for store, encoding in zip(migrated, ("utf-8-sig", "cp949"), strict=True):
            path = write_csv(tmp_path / f"{encoding}.csv", korean, encoding)
            load(SOURCES[self.source], [path], store, quarantine_dir=tmp_path, now=NOW)

        assert without_times(everything(migrated[0])) == without_times(everything(migrated[1]))
        assert everything(migrated[0])

    def test_the_order_of_columns_does_not_matter(self, store: EmbeddedStore, tmp_path: Path) -> None:
        rows = self.rows()
        load(SOURCES[self.source], [write_csv(tmp_path / "a.csv", rows)], store, quarantine_dir=tmp_path, now=NOW)
        turned = [dict(reversed(row.items())) for row in rows]
        report = load(
            SOURCES[self.source], [write_csv(tmp_path / "b.csv", turned)], store, quarantine_dir=tmp_path, now=LATER
        )

        assert report.unchanged == report.read == len(rows)

    def test_what_optional_columns_gave_stays_where_a_file_lacks_them(
        self, store: EmbeddedStore, tmp_path: Path
    ) -> None:
        source, rows = SOURCES[self.source], self.rows()
        load(source, [write_csv(tmp_path / "full.csv", rows)], store, quarantine_dir=tmp_path, now=NOW)
        before = without_times(everything(store))
        given = {name for columns in source.gives for name in columns}
        kept = [name for name in rows[0] if name not in given or name in self.naming or name in source.required]
        lean = write_csv(tmp_path / "lean.csv", [{name: row[name] for name in kept} for row in rows])
        report = load(source, [lean], store, quarantine_dir=tmp_path, now=LATER)

        assert (report.quarantined, report.closed) == (0, 0)
        assert without_times(everything(store)) == before

    def test_a_file_of_another_shape_is_refused(self, store: EmbeddedStore, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "other.csv", [{"무엇": "1", "기타": "2"}])

        with pytest.raises(SourceError, match=r"other\.csv has another shape.*missing.*found: 무엇, 기타"):
            load(SOURCES[self.source], [path], store, quarantine_dir=tmp_path)
