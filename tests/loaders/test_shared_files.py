"""The real public files in full: every row is loaded or accounted for, and a second load changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.frame import load
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import ends, everything, read_csv

pytestmark = pytest.mark.shared

FILES = [
    # source, file, read, loaded, unchanged, quarantined
    ("ksic11", "ksic/ksic11_tree.csv", 2038, 2038, 0, 0),
    ("ksic-9-10", "ksic/ksic_9_10_tree.csv", 2342, 2341, 1, 0),
    ("ksic-9-to-10", "ksic/ksic_9_to_10.csv", 1377, 1377, 0, 0),
    ("tax-codes", "ksic/ksic11_nts_upjong_link.csv", 1787, 1782, 1, 4),
    ("centers", "centers/goyang_kic_20250630.csv", 29, 29, 0, 0),
    ("bizinfo", "programs/bizinfo_2021.csv", 1113, 1113, 0, 0),
    ("bizinfo", "programs/bizinfo_2026_meta.csv", 290, 290, 0, 0),
    ("bizinfo", "programs/bizinfo_pblancBsnsService.json", 3, 3, 0, 0),
    ("kstartup", "programs/kstartup_getAnnouncementInformation01.json", 3, 3, 0, 0),
    ("ntis-calls", "programs/ntis_rnd_notices_2025.csv", 934, 934, 0, 0),
    ("kipris", "patents/patents_orgs_only.csv", 1325, 1325, 0, 0),
]


@pytest.mark.parametrize(("source", "file", "counts"), [(row[0], row[1], row[2:]) for row in FILES])
def test_every_row_of_a_real_file_is_accounted_for(
    source: str, file: str, counts: tuple[int, int, int, int], store: EmbeddedStore, shared_data: Path, tmp_path: Path
) -> None:
    first = load(SOURCES[source], [shared_data / file], store, quarantine_dir=tmp_path)
    before = everything(store)
    second = load(SOURCES[source], [shared_data / file], store, quarantine_dir=tmp_path)

    assert (first.read, first.loaded, first.unchanged, first.quarantined) == counts
    assert (second.read, second.loaded, second.quarantined) == (counts[0], 0, counts[3])
    assert everything(store) == before


def test_ksic_11_has_its_five_levels(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    load(SOURCES["ksic11"], [shared_data / "ksic/ksic11_tree.csv"], store, quarantine_dir=tmp_path)
    levels = [row["level"] for row in everything(store)["Industry"]]

    assert [levels.count(level) for level in range(1, 6)] == [21, 77, 234, 501, 1205]
    assert len(ends(store, "Industry", "PART_OF", "Industry")) == 2017


def test_rows_without_a_tax_code_wait(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    report = load(
        SOURCES["tax-codes"], [shared_data / "ksic/ksic11_nts_upjong_link.csv"], store, quarantine_dir=tmp_path
    )

    assert report.quarantine_file is not None
    faults = read_csv(report.quarantine_file)
    assert {fault["field"] for fault in faults} == {"nts_upjong_code"}
    assert [fault["row"] for fault in faults] == ["1785", "1786", "1787", "1788"]


def test_applicants_and_pairs_of_the_patents(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    load(SOURCES["kipris"], [shared_data / "patents/patents_orgs_only.csv"], store, quarantine_dir=tmp_path)
    graph = everything(store)
    pairs = {(name, row["src"], row["dst"]) for name, rows in graph.items() if "CO_FILED_WITH" in name for row in rows}

    assert len(graph["Company"]) + len(graph["Institution"]) == 166
    assert len(pairs) == 223


def test_calls_keep_korean_days_and_leave_unknown_ones_open(
    store: EmbeddedStore, shared_data: Path, tmp_path: Path
) -> None:
    load(SOURCES["ntis-calls"], [shared_data / "programs/ntis_rnd_notices_2025.csv"], store, quarantine_dir=tmp_path)
    calls = {row["id"]: row for row in everything(store)["Program"]}

    assert str(calls["ntis:1199437"]["announced_on"]) == "2025-01-01"
    assert str(calls["ntis:1199437"]["apply_until"]) == "2025-01-24"
    assert sum(call["announced_on"] is None for call in calls.values()) == 2
    assert sum(call["apply_until"] is None and call["window_kind"] == "unknown" for call in calls.values()) == 9


def test_windows_of_2021_are_read_for_nine_in_ten(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    load(SOURCES["bizinfo"], [shared_data / "programs/bizinfo_2021.csv"], store, quarantine_dir=tmp_path)
    notices = everything(store)["Program"]
    kinds = [notice["window_kind"] for notice in notices]

    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "until_budget": 497,
        "always": 272,
        "fixed": 208,
        "first_come": 25,
        "until_filled": 8,
        "unknown": 103,
    }
    assert all(notice["window_text"] for notice in notices)
    assert sum(notice["nationwide"] is True for notice in notices) == 447
    # The register lists every section for five more, whose text names a trade.
    assert sum(notice["all_industries"] for notice in notices) == 483
