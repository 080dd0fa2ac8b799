"""Scores the joining of organisations against pairs that were labelled by hand.

``python -m benchmarks.resolution.score --half dev`` loads the real files beside the project into an embedded store by
their loaders, applies what ``dure resolve`` proposes, and compares. Goals: precision at least .99, recall at least .90.
``held``, ``second``, ``third`` and ``fourth`` are looked at once, when all is settled; for the last two the names of
``names.csv`` are loaded too, each as the body that runs a notice of no further words. With ``--no-numbers``
corporations come without their corporate number, so that names and evidence alone count.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.resolution.rows import FILES, LABELS, SHARED, table
from benchmarks.resolution.third import AUTUMN, read_names
from graph_schema.model import NodeRef
from loaders import regions
from loaders.frame import load
from loaders.names import company_ref, institution_ref, organisation_ref
from loaders.registry import find_source
from loaders.resolve.decisions import Proposal, apply, pair_of, propose
from loaders.samples import FOLDER
from recommender.measure.wilson import wilson_interval
from stores.base import GraphStore
from stores.embedded import EmbeddedStore
from stores.one_node import OneNode

_SOURCES: Final = {"patents": "kipris", "notices": "bizinfo", "notices-2026": "bizinfo", "ventures": "ventures"}


class LabelledPair(NamedTuple):
    """A labelled pair: what it is called, its nodes, and whether they are one organisation (None: rows do not tell)."""

    stratum: str
    text: str
    nodes: tuple[NodeRef, NodeRef]
    refused: bool
    """Both rows are of one list and give one node, so that the list's second row waits in quarantine."""
    same: bool | None


class PairOutcome(NamedTuple):
    """What became of a labelled pair."""

    label: LabelledPair
    joined: bool
    asked: bool


@contextmanager
def loaded(*, numbers: bool, half: str = "") -> Iterator[GraphStore]:
    """Lend a store with the real files, and with the names of the third and fourth series where these are scored."""
    with tempfile.TemporaryDirectory() as folder:
        corporations = Path(folder) / "corporations.csv"
        with corporations.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("name", "business_number", "corporate_number"))
            for row in table("corporations"):
                known = numbers and row["corp_no"].strip("0")
                lines.writerow((row["company_name"], row["biz_no"], row["corp_no"] if known else ""))
        named = Path(folder) / "named.csv"
        with named.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("pblancId", "pblancNm", "excInsttNm"))
            lines.writerows(
                (f"PBLN_{at:015d}", "공고", each.name)
                for at, each in enumerate(read_names())
                if half == "fourth" or each.file != AUTUMN
            )
        files = [("regions", FOLDER / "regions.csv"), ("ksic11", FOLDER / "ksic11_tree.csv")]
        files += [(source, SHARED / FILES[name]) for name, source in _SOURCES.items()]
        files += [("bizinfo", named)] * (half in ("third", "fourth"))
        with EmbeddedStore(Path(folder) / "graph.duckdb") as store:
            store.migrate()
            for name, path in [*files, ("companies", corporations)]:
                load(find_source(name), [path], store, quarantine_dir=Path(folder) / "quarantine")
            yield store


def read_labels(half: str) -> list[LabelledPair]:
    """Return the labelled pairs of a half with the nodes that their loaders make."""
    ventures, corporations = table("ventures"), table("corporations")

    def node(file: str, row: str, name: str) -> NodeRef:
        if file == "corporations":
            found = corporations[int(row) - 2]
            return company_ref(found["company_name"], found["biz_no"])
        if file == "ventures":
            found = ventures[int(row) - 2]
            place = regions.find(found["간략주소"] or "") or regions.find(found["지역"] or "")
            return company_ref(found["업체명"], place=place and (regions.city(place) or place))
        return organisation_ref(name) if file == "patents" else institution_ref(name)

    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    labels = []
    for row in rows:
        nodes = tuple(node(*(row[f"{key}_{side}"] for key in ("file", "row", "name"))) for side in (1, 2))
        text = " | ".join(row[f"name_{side}"] or f"{row[f'file_{side}']} {row[f'row_{side}']}" for side in (1, 2))
        one_list = row["file_1"] == row["file_2"] == "ventures"
        same = {"yes": True, "no": False}.get(row["same"])
        labels.append(LabelledPair(row["stratum"], text, (nodes[0], nodes[1]), one_list and nodes[0] == nodes[1], same))
    return labels


def outcomes(store: GraphStore, proposals: list[Proposal], labels: list[LabelledPair]) -> list[PairOutcome]:
    """Tell for each pair whether the snapshot would hold one node, and whether a person would be asked."""
    kept = OneNode(store).kept
    asked = {pair_of(each.member.ref, each.stays.ref) for each in proposals if not each.same}

    def stands_at(ref: NodeRef) -> NodeRef:
        return NodeRef(ref.label, kept[ref.label].get(ref.id, ref.id))

    found = []
    for label in labels:
        one, other = label.nodes
        joined = not label.refused and stands_at(one) == stands_at(other)
        pair = one.label == other.label and one != other and pair_of(one, other) in asked
        found.append(PairOutcome(label, joined, pair))
    return found


def main() -> None:
    """Print precision and recall with their 95 % intervals, the counts of each kind of pair, and each mistake."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("dev", "held", "second", "third", "fourth"), default="dev")
    parser.add_argument("--no-numbers", action="store_true")
    options = parser.parse_args()
    with loaded(numbers=not options.no_numbers, half=options.half) as store:
        proposals = propose(store)
        applied = apply(store, proposals, datetime.now(UTC))
        found = outcomes(store, proposals, read_labels(options.half))
    asked = len(proposals) - applied.joined
    print(f"{options.half}: {len(found)} pairs; in the whole graph {applied.joined:,} joined, {asked:,} to ask")
    judged = [each for each in found if each.label.same is not None]
    right = sum(bool(each.joined and each.label.same) for each in judged)
    _print_share("precision", right, sum(each.joined for each in judged))
    _print_share("recall", right, sum(bool(each.label.same) for each in judged))
    _print_strata(found)
    for each in found:
        if each.label.same is not None and each.joined != each.label.same:
            print(f"{'WRONG' if each.joined else 'missed, asked' if each.asked else 'missed'}: {each.label.text}")


def _print_share(name: str, part: int, whole: int) -> None:
    low, high = wilson_interval(part, whole)
    print(f"{name} {part}/{whole} = {part / max(whole, 1):.3f} ({low:.3f} to {high:.3f})")


def _print_strata(found: list[PairOutcome]) -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        truth = {True: "one", False: "two", None: "untold"}[each.label.same]
        counts[each.label.stratum][f"{truth}, {'joined' if each.joined else 'asked' if each.asked else 'apart'}"] += 1
    for stratum, counted in counts.items():
        print(f"  {stratum:18} {'  '.join(f'{name} {count}' for name, count in sorted(counted.items()))}")


if __name__ == "__main__":
    main()
