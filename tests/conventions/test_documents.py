"""What the documents name is there: files, anchors, commands with their options, modules, names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import typer
from typer.main import get_command

from cli.main import app
from tests.conventions.source import PACKAGES, ROOT

DOCUMENTS: Final = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")), ROOT / "notebooks/README.md"]
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_SHELL_END = re.compile(r"\s(?:#|&&|\|\|?|;|→|>)(?:\s|$)")
_PATH = re.compile(rf"(?:{'|'.join((*PACKAGES, 'docs', 'notebooks', 'tests'))})/[\w./*-]*")
_NAME = re.compile(rf"(?<![\w/.-])(?:{'|'.join(PACKAGES)})(?:\.(?!(?:md|json|py|html)\b)\w+)+")
_TARGET = re.compile(r"^([a-z]+):.*##", re.MULTILINE)

_MADE = re.compile(r"^<!-- (\w+): what stands between.*?^<!-- end of \1", re.MULTILINE | re.DOTALL)
"""What a benchmark writes; it is made anew as a whole, so nobody reads it beside what it was."""
_WIDTH: Final = 100

parametrized = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def snippets(document: Path) -> Iterator[str]:
    """Yield each line of a fenced block and each code span."""
    text = document.read_text(encoding="utf-8")
    for block in _FENCED.findall(text):
        yield from block.splitlines()[1:-1]
    for span in _CODE.findall(_FENCED.sub("", text)):
        yield " ".join(span.split())


def commands(document: Path, program: str) -> Iterator[list[str]]:
    """Yield the words of each call of a program, from its name on."""
    for snippet in snippets(document):
        for part in _SHELL_END.split(snippet):
            words = part.strip().removeprefix("$ ").split()
            while words and "=" in words[0]:
                words = words[1:]  # settings of the call's environment
            if " ".join(words).startswith(program):
                yield words


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    text = _FENCED.sub("", document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in _HEADING.findall(text)}


@cache
def root() -> typer.core.TyperGroup:
    """Return the command line."""
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    return command


def faults_of(words: list[str]) -> Iterator[str]:
    """Yield what a call of ``dure`` names that is not there; a placeholder such as … stands for anything."""
    command, options = root(), words[1:]
    while isinstance(command, typer.core.TyperGroup) and options and re.fullmatch(r"[a-z][a-z0-9-]+", options[0]):
        if options[0] not in command.commands:
            yield f"{' '.join(words)}: no command {options[0]}"
            return
        command, options = command.commands[options[0]], options[1:]
    known = {"--help", *(name for each in command.params for name in (*each.opts, *each.secondary_opts))}
    for before, word in pairwise(["", *options]):
        name = word.strip("[]()").partition("=")[0].partition("/")[0]
        if re.fullmatch(r"--[a-z][a-z-]*", name) and before not in ("--profile", "--text") and name not in known:
            yield f"{' '.join(words)}: no option {name}"


@parametrized
def test_links_lead_somewhere(document: Path) -> None:
    missing = []
    for link in _LINK.findall(_FENCED.sub("", document.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        if not link.startswith(("http:", "https:", "mailto:")):
            target = (document.parent / path).resolve() if path else document
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                missing.append(link)
    assert missing == []


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_prose_is_wrapped(document: Path) -> None:
    """Tables and pictures stand on one line each; a line that nothing can break stays as long as it is."""
    text = _MADE.sub("", _FENCED.sub("", document.read_text(encoding="utf-8")))
    prose = [line for line in text.splitlines() if not line.lstrip().startswith(("|", "![", "<!--", "#"))]
    assert [line for line in prose if len(line) > _WIDTH and " " in line.strip()] == []


@parametrized
def test_commands_and_their_options_exist(document: Path) -> None:
    assert [fault for words in commands(document, "dure ") for fault in faults_of(words)] == []


@parametrized
def test_modules_that_are_run_and_targets_of_make_exist(document: Path) -> None:
    named = [words[2] for words in commands(document, "python -m ") if words[2].split(".")[0] in PACKAGES]
    assert [name for name in named if find_spec(name) is None] == []
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    made = [words[1] for words in commands(document, "make ") if len(words) > 1 and words[1].isalpha()]
    assert [name for name in made if name not in targets] == []


@parametrized
def test_paths_exist(document: Path) -> None:
    named = {match for snippet in snippets(document) for match in _PATH.findall(snippet)}
    assert [path for path in sorted(named) if not list(ROOT.glob(path.rstrip(".")))] == []


@parametrized
def test_dotted_names_can_be_imported(document: Path) -> None:
    named = {match for snippet in snippets(document) for match in _NAME.findall(snippet)}
    assert [name for name in sorted(named) if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    """Whether a dotted name is a module, or leads from one to an attribute."""
    module, _, rest = name.partition(".")
    found = import_module(module)
    for part in rest.split("."):
        if not hasattr(found, part):
            try:
                import_module(f"{found.__name__}.{part}")
            except (ImportError, AttributeError):
                return False
        found = getattr(found, part)
    return True


def _contracts() -> list[dict[str, Any]]:
    """Return the contracts of import-linter."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def _layers(contract: str) -> list[list[str]]:
    """Return the layers of a contract, from the top; those of one line stand beside each other."""
    (found,) = (each for each in _contracts() if each["name"] == contract)
    return [layer.split(" | ") for layer in found["layers"]]


def test_the_picture_of_the_layers_draws_those_that_imports_keep() -> None:
    picture = (ROOT / "docs/images/layers.svg").read_text(encoding="utf-8")
    places = {name: int(y) for y, name in re.findall(r'y="(\d+)" font-size="17"[^>]*>(\w+)<', picture)}
    drawn = [sorted(name for name in places if places[name] == y) for y in sorted(set(places.values()))]
    assert drawn == [sorted(layer) for layer in _layers("Layers")]


def test_the_table_of_rooms_has_the_floors_that_imports_keep() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = page.partition("## The rooms of the recommender")[2].partition("\n## ")[0]
    rows = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines() if line.startswith("| `")]
    assert [sorted(row) for row in rows] == [sorted(layer) for layer in _layers("Floors of the recommender")]


def test_the_table_of_libraries_has_those_that_few_may_import() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = page.partition("| library | imported by |")[2].partition("\n\n")[0]
    rows = [[re.findall(r"`([\w.]+)`", cell) for cell in line.split("|")[1:3]] for line in table.splitlines()[2:]]
    kept = [each for each in _contracts() if each["type"] == "protected"]
    assert sorted((sorted(names), sorted(places)) for names, places in rows) == sorted(
        (sorted(each["protected_modules"]), sorted(each["allowed_importers"])) for each in kept
    )


def test_the_tree_of_the_architecture_has_the_folders_that_are_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    tree = page.partition("```\n")[2].partition("```")[0]
    drawn, package = [], ""
    for indent, name in re.findall(r"^( *)(\w+)/", tree, re.MULTILINE):
        package = package if indent else name
        drawn.append(f"{package}/{name}" if indent else name)
    there = [
        f"{name}/{folder.name}"
        for name in ("graph_schema", "stores", "loaders", "bloom")
        for folder in (ROOT / name).iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
    ]
    assert sorted(each for each in drawn if "/" in each) == sorted(there)
    assert set(PACKAGES) <= set(drawn)
