"""What the test of explanations found, as a record and as a section of the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from recommender.measure.wilson import wilson_interval
from recommender.report.files import EXPLAINED_FILE, METRICS_FILE, REPORT_FILE

DEPTH: Final = 10
"""Recommendations of so many first places are explained."""
TRIED: Final = 10
"""Of so many strong paths the one explains without which the score falls most: where many say the same, one may go."""
LEAST_FALL: Final = 0.01
"""In standard deviations of the question's scores; a path without which the score falls less is no reason."""
ALONE_BELOW: Final = 1_000
"""Known edges below which cases are taken one at a time, so that there is no other company to measure a fall in."""
_TARGET: Final = 0.95
"""Share of true explanations below which the section says that they fall short."""
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
        return cls.counted(sum(flags), len(flags))

    @classmethod
    def counted(cls, hits: int, cases: int) -> Share:
        """Return the share of ``hits`` in ``cases``."""
        return cls(cases, hits, hits / max(1, cases), *wilson_interval(hits, cases))


@dataclass(frozen=True)
class Explained:
    """What was found: over all cases that a path explains, by relation, and what explains the others.

    ``connected_without_effect``: those of the others that paths join, none of which makes a difference. ``model``: the
    row that was explained. ``data``: hash of its data as in ``metrics.json``, empty where it is not known. ``depth``,
    ``tried`` and ``least_fall``: the constants of this module with which the cases were drawn and the paths chosen.
    """

    dataset: str
    seed: int
    all: Share
    by_relation: dict[str, Share]
    without_path: dict[str, int]
    median_drop_path: float
    median_drop_random: float
    connected_without_effect: int = 0
    model: str = ""
    data: str = ""
    depth: int = DEPTH
    tried: int = TRIED
    least_fall: float = LEAST_FALL

    @property
    def share_of_joined(self) -> Share:
        """The true cases of all that any path joins: explained by one, or connected without effect."""
        return Share.counted(self.all.lowered_more, self.all.cases + self.connected_without_effect)

    @property
    def plain(self) -> dict[str, Any]:
        """Plain values, as ``explain.json`` has them."""
        return asdict(self) | {"share_of_joined": asdict(self.share_of_joined), "target_share": _TARGET}


def write_explained(found: Explained, out: Path) -> None:
    """Write ``explain.json``, and a section of ``report.md`` in place of an older one.

    Raises ``ConfigError`` where the folder holds a run on other data.
    """
    refuse_other_data(out, found.data)
    out.mkdir(parents=True, exist_ok=True)
    (out / EXPLAINED_FILE).write_text(json.dumps(found.plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    path = out / REPORT_FILE
    report = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(_with_section(_without_section(report), found), encoding="utf-8")


def refuse_other_data(out: Path, data: str) -> None:
    """Raise ``ConfigError`` where ``metrics.json`` in the folder is of data with another hash."""
    there = _hash_of_run(out)
    if there is not None and there != data:
        raise ConfigError(
            Wording(
                f"{out}: 이 폴더의 실험 자료({there[:12]})와 설명할 모델의 자료({data[:12]})가 다릅니다. 그 실험에 "
                "쓴 폴더를 설명하거나 --out으로 다른 폴더를 지정하십시오",
                f"{out} holds a run on data {there[:12]}, and what is explained here learns from data {data[:12]}; "
                "explain the folder that was run there, or name another folder with --out",
            )
        )


def drop_explained_elsewhere(out: Path, data: str) -> None:
    """Remove ``explain.json`` where it names other data than that of the run which takes the folder over."""
    found = _read_explained(out)
    if found is not None and found.data not in ("", data):
        (out / EXPLAINED_FILE).unlink()


def with_explained(report: str, out: Path, data: str) -> str:
    """Return a report with the section of what was explained in its folder, where that was on the same data."""
    found = _read_explained(out)
    return _with_section(report, found) if found is not None and found.data == data else report


def _hash_of_run(out: Path) -> str | None:
    """Return the data hash of the run in a folder; None where there is none to be read."""
    try:
        return str(json.loads((out / METRICS_FILE).read_text(encoding="utf-8"))["hashes"]["data"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_explained(out: Path) -> Explained | None:
    """Return what ``explain.json`` holds; None where there is none to be read."""
    try:
        plain = json.loads((out / EXPLAINED_FILE).read_text(encoding="utf-8"))
        by_relation = {name: Share(**each) for name, each in plain["by_relation"].items()}
        known = {field.name: plain[field.name] for field in fields(Explained) if field.name in plain}
        return Explained(**(known | {"all": Share(**plain["all"]), "by_relation": by_relation}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _without_section(report: str) -> str:
    start = report.find(_HEADING)
    if start < 0:
        return report
    end = report.find("\n## ", start + len(_HEADING))
    return report[:start] + (report[end + 1 :] if end >= 0 else "")


def _with_section(report: str, found: Explained) -> str:
    joined = f"{report.rstrip()}\n\n" if report.strip() else ""
    return joined + section(found)


def section(found: Explained) -> str:
    """Return the section in Markdown."""
    without = sum(found.without_path.values())
    reasons = ", ".join(f"{name} {number}" for name, number in sorted(found.without_path.items())) or "none"
    joined = found.share_of_joined
    model, data = found.model or "a model that is not recorded", found.data[:16] or "unknown"
    rows = "\n".join(
        f"| {name} | {each.cases} | {each.lowered_more} | {each.share:.3f} | {each.low:.3f}–{each.high:.3f} |"
        for name, each in [("all", found.all), *found.by_relation.items()]
    )
    return f"""{_HEADING}

Explained: {model} on {found.dataset}, data hash {data}, seed {found.seed}.

A recommendation is explained by a path given candidate – basket – recommended candidate: of the {found.tried} whose
messages weigh most, the one without which the score falls most, if it falls by {found.least_fall} standard deviations
or more. The fall is measured anew, in other company: the path's two edges are taken away, and in turn as many edges of
the same relation at other nodes. The explanation is true where the score falls more without the path.

| path by | cases | true | share | 95 % interval |
|---|---:|---:|---:|---|
{rows}

Of all {joined.cases} recommendations that any path joins, {joined.lowered_more} have a true explanation: share \
{joined.share:.3f}, 95 % interval {joined.low:.3f}–{joined.high:.3f}.

The paths are chosen by the fall itself. So the share says that the paths which are named matter to the score; it does
not say that the finder does better than chance. Where fewer than {ALONE_BELOW:,} edges are known, cases are taken one
at a time, so there is no other company: the second measurement repeats the first.

Median fall of the standardised score: {found.median_drop_path:.3f} without the path, {found.median_drop_random:.3f}
without random edges. No path explains {without} further recommendations, {found.connected_without_effect} of them
because none of their paths makes a difference; attributes or popularity speak for them: {reasons}.
"""
