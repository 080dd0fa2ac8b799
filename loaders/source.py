"""What a source is: where it comes from, how its files are read, and what a row of it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from graph_schema.errors import Fault, SourceError
from graph_schema.wording import Language
from loaders.claims import SYNTHETIC
from loaders.columns import ColumnFields
from loaders.fields import Fields
from loaders.records import RowRecords
from loaders.sheets import ColumnRecords


class Row(NamedTuple):
    """One input row: its number as a spreadsheet shows it (the header is row 1) and its texts by field name."""

    number: int
    values: Mapping[str, str]
    fault: Fault | None = None
    """What is wrong with the row's shape, such as too few cells; None where nothing is."""
    sheet: str = ""
    """The sheet that it stands on, in a workbook of several."""
    kept: Sequence[str] = ()
    """The cells of a row of a wrong shape as they stood, so that it is none of a right shape before it is repaired."""
    aside: tuple[Fault, ...] = ()
    """Faults of cells that were set aside, which ``values`` lack as if the file had no such columns."""
    cells: Mapping[str, str] | None = None
    """All cells as they came, where any was set aside."""

    @property
    def came(self) -> Mapping[str, str]:
        """The cells as they came."""
        return self.values if self.cells is None else self.cells

    def without(self, columns: Collection[str], faults: Iterable[Fault]) -> Row:
        """Return the row with the cells of some columns set aside for their ``faults``."""
        values = {name: text for name, text in self.values.items() if name not in columns}
        return self._replace(values=values, aside=(*self.aside, *faults), cells=self.came)


@dataclass(frozen=True)
class Source:
    """One register or template that can be loaded.

    ``read`` streams the rows of a saved file and raises ``SourceError`` where it has another shape than expected.
    ``transform`` tells what a row says; its first record is the row's subject. It notes faults on the fields it was
    given and touches nothing outside of them. A source of many rows has ``transform_columns``, which says in columns
    what ``transform`` says of each row. ``required`` names the fields without which a file is refused, ``columns`` all
    that it knows (none where a register's other columns are of no use), ``headers`` these by the words that people
    write above them, ``pii`` those whose values must not be shown. ``gives`` says what is known by optional columns,
    those that stand for one another together: names of properties, and relationships by their type, where needed with
    the label of their end or their key (``LOCATED_IN Center``). A bad cell of such a column costs what it gives alone;
    of any other, the row. ``keys`` are optional ones by which a row is known, each where those before it are empty.
    ``quirks`` say what is peculiar to the register and how it is read. ``whole`` says that the files of a load are all
    there is: what they do not name holds no longer. ``awaits`` is the label of nodes that rows name and another source
    enters: those not entered yet are counted. ``language`` is that of the person who loads, in whose words the faults
    of rows are kept.
    """

    name: str
    title_ko: str
    title_en: str
    publisher: str
    read: Callable[[Path], Iterator[Row]]
    transform: Callable[[Fields], RowRecords]
    required: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    url: str = ""
    licence: str = ""
    gives: Mapping[tuple[str, ...], Sequence[str]] = field(default_factory=dict, hash=False)
    keys: tuple[str, ...] = ()
    pii: frozenset[str] = frozenset()
    whole: bool = False
    awaits: str = ""
    language: Language = "en"
    quirks: tuple[str, ...] = ()
    transform_columns: Callable[[ColumnFields], ColumnRecords] | None = None

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns by which more is known, where a file has them."""
        return tuple(chain.from_iterable(self.gives))

    def transformed(self, rows: ColumnFields) -> ColumnRecords:
        """Return what many rows say; what cannot be read is noted on ``rows``."""
        if self.transform_columns and rows.rows:
            return self.transform_columns(rows)
        return ColumnRecords.of(self.name, [*map(self.transform, rows.each())])

    def spoilt(self, fault: Fault, values: Mapping[str, str]) -> frozenset[str]:
        """Return the columns of a row that a fault spoils and that the row can do without; none where it cannot."""
        columns = self._spoilt_by.get(fault.field, frozenset()) & values.keys()
        fields = Fields(values)
        known = next((at for at, key in enumerate(self.keys) if fields.text(key)), len(self.keys))
        return frozenset() if columns & {*self.keys[: known + 1]} else columns

    @cached_property
    def _spoilt_by(self) -> Mapping[str, frozenset[str]]:
        """Optional columns by their own names and by those of the properties that they give."""
        found: dict[str, set[str]] = {}
        for columns, given in self.gives.items():
            for name in given:
                found.setdefault(name, set()).update(columns)
        # A mark that cannot be read must not make a row a real one.
        own = {name: {name} for name in self.optional if name != SYNTHETIC}
        return {name: frozenset(columns - {SYNTHETIC}) for name, columns in (found | own).items()}

    def lacking(self, names: Collection[str]) -> list[tuple[str, ...]]:
        """Return the optional columns of which, and of those that stand for them, none is among ``names``."""
        return [columns for columns in self.gives if not any(column in names for column in columns)]

    def omitted(self, rows: Sequence[Row]) -> list[frozenset[str]]:
        """Return for each row what it says nothing of: what its absent columns give, and no other has a text for.

        Relationships that a cell gives which was set aside do not end, whatever the others say.
        """
        named = [tuple(row.values) for row in rows]
        shapes = {names: self._silence(names) for names in {*named}}
        found = [shapes[names].of(row.values) for names, row in zip(named, rows, strict=True)]
        return [each | self._related(row) if row.aside else each for each, row in zip(found, rows, strict=True)]

    def _related(self, row: Row) -> frozenset[str]:
        """Return the relationships that cells give which were set aside."""
        aside = row.came.keys() - row.values.keys()
        given = (names for columns, names in self.gives.items() if not aside.isdisjoint(columns))
        return frozenset(name for name in chain.from_iterable(given) if name[0].isupper())

    def _silence(self, names: Collection[str]) -> _Silence:
        lacking = self.lacking(names)
        lacked = frozenset(chain.from_iterable(map(self.gives.__getitem__, lacking)))
        others = ((columns, lacked & {*given}) for columns, given in self.gives.items() if columns not in lacking)
        return _Silence(lacked, tuple((columns, given) for columns, given in others if given))


class _Silence(NamedTuple):
    """What the absent columns of rows give, and the columns beside them that give some of it too; most have none."""

    lacked: frozenset[str]
    others: tuple[tuple[tuple[str, ...], frozenset[str]], ...]

    def of(self, row: Mapping[str, str]) -> frozenset[str]:
        """Return what a row says nothing of."""
        if not self.others:
            return self.lacked
        fields = Fields(row)
        return self.lacked.difference(*(given for columns, given in self.others if any(map(fields.text, columns))))


def first_rows(rows: Iterable[Row], most: int) -> tuple[list[Row], SourceError | None]:
    """Return the first ``most`` rows, and the fault that ended them where there was one."""
    first: list[Row] = []
    try:
        for row in islice(rows, most):
            first.append(row)  # noqa: PERF402 - what came before a fault is kept
    except SourceError as error:
        return first, error
    return first, None


def one_row(transform_columns: Callable[[ColumnFields], ColumnRecords]) -> Callable[[Fields], RowRecords]:
    """Make a ``transform`` of what tells the same in columns."""

    def transform(fields: Fields) -> RowRecords:
        rows = ColumnFields([fields.values])
        records = transform_columns(rows)
        fields.faults.extend(rows.faults[0])
        return records.row(0)

    return transform
