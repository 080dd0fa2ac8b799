"""``dure migrate | load | synthesize | snapshot``: from registers to a snapshot."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import read_settings, store_of
from cli.language import locale_language
from cli.options import JsonOption, StoreOption
from cli.output import progress_shown, say, say_json, say_table
from cli.reports import show_city, show_load, show_snapshot
from cli.store_check import check_as_json, show_check
from graph_schema.errors import ConfigError, SourceError, StoredFaultsError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from loaders.report import LoadReport
    from stores.base import CheckReport

EVERY_ROW_REFUSED = 6
"""Exit code of a load in which every row waits in quarantine."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file to ``app``."""
    app.command()(migrate)
    app.command()(load)
    app.command()(synthesize)
    app.command()(snapshot)


def migrate(store: StoreOption = None, *, json: JsonOption = False) -> None:
    """Bring the store's schema to this version; safe to repeat."""
    with progress_shown(quiet=json) as progress, store_of(read_settings(), store, progress=progress) as opened:
        applied = list(opened.migrate(progress))
        if json:
            say_json({"store": opened.uri, "version": opened.schema_version(), "applied": applied})
        else:
            version, steps = f"{opened.uri}: ", ", ".join(applied)
            say(
                Wording(
                    f"{version}스키마 버전 {opened.schema_version()}, {steps or '적용할 것 없음'}",
                    f"{version}schema version {opened.schema_version()}, {steps or 'nothing to apply'}",
                )
            )


def load(
    source: Annotated[str | None, typer.Argument(help="Name of the source; see --list")] = None,
    paths: Annotated[list[Path] | None, typer.Argument(help="Its files")] = None,
    *,
    store: StoreOption = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="The files are all that the source says; close what they do not name")
    ] = False,
    all_: Annotated[
        Path | None, typer.Option("--all", metavar="FOLDER", help="Load every file of a folder, each as what it is")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Name the sources that can be loaded")] = False,
    json: JsonOption = False,
) -> None:
    """Load files of one source, or with --all those of a folder.

    Bad rows wait in quarantine. Loading twice changes nothing, and a load that was killed goes on when it is run again.
    What a row said before and no longer says is closed, not deleted.

    Such as: dure load companies my-companies.xlsx
    """
    from loaders.frame import load as load_files
    from loaders.registry import SOURCES, find_source
    from loaders.report import UnreadFilesError

    if list_:
        rows = [(s.name, s.title_en, s.title_ko, s.publisher) for s in SOURCES.values()]
        if json:
            say_json([dict(zip(("name", "title_en", "title_ko", "publisher"), row, strict=True)) for row in rows])
        else:
            header = (Wording("출처", "name"), Wording("영어 이름", "what"), "이름", Wording("제공 기관", "publisher"))
            say_table(Wording("출처", "Sources"), header, rows)
        return
    if all_ is not None:
        if source is not None or paths or whole:
            raise ConfigError(
                Wording(
                    "--all에는 폴더만 적으십시오. 폴더에 있는 파일이 그 출처의 전부는 아닙니다",
                    "--all takes a folder alone: a folder of some files is not all that their sources say",
                )
            )
        _load_all(all_, store, json=json)
        return
    if source is None or not paths:
        raise ConfigError(
            Wording(
                "출처와 파일을 하나 이상 적으십시오: dure load <source> <path…>. 출처 목록: dure load --list",
                "name a source and at least one file: dure load <source> <path…>; see dure load --list",
            )
        )
    settings = read_settings()
    found = find_source(source)
    found = replace(found, whole=whole or found.whole, language=locale_language())
    with progress_shown(quiet=json) as progress, store_of(settings, store, progress=progress) as opened:
        try:
            report = load_files(found, paths, opened, quarantine_dir=settings.files.quarantine, progress=progress)
        except UnreadFilesError as error:
            show_load(error.report, json=json)
            raise
    show_load(report, json=json)
    if not report.read and not report.remarks and not json:
        say(
            Wording(
                "행이 없음: 파일에 머리글이나 빈 답만 있음", "no rows: the files hold a header or an empty answer alone"
            )
        )
    if report.refused:
        raise typer.Exit(EVERY_ROW_REFUSED)


def _load_all(folder: Path, store: str | None, *, json: bool) -> None:
    """Load what a folder holds, in the order in which sources build on each other."""
    from loaders.frame import load as load_files
    from loaders.recognition import recognise
    from loaders.registry import SOURCES
    from loaders.report import UnreadFilesError

    settings = read_settings()
    found = recognise(folder, settings.home)
    if not json:
        taken = [(name, str(path.relative_to(folder))) for name, paths in found.files.items() for path in paths]
        say_table(f"{folder}", (Wording("출처", "source"), Wording("파일", "file")), taken)
        for message in found.others.values():
            say(Wording(f"적재하지 않음: {message.ko}", f"not loaded: {message.en}"))
    reports: list[LoadReport] = []
    unread: list[Wording] = []
    with progress_shown(quiet=json) as progress, store_of(settings, store, progress=progress) as opened:
        for name, paths in found.files.items():
            source = replace(SOURCES[name], language=locale_language())
            try:
                report = load_files(source, paths, opened, quarantine_dir=settings.files.quarantine, progress=progress)
            except UnreadFilesError as error:
                report = error.report
                unread.append(error.wording)
            reports.append(report)
            if not json:
                show_load(report, json=False, partial=False)
    if json:
        files = {name: [str(path) for path in paths] for name, paths in found.files.items()}
        others = {str(path): asdict(message) for path, message in found.others.items()}
        say_json({"files": files, "not_loaded": others, "reports": [report.as_json() for report in reports]})
    unread += [found.others[path] for path in found.unread]
    if unread:
        raise SourceError(Wording.joined(unread))
    if 0 < sum(report.read for report in reports) == sum(report.quarantined for report in reports):
        raise typer.Exit(EVERY_ROW_REFUSED)


def synthesize(
    companies: Annotated[int, typer.Option(min=1, help="How many companies to make up")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same city")] = 7,
    *,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Make a city up; everything in it is marked synthetic.

    It stands in for what no register publishes: small companies, applications, consultations, tenancy, needs.
    """
    from cli.city import make_city

    settings = read_settings()
    with progress_shown(quiet=json) as progress, store_of(settings, store, progress=progress) as opened:
        report = make_city(settings, opened, companies=companies, seed=seed, progress=progress)
    if json:
        say_json(asdict(report))
        return
    show_city(report)
    for what in report.skipped:
        say(Wording(f"제외: {what.ko}", f"left out: {what.en}"))


def snapshot(store: StoreOption = None, *, json: JsonOption = False) -> None:
    """Write the graph's public content as a snapshot.

    A snapshot never changes and is named by its content; training and serving read nothing else. The store is checked
    on the way: what was drawn by hand in Neo4j is adopted, and where anything is against the catalog nothing is
    written.
    """
    from recommender.snapshot.snapshot import write_snapshot

    settings = read_settings()
    reports: list[CheckReport] = []
    try:
        with (
            progress_shown(quiet=json) as progress,
            store_of(settings, store, adopting=True, progress=progress) as opened,
        ):
            written = write_snapshot(opened, settings.files.snapshots, progress=progress, checked=reports.append)
    except StoredFaultsError:
        if json:
            say_json(check_as_json(reports[-1]))
        raise
    (report,) = reports
    if json:
        made = {"snapshot_id": written.id, "path": str(written.path), "rows": written.manifest.rows}
        say_json({**made, "adopted": check_as_json(report)["adoptable"], "stale": report.stale})
    else:
        show_check(report)
        show_snapshot(written)
