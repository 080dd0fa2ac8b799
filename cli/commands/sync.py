"""``dure sync``: fetch from the public APIs what is new, and load it; what a daily job runs."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.data import EVERY_ROW_REFUSED
from cli.composition import read_settings, store_of
from cli.language import locale_language
from cli.options import JsonOption, StoreOption, parse_day
from cli.output import progress_shown, say, say_json, say_table
from cli.reports import show_load
from graph_schema.errors import ConfigError, SourceError
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from stamina.instrumentation import RetryDetails

    from loaders.live.sync import Planned, Sync, Synced


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(sync)


def sync(
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="Only this one (may be repeated); all that have a key by default"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="YYYY-MM-DD", help="What is new since that day, where the API can tell"),
    ] = None,
    *,
    store: StoreOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked, and ask nothing")] = False,
    json: JsonOption = False,
) -> None:
    """Fetch from the public APIs what is new, and load it.

    A service whose key is not there is left out, and told where to get it. Pages are kept in the home; a run that was
    stopped goes on with the page that is missing. Running it twice changes nothing.
    """
    from loaders.live.client import Client

    day, settings = parse_day(since), read_settings()
    work = replace(settings.sync, language=locale_language())
    planned = work.plan(source or ())
    if dry_run:
        _show_plan(planned, json=json)
        return
    skipped = [each for each in planned if each.skipped]
    if len(skipped) == len(planned) or (source and skipped):
        raise ConfigError(Wording.joined(each.skipped for each in planned if each.skipped))
    if not json:
        for why in filter(None, (each.skipped for each in skipped)):
            say(Wording(f"제외: {why.ko}", f"left out: {why.en}"))
    done: list[Synced] = []
    with progress_shown(quiet=json) as progress, store_of(settings, store, progress=progress) as opened:
        _show_retries(work, quiet=json)
        with Client(work.keys) as client:
            for synced in work.run(planned, opened, client, since=day, progress=progress):
                done.append(synced)
                if not json:
                    _show(synced)
    if json:
        left_out = {each.endpoint.name: asdict(each.skipped) for each in skipped if each.skipped}
        say_json({"left_out": left_out, "synced": [_as_json(each) for each in done]})
    _end(done)


def _end(done: list[Synced]) -> None:
    """Raise what went wrong; raises ``typer.Exit`` where every row of every load was refused."""
    failures = [failure for each in done for failure in each.failures]
    if failures:
        raise SourceError(Wording.joined(failures))
    reports = [each.report for each in done if each.report]
    if reports and all(report.refused for report in reports):
        raise typer.Exit(EVERY_ROW_REFUSED)


def _show_plan(planned: list[Planned], *, json: bool) -> None:
    if json:
        left_out = [asdict(p.skipped) if p.skipped else None for p in planned]
        services = [{"name": p.endpoint.name, "address": p.endpoint.address} for p in planned]
        say_json([service | {"left_out": why} for service, why in zip(services, left_out, strict=True)])
        return
    asked = Wording("요청할 서비스", "would be asked")
    rows = [(p.endpoint.name, p.endpoint.address, p.skipped or asked) for p in planned]
    say_table(Wording("서비스", "Services"), (Wording("이름", "name"), Wording("주소", "address"), ""), rows)


def _show(each: Synced) -> None:
    made = each.harvest
    kept = (
        Wording(f"(그중 {made.reused:,}쪽은 보관된 것)", f", {made.reused:,} of them kept from before")
        if made.reused
        else NOTHING
    )
    say(
        Wording(
            f"{each.endpoint.name}: {len(made.pages):,}쪽에 {made.rows:,}행{kept.ko}",
            f"{each.endpoint.name}: {made.rows:,} rows on {len(made.pages):,} pages{kept.en}",
        )
    )
    for note in made.notes:
        say(note)
    for failure in each.failures:
        say(Wording(f"다 받지 못함: {failure.ko}", f"not complete: {failure.en}"))
    if each.report:
        show_load(each.report, json=False, partial=False)


def _as_json(each: Synced) -> dict[str, Any]:
    made = each.harvest
    return {
        "name": each.endpoint.name,
        "rows": made.rows,
        "pages": len(made.pages),
        "reused": made.reused,
        "notes": [asdict(note) for note in made.notes],
        "failures": [asdict(failure) for failure in each.failures],
        "report": each.report.as_json() if each.report else None,
    }


def _show_retries(work: Sync, *, quiet: bool) -> None:
    """Say on standard error that something is tried again, in place of a log on standard output."""
    from stamina.instrumentation import set_on_retry_hooks

    def show(details: RetryDetails) -> None:
        if not quiet:
            reason = work.keys.masked(str(details.caused_by))
            number, seconds = details.retry_num + 1, f"{details.wait_for:.0f}"
            say(
                Wording(f"{seconds}초 뒤 {number}번째 시도: {reason}", f"try {number} in {seconds} s: {reason}"),
                error=True,
            )

    set_on_retry_hooks([show])
