"""The language of the command line: that of the locale. Help is written in English; a table has it in Korean."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import typer

from graph_schema.wording import Language, Wording

_Formatter: Any = typer.Context.formatter_class
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_WIDE: Final = 5 / 8
"""Characters of Korean help for each column of the terminal: they take two, numbers and names of options one."""
_ADDED: Final = re.compile(r"\[[^\[\]]*\]$")
"""What typer puts behind a help text by itself, such as ``[default: 5; 1<=x<=100]``."""


def locale_language() -> Language:
    """Return Korean where the locale is, else English; as POSIX has it, the first variable that is set decides."""
    named = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return "ko" if named.startswith("ko") else "en"


@cache
def korean_texts() -> Mapping[str, str]:
    """Return the Korean of each help text and of typer's own words, by the English."""
    texts: dict[str, str] = json.loads(Path(__file__).with_name("help_ko.json").read_text(encoding="utf-8"))
    return texts


@cache
def _korean_tasks() -> list[tuple[re.Pattern[str], str]]:
    """Return the Korean of each name under which work tells how far it is, by a pattern of the English."""
    texts: dict[str, str] = json.loads(Path(__file__).with_name("progress_ko.json").read_text(encoding="utf-8"))
    return [(re.compile(re.escape(english).replace(r"\{\}", "(.+)")), korean) for english, korean in texts.items()]


@cache
def korean_meanings() -> Mapping[str, str]:
    """Return the Korean of each docstring of a model's setting, by the English."""
    texts: dict[str, str] = json.loads(Path(__file__).with_name("settings_ko.json").read_text(encoding="utf-8"))
    return texts


def setting_meaning(docstring: str) -> Wording:
    """Return what a setting of a model means in both languages; ``docstring`` is its own, on one line."""
    return Wording(korean_meanings().get(docstring, docstring), docstring)


def progress_name(what: str) -> Wording:
    """Return the name under which work tells how far it is in both languages; names of tables and files are alike."""
    for pattern, korean in _korean_tasks():
        if found := pattern.fullmatch(what):
            return Wording(korean.format(*(progress_name(part).ko for part in found.groups())), what)
    return Wording.alike(what)


class _KoreanFormatter(_Formatter):  # type: ignore[misc]
    """Writes what typer says by itself in Korean; typer keeps the name of the class below to itself."""

    width: int

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.width = int(self.width * _WIDE)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, korean_texts()["Usage: "] if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(korean_texts().get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *arguments: Any, **settings: Any) -> None:
        super().write_dl([(term, _own_words(text)) for term, text in rows], *arguments, **settings)


class _KoreanContext(typer.Context):
    """How a command that speaks Korean is run."""

    formatter_class = _KoreanFormatter


def speak_korean(command: Any) -> None:
    """Put the help of a command, and of all below it, into Korean; what the table does not have stays as it is."""
    command.context_class = _KoreanContext
    texts = korean_texts()
    for owner in (command, *command.params):
        for name in ("help", "short_help", "epilog"):
            text = getattr(owner, name, None) or ""
            if text in texts:
                setattr(owner, name, texts[text])
    for below in getattr(command, "commands", {}).values():
        speak_korean(below)


def _own_words(text: str) -> str:
    """Put what typer says by itself, of an option or behind its help, into Korean."""
    texts = korean_texts()
    own = _ADDED.sub(lambda added: re.sub(r"\b(?:default|required)\b", lambda word: texts[word[0]], added[0]), text)
    return texts.get(own, own)
