"""Writes a node's neighbourhood as one HTML file that works without a network, with the same facts in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import node_type
from graph_schema.errors import ConfigError, Fault, ValidationError
from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from recommender.snapshot.neighbourhood import Fact, Neighbourhood, Surplus, find_neighbourhood
from recommender.snapshot.snapshot import Snapshot

COLOURS: Final[Mapping[str, str]] = {
    "Company": "#1f5fa8",
    "Institution": "#7a3b9a",
    "Technology": "#00695c",
    "Researcher": "#9c2a5c",
    "Expert": "#b23c17",
    "Program": "#2e6b1f",
    "Center": "#5d4037",
    "Space": "#8a6d00",
    "Project": "#4a4fa3",
    "Need": "#b3261e",
    "Industry": "#6b5b1e",
    "TechField": "#455a64",
    "Region": "#8d4f00",
    "Topic": "#8a2d7f",
    "TaxCode": "#37634a",
}
"""Fill of each label; white text on it and it on white have a contrast of at least 4.5 to 1."""
_SURPLUS_COLOUR: Final = "#757575"
_SHORT: Final[Mapping[str, str]] = {
    "PART_OF": "소속",
    "MAPS_TO": "후속 업종",
    "IN_INDUSTRY": "업종",
    "LOCATED_IN": "소재",
    "FILED": "출원",
    "CO_FILED_WITH": "공동 출원",
    "IN_FIELD": "분야",
    "PARTICIPATED_IN": "참여",
    "DEVELOPED": "개발",
    "AFFILIATED_WITH": "소속",
    "SPECIALIZES_IN": "전문",
    "COLLABORATED_WITH": "협력",
    "LICENSED": "기술 이전",
    "NEEDS": "필요",
    "ABOUT": "주제",
    "TARGETS": "대상",
    "OFFERED_BY": "운영",
    "ADMITS": "입주 가능",
    "CONSULTED": "자문",
    "APPLIED_TO": "신청",
    "AWARDED": "선정",
    "OCCUPIES": "입주",
}
_ROOM: Final = 110.0
"""Pixels between neighbours."""
_CANVAS: Final = (1100.0, 600.0)
"""Pixels that the drawing has at least on a desktop."""
_STEPS: Final = 60
_WIDER: Final = 1.7
"""The drawing is wider than high."""
_CAPTION_LENGTH: Final = 14
_CLOSED_NAMED: Final = 4
_MOST_HOPS: Final = 2
_MOST_NODES: Final = 500
_STYLE: Final = """
body{margin:0;background:#fff;color:#1b1b1f;font-family:"Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",
"Apple SD Gothic Neo",sans-serif;line-height:1.6}
.dure{max-width:76rem;margin:0 auto;padding:1rem 1.5rem}
.dure h1{font-size:1.5rem;font-weight:700;margin:.5rem 0}
.dure h2{font-size:1.15rem;font-weight:700;margin:1.5rem 0 .5rem}
.dure p{margin:.25rem 0}
.dure a{color:#0b4f9e;text-decoration:underline}
.dure a:focus-visible,.dure .scroll:focus-visible,.dure .graph:focus-visible{outline:3px solid #0b4f9e;
outline-offset:2px}
.dure .skip{position:absolute;left:-999rem}
.dure .skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem;z-index:10}
.dure .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:.5rem 0}
.dure .legend span{display:inline-block;width:.9rem;height:.9rem;border-radius:50%;margin-right:.4rem;
vertical-align:-.1rem}
.dure .graph{border:1px solid #8a8d91;border-radius:.4rem;overflow:hidden}
.dure .scroll{overflow-x:auto}
.dure table{border-collapse:collapse;width:100%;font-size:.95rem}
.dure caption{text-align:left;padding:.25rem 0;color:#3c4043}
.dure th,.dure td{border:1px solid #8a8d91;padding:.3rem .5rem;text-align:left;vertical-align:top}
.dure thead th{background:#eef1f4}
.dure tbody th{font-weight:600}
.dure .one-line{white-space:nowrap}
"""


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

    Nodes have one colour a label; neighbours with very many relationships are shown and not opened; what is cut is
    counted. Raises ``NotFoundError`` for an unknown node, ``ValidationError`` for numbers out of range, ``ConfigError``
    where neo4j-viz is not installed.
    """
    _check(ref, hops, limit, audience)
    found = find_neighbourhood(snapshot, ref, hops=hops, limit=limit, audience=audience)
    page = _page(_render(snapshot, found), snapshot, found)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _check(ref: NodeRef, hops: int, limit: int, audience: Audience) -> None:
    faults = []
    if ref.label == "Need" and audience is not Audience.CITY:
        faults.append(
            Fault("node", str(ref), "what a company asked for is not public", "draw it for the city with --internal")
        )
    if not 1 <= hops <= _MOST_HOPS:
        faults.append(Fault("hops", str(hops), "out of range", f"1 to {_MOST_HOPS}"))
    if not 1 <= limit <= _MOST_NODES:
        faults.append(Fault("limit", str(limit), "out of range", f"1 to {_MOST_NODES}"))
    if faults:
        raise ValidationError("view", faults)


def _render(snapshot: Snapshot, found: Neighbourhood) -> str:
    """Return the page of neo4j-viz with the drawing, script and styles inside."""
    try:
        viz: Any = import_module("neo4j_viz")
    except ImportError as error:
        raise ConfigError("the HTML view needs neo4j-viz; install dure[view]") from error
    centre = found.nodes[0]
    places = _places(found)
    nodes = [
        viz.Node(
            id=str(ref),
            x=places[str(ref)][0],
            y=places[str(ref)][1],
            caption=_shortened(snapshot.caption(ref)),
            caption_size=2,
            color=COLOURS[ref.label],
            size=50 if ref == centre else 34,
        )
        for ref in found.nodes
    ]
    drawn = Counter((fact.source, fact.relation.type, fact.target) for fact in found.facts)
    edges = [
        viz.Relationship(source=str(source), target=str(target), caption=_label(type_, times))
        for (source, type_, target), times in drawn.items()
    ]
    for number, surplus in enumerate(found.surplus):
        id_ = f"surplus:{number}"
        x, y = places[id_]
        nodes.append(viz.Node(id=id_, x=x, y=y, caption=f"외 {surplus.count:,}건", color=_SURPLUS_COLOUR, size=34))
        ends = (str(centre), id_) if surplus.outgoing else (id_, str(centre))
        edges.append(viz.Relationship(source=ends[0], target=ends[1], caption=_label(surplus.relation.type, 1)))
    graph = viz.VisualizationGraph(nodes=nodes, relationships=edges)
    rendered = graph.render(
        layout="free",
        pan_position=(0.0, 0.0),
        initial_zoom=_zoom(places),
        height=f"{_CANVAS[1]:g}px",
        theme="light",
        show_search_button=False,
        show_layout_button=False,
        on_dangling="error",
    )
    return str(rendered.data)


def _places(found: Neighbourhood) -> dict[str, tuple[float, float]]:
    """Positions in pixels by node, the same for the same neighbourhood; about one node's room for each of them."""
    import networkx as nx

    centre = str(found.nodes[0])
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(map(str, found.nodes))
    graph.add_edges_from((str(fact.source), str(fact.target)) for fact in found.facts)
    graph.add_edges_from((centre, f"surplus:{number}") for number in range(len(found.surplus)))
    around = nx.kamada_kawai_layout(graph, scale=_ROOM / 2 * len(graph) ** 0.5)
    points = _apart(np.array([around[name] for name in graph]) * np.array([_WIDER, 1.0]))
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return {name: (float(x), float(y)) for name, (x, y) in zip(graph, points, strict=True)}


def _zoom(places: Mapping[str, tuple[float, float]]) -> float:
    """Return the scale at which all nodes are seen."""
    extent = np.abs(np.array(list(places.values()))).max(axis=0) * 2 + _ROOM
    return float(min(1.0, *(np.array(_CANVAS) / extent)))


def _apart(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Push points that are nearer than a node's room away from each other, some steps long; shape (nodes, 2)."""
    for _ in range(_STEPS):
        between = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((between**2).sum(axis=2)) + 1e-9
        lacking = np.clip(_ROOM - distance, 0.0, None)
        np.fill_diagonal(lacking, 0.0)
        points = points + (between / distance[:, :, None] * (lacking / 4)[:, :, None]).sum(axis=1)
    return points


def _label(type_: str, times: int) -> str:
    return _SHORT.get(type_, type_) + (f" ×{times}" if times > 1 else "")


def _shortened(caption: str) -> str:
    return caption if len(caption) <= _CAPTION_LENGTH else caption[: _CAPTION_LENGTH - 1] + "…"


def _page(rendered: str, snapshot: Snapshot, found: Neighbourhood) -> str:
    """Put the drawing of the rendered page between a Korean heading, legend and table."""
    centre = found.nodes[0]
    name, kind = escape(snapshot.caption(centre)), node_type(centre.label).ko
    head, _, rest = rendered.rpartition("<body>")
    drawing, _, _ = rest.rpartition("</body>")
    head = head.replace('<html lang="en"', '<html lang="ko"', 1)
    head = head.replace("<title>neo4j-viz</title>", f"<title>{name} · 관계도 · 두레</title>", 1)
    at = head.rindex("</head>")
    return "\n".join(
        [
            head[:at] + f"<style>{_STYLE}</style>" + head[at:],
            '<body><div class="dure">',
            '<a class="skip" href="#facts">그림을 건너뛰고 표로 가기</a>',
            f"<main><h1>{name} <small>({kind})</small></h1>",
            _summary(snapshot, found),
            _legend(found),
            f'<div class="graph" role="group" aria-label="{name}의 관계도. 같은 내용이 아래 표에 있습니다.">',
            drawing,
            "</div>",
            _table(snapshot, found),
            "</main></div></body></html>\n",
        ]
    )


_AUDIENCE: Final[Mapping[Audience, str]] = {
    Audience.CITY: "<strong>시 내부용</strong>: 기업의 신청·상담·입주 같은 비공개 관계가 있습니다. 외부 제공 금지.",
    Audience.COMPANY: "공개된 사실만 그렸습니다. 기업의 신청·상담·입주 같은 비공개 관계는 넣지 않았습니다.",
}


def _summary(snapshot: Snapshot, found: Neighbourhood) -> str:
    counts = f"노드 {len(found.nodes):,}개, 관계 {len(found.facts):,}건. 스냅샷 {snapshot.id[:12]}."
    lines = [f'{counts} <a href="#facts">표로 보기</a>', _AUDIENCE[found.audience]]
    if found.surplus:
        counts_of: Counter[str] = Counter()
        for surplus in found.surplus:
            counts_of[_label(surplus.relation.type, 1)] += surplus.count
        cut = ", ".join(f"{name} {count:,}건" for name, count in counts_of.items())
        lines.append(f"최근 것부터 그렸고, 그리지 않은 관계가 더 있습니다: {cut}.")
    if found.closed:
        closed = ", ".join(escape(snapshot.caption(ref)) for ref in found.closed[:_CLOSED_NAMED])
        more = f" 외 {len(found.closed) - _CLOSED_NAMED}개" if len(found.closed) > _CLOSED_NAMED else ""
        lines.append(f"이웃이 많아 펼치지 않은 노드: {closed}{more}.")
    return "".join(f"<p>{line}</p>" for line in lines)


def _legend(found: Neighbourhood) -> str:
    labels = list(dict.fromkeys(ref.label for ref in found.nodes))
    entries = [(COLOURS[label], node_type(label).ko) for label in labels]
    if found.surplus:
        entries.append((_SURPLUS_COLOUR, "그리지 않은 것의 수"))
    items = "".join(
        f'<li><span style="background:{colour}" aria-hidden="true"></span>{escape(text)}</li>'
        for colour, text in entries
    )
    return f'<ul class="legend" aria-label="색 범례">{items}</ul>'


def _table(snapshot: Snapshot, found: Neighbourhood) -> str:
    header = "".join(
        f'<th scope="col" class="one-line">{name}</th>'
        for name in ("시작", "관계", "끝", "일자", "출처", "적재", "가상")
    )
    rows = [*(_row(_cells(snapshot, fact)) for fact in found.facts)]
    rows += [_row(_surplus_cells(snapshot, found.nodes[0], surplus)) for surplus in found.surplus]
    return (
        '<h2 id="facts" tabindex="-1">표로 보기</h2>'
        '<div class="scroll" role="region" aria-labelledby="facts" tabindex="0">'
        "<table><caption>그림에 있는 관계와 그 출처. 모든 관계는 스냅샷에 있는 그대로입니다.</caption>"
        f"<thead><tr>{header}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    first, relation, other, *short = map(escape, cells)
    words = f'<tr><th scope="row">{first}</th><td class="one-line">{relation}</td><td>{other}</td>'
    return words + "".join(f'<td class="one-line">{cell}</td>' for cell in short) + "</tr>"


def _cells(snapshot: Snapshot, fact: Fact) -> tuple[str, ...]:
    table = snapshot.table(fact.relation)
    origin, loaded_at, synthetic = (
        table.column(name)[fact.row].as_py() for name in ("source", "loaded_at", "synthetic")
    )
    on = snapshot.edges(fact.relation).on[fact.row]
    return (
        _named(snapshot, fact.source),
        _SHORT.get(fact.relation.type, fact.relation.type),
        _named(snapshot, fact.target),
        "" if np.isnat(on) else str(on),
        str(origin),
        loaded_at.date().isoformat() if isinstance(loaded_at, datetime) else "",
        "가상" if synthetic else "",
    )


def _surplus_cells(snapshot: Snapshot, centre: NodeRef, surplus: Surplus) -> tuple[str, ...]:
    name, others = _named(snapshot, centre), f"외 {surplus.count:,}건"
    short = _SHORT.get(surplus.relation.type, surplus.relation.type)
    return (name, short, others, "", "", "", "") if surplus.outgoing else (others, short, name, "", "", "", "")


def _named(snapshot: Snapshot, ref: NodeRef) -> str:
    return f"{snapshot.caption(ref)} ({node_type(ref.label).ko})"
