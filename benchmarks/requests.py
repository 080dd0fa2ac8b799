"""How well requests in words find what answers them: ``python -m benchmarks.requests --home dure-data``.

Asks the promoted model of a demonstration on 2 March 2026, as a company that only its words describe, with labelled
requests. For programmes (``tests/recommender/serve/requests.jsonl``) right are the notices, real ones that are open
that day, that a coordinator would show, judged from their titles. For experts (``expert_requests.jsonl`` beside it)
right is who has one of the professions or fields that a coordinator would accept; the experts are made up, the fields
of their headlines are what is matched. Prints for each part the mean average precision over the first hundred results,
the share of right ones among the first five (of as many as there are) and the mean reciprocal rank, with 95 % intervals
over resampled requests. ``--wrong`` lists the first five of each request.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender

_FOLDER: Final = Path("tests/recommender/serve")
REQUESTS: Final = {"programs": _FOLDER / "requests.jsonl", "experts": _FOLDER / "expert_requests.jsonl"}
"""Labelled requests by task."""
PARTS: Final = ("dev", "first", "second")
"""For development: written beside the ranking (``dev``), and a series by somebody who knew nothing of it (``first``),
scored once before it was developed on; ``second`` is another person's, labelled before it was scored, once."""
DAY: Final = date(2026, 3, 2)
"""The demonstration's day."""
_LISTED: Final = 100
"""Results asked for, the most that there are."""
_SHOWN: Final = 5
_TRADES: Final = re.compile(r"\s*\([^)]*\)\s*$")
"""Trades that an expert knows end its headline."""
_APART: Final = re.compile(r",\s*|·")
_RESAMPLED: Final = 2_000


def requests(task: str = "programs") -> list[Mapping[str, Any]]:
    """Read the labelled requests for a task: ``part``, ``text``, and what is right.

    That is ``relevant``, ids, or for experts ``professions`` and ``fields`` in Korean.
    """
    return [json.loads(line) for line in REQUESTS[task].read_text("utf-8").splitlines()]


def right_of(row: Mapping[str, Any], experts: Mapping[str, str]) -> list[str]:
    """Return the ids of the right ones; ``experts``: headlines by id."""
    if "relevant" in row:
        return list(row["relevant"])
    right = {*row["professions"], *row["fields"]}
    return [id_ for id_, headline in experts.items() if right & {*known_for(headline)}]


def known_for(headline: str) -> list[str]:
    """Profession and fields of an expert by its headline: ``세무사, 자금·세무 (외식)``."""
    return _APART.split(_TRADES.sub("", headline))


def judged(ranked: Sequence[str], relevant: Sequence[str]) -> tuple[float, float, float]:
    """Average precision, share of right ones among the first five and reciprocal rank of one list."""
    right = np.isin(ranked, relevant)
    places = np.flatnonzero(right) + 1
    precision = float((np.arange(1, len(places) + 1) / places).sum() / min(len(relevant), _LISTED))
    among = float(right[:_SHOWN].sum() / min(_SHOWN, len(relevant)))
    return precision, among, float(1 / places[0]) if len(places) else 0.0


def answer(recommender: Recommender, text: str, task: str) -> dict[str, str]:
    """Captions by id of what a company described by ``text`` is recommended, best first."""
    profile, _ = read_profile({"text": text}, recommender.snapshot, today=DAY)
    found = recommender.recommend(task, profile, n=_LISTED, as_of=DAY).recommendations
    return {each.ref.id: each.caption for each in found}


def interval_said(values: Sequence[float]) -> str:
    """Mean and 95 % interval over resampled values."""
    drawn = np.random.default_rng(0).integers(0, len(values), (_RESAMPLED, len(values)))
    low, high = np.percentile(np.array(values)[drawn].mean(axis=1), [2.5, 97.5])
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Score the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="home of a demonstration")
    parser.add_argument("--task", choices=sorted(REQUESTS), default="programs")
    parser.add_argument("--part", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--wrong", action="store_true", help="list the first five results of each request")
    options = parser.parse_args()
    recommender = open_recommender(options.home)
    experts = recommender.snapshot.nodes("Expert")
    headlines = dict(
        zip(recommender.snapshot.vocabulary("Expert").ids(), experts.column("headline").to_pylist(), strict=True)
    )
    for part in options.part:
        scores = []
        for row in (row for row in requests(options.task) if row["part"] == part):
            found, right = answer(recommender, row["text"], options.task), right_of(row, headlines)
            scores.append(judged([*found], right))
            if options.wrong:
                print(f"{scores[-1][0]:.2f} {row['text']}")
                for id_, caption in [*found.items()][:_SHOWN]:
                    print(f"     {'*' if id_ in right else ' '} {caption}")
        if scores:
            precision, among, rank = map(interval_said, zip(*scores, strict=True))
            figures = f"average precision {precision}, of five {among}, reciprocal rank {rank}"
            print(f"{part}: {len(scores)} requests, {figures}")


if __name__ == "__main__":
    main()
