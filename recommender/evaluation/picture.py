"""The picture of an evaluation: the main metric of each scorer with its interval."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from graph_schema.errors import ConfigError
from recommender.evaluation.figures import EvaluationReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BEST, _SIMPLE, _OTHER = "#b5541c", "#5b6b7b", "#2a6f97"


def metric_figure(report: EvaluationReport) -> Figure:
    """Draw the main metric by scorer, best on top, with 95 % intervals; raises ``ConfigError`` without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigError("matplotlib is not installed; install the extra: pip install 'dure[view]'") from error
    main, scorers = report.settings.main, report.scorers[::-1]
    figure = Figure(figsize=(7, 1.2 + 0.42 * len(scorers)), layout="constrained")
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


def metric_picture(report: EvaluationReport) -> str:
    """Return ``metric_figure`` as an SVG element to stand inside a page, with a text for those who cannot see it."""
    buffer = io.StringIO()
    metric_figure(report).savefig(buffer, format="svg", metadata={"Date": None})
    svg = buffer.getvalue()
    label = f"{report.settings.main} by scorer with 95 % intervals; the table beside it has the same figures"
    return re.sub(r"<svg ", f'<svg role="img" aria-label="{label}" ', svg[svg.index("<svg") :], count=1)
