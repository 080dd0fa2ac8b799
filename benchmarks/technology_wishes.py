"""How well wishes in words find technologies: ``python -m benchmarks.technology_wishes --home dure-data``.

Asks the promoted model of a demonstration on 2 March 2026, as a company that only its words describe, with the wishes
of ``tests/recommender/serve/technology_wishes.jsonl``. Right are the patents in the classes that a patent examiner
would accept for a wish; most are real (KIPRIS). Prints for each part the share of right ones among the first ten, of as
many as there are, with a 95 % interval over resampled wishes. ``--wrong`` lists the first five of each wish.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.requests import DAY, PARTS, interval_said
from graph_schema.catalog import relation_type
from recommender.serve.profile_reading import read_profile
from recommender.serve.recommender import Recommender, open_recommender
from recommender.snapshot.dated_facts import DatedFacts

WISHES: Final = Path("tests/recommender/serve/technology_wishes.jsonl")
"""A line each: ``part``, ``text`` and ``classes``, beginnings of classes of patents."""
_LISTED: Final = 10
_SHOWN: Final = 5
_PREFIX: Final = "ipc:"


def wishes() -> list[Mapping[str, Any]]:
    """Read the labelled wishes."""
    return [json.loads(line) for line in WISHES.read_text("utf-8").splitlines()]


def classes_of(recommender: Recommender, on: date) -> dict[str, list[str]]:
    """Return the classes of each technology by its id, as they were known on a day."""
    snapshot = recommender.snapshot
    links = DatedFacts(snapshot).links(relation_type("Technology", "IN_FIELD", "TechField"), on)
    fields = [id_.removeprefix(_PREFIX) for id_ in snapshot.vocabulary("TechField").ids()]
    ids = snapshot.vocabulary("Technology").ids()
    return {
        id_: [fields[at] for at in links.indices[links.indptr[row] : links.indptr[row + 1]]]
        for row, id_ in enumerate(ids)
    }


def right_of(wish: Mapping[str, Any], classes: Mapping[str, list[str]]) -> set[str]:
    """Return the ids of the technologies in a class that answers a wish."""
    return {id_ for id_, of in classes.items() if any(each.startswith(tuple(wish["classes"])) for each in of)}


def share_right(listed: list[str], right: set[str]) -> float | None:
    """Share of right ones among what is listed, of as many as there could be; None where there is none."""
    return sum(id_ in right for id_ in listed) / min(_LISTED, len(right)) if right else None


def main() -> None:
    """Ask all wishes and print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"))
    parser.add_argument("--part", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--wrong", action="store_true", help="list the first five of each wish")
    options = parser.parse_args()
    recommender = open_recommender(options.home)
    classes = classes_of(recommender, DAY)
    for part in options.part:
        shares = []
        for wish in (wish for wish in wishes() if wish["part"] == part):
            profile, _ = read_profile(wish["text"], recommender.snapshot, today=DAY)
            answer = recommender.recommend("technologies", profile, n=_LISTED, as_of=DAY).recommendations
            right = right_of(wish, classes)
            share = share_right([item.ref.id for item in answer], right)
            shares += [] if share is None else [share]
            if options.wrong:
                print("–" if share is None else f"{share:.2f}", wish["text"])
                for item in answer[:_SHOWN]:
                    print(f"     {'*' if item.ref.id in right else ' '} {recommender.snapshot.caption(item.ref)}")
        if shares:
            print(f"{part}: {len(shares)} wishes, of the first ten {interval_said(np.array(shares).tolist())}")


if __name__ == "__main__":
    main()
