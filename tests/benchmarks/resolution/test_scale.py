"""The rows that are made to measure with."""

from __future__ import annotations

from benchmarks.resolution.scale import organisations
from loaders.resolve.decisions import proposals_of
from loaders.resolve.organisations import SCHEMA


def test_the_rule_makes_the_same_rows_again_and_some_companies_stand_in_several_registers() -> None:
    table, company = organisations(3_000)
    again, _ = organisations(3_000)
    assert table.schema == SCHEMA
    assert table.equals(again)
    assert len(set(company.tolist())) < table.num_rows == len(set(table["id"].to_pylist()))


def test_what_is_joined_of_them_is_one_company() -> None:
    table, company = organisations(3_000)
    at = dict(zip(table["id"].to_pylist(), company.tolist(), strict=True))
    joined = [each for each in proposals_of(table, {}) if each.same]
    assert len(joined) > 100
    assert all(at[each.member.ref.id] == at[each.stays.ref.id] for each in joined)
