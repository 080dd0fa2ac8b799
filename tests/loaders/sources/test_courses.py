"""Tests of the source ``courses``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from loaders.samples import FOLDER
from tests.loaders.contract import LoaderContract


class TestCourses(LoaderContract):
    """The contract on its sample."""

    source = "courses"
    spoil: ClassVar = {"title": "", "apply_until": "2020-01-01", "regions": "달나라시"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/courses.csv"
