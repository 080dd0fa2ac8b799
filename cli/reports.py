"""How what was loaded or written looks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cli.output import TABLE_HEADER, say, say_json, say_table
from graph_schema.catalog import node_type
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from loaders.claims import Disagreement
    from loaders.hand_edits import HandEdits
    from loaders.report import LoadReport, SkippedSheet
    from loaders.synthesize.synthesis import SynthesisReport
    from recommender.snapshot.snapshot import Snapshot
    from stores.base import Overruled

_COUNTS: Final = {"read": "읽음", "loaded": "적재", "unchanged": "그대로", "quarantined": "격리", "closed": "종료"}
"""What a load counts, by its name in Korean."""
_SHOWN: Final = 10
"""One line's worth."""
_VALUE_SHOWN: Final = 40
"""Characters of a value: enough to know it again."""


def show_load(report: LoadReport, *, json: bool, partial: bool = True) -> None:
    """Print what came of a load; a ``partial`` one says what its files do not name."""
    if json:
        say_json(report.as_json())
        return
    for line in _lines(report, partial=partial):
        say(line)


def _lines(report: LoadReport, *, partial: bool) -> Iterator[Wording]:
    """Yield the lines that report a load."""
    numbers = {name: f"{getattr(report, name):,}" for name in _COUNTS}
    yield Wording(
        f"출처 {report.source}  {'  '.join(f'{_COUNTS[name]} {number}' for name, number in numbers.items())}  "
        f"{report.seconds:.3f}초",
        f"source {report.source}  {'  '.join(f'{name} {number}' for name, number in numbers.items())}  "
        f"seconds {report.seconds:.3f}",
    )
    if partial and report.read and not report.whole:
        yield Wording(
            "일부 적재: 이 파일에 없는 것은 그대로 둡니다. 출처의 전부라면 --whole을 붙이면 없는 것을 종료합니다",
            "partial: what these files do not name stays; --whole closes it where they are all that the source says",
        )
    for each in report.replaced:
        rows, file, by = f"{each.rows:,}", each.file, each.by
        yield Wording(
            f"두 파일이 달라 뒤 파일을 따른 행 {rows}: {file}, 뒤 파일 {by}",
            f"rows on which two files disagree, the later one taken: {rows} of {file}, taken from {by}",
        )
    if report.lacking_columns and report.loaded:
        lacking = ", ".join(report.lacking_columns)
        yield Wording(
            f"파일에 없는 열, 전에 알려진 내용은 그대로 둠: {lacking}",
            f"columns that a file lacks, what was known by them is kept: {lacking}",
        )
    yield from _disagreements(report)
    yield from _overruled(report.hands)
    if report.skipped_sheets:
        sheets = [_sheet(each) for each in report.skipped_sheets]
        yield Wording(
            f"읽은 행이 없는 시트: {', '.join(each.ko for each in sheets)}",
            f"sheets of which no row was read: {', '.join(each.en for each in sheets)}",
        )
    if report.unknown_columns:
        unknown = [_unknown_column(name, report.like_columns.get(name)) for name in report.unknown_columns]
        yield Wording(
            f"이 출처가 모르는 열이라 읽지 않음: {', '.join(each.ko for each in unknown)}",
            f"columns that this source does not know, not read: {', '.join(each.en for each in unknown)}",
        )
    if report.unnamed_codes:
        count, some = f"{len(report.unnamed_codes):,}", ", ".join(report.unnamed_codes[:_SHOWN])
        more = ", …" if len(report.unnamed_codes) > _SHOWN else ""
        yield Wording(
            f"코드표에 이름이 없어 코드로 남은 분류 {count}개: {some}{more}",
            f"codes without a name in the tables of codes, called by the code: {count} ({some}{more})",
        )
    for label, number in report.awaited.items():
        yield Wording(
            f"이름만 알려진 {node_type(label).ko} {number:,}: 해당 출처를 적재하면 채워집니다",
            f"{node_type(label).en} known by name alone, {number:,}: filled in once their own source is loaded",
        )
    if report.whole and report.closed and report.quarantined:
        yield Wording(
            "격리된 행의 대상도 종료되었을 수 있음: 행을 고쳐 적재하면 다시 유효해집니다",
            "what the quarantined rows speak of may be among what was closed: repaired and loaded, it holds again",
        )
    for what, about in report.remarks.items():
        some, more = ", ".join(about[:_SHOWN]), ", …" if len(about) > _SHOWN else ""
        yield Wording(f"{what.ko}({len(about):,}): {some}{more}", f"{what.en} ({len(about):,}): {some}{more}")
    yield from _waiting(report)


def _waiting(report: LoadReport) -> Iterator[Wording]:
    """Say what is to be repaired, and where it is listed."""
    if report.cells:
        yield Wording(
            f"적재한 행에서 확인할 칸 {report.cells:,}: 그 칸만 빼고 적재하였고, 전에 알려진 값은 그대로 둡니다",
            f"cells to be checked in rows that were loaded: {report.cells:,}; each is left out, and what was known by "
            "it is kept",
        )
    if report.quarantine_file:
        yield Wording(
            f"행과 칸마다 사유와 고치는 법: {report.quarantine_file}",
            f"the rows and cells, each with its reason and remedy: {report.quarantine_file}",
        )


def _unknown_column(name: str, like: str | None) -> Wording:
    return Wording(f"{name} (아는 열: {like})", f"{name} (it knows {like})") if like else Wording.alike(name)


def _disagreements(report: LoadReport) -> Iterator[Wording]:
    """Name the properties of which another source gives other values, and whose are shown."""
    differing = [_disagreement(each, rows) for each, rows in report.disagreements.items()]
    if differing:
        yield Wording(
            f"다른 출처와 달라 한쪽만 보이는 값: {', '.join(each.ko for each in differing)}",
            f"values on which sources differ, one of them shown: {', '.join(each.en for each in differing)}",
        )


def _overruled(hands: HandEdits | None) -> Iterator[Wording]:
    """Name what people had changed or erased and the load wrote over."""
    if hands is None:
        return
    if hands.edits:
        edits = [_edit(each) for each in hands.edited[:_SHOWN]]
        more = "; …" if hands.edits > len(edits) else ""
        yield Wording(
            f"손으로 고친 뒤 이번 적재로 덮어쓴 것 {hands.edits:,}: {'; '.join(each.ko for each in edits)}{more}",
            f"edited by hand and overwritten by this load, {hands.edits:,}: "
            f"{'; '.join(each.en for each in edits)}{more}",
        )
    if hands.redrawn:
        places = ", ".join(hands.drawn_again[:_SHOWN]) + (", …" if hands.redrawn > _SHOWN else "")
        yield Wording(
            f"노드는 그대로인데 새로 그린 관계 {hands.redrawn:,}(손으로 지웠거나, 전에 그릴 수 없었거나, 출처에 새로 "
            f"적힌 관계): {places}",
            f"relationships drawn beside nodes that are as they were, {hands.redrawn:,} (erased by hand, not to be "
            f"drawn before, or new in the source): {places}",
        )


def _edit(each: Overruled) -> Wording:
    """Say where an edit was, and what it was overwritten with; of what is personal the name alone."""
    from stores.checks import place_of

    named = {p.name: p for p in each.element.stored}
    changes = [(named[name], values and " → ".join(map(_shown, values))) for name, values in each.changes.items()]
    ko = ", ".join(" ".join(filter(None, (p.ko, values))) for p, values in changes)
    en = ", ".join(" ".join(filter(None, (p.name, values))) for p, values in changes)
    place = place_of(each.element, each.key)
    return Wording(f"{place} ({ko})", f"{place} ({en})")


def _shown(value: object) -> str:
    from graph_schema.captions import shortened
    from loaders.hand_edits import plain

    return "∅" if value is None else shortened(str(plain(value)), _VALUE_SHOWN)


def _disagreement(each: Disagreement, rows: int) -> Wording:
    name = next(p for p in each.element.own if p.name == each.name)
    return Wording(
        f"{each.element.ko} {name.ko} {rows:,}건({each.by} 적용, {each.overruled} 제외)",
        f"{each.name} of {rows:,} {each.element} ({each.by} shown, {each.overruled} not)",
    )


def _sheet(sheet: SkippedSheet) -> Wording:
    place = f"{sheet.file.name} [{sheet.name}]"
    return Wording(f"{place} (숨김)", f"{place} (hidden)") if sheet.hidden else Wording.alike(place)


def show_city(report: SynthesisReport) -> None:
    """Print what of a made-up city was written."""
    title = Wording("가상 자료 (synthetic: true)", "Made up (synthetic: true)")
    say_table(title, TABLE_HEADER, sorted(report.counts.items()), right=(1,))
    say(
        Wording(
            f"{report.written:,}행 기록, {report.seconds:.1f}초",
            f"{report.written:,} rows written in {report.seconds:.1f} s",
        )
    )


def show_snapshot(written: Snapshot) -> None:
    """Print what a snapshot is called, how much it holds, and where it lies."""
    id_, rows = written.id[:12], f"{written.manifest.rows:,}"
    say(
        Wording(
            f"스냅숏 {id_}, {rows}행, 폴더 {written.path}",
            f"snapshot {id_} with {rows} rows in {written.path}",
        )
    )
