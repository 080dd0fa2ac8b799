"""A DuckDB database in memory, bounded, to join and count in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def memory(limit: str = "2GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database that keeps to ``limit`` of memory and lets the rest lie in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="dure-resolve-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": limit,
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "preserve_insertion_order": "false",
        }
        with duckdb.connect(":memory:", config=config) as database:
            yield database
