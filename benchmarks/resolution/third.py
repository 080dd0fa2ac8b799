"""Pairs of organisations named by files that nobody here had labelled from: the third series and the fourth.

``python -m benchmarks.resolution.third --out pairs.csv`` draws them from ``names.csv``: the organisations that
announcements of K-Startup and notices of Bizinfo of March to August 2026 name, as three public repositories keep them
(gov-support-dashboard, kogi-grant-radar, kstartup-auto), without persons and what names no organisation. With
``--fourth`` they are those (``autumn``) that All-about-Korea-Startup-Information has besides, of K-Startup to October
2026. Each pair has at least one name of the series; the other may come from the series before, from the notices and
patents beside the project, or be a row of the lists of companies. Pairs that differ in blanks alone, and pairs that
are labelled, are left out. No rule here looks at what the resolver says.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.resolution.rows import COLUMNS, LABELS, SHARED, Named, Pools, alike, grouped, named_rows
from loaders import regions

NAMES: Final = Path(__file__).with_name("names.csv")
SEED: Final = 20261130
FOURTH_SEED: Final = 20261201
AUTUMN: Final = "autumn"
"""File of the names of the fourth series."""
COUNTS: Final = {"form": 80, "office": 30, "region": 30, "contained": 110, "company": 10, "alike": 50}
"""How many pairs are drawn of each kind; ``read`` pairs were added by reading all names: short and former names."""
_HEAD: Final = re.compile(r"(?:장|장관|이사장|센터장|원장|단장|대표이사)$")
_OFFICE: Final = re.compile(r"(?<=[시군구])청$")
_LEAST: Final = 0.87
_SHORT: Final = {
    "경상북도": "경북",
    "경상남도": "경남",
    "전라북도": "전북",
    "전북특별자치도": "전북",
    "전라남도": "전남",
    "충청북도": "충북",
    "충청남도": "충남",
    "강원특별자치도": "강원",
    "강원도": "강원",
    "제주특별자치도": "제주",
    "경기도": "경기",
    "특별자치시": "",
    "특별시": "",
    "광역시": "",
}


def read_names() -> list[Named]:
    """Return the organisations of ``names.csv``."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return [Named(row["file"], 0, row["name"]) for row in csv.DictReader(file)]


def find_pools(folder: Path = SHARED, *, fourth: bool = False) -> Pools:
    """Return, by stratum, the pairs that belong to it; a pair is of the first stratum that takes it."""
    listed = named_rows(folder)
    known = [row for row in listed if row.file in ("patents", "notices")]
    if fourth:
        known = sorted({row.name: row for row in [*read_names(), *known] if row.file != AUTUMN}.values())
    names = {row.name for row in known}
    fresh = [row for row in read_names() if row.name not in names and fourth == (row.file == AUTUMN)]
    rows = sorted(fresh + known)
    within: list[tuple[Named, Named]] = []
    near: list[tuple[Named, Named]] = []
    for pair in alike(rows, _LEAST):
        short, long = sorted(pair, key=lambda row: len(row.bare))
        (within if short.bare in long.bare else near).append(pair)
    companies = [row for row in listed if row.file in ("ventures", "corporations")]
    bare = {row.bare for row in fresh}
    found = {
        "form": grouped(rows, lambda row: row.bare),
        "office": grouped(rows, lambda row: _HEAD.sub("", row.bare)),
        "region": grouped(rows, _regional),
        "contained": [pair for pair in within if not any(regions.find(row.name) and _is_place(row) for row in pair)],
        "company": [
            pair
            for pair in grouped(fresh + [row for row in companies if row.bare in bare], lambda row: row.bare)
            if sum(row in companies for row in pair) == 1
        ],
        "alike": near,
    }
    return dict(_once(found, set(fresh), {"fourth"} if fourth else {"third", "fourth"}))


def _is_place(row: Named) -> bool:
    return re.fullmatch(r"\S+(?:도|특별시|광역시|특별자치시)", row.name) is not None


def _regional(row: Named) -> str:
    text = _OFFICE.sub("", row.bare)
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    return text


def _once(found: Pools, fresh: set[Named], series: set[str]) -> Iterator[tuple[str, Sequence[tuple[Named, Named]]]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        seen = {frozenset((row["name_1"], row["name_2"])) for row in csv.DictReader(file) if row["half"] not in series}
    for stratum, pairs in found.items():
        kept = []
        for pair in sorted(set(pairs)):
            key = frozenset(row.name for row in pair)
            if fresh.isdisjoint(pair) or len({"".join(name.split()) for name in key}) == 1 or key in seen:
                continue
            seen.add(key)
            kept.append(pair)
        yield stratum, kept


def draw(pools: Pools, *, fourth: bool = False) -> Iterator[tuple[str, Named, Named]]:
    """Yield (stratum, one, other), each pool shuffled by the seed."""
    rng = random.Random(FOURTH_SEED if fourth else SEED)  # noqa: S311 - a draw that can be repeated
    for stratum, count in COUNTS.items():
        pool = sorted(pools[stratum])
        rng.shuffle(pool)
        for one, other in pool[:count]:
            yield stratum, one, other


def write(pairs: Iterable[tuple[str, Named, Named]], series: str, path: Path) -> None:
    """Write pairs to be labelled; a name of the file that is not to be passed on is told by its row alone."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for stratum, *pair in pairs:
            cells = [
                cell
                for row in pair
                for cell in (row.file, row.row or "", "" if row.file == "corporations" else row.name)
            ]
            lines.writerow((series, stratum, *cells, "", ""))


def main() -> None:
    """Write the drawn pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fourth", action="store_true", help="draw the fourth series")
    options = parser.parse_args()
    pairs = draw(find_pools(fourth=options.fourth), fourth=options.fourth)
    write(pairs, "fourth" if options.fourth else "third", options.out)


if __name__ == "__main__":
    main()
