"""Imports what serves without the packages that it can do without."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import get_ident
from types import ModuleType
from typing import Final

_NOT_NEEDED: Final = ("pandas", "sklearn")


def import_lean() -> None:
    """Have Arrow and LightGBM do without pandas and scikit-learn.

    Both are imported wherever they are installed, by Arrow at the first array: 120 MB and a second and a half, and
    nothing that serves asks for them. Whoever imports them later gets them; LightGBM's own estimators in the manner of
    scikit-learn are not there then.
    """
    import pyarrow as pa

    from recommender.engine.trees import load_library

    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([0])
        load_library()
    finally:
        sys.meta_path.remove(absent)


class _Absent(MetaPathFinder):
    """Says of the packages that are not needed that they are not installed, to the thread that made it."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse them, and leave all others to the finders after this one."""
        del path, target
        if fullname in _NOT_NEEDED and get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is not needed", name=fullname)
        return None
