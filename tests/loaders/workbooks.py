"""Writes small workbooks for tests, as zipped XML."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_HIDDEN = ' state="hidden"'
Cells = Sequence[str | float | None]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def write_workbook(
    path: Path,
    *sheets: Sequence[Sequence[str | float | None]],
    day_columns: Sequence[int] = (),
    hidden: Sequence[int] = (),
    merged: Sequence[str] = (),
) -> Path:
    """Write each sheet's rows from its first line; numbers of ``day_columns`` are shown as days.

    A text that begins with ``#`` is an error, one with ``=`` a formula that was never calculated. The sheets numbered
    in ``hidden`` (from 1) are; the ranges ``merged`` (``A1:A2``) are, on each sheet.
    """
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(
            f'<Relationship Id="r0" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="s{n}" sheetId="{n}"{_HIDDEN if n in hidden else ""} r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            f'<Relationship Id="rs" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            + "".join(
                f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>' for n in numbers
            )
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, rows in enumerate(sheets, start=1):
        lines = "".join(_line(at, row, day_columns) for at, row in enumerate(rows, start=1))
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
        parts[f"xl/worksheets/s{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>'
            + (f"<mergeCells>{ranges}</mergeCells>" if ranges else "")
            + "</worksheet>"
        )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _line(number: int, row: Cells, day_columns: Sequence[int]) -> str:
    cells = (_cell(f"{chr(ord('A') + at)}{number}", value, day=at in day_columns) for at, value in enumerate(row))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: str | float | None, *, day: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("#"):
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"><f>{escape(value[1:])}</f><v></v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}" s="{int(day)}"><v>{value}</v></c>'
