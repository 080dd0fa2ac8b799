"""How well requests in words find the notices that answer them: ``python -m benchmarks.requests --home dure-data``.

Asks the promoted model of a demonstration for programmes on 2 March 2026, as a company that only its words describe,
with labelled requests (``tests/recommender/serve/requests.jsonl``): each has the notices, real ones that are open that
day, that a coordinator would show for it, judged from their titles. Prints for each part the mean average precision
over the first hundred results, the share of right ones among the first five (of as many as there are) and the mean
reciprocal rank, with 95 % intervals over resampled requests. ``--wrong`` lists the first five of each request.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender

REQUESTS: Final = Path("tests/recommender/serve/requests.jsonl")
PARTS: Final = ("dev", "first", "second")
"""For development: written beside the ranking (``dev``), and a series by somebody who knew nothing of it (``first``),
scored once before it was developed on; ``second`` is a third person's, labelled before it was scored, once."""
DAY: Final = date(2026, 3, 2)
"""The demonstration's day."""
_LISTED: Final = 100
"""Results asked for, the most that there are."""
_SHOWN: Final = 5
_RESAMPLED: Final = 2_000


def requests(path: Path = REQUESTS) -> list[Mapping[str, Any]]:
    """Read labelled requests: ``part``, ``text``, and ``relevant``, ids of programmes."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def judged(ranked: Sequence[str], relevant: Sequence[str]) -> tuple[float, float, float]:
    """Average precision, share of right ones among the first five and reciprocal rank of one list."""
    right = np.isin(ranked, relevant)
    places = np.flatnonzero(right) + 1
    precision = float((np.arange(1, len(places) + 1) / places).sum() / len(relevant))
    among = float(right[:_SHOWN].sum() / min(_SHOWN, len(relevant)))
    return precision, among, float(1 / places[0]) if len(places) else 0.0


def answer(recommender: Recommender, text: str) -> list[tuple[str, str]]:
    """Ids and captions of the programmes that a company described by ``text`` is recommended, best first."""
    profile, _ = read_profile({"text": text}, recommender.snapshot, today=DAY)
    found = recommender.recommend("programs", profile, n=_LISTED, as_of=DAY).recommendations
    return [(each.ref.id, each.caption) for each in found]


def _interval(values: Sequence[float]) -> str:
    """Mean and 95 % interval over resampled values."""
    drawn = np.random.default_rng(0).integers(0, len(values), (_RESAMPLED, len(values)))
    low, high = np.percentile(np.array(values)[drawn].mean(axis=1), [2.5, 97.5])
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Score the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="home of a demonstration")
    parser.add_argument("--part", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--wrong", action="store_true", help="list the first five results of each request")
    options = parser.parse_args()
    recommender = open_recommender(options.home)
    for part in options.part:
        scores = []
        for row in (row for row in requests() if row["part"] == part):
            found = answer(recommender, row["text"])
            scores.append(judged([id_ for id_, _ in found], row["relevant"]))
            if options.wrong:
                print(f"{scores[-1][0]:.2f} {row['text']}")
                for id_, caption in found[:_SHOWN]:
                    print(f"     {'*' if id_ in row['relevant'] else ' '} {caption}")
        precision, among, rank = map(_interval, zip(*scores, strict=True))
        print(f"{part}: {len(scores)} requests, average precision {precision}, of five {among}, reciprocal rank {rank}")


if __name__ == "__main__":
    main()
