"""Reads saved files as rows of named texts: CSV by its header, JSON and XML by their items, whatever the encoding."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from graph_schema.errors import SourceError
from loaders.source import Row

FileKind = Literal["csv", "json", "xml"]

_CHUNK = 1 << 20
_HEAD = 4096
_LONGEST_CELL = 1 << 24


def file_kind(path: Path) -> FileKind:
    """Tell CSV, JSON and XML apart by the first character; raises ``SourceError`` where there is none to look at."""
    with _opened(path) as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        raise SourceError(f"{path} is an Excel workbook or another archive; save it as CSV (UTF-8) and load that")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not start:
        raise SourceError(f"{path} is empty; fetch it again")
    return "json" if start in b"{[" else "xml" if start == b"<" else "csv"


def text_encoding(path: Path) -> str:
    """Return ``utf-8-sig`` or ``cp949``, whichever reads the whole file; raises ``SourceError`` where neither does."""
    for encoding in ("utf-8-sig", "cp949"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with _opened(path) as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise SourceError(f"{path} is neither UTF-8 nor CP949 text; save it as CSV (UTF-8) and load that")


def csv_rows(path: Path, required: Sequence[str], names: Mapping[str, str] | None = None) -> Iterator[Row]:
    """Stream the rows of a CSV file by header, columns in any order, blank lines left out.

    ``names`` gives the field name of a header where they differ. Raises ``SourceError`` where a required field has no
    column or the file is no CSV.
    """
    names = names or {}
    csv.field_size_limit(_LONGEST_CELL)
    with _opened(path), path.open(encoding=text_encoding(path), newline="") as file:
        lines = csv.reader(file, strict=True)
        try:
            header = [" ".join(cell.split()) for cell in next(lines, [])]
            fields = [names.get(cell, cell) for cell in header]
            require_fields(path, required, fields, names)
            for number, cells in enumerate((cells for cells in lines if cells), start=2):
                yield _csv_row(number, fields, cells)
        except csv.Error as error:
            raise SourceError(
                f"{path}, line {lines.line_num}: {error}; a quote is probably not closed, repair that line"
            ) from error


def require_fields(
    path: Path, required: Sequence[str], found: Sequence[str], names: Mapping[str, str] | None = None
) -> None:
    """Raise ``SourceError`` where a required field is not among those found, naming both."""
    missing = [name for name in required if name not in found]
    if missing:
        written = {field: header for header, field in (names or {}).items()}
        wanted = ", ".join(written.get(name, name) for name in missing)
        raise SourceError(
            f"{path} has another shape than expected: columns missing: {wanted}; found: {', '.join(found) or 'none'}; "
            "check that this is the right file for the source and that its header line is complete"
        )


def json_document(path: Path) -> Any:
    """Return the parsed document; raises ``SourceError`` where it is no JSON."""
    with _opened(path), path.open(encoding=text_encoding(path)) as file:
        try:
            return json.load(file)
        except ValueError as error:
            raise SourceError(f"{path} is not complete JSON: {error}; fetch it again") from error


def item_row(number: int, item: Mapping[str, object]) -> Row:
    """Make a row of a flat JSON object; null becomes the empty text."""
    return Row(number, {name: "" if value is None else str(value) for name, value in item.items()})


def xml_items(path: Path, is_item: Callable[[Element], bool]) -> Iterator[Element]:
    """Stream the elements that ``is_item`` picks; each is emptied after use, so that memory stays flat.

    Raises ``SourceError`` for broken XML and for a document type, which no register's answer has.
    """
    parser: XMLPullParser[Element] = XMLPullParser(events=("end",))
    with _opened(path) as file:
        head = file.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
        if b"<!DOCTYPE" in head:
            raise SourceError(f"{path} declares a document type, which is not accepted; fetch the plain answer again")
        try:
            chunk = head
            while chunk:
                parser.feed(chunk)
                for _, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                    if is_item(element):
                        yield element
                        element.clear()
                chunk = file.read(_CHUNK)
            parser.close()
        except ParseError as error:
            raise SourceError(f"{path} is not complete XML: {error}; fetch it again") from error


def element_values(element: Element) -> dict[str, str]:
    """Return the texts of an element's children by tag, markup inside them dropped."""
    return {child.tag: "".join(child.itertext()).strip() for child in element}


def _csv_row(number: int, fields: Sequence[str], cells: Sequence[str]) -> Row:
    values = dict.fromkeys(fields, "") | dict(zip(fields, cells, strict=False))
    if len(cells) == len(fields):
        return Row(number, values)
    extra = {f"column {at}": cell for at, cell in enumerate(cells[len(fields) :], start=len(fields) + 1)}
    return Row(number, values | extra, f"the row has {len(cells)} cells, the header {len(fields)}")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}; check the path and its permissions") from error
    with file:
        yield file
