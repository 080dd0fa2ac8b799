"""The titles of the International Patent Classification."""

from __future__ import annotations

import csv
import re
from collections import Counter

from loaders import ipc
from loaders.samples import FOLDER

SECTIONS, CLASSES, SUBCLASSES = 8, 132, 656
"""Of the edition 2026.01."""
LONGEST = 20
"""Characters of a caption in a picture."""


def test_every_section_class_and_subclass_has_a_short_korean_and_an_english_title() -> None:
    lengths = Counter(map(len, ipc.titles()))
    assert lengths == {1: SECTIONS, 3: CLASSES, 4: SUBCLASSES}
    for code, title in ipc.titles().items():
        assert re.fullmatch(r"[가-힣A-Za-z0-9]+(?:[ ·][가-힣A-Za-z0-9]+)*", title.ko), code
        assert re.search("[가-힣]", title.ko), code
        assert len(title.ko) <= LONGEST, code
        assert re.fullmatch(r"[A-Z][\w ,'-]+", title.en, re.ASCII), code


def test_what_a_code_is_part_of_has_a_title_too() -> None:
    assert all(code[:3] in ipc.titles() and code[0] in ipc.titles() for code in ipc.titles())
    assert {code[:3] for code in ipc.titles() if len(code) == 4} == {code for code in ipc.titles() if len(code) == 3}


def test_no_two_fields_of_a_level_share_a_title() -> None:
    for length in (1, 3, 4):
        korean = Counter(title.ko for code, title in ipc.titles().items() if len(code) == length)
        assert [name for name, times in korean.items() if times > 1] == []


def test_every_code_of_the_sample_has_a_title() -> None:
    with (FOLDER / "patents.csv").open(encoding="utf-8-sig", newline="") as file:
        codes = {code.strip() for row in csv.DictReader(file) for code in row["ipc"].split("|") if code.strip()}
    subclasses = {ipc.subclass(code) for code in codes}
    assert len(subclasses) > 300
    assert subclasses <= set(ipc.titles())
