"""The whole path from the command line: demonstrate, ask, evaluate, embed, look, go back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from typer.testing import CliRunner, Result

from cli.main import app
from loaders.samples import FOLDER

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
def dure(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Callable[..., Result]:
    """Give the command in a home where the demonstration has run with a small city."""
    home = tmp_path_factory.mktemp("demo") / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DURE_")}
    env = {name: None for name in os.environ if name not in kept} | {
        "DURE_HOME": str(home),
        "DURE_ENCODER": str(encoder),
    }

    def invoke(*arguments: object) -> Result:
        result = CliRunner(env=env).invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

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
    text = "고양시 일산동구에서 빵집을 하는 개인사업자, 직원 3명"
    shown = dure("recommend", "--profile", text, "--as-of", "2026-03-02", "--language", "ko").stdout
    assert "일산동구" in shown
    assert "확인할 것" in shown
    assert json.loads(dure("graph", "counts", "--json").stdout) == before


def test_reverse_names_companies_for_a_programme(dure: Callable[..., Result]) -> None:
    wanted = json.loads(dure("recommend", "--profile", "제조업", "--as-of", "2026-03-02", "-n", 1, "--json").stdout)
    program = wanted["recommendations"][0]["ref"]
    ref = f"{program['label']}:{program['id']}"
    answer = json.loads(dure("recommend", ref, "--reverse", "--as-of", "2026-03-02", "--json").stdout)
    assert {item["ref"]["label"] for item in answer["recommendations"]} <= {"Company"}
    assert answer["recommendations"]


def test_the_evaluation_writes_its_report_and_keeps_made_up_facts_out(
    dure: Callable[..., Result], tmp_path: Path
) -> None:
    report = json.loads(dure("evaluate", "--simple", "--seeds", 1, "--out", tmp_path, "--json").stdout)
    assert report["data"] == "real"
    assert {scorer["name"] for scorer in report["scorers"]} >= {"popularity", "content-knn", "item-knn", "graph-walk"}
    assert {path.name for path in tmp_path.iterdir()} >= {"report.md", "report.html", "metrics.json"}


def test_embeddings_reach_the_store(dure: Callable[..., Result]) -> None:
    written = json.loads(dure("graph", "embed", "--json").stdout)
    assert written["Technology"] == 1_325
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
    dure("graph", "view", _ORGANISATION, "--output", tmp_path / "view.html")
    page = (tmp_path / "view.html").read_text(encoding="utf-8")
    assert 'lang="ko"' in page
    assert "<table" in page


def test_snapshot_files_hold_no_personal_column(dure: Callable[..., Result]) -> None:
    import pyarrow.parquet as pq

    from graph_schema.catalog import NODE_TYPES

    folder = Path(json.loads(dure("snapshot", "--json").stdout)["path"])
    for node in NODE_TYPES:
        file = folder / "nodes" / f"{node.label}.parquet"
        if file.exists():
            assert not set(pq.read_schema(file).names) & {p.name for p in node.properties if p.pii or p.derived}
