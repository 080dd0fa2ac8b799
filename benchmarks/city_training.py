"""Training on the wide graph of a city: precomputed propagation against HeteroConv over the whole graph.

``python -m benchmarks.city_training --out DIR`` trains both on one task with the same batches, and writes
``city-training.json`` and ``city-training.svg``: quality over seconds and over steps, seconds a step, peak memory. What
is finished is kept in DIR and not done again.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.city_graph import CityGraph, make_city
from benchmarks.city_learners import Learner, make_learner
from benchmarks.city_parts import Clock, Part, finished, keep, parts_named, peak_mib
from benchmarks.city_pictures import training_picture
from benchmarks.city_task import KNOWN_UNTIL, LEARNT_UNTIL, CityTask, make_task
from recommender.knowledge.device import DEVICES, resolve_device

QUICK = 300
MAIN = "ndcg@10"
_TIMED_STEPS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is not there yet, then write the summary and the picture."""
    options = _parser().parse_args(arguments)
    if options.part:
        for part in parts_named([options.part]):
            keep(part, learn(part), options.out)
        return
    found = [finished(part, "benchmarks.city_training", options.out) for part in _parts(options)]
    curves = [each for each in found if each["kind"].endswith("curve")]
    speed = _speed(found)
    summary = {"parts": found, "speed": speed}
    (options.out / "city-training.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    training_picture(curves, options.out / "city-training.svg")
    for each in found:
        print(_line(each))
    for threads, ratio in speed.items():
        print(f"steps a second, propagation / HeteroConv, {threads}: {ratio}")


def learn(part: Part) -> dict[str, Any]:
    """Train as a part says; seconds of evaluation are not counted."""
    torch.set_num_threads(part.threads)
    city = make_city(part.companies, part.seed)
    task = make_task(city, part.seed)
    base = peak_mib()
    learner = make_learner(task, part)
    if not part.evaluations:
        learner.trainer.step()  # the first step of a process also makes its buffers, which no later one does
    points, test, clock = _curve(learner, task, part)
    return {
        **_sizes(city),
        "prepare": learner.prepared.rounded(),
        "training": clock.rounded(),
        "seconds_a_step": round(clock.seconds / part.steps, 4),
        "cpu_seconds_a_step": round(clock.cpu / part.steps, 4),
        "base_mib": base,
        "peak_mib": peak_mib(),
        "points": points,
        "test": test,
    }


def _curve(learner: Learner, task: CityTask, part: Part) -> tuple[list[dict[str, Any]], dict[str, float], Clock]:
    """Return valid quality on the way; test quality, looked at once, of the weights that were best on valid."""
    points: list[dict[str, Any]] = []
    best, weights, clock = -1.0, copy.deepcopy(learner.model.state_dict()), Clock()
    every = max(part.steps // part.evaluations, 1) if part.evaluations else part.steps + 1
    for step in range(1, part.steps + 1):
        with clock:
            loss = learner.trainer.step()
        if part.evaluations and (step % every == 0 or step == part.steps):
            valid = learner.quality(task.valid)
            spent = {
                name: round(value + getattr(learner.prepared, attribute), 2)
                for name, value, attribute in (("seconds", clock.seconds, "seconds"), ("cpu_seconds", clock.cpu, "cpu"))
            }
            points.append({"step": step, **spent, "loss": round(loss, 4), **valid})
            print(f"  {step} {spent} {loss:.3f} {valid[MAIN]:.4f}", flush=True)
            if valid[MAIN] > best:
                best, weights = valid[MAIN], copy.deepcopy(learner.model.state_dict())
    if not points:
        return points, {}, clock
    learner.model.load_state_dict(weights)
    return points, learner.quality(task.test), clock


def _sizes(city: CityGraph) -> dict[str, int]:
    return {
        "relationships_seen": city.relationships(KNOWN_UNTIL),
        "relationships_at_valid": city.relationships(LEARNT_UNTIL),
        "relationships": city.relationships(),
        "nodes": sum(map(len, city.texts.values())),
    }


def _parts(options: argparse.Namespace) -> list[Part]:
    companies, device = QUICK if options.quick else options.companies, resolve_device(options.device).type
    steps = (6, 2) if options.quick else (options.steps, options.heteroconv_steps)
    evaluations = 2 if options.quick else 5
    ours = Part("propagation-curve", companies, steps[0], options.seed, 1, device, evaluations)
    same = Part("propagation-same-steps-curve", companies, steps[1], options.seed, 1, device, evaluations)
    theirs = Part("heteroconv-curve", companies, steps[1], options.seed, 1, device, evaluations)
    timed = [
        Part(f"{kind}-timing", companies, _TIMED_STEPS, options.seed, options.threads, device)
        for kind in ("propagation", "heteroconv", "heteroconv-products")
    ]
    return [theirs, same, ours, *timed]


def _speed(found: Sequence[dict[str, Any]]) -> dict[str, float]:
    """How many steps precomputed propagation takes in the time of one of HeteroConv."""
    seconds = {each["kind"]: each["seconds_a_step"] for each in found}
    busy = {each["kind"]: each["cpu_seconds_a_step"] for each in found}
    return {
        "wall clock, timing": round(seconds["heteroconv-timing"] / seconds["propagation-timing"], 1),
        "processor time, timing": round(busy["heteroconv-timing"] / busy["propagation-timing"], 1),
        "processor time, curves": round(busy["heteroconv-curve"] / busy["propagation-curve"], 1),
    }


def _line(each: dict[str, Any]) -> str:
    test = f", test {MAIN} {each['test'][MAIN]:.4f}" if each["test"] else ""
    return (
        f"{each['kind']:30} {each['threads']} thread(s): {each['seconds_a_step']:.3f} s a step "
        f"({each['cpu_seconds_a_step']:.3f} s of processor time), before it {each['prepare']['seconds']:.1f} s, "
        f"peak {each['peak_mib']:.0f} MiB{test}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=300, help="steps of precomputed propagation")
    parser.add_argument("--heteroconv-steps", type=int, default=240, help="steps of HeteroConv, 7 to 14 s each")
    parser.add_argument("--threads", type=int, default=2, help="threads of the timings; curves are drawn with one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--quick", action="store_true", help=f"a city of {QUICK} companies, in seconds")
    parser.add_argument("--out", type=Path, default=Path("dure-data/reports/city-training"))
    parser.add_argument("--part", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
