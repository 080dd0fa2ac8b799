"""The command line speaks Korean where the locale does, and leaves no help text out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.language import korean_texts, locale_language, speak_korean
from cli.main import app

_TYPERS_OWN = {"Usage: ", "Options", "Arguments", "Commands", "Show this message and exit.", "required", "default"}


def texts_of(command: Any) -> Iterator[str]:
    """Yield every help text of a command and of those below it."""
    for owner in (command, *command.params):
        yield from (text for name in ("help", "short_help", "epilog") if (text := getattr(owner, name, None)))
    for below in getattr(command, "commands", {}).values():
        yield from texts_of(below)


def commands_below(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands_below(below, (*path, name))


@pytest.fixture(scope="module")
def korean() -> Any:
    command = typer.main.get_command(app)
    speak_korean(command)
    return command


def test_every_help_text_has_its_korean_and_none_is_left_over() -> None:
    assert set(texts_of(typer.main.get_command(app))) | _TYPERS_OWN == set(korean_texts())


def test_the_korean_is_korean() -> None:
    assert [e for e, k in korean_texts().items() if not re.search("[가-힣]", k)] == []


def test_names_of_options_and_commands_are_the_same_in_both() -> None:
    """What is typed stands in both: ``--write-back``, ``DURE_HOME``, `dure train`."""
    typed = re.compile(r"--[a-z-]+|DURE_[A-Z0-9_]+|`[^`]+`|\b(?:read|write):[a-z]+")
    wrong = [e for e, k in korean_texts().items() if set(typed.findall(e)) != set(typed.findall(k))]
    assert wrong == []


def test_sentences_are_polite(korean: Any) -> None:
    """A command's first line says what it does in 합쇼체; what stands behind an option is a noun."""
    for path in commands_below(korean):
        found = korean
        for name in path:
            found = found.commands[name]
        assert re.search(r"니다\.", found.help.partition("\n")[0]), path
        assert not [p.name for p in found.params if (getattr(p, "help", None) or "").endswith("니다.")], path


@pytest.mark.parametrize("path", [*commands_below(typer.main.get_command(app))])
def test_help_is_korean_all_through(korean: Any, path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    korean([*path, "--help"], standalone_mode=False)
    shown = capsys.readouterr().out
    assert shown.startswith("사용법: ")
    assert "이 도움말을 출력" in shown
    assert not re.search(r"^(Usage|Options|Arguments|Commands):|\[(default|required)", shown, re.MULTILINE)
    assert "..." not in shown.partition("명령:")[2]  # the short help of each command is whole


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
    ],
)
def test_the_locale_decides(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert locale_language() == language


@pytest.mark.parametrize(("locale", "usage"), [("ko_KR.UTF-8", "사용법: "), ("C.UTF-8", "Usage: ")])
def test_the_command_asks_the_locale(locale: str, usage: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES")}
    shown = subprocess.run(
        [sys.executable, "-c", "from cli.main import main; main()", "keys", "--help"],
        env={**environment, "LANG": locale, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert shown.stdout.startswith(usage)


@pytest.mark.parametrize(
    ("locale", "told"),
    [("ko_KR.UTF-8", "오류: 'none': 알 수 없는 출처입니다"), ("C.UTF-8", "error: unknown source 'none'; known are ")],
)
def test_an_error_is_told_in_the_language_of_the_locale(locale: str, told: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES")}
    failed = subprocess.run(
        [sys.executable, "-c", "from cli.main import main; main()", "load", "none", "a.csv"],
        env={**environment, "LANG": locale, "PYTHONUTF8": "1", "DURE_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert (failed.returncode, failed.stderr.startswith(told)) == (4, True)
