"""What keeps runs from being compared, or a folder from being explained, is said in Korean too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from recommender.report.compare import RunFolder, compare_runs, open_run
from recommender.report.explained import refuse_other_data

ONE = {"dataset": "shop", "hashes": {"data": "1" * 64}, "models": {"auto": {"asked": True}}, "main": "mrr"}
FAILED = {
    "models": {},
    "failed": {"auto": "no room"},
    "failed_ko": {"auto": "자리가 없습니다"},
    "failed_asked": ["auto"],
}


def _compare(folder: Path, metrics: dict[str, object]) -> object:
    run = RunFolder(folder, metrics)
    return compare_runs(run, [run])


def _explain(folder: Path) -> None:
    (folder / "metrics.json").write_text(json.dumps(ONE), encoding="utf-8")
    refuse_other_data(folder, "2" * 64)


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (
            lambda folder: open_run(folder / "no"),
            (
                "{0}/no: 끝난 실험이 없습니다(metrics.json: 파일이 없음). "
                "`dure experiment run … --out {0}/no`로 실행하십시오"
            ),
        ),
        (
            lambda folder: _compare(folder, FAILED),
            (
                "{0}: 요청한 모델의 결과가 없습니다(실행하지 못한 모델: auto, 사유: 자리가 없습니다). 모델을 고치거나 "
                "--model로 다른 "
                "모델을 지정하고 --out {0}로 다시 실행하십시오"
            ),
        ),
        (lambda folder: _compare(folder, ONE), "{0}/queries.parquet: 읽을 수 없습니다("),
        (
            _explain,
            (
                "{0}: 이 폴더의 실험 자료(111111111111)와 설명할 모델의 자료(222222222222)가 다릅니다. "
                "그 실험에 쓴 폴더를 설명하거나 --out으로 다른 폴더를 지정하십시오"
            ),
        ),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as told:
        ask(tmp_path)
    assert told.value.wording.ko.startswith(korean.format(tmp_path))
