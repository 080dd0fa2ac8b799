"""Which texts find the field of a patent: ``python -m benchmarks.field_words --home dure-data``.

A researcher is known by the names of its fields. For each real patent of the home's snapshot the fields of all patents
are ranked by nearness of its title, as a request is compared, to their names, and to the titles of the other patents in
each (the nearest counts; a field without any other comes last). Prints the mean average precision.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from graph_schema.catalog import relation_type
from recommender.measure.arrays import Flags, Floats
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from recommender.text.encoder import load_encoder
from stores.home import Home

SHARES = (0.1, 0.25, 0.4)
"""What the name counts beside the titles; without a title it counts alone."""


def fields_of(snapshot: Snapshot) -> tuple[list[str], list[str], Flags]:
    """Return titles of the patents (P,) and names of the fields (F,) of those that have both; which go together."""
    links = snapshot.edges(relation_type("Technology", "IN_FIELD", "TechField"))
    patents, of = np.unique(links.src, return_inverse=True)
    fields, at = np.unique(links.dst, return_inverse=True)
    titles = snapshot.nodes("Technology").column("title").take(patents.tolist()).to_pylist()
    names = snapshot.nodes("TechField").column("name").take(fields.tolist()).to_pylist()
    joined = np.zeros((len(patents), len(fields)), dtype=bool)
    joined[of, at] = True
    return titles, names, joined


def average_precision(scores: Floats, right: Flags) -> float:
    """Mean over rows of the average precision, both (P, F)."""
    ordered = np.take_along_axis(right, np.argsort(-scores, axis=1, kind="stable"), axis=1)
    precision = ordered.cumsum(axis=1) / np.arange(1, ordered.shape[1] + 1)
    return float(((precision * ordered).sum(axis=1) / ordered.sum(axis=1)).mean())


def by_other_patents(near: Floats, joined: Flags) -> Floats:
    """Nearness of each patent to each field by the nearest other one in it, (P, F); ``near`` is (P, P)."""
    others = near.astype(np.float64)
    np.fill_diagonal(others, -np.inf)
    return np.column_stack([others[:, field].max(axis=1) for field in joined.T])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"))
    home = Home(parser.parse_args().home)
    titles, names, joined = fields_of(open_snapshot(home.snapshots))
    encoder = load_encoder(cache=home.text_vectors)
    asked = encoder.encode(titles, "query")
    rows = {"name of the field": asked @ encoder.encode(names, "passage").T}
    named = rows["name of the field"]
    nearest = rows["nearest title of another"] = by_other_patents(asked @ encoder.encode(titles, "passage").T, joined)
    for share in SHARES:
        rows[f"both, {share:.0%} the name"] = np.where(
            np.isfinite(nearest), share * named + (1 - share) * nearest, named
        )
    print(f"{len(titles):,} patents, {len(names)} fields; mean average precision of the field by its")
    for name, scores in rows.items():
        print(f"  {name:<32} {average_precision(scores, joined):.3f}")


if __name__ == "__main__":
    main()
