"""What the command line prints is Korean where the locale is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import output
from cli.language import progress_name
from loaders.samples import sample_loads
from tests.command_line import Run

_PRINTING = frozenset({"say", "say_error", "say_table"})
_SENTENCE = re.compile(r"(?<![\w./<-])[A-Za-z]{2,} [a-z]{2,}")
_COMMANDS = re.compile(r"`[^`]*`|\bdure [a-z0-9 ]+|pip install|make setup")
"""What is typed is the same in both."""


@pytest.fixture
def korean(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    return run


def _printed(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the literal words that a module prints, or raises an error with, without their Korean beside them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if isinstance(call, ast.Call) and (name in _PRINTING or name.endswith("Error")):
            for text in _outside_wordings(call):
                yield text.lineno, str(text.value)


def _outside_wordings(node: ast.AST) -> Iterator[ast.Constant]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
        elif not (isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == "Wording"):
            yield from _outside_wordings(child)


@pytest.mark.parametrize("path", sorted(Path("cli").rglob("*.py")), ids=str)
def test_no_line_is_english_alone(path: Path) -> None:
    printed = [(line, text) for line, text in _printed(path) if not re.search("[가-힣]", text)]
    assert [(line, text) for line, text in printed if _SENTENCE.search(_COMMANDS.sub("", text))] == []


def _tasks() -> Iterator[str]:
    """Yield the names under which the code tells how far it is, with what is put in as 7."""
    folders = ("stores", "loaders", "recommender", "bloom", "cli")
    for path in (each for folder in folders for each in Path(folder).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).endswith("progress"):
                first = call.args[0]
                if isinstance(first, ast.JoinedStr):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in first.values)
                elif isinstance(first, ast.Constant):
                    yield str(first.value)


def test_work_is_named_in_korean() -> None:
    """A load of minutes shows nothing else."""
    tasks = set(_tasks())
    assert {"copy", "fill 7 indexes, percent", "train 7, seconds"} <= tasks
    assert {task for task in tasks if not re.search("[가-힣]", progress_name(task).ko)} == {"7: 7", "EASE"}
    assert progress_name("train programs, seconds").ko == "programs 학습, 초"
    assert progress_name("Neo4j 5.26.29 jars").ko == "Neo4j 5.26.29 jar 파일"
    assert progress_name("companies.csv").ko == "companies.csv"


def test_the_time_left_is_told_in_korean(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    now = [0.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])
    with output.progress_shown() as progress:
        progress("copy", 0, 3000)
        for now[0], done in ((120.0, 1000), (130.0, 2900)):
            progress("copy", done, 3000)
        progress("encode text", 0, None)
        now[0] = 140.0
        progress("encode text", 0, None)
    told = capsys.readouterr().err.splitlines()
    assert told == ["복사: 1,000/3,000, 약 4분 남음", "복사: 2,900/3,000, 1분 미만 남음", "텍스트 임베딩: 10초"]


def test_a_sentence_without_its_korean_is_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        'say(f"wrote the file {x}")\nsay(Wording("저장", "wrote the file"))\nraise ConfigError("no such day")\n'
    )
    assert [line for line, _ in _printed(path)] == [1, 3]


def test_the_doctor_speaks_korean(korean: Run) -> None:
    told = korean("doctor").stdout
    assert "없음     model          " in told
    assert "→ dure train" in told
    assert re.search(r"정상     law +\d+행, 그중 원문에서 확인할 것 \d+행", told)


def test_tables_have_korean_headers(korean: Run) -> None:
    korean("load", "centers", dict(sample_loads())["centers"])
    told = korean("graph", "counts").stdout
    assert re.search(r"그래프\s+표 +행 ", told)
    assert re.search(r"노드 [\d,]+, 관계 [\d,]+", told)
    assert re.search(r"찾은 것\s+노드 +이름 +종류", korean("find", "센터").stdout)
    assert korean("find", "없는이름없음").stdout.startswith("'없는이름없음'에 맞는 것이 없습니다")


def test_models_are_listed_in_korean(korean: Run) -> None:
    told = korean("models", "list").stdout
    assert re.search(r"모델\s+버전 +서비스 기간\(UTC\)", told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("recommend", "Company:x", "--as-of", "gestern"), "날짜가 아닙니다: 'gestern'. 2026-03-02처럼 적으십시오"),
        (("recommend", "--profile", " "), "기업을 글로 설명하거나 업종(industry)을 적으십시오"),
        (("load", "centers"), "출처와 파일을 하나 이상 적으십시오: dure load <source> <path…>"),
        (("experiment", "run"), "실험 폴더와 --task로 지정하는 그래프의 과제 가운데 하나만 적으십시오"),
        (("keys", "create", "x", "--scope", "read:none"), "없는 권한이 있습니다: read:none. 다음에서 고르십시오: "),
        (("feedback", "withdraw", "1", "--reason", "x"), "아직 피드백이 없습니다: "),
        (("snapshot", "--store", "nonsense"), "저장소가 아닙니다: 'nonsense'"),
    ],
)
def test_wrong_usage_is_told_in_korean(korean: Run, arguments: tuple[str, ...], told: str) -> None:
    error = korean(*arguments).exception
    assert error is not None
    assert error.wording.ko.startswith(told)  # type: ignore[attr-defined]
