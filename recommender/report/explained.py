"""What the test of explanations found, as a record and as a section of the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
_HEADING: Final = "## 설명 · Explanations"
_HEADING_BEFORE: Final = "## Explanations"
"""What stood over the section while it was in English alone."""
SPEAKS: Final[Mapping[str, Wording]] = {
    "attributes": Wording("속성", "attributes"),
    "popularity": Wording("인기", "popularity"),
}
"""What speaks for a recommendation that no path explains."""


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
    start = max(report.find(_HEADING), report.find(_HEADING_BEFORE))
    if start < 0:
        return report
    end = report.find("\n## ", start + 1)
    return report[:start] + (report[end + 1 :] if end >= 0 else "")


def _with_section(report: str, found: Explained) -> str:
    joined = f"{report.rstrip()}\n\n" if report.strip() else ""
    return joined + section(found)


def section(found: Explained) -> str:
    """Return the section in Markdown, Korean and English joined by a dot as in the rest of the report."""
    rows = "\n".join(
        f"| {name} | {each.cases} | {each.lowered_more} | {each.share:.3f} | {each.low:.3f}–{each.high:.3f} |"
        for name, each in [("전체 · all", found.all), *found.by_relation.items()]
    )
    header = "| 경로의 관계 · path by | 건수 · cases | 참 · true | 비율 · share | 95 % 구간 · interval |"
    table = f"{header}\n|---|---:|---:|---:|---|\n{rows}"
    of_whom, path, of_joined, limits, others = (f"{each.ko} · {each.en}" for each in _paragraphs(found))
    return f"{_HEADING}\n\n{of_whom}\n\n{path}\n\n{table}\n\n{of_joined}\n\n{limits}\n\n{others}\n"


def _paragraphs(found: Explained) -> Sequence[Wording]:
    """Say what was explained, by what, the share of what any path joins, what it does not say, and what is left."""
    model = Wording.alike(found.model) if found.model else Wording("기록되지 않은 모델", "a model that is not recorded")
    data = Wording.alike(found.data[:16]) if found.data else Wording("알 수 없음", "unknown")
    joined, without = found.share_of_joined, sum(found.without_path.values())
    shown = f"{joined.low:.3f}–{joined.high:.3f}"
    falls = f"{found.median_drop_path:.3f}", f"{found.median_drop_random:.3f}"
    counts = [
        Wording(f"{(name := SPEAKS.get(each, Wording.alike(each))).ko} {number}", f"{name.en} {number}")
        for each, number in sorted(found.without_path.items())
    ]
    reasons = Wording(", ".join(each.ko for each in counts) or "없음", ", ".join(each.en for each in counts) or "none")
    return (
        Wording(
            f"설명한 모델: {model.ko}, 데이터 {found.dataset}, 데이터 해시 {data.ko}, 시드 {found.seed}.",
            f"Explained: {model.en} on {found.dataset}, data hash {data.en}, seed {found.seed}.",
        ),
        Wording(
            f"추천은 ‘주어진 후보 – 묶음 – 추천한 후보’의 경로로 설명합니다. 메시지의 무게가 가장 큰 {found.tried}개 "
            "가운데 빼면 점수가 가장 많이 낮아지는 경로이며, 그 하락이 표준편차의 "
            f"{found.least_fall}배 이상일 때만 설명으로 봅니다. 하락은 다른 사례와 함께 다시 잽니다. 경로의 두 간선을 "
            "지우고, 다음에는 다른 노드에 있는 같은 관계의 간선을 같은 수만큼 지웁니다. 경로를 지웠을 때 점수가 더 "
            "낮아지면 참인 설명입니다.",
            "A recommendation is explained by a path given candidate – basket – recommended candidate: of the "
            f"{found.tried} whose messages weigh most, the one without which the score falls most, if it falls by "
            f"{found.least_fall} standard deviations or more. The fall is measured anew, in other company: the path's "
            "two edges are taken away, and in turn as many edges of the same relation at other nodes. The explanation "
            "is true where the score falls more without the path.",
        ),
        Wording(
            f"경로로 이어지는 추천 {joined.cases}건 가운데 {joined.lowered_more}건의 설명이 참입니다: 비율 "
            f"{joined.share:.3f}, 95 % 구간 {shown}.",
            f"Of all {joined.cases} recommendations that any path joins, {joined.lowered_more} have a true "
            f"explanation: share {joined.share:.3f}, 95 % interval {shown}.",
        ),
        Wording(
            "경로는 점수의 하락 자체로 고릅니다. 따라서 이 비율은 이름을 든 경로가 점수에 중요하다는 것을 뜻할 뿐, "
            f"경로를 찾는 방법이 우연보다 낫다는 뜻은 아닙니다. 알려진 간선이 {ALONE_BELOW:,}개보다 적으면 한 건씩 "
            "재므로 함께 재는 다른 사례가 없고, 둘째 측정은 첫째와 같습니다.",
            "The paths are chosen by the fall itself. So the share says that the paths which are named matter to the "
            "score; it does not say that the finder does better than chance. Where fewer than "
            f"{ALONE_BELOW:,} edges are known, cases are taken one at a time, so there is no other company: the second "
            "measurement repeats the first.",
        ),
        Wording(
            f"표준화한 점수의 하락(중앙값): 경로를 지우면 {falls[0]}, 무작위 간선을 지우면 {falls[1]}. 경로로 설명되지 "
            f"않는 추천이 {without}건 더 있으며, 그중 {found.connected_without_effect}건은 이어지는 경로가 점수를 "
            f"바꾸지 않습니다. 그 근거: {reasons.ko}.",
            f"Median fall of the standardised score: {falls[0]} without the path, {falls[1]} without random edges. No "
            f"path explains {without} further recommendations, {found.connected_without_effect} of them because none "
            f"of their paths makes a difference; attributes or popularity speak for them: {reasons.en}.",
        ),
    )
