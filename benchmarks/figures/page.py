"""The page of figures: the written part from the results, everything else kept as people wrote it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures.archives import sha256_of
from benchmarks.figures.city_tables import (
    CITY_PARTS,
    growth_table,
    training_conditions,
    training_table,
)
from benchmarks.figures.readings import EXPLAINED, SetRun
from benchmarks.figures.tables import (
    cold_table,
    content_table,
    cost_table,
    explained_table,
    goals_table,
    network_table,
    runs_table,
    served_table,
    together_table,
)
from benchmarks.figures.timing import Timing
from graph_schema.documentation import wrapped
from graph_schema.errors import ConfigError

BEGIN: Final = "<!-- figures: what stands between these two lines is written by `python -m benchmarks.all_figures` -->"
END: Final = "<!-- end of figures -->"
_TITLE: Final = "# Benchmarks"
_INTRODUCTION: Final = (
    "`make bench` makes every figure between here and *What was tried* from the files that the runs wrote; it goes on "
    "where it was stopped. {spent} Settings are chosen on the valid window alone, each run looks at the test "
    "window once with each seed, all candidates are ranked. `[ ]` is a 95 % interval over resampled groups of "
    "queries that answer for one event, ± the standard deviation over seeds. The baseline is the simple model that did "
    "best on *test* in "
    "the same run, each tuned on valid: the hardest one to beat. [experiments.md](experiments.md) says how a figure is "
    "made, [experiment-sets.md](experiment-sets.md) what the sets are."
)
_SERVED: Final = (
    "What would serve if the valid window alone decided: the engine where it is ahead there of every simple model by "
    "30 independent events or more, else the simple model that is best there. So nothing of this table but its last "
    "two columns knows the test window; a ratio of 1 says that the simple model serves and is the one that did best on "
    "test too. `dure train` decides by a later window that what serves was not chosen on "
    "([recommending.md](recommending.md#what-serves)); no set has a third one. The rule, 30 events, "
    "was set when the figures of both windows were known, so the table shows what such a rule does and proves no gain "
    "by it."
)
_COLD: Final = (
    "NDCG@10. By nature: queries of the test window without a known pair. Made unseen: a fifth of the queries lost all "
    "that was known of them but attributes and text; one seed. Sets of triples have no such query."
)
_EXPLAINED: Final = (
    "A recommendation is explained by a path; true: without the path's two edges its score falls more than without as "
    "many edges of the same types elsewhere. Where no path leads there, or none makes a difference, attributes or "
    "popularity explain, and it is no case of this test. `[ ]` is Wilson's 95 % interval."
)
_COST: Final = (
    "Wall clock of everything (reading, text, tuning, all models, seeds and controls, report) over all times that the "
    "run was started. The load is that of the machine before a start; other work stretches minutes."
)


def write_page(page: Path, readings: Sequence[SetRun], out: Path) -> None:
    """Write the figures into ``page`` between the markers; raises ``ConfigError`` as ``write_between`` does."""
    try:
        pictures = _copy_pictures(out, page.parent / "images")
    except OSError as error:
        raise ConfigError(f"{page} cannot be written ({error}); name another with --page") from error
    write_between((BEGIN, END), page, _TITLE, _figures(readings, out, pictures))


def write_between(markers: tuple[str, str], page: Path, title: str, lines: Sequence[str]) -> None:
    """Write lines into a page between two markers; the rest of it stays as it is.

    A page without markers gets them below its title. Raises ``ConfigError`` where a marker stands alone, or the page
    cannot be written.
    """
    try:
        text = page.read_text(encoding="utf-8") if page.exists() else f"{title}\n"
        block = "\n".join([markers[0], "", wrapped("\n".join(lines)), markers[1]])
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_replaced(text, block, page, markers), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{page} cannot be written ({error}); name another with --page") from error


def _replaced(text: str, block: str, page: Path, markers: tuple[str, str]) -> str:
    opening, closing = markers
    counts = text.count(opening), text.count(closing)
    if counts == (0, 0):
        title, _, rest = text.partition("\n")
        return f"{title}\n\n{block}\n" + (f"\n{rest.lstrip()}" if rest.strip() else "")
    begin, end = text.find(opening), text.find(closing)
    if counts != (1, 1) or end < begin:
        raise ConfigError(
            f"{page} has {counts[0]} opening and {counts[1]} closing markers of figures, or in the wrong order; leave "
            f"one pair, {opening!r} before {closing!r}, or none"
        )
    return text[:begin] + block + text[end + len(closing) :]


def _figures(readings: Sequence[SetRun], out: Path, pictures: Mapping[str, str]) -> list[str]:
    content, served = content_table(readings), served_table(readings)
    recommending = [each for each in readings if not _is_triples(each)]
    explained = explained_table(recommending)
    parts: list[list[str]] = [
        [_INTRODUCTION.format(spent=_time_spent(readings, out))],
        ["## Engine against the best simple model", "", *goals_table(readings)],
        ["Over several sets:", "", *together_table(readings)] if readings else [],
        ["Over content-kNN with the same text model:", "", *content] if content else [],
        ["## What would serve", "", _SERVED, "", *served] if served else [],
        ["## What the network adds", "", *network_table(readings)],
        ["## Queries of which nothing is known", "", _COLD, "", *cold_table(recommending)],
        ["## Explanations", "", _EXPLAINED, "", *explained] if explained else [],
        _city(out, pictures),
        ["## What it took", "", _COST, "", *cost_table(readings)],
        ["## The runs", "", *_machines(readings, out)],
        runs_table(readings, out / "release"),
        _city_archives(out),
    ]
    return [line for part in parts if part for line in (*part, "")]


def _city(out: Path, pictures: Mapping[str, str]) -> list[str]:
    lines = ["## Training on a city, and growth", ""]
    said = training_conditions(out)
    lines += [said, ""] if said else []
    lines += [*training_table(out), ""]
    lines += [f"![Quality over time and steps]({pictures[CITY_PARTS[0]]})", ""] if CITY_PARTS[0] in pictures else []
    lines += growth_table(out)
    return [*lines, "", f"![Growth]({pictures[CITY_PARTS[1]]})"] if CITY_PARTS[1] in pictures else lines


def _is_triples(reading: SetRun) -> bool:
    if reading.metrics is None:
        return reading.of.triples
    return bool(reading.metrics["task"]["task"]["kind"] == "triples")


def _time_spent(readings: Sequence[SetRun], out: Path) -> str:
    seconds = sum(reading.timing.seconds for reading in readings)
    seconds += sum(Timing.read(out / EXPLAINED / reading.of.name).seconds for reading in readings)
    seconds += sum(Timing.read(out / part).seconds for part in CITY_PARTS)
    return f"What is here took {seconds / 3600:.1f} hours." if seconds else "Nothing has been run yet."


def _machines(readings: Sequence[SetRun], out: Path) -> list[str]:
    """Say on what and when the runs were made; one line for each machine, version and day that differ."""
    timings = [(reading.of.name, reading.timing) for reading in readings]
    timings += [(part, Timing.read(out / part)) for part in CITY_PARTS]
    found: dict[str, list[str]] = {}
    for name, timing in timings:
        for leg in timing.current:
            names = found.setdefault(f"{_machine(leg.machine)}; {leg.started[:10]}", [])
            names += [] if name in names else [name]
    return [f"- {machine}: {', '.join(names)}" for machine, names in found.items()] or ["No run."]


def _machine(facts: Mapping[str, Any]) -> str:
    named = ("processor", "cores", "memory_gib", "system", "python", "commit")
    versions = ", ".join(f"{name} {facts[name]}" for name in facts if name not in named)
    return (
        f"{facts.get('processor')}, {facts.get('cores')} cores, {facts.get('memory_gib')} GiB, {facts.get('system')}, "
        f"Python {facts.get('python')}, {versions}"
    )


def _city_archives(out: Path) -> list[str]:
    """List archives of the city benchmarks, where there are some."""
    found = [(part, sha256_of(out / "release" / f"{part}.tar.gz")) for part in CITY_PARTS]
    return [f"- `{part}.tar.gz`: SHA-256 `{checksum}`" for part, checksum in found if checksum]


def _copy_pictures(out: Path, images: Path) -> dict[str, str]:
    """Copy the pictures of the city benchmarks beside the page; return links by benchmark."""
    found = {}
    for part in CITY_PARTS:
        picture = out / part / f"{part}.svg"
        if picture.exists():
            images.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, images / picture.name)
            found[part] = f"images/{picture.name}"
    return found
