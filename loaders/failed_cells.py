"""Finds the cells of a workbook that show an error, or a formula never calculated: its reader gives both as empty."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from posixpath import join, normpath
from typing import IO, Final, NamedTuple
from xml.etree import ElementTree as ET

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ERROR: Final = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*\st="e"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]*)<')
_UNCALCULATED: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?![^>]*\st=)[^>]*><f\b[^>/]*>([^<]*)</f>(?:<v\s*/>|<v></v>)?</c>'
)
_LETTERS = 26
"""Of the alphabet, in which columns are counted."""


class FailedCell(NamedTuple):
    """Row and column of a cell, from 0, and what stands in it: its error, or its formula."""

    row: int
    column: int
    text: str


def failed_cells(file: IO[bytes]) -> dict[str, list[FailedCell]]:
    """Return the failed cells of an ``.xlsx`` by sheet; nothing for the kinds of workbook that are no archives."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return {}
    with zipfile.ZipFile(file) as archive:
        return {name: [*_failed(archive.read(part))] for name, part in _parts(archive) if part in archive.namelist()}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet, and the file of the archive that holds it."""
    if not {_WORKBOOK, _RELATIONS} <= {*archive.namelist()}:
        return
    workbook, relations = (ET.fromstring(archive.read(name)) for name in (_WORKBOOK, _RELATIONS))  # noqa: S314 - expat refuses bombs
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in workbook.iter(_SHEET):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), normpath(join("/xl", target)).lstrip("/")


def _failed(sheet: bytes) -> Iterator[FailedCell]:
    for pattern, sign in ((_ERROR, ""), (_UNCALCULATED, "=")):
        for column, row, text in pattern.findall(sheet):
            yield FailedCell(int(row) - 1, _number(column.decode()), f"{sign}{unescape(text.decode())}")


def _number(letters: str) -> int:
    """Return the number of a column, from 0: A, Z and AA are 0, 25 and 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
