"""What keeps a snapshot from being opened is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema.errors import DureError
from recommender.snapshot.snapshot import open_snapshot

_NO_VALUE = "Expecting value: line 1 column 1 (char 0)"


def _two_that_begin_alike(folder: Path) -> None:
    for name in ("aa1", "aa2"):
        (folder / name).mkdir(parents=True)
        (folder / name / "manifest.json").write_text("{}")


def _damaged(folder: Path) -> None:
    (folder / "aa1").mkdir(parents=True)
    (folder / "aa1/manifest.json").write_text("!")


@pytest.mark.parametrize(
    ("make", "asked", "korean"),
    [
        (lambda _: None, None, "{0}에 스냅숏이 없습니다. `dure snapshot`으로 만드십시오"),
        (
            _two_that_begin_alike,
            "aa",
            "{0}에 id의 앞부분이 'aa'인 스냅숏이 2개입니다. 하나만 해당하도록 적으십시오",
        ),
        (
            _damaged,
            "aa1",
            f"{{0}}/aa1/manifest.json: 읽을 수 없습니다({_NO_VALUE}). 스냅숏을 새로 만드십시오",
        ),
    ],
)
def test_errors_are_told_in_korean(
    tmp_path: Path, make: Callable[[Path], None], asked: str | None, korean: str
) -> None:
    folder = tmp_path / "snapshots"
    make(folder)
    with pytest.raises(DureError) as told:
        open_snapshot(folder, asked)
    assert told.value.wording.ko == korean.format(folder)
