"""Tests of the source ``nts-status``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.catalog import relation_type
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.sources.nts_status import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, read_csv, write_csv

CLOSED, SUSPENDED, ACTIVE, UNKNOWN = "1234567891", "1234500018", "1234500022", "1234500037"
_REGISTERED = relation_type("Company", "REGISTERED_WITH", "Institution")


def with_companies(store: EmbeddedStore, folder: Path) -> EmbeddedStore:
    """Enter the companies that are asked about."""
    rows = [{"기업명": f"가상기업{number}", "사업자등록번호": number} for number in (CLOSED, SUSPENDED, ACTIVE)]
    load(SOURCES["companies"], [write_csv(folder / "companies.csv", rows)], store, quarantine_dir=folder)
    return store


@pytest.fixture
def store(store: EmbeddedStore, tmp_path: Path) -> EmbeddedStore:
    return with_companies(store, tmp_path)


@pytest.fixture
def migrated(migrated: tuple[EmbeddedStore, EmbeddedStore], tmp_path: Path) -> tuple[EmbeddedStore, EmbeddedStore]:
    for each in migrated:
        with_companies(each, tmp_path)
    return migrated


def states(store: EmbeddedStore) -> dict[str, tuple[str, date | None, date | None]]:
    """Return (state, ended on, valid from) by company."""
    found = [row for batch in store.read_relationships(_REGISTERED) for row in batch.to_pylist()]
    assert {row["dst"] for row in found} <= {"국세청"}
    return {row["src"]: (row["state"], row["ended_on"], row["valid_from"]) for row in found}


class TestNtsStatus(LoaderContract):
    """The contract on an answer about three companies."""

    source = "nts-status"
    spoil: ClassVar = {"b_stt_cd": "09", "end_dt": "20261399"}
    optional_pii: ClassVar = {"b_no": "1234567890"}

    def valid_file(self) -> Path:
        return FILES / "nts_status.json"


def test_a_company_that_closed_is_so_from_that_day_on(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "nts_status.json"], store, quarantine_dir=tmp_path)

    assert states(store) == {
        f"brn:{CLOSED}": ("closed", date(2026, 7, 15), date(2026, 7, 15)),
        f"brn:{SUSPENDED}": ("suspended", date(2026, 8, 1), date(2026, 8, 1)),
        f"brn:{ACTIVE}": ("active", None, None),
    }


def test_a_later_load_of_the_list_of_companies_leaves_the_state(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "nts_status.json"], store, quarantine_dir=tmp_path)
    rows = [{"기업명": "새 이름", "사업자등록번호": CLOSED}]
    load(SOURCES["companies"], [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    assert states(store)[f"brn:{CLOSED}"][0] == "closed"


def test_a_business_that_goes_on_again_is_no_longer_suspended(store: EmbeddedStore, tmp_path: Path) -> None:
    for code, ended, day in (("02", "20260801", 2), ("01", "", 20)):
        path = write_csv(tmp_path / "s.csv", [{"b_no": SUSPENDED, "b_stt_cd": code, "end_dt": ended}])
        load(SOURCE, [path], store, quarantine_dir=tmp_path, now=datetime(2026, 8, day, tzinfo=UTC))

    assert states(store)[f"brn:{SUSPENDED}"][:2] == ("active", None)


def test_numbers_that_nobody_knows_wait(store: EmbeddedStore, tmp_path: Path) -> None:
    """One that the tax office does not know, and one that the graph does not have; neither is shown."""
    rows = [{"b_no": ACTIVE, "b_stt_cd": "", "end_dt": ""}, {"b_no": UNKNOWN, "b_stt_cd": "01", "end_dt": ""}]
    report = load(SOURCE, [write_csv(tmp_path / "s.csv", rows)], store, quarantine_dir=tmp_path)

    assert (report.quarantined, states(store)) == (2, {})
    assert report.quarantine_file is not None
    reasons = [fault["reason"] for fault in read_csv(report.quarantine_file)]
    assert reasons[0] == "the tax office knows no business of this number"
    assert "not in the graph" in reasons[1]
    assert UNKNOWN not in report.quarantine_file.read_text(encoding="utf-8")
