"""The search for cycles is held while much is made, and leaves out what is kept."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from graph_schema.garbage import keep_all, uncollected


@uncollected()
def refuse() -> None:
    raise ValueError(f"searched: {gc.isenabled()}")


def test_the_search_goes_on_afterwards_whatever_happened() -> None:
    with pytest.raises(ValueError, match="searched: False"):
        refuse()
    assert gc.isenabled()


def test_a_search_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_kept_is_searched_no_more() -> None:
    keep_all()
    try:
        assert gc.get_freeze_count() > 0
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_what_is_kept_is_let_go_of_at_the_end() -> None:
    """Else DuckDB prints scores of lines of leaked objects after a command that went well."""
    kept = "import duckdb; from graph_schema.garbage import keep_all; held = duckdb.connect(); keep_all()"
    done = subprocess.run([sys.executable, "-c", kept], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
