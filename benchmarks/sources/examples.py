"""What a load of all real files comes to, and what five notices say with and without their text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from benchmarks.sources.table import table
from graph_schema.model import NodeType
from loaders.fields import Fields
from loaders.frame import load
from loaders.recognition import recognise
from loaders.registry import SOURCES
from loaders.report import LoadReport, UnreadFilesError
from loaders.source import Source
from stores.embedded import EmbeddedStore

SHOWN: Final = "../shared/data"
"""How the folder is called from the project's own."""
NOTICES: Final = "programs/bizinfo_2026_meta.csv"
_TEXT: Final = "bsnsSumryCn"
_FIVE: Final = 5
_MOST_REASONS: Final = 3
"""Reasons that are written out for each source; the others are few rows each."""
_LONGEST_QUOTE: Final = 40
"""Characters of a span that are shown: enough to find it by, and no excerpt of a notice."""
_LONGEST_LIST: Final = 6
"""Values of a list that are written out; of a longer one, such as all divisions of manufacturing, the ends."""
_NOT_READ: Final = frozenset(
    {"id", "source", "source_id", "synthetic", "title", "summary", "url", "read_from", "unread", "target_text"}
)
"""Properties that hold what was written, not what was understood of it."""


class _Reading(NamedTuple):
    """What a notice says: understood values by property, and the words that they were read from."""

    facts: Mapping[str, str]
    words: Sequence[str]
    title: str


def load_report(data: Path) -> str:
    """Return the section on a load of everything under ``data`` into an empty graph, as ``dure load --all`` does."""
    found = recognise(data)
    rows, waiting = [], []
    with TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "graph.duckdb") as store:
        store.migrate()
        for name, paths in found.files.items():
            report, unread = _loaded(SOURCES[name], paths, store, Path(folder))
            files = ", ".join(f"`{path.relative_to(data)}`" for path in paths)
            counts = (f"{getattr(report, each):,}" for each in ("read", "loaded", "unchanged", "quarantined", "closed"))
            rows.append((f"`{name}`", files, *counts))
            waiting += [f"- `{name}`: {reason} ({number:,} rows)" for reason, number in _reasons(report)]
            waiting += [f"- `{name}`: {message}" for message in unread]
    header = ("source", "files", "read", "loaded", "unchanged", "quarantined", "closed")
    left = [f"- {message.en.replace(str(data), SHOWN)}" for message in found.others.values()]
    parts = (
        f"## Everything under `{SHOWN}`",
        (
            "What `dure load --all` takes each file for, in the order of loading into an empty graph, and what becomes "
            "of its rows; from a run by the same command."
        ),
        table(header, rows),
        "Why rows wait, the most frequent reasons of each source:",
        "\n".join(waiting),
        "Files that are not loaded:",
        "\n".join(left),
    )
    return "\n\n".join(parts)


def _loaded(source: Source, paths: Sequence[Path], store: EmbeddedStore, folder: Path) -> tuple[LoadReport, list[str]]:
    try:
        return load(source, paths, store, quarantine_dir=folder / "quarantine"), []
    except UnreadFilesError as error:
        return error.report, [error.wording.en]


def _reasons(report: LoadReport) -> list[tuple[str, int]]:
    """Return why rows wait, without their values, the most frequent first."""
    if report.quarantine_file is None:
        return []
    with report.quarantine_file.open(encoding="utf-8-sig", newline="") as file:
        reasons = Counter(_reason(row["field"], row["reason"]) for row in csv.DictReader(file))
    return reasons.most_common(_MOST_REASONS)


def _reason(field: str, reason: str) -> str:
    alike = re.sub(r"^row [\d,]+ ", "an earlier row ", reason)
    return f"`{field}` {alike}" if field else alike


def five_notices(path: Path) -> str:
    """Return the section on the five notices of ``path`` of which the text tells the most kinds of facts."""
    source = SOURCES["bizinfo"]
    read = []
    for row in source.read(path):
        after = _reading(source, row.values)
        kinds = {line.partition("@")[0] for line in after.words}
        read.append((-len(kinds), row.values["pblancId"], row.values, after))
    head = (
        f"Of the {len(read):,} notices of `{SHOWN}/{NOTICES}` the five of which the most kinds of facts are read. "
        "Before: what the columns alone say, the title among them; after: with the text of the notice, and the words "
        "that each fact was read from (`rule@place:start`). The texts themselves are not part of the project."
    )
    parts = ["## Five notices of 2026, before and after", head]
    for _, number, values, after in islice(sorted(read, key=lambda each: each[:2]), _FIVE):
        before = _reading(source, {name: "" if name == _TEXT else text for name, text in values.items()})
        names = [name for name in after.facts if before.facts.get(name) != after.facts[name]]
        rows = [(f"`{name}`", before.facts.get(name, "–"), after.facts[name]) for name in names]
        kept = ", ".join(f"`{name}` {text}" for name, text in after.facts.items() if name not in names)
        words = "\n".join(f"- `{head}` {quote[:_LONGEST_QUOTE]}" for head, quote in map(_cut, after.words))
        parts += [f"### `{number}` {after.title}", table(("fact", "before", "after"), rows), words]
        parts += [f"The same before and after: {kept}."] if kept else []
    return "\n\n".join(parts)


def _cut(line: str) -> tuple[str, str]:
    head, _, quote = line.partition(" ")
    return head, " ".join(quote.split())


def _reading(source: Source, values: Mapping[str, str]) -> _Reading:
    records = source.transform(Fields(values)).records
    program = next(each.values for each in records if isinstance(each.element, NodeType))
    facts = {name: _text(value) for name, value in program.items() if name not in _NOT_READ and value not in (None, ())}
    for label in ("Region", "Industry"):
        ends = [each.values["dst"] for each in records if str(each.element) == f"(Program)-[TARGETS]->({label})"]
        facts |= {f"TARGETS {label}": _text(ends)} if ends else {}
    words = program.get("read_from") or ()
    return _Reading(facts, words if isinstance(words, list | tuple) else (), str(program["title"]))


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        parts = [*map(str, value)]
        return ", ".join(parts) if len(parts) <= _LONGEST_LIST else f"{parts[0]} … {parts[-1]} ({len(parts)})"
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
