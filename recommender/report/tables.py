"""The tables of a report, in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.figures import Comparison, ModelFigures, WindowFigures
from recommender.bench.findings import COLD_METRIC, CONTENT, Findings
from recommender.measure.bootstrap import Interval
from recommender.measure.holm import holm
from recommender.report.summaries import depends_on_seed, mean_calibration_error
from recommender.report.words import best_simple_words

SLICE_NAMES: Final[Mapping[str, Wording]] = {
    "all": Wording("전체", "all"),
    "warm": Wording("기존 (5+)", "warm"),
    "few_shot": Wording("소수 (1–4)", "few-shot"),
    "cold_query": Wording("신규 질의 (0)", "cold query"),
    "cold_candidate": Wording("신규 후보", "cold candidate"),
    "head": Wording("머리 쪽", "head side"),
    "tail": Wording("꼬리 쪽", "tail side"),
}
_ROLES: Final[Mapping[Role, Wording]] = {
    Role.SIMPLE: Wording("단순", "simple"),
    Role.ENGINE: Wording("엔진", "engine"),
    Role.CONTROL: Wording("대조군", "control"),
    Role.PRETRAINED: Wording("사전학습", "pretrained"),
    Role.SERVED: Wording("서비스용", "to serve"),
    Role.ORACLE: Wording("참 규칙", "true rule"),
}
_MODEL: Final = Wording("모델", "model")
_RATIO: Final = Wording("비", "ratio")
_METRIC: Final = Wording("지표", "metric")
_COVERAGE: Final = Wording("포괄", "coverage")
_GAINS: Final[Mapping[str, Wording]] = {
    "gnn": Wording("그래프 신경망이 더하는 것", "what the GNN adds"),
    "graph": Wording("그래프가 더하는 것", "what the graph adds"),
    "wiring": Wording("연결의 의미가 더하는 것", "what the right wiring adds (over a shuffled graph)"),
}
_SHOWN_BAD_ROWS: Final = 20
"""A page holds so many; the file beside the report has all."""
_LONG: Final = 160
"""Characters of a cell, so that a table keeps its columns."""


Cell = str | Wording
Rows = list[list[Cell]]


@dataclass(frozen=True)
class Table:
    """A table under its heading; ``note`` says how to read it."""

    key: str
    title: Wording
    note: Wording | None
    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]


def all_tables(findings: Findings) -> list[Table]:
    """Return the tables that have rows, the main one first."""
    tables = [
        main_table(findings),
        _gain_table(findings),
        _metric_table(findings.test),
        _slice_table(findings),
        _cold_table(findings),
        _unseen_table(findings),
        _detail_table(findings),
        _cost_table(findings),
        _tried_table(findings),
        _failed_table(findings),
        _quarantine_table(findings),
    ]
    return [each for each in tables if each.rows]


def main_table(findings: Findings) -> Table:
    """Each model by the main metric, with what it gains over the best simple one."""
    found = findings.against_best()
    cells_of = dict(zip((each.model for each in found), map(_corrected, found, _holm(found)), strict=True))
    rows: Rows = []
    for model in findings.test.models:
        star = "★" if model.name == findings.best_simple else "–"
        cells = cells_of.get(model.name, [star, "", "", ""])
        rows.append([model.name, _kind(model, only=findings.only), _with_spread(model, findings.main), *cells])
    return Table(
        "main",
        Wording(f"주 지표: {findings.main}", f"main metric: {findings.main}"),
        _star(findings),
        [
            _MODEL,
            Wording("구분", "kind"),
            findings.main,
            "Δ",
            "p",
            "p (Holm)",
            _RATIO,
        ],
        rows,
    )


def _star(findings: Findings) -> Wording:
    if findings.best_simple is None:
        return Wording(
            "비교할 단순 모델이 없습니다. ±는 시드에 걸친 표준편차입니다.",
            "There is no simple model to compare with. ± is the standard deviation over seeds.",
        )
    best = best_simple_words(findings)
    return Wording(
        f"★ {best.ko} (시험 구간). 다른 모델은 같은 질의에서 짝지어 이것과 비교합니다: Δ (차이), 차이 없음의 양측 "
        "p, 이 표의 비교 수로 보정한 p (Holm), 비. ±는 시드에 걸친 표준편차입니다.",
        f"★ {best.en} on test, which the others are compared with on the same queries: Δ (difference), two-sided "
        "p of no difference, the same corrected for the number of comparisons in this table (Holm), ratio. ± is the "
        "standard deviation over seeds.",
    )


def _kind(model: ModelFigures, *, only: bool) -> Wording:
    """Say what a row stands for, and that it was named where the others were left out."""
    role = _ROLES[model.row.contender.role]
    named = only and model.row.contender.role is not Role.ORACLE
    return Wording(f"{role.ko}, 지정 (--only)", f"{role.en}, named (--only)") if named else role


def _gain_table(findings: Findings) -> Table:
    rows: Rows = []
    for name, each in findings.gains().items():
        label = _GAINS[name.partition(":")[0]]
        rows.append([label, f"{each.model} − {each.against}", each.metric, *_compared(each)])
    return Table(
        "gains",
        Wording("구성 요소별 기여", "what each part adds"),
        Wording(
            "구간이 0보다 위에 있어야 그 요소가 실제로 기여한 것입니다.",
            "A part earns its place where the interval of Δ is above zero.",
        ),
        [Wording("구성 요소", "part"), Wording("비교", "compared"), _METRIC, "Δ", "p", _RATIO],
        rows,
    )


def _metric_table(window: WindowFigures) -> Table:
    metrics = window.metrics[1:]
    rows: Rows = [[each.name, *(_with_spread(each, metric) for metric in metrics)] for each in window.models]
    return Table(
        "metrics",
        Wording("다른 지표", "other metrics"),
        Wording("질의 평균과 95 % 구간입니다.", "Mean over queries with its 95 % interval."),
        [_MODEL, *metrics],
        rows,
    )


def _slice_table(findings: Findings) -> Table:
    window, main = findings.test, findings.main
    present = list(window.groups)
    single = {name for name, groups in window.groups.items() if len(np.unique(groups)) == 1}
    rows: Rows = [
        [
            each.name,
            *(
                f"{each.slices[name][main].mean:.4f}" if name in single else _interval(each.slices[name][main])
                for name in present
            ),
        ]
        for each in window.models
    ]
    return Table(
        "slices",
        Wording(f"구간별 {main}", f"{main} by slice"),
        Wording(
            "질의와 함께 주어진 알려진 쌍의 수로 나눕니다. 신규 후보에서는 알려진 쌍이 없는 후보만 정답으로 세고 다른 "
            "정답은 가립니다. 괄호 안은 질의 수입니다.",
            "By the number of known pairs given with a query; in cold candidate only answers without a known pair "
            "count, the others are masked. In brackets: queries.",
        )
        if findings.dataset.spec.task.kind == "recommend"
        else Wording(
            "묻는 쪽과 관계의 기수로 나눕니다.", "By the side asked, and by how many heads and tails a relation joins."
        ),
        [_MODEL, *(_counted(slice_name(name), len(window.groups[name])) for name in present)],
        rows,
    )


def _cold_table(findings: Findings) -> Table:
    rows: Rows = [
        [
            each.model,
            each.against,
            Wording("신규", "by nature") if kind == "by nature" else Wording("가림", "made unseen"),
            *_compared(each),
        ]
        for kind, each in findings.cold()
    ]
    return Table(
        "cold",
        Wording(f"신규 질의: {CONTENT} 대비 {COLD_METRIC}", f"cold queries against {CONTENT}, {COLD_METRIC}"),
        None,
        [
            _MODEL,
            Wording("기준", "against"),
            Wording("질의", "queries"),
            "Δ",
            "p",
            _RATIO,
        ],
        rows,
    )


def _unseen_table(findings: Findings) -> Table:
    hidden = findings.hidden
    rows: Rows = []
    metrics: tuple[str, ...] = ()
    if hidden is not None:
        metrics = tuple(dict.fromkeys((findings.main, *(m for m in ("ndcg@10", "mrr") if m in hidden.metrics))))
        rows = [[each.name, *(_interval(each.slices["all"][m]) for m in metrics)] for each in hidden.models]
    count = 0 if hidden is None else len(hidden.questions)
    return Table(
        "unseen",
        _counted(Wording("신규 질의, 가려서 만듦", "cold queries, made unseen"), count),
        Wording(
            "시험 질의의 20 %에서 아는 것을 모두 지우고 (속성과 글은 남김) 다시 학습해 물은 결과입니다. 시드는 "
            "하나입니다. 질의도 사실도 다르므로 위의 행과 비교하지 않습니다.",
            "A fifth of the test queries lost all that was known of them but attributes and text; models learned anew "
            "without it; one seed. Not to be compared with the rows above: other queries, other facts.",
        ),
        [_MODEL, *metrics],
        rows,
    )


def _detail_table(findings: Findings) -> Table:
    rows: Rows = [
        [each.model, slice_name(each.slice), each.metric, *_compared(each)] for each in findings.asked_in_detail()
    ]
    best = best_simple_words(findings)
    return Table(
        "detail",
        Wording(
            f"지정한 모델 대 {findings.best_simple or '–'} ({best.ko})",
            f"the models asked for against {findings.best_simple or '–'} ({best.en})",
        ),
        Wording(
            "많은 비교를 한 표에서 읽을 때 몇은 우연히 유의해 보입니다. 미리 정한 것은 모든 질의의 주 지표입니다.",
            "Of many comparisons in one table some look significant by chance; the main metric on all queries is the "
            "one that was fixed beforehand.",
        ),
        [_MODEL, Wording("구간", "slice"), _METRIC, "Δ", "p", _RATIO],
        rows,
    )


def _cost_table(findings: Findings) -> Table:
    rows: Rows = []
    for each in findings.test.models:
        outcomes = each.row.outcomes
        error = mean_calibration_error(each.row)
        alike = depends_on_seed(each.row, findings.seeds) is False
        rows.append(
            [
                each.name,
                f"{np.mean([o.coverage for o in outcomes]):.3f}",
                f"{np.mean([o.gini for o in outcomes]):.3f}",
                "–" if error is None else f"{error:.3f}",
                f"{np.mean([o.cost.fit_seconds for o in outcomes]):.1f}",
                f"{np.mean([o.cost.score_seconds for o in outcomes]):.1f}",
                f"{max(o.cost.peak_mib for o in outcomes):,.0f}",
                Wording("1 (같음)", "1 (alike)") if alike else str(len(outcomes)),
            ]
        )
    return Table(
        "cost",
        Wording("추천의 퍼짐, 비용", "spread of recommendations, and cost"),
        Wording(
            "포괄(coverage): 적어도 한 목록에 오르는 후보의 비율. Gini: 0이면 고르고 1에 가까우면 몇에 몰립니다. "
            "ECE: 확률을 주는 모델의 보정 오차. 시간은 시드 하나의 초이고, 메모리는 프로세스 전체의 최댓값입니다. "
            "같음: 둘째 시드의 순위가 똑같아 되풀이하지 않습니다. 여러 행이 함께 쓰는 학습된 부분의 "
            "시간은 처음 쓰는 행에만 나타납니다.",
            "Coverage: share of the candidates in at least one list; Gini: 0 all alike, near 1 a few stars; ECE: "
            "calibration error where the model gives probabilities; seconds of one seed; memory of the whole process "
            "at its highest. Alike: a second seed ranks exactly the same, so it is not repeated. Rows share trained "
            "parts, so that only the first row that uses a part shows its seconds.",
        ),
        [
            _MODEL,
            _COVERAGE,
            "Gini",
            "ECE",
            Wording("학습 (초)", "fit s"),
            Wording("순위 (초)", "score s"),
            Wording("최대 MiB", "peak MiB"),
            Wording("시드", "seeds"),
        ],
        rows,
    )


def _tried_table(findings: Findings) -> Table:
    rows: Rows = []
    for model in findings.test.models:
        row = model.row
        differing = differing_settings([each.config for each in row.tried])
        for place, each in enumerate(row.tried):
            value = f"{each.valid[findings.main]:.4f}" if each.valid else Wording("– (하나뿐)", "– (the only one)")
            behind = f"{each.behind:.1f}" if each.valid else "–"
            mark = "✓" if place == row.chosen else ""
            rows.append([row.name, mark, value, behind, settings_text(each.config, differing)])
    return Table(
        "tried",
        Wording(f"검증 구간에서 시험한 설정 ({findings.main})", f"settings tried on valid ({findings.main})"),
        Wording(
            "✓ valid만으로 골라 시험 구간에 쓴 것입니다. 단순한 모델은 가장 좋은 설정을, 엔진은 가장 좋은 것에서 "
            "표준오차 1 안에 드는 첫째를 씁니다.",
            "✓ is what was chosen on valid alone, and then tested: of a simple model the best; of the engine the first "
            "that is at most one standard error behind the best.",
        ),
        [
            _MODEL,
            "✓",
            Wording("검증 구간", "valid"),
            Wording("뒤진 표준오차", "standard errors behind"),
            Wording("설정", "settings"),
        ],
        rows,
    )


def _failed_table(findings: Findings) -> Table:
    rows: Rows = [[name, Wording(why.ko[:_LONG], why.en[:_LONG])] for name, why in findings.test.failures.items()]
    title = Wording("돌리지 못한 모델", "models that could not be run")
    return Table("failed", title, None, [_MODEL, Wording("사유", "why")], rows)


def _quarantine_table(findings: Findings) -> Table:
    bad = findings.dataset.quarantine
    shown = bad[:_SHOWN_BAD_ROWS]
    rows: Rows = [[f"{each.file}:{each.line}", each.field, each.value[:60], each.reason] for each in shown]
    return Table(
        "quarantine",
        Wording(f"제외된 행: {len(bad):,}", f"rows that were left out: {len(bad):,}"),
        Wording("모두 고칠 길과 함께 quarantine.csv에 있습니다.", "All of them, with remedies, are in quarantine.csv."),
        [Wording("줄", "line"), Wording("열", "column"), Wording("값", "value"), Wording("사유", "reason")],
        rows,
    )


def slice_name(name: str) -> Wording:
    """Return a slice in both languages."""
    return SLICE_NAMES.get(name, Wording.alike(name))


def _counted(words: Wording, count: int) -> Wording:
    return Wording(f"{words.ko} ({count:,})", f"{words.en} ({count:,})")


def settings_text(config: object, nested: Collection[str] = ()) -> str:
    """Return the plain settings of an estimator in one line, and of the nested ones those that are named by path.

    ``metrics.json`` has all of them.
    """
    if not isinstance(config, Mapping):
        return str(config)
    shown = {path: value for path, value in _leaves(config) if "." not in path or path in nested}
    text = ", ".join(f"{path}={value}" for path, value in shown.items() if path not in ("type", "name"))
    return f"{shown.get('type', '')}({text})"[:_LONG]


def differing_settings(configs: Sequence[object]) -> set[str]:
    """Return the paths of the settings in which the variants of a row are not all alike, such as ``mix.network``."""
    leaves = [dict(_leaves(each)) for each in configs]
    return {path for path in set().union(*leaves) if any(each.get(path) != leaves[0].get(path) for each in leaves)}


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the settings that hold no others, each with its path: keys and places, a point between."""
    if not isinstance(value, list | Mapping):
        yield path, value
        return
    for key, each in value.items() if isinstance(value, Mapping) else enumerate(value):
        yield from _leaves(each, f"{path}.{key}" if path else str(key))


def _with_spread(model: ModelFigures, metric: str) -> str:
    spread = f" ±{model.spread[metric]:.4f}" if len(model.row.seeds) > 1 else ""
    return _interval(model.slices["all"][metric]) + spread


def _interval(value: Interval) -> str:
    return f"{value.mean:.4f} [{value.low:.4f}, {value.high:.4f}]"


def _holm(found: Sequence[Comparison]) -> list[float]:
    return holm([each.difference.p_value for each in found])


def _corrected(comparison: Comparison, corrected: float) -> list[str]:
    *cells, ratio = _compared(comparison)
    return [*cells, f"{corrected:.4f}", ratio]


def _compared(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return ["–", "", ""]
    d, ratio = comparison.difference, comparison.ratio
    times = "–" if ratio is None else f"{ratio.mean:.3f} [{ratio.low:.3f}, {ratio.high:.3f}]"
    return [f"{d.mean:+.4f} [{d.low:+.4f}, {d.high:+.4f}]", f"{d.p_value:.4f}", times]
