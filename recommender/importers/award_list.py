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
from graph_schema.wording import NOTHING, Wording
from recommender.importers.award_windows import choose_windows
from recommender.importers.awards import Award, AwardSet, AwardTask, awards_folder
from recommender.importers.list_columns import ROLES, AwardColumns, find_columns, is_name
from recommender.importers.list_rows import ListReader, ListRow, read_day
from recommender.importers.patents import organisation_id
from recommender.knowledge.dataset import BadRow
from recommender.knowledge.folder.write import ExperimentFolder

_YEAR_OR_ROUND: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)\s*(?:년도|년)?|제?\s*\d+\s*(?:차|회|기)(?!\w)")
_EMPTY_PARTS: Final = re.compile(r"\(\s*\)|\[\s*\]|\s+")
_EMPTY: Final = (Wording("칸이 비어 있음", "the cell is empty"), Wording("값을 적으십시오", "fill it in"))
_NO_DAY: Final = (
    Wording("날짜, 월, 연도 가운데 어느 것도 아님", "not a day, month or year"),
    Wording("2026-03-02처럼 적으십시오", "write it like 2026-03-02"),
)
"""Reason and remedy of a row that is left out."""


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
    notes: tuple[Wording, ...]
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
        _AwardEnd(organisations, columns.organisation_text, columns.organisation_attribute),
        _AwardEnd(items, columns.item_text, columns.item_attribute),
    )
    windows = choose_windows([day for day, _ in rows], request.valid_from, request.test_from)
    notes = (
        Wording(
            f"기관: {columns.organisation}, 항목: {columns.item}, 날짜: {columns.date}",
            f"organisation: {columns.organisation}, item: {columns.item}, date: {columns.date}",
        ),
        _counts(awards, len(set(titles))),
        _windows(windows, (rows[0][0], rows[-1][0]), given=bool(request.valid_from and request.test_from)),
        *_repeats(awards),
    )
    described = [side.described([row for _, row in rows]) for side in sides]
    found = AwardSet(awards, described[0], described[1])
    task = AwardTask(path.stem, "", "\n".join((f"Awards of {path.name}.", *map(str, notes))), windows)
    return AwardList(awards_folder(task, found), notes, tuple(left_out))


def _no_award(path: Path, left_out: Sequence[BadRow]) -> SourceError:
    if not left_out:
        return SourceError(
            Wording(
                f"{path}: 머리글만 있고 행이 없습니다. 선정마다 한 행씩 적으십시오",
                f"{path} holds a header and no rows; give one row an award",
            )
        )
    first = left_out[0]
    return SourceError(
        Wording(
            f"{path}: {len(left_out):,}행 가운데 선정으로 읽을 수 있는 행이 없습니다. {first.line}번째 줄: "
            f"{first.field} {first.value!r}: {first.reason.ko}. {first.remedy.ko}. 열을 잘못 골랐으면 바꾸십시오",
            f"{path}: none of its {len(left_out):,} rows is an award; line {first.line}: {first.field} "
            f"{first.value!r}: {first.reason.en}; {first.remedy.en}, or name another column",
        )
    )


def _refuse_single(path: Path, **sides: Sequence[str]) -> None:
    """Refuse a list in which nothing can be chosen, or nobody can be learned from."""
    for role, ids in sides.items():
        if len(set(ids)) == 1:
            raise SourceError(
                Wording(
                    f"{path}: 선정 {len(ids):,}건의 {ROLES[role]} 값이 모두 같습니다: {ids[0]!r}. 실험에는 서로 다른 "
                    f"값이 있어야 합니다. --{role} 옵션으로 다른 열을 지정하거나 더 긴 목록을 쓰십시오",
                    f"{path}: all {len(ids):,} awards have one {role}, {ids[0]!r}; an experiment needs several, name "
                    f"another column with --{role}, or bring a longer list",
                )
            )


def _counts(awards: Sequence[Award], titles: int) -> Wording:
    """Say how many awards, organisations and items there are, and titles where several became one item."""
    organisations, items = ({getattr(award, role) for award in awards} for role in ("organisation", "item"))
    ko = f"기관 {len(organisations)}곳, 항목 {len(items)}개, 선정 {len(awards)}건"
    en = f"{len(awards)} awards of {len(organisations)} organisations by {len(items)} items"
    if len(items) == titles:
        return Wording(ko, en)
    return Wording(
        f"{ko}. 제목은 {titles}개이며, 연도나 회차만 다른 제목은 한 항목으로 봅니다",
        f"{en}; {titles} titles, those that differ in a year or round alone are one item",
    )


def _windows(windows: tuple[date, date], span: tuple[date, date], *, given: bool) -> Wording:
    """Say where the windows begin, and the first and the last day of the list."""
    default = (
        NOTHING
        if given
        else Wording(". 기본값은 선정의 약 10분의 1씩입니다", "; by default about a tenth of the awards each")
    )
    return Wording(
        f"구간: {windows[0]} 전은 train, {windows[1]} 전은 valid, 그 뒤는 test{default.ko}. "
        f"목록의 기간: {span[0]} ~ {span[1]}",
        f"windows: train before {windows[0]}, valid before {windows[1]}, test from then on{default.en}"
        f"; the list goes from {span[0]} to {span[1]}",
    )


def _repeats(awards: Sequence[Award]) -> tuple[Wording, ...]:
    """Say how many awards are like another one in all that is read, which copies of rows are, too."""
    count = len(awards) - len(set(awards))
    note = Wording(
        f"기관, 항목, 날짜가 다른 선정과 모두 같은 선정이 {count:,}건입니다. 하나씩 따로 세므로 복사된 행은 지우십시오",
        f"{count:,} awards have organisation, item and date of another; each counts, so take out rows that are copies",
    )
    return (note,) if count else ()


def item_id(title: str) -> str:
    """Return a title in compatibility form without years and rounds; as it is where nothing else would be left."""
    text = unicodedata.normalize("NFKC", title)
    bare = _EMPTY_PARTS.sub(" ", _YEAR_OR_ROUND.sub(" ", text)).strip()
    return bare or text


@dataclass(frozen=True)
class _AwardEnd:
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
            fault = (empty[0], "", *_EMPTY)
        elif day is None:
            fault = (columns.date, row.values[columns.date], *_NO_DAY)
        else:
            yield day, row
            continue
        left_out.append(BadRow(path.name, row.line, *fault))
