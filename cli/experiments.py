"""How an experiment is run and shown on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.output import counted, progress_shown, say, say_json, say_table

if TYPE_CHECKING:
    from recommender.bench.findings import Findings
    from recommender.lab.experiment import Request

_OTHERS: Final = {
    "the engine with its controls": {"engine", "control"},
    "the pretrained network": {"pretrained"},
}
"""What rows that are no simple models are, by their roles: a row's value of ``Role``."""


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
        roles = {str(each.role) for each in experiment.contenders}
        others = [words for words, of in _OTHERS.items() if roles & of]
        parts = [f"{_minutes(expected.simple_minutes)} for simple models"] if "simple" in roles else []
        if others:
            parts.append(f"{_minutes(expected.engine_minutes)} for {' and '.join(others)}")
        apart = f" ({', '.join(parts)})" if expected.minutes >= 1 else ""
        say(
            f"estimate: {_minutes(expected.minutes)}{apart}, "
            f"{expected.memory_mib / 1024:.1f} GiB of memory; what is finished already is kept"
        )
        left_out = len(experiment.dataset.quarantine)
        if left_out:
            say(f"{counted(left_out, 'row was', 'rows were')} left out, see {request.out / 'quarantine.csv'}")
        for note in experiment.dataset.notes:
            say(f"note: {note}")
    with progress_shown(quiet=quiet) as progress:
        return experiment.run(progress)


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
