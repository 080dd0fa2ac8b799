"""The pictures of a report, as SVG that stands inside a page."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.figures import ModelFigures, by_answers, by_group
from recommender.bench.findings import Findings
from recommender.report.words import best_simple_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLORS: Final[Mapping[Role, str]] = {
    Role.SIMPLE: "#5b6b7b",
    Role.ENGINE: "#b5541c",
    Role.CONTROL: "#2a6f97",
    Role.PRETRAINED: "#7a4fa3",
    Role.SERVED: "#b08900",
    Role.ORACLE: "#3d7a46",
}
_COLOR_WORDS: Final[Mapping[Role, Wording]] = {
    Role.ENGINE: Wording("주황: 엔진", "orange: the engine"),
    Role.CONTROL: Wording("파랑: 대조군", "blue: its controls"),
    Role.PRETRAINED: Wording("보라: 사전학습", "purple: pretrained"),
    Role.SERVED: Wording("금색: 서비스용", "gold: trained to serve"),
    Role.ORACLE: Wording("초록: 참 규칙", "green: the true rule"),
    Role.SIMPLE: Wording("회색: 단순", "grey: simple models"),
}
_BEST: Final = "#1f7a4d"
_LINES: Final = ("#b5541c", "#2a6f97", "#1f7a4d", "#7a4fa3", "#5b6b7b", "#b08900")
_MARKERS: Final = "osD^vP"
_SHOWN: Final = len(_LINES)
_EDGES: Final = (0, 1, 2, 5, 10, 20, 50, 100, 500)
"""Where groups by number of known pairs begin."""
_DEPTHS: Final = (1, 2, 3, 5, 10, 20, 50, 100)
"""Cut-offs of the picture by k."""


@dataclass(frozen=True)
class Picture:
    """An SVG element with a caption in both languages; what is drawn is in English, which any font can."""

    key: str
    svg: str
    caption: Wording


def all_pictures(findings: Findings) -> list[Picture]:
    """Draw all pictures for which there are figures; raises ``ConfigError`` where matplotlib is not installed."""
    drawn = [
        _main_picture(findings),
        _history_picture(findings),
        _degree_picture(findings),
        _depth_picture(findings),
        _cost_picture(findings),
        _curve_picture(findings),
        _reliability_picture(findings),
    ]
    return [each for each in drawn if each is not None]


def _main_picture(findings: Findings) -> Picture:
    models = findings.test.models[::-1]
    figure, axes = _canvas(7.6, 1.1 + 0.34 * len(models))
    for place, model in enumerate(models):
        value, best = model.slices["all"][findings.main], model.name == findings.best_simple
        color = _BEST if best else _COLORS[model.row.contender.role]
        axes.plot([value.low, value.high], [place, place], color=color, linewidth=2.5, solid_capstyle="round")
        axes.plot([value.mean], [place], "D" if best else "o", color=color, markersize=6)
    axes.set_yticks(range(len(models)), [each.name for each in models])
    axes.set_xlim(left=0)
    axes.grid(visible=True, axis="x", color="#e3e8ee")
    axes.set_xlabel(f"{findings.main}, mean over {len(findings.test.questions):,} queries, 95 % interval")
    shown = {each.row.contender.role for each in models if each.name != findings.best_simple}
    words = [each for role, each in _COLOR_WORDS.items() if role in shown]
    if findings.best_simple is not None:
        which = best_simple_words(findings)
        words.insert(0, Wording(f"마름모: {which.ko}", f"diamond: {which.en}"))
    said = "; ".join(each.en for each in words)
    caption = Wording(
        f"모델별 주 지표. {', '.join(each.ko for each in words)}.",
        f"Main metric by model. {said[:1].upper()}{said[1:]}.",
    )
    return Picture("main", _svg(figure, f"{findings.main} by model with intervals"), caption)


def _history_picture(findings: Findings) -> Picture | None:
    history = findings.test.questions.history
    edges = _edges_of(history)
    if len(edges) <= 1:  # one group is no picture
        return None
    groups = [(history >= low) & (history < high) for low, high in edges]
    lines = by_group(_shown(findings), groups, findings.main)
    labels = [f"{_range(low, high)}\n({int(group.sum()):,})" for (low, high), group in zip(edges, groups, strict=True)]
    figure = _line_figure(lines, labels, findings.main, "known pairs given with the query (queries)")
    caption = Wording("질의와 함께 주어진 쌍의 수에 따른 주 지표.", "Main metric by how much is known of the asker.")
    return Picture("history", _svg(figure, f"{findings.main} by history length"), caption)


def _degree_picture(findings: Findings) -> Picture | None:
    degree = findings.test.questions.degree
    answered = np.unique(np.concatenate([model.row.outcomes[0].answers for model in findings.test.models[:1]]))
    edges = _edges_of(degree[answered])
    if len(edges) <= 1:  # one group is no picture
        return None
    groups = [(degree >= low) & (degree < high) for low, high in edges]
    lines = by_answers(_shown(findings), groups, findings.main)
    labels = [f"{_range(low, high)}\n({int(group.sum()):,})" for (low, high), group in zip(edges, groups, strict=True)]
    figure = _line_figure(lines, labels, findings.main, "known pairs of the right answer (candidates)")
    caption = Wording(
        "정답 후보의 알려진 쌍 수에 따른 주 지표. 다른 정답은 가립니다.",
        "Main metric where only answers of that degree count and the others are masked: who finds more than the "
        "popular ones.",
    )
    return Picture("degree", _svg(figure, f"{findings.main} by degree of the candidate"), caption)


def _depth_picture(findings: Findings) -> Picture:
    name = findings.main.partition("@")[0]
    name = name if "@" in findings.main else "hits"
    everybody = [np.ones(len(findings.test.questions), dtype=bool)]
    models = _shown(findings)
    found = [by_group(models, everybody, f"{name}@{k}") for k in _DEPTHS]
    lines = {model.name: [each[model.name][0] for each in found] for model in models}
    figure = _line_figure(lines, [str(k) for k in _DEPTHS], f"{name}@k", "k")
    return Picture(
        "depth", _svg(figure, f"{name} by k"), Wording("목록 길이 k에 따른 값.", "By length of the list, k.")
    )


def _cost_picture(findings: Findings) -> Picture:
    from matplotlib.ticker import NullFormatter

    models = findings.test.models[::-1]
    figure, (times, memory) = _canvases(8.4, 1.1 + 0.3 * len(models), 2)
    for place, model in enumerate(models):
        costs = [outcome.cost for outcome in model.row.outcomes]
        color = _COLORS[model.row.contender.role]
        seconds = float(np.mean([cost.fit_seconds + cost.score_seconds for cost in costs]))
        times.barh(place, max(seconds, 1e-3), color=color, height=0.6)
        memory.barh(place, max(cost.peak_mib for cost in costs) / 1024, color=color, height=0.6)
    times.set_xscale("log")
    times.xaxis.set_minor_formatter(NullFormatter())
    times.set_xlabel("seconds a seed, learning and asking (log)")
    memory.set_xlabel("peak memory of the process, GiB")
    times.set_yticks(range(len(models)), [each.name for each in models])
    memory.set_yticks([])
    caption = Wording("시드 하나의 시간과 메모리.", "Time and memory of one seed.")
    return Picture("cost", _svg(figure, "time and memory by model"), caption)


def _curve_picture(findings: Findings) -> Picture | None:
    curves = {
        model.name: model.row.outcomes[0].cost.curve
        for model in findings.test.models
        if model.row.outcomes[0].cost.curve
    }
    if not curves:
        return None
    figure, axes = _canvas(6.6, 3.6)
    for at, (name, curve) in enumerate(curves.items()):
        seconds, values = zip(*curve, strict=True)
        axes.plot(seconds, values, color=_LINES[at % _SHOWN], marker=_MARKERS[at % _SHOWN], markersize=4, label=name)
    axes.set_xlabel("seconds of learning")
    axes.set_ylabel("value on held-out facts from before the window")
    _finish(axes)
    caption = Wording(
        "학습 곡선, 첫 시드. 저마다 배우는 잣대로 그립니다.",
        "Learning curves of the first seed, each in the measure that its model learns by.",
    )
    return Picture("curves", _svg(figure, "learning curves"), caption)


def _reliability_picture(findings: Findings) -> Picture | None:
    bins = {
        model.name: model.row.outcomes[0].reliability
        for model in findings.test.models
        if len(model.row.outcomes[0].reliability)
    }
    if not bins:
        return None
    figure, axes = _canvas(4.4, 4.2)
    top = max(float(each[:, :2].max()) for each in bins.values()) * 1.05 or 1.0
    axes.plot([0, top], [0, top], color="#9aa7b4", linestyle="--", linewidth=1)
    for at, (name, each) in enumerate(bins.items()):
        axes.plot(
            each[:, 0], each[:, 1], color=_LINES[at % _SHOWN], marker=_MARKERS[at % _SHOWN], markersize=4, label=name
        )
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share that came true")
    _finish(axes)
    caption = Wording(
        "확률 보정 신뢰도: 목록 앞 20에 든 후보를 크기가 같은 열 묶음으로. 점선 위에서는 30 %라고 한 것의 30 %가 "
        "맞습니다.",
        "Reliability: the candidates that head the lists, in ten groups of equal size; on the dashed line, what is "
        "said with 30 % comes true in 30 %.",
    )
    return Picture("reliability", _svg(figure, "reliability of probabilities"), caption)


def _shown(findings: Findings) -> list[ModelFigures]:
    """Return the models that line pictures show: those asked for and the engine's, then the best simple ones."""
    models = findings.test.models
    first = [each for each in models if each.row.contender.asked or each.row.contender.role is Role.ENGINE]
    best = [each for each in models if each.name == findings.best_simple]
    without = [each for each in models if each.name == "engine-without-gnn"]
    ordered = {each.name: each for each in [*first[: _SHOWN - 2], *best, *without, *models]}
    return list(ordered.values())[:_SHOWN]


def _edges_of(values: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the groups [low, high) that hold any of the values."""
    bounds = [*_EDGES, int(max(values.max(initial=0), _EDGES[-1])) + 1]
    return [(low, high) for low, high in pairwise(bounds) if ((values >= low) & (values < high)).any()]


def _range(low: int, high: int) -> str:
    if high - 1 == low:
        return str(low)
    return f"{low}+" if low == _EDGES[-1] else f"{low}–{high - 1}"


def _line_figure(lines: Mapping[str, Sequence[float]], labels: Sequence[str], y: str, x: str) -> Figure:
    figure, axes = _canvas(6.6, 3.7)
    for at, (name, values) in enumerate(lines.items()):
        axes.plot(range(len(labels)), values, color=_LINES[at], marker=_MARKERS[at], markersize=5, label=name)
    axes.set_xticks(range(len(labels)), labels)
    top = max((value for values in lines.values() for value in values if not math.isnan(value)), default=1.0)
    axes.set_ylim(0, top * 1.08 or 1.0)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    _finish(axes)
    return figure


def _finish(axes: Axes) -> None:
    axes.grid(visible=True, axis="y", color="#e3e8ee")
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.01, 1.0))


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    figure, (axes,) = _canvases(width, height, 1)
    return figure, axes


def _canvases(width: float, height: float, columns: int) -> tuple[Figure, list[Axes]]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigError(
            Wording(
                "matplotlib이 설치되어 있지 않습니다. pip install 'dure[report]'로 설치하십시오",
                "matplotlib is not installed; install the extra: pip install 'dure[report]'",
            )
        ) from error
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = [figure.add_subplot(1, columns, place + 1) for place in range(columns)]
    for each in axes:
        each.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _svg(figure: Figure, label: str) -> str:
    """Return an SVG element with a text for those who cannot see it; equal figures give equal text."""
    from matplotlib import rc_context

    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": label, "font.size": 9}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    text = re.sub(r"<svg ", f'<svg role="img" aria-label="{label}" ', text[text.index("<svg") :], count=1)
    return _unique_ids(text, re.sub(r"\W+", "-", label))


def _unique_ids(svg: str, prefix: str) -> str:
    """Put a prefix before every id, since several pictures stand in one page."""
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    return re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{prefix}-", svg)
