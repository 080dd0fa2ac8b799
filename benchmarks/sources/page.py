"""The page of all sources, from the registry, the table of services, and a run over the real files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.sources.coverage import Coverage, coverage, fields_of
from benchmarks.sources.table import table
from graph_schema.documentation import wrapped
from loaders.live.endpoints import ENDPOINTS, Batches, Endpoint, Numbered, Periods
from loaders.live.keys import variable
from loaders.registry import SOURCES
from loaders.source import Source

Files = Mapping[str, Sequence[Path]]

_HEAD = """# Sources

Each register that can be loaded: what it is, where to get it, what is peculiar to it, and which of its fields are read.
The figures say in how many rows of a real file a field had a value that could be read; the files lie beside the
project, and where none is at hand the fields stand without figures. Written by `python -m benchmarks.sources`.
[adding-a-source.md](adding-a-source.md) tells how to add one, [csv-templates.md](csv-templates.md) has the project's
own tables, [fetching.md](fetching.md) tells how public APIs are asked.
"""


def page(files: Files, *examples: str) -> str:
    """Return the page; ``files`` are the real ones by source, ``examples`` sections behind those of all sources."""
    measured = {name: {path.name: coverage(SOURCES[name], path) for path in paths} for name, paths in files.items()}
    sections = (_section(source, measured.get(source.name, {})) for source in SOURCES.values())
    return wrapped("\n\n".join([_HEAD.rstrip(), _overview(measured), _services(), *examples, *sections]) + "\n")


def _overview(measured: Mapping[str, Mapping[str, Coverage]]) -> str:
    rows = [
        (
            f"`{source.name}`",
            f"{source.title_ko} · {source.title_en}",
            source.publisher,
            source.url,
            source.licence,
            ", ".join(f"`{e.name}`" for e in ENDPOINTS.values() if e.source == source.name),
            f"{sum(each.rows for each in measured.get(source.name, {}).values()):,}",
        )
        for source in SOURCES.values()
    ]
    header = ("source", "what", "publisher", "where", "terms", "fetched by", "real rows read here")
    return f"## All sources\n\n{table(header, rows)}"


def _services() -> str:
    rows = [
        (
            f"`{endpoint.name}`",
            endpoint.address,
            _paging(endpoint),
            endpoint.apply_at or "no key needed",
            f"`{variable(endpoint.key)}`" if endpoint.key else "",
            endpoint.licence,
        )
        for endpoint in ENDPOINTS.values()
    ]
    header = ("service", "address", "pages", "where to get a key", "variable", "terms")
    return f"## Services that `dure sync` asks\n\n{table(header, rows)}"


def _paging(endpoint: Endpoint) -> str:
    match endpoint.paging:
        case Numbered(page, size, rows):
            return f"`{page}`, `{size}` {rows}"
        case Periods(first, last, days):
            return f"`{first}`" + (f", `{last}`" if last else "") + f", {days} days"
        case Batches(member, rows):
            return f"POST `{member}`, {rows} numbers"


def _section(source: Source, measured: Mapping[str, Coverage]) -> str:
    quirks = "\n".join(f"- {quirk}" for quirk in source.quirks)
    head = f"## `{source.name}` · {source.title_ko}\n\n{quirks}"
    return f"{head}\n\n{_fields(source, measured)}"


def _fields(source: Source, measured: Mapping[str, Coverage]) -> str:
    if not measured:
        return "Fields: " + ", ".join(f"`{name}`" for name in fields_of(source)) + "."
    names = dict.fromkeys(name for each in measured.values() for name in each.fields)
    rows = [
        (f"`{name}`", *(f"{each.read[name]:,}" if each.read[name] else "–" for each in measured.values()))
        for name in names
        if any(each.read[name] for each in measured.values())
    ]
    header = ("field", *(f"`{name}` ({each.rows:,} rows)" for name, each in measured.items()))
    left = dict.fromkeys(name for each in measured.values() for name in each.columns if name not in names)
    unread = f"\n\nNot read: {', '.join(f'`{name}`' for name in left)}." if left else ""
    return table(header, rows) + unread
