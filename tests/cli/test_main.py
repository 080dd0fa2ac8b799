"""The command as a process: what it imports, how it fails, what it exits with."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import app, main
from cli.options import TASK_CHOICES
from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from recommender.knowledge.tasks import TASKS
from stores.embedded import EmbeddedStore

HEAVY = ("torch", "duckdb", "pyarrow", "numpy", "pandas", "neo4j", "fastapi", "rich.progress", "pydantic_settings")


def _dure(*arguments: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("DURE_")}
    env |= {"DURE_HOME": str(home)} | variables
    command = [sys.executable, "-c", "from cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


class Ended(NamedTuple):
    """How the command ended within this process."""

    returncode: object
    stderr: str


@pytest.fixture
def dure(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Run the command as its process does, without starting one."""
    for name in [each for each in os.environ if each.startswith("DURE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DURE_HOME", str(tmp_path))

    def ended(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["dure", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return Ended(end.value.code, capsys.readouterr().err)

    return ended


def test_importing_the_command_line_brings_nothing_heavy() -> None:
    """What --help waits for is the interpreter and typer alone."""
    code = f"import sys, cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_help_names_all_commands_and_exit_codes(tmp_path: Path) -> None:
    shown = _dure("--help", home=tmp_path).stdout
    for command in ("migrate", "load", "snapshot", "train", "evaluate", "recommend", "serve", "synthesize", "neo4j",
                    "graph", "law", "doctor", "demo"):  # fmt: skip
        assert command in shown
    assert "Exit codes" in shown


def test_no_line_of_a_list_of_commands_is_cut() -> None:
    """Click cuts what does not fit into 80 columns, and what is cut says nothing."""
    for words in ([], *([name] for name, _ in _groups())):
        shown = CliRunner().invoke(app, [*words, "--help"], terminal_width=80).stdout
        assert "..." not in shown.partition("Commands:")[2].split("\n\n")[0], shown


def _groups() -> list[tuple[str, typer.core.TyperGroup]]:
    root = get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    return [(name, found) for name, found in root.commands.items() if isinstance(found, typer.core.TyperGroup)]


def test_all_arguments_and_options_say_what_they_are() -> None:
    root = get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    commands = [*root.commands.items(), *(each for _, group in _groups() for each in group.commands.items())]
    silent = [
        f"{name} {each.name}" for name, found in commands for each in found.params if not getattr(each, "help", "")
    ]
    assert silent == []


def test_the_help_names_all_tasks() -> None:
    assert re.split(r", | or ", TASK_CHOICES) == list(TASKS)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("load", "centers", "absent.csv"), 4, "absent.csv"),
        (("load", "centers"), 2, "dure load --list"),
        (("recommend", "Nothing:x"), 2, "unknown label"),
        (("recommend", "Company:x"), 3, "dure"),
        (("snapshot", "--store", "nonsense"), 2, "is no store"),
        (("snapshot", "--store", "mysql://x"), 2, "unknown store"),
        (("recommend", "Company:x", "--as-of", "gestern"), 2, "2026-03-02"),
        (("recommend", "--profile", " "), 2, "describe the company in words"),
        (("recommend", "--profile", "빵집", "Company:x"), 2, "give either a node or --profile"),
        (("counts",), 2, ""),
    ],
)
def test_errors_have_a_message_a_remedy_and_a_code(
    dure: Callable[..., Ended], arguments: tuple[str, ...], code: int, words: str
) -> None:
    """No traceback reaches a user, whatever they mistype."""
    answer = dure(*arguments)
    assert answer.returncode == code, answer.stderr
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_error_ends_the_process_with_its_code(tmp_path: Path) -> None:
    answer = _dure("load", "centers", "absent.csv", home=tmp_path)
    assert answer.returncode == 4
    assert "absent.csv" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("fault", [errno.EISDIR, errno.EACCES, errno.ENOENT, errno.EEXIST, errno.ENOTDIR])
def test_a_path_that_cannot_be_written_is_told_without_a_traceback(
    dure: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(fault, os.strerror(fault), "pages")

    monkeypatch.setattr("cli.main.typer.main.get_command", lambda _app: refuse)
    answer = dure("graph", "view", "x")
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: pages cannot be read or written: ")
    assert answer.stderr.count("\n") == 1


def test_a_fault_that_names_no_path_keeps_its_traceback(
    dure: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("no errno at all")

    monkeypatch.setattr("cli.main.typer.main.get_command", lambda _app: fail)
    with pytest.raises(OSError, match="no errno"):
        dure("graph", "view", "x")


def test_the_version_is_told(tmp_path: Path) -> None:
    answer = _dure("--version", home=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, f"dure {version('dure')}\n")


def test_a_graph_that_breaks_the_catalog_is_invalid_input(tmp_path: Path, dure: Callable[..., Ended]) -> None:
    company = node_type("Company")
    columns = {"id": ["a"], "name": ["두레정밀"], "legal_form": ["주식회사"]}
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(company, table_from_columns(company, columns, source="test"))
    for command in (("graph", "check"), ("snapshot", "--json")):
        answer = dure(*command)
        assert answer.returncode == 4
        assert "Company:a legal_form='주식회사': is not among the choices" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_a_server_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    uri = "bolt://127.0.0.1:1"
    answer = _dure("graph", "counts", "--store", uri, home=tmp_path, DURE_NEO4J_PASSWORD="not-to-be-seen")
    assert answer.returncode == 5
    assert uri in answer.stderr
    assert "not-to-be-seen" not in answer.stderr + answer.stdout


def test_what_the_system_refuses_is_told_without_a_traceback(
    dure: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a home that is a file."""
    home = tmp_path / "file"
    home.write_text("")
    monkeypatch.setenv("DURE_HOME", str(home))
    ended = dure("graph", "counts")
    assert ended.returncode == 1
    assert f"error: {home}" in ended.stderr
    assert "Not a directory; check the path and its permissions" in ended.stderr
