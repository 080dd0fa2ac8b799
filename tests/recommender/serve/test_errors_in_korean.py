"""What keeps a model from being served is said in Korean too."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.model import NodeRef
from recommender.knowledge.tasks import TASKS
from recommender.serve import precompute
from recommender.serve.listing import not_a_candidate
from recommender.serve.recommender import open_recommender


def test_a_home_without_a_model_is_told_in_korean(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as told:
        open_recommender(tmp_path)
    assert told.value.wording.ko == f"{tmp_path / 'models'}: 서비스 중인 모델이 없습니다. `dure train`으로 학습하십시오"


@pytest.mark.parametrize(
    ("name", "korean"),
    [
        ("P1", "P1은 이 과제({task})의 후보가 아닙니다. 다른 과제로 물으십시오."),
        ("가나", "가나는 이 과제({task})의 후보가 아닙니다. "),
    ],
)
def test_what_is_no_candidate_is_told_with_the_particle_that_fits(name: str, korean: str) -> None:
    task = TASKS["finance"]
    error = not_a_candidate(NodeRef("Program", name), task)
    assert error.wording.ko.startswith(korean.format(task=task.ko))
    assert " · " not in str(error)


def test_too_little_room_for_scores_is_told_in_korean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(free=10**9)
    monkeypatch.setattr(precompute.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ConfigError) as told:
        precompute._check_room(tmp_path, 2 * 10**9)
    assert told.value.wording.ko == (
        f"점수를 저장하려면 2.0 GB가 더 필요하나 {tmp_path}의 여유 공간은 1.0 GB입니다. "
        "공간을 비우거나 --task로 과제를 골라 계산하십시오"
    )
