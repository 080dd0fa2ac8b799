"""What is wrong with the options of a run is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from recommender.lab.options import check_options, read_options, refuse_unknown
from recommender.lab.saved import open_model


def _options(folder: Path, text: str) -> object:
    (folder / "o.toml").write_text(text, encoding="utf-8")
    return read_options(folder / "o.toml")


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (lambda _: check_options({"seeds": 0}), "seeds = 0: 너무 적습니다. 1 이상을 적으십시오"),
        (lambda _: check_options({"budget": 0.0}), "budget = 0.0분: 너무 짧습니다. 0.1 이상을 적으십시오"),
        (
            lambda _: check_options({"ranks": "xls"}),
            "ranks = 'xls': 없는 형식입니다. 다음 가운데 하나를 고르십시오: csv, parquet",
        ),
        (
            lambda _: refuse_unknown(["sed", "qqq"], ["seeds", "out"], "o.toml"),
            "o.toml: 'sed': 없는 옵션입니다. 비슷한 옵션: seeds; 'qqq': 없는 옵션입니다. 있는 옵션: out, seeds",
        ),
        (
            lambda folder: _options(folder, "model = 3"),
            "{0}/o.toml: model = 3: 맞지 않는 값입니다(적을 수 있는 값: 글 또는 글의 목록)",
        ),
        (lambda folder: _options(folder, "model"), "{0}/o.toml: UTF-8로 적은 TOML이 아닙니다: "),
        (
            open_model,
            "{0}: 저장된 모델이 없습니다(model.json: 파일이 없음). `dure experiment predict`로 만드십시오",
        ),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as told:
        ask(tmp_path)
    assert told.value.wording.ko.startswith(korean.format(tmp_path))
