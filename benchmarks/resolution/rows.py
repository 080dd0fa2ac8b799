"""Organisations as the real files beside the project name them, and pairs of them that resemble each other.

``python -m benchmarks.resolution.rows --out pairs.csv`` draws the pairs that were labelled by hand
(``labels.csv``): the same seed and files give the same pairs. No name comes from the file of corporations, which is not
to be passed on, nor of a person: such rows are told by their number alone.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import pyarrow as pa

from loaders.files import opened_text
from loaders.names import unfold

SHARED: Final = Path(__file__).resolve().parents[3] / "shared/data"
SEED: Final = 20261127
SECOND_SEED: Final = 20261128
LABELS: Final = Path(__file__).with_name("labels.csv")
COLUMNS: Final = ("half", "stratum", "file_1", "row_1", "name_1", "file_2", "row_2", "name_2", "same", "note")
FILES: Final = {
    "patents": "patents/patents_orgs_only.csv",
    "notices": "programs/bizinfo_2021.csv",
    "notices-2026": "programs/bizinfo_2026_meta.csv",
    "ventures": "companies/venture_companies.csv.gz",
    "corporations": "companies/corporations.csv.gz",
}
_STRATA: Final = {
    "spelt": 6,
    "contained": 40,
    "alike": 60,
    "one-corporation": 49,
    "two-corporations": 40,
    "one-name": 47,
    "near-one-city": 16,
    "near-anywhere": 30,
}
"""How many pairs are drawn of each kind; ``renamed`` pairs were added by reading all names of the notices."""
_SECOND: Final = {"alike": 30, "two-corporations": 14, "near-anywhere": 16}
"""The second series: pairs not labelled before; of the other strata the first series left none."""
_FORMS: Final = re.compile(r"주식회사|유한회사|재단법인|사단법인|학교법인|\(주\)|\(재\)|\(사\)|[\s.,·ㆍ()]")
_PERSON: Final = re.compile(r"예비\s?창업자")


class Named(NamedTuple):
    """A row of a file that names an organisation; rows of the notices and patents are told by the name itself."""

    file: str
    row: int
    name: str

    @property
    def bare(self) -> str:
        """The name without legal form, blanks and signs; made here anew, so that no rule draws its own test."""
        return _FORMS.sub("", unfold(self.name)).lower()


Pools = Mapping[str, Sequence[tuple[Named, Named]]]


def table(name: str, folder: Path = SHARED) -> list[dict[str, str]]:
    """Return the rows of one of ``FILES``."""
    with opened_text(folder / FILES[name]) as file:
        return list(csv.DictReader(file))


def named_rows(folder: Path = SHARED) -> list[Named]:
    """Return the organisations that the files name: each row of the lists, each spelling of the others once."""
    names = {("patents", part.strip()) for row in table("patents", folder) for part in row["applicant_orgs"].split("|")}
    for row in table("notices", folder):
        names |= {
            ("notices", part.strip()) for key in ("jrsdInsttNm", "excInsttNm") for part in re.split("[,@]", row[key])
        }
    names |= {("notices", part.strip()) for row in table("notices-2026", folder) for part in row["agency"].split(" / ")}
    found = [Named(file, 0, name) for file, name in sorted(names) if name]
    for file, column in (("ventures", "업체명"), ("corporations", "company_name")):
        found += (Named(file, at, row[column]) for at, row in enumerate(table(file, folder), start=2))
    return found


def draw(pools: Pools, *, second: bool = False) -> Iterator[tuple[str, Named, Named]]:
    """Yield (stratum, one, other) of a series, the pools of the strata shuffled by its seed."""
    rng = random.Random(SECOND_SEED if second else SEED)  # noqa: S311 - a draw that can be repeated
    labelled = _first_series() if second else frozenset()
    counts = _SECOND if second else _STRATA
    for stratum in _STRATA:
        pool = sorted(set(pools[stratum]))
        rng.shuffle(pool)
        fresh = [pair for pair in pool if frozenset(map(_key, pair)) not in labelled]
        for one, other in fresh[: counts.get(stratum, 0)]:
            yield stratum, one, other


def _key(row: Named) -> tuple[str, str]:
    return row.file, str(row.row or row.name)


def _first_series() -> frozenset[frozenset[tuple[str, str]]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = [label for label in csv.DictReader(file) if label["half"] in ("dev", "held")]
    sides = ("1", "2")
    return frozenset(
        frozenset((label[f"file_{side}"], label[f"row_{side}"] or label[f"name_{side}"]) for side in sides)
        for label in labels
    )


def find_pools(folder: Path = SHARED) -> Pools:
    """Return, by stratum, all pairs of organisations of the files that belong to it."""
    rows = named_rows(folder)
    written = [row for row in rows if row.file in ("patents", "notices")]
    ventures = [row for row in rows if row.file == "ventures"]
    corporations = [row for row in rows if row.file == "corporations"]
    number = {at: row["corp_no"] for at, row in enumerate(table("corporations", folder), start=2)}
    town = {at: (row["간략주소"] or "")[-3:] for at, row in enumerate(table("ventures", folder), start=2)}
    valid = [row for row in corporations if number[row.row].strip("0")]
    resembling = alike(written, 0.87)
    within = [pair for pair in resembling if pair[0].bare in pair[1].bare or pair[1].bare in pair[0].bare]
    near = alike(ventures, 0.93)
    here = [pair for pair in near if town[pair[0].row] and town[pair[0].row] == town[pair[1].row]]
    return {
        "spelt": grouped(written, lambda row: row.bare),
        "contained": within,
        "alike": sorted(set(resembling) - set(within)),
        "one-corporation": grouped(valid, lambda row: number[row.row]),
        "two-corporations": [
            pair for pair in grouped(valid, lambda row: row.bare) if number[pair[0].row] != number[pair[1].row]
        ],
        "one-name": grouped(ventures, lambda row: row.bare),
        "near-one-city": here,
        "near-anywhere": sorted(set(near) - set(here)),
    }


def grouped(rows: Iterable[Named], key: Callable[[Named], str]) -> list[tuple[Named, Named]]:
    """Return the pairs of rows that have one key."""
    groups: dict[str, list[Named]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [pair for group in groups.values() for pair in combinations(sorted(group), 2)]


def alike(rows: list[Named], least: float) -> list[tuple[Named, Named]]:
    """Return pairs whose bare names differ, begin or end alike, and resemble or hold each other."""
    with duckdb.connect() as database:
        database.register("named", pa.table({"place": range(len(rows)), "bare": [row.bare for row in rows]}))
        # Two joins on what is equal: a single one on either compares each row with each other.
        found = database.execute(
            """
            SELECT one, other FROM (
                SELECT a.place AS one, b.place AS other, a.bare AS x, b.bare AS y
                FROM named AS a JOIN named AS b ON left(a.bare, 2) = left(b.bare, 2) AND a.place < b.place
                UNION
                SELECT a.place, b.place, a.bare, b.bare
                FROM named AS a JOIN named AS b ON right(a.bare, 3) = right(b.bare, 3) AND a.place < b.place
            ) WHERE x <> y AND (
                jaro_winkler_similarity(x, y) >= ?
                OR (length(x) >= 4 AND contains(y, x)) OR (length(y) >= 4 AND contains(x, y))
            )
            """,
            [least],
        ).fetchall()
    return [(rows[one], rows[other]) for one, other in found]


def main() -> None:
    """Write the drawn pairs, to be labelled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--second", action="store_true", help="draw the second series")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for number, (stratum, *pair) in enumerate(draw(find_pools(), second=options.second)):
            cells = [cell for row in pair for cell in (row.file, row.row or "", _shown(row))]
            lines.writerow(("second" if options.second else "held" if number % 2 else "dev", stratum, *cells, "", ""))


def _shown(row: Named) -> str:
    return "" if row.file == "corporations" or _PERSON.search(row.name) else row.name


if __name__ == "__main__":
    main()
