"""The pictures of an evaluation: the main metric of each scorer with its interval, and how probabilities held."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from graph_schema.errors import ConfigError
from recommender.served.evaluation.figures import EvaluationReport, Reliability

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BEST, _SIMPLE, _OTHER = "#b5541c", "#5b6b7b", "#2a6f97"


def metric_figure(report: EvaluationReport) -> Figure:
    """Draw the main metric by scorer, best on top, with 95 % intervals; raises ``ConfigError`` without matplotlib."""
    main, scorers = report.settings.main, report.scorers[::-1]
    figure = _new_figure((7, 1.2 + 0.42 * len(scorers)))
    axes = figure.add_subplot()
    for place, scorer in enumerate(scorers):
        value = scorer.slices["all"][main]
        best = scorer.name == report.best_simple
        color = _BEST if best else _SIMPLE if scorer.simple else _OTHER
        axes.plot([value.low, value.high], [place, place], color=color, linewidth=2.5, solid_capstyle="round")
        axes.plot([value.mean], [place], "D" if best else "o", color=color, markersize=7)
    names = [f"{each.name} (best simple)" if each.name == report.best_simple else each.name for each in scorers]
    axes.set_yticks(range(len(scorers)), names)
    axes.set_xlim(left=0)
    axes.grid(axis="x", color="#d8dee6")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel(f"{main}, mean over {report.test.queries['all']} askers, 95 % interval ({report.data} data)")
    return figure


def reliability_figure(held: Reliability) -> Figure:
    """Draw what was said against what came true, a point a bin; raises ``ConfigError`` without matplotlib."""
    figure = _new_figure((4.6, 4.4))
    axes = figure.add_subplot()
    said, came, _ = zip(*held.bins, strict=True)
    top = max(*said, *came, 1e-3) * 1.05
    axes.plot([0, top], [0, top], color=_SIMPLE, linestyle="--", linewidth=1)
    axes.plot(said, came, "o-", color=_OTHER)
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.grid(color="#d8dee6")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("probability said")
    axes.set_ylabel(f"share linked within {held.months} months")
    return figure


def reliability_picture(held: Reliability) -> str:
    """Return ``reliability_figure`` as an SVG element; on the dashed line, what is said is what comes true."""
    label = f"probability said against share that came true, calibration error {held.error:.4f}; the table has the same"
    return _svg(reliability_figure(held), label)


def metric_picture(report: EvaluationReport) -> str:
    """Return ``metric_figure`` as an SVG element to stand inside a page, with a text for those who cannot see it."""
    label = f"{report.settings.main} by scorer with 95 % intervals; the table beside it has the same figures"
    return _svg(metric_figure(report), label)


def _new_figure(size: tuple[float, float]) -> Figure:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigError("matplotlib is not installed; install the extra: pip install 'dure[view]'") from error
    return Figure(figsize=size, layout="constrained")


def _svg(figure: Figure, label: str) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    svg = buffer.getvalue()
    return re.sub(r"<svg ", f'<svg role="img" aria-label="{label}" ', svg[svg.index("<svg") :], count=1)
