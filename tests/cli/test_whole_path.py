"""The whole path from the command line: demonstrate, ask, evaluate, embed, look, go back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from typer.testing import CliRunner, Result

from api.recommender_opening import OpenedRecommender
from cli.main import app
from graph_schema.catalog import relation_type
from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.model import NodeRef
from loaders.samples import FOLDER
from recommender.knowledge.tasks import TASKS
from recommender.measure.equal_arrays import share_equal_arrays
from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender
from stores.file_uri import uri_of
from tests.neo4j_fixtures import Neo4jAccess

pytestmark = pytest.mark.slow
_ORGANISATION = "Institution:서울대학교산학협력단"


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a real sentence-transformers model in a folder: random vectors of words and their parts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=3000, special_tokens=["[UNK]"], show_progress=False)
    tokenizer.train([str(FOLDER / "patents.csv"), str(FOLDER / "ksic11_tree.csv")], trainer)
    path = tmp_path_factory.mktemp("encoder") / "words"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=384)], device="cpu").save(str(path))
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def dure(home: Path, encoder: Path, fewer_awards: Path) -> Callable[..., Result]:
    """Give the command in a home where the demonstration has run with a small city and a part of the awards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DURE_")}
    env = {name: None for name in os.environ if name not in kept} | {
        "DURE_HOME": str(home),
        "DURE_ENCODER": str(encoder),
    }

    def invoke(*arguments: object) -> Result:
        result = CliRunner(env=env).invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.demonstration.sample_awards", lambda: fewer_awards)
        shown = invoke("demo", "--companies", 300, "--seeds", 1).stdout
    assert "popularity" in shown
    return invoke


def test_a_known_organisation_gets_partners_with_reasons_and_lineage(dure: Callable[..., Result]) -> None:
    answer = json.loads(dure("recommend", _ORGANISATION, "--task", "partners", "-n", 3, "--json").stdout)
    assert len(answer["recommendations"]) == 3
    assert all(item["reasons"] for item in answer["recommendations"])
    assert all(answer["lineage"].values())


def test_a_profile_in_words_is_answered_and_stored_nowhere(dure: Callable[..., Result]) -> None:
    before = json.loads(dure("graph", "counts", "--json").stdout)
    text = "고양시 일산동구에서 빵집을 하는 개인사업자, 직원 3명, 재작년 창업"
    shown = dure("recommend", "--profile", text, "--as-of", "2025-03-02", "--language", "ko").stdout
    assert "일산동구" in shown
    assert "2023-01-01" in shown, "what a text tells of its past counts from the day that is asked about"
    assert "확인할 것" in shown
    assert json.loads(dure("graph", "counts", "--json").stdout) == before


def test_reverse_names_companies_for_a_programme(dure: Callable[..., Result]) -> None:
    wanted = json.loads(dure("recommend", "--profile", "제조업", "--as-of", "2026-03-02", "-n", 1, "--json").stdout)
    program = wanted["recommendations"][0]["ref"]
    ref = f"{program['label']}:{program['id']}"
    answer = json.loads(dure("recommend", ref, "--reverse", "--as-of", "2026-03-02", "--json").stdout)
    assert {item["ref"]["label"] for item in answer["recommendations"]} <= {"Company"}
    assert answer["recommendations"]


def test_who_describes_a_company_where_a_name_is_due_is_shown_how(dure: Callable[..., Result]) -> None:
    text = "고양시 빵집, 직원 3명"
    with pytest.raises(NotFoundError) as found:
        dure("recommend", text, "--task", "experts")
    assert found.value.in_language("ko").endswith(f"dure recommend --task experts --profile {text!r}")
    with pytest.raises(NotFoundError) as found:
        dure("recommend", "없는기업")
    assert "--profile" not in str(found.value)


def test_companies_are_scored_before_they_ask(dure: Callable[..., Result], home: Path) -> None:
    company = NodeRef("Company", open_recommender(home).snapshot.vocabulary("Company").id(0))

    def described() -> tuple[object, dict[str, dict[str, Any]]]:
        answer = json.loads(dure("recommend", company, "--task", "technologies", "--json").stdout)
        return answer, {each["what"]: each for each in json.loads(dure("doctor", "--json").stdout)}

    computed, before = described()
    assert before["scores"]["remedy"]["en"] == "dure precompute"
    made = json.loads(dure("precompute", "--jobs", "1", "--json").stdout)
    assert {each["task"] for each in made} == set(TASKS) - {"partners"}
    assert all(each["scored"] == each["askers"] for each in made)
    read, after = described()
    assert read == computed
    assert "technologies" in after["scores"]["detail"]["en"]
    assert "scored now" in dure("precompute", "--task", "experts").stdout


def test_no_answer_to_a_company_tells_of_anothers_dealings(dure: Callable[..., Result], home: Path) -> None:
    """Every task, asked by made-up and real companies and by described ones: reasons name public facts alone."""
    assert dure
    recommender = open_recommender(home)
    names = dict(
        zip(*(recommender.snapshot.nodes("Company").column(c).to_pylist() for c in ("id", "name")), strict=True)
    )
    ids = list(names)
    known = [NodeRef("Company", id_) for id_ in (*ids[:3], *ids[-3:])]
    described = [
        read_profile(text, recommender.snapshot)[0]
        for text in (
            "고양시 일산동구 빵집, 직원 3명, 운영자금이 필요합니다",
            "덕양구에서 센서를 만드는 제조업체, 특허 기술을 찾습니다",
        )
    ]
    counted = 0
    for task in recommender.bundle.tasks:
        for asker in (*known, *described):
            answer = recommender.recommend(task, asker, n=10, as_of=date(2026, 3, 2))
            own = getattr(asker, "id", "profile")
            for item in answer.recommendations:
                for reason in item.reasons:
                    counted += reason.companies is not None
                    assert reason.companies is None or reason.companies >= 5
                    allowed = {own, item.ref.id}
                    for step in reason.steps:
                        relation = relation_type(step.source.label, step.type, step.target.label)
                        ends = {ref.id for ref in (step.source, step.target) if ref.label in ("Company", "Need")}
                        mine = {own, *(n.id for n in _needs_of(recommender, own))}
                        assert not relation.private or ends <= mine
                        allowed |= ends
                    foreign = {names[id_] for id_ in ids if id_ not in allowed and len(names[id_]) > 3}
                    assert not [name for name in foreign if name in reason.ko + reason.en]
    assert counted > 10


def test_a_server_that_has_settled_answers_as_one_that_has_not(dure: Callable[..., Result], home: Path) -> None:
    """It holds equal arrays once, of which nobody may write to any: each task, asked by known and described ones."""
    assert dure
    plain, settled = open_recommender(home), open_recommender(home)
    settled.warm_up()
    OpenedRecommender(settled).settle()
    assert share_equal_arrays(settled) == 0
    vocabulary = plain.snapshot.vocabulary("Company")
    known = [NodeRef("Company", vocabulary.id(at)) for at in (0, len(vocabulary) // 2, len(vocabulary) - 1)]
    described = read_profile("고양시 일산동구 빵집, 직원 3명, 운영자금이 필요합니다", plain.snapshot)[0]
    for task in plain.bundle.tasks:
        for asker in (*known, described):
            wanted = plain.recommend(task, asker, n=10, as_of=date(2026, 3, 2))
            assert settled.recommend(task, asker, n=10, as_of=date(2026, 3, 2)) == wanted
        for item in wanted.recommendations[:2]:
            asked = [each.reverse(task, item.ref, n=10, as_of=date(2026, 3, 2)) for each in (settled, plain)]
            assert asked[0] == asked[1]


def _needs_of(recommender: Recommender, company: str) -> list[NodeRef]:
    table = recommender.snapshot.table(relation_type("Company", "NEEDS", "Need"))
    rows = zip(table.column("src").to_pylist(), table.column("dst").to_pylist(), strict=True)
    return [NodeRef("Need", need) for owner, need in rows if owner == company]


def test_the_evaluation_writes_its_report_and_keeps_made_up_facts_out(
    dure: Callable[..., Result], tmp_path: Path
) -> None:
    report = json.loads(dure("evaluate", "--simple", "--seeds", 1, "--out", tmp_path, "--json").stdout)
    assert not report["dataset"].endswith("-synthetic")
    assert set(report["models"]) >= {"popularity", "content-knn", "item-knn", "graph-walk"}
    assert {path.name for path in tmp_path.iterdir()} >= {"report.md", "report.html", "metrics.json"}


def test_embeddings_reach_the_store(dure: Callable[..., Result]) -> None:
    written = json.loads(dure("graph", "embed", "--json").stdout)
    stored = json.loads(dure("graph", "counts", "--json").stdout)["nodes"]
    made_up = written["Technology"] - 1_325
    assert 12 <= made_up < 100
    assert written["Technology"] == stored["Technology"]
    assert written["Company"] > 300


def test_a_second_model_answers_all_tasks_and_can_be_rolled_back(dure: Callable[..., Result]) -> None:
    first = json.loads(dure("models", "list", "--json").stdout)["current"]
    second = json.loads(dure("train", "--task", "experts", "--json").stdout)["model_version"]
    assert json.loads(dure("models", "list", "--json").stdout)["current"] == second
    ask = ("recommend", _ORGANISATION, "--task", "partners", "-n", 1, "--as-of", "2026-03-02", "--json")
    answers = [json.loads(dure(*ask).stdout)]
    assert answers[0]["lineage"]["model_version"] == second
    dure("models", "rollback")
    assert json.loads(dure("models", "list", "--json").stdout)["current"] == first
    answers.append(json.loads(dure(*ask).stdout))
    assert answers[0]["recommendations"] == answers[1]["recommendations"]


def test_demonstrating_again_writes_nothing_new(dure: Callable[..., Result]) -> None:
    """What a killed run left is used again: every row is there already, and so is the snapshot."""
    before = json.loads(dure("snapshot", "--json").stdout)["snapshot_id"]
    for name, path in (("centers", "centers.csv"), ("kipris", "patents.csv")):
        report = json.loads(dure("load", name, FOLDER / path, "--json").stdout)
        assert (report["loaded"], report["quarantined"]) == (0, 0)
    city = json.loads(dure("synthesize", "--companies", 300, "--json").stdout)
    assert city["written"] == 0
    assert json.loads(dure("snapshot", "--json").stdout)["snapshot_id"] == before


def test_a_neighbourhood_is_drawn_as_a_page(dure: Callable[..., Result], tmp_path: Path) -> None:
    dure("graph", "view", _ORGANISATION, "--output", tmp_path / "view.html", "--limit", 10, "--pages")
    page = (tmp_path / "view.html").read_text(encoding="utf-8")
    neighbours = {path.name for path in (tmp_path / "view-pages").iterdir()}
    assert 'lang="ko"' in page
    assert "<table" in page
    assert neighbours
    assert all(f'"page":"view-pages/{name}"' in page for name in neighbours)


def test_snapshot_files_hold_no_personal_column(dure: Callable[..., Result]) -> None:
    import pyarrow.parquet as pq

    from graph_schema.catalog import NODE_TYPES

    folder = Path(json.loads(dure("snapshot", "--json").stdout)["path"])
    for node in NODE_TYPES:
        file = folder / "nodes" / f"{node.label}.parquet"
        if file.exists():
            assert not set(pq.read_schema(file).names) & {p.name for p in node.properties if p.pii or p.derived}


@pytest.mark.neo4j
def test_recommendations_are_written_into_neo4j(
    dure: Callable[..., Result], neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Of all who may ask, then of one by name; every company that has a list has it in order."""
    monkeypatch.setenv("DURE_NEO4J_USER", neo4j_graph.user)
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", neo4j_graph.password)
    dure("graph", "copy", "--from", uri_of(home / "graph.duckdb"), "--to", neo4j_graph.uri)
    to = ("--write-back", "--store", neo4j_graph.uri)
    done = json.loads(dure("recommend", "--all", "--task", "experts", "-n", 2, *to, "--json").stdout)
    assert done["written"] > 300
    assert done["absent"] == 0
    listed = neo4j_graph.run(
        "MATCH (c:Company)-[r:RECOMMENDED {run: $run}]->(x:Expert) WITH c, r ORDER BY r.rank "
        "RETURN c.id, collect(r.rank) AS ranks, collect(r.reason_ko) AS reasons, collect(r.checks) AS checks",
        run=done["run"],
    )
    assert all(record["ranks"] in ([1], [1, 2]) and all(record["reasons"]) for record in listed)
    one = json.loads(dure("recommend", "서울대 산학협력단", "--task", "partners", "-n", 3, *to, "--json").stdout)
    assert one["written"] == 3
    shown = dure("recommend", "서울대 산학협력단", "--task", "partners", "-n", 3, "--json").stdout
    ranked = [item["ref"]["id"] for item in json.loads(shown)["recommendations"]]
    rows = neo4j_graph.run("MATCH (:Institution)-[r:RECOMMENDED]->(x) RETURN x.id ORDER BY r.rank")
    assert [record[0] for record in rows] == ranked


@pytest.mark.parametrize("asked", [("--all",), ("--write-back",), ("--write-back", "--all", "Company:x"),
                                   ("--write-back", "--profile", "빵집")])  # fmt: skip
def test_what_cannot_be_written_back_is_said(asked: tuple[str, ...]) -> None:
    failed = CliRunner().invoke(app, ["recommend", *asked])
    assert isinstance(failed.exception, ConfigError)
    assert "either a node or --all" in str(failed.exception)
