"""Pictures of the city benchmarks: quality over time and steps, growth on logarithmic axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

_COLORS = {
    "propagation-curve": "#b5541c",
    "propagation-same-steps-curve": "#e0a36b",
    "heteroconv-curve": "#2a6f97",
}
_NAMES = {
    "propagation-curve": "precomputed propagation",
    "propagation-same-steps-curve": "precomputed propagation, as many steps as HeteroConv",
    "heteroconv-curve": "HeteroConv, whole graph",
}


def training_picture(curves: Sequence[Mapping[str, Any]], path: Path) -> None:
    """NDCG@10 on the valid window over seconds of processor time, precomputation included, and over steps."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for curve in curves:
        kind, points = curve["kind"], curve["points"]
        quality = [point["ndcg@10"] for point in points]
        style = {"color": _COLORS[kind], "label": _NAMES[kind], "marker": "o", "markersize": 4}
        left.plot([point["cpu_seconds"] for point in points], quality, **style)
        right.plot([point["step"] for point in points], quality, **style)
    left.set(xscale="log", xlabel="seconds of one core, logarithmic", ylabel="NDCG@10, later partners, all companies")
    right.set(xlabel="steps of the same batches")
    left.set_ylim(bottom=0)
    left.legend(frameon=False, fontsize=8, loc="lower right")
    figure.suptitle(f"A made-up city of {curves[0]['companies']:,} companies", fontsize=10)
    _finish(figure, path)


def growth_picture(sizes: Sequence[Mapping[str, Any]], slopes: Mapping[str, float], path: Path) -> None:
    """Seconds of processor time and memory above the libraries' over companies, both logarithmic, with the slopes."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    companies = [size["companies"] for size in sizes]
    for name in ("total", "precompute", "train", "score"):
        seconds = [size["stages"][name]["cpu_seconds"] for size in sizes]
        left.plot(companies, seconds, marker="o", label=_with_slope(name, slopes.get(name)))
    for name, label in (("peak_mib", "peak"), ("above_base_mib", "peak less libraries")):
        memory = [size[name] for size in sizes]
        right.plot(companies, memory, marker="o", label=_with_slope(label, slopes.get(name)))
    left.set(ylabel="seconds of one core")
    right.set(ylabel="MiB")
    for axes in (left, right):
        axes.set(xscale="log", yscale="log", xlabel="companies")
        axes.set_xticks(companies, [f"{count:,}" for count in companies])
        axes.minorticks_off()
        axes.legend(frameon=False, fontsize=8)
    _finish(figure, path)


def _with_slope(label: str, slope: float | None) -> str:
    return label if slope is None else f"{label}, slope {slope:.2f}"


def _finish(figure: Figure, path: Path) -> None:
    for axes in figure.axes:
        axes.grid(color="#d8dee6")
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
