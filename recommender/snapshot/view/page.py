"""Puts a neighbourhood, its words, styles and scripts into one HTML page that needs no other file and no network."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from graph_schema.catalog import node_type
from graph_schema.errors import ConfigError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.language.answers import Audience
from recommender.snapshot.field_names import spoken_caption
from recommender.snapshot.neighbourhood import Neighbourhood
from recommender.snapshot.snapshot import Snapshot
from recommender.snapshot.view.contents import contents
from recommender.snapshot.view.looks import RELATION_NAMES

LIBRARY: Final = "assets/cytoscape.min.js"
"""Where ``make setup`` puts cytoscape.js (MIT; its licence stands at its top)."""
_SCRIPTS: Final = ("words.js", "filter.js", "captions.js", "picture.js", "details.js", "table.js", "page.js")
_CLOSED_NAMED: Final = 4
"""Names in the sentence, the others counted."""
_AUDIENCE: Final[Mapping[Audience, Wording]] = {
    Audience.CITY: Wording(
        "시 내부용: 기업의 신청·상담·입주 같은 비공개 관계가 있습니다. 외부 제공 금지.",
        "For the city alone: it holds companies' applications, consultations and tenancies. Do not pass it on.",
    ),
    Audience.COMPANY: Wording(
        "공개된 사실만 그렸습니다. 기업의 신청·상담·입주 같은 비공개 관계는 넣지 않았습니다.",
        "Public facts alone; companies' applications, consultations and tenancies are left out.",
    ),
}


def page(snapshot: Snapshot, found: Neighbourhood, pages: Mapping[NodeRef, str]) -> str:
    """Return the page of a neighbourhood; raises ``ConfigError`` where cytoscape.js is not installed.

    The content security policy names both scripts by their checksums and allows nothing to be loaded, so that no name
    in the data can ever run or call anything.
    """
    library, script = drawing_library(), "(() => {\n'use strict';\n" + "\n".join(map(_part, _SCRIPTS)) + "\n})();"
    centre = found.nodes[0]
    kind = node_type(centre.label)
    return Template(_part("page.html")).substitute(
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src {_checksum(library)} {_checksum(script)}; "
        "base-uri 'none'; form-action 'none'",
        name=escape(spoken_caption(snapshot, centre).ko),
        kind=_spoken(Wording(kind.ko, kind.en)),
        summary=" ".join(_spoken(line) for line in _summary(snapshot, found)),
        audience=found.audience.value,
        warning=_spoken(_AUDIENCE[found.audience]),
        style=_part("page.css"),
        data=_json(contents(snapshot, found, pages)),
        library=library,
        script=script,
    )


@cache
def drawing_library() -> str:
    """Return the text of cytoscape.js; raises ``ConfigError`` where it is not installed."""
    path = files("recommender.snapshot.view") / LIBRARY
    if not path.is_file():
        raise ConfigError(
            Wording(
                f"화면을 그리는 cytoscape.js가 설치되어 있지 않습니다(없는 파일: {path}). 프로젝트 폴더에서 `make "
                "setup`을 실행하십시오",
                f"cytoscape.js, which draws the page, is not installed: {path} is not there; "
                "run `make setup` in the project's folder",
            )
        )
    return path.read_text(encoding="utf-8")


@cache
def _part(name: str) -> str:
    return (files("recommender.snapshot.view") / "page" / name).read_text(encoding="utf-8")


def _checksum(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    """Return JSON that may stand inside a script element: nothing in it can end the element or open a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=tuple).replace("<", "\\u003c")


def _spoken(said: Wording) -> str:
    """Return both languages, of which the page shows its own."""
    return f'<span lang="ko">{escape(said.ko)}</span><span lang="en">{escape(said.en)}</span>'


def _summary(snapshot: Snapshot, found: Neighbourhood) -> list[Wording]:
    nodes, facts, id_ = len(found.nodes), len(found.facts), snapshot.id[:12]
    lines = [
        Wording(
            f"노드 {nodes:,}개, 관계 {facts:,}건. 스냅숏 {id_}.",
            f"{nodes:,} nodes, {facts:,} relationships. Snapshot {id_}.",
        )
    ]
    if found.listed:
        count = len(found.listed)
        lines.append(Wording(f"추천 {count:,}건은 점선입니다.", f"{count:,} recommendations are dashed."))
    if found.surplus:
        left_out: Counter[str] = Counter()
        for surplus in found.surplus:
            left_out[surplus.relation.type] += surplus.count
        kinds = [(RELATION_NAMES[type_], count) for type_, count in left_out.items()]
        ko = ", ".join(f"{name.ko} {count:,}건" for name, count in kinds)
        en = ", ".join(f"{name.en} {count:,}" for name, count in kinds)
        lines.append(Wording(f"그리지 않은 관계가 더 있습니다: {ko}.", f"More relationships are not drawn: {en}."))
    if found.closed:
        named = [spoken_caption(snapshot, ref) for ref in found.closed[:_CLOSED_NAMED]]
        ko, en = ", ".join(name.ko for name in named), ", ".join(name.en for name in named)
        more = len(found.closed) - _CLOSED_NAMED
        lines.append(
            Wording(
                f"이웃이 많아 펼치지 않은 노드: {ko}{f' 외 {more}개' if more > 0 else ''}.",
                f"Not opened, since they have many neighbours: {en}{f' and {more} more' if more > 0 else ''}.",
            )
        )
    return lines
