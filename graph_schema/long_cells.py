"""Lets a reader of CSV have cells longer than the csv module's bound, which is one for the whole process."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

LONGEST_CELL: Final = 1 << 24
"""Characters of a cell: the csv module's own bound of 131,072 is less than the text of a notice or a project has.

Who holds more has a quote that was never closed, and must not fill memory with the rest of the file.
"""
_ONE_AT_A_TIME: Final = Lock()


@contextmanager
def long_cells(most: int = LONGEST_CELL) -> Iterator[None]:
    """Allow cells of ``most`` characters while the block runs, and give back what was allowed before.

    The csv module knows no bound of one reader, so it is set around each record that is read, never across a ``yield``.
    Blocks wait for each other, as the bound that one gives back would be taken from another. A bound that
    somebody else sets meanwhile stays.
    """
    with _ONE_AT_A_TIME:
        before = csv.field_size_limit(most)
        try:
            yield
        finally:
            if csv.field_size_limit() == most:
                csv.field_size_limit(before)
