"""Texts become vectors once, and only through the model that was asked for."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from graph_schema.errors import ModelError
from recommender.text import vector_cache as text_cache
from recommender.text.compact import CompactEncoder
from recommender.text.encoder import MAX_CHARACTERS, CachedEncoder, encode_snapshot, load_encoder, node_texts
from recommender.text.sentence_model import SentenceEncoder
from recommender.text.vector_cache import VectorCache
from tests.recommender.fixtures import IN_INDUSTRY, GraphBuilder, WordEncoder


def test_each_distinct_text_is_encoded_once_even_by_another_process(tmp_path: Path) -> None:
    inner = WordEncoder()
    first = CachedEncoder(inner, VectorCache(tmp_path / "v.sqlite")).encode(["금형", "사출", "금형"], "passage")
    assert sorted(inner.asked) == ["금형", "사출"]
    other = WordEncoder()
    again = CachedEncoder(other, VectorCache(tmp_path / "v.sqlite")).encode(["사출", "금형"], "passage")
    assert other.asked == []
    np.testing.assert_array_equal(first[[1, 0]], again)


def test_progress_is_that_of_all_new_texts_as_the_model_reports_it(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    encoder = CachedEncoder(WordEncoder(), VectorCache(tmp_path / "v.sqlite"))
    encoder.encode(["0"], "passage")

    encoder.encode([str(n) for n in range(3_000)], "passage", lambda *reported: told.append(reported))

    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == ("encode text", 2_999, 2_999)


def test_roles_and_models_do_not_share_vectors(tmp_path: Path) -> None:
    inner = WordEncoder()
    encoder = CachedEncoder(inner, VectorCache(tmp_path / "v.sqlite"))
    encoder.encode(["금형"], "passage")
    encoder.encode(["금형"], "query")
    inner.model_id = "another"  # type: ignore[misc]
    encoder.encode(["금형"], "query")
    assert inner.asked == ["금형"] * 3


def test_the_cache_file_holds_no_text(tmp_path: Path) -> None:
    CachedEncoder(WordEncoder(), VectorCache(tmp_path / "v.sqlite")).encode(["secret-words"], "passage")
    assert all(b"secret-words" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("turn", range(8))
def test_many_may_open_a_new_file_and_write_at_once(tmp_path: Path, turn: int) -> None:
    def encode(number: int) -> float:
        encoder = CachedEncoder(WordEncoder(), VectorCache(tmp_path / f"{turn}.sqlite"))
        return float(np.linalg.norm(encoder.encode([f"글 {number % 5}", f"글 {number}"], "passage"), axis=1).min())

    with ThreadPoolExecutor(16) as pool:
        assert np.allclose(list(pool.map(encode, range(80))), 1.0)


def test_a_cache_that_another_process_holds_is_not_to_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "v.sqlite"
    encoder = CachedEncoder(WordEncoder(), VectorCache(path))
    encoder.encode(["글"], "passage")
    monkeypatch.setattr(text_cache, "_BUSY_SECONDS", 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ModelError, match="run this again when it is done"):
            encoder.encode(["말"], "passage")


def test_a_damaged_cache_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(ModelError, match="delete it"):
        CachedEncoder(WordEncoder(), VectorCache(tmp_path / "v.sqlite")).encode(["글"], "passage")


def test_empty_text_is_a_zero_vector_and_long_text_is_cut() -> None:
    inner = WordEncoder()
    out = CachedEncoder(inner, VectorCache()).encode(["", "  ", "가" * 500], "passage")
    assert not out[:2].any()
    assert inner.asked == ["가" * MAX_CHARACTERS]


def test_in_memory_only_the_vectors_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_cache, "_KEPT", 3)
    inner = WordEncoder()
    encoder = CachedEncoder(inner, VectorCache())
    encoder.encode(["a", "b", "c"], "query")
    encoder.encode(["a", "d"], "query")
    encoder.encode(["a", "c", "d", "b"], "query")
    assert inner.asked == ["a", "b", "c", "d", "b"]


def test_a_model_that_is_not_there_is_an_error_never_another_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(str(tmp_path)).encode(["글"], "query")


@pytest.mark.parametrize("offline", [False, True])
def test_a_model_on_a_hub_that_does_not_answer_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, *, offline: bool
) -> None:
    """The hub's client would try each file of it for minutes, which its own switch of offline work keeps it from."""
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", offline)
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda _: pytest.fail("it tries again"))
    told = "'nobody/no-model' is not a folder, nor was it downloaded before, and http://127.0.0.1:9 cannot be reached"
    with pytest.raises(ModelError, match=rf"{told} .*; connect this machine, give the folder"):
        load_encoder("nobody/no-model").encode(["글"], "query")


def test_the_bundled_model_understands_korean() -> None:
    encoder = load_encoder()
    query = encoder.encode(["이차전지 소재를 만든다"], "query")
    passages = encoder.encode(["배터리 양극재 개발 지원", "전통시장 음식점 위생 교육"], "passage")
    assert encoder.dimension == 384
    assert query.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1.0, atol=1e-5)
    assert query[0] @ passages[0] > query[0] @ passages[1]


def test_a_word_that_the_bundled_model_knows_is_one_piece() -> None:
    encoder = load_encoder()
    assert encoder.pieces("drone") == encoder.pieces("로봇") == 1
    assert encoder.pieces("sdkfjh") > 3


def test_the_bundled_model_needs_neither_torch_nor_a_language_model_framework() -> None:
    script = (
        "import sys; from recommender.text.encoder import load_encoder; load_encoder().encode(['글'], 'query'); "
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_threads_share_one_model_and_get_what_each_would_get_alone() -> None:
    encoder = CompactEncoder()
    texts = [f"고양시에서 {number}번째 제품을 만드는 회사" for number in range(12)]
    alone = [encoder.encode([text], "query")[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: encoder.encode([text], "query")[0], texts * 3))
    np.testing.assert_array_equal(np.stack(together), np.stack(alone * 3))


def test_a_model_of_sentence_transformers_reads_roles_by_their_prompts(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    SentenceTransformer(modules=[StaticEmbedding(word_pieces(), embedding_dim=16)], device="cpu").save(str(folder))
    encoder = load_encoder(str(folder))
    asked, answer = encoder.encode(["gold"], "query"), encoder.encode(["gold"], "passage")
    assert asked.shape == (1, 16)
    np.testing.assert_allclose(np.linalg.norm(asked, axis=1), 1.0, atol=1e-5)
    assert not np.allclose(asked, answer)
    assert encoder.pieces("gold") == 4


def test_a_model_that_takes_the_place_of_another_in_its_folder_has_vectors_of_its_own(tmp_path: Path) -> None:
    """A path alone names no model: what the first one encoded would be taken for the second one's."""
    folder, elsewhere = tmp_path / "words", tmp_path / "elsewhere" / "words"
    for at, content in ((folder, b"first"), (elsewhere, b"first")):
        (at / "part").mkdir(parents=True)
        (at / "part" / "model.safetensors").write_bytes(content)
    first = SentenceEncoder(str(folder)).model_id
    assert SentenceEncoder(str(elsewhere)).model_id == first
    (folder / "part" / "model.safetensors").write_bytes(b"other")
    assert SentenceEncoder(str(folder)).model_id != first
    assert SentenceEncoder("intfloat/e5").model_id == "intfloat/e5"


def word_pieces() -> Tokenizer:
    """Make a tokenizer of single letters."""
    letters = {letter: at for at, letter in enumerate(["[UNK]", *"abcdefghijklmnopqrstuvwxyz:"])}
    tokenizer = Tokenizer(
        models.WordPiece(letters | {f"##{c}": 30 + i for i, c in enumerate(letters)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_a_company_is_what_it_makes_else_its_industries_else_its_name(tmp_path: Path) -> None:
    graph = GraphBuilder().node("Industry", "ksic11:1", name="금형 제조업").node("Industry", "ksic11:2", name="도금업")
    graph.node("Company", "a", name="가나", products="사출 금형", founded_on=date(2020, 1, 1))
    graph.node("Company", "b", name="다라", products=" ").node("Company", "c", name="마바")
    for company in ("a", "b"):
        graph.link(IN_INDUSTRY, company, "ksic11:1").link(IN_INDUSTRY, company, "ksic11:2")
    snapshot = graph.snapshot(tmp_path)
    assert node_texts(snapshot, "Company") == ["사출 금형", "금형 제조업, 도금업", "마바"]
    vectors = encode_snapshot(snapshot, WordEncoder())
    assert {label: of.shape for label, of in vectors.items()} == {"Company": (3, 32), "Industry": (2, 32)}
