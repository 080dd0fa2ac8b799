"""Tables of the two city benchmarks, from the files that they write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures.sets import command_of
from benchmarks.figures.tables import NOT_MEASURED, Line, markdown_table, not_measured, result
from benchmarks.figures.timing import Timing

CITY_PARTS: Final = ("city-training", "city-growth")
"""Names of the benchmarks' modules, folders and summaries."""
_COMPANIES: Final = 100_000
_SIZES: Final = (25_000, 100_000, 400_000)
_TIMES: Final = 20.0
_SLOPE: Final = 1.1
_MOST_GIB: Final = 16.0
_MOST_MINUTES: Final = 15.0
_QUALITY: Final = "ndcg@10"
_SLOPES: Final = {
    "total": "processor time of all stages",
    "precompute": "processor time of precomputing",
    "train": "processor time of training",
    "score": "processor time of ranking",
    "peak_mib": "peak memory",
    "above_base_mib": "peak memory less the libraries'",
}
_HEADER: Final = ("figure", "measured", "goal", "result")
Summary = Mapping[str, Any]


def read_summary(part: str, out: Path) -> Summary | None:
    """Return what a city benchmark wrote below ``out``; None where it is not there or cannot be read."""
    try:
        found = json.loads((out / part / f"{part}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def training_table(out: Path) -> list[str]:
    """Tabulate steps a second of precomputed propagation over HeteroConv, quality of both, minutes."""
    summary = read_summary(CITY_PARTS[0], out)
    if summary is None:
        return markdown_table(_HEADER, [_absent(CITY_PARTS[0], out)])
    parts = {each["kind"]: each for each in summary["parts"]}
    ours, theirs = parts["propagation-curve"], parts["heteroconv-curve"]
    where = _reservation([ours["companies"]], (_COMPANIES,))
    speed = summary["speed"]
    mine, other = (each["test"][_QUALITY] for each in (ours, theirs))
    rows: list[Line] = [
        (
            f"steps a second, propagation / HeteroConv, {name}",
            f"{ratio:.1f} ×",
            f"≥ {_TIMES:g} ×" if name.startswith("wall clock") else "",
            result(where, reached=ratio >= _TIMES) if name.startswith("wall clock") else "",
        )
        for name, ratio in speed.items()
    ]
    reached = result(where, reached=mine >= other)
    rows.append((f"{_QUALITY} on test, propagation, {_spent(ours)}", f"{mine:.4f}", "≥ that of HeteroConv", reached))
    rows.append((f"{_QUALITY} on test, HeteroConv, {_spent(theirs)}", f"{other:.4f}", "", ""))
    minutes = (ours["prepare"]["seconds"] + ours["training"]["seconds"]) / 60
    fast = result(where, reached=minutes <= _MOST_MINUTES)
    rows.append(
        ("precomputing and training, propagation, minutes", f"{minutes:.1f}", f"≤ {_MOST_MINUTES:g} minutes", fast)
    )
    return markdown_table(_HEADER, rows)


def training_conditions(out: Path) -> str:
    """Say of which city and machine the table of training is; empty where there is none."""
    summary = read_summary(CITY_PARTS[0], out)
    if summary is None:
        return ""
    first, loads = summary["parts"][0], [each["machine"]["load"] for each in summary["parts"]]
    return (
        f"A made-up city: {first['companies']:,} companies, {first['nodes']:,} nodes, {first['relationships_seen']:,} "
        f"relationships while training; one seed; load of the machine {min(loads):.1f}–{max(loads):.1f} on "
        f"{first['machine']['cores']} cores, other work included. Both learn from equal batches; quality is that of "
        "the weights that were best on valid. Curves with one thread, timings with "
        f"{max(each['threads'] for each in summary['parts'])}."
    )


def growth_table(out: Path) -> list[str]:
    """Tabulate slopes of time and memory over companies, in log-log, and the largest city's memory."""
    summary = read_summary(CITY_PARTS[1], out)
    if summary is None:
        return markdown_table(_HEADER, [_absent(CITY_PARTS[1], out)])
    sizes = summary["sizes"]
    where = _reservation([size["companies"] for size in sizes], _SIZES)
    rows: list[Line] = []
    for name, shown in _SLOPES.items():
        slope = summary["slopes"][name]
        goal = name in ("total", "peak_mib", "above_base_mib")
        found = result(where, reached=slope <= _SLOPE) if goal else ""
        rows.append((f"slope of {shown}", f"{slope:.2f}", f"≤ {_SLOPE:g}" if goal else "", found))
    for size in sizes:
        gib, busy = size["peak_mib"] / 1024, size["stages"]["total"]["cpu_seconds"] / 60
        last = size is sizes[-1]
        rows.append(
            (
                f"{size['companies']:,} companies, {size['relationships']:,} relationships",
                f"{gib:.2f} GiB, {busy:.1f} minutes of one processor",
                f"≤ {_MOST_GIB:g} GiB" if last else "",
                result(where, reached=gib <= _MOST_GIB) if last else "",
            )
        )
    return markdown_table(_HEADER, rows)


def _absent(part: str, out: Path) -> Line:
    legs = Timing.read(out / part).legs
    status = legs[-1].exit if legs else 0
    why = f"ended with status {status}" if status else "not finished" if legs else "no run"
    return (part, NOT_MEASURED, "", f"{not_measured(why)}: `{command_of(part)}`")


def _reservation(companies: Sequence[int], wanted: Sequence[int]) -> str:
    """Why a figure of a city of another size does not count; empty where it has the size."""
    if tuple(companies) == tuple(wanted):
        return ""
    return f"{', '.join(f'{n:,}' for n in companies)} companies instead of {', '.join(f'{n:,}' for n in wanted)}"


def _spent(part: Mapping[str, Any]) -> str:
    return f"{part['steps']} steps, {part['training']['cpu_seconds']:.0f} s of one processor"
