"""``dure bloom export``: the perspective that coordinators import into Neo4j Bloom."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import neo4j_store_of, read_settings
from cli.options import AsOfOption, JsonOption, StoreOption, parse_day
from cli.output import progress_shown, say, say_json, say_table
from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from bloom.trial import TrialOutcome

app = typer.Typer(help="Give coordinators the graph in Neo4j Bloom.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep ``export`` a command of its own though it is the only one."""


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="The JSON file to write; import it in Bloom")],
    report: Annotated[Path | None, typer.Option("--report", help="Save the table of phrases as CSV, too")] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    most_seconds: Annotated[
        float,
        typer.Option("--most-seconds", min=0, help="What a phrase may take; more where the server is busy"),
    ] = 1.0,  # bloom.trial.MOST_SECONDS, which loads the driver
    *,
    json: JsonOption = False,
) -> None:
    """Write the Bloom perspective, once all of it has run.

    Every phrase, suggestion and action is run on the Neo4j store first, as on the day of --as-of, with values that have
    what it looks for. Each must use an index, return what can be drawn, at most 10,000 records, within a second; else
    it is named and nothing is written. What finds nothing, since the store holds no such thing, is written and named as
    not tried. Each node is given the number of its relationships first, by which sizes go, a short caption of its own,
    and its codes in Korean; hubs are marked. The same store and day give the same file.
    """
    from bloom.perspective import as_text, perspective
    from bloom.trial import require_sound, try_all
    from recommender.snapshot.dated_facts import today_in_korea
    from stores.captions import write_captions
    from stores.degrees import count_degrees
    from stores.hubs import mark_hubs

    for path in filter(None, (out, report)):
        _require_file(path)
    day = parse_day(as_of) or today_in_korea()
    with progress_shown(quiet=json) as progress, neo4j_store_of(read_settings(), store, progress=progress) as opened:
        degrees = count_degrees(opened, progress)
        mark_hubs(opened, progress)
        write_captions(opened, progress)
        outcomes = try_all(opened, progress=progress, most_seconds=most_seconds, day=day)
        text = as_text(perspective(day, opened.counts().relationships, degrees))
    if report is not None:
        _save(report, outcomes)
    if json:
        tried = [{**asdict(outcome), "untried": outcome.untried} for outcome in outcomes]
        say_json({"file": str(out), "as_of": day.isoformat(), "tried": tried})
    else:
        asked = [o for o in outcomes if o.kind != "suggestion"]
        rows = [(o.name, o.rows, o.milliseconds, o.fault or "; ".join(o.indexes)) for o in asked]
        phrase, index = Wording("문구·동작", "phrase or action"), Wording("색인", "index")
        say_table(Wording("시험 결과", "Tried"), (phrase, Wording("행", "rows"), "ms", index), rows, right=(1, 2))
        slowest = max((o.milliseconds for o in outcomes if o.kind == "suggestion"), default=0)
        lists = len(outcomes) - len(rows)
        say(
            Wording(
                f"제안 목록 {lists}개, 가장 느린 것 {slowest} ms",
                f"{lists} lists of suggestions, the slowest in {slowest} ms",
            )
        )
        untried = [o.name for o in asked if o.untried]
        if untried:
            named = ", ".join(untried)
            say(
                Wording(
                    f"찾는 자료가 저장소에 없어 시험하지 못한 것 {len(untried)}개(파일에는 씁니다): {named}",
                    f"{len(untried)} not tried, as the store holds nothing that they look for (written still): {named}",
                )
            )
    require_sound(outcomes)
    fresh = out.with_name(f".{out.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(out)
    if not json:
        say(
            Wording(
                f"저장: {out}; Bloom으로 가져오는 법은 docs/coordinators.md에 있습니다",
                f"wrote {out}; docs/coordinators.md tells how to import it",
            )
        )


def _require_file(path: Path) -> None:
    """Make the folder that a file goes into, before minutes are spent on what it will hold."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise ConfigError(
            Wording(f"{path}: 폴더입니다. 파일 이름까지 적으십시오", f"{path} is a folder; name a file in it")
        )


def _save(path: Path, outcomes: list[TrialOutcome]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with a byte order mark, for spreadsheets
        writer = csv.writer(file)
        writer.writerow(("kind", "phrase", "rows", "milliseconds", "indexes", "fault", "untried"))
        writer.writerows(
            (o.kind, o.name, o.rows, o.milliseconds, "; ".join(o.indexes), o.fault or "", "yes" if o.untried else "")
            for o in outcomes
        )
