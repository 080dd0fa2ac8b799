"""``dure law``, ``size`` and ``deadline``: the rows of the law, and what they say of one company or one complaint."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, parse_day
from cli.output import TABLE_HEADER, say, say_json, say_table
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graph_schema.law.rows import LawRow
    from graph_schema.law.size import Grace, Size


_TITLE = Wording("법령", "The law")
_FACTS = {
    "sales": Wording("매출액", "its sales"),
    "staff": Wording("상시 근로자 수", "its regular workers"),
}


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(law)
    app.command()(size)
    app.command()(deadline)


def law(
    table: Annotated[str | None, typer.Argument(help="Table of the law; without it, the tables are counted")] = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Rows that hold on this day")] = None,
    to_confirm: Annotated[bool, typer.Option("--to-confirm", help="Rows that nobody has read in the text")] = False,
    json: JsonOption = False,
) -> None:
    """Show the rows of the law that decide who may have what."""
    from graph_schema.law.rows import TABLES
    from graph_schema.law.rows import table as read

    day = parse_day(on)
    rows = {
        name: [row for row in read(name) if (day is None or row.holds(day)) and not (to_confirm and row.confirmed)]
        for name in ([table] if table else TABLES)
    }
    if table or to_confirm:
        _show([row for each in rows.values() for row in each], json=json)
        return
    counts = [(name, *TABLES[name], len(each), sum(not row.confirmed for row in each)) for name, each in rows.items()]
    if json:
        header = ("table", "ko", "en", "rows", "to_confirm")
        say_json([dict(zip(header, each, strict=True)) for each in counts])
    else:
        of, number = TABLE_HEADER
        titles = (of, "내용", Wording("영어", "what"), number, Wording("확인 필요", "to confirm"))
        say_table(_TITLE, titles, counts, right=(3, 4))


def size(
    industry: Annotated[str, typer.Argument(help="KSIC 11 code of the main industry, such as C10711")],
    *,
    sales: Annotated[float | None, typer.Option(help="Mean sales of the last three years, in KRW", min=0)] = None,
    workers: Annotated[float | None, typer.Option(help="Full-time workers, mean of the last year", min=0)] = None,
    part_timers: Annotated[
        float, typer.Option("--part-timers", help="Of 60 hours a month or more; those of fewer do not count", min=0)
    ] = 0.0,
    outgrown: Annotated[
        str | None, typer.Option("--outgrown", metavar="YYYY-MM-DD", help="Since when it has been too large")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Day asked about; today")] = None,
    json: JsonOption = False,
) -> None:
    """Tell a company's size class by the law of a day.

    Such as: dure size C10711 --sales 500000000 --workers 4 --part-timers 3
    """
    from graph_schema.law.size import regular_workers, size_class
    from recommender.snapshot.dated_facts import today_in_korea

    day, since = parse_day(on) or today_in_korea(), parse_day(outgrown)
    staff = regular_workers(workers or 0.0, part_timers, day) if part_timers or workers is not None else None
    found = size_class(industry, sales, staff, day)
    still = [] if since is None else _graces(found, since, staff, day)
    if json:
        say_json(
            {
                "on": day.isoformat(),
                "possible": found.possible,
                "unknown": found.unknown,
                "regular_workers": staff,
                "grace": {kind: given.until.isoformat() for kind, given in still},
                "rows": [_as_json(row) for row in found.rows],
            }
        )
        return
    for line in _size_in_words(found, still, staff, day):
        say(line)
    _show([*found.rows, *(given.row for _, given in still)], json=False)


def deadline(
    kind: Annotated[str, typer.Argument(help="Kind of complaint, such as grievance; see dure law clocks")],
    *,
    received: Annotated[
        str | None, typer.Option("--received", metavar="YYYY-MM-DD", help="Day of receipt; today")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Tell the last day of a complaint by law.

    Such as: dure deadline grievance --received 2026-12-23
    """
    from graph_schema.law.clocks import clock
    from graph_schema.law.clocks import deadline as last_day
    from recommender.snapshot.dated_facts import today_in_korea

    day = parse_day(received) or today_in_korea()
    last, row = last_day(kind, day), clock(kind, day)
    if json:
        say_json({"kind": kind, "received": day.isoformat(), "last_day": last.isoformat(), "row": _as_json(row)})
        return
    say(Wording(f"처리기한 {last} (접수 {day})", f"to be dealt with by {last} (received on {day})"))
    _show([row], json=False)


def _graces(found: Size, since: date, staff: float | None, on: date) -> list[tuple[str, Grace]]:
    """Kinds of which a company is none any more, with the grace that still runs on a day."""
    from graph_schema.law.size import SizeClass, grace

    within = {"micro": {SizeClass.MICRO}, "sme": {SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM}}
    given = [(kind, grace(kind, since)) for kind, sizes in within.items() if not sizes & set(found.possible)]
    return [(kind, each) for kind, each in given if each and each.until >= on and (staff or 0) < each.workers]


def _size_in_words(found: Size, still: list[tuple[str, Grace]], staff: float | None, on: date) -> Iterator[Wording]:
    from graph_schema.choices import KIND_NAMES
    from graph_schema.law.size import SIZE_NAMES
    from recommender.language.particles import with_particle

    names = [SIZE_NAMES[each] for each in found.possible]
    ko, en = " 또는 ".join(each.ko for each in names), " or ".join(each.en for each in names)
    counted = NOTHING if staff is None else Wording(f", 상시 근로자 {staff:g}명", f", {staff:g} regular workers")
    yield Wording(f"규모: {ko} ({on} 기준{counted.ko})", f"size: {en} (on {on}{counted.en})")
    if found.unknown:
        facts = [_FACTS[each] for each in found.unknown]
        yield Wording(
            f"정하려면 알아야 할 것: {', '.join(each.ko for each in facts)}",
            f"would be decided by {', '.join(each.en for each in facts)}",
        )
    for kind, given in still:
        name = KIND_NAMES[kind]
        yield Wording(
            f"유예: {given.until}까지 {with_particle(name.ko, '로')} 봄. 합병 등 예외 확인 필요",
            f"grace: counts among {name.en} until {given.until}; mergers and the like end it, to be checked",
        )


def _show(rows: list[LawRow], *, json: bool) -> None:
    if json:
        say_json([_as_json(row) for row in rows])
        return
    header = (
        Wording("행", "row"),
        Wording("시행 기간", "in force"),
        "내용",
        Wording("근거", "by"),
        Wording("확인", "confirmed"),
    )
    lines = [(row.id, row.period, row.ko, row.cited, _confirmed(row)) for row in rows]
    say_table(_TITLE, header, lines)


def _confirmed(row: LawRow) -> Wording:
    if row.confirmed:
        return Wording("원문 확인", "yes")
    return Wording(f"확인 전: {row.source}", f"no: {row.source}")


def _as_json(row: LawRow) -> dict[str, object]:
    """Properties of a row; a figure that is not known is null."""
    values = asdict(row)
    return values | {"figure": None if math.isnan(row.figure) else row.figure}
