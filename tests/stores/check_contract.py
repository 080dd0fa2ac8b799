"""What every graph store must tell of what it holds against the catalog."""

from __future__ import annotations

from datetime import date

from stores.base import CheckReport, GraphStore
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, nodes_of, relationships, rows_of


def told(report: CheckReport) -> set[tuple[str, str, str]]:
    """Return place, property and value of what is refused."""
    return {(fault.place, fault.field, fault.value) for fault in report.refused}


class CheckContract:
    """The behaviour of ``check`` that snapshots rely on."""

    def test_a_sound_store_has_nothing_to_tell(self, store: GraphStore) -> None:
        """Values at the edge of what the catalog admits, and unknown ones, are no faults."""
        rows = companies(
            "a",
            "b",
            founded_on=[date(1800, 1, 1), None],
            valid_from=[date(2020, 1, 1), date(2020, 1, 2)],
            valid_to=[date(2020, 1, 1), None],
            legal_form=["sole", None],
            certificates=[[], None],
            revenue_krw=[1e300, None],
        )
        store.upsert_nodes(COMPANY, rows)
        store.upsert_nodes(REGION, rows_of(REGION, id=["r"], name=["고양시"]))
        store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "r"), ("a", "r"), key=["", "2"]))
        report = store.check(adopt=True)
        assert not any((report.refused, report.adoptable, report.stale))

    def test_everything_wrong_is_told_at_once(self, store: GraphStore) -> None:
        """Each with its node or relationship, property, value, reason and remedy."""
        store.upsert_nodes(
            COMPANY,
            companies(
                "a",
                "b",
                " ",
                legal_form=["주식회사", "sole", None],
                founded_on=[date(1700, 3, 4), date(2201, 1, 1), None],
                revenue_krw=[float("nan"), float("-inf"), 1.0],
                valid_from=[None, date(2021, 1, 1), None],
                valid_to=[None, date(2020, 1, 1), None],
            ),
        )
        store.upsert_nodes(REGION, rows_of(REGION, id=["r"], name=["고양시"]))
        store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "r"), valid_to=[date(9999, 12, 31)]))
        report = store.check(adopt=True)
        assert told(report) == {
            ("Company:a", "legal_form", "주식회사"),
            ("Company:a", "founded_on", "1700-03-04"),
            ("Company:a", "revenue_krw", "nan"),
            ("Company:b", "founded_on", "2201-01-01"),
            ("Company:b", "revenue_krw", "-inf"),
            ("Company:b", "valid_from", "2021-01-01"),
            ("Company: ", "id", " "),
            ("(Company:a)-[LOCATED_IN]->(Region:r)", "valid_to", "9999-12-31"),
        }
        assert all(all((*fault.reason, *fault.remedy)) for fault in report.refused)
        choice = next(fault for fault in report.refused if fault.field == "legal_form")
        assert str(choice).startswith(
            "Company:a legal_form='주식회사': is not among the choices; choose sole, corporation, other"
        )
        assert not report.adopted

    def test_a_name_too_long_for_its_index_is_told(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", name=["x" * 2_001, "y" * 2_000]))
        assert told(store.check()) == {("Company:a", "name", "x" * 200 + "…")}

    def test_checking_changes_nothing(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", legal_form=["주식회사"]))
        before = nodes_of(store, COMPANY)
        store.check(adopt=True)
        assert nodes_of(store, COMPANY) == before
