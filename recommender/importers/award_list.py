"""Any list of awards as an experiment folder: a CSV file with a row for each award, its organisation, item and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from recommender.importers.award_windows import choose_windows
from recommender.importers.awards import Award, AwardSet, AwardTask, awards_folder
from recommender.importers.list_columns import AwardColumns, find_columns, is_name
from recommender.importers.list_rows import ListReader, ListRow, read_day
from recommender.importers.patents import organisation_id
from recommender.knowledge.dataset import BadRow
from recommender.knowledge.folder.write import ExperimentFolder

_YEAR_OR_ROUND: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)\s*(?:년도|년)?|제?\s*\d+\s*(?:차|회|기)(?!\w)")
_EMPTY_PARTS: Final = re.compile(r"\(\s*\)|\[\s*\]|\s+")


@dataclass(frozen=True)
class ListRequest:
    """How to read a list; what is not named is guessed. ``keep_years``: titles of two years stay two items."""

    columns: AwardColumns = field(default_factory=AwardColumns)
    valid_from: date | None = None
    test_from: date | None = None
    keep_years: bool = False


@dataclass(frozen=True)
class AwardList:
    """The folder of a list, what was chosen on the way, and the rows that were left out."""

    folder: ExperimentFolder
    notes: tuple[str, ...]
    left_out: tuple[BadRow, ...]


def read_list(path: Path, request: ListRequest) -> AwardList:
    """Make the folder of a list of awards.

    Spellings of one organisation meet, and titles that differ in a year or round alone are one item. Texts and
    attributes are those of the first award that has them. Raises ``SourceError`` where the file cannot be read, a
    column or every date is missing, or a window holds no award, or all awards are of one organisation or item;
    ``ConfigError`` for a column that cannot be taken.
    """
    left_out: list[BadRow] = []
    reader = ListReader(path, left_out)
    columns = find_columns(path, reader.columns, request.columns)
    rows = sorted(_dated(path, reader, columns, left_out), key=lambda dated: dated[0])
    if not rows:
        raise _no_award(path, left_out)
    titles = [row.values[columns.item] for _, row in rows]
    by_title = is_name(titles) and not request.keep_years
    items = [item_id(title) if by_title else title for title in titles]
    organisations = [organisation_id(row.values[columns.organisation]) for _, row in rows]
    _refuse_single(path, organisation=organisations, item=items)
    awards = [Award(*each) for each in zip(organisations, items, [day for day, _ in rows], strict=True)]
    sides = (
        _Side(organisations, columns.organisation_text, columns.organisation_attribute),
        _Side(items, columns.item_text, columns.item_attribute),
    )
    windows = choose_windows([day for day, _ in rows], request.valid_from, request.test_from)
    n_titles, n_items = len(set(titles)), len(set(items))
    joined = n_items < n_titles
    notes = (
        f"organisation: {columns.organisation}, item: {columns.item}, date: {columns.date}",
        f"{len(rows)} awards of {len(set(organisations))} organisations by {n_items} items"
        + (f"; {n_titles} titles, those that differ in a year or round alone are one item" if joined else ""),
        f"windows: train before {windows[0]}, valid before {windows[1]}, test from then on"
        + ("" if request.valid_from and request.test_from else "; by default about a tenth of the awards each")
        + f"; the list goes from {rows[0][0]} to {rows[-1][0]}",
        *_repeats(awards),
    )
    described = [side.described([row for _, row in rows]) for side in sides]
    found = AwardSet(awards, described[0], described[1])
    task = AwardTask(path.stem, "", "\n".join((f"Awards of {path.name}.", *notes)), windows)
    return AwardList(awards_folder(task, found), notes, tuple(left_out))


def _no_award(path: Path, left_out: Sequence[BadRow]) -> SourceError:
    if not left_out:
        return SourceError(f"{path} holds a header and no rows; give one row an award")
    first = left_out[0]
    return SourceError(
        f"{path}: none of its {len(left_out):,} rows is an award; line {first.line}: {first.field} {first.value!r}: "
        f"{first.reason}; {first.remedy}, or name another column"
    )


def _refuse_single(path: Path, **sides: Sequence[str]) -> None:
    """Refuse a list in which nothing can be chosen, or nobody can be learned from."""
    for role, ids in sides.items():
        if len(set(ids)) == 1:
            raise SourceError(
                f"{path}: all {len(ids):,} awards have one {role}, {ids[0]!r}; an experiment needs several, name "
                f"another column with --{role}, or bring a longer list"
            )


def _repeats(awards: Sequence[Award]) -> tuple[str, ...]:
    """Say how many awards are like another one in all that is read, which copies of rows are, too."""
    count = len(awards) - len(set(awards))
    told = (
        f"{count:,} awards have organisation, item and date of another; each counts, so take out rows that are copies"
    )
    return (told,) if count else ()


def item_id(title: str) -> str:
    """Return a title in compatibility form without years and rounds; as it is where nothing else would be left."""
    text = unicodedata.normalize("NFKC", title)
    bare = _EMPTY_PARTS.sub(" ", _YEAR_OR_ROUND.sub(" ", text)).strip()
    return bare or text


@dataclass(frozen=True)
class _Side:
    """One end of the awards: its id in each row, and the columns that describe it."""

    ids: Sequence[str]
    texts: Sequence[str]
    attributes: Sequence[str]

    def described(self, rows: Sequence[ListRow]) -> dict[str, dict[str, str]]:
        """Return what the first row that says it says of each id; a column of numbers or codes is no text."""
        columns = [*filter(lambda name: is_name(row.values[name] for row in rows), self.texts), *self.attributes]
        found: dict[str, dict[str, str]] = {}
        for node, row in zip(self.ids, rows, strict=True):
            known = found.setdefault(node, dict.fromkeys(columns, ""))
            for name in columns:
                known[name] = known[name] or row.values[name]
        return found


def _dated(
    path: Path, rows: Iterable[ListRow], columns: AwardColumns, left_out: list[BadRow]
) -> Iterator[tuple[date, ListRow]]:
    """Give the rows that name an organisation, an item and a day; the others are left out."""
    for row in rows:
        day = read_day(row.values[columns.date])
        empty = [name for name in (columns.organisation, columns.item, columns.date) if not row.values[name]]
        if empty:
            fault = (empty[0], "", "the cell is empty", "fill it in")
        elif day is None:
            fault = (columns.date, row.values[columns.date], "not a day, month or year", "write it like 2026-03-02")
        else:
            yield day, row
            continue
        left_out.append(BadRow(path.name, row.line, *fault))
