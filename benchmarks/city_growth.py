"""How time and memory of training grow with the city: 25,000, 100,000 and 400,000 companies.

``python -m benchmarks.city_growth --out DIR`` builds, propagates, trains as many steps for each relationship, and
ranks all companies for 2,000 askers; each size in a process of its own. Writes ``city-growth.json`` and
``city-growth.svg`` with the slopes in log-log, 1 is linear. Sizes that are finished are kept in DIR and not done again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.city_graph import COMPANY, make_city
from benchmarks.city_learners import DIMENSION
from benchmarks.city_parts import Clock, Part, finished, keep, parts_named, peak_mib
from benchmarks.city_pictures import growth_picture
from benchmarks.city_task import KNOWN_UNTIL, make_task
from benchmarks.propagation.model import ModelShape, TokenPairs
from benchmarks.propagation.tokens import Propagation
from benchmarks.propagation.training import PairSettings, PairTrainer
from recommender.knowledge.device import DEVICES, resolve_device

SIZES = (25_000, 100_000, 400_000)
_COMPANIES_PER_STEP = 2_500
_STAGES = ("build", "precompute", "train", "precompute again", "score")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sizes that are not there yet, then write the slopes and the picture."""
    options = _parser().parse_args(arguments)
    if options.part:
        for part in parts_named([options.part]):
            keep(part, grow(part), options.out)
        return
    companies = (500, 1_000) if options.quick else tuple(options.companies)
    device = resolve_device(options.device).type
    parts = [
        Part("growth", n, max(n // _COMPANIES_PER_STEP, 2), options.seed, options.threads, device) for n in companies
    ]
    sizes = [finished(part, "benchmarks.city_growth", options.out) for part in parts]
    slopes = _slopes(sizes)
    (options.out / "city-growth.json").write_text(json.dumps({"slopes": slopes, "sizes": sizes}, indent=1) + "\n")
    growth_picture(sizes, slopes, options.out / "city-growth.svg")
    for size in sizes:
        spent = ", ".join(f"{name} {of['cpu_seconds']:.1f}" for name, of in size["stages"].items())
        print(f"{size['companies']:,} companies: {spent} s of processor time; peak {size['peak_mib']:.0f} MiB")
    print("slopes: " + ", ".join(f"{name} {slope:.2f}" for name, slope in slopes.items()))


def grow(part: Part) -> dict[str, Any]:
    """Do everything at one size."""
    torch.set_num_threads(part.threads)
    base, device = peak_mib(), resolve_device(part.device)
    clocks = {name: Clock() for name in _STAGES}
    with clocks["build"]:
        city = make_city(part.companies, part.seed)
        task = make_task(city, part.seed)
    torch.manual_seed(part.seed)
    with clocks["precompute"]:
        propagation = Propagation.fit(task.seen, DIMENSION, np.random.default_rng(part.seed))
        tokens = propagation.tokens(propagation.spread(task.seen), COMPANY)
    model = TokenPairs(tokens, tokens, ModelShape(), torch.bfloat16).to(device)
    del tokens
    trainer = PairTrainer(PairSettings(steps=part.steps, seed=part.seed), model, task.pairs, device)
    with clocks["train"]:
        for _ in range(part.steps):
            trainer.step()
    model.forget()
    with clocks["precompute again"]:
        now = propagation.tokens(propagation.spread(task.now), COMPANY)
    with clocks["score"]:
        quality = task.valid.quality(model.ask(now[task.valid.askers]), *model.answer(now))
    stages = {name: clock.rounded() for name, clock in clocks.items()}
    total = {name: round(sum(of[name] for of in stages.values()), 3) for name in ("seconds", "cpu_seconds")}
    return {
        "relationships_seen": city.relationships(KNOWN_UNTIL),
        "relationships": city.relationships(),
        "stages": stages | {"total": total},
        "peak_mib": peak_mib(),
        "above_base_mib": round(peak_mib() - base, 1),
        "valid": quality,
    }


def _slopes(sizes: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Slopes of the logarithms over those of the number of companies, by least squares.

    A stage too short for the clock at any size has none.
    """
    figures = {name: [size["stages"][name]["cpu_seconds"] for size in sizes] for name in (*_STAGES, "total")}
    figures |= {name: [size[name] for size in sizes] for name in ("peak_mib", "above_base_mib")}
    companies = np.log([size["companies"] for size in sizes])
    measured = {name: of for name, of in figures.items() if min(of) > 0}
    return {name: round(float(np.polyfit(companies, np.log(of), 1)[0]), 3) for name, of in measured.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, nargs="+", default=SIZES)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--quick", action="store_true", help="two small cities, in seconds")
    parser.add_argument("--out", type=Path, default=Path("dure-data/reports/city-growth"))
    parser.add_argument("--part", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
