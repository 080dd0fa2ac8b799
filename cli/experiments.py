"""How an experiment is run and shown on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import counted, progress_shown, say, say_json, say_table

if TYPE_CHECKING:
    from recommender.bench.findings import Findings
    from recommender.lab.experiment import Experiment, Request


def run_and_show(request: Request, *, json: bool) -> None:
    """Run an experiment and print what it found, as JSON alone where that is asked for."""
    findings = _run(request, quiet=json)
    if json:
        from recommender.report.plain import as_plain

        say_json(as_plain(findings))
        return
    _show(findings, request.out)


def _run(request: Request, *, quiet: bool) -> Findings:
    from recommender.lab.experiment import Experiment

    with progress_shown(quiet=quiet) as progress:
        experiment = Experiment(request, progress)
    if not quiet:
        expected = experiment.estimate
        models = counted(len(experiment.contenders), "model", "models")
        say(
            f"{experiment.dataset.name}: {expected.queries:,} queries, {expected.candidates:,} candidates, "
            f"{expected.edges:,} edges; {models}, {counted(expected.fits, 'fit', 'fits')}"
        )
        parts = [f"{_minutes(expected.simple_minutes)} for simple models"] if _has(experiment, simple=True) else []
        if _has(experiment, simple=False):
            parts.append(f"{_minutes(expected.engine_minutes)} for the engine and its controls")
        say(
            f"estimate: {_minutes(expected.minutes)} at most ({', '.join(parts)}), "
            f"{expected.memory_mib / 1024:.1f} GiB of memory; what is finished already is kept"
        )
        left_out = len(experiment.dataset.quarantine)
        if left_out:
            say(f"{counted(left_out, 'row was', 'rows were')} left out, see {request.out / 'quarantine.csv'}")
        for note in experiment.dataset.notes:
            say(f"note: {note}")
    with progress_shown(quiet=quiet) as progress:
        return experiment.run(progress)


def _has(experiment: Experiment, *, simple: bool) -> bool:
    """Tell whether a run has rows of simple models, or of others."""
    return any((each.role == "simple") is simple for each in experiment.contenders)


def _minutes(minutes: float) -> str:
    return "under a minute" if minutes < 1 else f"about {minutes:.0f} min"


def _show(findings: Findings, out: Path) -> None:
    from recommender.report.tables import main_table
    from recommender.report.words import verdicts

    table = main_table(findings)
    say_table(f"{findings.dataset.name} · {findings.main}", table.header, table.rows)
    found = verdicts(findings)
    for line in [*(each.ko for each in found), *(each.en for each in found)]:
        say(f"  {line}")
    say(f"report: {out / 'report.html'} and {out / 'report.md'}; figures: {out / 'metrics.json'}")
