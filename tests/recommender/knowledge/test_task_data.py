"""A task as it is served: rows and columns are places of its dataset, and a description asks as a node does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import NotFoundError, SchemaError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.task_data import ALL_KNOWN, TaskData, TaskInput
from recommender.knowledge.tasks import TASKS, get_task
from recommender.measure.arrays import Floats
from recommender.scorers.content_knn import ContentKnn
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import IN_INDUSTRY, GraphBuilder, WordEncoder, planted_city


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> TaskData:
    snapshot = planted_city().snapshot(tmp_path_factory.mktemp("city"))
    vectors = encode_snapshot(snapshot, WordEncoder())
    return TaskData(snapshot, get_task("programs"), vectors, TaskInput(cuts=ALL_KNOWN))


def bare(ref: NodeRef, *, merged: bool) -> str:
    return str(ref) if merged else ref.id


@pytest.mark.parametrize("name", TASKS)
def test_rows_and_columns_are_those_of_the_dataset(data: TaskData, name: str) -> None:
    of = TaskData(data.snapshot, get_task(name), data.vectors, TaskInput(cuts=ALL_KNOWN))
    known, merged = of.known, len(of.task.query) > 1
    assert [bare(of.query_ref(row), merged=merged) for row in range(of.n_queries)] == list(known.queries.ids)
    merged = len(of.task.candidate) > 1
    ids = [known.candidates.ids[place] for place in of.columns]
    assert [bare(of.candidate_ref(column), merged=merged) for column in range(of.n_candidates)] == ids
    np.testing.assert_array_equal(np.flatnonzero(known.is_candidate), of.columns)


def test_companies_with_products_or_an_industry_are_described_and_institutions_are_names(tmp_path: Path) -> None:
    city = GraphBuilder().node("Industry", "ksic11:10711", name="떡류 제조업", code="10711", level=5)
    city.node("Company", "a", name="가", products="떡").node("Company", "b", name="나").node("Company", "c", name="다")
    city.node("Institution", "i", name="가대학교", kind="university").link(IN_INDUSTRY, "c", "ksic11:10711")
    snapshot = city.snapshot(tmp_path)
    of = TaskData(snapshot, get_task("partners"), {}, TaskInput(cuts=ALL_KNOWN))
    described = dict(zip(of.dataset.nodes["CompanyInstitution"].ids, of.described.tolist(), strict=True))
    assert described == {"Company:a": True, "Company:b": False, "Company:c": True, "Institution:i": False}


def test_text_stands_in_the_order_of_the_nodes(data: TaskData) -> None:
    np.testing.assert_array_equal(data.text["Program"], data.vectors["Program"])
    np.testing.assert_array_equal(data.candidate_text, data.vectors["Program"])


def test_vectors_that_lie_side_by_side_are_not_copied(data: TaskData) -> None:
    """Askers of two labels have the array that holds both, and a copy where it holds them apart."""
    sizes = [len(data.snapshot.nodes(label)) for label in ("Company", "Institution")]
    every = np.arange(4 * sum(sizes), dtype=np.float32).reshape(-1, 4).copy()
    company, institution = np.split(every, sizes[:1])

    def text(vectors: dict[str, Floats]) -> Floats:
        read = TaskInput(cuts=ALL_KNOWN)
        return TaskData(data.snapshot, get_task("partners"), vectors, read).text["CompanyInstitution"]

    beside = text({"Company": company, "Institution": institution})
    apart = text({"Company": company.copy(), "Institution": institution.copy()})
    assert np.shares_memory(beside, every)
    assert not np.shares_memory(apart, every)
    np.testing.assert_array_equal(beside, apart)


def test_facts_before_a_day_alone_are_known(data: TaskData) -> None:
    day = date(2025, 6, 1)
    of = TaskData(data.snapshot, data.task, data.vectors, TaskInput(day, cuts=ALL_KNOWN))
    assert of.known.pairs.time.max() < np.datetime64(day)
    assert 0 < len(of.known.pairs) < len(data.known.pairs)


def test_a_description_with_the_facts_of_a_node_has_its_neighbours(data: TaskData) -> None:
    ref = data.query_ref(5)
    table = data.snapshot.nodes("Company")
    links: dict[str, tuple[NodeRef, ...]] = {}
    for (_, name, target, way), matrix in data.known.adjacency("Company").items():
        far = data.known.dataset.nodes[target]
        if way == "out":
            links[name] = tuple(NodeRef(target, far.ids[place]) for place in matrix[[5]].indices)
    profile = Profile(str(table.column("products")[5].as_py() or ""), links)
    asked = data.questions_by(profile, WordEncoder())
    assert asked.guests is not None
    for key, matrix in data.known.adjacency("Company").items():
        np.testing.assert_array_equal(asked.guests.links[key].toarray(), matrix[[5]].toarray())
    scorer = ContentKnn(text_share=0.0).fit(data.known, np.random.default_rng(0))
    own = data.questions([ref])
    assert scorer.score(asked).argmax() in np.argsort(-scorer.score(own)[0])[:5]


def test_what_a_description_took_comes_with_its_question(data: TaskData) -> None:
    taken = data.candidate_ref(3)
    asked = data.questions_by(Profile("떡", {"APPLIED_TO": (taken, NodeRef("Program", "gone"))}), WordEncoder())
    assert asked.given.candidate.tolist() == [3]
    with pytest.raises(SchemaError, match="unknown relation"):
        data.questions_by(Profile("떡", {"BOUGHT": (taken,)}), WordEncoder())
    with pytest.raises(NotFoundError, match="does not ask for support programmes"):
        data.questions_by(Profile("떡", label="Institution"), WordEncoder())


def test_values_of_a_description_fill_the_columns_that_there_are(tmp_path: Path) -> None:
    graph = planted_city()
    for number in range(12):
        form = "corporation" if number % 2 else "sole"
        graph.node("Company", f"X{number}", name=f"회사 {number}", employees=number, legal_form=form)
    snapshot = graph.snapshot(tmp_path)
    of = TaskData(snapshot, get_task("programs"), encode_snapshot(snapshot, WordEncoder()), TaskInput(cuts=ALL_KNOWN))
    asked = of.questions_by(Profile("떡", employees=7, legal_form="sole"), WordEncoder())
    assert asked.guests is not None
    cells = {column.name: column for column in asked.guests.nodes.columns}
    assert cells["employees"].values.tolist() == [7.0]
    form = cells["legal_form"]
    assert [form.categories[place] for place in form.members.indices] == ["sole"]
