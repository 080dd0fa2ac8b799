"""Tables of the law are whole: every row is dated, cited and worded, and no two contradict each other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import pytest

from graph_schema.errors import NotFoundError
from graph_schema.law.industries import is_code
from graph_schema.law.rows import TABLES, LawRow, figure_on, in_force, table, to_confirm

SCOPES = defaultdict(
    lambda: frozenset({""}),
    admission=frozenset({"", "in_complex", "outside_complex", "venture"}),
    barred_industries=frozenset(
        {"entertainment", "speculation", "tobacco", "real_estate", "finance", "professional", "health", "public"}
    ),
)
ALL = [row for name in TABLES for row in table(name)]


def test_ids_are_unique_over_all_tables() -> None:
    assert max(Counter(row.id for row in ALL).values()) == 1


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_cited_worded_and_dated(name: str) -> None:
    """A row that somebody read in the text says since when it holds; another may leave it open."""
    assert table(name)
    for row in table(name):
        assert row.kind, row.id
        assert row.authority, row.id
        assert row.source, row.id
        assert row.ko, row.id
        assert row.en, row.id
        assert row.valid_from or not row.confirmed, row.id
        assert (row.valid_from or date.min) <= (row.valid_to or date.max), row.id
        assert not row.industry or is_code(row.industry), row.id
        assert row.verdict in {"", "admitted", "conditional", "refused"}, row.id
        assert row.scope in SCOPES[name], row.id


@pytest.mark.parametrize("name", TABLES)
def test_no_two_rows_of_one_matter_hold_on_one_day(name: str) -> None:
    def matter(row: LawRow) -> tuple[str, ...]:
        return row.kind, row.industry, row.scope, row.authority if name == "admission" else ""

    for one, other in combinations(table(name), 2):
        if matter(one) == matter(other):
            start = max(one.valid_from or date.min, other.valid_from or date.min)
            assert start > min(one.valid_to or date.max, other.valid_to or date.max), (one.id, other.id)


def test_a_row_holds_from_its_first_to_its_last_day() -> None:
    row = next(row for row in table("size_ceilings") if row.id == "sme-J-2017")
    days = (date(2017, 10, 16), date(2017, 10, 17), date(2025, 8, 31), date(2025, 9, 1))
    assert [row.holds(day) for day in days] == [False, True, True, False]
    assert row in in_force("size_ceilings", "sme", date(2025, 8, 31))
    assert row not in in_force("size_ceilings", "sme", date(2025, 9, 1))


def test_an_unknown_table_is_refused_by_name() -> None:
    with pytest.raises(NotFoundError, match="no table 'taxes'; it has size_ceilings"):
        table("taxes")


def test_rows_to_confirm_are_those_that_nobody_read_in_the_text() -> None:
    waiting = {row.id for row in to_confirm()}
    assert "sme-J-2025" in waiting
    assert "micro-C" not in waiting
    assert len(waiting) == sum(not row.confirmed for row in ALL)


@pytest.mark.parametrize(
    ("name", "id_", "cited"),
    [
        ("size_ceilings", "sme-J-2025", "Decree of the Framework Act on Small and Medium Enterprises, Table 1"),
        ("admission", "industry-85650", "Factory Establishment Act, Article 6 (2) no. 10 (a)"),
        ("admission", "industry-C-outside", "Factory Establishment Act, Article 36-4 (5)"),
        ("startups", "startup-early", "Support for Small and Medium Enterprise Establishment Act, Article 2 no. 10"),
        ("barred_industries", "barred-startup-56211", "Article 5 (1) proviso, Decree Article 4"),
        ("barred_industries", "barred-guarantee-56211", "regional credit guarantee foundations, industries left out"),
    ],
)
def test_a_row_is_cited_in_english_too(name: str, id_: str, cited: str) -> None:
    assert next(row for row in table(name) if row.id == id_).cited_en.endswith(cited)


def test_no_english_of_a_row_holds_korean() -> None:
    """A notice of an authority that is not named in English yet shows here."""
    hangul = re.compile("[가-힣]")
    assert [row.id for row in ALL if hangul.search(row.cited_en) or hangul.search(row.en)] == []


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2026, 3, 2), 3),
        (date(2022, 6, 29), 3),
        (date(2022, 6, 28), 3),  # the oldest text that was read says three; what held before is not known otherwise
    ],
)
def test_a_figure_of_before_the_oldest_text_is_that_of_the_text(on: date, years: float) -> None:
    assert figure_on("startups", "early", on) == years


def test_a_figure_that_holds_no_longer_is_none() -> None:
    assert math.isnan(figure_on("startups", "no such kind", date(2026, 3, 2)))
