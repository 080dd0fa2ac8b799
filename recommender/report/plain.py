"""What a run found as plain values for ``metrics.json``, and the part of them that two equal runs share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from recommender.bench.contender import config_of, hash_of
from recommender.bench.figures import Comparison, ModelFigures, WindowFigures
from recommender.bench.findings import Findings
from recommender.bench.outcome import Cost
from recommender.knowledge.spec import Spec
from recommender.measure.bootstrap import Interval
from recommender.measure.holm import holm
from recommender.measure.ranks import TIE_RULE
from recommender.report.summaries import depends_on_seed, mean_calibration_error

FORMAT: Final = 2
"""Raised when a run written before could not be read any more."""
COSTS: Final = ("fit_seconds", "score_seconds", "peak_mib", "curve", "finished", "minutes", "over_budget_minutes")
"""Keys that differ from run to run; all else is the same for equal data, settings, code and seed."""


def as_plain(findings: Findings) -> dict[str, Any]:
    """Return all figures; per model, seed and slice the metrics with intervals, costs and hashes."""
    test = findings.test
    plain = {
        "format": FORMAT,
        "dataset": findings.dataset.name,
        "task": _task(findings.dataset.spec),
        "main": findings.main,
        "metrics": list(test.metrics),
        "hashes": dict(findings.hashes),
        "settings": config_of(findings.settings),
        "seeds": list(findings.seeds),
        "windows": {"valid": config_of(findings.valid_facts), "test": config_of(test.questions.facts)},
        "rules": {"ties": TIE_RULE, "candidates": "full ranking, none sampled"},
        "slices": {name: len(groups) for name, groups in test.groups.items()},
        "finished": findings.finished,
        "minutes": findings.minutes,
        "only": findings.only,
        "over_budget_minutes": findings.over_budget(),
        "best_simple": findings.best_simple,
        "models": _models(test, findings.seeds),
        "failed": {name: why.en for name, why in test.failures.items()},
        "failed_asked": [row.name for row in test.failed if row.contender.asked],
        "against_best_simple": _together(findings.against_best()),
        "asked_in_detail": [asdict(each) for each in findings.asked_in_detail()],
        "gains": {name: asdict(each) for name, each in findings.gains().items()},
        "cold_against_content": [{"kind": kind} | asdict(each) for kind, each in findings.cold()],
        "unseen_queries": None if findings.hidden is None else _hidden(findings.hidden, findings.seeds[:1]),
        "unseen_queries_note": "" if findings.hidden_note is None else findings.hidden_note.en,
        "quarantined_rows": len(findings.dataset.quarantine),
        "notes": [note.en for note in findings.notes],
    }
    # What follows the hash is in no figure, so that the hash is that of runs which did not say it.
    korean = {name: why.ko for name, why in test.failures.items()}
    said = {name: note.en for name, note in findings.model_notes.items()}
    return plain | {"figures_hash": hash_of(without_costs(plain)), "failed_ko": korean, "model_notes": said}


def without_costs(value: Any) -> Any:
    """Return plain values without what differs from run to run."""
    if isinstance(value, Mapping):
        return {key: without_costs(each) for key, each in value.items() if key not in COSTS}
    return [without_costs(each) for each in value] if isinstance(value, list | tuple) else value


def to_text(plain: Mapping[str, Any]) -> str:
    """Return JSON text, one space a level, Korean as Korean; NaN never stands in it."""
    return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _task(spec: Spec) -> dict[str, Any]:
    """Return what the folder asks, with the refit that is done."""
    asked = spec.model_dump(mode="json", by_alias=True)
    asked["split"]["refit"] = spec.refit
    return asked


def _models(window: WindowFigures, seeds: Sequence[int]) -> dict[str, Any]:
    return {each.name: _model(each, seeds) for each in window.models}


def _hidden(window: WindowFigures, seeds: Sequence[int]) -> dict[str, Any]:
    return {"window": config_of(window.questions.facts), "models": _models(window, seeds)}


def _model(figures: ModelFigures, seeds: Sequence[int]) -> dict[str, Any]:
    row = figures.row
    outcomes = row.outcomes
    return {
        "role": str(row.contender.role),
        "asked": row.contender.asked,
        "config": row.config,
        "config_hash": hash_of(row.config),
        "tried": [
            {"config": each.config, "valid": dict(each.valid), "standard_errors_behind": each.behind}
            for each in row.tried
        ],
        "chosen": row.chosen,
        "depends_on_seed": depends_on_seed(row, seeds),
        "slices": _slices(figures.slices),
        "spread": dict(figures.spread),
        "coverage": _mean([each.coverage for each in outcomes]),
        "gini": _mean([each.gini for each in outcomes]),
        "calibration_error": mean_calibration_error(row),
        "seeds": [
            {"seed": seed, "slices": _slices(slices)}
            | {"coverage": outcome.coverage, "gini": outcome.gini}
            | _cost(outcome.cost)
            for seed, slices, outcome in zip(row.seeds, figures.by_seed, outcomes, strict=True)
        ],
    }


def _together(found: Sequence[Comparison]) -> list[dict[str, Any]]:
    """Return comparisons that are read together, with the p-value that is corrected for their number."""
    corrected = holm([each.difference.p_value for each in found])
    return [asdict(each) | {"p_holm": p_value} for each, p_value in zip(found, corrected, strict=True)]


def _slices(slices: Mapping[str, Mapping[str, Interval]]) -> dict[str, Any]:
    return {name: {metric: asdict(each) for metric, each in metrics.items()} for name, metrics in slices.items()}


def _cost(cost: Cost) -> dict[str, Any]:
    return asdict(cost) | {"curve": [list(point) for point in cost.curve]}


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
