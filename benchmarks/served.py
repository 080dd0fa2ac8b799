"""How well what ``dure train`` trains does on public sets: ``python -m benchmarks.served``.

The row ``served`` of the bench, in the size that serves, beside the simple model that did best on *test* in the runs of
``python -m benchmarks.all_figures``, each tuned on valid; test is looked at once with each seed. That command makes the
folders of sets and the vectors of their texts; what is finished is kept and not done again. What is found goes into
``docs/benchmarks.md``, beside what the engine of the bench has in the first table of that page.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.figures.page import BEGIN, END, write_between
from benchmarks.figures.sets import SEEDS
from benchmarks.figures.tables import NOT_MEASURED, interval, markdown_table, vars_of
from recommender.bench.catalogue import ModelChoice
from recommender.bench.figures import ModelFigures
from recommender.bench.findings import Findings
from recommender.bench.model_names import SERVED
from recommender.lab.experiment import Experiment, Request

BEST_SIMPLE: Final = {
    "miyagi-programmes-no-farm": "adamic-adar",
    "slovenia-organisations": "content-knn",
    "slovenia-calls": "content-knn",
    "miyagi-programmes": "item-knn",
    "thueringen-measures": "simple-blend",
    "thueringen-companies": "simple-blend",
    "sbir-agency": "ease",
}
"""By set, the hardest of all simple models to beat on test, as ``docs/benchmarks.md`` has it; small sets first."""
MARKERS: Final = (
    "<!-- served: what stands between these two lines is written by `python -m benchmarks.served` -->",
    "<!-- end of served -->",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all sets and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dure-data/bench"), help="folder with sets and text vectors")
    parser.add_argument("--sets", nargs="+", default=tuple(BEST_SIMPLE), choices=BEST_SIMPLE, metavar="NAME")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--page", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args(arguments)
    of_engine = engine_ratios(options.page)
    found = []
    for name in options.sets:
        request = Request(
            options.out / "sets" / name,
            options.out / "served" / name,
            ModelChoice((SERVED, BEST_SIMPLE[name]), only=True),
            seeds=options.seeds,
            device="cpu",
            text_cache=options.out / "text-vectors.sqlite",
            hide_queries=False,
        )
        found.append(Experiment(request).run())
        print("\n".join(served_rows_table(found[-1:], of_engine)[2:]), flush=True)
    write_between(MARKERS, options.page, "# Benchmarks", [*served_rows_table(found, of_engine), ""])


def engine_ratios(page: Path) -> dict[str, str]:
    """Return by set what the page says of the engine of the bench over the best simple model."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    parts = text[text.find(BEGIN) : text.find(END)].split("\n\n")
    table = next((part for part in parts if part.startswith("| set ")), "")  # the first of the page
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:]]
    return {row[1].strip("`"): row[5] for row in rows}


def served_rows_table(found: Sequence[Findings], of_engine: Mapping[str, str]) -> list[str]:
    """Tabulate what is trained to serve over the best simple model, beside the engine of the bench over it."""
    header = (
        "set",
        "metric",
        "best simple",
        "`served`, ± over seeds",
        "`served` / best simple",
        "engine / best simple",
    )
    return markdown_table(header, [(*_line(each), of_engine.get(each.dataset.name, NOT_MEASURED)) for each in found])


def _line(found: Findings) -> Sequence[str]:
    best, served = found.best_simple or "", found.test.model(SERVED)
    simple, spread = _mean(found, found.test.model(best)), served.spread[found.main] if served else 0.0
    compared = found.test.compare(SERVED, best, "all", found.main)
    times = None if compared is None or compared.ratio is None else vars_of(compared.ratio)
    ratio = NOT_MEASURED if times is None else f"{interval(times, '.3f')} ×"
    return (f"`{found.dataset.name}`", found.main, f"{best} {simple}", f"{_mean(found, served)} ± {spread:.4f}", ratio)


def _mean(found: Findings, model: ModelFigures | None) -> str:
    return NOT_MEASURED if model is None else interval(vars_of(model.slices["all"][found.main]))


if __name__ == "__main__":
    main()
