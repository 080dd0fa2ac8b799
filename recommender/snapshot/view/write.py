"""Writes the page of a node and, if wanted, one for each of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from os.path import relpath
from pathlib import Path
from typing import Final
from urllib.parse import quote

from graph_schema.errors import Fault, ValidationError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.language.answers import Audience
from recommender.snapshot.neighbourhood import ListedResult, Neighbourhood, find_neighbourhood
from recommender.snapshot.snapshot import Snapshot
from recommender.snapshot.view.page import page

_MOST_HOPS: Final = 2
"""The second hop of a company is thousands of nodes already."""
_MOST_NODES: Final = 500
"""A browser draws so many smoothly, and nobody reads more."""


def write_view(
    snapshot: Snapshot,
    ref: NodeRef,
    path: Path,
    *,
    hops: int = 1,
    limit: int = 80,
    audience: Audience = Audience.COMPANY,
) -> Path:
    """Write the neighbourhood of ``ref`` and return ``path``; companies' dealings are in it for the city alone.

    Neighbours with very many relationships are shown and not opened; what is cut is counted. Raises ``NotFoundError``
    for an unknown node, ``ValidationError`` for numbers out of range, ``ConfigError`` where the drawing library is not
    installed.
    """
    _write(snapshot, _look(snapshot, ref, hops, limit, audience), path, {})
    return path


def write_recommended(
    snapshot: Snapshot, ref: NodeRef, path: Path, listed: Sequence[ListedResult], *, hops: int = 1, limit: int = 80
) -> Path:
    """Write a page for the city as ``write_view`` does, with what ``ref`` was recommended.

    A result that the snapshot does not hold is left out.
    """
    known = [each for each in listed if snapshot.vocabulary(each.result.label).find(each.result.id) is not None]
    _write(snapshot, _look(snapshot, ref, hops, limit, Audience.CITY).with_lists(known), path, {})
    return path


def write_views(
    snapshot: Snapshot,
    ref: NodeRef,
    path: Path,
    *,
    hops: int = 1,
    limit: int = 80,
    audience: Audience = Audience.COMPANY,
) -> Path:
    """Write a page as ``write_view`` does, and one of each node on it in a folder beside ``path``, all linked."""
    found, folder = _look(snapshot, ref, hops, limit, audience), path.parent / f"{path.stem}-pages"
    beside = {ref: path} | {each: folder / _file_name(each) for each in found.nodes[1:]}
    for each, own in beside.items():
        _write(snapshot, _look(snapshot, each, hops, limit, audience), own, beside)
    return path


def _look(snapshot: Snapshot, ref: NodeRef, hops: int, limit: int, audience: Audience) -> Neighbourhood:
    _check(ref, hops, limit, audience)
    return find_neighbourhood(snapshot, ref, hops=hops, limit=limit, audience=audience)


def _write(snapshot: Snapshot, found: Neighbourhood, path: Path, beside: Mapping[NodeRef, Path]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(snapshot, found, dict(_addresses(path, beside))), encoding="utf-8")


def _addresses(path: Path, beside: Mapping[NodeRef, Path]) -> Iterator[tuple[NodeRef, str]]:
    """Yield the address of each other page as a browser follows it from ``path``."""
    for ref, other in beside.items():
        if other != path:
            yield ref, quote(Path(relpath(other, path.parent)).as_posix())


def _file_name(ref: NodeRef) -> str:
    """Return a name that every file system takes, whatever the id."""
    return f"{ref.label}-{sha256(str(ref).encode()).hexdigest()[:12]}.html"


def _check(ref: NodeRef, hops: int, limit: int, audience: Audience) -> None:
    faults = []
    if ref.label == "Need" and audience is not Audience.CITY:
        reason = Wording("기업의 요청은 공개되지 않습니다", "what a company asked for is not public")
        remedy = Wording("시에서 볼 것은 --internal로 그리십시오", "draw it for the city with --internal")
        faults.append(Fault("node", str(ref), reason, remedy))
    if not 1 <= hops <= _MOST_HOPS:
        faults.append(_out_of_range("hops", hops, _MOST_HOPS))
    if not 1 <= limit <= _MOST_NODES:
        faults.append(_out_of_range("limit", limit, _MOST_NODES))
    if faults:
        raise ValidationError("view", faults)


def _out_of_range(name: str, given: int, most: int) -> Fault:
    remedy = Wording(f"1부터 {most:,}까지 적으십시오", f"give 1 to {most:,}")
    return Fault(name, str(given), Wording("범위를 벗어났습니다", "is out of range"), remedy)
