"""Reads tables as rows of named texts: CSV with any delimiter, and workbooks, by their header wherever it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cached_property
from itertools import chain, islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from graph_schema.errors import Fault, OtherShapeError, SourceError
from graph_schema.wording import Wording
from loaders.csv_records import TableRecord, csv_records
from loaders.failed_cells import FailedCell, failed_cells
from loaders.files import called, file_kind, opened, opened_text, shown
from loaders.remarks import remark
from loaders.source import Row
from loaders.units import PLACES, in_krw, is_unit, krw_of, unit_line, with_unit, without_unit

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_HEADER_WITHIN = 20
"""Lines above the header: exports put titles and dates there, never a page of them."""
_DELIMITERS = (",", "\t", "|", ";")
_COMMAS: Final = Wording(
    "머리글과 견주어 보십시오. 칸 안의 쉼표는 따옴표로 묶어야 합니다",
    "compare the row with the header; a comma inside a cell needs quotes",
)
_BELOW: Final = re.compile(r"(?:소|합|총|누)?\s*계|[※*].*", re.DOTALL)
"""What stands first in a line of sums, or in a note, below a table."""
_NO_ROW: Final = Fault(
    "",
    "",
    Wording("행이 아니라 합계나 주석 줄입니다", "a line of sums or a note, not a row"),
    Wording("이 줄을 빼십시오", "leave the line out"),
)
_SCALED: Final = Wording(
    "표가 적은 단위로 읽어 원으로 바꾼 열",
    "columns of money that were turned into KRW by the unit that the table tells",
)


@dataclass(frozen=True)
class Shape:
    """The columns that a table must have, the field name of a header where they differ, and further columns."""

    required: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()

    def field_of(self, header: str) -> str:
        """Return the field of a header, which may leave out the blanks and the unit of the right one."""
        written = " ".join(header.replace("\ufeff", "").split())
        return self.names.get(written) or self._loosely.get(_loose(written), written)

    def column_of(self, header: str) -> TableColumn:
        """Return the field of a header, and the unit of its money: that of the header itself, where it has one."""
        field, (bare, factor) = self.field_of(header), without_unit(header)
        if field not in self._money and self.field_of(bare) in self._money:
            field = self.field_of(bare)
        return TableColumn(field, factor, field in self._money)

    @cached_property
    def _money(self) -> frozenset[str]:
        """Fields of amounts in KRW, which the words above them tell."""
        named = [*self.names.items(), *((name, name) for name in (*self.required, *self.columns))]
        return frozenset(name for header, name in named if header.endswith("(원)"))

    def fits(self, fields: Sequence[str]) -> bool:
        """Whether all required fields are there."""
        return bool(fields) and set(self.required) <= set(fields)

    def lacking(self, fields: Sequence[str]) -> list[str]:
        """Return the required fields that are not there."""
        return [name for name in self.required if name not in fields]

    def known(self, fields: Sequence[str]) -> frozenset[str]:
        """Return those of these fields that the table is known to have."""
        return frozenset({*self.required, *self.names.values(), *self.columns}.intersection(fields))

    def header_of(self, name: str) -> str:
        """Return what people write above a field: Korean, where it is called in Korean at all."""
        headers = (header for header, known in self.names.items() if known == name and not header.isascii())
        return name if not name.isascii() else next(headers, name)

    @cached_property
    def _loosely(self) -> dict[str, str]:
        spellings = [(spelling, name) for header, name in self.names.items() for spelling in (header, name)]
        spellings += [(name, name) for name in (*self.required, *self.columns)]
        bare = {(_loose(re.sub(r"\([^)]*\)$", "", spelling)), name) for spelling, name in spellings}
        # Two columns that differ in what stands in brackets are not known without it.
        alone = Counter(spelling for spelling, _ in bare)
        loose = {spelling: name for spelling, name in bare if alone[spelling] == 1}
        return loose | {_loose(spelling): name for spelling, name in spellings}


class TableColumn(NamedTuple):
    """A column of a table: its field, how many KRW its own unit is (None where it tells none), whether it is money."""

    field: str
    factor: int | None = None
    money: bool = False


class _Table(NamedTuple):
    """The records of a text, or of a sheet of a workbook, which has a name where it is one of several."""

    records: Iterator[TableRecord]
    sheet: str = ""
    width: int = 0
    """Columns of a sheet: cells beyond the header stand in columns without a name, and shift no others."""


class _Header(NamedTuple):
    """The fields of a table by column, the lines that they were read from, and the records below."""

    fields: list[str]
    required: Sequence[int]
    """Columns of the required fields."""
    lines: Sequence[Sequence[str]]
    records: Iterator[TableRecord]
    factors: Mapping[int, int] = {}
    """How many KRW an amount in a column is, where it is not one."""
    places: Sequence[Sequence[int]] = ()
    """Columns that are read together as the first of them."""

    def adapted(self, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells of a record with amounts in KRW and the parts of a place together."""
        if not (self.factors or self.places):
            return cells
        found = [in_krw(cell, self.factors[at]) if at in self.factors else cell for at, cell in enumerate(cells)]
        for first, *others in self.places:
            if others[-1] < len(found):
                found[first] = " ".join(filter(None, (found[at].strip() for at in (first, *others))))
                for at in others:
                    found[at] = ""
        return found


def table_rows(path: Path, *shapes: Shape) -> Iterator[Row]:
    """Stream the rows of a table of one of ``shapes``, columns in any order, blank lines left out.

    Title lines above the header are passed over, a header may take two lines, and one that comes again below is no row.
    Of a workbook all sheets that have such a header and are not hidden are read, hidden rows too. Rows carry the number
    that a spreadsheet shows. Raises ``SourceError`` where no line is a header of a shape, or a column stands twice.
    """
    with ExitStack() as stack:
        if file_kind(path) == "workbook":
            tables = _sheets(path)
        else:
            text = stack.enter_context(opened_text(path))
            tables = iter([_Table(csv_records(text, _delimiter(path, shapes)))])
        seen: list[Sequence[str]] = []
        headers = 0
        for table in tables:
            first = [record for record in islice(table.records, _HEADER_WITHIN) if any(record.cells)]
            seen += [record.cells for record in first]
            header = _header(path, shapes, first, table)
            if header:
                headers += 1
                yield from _rows(header, table.sheet)
    if not headers:
        _refuse_nearest(path, shapes, seen)
        raise OtherShapeError(
            Wording(
                f"{shown(path)}: 머리글로 볼 행이 없습니다. 이 출처의 파일이 맞는지 확인하십시오",
                f"{shown(path)} holds no line that is a header; check that this is the right file for the source",
            )
        )


def _rows(header: _Header, sheet: str) -> Iterator[Row]:
    """Yield the rows below a header."""
    all_named, adapts = "" not in header.fields, bool(header.factors or header.places)
    for record in header.records:
        if any(map(str.strip, record.cells)) and record.cells not in header.lines:
            record = record._replace(cells=header.adapted(record.cells)) if adapts else record  # noqa: PLW2901
            if _is_below(record.cells, header.required):
                yield _odd_row(record._replace(fault=_NO_ROW), header.fields, sheet)
            elif all_named and len(record.cells) == len(header.fields) and not record.fault:
                yield Row(record.number, dict(zip(header.fields, record.cells, strict=True)), sheet=sheet)
            else:
                yield _odd_row(record, header.fields, sheet)


def _is_below(cells: Sequence[str], required: Sequence[int]) -> bool:
    """Whether a record that says nothing of what is required is a line of sums or a note."""
    for at in required:  # a generator would cost each row as much as its cells
        if at < len(cells) and cells[at].strip():
            return False
    return _BELOW.fullmatch(next(filter(None, map(str.strip, cells)))) is not None


def csv_rows(path: Path, required: Sequence[str]) -> Iterator[Row]:
    """Stream the rows of a table of one shape, its fields named as its columns are; see ``table_rows``."""
    return table_rows(path, Shape(required))


def _refuse_nearest(path: Path, shapes: Sequence[Shape], lines: Sequence[Sequence[str]]) -> None:
    """Refuse a table by the line that is most like a header, and the shape that it is most like."""
    pairs = [(shape, cells, [*map(shape.field_of, cells)]) for cells in lines for shape in shapes]
    if pairs:
        shape, cells, fields = max(pairs, key=lambda each: _likeness(each[0], each[2]))
        _require(path, [*map(shape.header_of, shape.lacking(fields))], cells, shape.known(fields))


def _likeness(shape: Shape, fields: Sequence[str]) -> tuple[int, int, int]:
    """Columns that are known, then how few are missing, then how many there are."""
    return len(shape.known(fields)), -len(shape.lacking(fields)), sum(map(bool, fields))


def require_fields(path: Path, required: Sequence[str], found: Sequence[str], names: Mapping[str, str]) -> None:
    """Raise ``OtherShapeError`` where a required field is not among those found, naming both."""
    written = {field: header for header, field in names.items()}
    _require(path, [written.get(name, name) for name in required if name not in found], found)


def _require(path: Path, missing: Sequence[str], found: Sequence[str], known: Collection[str] = ()) -> None:
    """Raise ``OtherShapeError`` where anything is ``missing``, each with what of ``found`` is spelt nearly so."""
    if not missing:
        return
    near = {name: get_close_matches(name, [*filter(None, found)], n=1) for name in missing}
    listed = ", ".join(filter(None, found))
    ko, en = (
        ", ".join(f"{name} ({asked}{near[name][0]}?)" if near[name] else name for name in missing)
        for asked in ("혹시 ", "is it ")
    )
    raise OtherShapeError(
        Wording(
            f"{shown(path)}: 예상과 다른 형식입니다. 없는 열: {ko}. 있는 열: {listed or '없음'}. "
            "이 출처의 파일이 맞는지, 머리글이 온전한지 확인하십시오",
            f"{shown(path)} has another shape than expected: columns missing: {en}; found: {listed or 'none'}; "
            "check that this is the right file for the source and that its header line is complete",
        ),
        known,
    )


def _header(path: Path, shapes: Sequence[Shape], first: Sequence[TableRecord], table: _Table) -> _Header | None:
    """Return the first line, or two lines, among the ``first`` that are a header of a shape; None where none is.

    Two lines are taken where the lower parts the columns of the upper or tells their units, else those of one and two
    that name more of the columns that are known.
    """
    for shape in shapes:
        read: list[tuple[tuple[bool, int, int], int, list[str], list[TableColumn]]] = []
        for at, lines in product(range(len(first)), (1, 2)):
            headers = _joined([record.cells for record in first[at : at + lines]])
            columns = [*map(shape.column_of, headers)]
            fields = [column.field for column in columns]
            if shape.fits(fields) and at + lines <= len(first):
                required = [*map(fields.index, shape.required)]
                parted = lines > 1 and _goes_on(first[at].cells, first[at + 1].cells, required)
                read.append(((parted, len(shape.known(fields)), -lines), at, headers, columns))
        if read:
            (_, _, lines), at, headers, columns = max(read, key=lambda each: each[0])
            below = at - lines
            written = [record.cells for record in first[at:below]]
            places = _places(shape, written, columns)
            for _, *others in places:
                columns[others[0] : others[-1] + 1] = [TableColumn("")] * len(others)
                headers[others[0] : others[-1] + 1] = [""] * len(others)
            fields = [column.field for column in columns]
            _refuse_repeated(path, headers, fields)
            factors = _factors(path, [record.cells for record in first[:at]], headers, columns)
            required = [fields.index(name) for name in shape.required]
            fields += [""] * (table.width - len(fields))
            return _Header(fields, required, written, chain(first[below:], table.records), factors, places)
    return None


def _places(shape: Shape, lines: Sequence[Sequence[str]], columns: list[TableColumn]) -> list[list[int]]:
    """Return the columns that part one of the source's by words for places, which ``columns`` then is the first of."""
    if len(lines) == 1:
        return []
    upper, lower = lines
    found: list[list[int]] = []
    for at, cell in enumerate(lower):
        above = upper[at].strip() if at < len(upper) else ""
        if cell.strip() not in PLACES or shape.known([columns[at].field]):
            continue
        if above and shape.known([shape.field_of(above)]):
            found.append([at])
            columns[at] = shape.column_of(above)
        elif not above and found and found[-1][-1] == at - 1:
            found[-1].append(at)
    return [each for each in found if len(each) > 1]


def _factors(
    path: Path, above: Sequence[Sequence[str]], headers: Sequence[str], columns: Sequence[TableColumn]
) -> dict[int, int]:
    """Return how many KRW amounts are by column, as its header or else the line of units above the table says."""
    units = unit_line(above)
    factors: dict[int, int] = {}
    for at, column in enumerate(columns):
        factor = column.factor or (krw_of(units) if units else 1)
        if column.money and factor is None:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 표 위의 단위 '{units}'가 {headers[at]} 열에 몇 원인지 알 수 없습니다. 머리글에 "
                    f"{headers[at]}(백만원)처럼 단위를 적으십시오",
                    f"{shown(path)} tells the unit '{units}' above the table, and how many KRW that is in the column "
                    f"{headers[at]} is not known; write the unit into its header, such as {headers[at]}(백만원)",
                )
            )
        if column.money and factor not in (1, None):
            factors[at] = factor
            remark(_SCALED, f"{headers[at]} × {factor:,} ({shown(called(path))})")
    return factors


def _goes_on(upper: Sequence[str], lower: Sequence[str], required: Sequence[int]) -> bool:
    """Whether the second of two lines tells the units of the first one or parts its columns, and is no row.

    A column that is parted (종업원수 in 남, 여) has a name above its first part alone, and each of its parts is a word.
    """
    # A cell that is merged over both lines stands in each of them.
    named = {at for at, cell in enumerate(lower) if cell.strip() and cell not in upper[at : at + 1]}
    if not named or _is_below(lower, required):
        return False
    if all(is_unit(lower[at]) for at in named):
        return True
    if all(lower[at].strip() in PLACES or is_unit(lower[at]) for at in named):
        return named.isdisjoint(required)
    parts = {at for at in named if not "".join(upper[at : at + 1]).strip()}
    words = all(re.fullmatch(r"\D*[^\W\d]\D*", lower[at]) for at in named)
    return bool(parts) and words and {at - 1 for at in parts} <= named and named.isdisjoint(required)


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return one header a column, the lower of two lines where it says anything but a unit."""
    width = max(map(len, lines))
    filled = [[*cells, *[""] * (width - len(cells))] for cells in lines]
    headers: list[str] = []
    for column in zip(*filled, strict=True):
        upper, lower = column[0].strip(), column[-1].strip()
        headers.append(with_unit(upper, lower) if upper and is_unit(lower) else lower or upper)
    while headers and not headers[-1]:
        headers.pop()
    return headers


def _refuse_repeated(path: Path, headers: Sequence[str], fields: Sequence[str]) -> None:
    repeated = [header for at, header in enumerate(headers) if header and fields[at] in fields[:at]]
    if repeated:
        names = ", ".join(repeated)
        raise SourceError(
            Wording(
                f"{shown(path)}: {names} 열이 두 번 있어 어느 쪽을 쓸지 알 수 없습니다. 하나만 남기십시오",
                f"{shown(path)} has the column {names} twice; which one counts is not told: keep one of them",
            )
        )


def _odd_row(record: TableRecord, header: Sequence[str], sheet: str) -> Row:
    """Make a row of a record that has a fault, cells too few or too many, or cells without a name.

    What it says in columns without a name goes by their number.
    """
    cells = record.cells
    names = [name or f"column {at}" for at, name in enumerate(header, start=1)]
    filled = [*cells, *[""] * (len(header) - len(cells))]
    values = {name: cell for name, known, cell in zip(names, header, filled, strict=False) if known or cell.strip()}
    if record.fault:
        return Row(record.number, values, record.fault, sheet, [record.line] if record.line else ())
    if len(cells) >= len(header) and not any(cell.strip() for cell in cells[len(header) :]):
        return Row(record.number, values, sheet=sheet)
    counts = Wording(
        f"이 행은 {len(cells)}칸, 머리글은 {len(header)}칸입니다",
        f"the row has {len(cells)} cells, the header {len(header)}",
    )
    kept = [cell for at, cell in enumerate(cells) if at >= len(header) or header[at] or cell.strip()]
    return Row(record.number, values, Fault("", "", counts, _COMMAS), sheet, kept)


def _delimiter(path: Path, shapes: Sequence[Shape]) -> str:
    """Return the delimiter under which a line is a header, or most like one; a comma where none is."""
    with opened_text(path) as text:
        lines = [line.rstrip("\r\n") for line in islice(text, _HEADER_WITHIN)]

    def likeness(delimiter: str) -> tuple[bool, int, int]:
        cut = [(shape, line.split(delimiter)) for line in lines for shape in shapes]
        read = [(shape, [shape.field_of(cell.strip('"')) for cell in cells]) for shape, cells in cut]
        alike = (
            (len(each) > 1 and bool(shape.required) and shape.fits(each), len(shape.known(each)))
            for shape, each in read
        )
        return (*max(alike, default=(False, 0)), max((len(each) for _, each in read), default=0))

    return max(_DELIMITERS, key=likeness)


def skipped_sheets(path: Path, read: Collection[str]) -> dict[str, bool]:
    """Return the sheets of a workbook that gave no row, and whether each is hidden; ``read`` names those that gave any.

    One that is alone in not being hidden goes by an empty name, see ``Row.sheet``.
    """
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    if file_kind(path) != "workbook":
        return {}
    with opened(path) as file:
        sheets = CalamineWorkbook.from_filelike(file).sheets_metadata
    hidden = {each.name: each.visible != SheetVisibleEnum.Visible for each in sheets}
    found = {*read} if [*hidden.values()].count(False) > 1 or not read else {*hidden}
    return {name: is_hidden for name, is_hidden in hidden.items() if is_hidden or name not in found}


def _sheets(path: Path) -> Iterator[_Table]:
    """Yield the sheets of a workbook that are not hidden."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    with opened(path) as file:
        try:
            workbook = CalamineWorkbook.from_filelike(file)
            names = [each.name for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
            failed = failed_cells(file)
            sheets = [(name, _grid(workbook.get_sheet_by_name(name), failed.get(name, ()))) for name in names]
        except PasswordError as error:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 암호로 잠긴 파일입니다. 암호 없이 저장하십시오",
                    f"{shown(path)} is locked by a password; save it without one",
                )
            ) from error
        except (CalamineError, ValueError, BadZipFile, ParseError) as error:
            raise SourceError(
                Wording(
                    f"{shown(path)}: 열 수 없는 엑셀 파일입니다({error}). 한글이나 워드 문서라면 그 안의 표를, 아니면 "
                    "그 파일을 CSV(UTF-8)로 저장하십시오",
                    f"{shown(path)} is no Excel workbook that can be opened ({error}); save it, or the table in it "
                    "where it is a document, as CSV (UTF-8)",
                )
            ) from error
    for name, rows in sheets:
        records = (TableRecord(number, row) for number, row in enumerate(rows, start=1))
        yield _Table(records, name if len(sheets) > 1 else "", max(map(len, rows), default=0))


def _grid(sheet: CalamineSheet, failed: Iterable[FailedCell]) -> list[list[str]]:
    """Return the cells of a sheet as texts; what is written once for several rows stands in each of them."""
    rows = [[*map(_cell_text, row)] for row in sheet.to_python(skip_empty_area=False)]
    for row, column, text in failed:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        for at in range(top + 1, min(bottom + 1, len(rows))):
            rows[at][column] = rows[top][column]
    return rows


def _cell_text(value: object) -> str:
    """Write a cell as it would stand in a CSV file: whole numbers without a fraction, days without a time."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def _loose(header: str) -> str:
    return re.sub(r"[\s_·]", "", header).casefold()
