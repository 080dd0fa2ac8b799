"""What the test of explanations found, as a record and as a section of the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from recommender.evaluation.wilson import wilson_interval

EXPLAINED_FILE: Final = "explain.json"
DEPTH: Final = 10
"""Recommendations of so many first places are explained."""
TRIED: Final = 10
"""Of so many strong paths the one explains without which the score falls most: where many say the same, one may go."""
LEAST_FALL: Final = 0.01
"""In standard deviations of the question's scores; a path without which the score falls less is no reason."""
_TARGET: Final = 0.95
_HEADING: Final = "## Explanations"


@dataclass(frozen=True)
class Share:
    """Of ``cases``, in how many the path's removal lowered the score more, with its 95 % Wilson interval."""

    cases: int
    lowered_more: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, flags: Sequence[bool]) -> Share:
        """Count the cases."""
        hits, cases = sum(flags), len(flags)
        return cls(cases, hits, hits / max(1, cases), *wilson_interval(hits, cases))


@dataclass(frozen=True)
class Explained:
    """What was found: over all cases that a path explains, by relation, and what explains the others.

    ``joined_in_vain``: those of the others that paths join, none of which makes a difference.
    """

    dataset: str
    seed: int
    all: Share
    by_relation: dict[str, Share]
    without_path: dict[str, int]
    median_drop_path: float
    median_drop_random: float
    joined_in_vain: int = 0


def write_explained(found: Explained, out: Path) -> None:
    """Write ``explain.json``, and a section of ``report.md`` in place of an older one."""
    out.mkdir(parents=True, exist_ok=True)
    plain = asdict(found) | {"target_share": _TARGET, "depth": DEPTH}
    (out / EXPLAINED_FILE).write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    path = out / "report.md"
    report = path.read_text(encoding="utf-8") if path.is_file() else ""
    start = report.find(_HEADING)
    if start >= 0:
        end = report.find("\n## ", start + len(_HEADING))
        report = report[:start] + (report[end + 1 :] if end >= 0 else "")
    joined = f"{report.rstrip()}\n\n" if report.strip() else ""
    path.write_text(joined + section(found), encoding="utf-8")


def section(found: Explained) -> str:
    """Return the section in Markdown."""
    without = sum(found.without_path.values())
    reasons = ", ".join(f"{name} {number}" for name, number in sorted(found.without_path.items())) or "none"
    rows = "\n".join(
        f"| {name} | {each.cases} | {each.lowered_more} | {each.share:.3f} | {each.low:.3f}–{each.high:.3f} |"
        for name, each in [("all", found.all), *found.by_relation.items()]
    )
    return f"""{_HEADING}

A recommendation is explained by a path given candidate – basket – recommended candidate: of the {TRIED} whose
messages weigh most, the one without which the score falls most, if it falls by {LEAST_FALL} standard deviations or
more. The fall is measured anew, in other company: the path's two edges are taken away, and in turn as many edges of
the same relation at other nodes. The explanation is true where the score falls more without the path.

| path by | cases | true | share | 95 % interval |
|---|---:|---:|---:|---|
{rows}

Median fall of the standardised score: {found.median_drop_path:.3f} without the path, {found.median_drop_random:.3f}
without random edges. No path explains {without} further recommendations, {found.joined_in_vain} of them because none of
their paths makes a difference; attributes or popularity speak for them: {reasons}.
"""
