"""``dure law``: the rows of the law that rules read, and those that somebody has to look up."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, parse_day
from cli.output import TABLE_HEADER, say_json, say_table
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from graph_schema.law.rows import LawRow


_TITLE = Wording("법령", "The law")


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(law)


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
