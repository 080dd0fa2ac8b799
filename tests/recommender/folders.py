"""A small world as an experiment folder, in which leaks are planted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from recommender.knowledge.dataset import Dataset
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.stages import Stage, StageName, build_stage

Row = tuple[object, ...]

BUYS = ("User", "BUYS", "Item")


@dataclass
class World:
    """Rows of the target, further files by name, and what ``dataset.toml`` says."""

    target: list[Row]
    target_key: tuple[str, str, str] = BUYS
    header: str = "src,dst,time,split"
    query: str = "User"
    candidate: str = "Item"
    task: str = ""
    split: str = 'kind = "column"'
    mask: str = ""
    files: dict[str, tuple[str, list[Row]]] = field(default_factory=dict)

    def add(self, name: str, header: str, rows: Iterable[Row]) -> World:
        """Add a file such as ``nodes/Item``; the world is changed and returned."""
        self.files[name] = (header, list(rows))
        return self

    def of(self, *splits: str) -> list[Row]:
        """Rows of the target in some splits."""
        return [row for row in self.target if row[3] in splits]

    def write(self, folder: Path) -> Dataset:
        """Write the folder and read it."""
        files = self.files | {f"edges/{'__'.join(self.target_key)}": (self.header, self.target)}
        for name, (header, rows) in files.items():
            path = folder / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = [header, *(",".join(map(str, row)) for row in rows)]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        key = ", ".join(f'"{part}"' for part in self.target_key)
        (folder / "dataset.toml").write_text(
            f'name = "world"\n[task]\nquery = "{self.query}"\ncandidate = "{self.candidate}"\n'
            f"target = [{key}]\n{self.task}\n[split]\n{self.split}\n[mask]\n{self.mask}\n",
            encoding="utf-8",
        )
        return read_dataset(folder)

    def stage(self, folder: Path, name: StageName = "test") -> Stage:
        """Write the folder and cut one window of it."""
        return build_stage(self.write(folder), name, {})


def shop(*, n_users: int = 60, n_items: int = 80, seed: int = 0) -> World:
    """Users buy ten different items each: six in 2020 (train), two in January and two in February 2021."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for user in range(n_users):
        items = rng.choice(n_items, 10, replace=False)
        days = [f"2020-{1 + int(month):02}-10" for month in rng.integers(12, size=6)]
        days += [f"2021-0{1 + at // 2}-{1 + int(day):02}" for at, day in enumerate(rng.integers(28, size=4))]
        splits = ["train"] * 6 + ["valid"] * 2 + ["test"] * 2
        rows += [
            (f"u{user:02}", f"i{item:02}", day, split) for item, day, split in zip(items, days, splits, strict=True)
        ]
    world = World(rows)
    world.add("nodes/User", "id", [(f"u{user:02}",) for user in range(n_users)])
    return world.add("nodes/Item", "id", [(f"i{item:02}",) for item in range(n_items)])


def consortia(*, n_projects: int = 90, n_members: int = 60, seed: int = 0) -> World:
    """Members of projects: 60 in train, 15 in each window, where two of five members come with the question."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for project in range(n_projects):
        window = "train" if project < n_projects - 30 else "valid" if project < n_projects - 15 else "test"
        day = {"train": f"2020-{1 + project % 12:02}-01", "valid": "2021-01-01", "test": "2022-01-01"}[window]
        for place, member in enumerate(rng.choice(n_members, 5, replace=False)):
            split = f"{window}_context" if window != "train" and place < 2 else window
            rows.append((f"p{project:02}", f"m{member:02}", day, split))
    world = World(rows, ("Project", "HAS", "Member"), query="Project", candidate="Member")
    world.add("nodes/Project", "id", [(f"p{project:02}",) for project in range(n_projects)])
    return world.add("nodes/Member", "id", [(f"m{member:02}",) for member in range(n_members)])


def people(*, n_people: int = 80, seed: int = 0, back: float = 0.3, dates: bool = True) -> World:
    """People follow people, ``back`` of them are followed back; the first 70 % is train, then valid, then test."""
    rng = np.random.default_rng(seed)
    pairs: list[tuple[int, int]] = []
    for one in range(n_people):
        for other in rng.choice(n_people, 8, replace=False):
            if one != other and (one, int(other)) not in pairs:
                pairs.append((one, int(other)))
                if rng.random() < back and (int(other), one) not in pairs:
                    pairs.append((int(other), one))
    order = rng.permutation(len(pairs))
    cuts = np.searchsorted([0.7, 0.85], np.arange(len(pairs)) / len(pairs), side="right")
    rows: list[Row] = []
    for place, at in enumerate(order):
        split = ("train", "valid", "test")[cuts[place]]
        day = np.datetime64("2020-01-01") + place if dates else ""
        rows.append((f"a{pairs[at][0]:02}", f"a{pairs[at][1]:02}", day, split))
    world = World(rows, ("Person", "FOLLOWS", "Person"), query="Person", candidate="Person")
    return world.add("nodes/Person", "id", [(f"a{person:02}",) for person in range(n_people)])


def columns(first: Sequence[str], *others: Sequence[object]) -> list[Row]:
    """Rows of a node file from its columns."""
    return list(zip(first, *others, strict=True))
