"""A task's data: who asks, what is ranked, and nothing dated after the cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import NotFoundError, SchemaError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import APPLIED, AWARDED, IN_INDUSTRY, GraphBuilder, WordEncoder

FILED = ("Company", "FILED", "Technology")
INSTITUTION_FILED = ("Institution", "FILED", "Technology")
CO_FILED = ("Company", "CO_FILED_WITH", "Institution")


def data_of(snapshot: Snapshot, task: str, **limits: object) -> TaskData:
    vectors = encode_snapshot(snapshot, WordEncoder())
    return TaskData(snapshot, get_task(task), vectors, **limits)  # type: ignore[arg-type]


@pytest.fixture
def city(tmp_path: Path) -> Snapshot:
    graph = GraphBuilder().node("Industry", "ksic11:1", name="제조업")
    graph.node("Company", "a", employees=10).node("Company", "b", employees=1000).node("Company", "c", synthetic=True)
    graph.node("Program", "loan", kind="loan", announced_on=date(2023, 1, 1)).node("Program", "grant", kind="grant")
    for company in "ab":
        graph.link(IN_INDUSTRY, company, "ksic11:1")
    graph.link(APPLIED, "a", "loan", on=date(2024, 1, 1)).link(AWARDED, "a", "loan", on=date(2024, 6, 1))
    graph.link(APPLIED, "a", "grant", on=date(2025, 1, 1)).link(APPLIED, "b", "grant")
    graph.link(APPLIED, "c", "loan", on=date(2024, 2, 1), synthetic=True)
    return graph.snapshot(tmp_path)


def test_rows_and_references_name_each_other(city: Snapshot) -> None:
    data = data_of(city, "programs")
    assert [str(data.query_ref(row)) for row in range(data.n_queries)] == ["Company:a", "Company:b", "Company:c"]
    assert data.find_candidate(NodeRef("Program", "loan")) == 1
    assert data.find_query(NodeRef("Program", "loan")) is None
    with pytest.raises(NotFoundError, match="Company:nobody does not ask for support programmes"):
        data.queries([NodeRef("Company", "nobody")])


def test_a_pair_is_one_positive_with_its_first_and_last_day(city: Snapshot) -> None:
    pairs = data_of(city, "programs").positives
    found = list(zip(pairs.query, pairs.candidate, map(str, pairs.first), map(str, pairs.last), strict=True))
    assert found == [
        (0, 0, "2025-01-01", "2025-01-01"),
        (0, 1, "2024-01-01", "2024-06-01"),
        (1, 0, "NaT", "NaT"),
        (2, 1, "2024-02-01", "2024-02-01"),
    ]


def test_history_is_heavier_the_more_recent_and_half_for_undated(city: Snapshot) -> None:
    history = data_of(city, "programs").history.toarray()
    assert history[0, 0] > history[0, 1] > 0
    assert history[1].tolist() == [0.5, 0.0]


def test_only_the_past_is_known_and_undated_facts_always_are(city: Snapshot) -> None:
    data = data_of(city, "programs", before=date(2024, 2, 1))
    assert (data.history.toarray() > 0).tolist() == [[False, True], [True, False], [False, False]]
    assert str(data.positives.last[0]) == "2024-01-01"


def test_where_keeps_loans_and_turns_other_applications_into_links(city: Snapshot) -> None:
    data = data_of(city, "finance")
    assert [str(data.candidate_ref(column)) for column in range(data.n_candidates)] == ["Program:loan"]
    links = data.query_links["Company__APPLIED_TO__Program"].toarray()
    assert links.tolist() == [[1, 0], [1, 0], [0, 0]]
    assert "Company__APPLIED_TO__Program" not in data_of(city, "programs").query_links


def test_without_synthetic_neither_made_up_nodes_nor_facts_are_there(city: Snapshot) -> None:
    assert data_of(city, "programs").synthetic_share == pytest.approx(1 / 5)
    data = data_of(city, "programs", include_synthetic=False)
    assert (data.n_queries, len(data.positives), data.synthetic_share) == (2, 3, 0.0)


def test_unknown_numbers_are_zero_and_flagged(city: Snapshot) -> None:
    data = data_of(city, "programs")
    column = data.attribute_names.index("Company.employees")
    employees, missing = data.query_attributes[:, column : column + 2].T
    np.testing.assert_allclose(employees, [-1, 1, 0], atol=1e-5)
    assert missing.tolist() == [0, 0, 1]


def test_a_profile_looks_like_the_company_it_describes(city: Snapshot) -> None:
    data, encoder = data_of(city, "programs"), WordEncoder()
    links = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:1"),), "APPLIED_TO": (NodeRef("Program", "grant"),)}
    asked = data.queries_for_profile(Profile("제조업", links, employees=1000), encoder)
    known = data.queries([NodeRef("Company", "b")])
    np.testing.assert_allclose(asked.text, known.text, atol=1e-6)
    np.testing.assert_allclose(asked.attributes, known.attributes)
    for name, of in known.links.items():
        np.testing.assert_array_equal(asked.links[name].toarray(), of.toarray())
    assert asked.index.tolist() == [-1]
    assert (asked.history.toarray() > 0).tolist() == (known.history.toarray() > 0).tolist()


def test_a_profile_may_name_what_the_graph_lacks_but_not_what_the_catalog_lacks(city: Snapshot) -> None:
    data = data_of(city, "programs")
    unknown = Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:99"),)})
    asked = data.queries_for_profile(unknown, WordEncoder())
    assert asked.links["Company__IN_INDUSTRY__Industry"].nnz == 0
    assert not asked.text.any()
    with pytest.raises(SchemaError, match="unknown relation"):
        data.queries_for_profile(Profile("", {"OWNS": (NodeRef("Industry", "ksic11:1"),)}), WordEncoder())
    with pytest.raises(NotFoundError, match="Program does not ask"):
        data.queries_for_profile(Profile("", label="Program"), WordEncoder())


def test_a_profile_without_text_reads_like_a_company_of_its_industries(city: Snapshot) -> None:
    data = data_of(city, "programs")
    asked = data.queries_for_profile(Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:1"),)}), WordEncoder())
    np.testing.assert_allclose(asked.text, data.queries([NodeRef("Company", "b")]).text, atol=1e-6)


@pytest.fixture
def filings(tmp_path: Path) -> Snapshot:
    graph = GraphBuilder().node("Company", "a").node("Company", "b").node("Institution", "u")
    for number, day in (("old", date(2020, 5, 1)), ("new", date(2022, 5, 1))):
        graph.node("Technology", number, applied_on=day)
        graph.link(FILED, "a", number, on=day).link(INSTITUTION_FILED, "u", number)
    graph.link(CO_FILED, "a", "u", key="old", on=date(2020, 5, 1)).link(FILED, "b", "old", on=date(2020, 5, 1))
    graph.link(CO_FILED, "b", "u", key="new", on=date(2022, 5, 1))
    return graph.snapshot(tmp_path)


def test_a_fact_without_its_own_day_is_as_old_as_the_day_it_holds_from(tmp_path: Path) -> None:
    graph = GraphBuilder().node("Company", "a").node("Institution", "u").node("Institution", "v")
    graph.node("Technology", "t", applied_on=date(2022, 5, 1))
    graph.link(CO_FILED, "a", "u", valid_from=date(2023, 1, 1)).link(CO_FILED, "a", "v")
    graph.link(FILED, "a", "t", valid_from=date(2021, 1, 1))
    snapshot = graph.snapshot(tmp_path)
    partners = {
        str(day): data_of(snapshot, "partners", before=day).positives.candidate[:2].tolist()
        for day in (date(2023, 1, 1), date(2023, 1, 2))
    }
    assert partners == {"2023-01-01": [2, 0], "2023-01-02": [1, 2]}
    assert str(data_of(snapshot, "partners").positives.first[0]) == "2023-01-01"
    filed = [
        data_of(snapshot, "partners", before=date(year, 1, 1)).graph["Company__FILED__Technology"].nnz
        for year in (2021, 2022, 2023)
    ]  # the patent is younger than the day its filing is said to hold from
    assert filed == [0, 0, 1]


def test_partnership_is_symmetric_and_nobody_is_their_own_partner(filings: Snapshot) -> None:
    data = data_of(filings, "partners")
    known = data.history.toarray() > 0
    np.testing.assert_array_equal(known, known.T)
    assert known.sum() == 4
    assert data.own_candidate(np.array([2, 0])).tolist() == [2, 0]


def test_where_a_company_moved_does_not_tell_which_space_it_took(tmp_path: Path) -> None:
    """A register of centres has no day of moving in, so it would know of later moves too."""
    graph = GraphBuilder().node("Company", "a").node("Center", "c").node("Space", "s")
    graph.link(("Space", "PART_OF", "Center"), "s", "c").link(("Company", "LOCATED_IN", "Center"), "a", "c")
    graph.link(("Company", "OCCUPIES", "Space"), "a", "s", on=date(2024, 1, 1))
    snapshot = graph.snapshot(tmp_path)
    assert set(data_of(snapshot, "spaces", before=date(2024, 1, 1)).graph) == {"Space__PART_OF__Center"}
    assert "Company__LOCATED_IN__Center" in data_of(snapshot, "programs").query_links


def test_a_later_joint_patent_is_not_seen_through_its_filings(filings: Snapshot) -> None:
    """The mirror of a target pair: both filed the patent; undated filings are as young as their patent."""
    data = data_of(filings, "partners", before=date(2022, 5, 1))
    assert (data.history.toarray() > 0).sum() == 2
    new = filings.vocabulary("Technology").find("new")
    assert data.query_links["Company__FILED__Technology"][:, [new]].nnz == 0
    assert data.query_links["Institution__FILED__Technology"][:, [new]].nnz == 0
    assert data.query_links["Institution__FILED__Technology"].nnz == 1
