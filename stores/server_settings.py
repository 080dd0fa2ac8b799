"""The settings file of a server: what is decided at each start, what others wrote, and what of that is not heeded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_schema.wording import Wording

_OURS: Final = "# Decided by Dure at each start."
_THEIRS: Final = "# Kept as others wrote it."
_HEAP: Final = "dure neo4j start --heap-mb N"
_BROWSER: Final = "dure neo4j start --browser"
_REMEDIES: Final = {
    "server.http.enabled": f"{_BROWSER}, --no-browser",
    "server.http.listen_address": _BROWSER,
    "server.bolt.listen_address": "dure neo4j start --port N",
    "server.memory.pagecache.size": f"{_HEAP} (N/2)",
    "server.memory.heap.initial_size": _HEAP,
    "server.memory.heap.max_size": _HEAP,
    "server.jvm.additional": "JDK_JAVA_OPTIONS",
}
"""What sets, in place of the file, what is decided here or what Neo4j's own start script alone would read."""
_OTHERWISE: Final = "DURE_NEO4J_URI"
"""What names a server of one's own, on which all settings are free."""
_OF_THE_SCRIPT: Final = frozenset(
    ("server.memory.heap.initial_size", "server.memory.heap.max_size", "server.jvm.additional")
)
_OF_THE_BROWSER: Final = "server.http.listen_address"


@dataclass(frozen=True, slots=True)
class Unheeded:
    """A setting that somebody wrote into the file and that is not heeded; ``ours`` holds in its place, if anything."""

    key: str
    theirs: str
    ours: str | None

    @property
    def wording(self) -> Wording:
        """Say which it is, what holds, and what sets it."""
        held = self.ours or "—"
        remedy = _REMEDIES.get(self.key)
        ko = f"바꾸려면: {remedy}" if remedy else f"직접 정하려면 따로 띄운 서버를 {_OTHERWISE}에 적으십시오"
        en = f"set it by: {remedy}" if remedy else f"to decide it, run a server of your own and name it in {_OTHERWISE}"
        return Wording(
            f"neo4j.conf의 {self.key}={self.theirs}는 쓰지 않습니다. 적용한 값: {held}. {ko}",
            f"{self.key}={self.theirs} in neo4j.conf is not used; what holds is {held}; {en}",
        )


def write_settings(path: Path, ours: Mapping[str, str]) -> tuple[Unheeded, ...]:
    """Write what is decided here beside what others wrote, and return what of theirs is not heeded.

    What was last decided stands beside the file, so that a value of then is not taken for somebody's.
    """
    memo = path.with_name("decided.json")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    unheeded = tuple(_unheeded(lines, ours, _last(memo, lines)))
    decided = {*ours, _OF_THE_BROWSER}
    others = [line for line in lines if line not in (_OURS, _THEIRS) and _parted(line)[0] not in decided]
    written = [_OURS, *(f"{key}={value}" for key, value in ours.items()), _THEIRS, *others]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    memo.write_text(json.dumps(dict(ours)), encoding="utf-8")
    return unheeded


def _last(memo: Path, lines: list[str]) -> Mapping[str, str]:
    """Return what was last decided; of a file from before that was noted, what stands in our part."""
    try:
        return dict(json.loads(memo.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        ours = lines[: lines.index(_THEIRS)] if _OURS in lines and _THEIRS in lines else []
        return dict(map(_parted, ours))


def _unheeded(lines: list[str], ours: Mapping[str, str], last: Mapping[str, str]) -> Iterator[Unheeded]:
    for key, value in map(_parted, lines):
        decided = (key in ours or key == _OF_THE_BROWSER) and value not in (last.get(key), ours.get(key))
        if decided or key in _OF_THE_SCRIPT:
            yield Unheeded(key, value, ours.get(key))


def _parted(line: str) -> tuple[str, str]:
    key, _, value = line.partition("=")
    return key.strip(), value.strip()
