"""``dure experiment``: link-prediction experiments on folders of CSV files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.composition import read_settings
from cli.experiments import (
    refuse_unwritable,
    run_and_show,
    say_next,
    show_compared,
    show_explained,
    show_models,
    show_runs,
    why_not_run,
)
from cli.interruption import InterruptibleGroup
from cli.options import TASK_CHOICES, JsonOption, parse_day
from cli.output import counted, progress_shown, say, say_json, say_table
from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from cli.settings import Settings
    from recommender.importers.award_list import ListRequest
    from recommender.knowledge.oracle import Oracle
    from recommender.lab.experiment import Request

app = typer.Typer(
    cls=InterruptibleGroup,
    help="Compare models on a folder of data or a task of the graph.",
    no_args_is_help=True,
)

_REPLACED = "a folder that the same command made is replaced, any other is refused"
_SETS = (
    "awards (any list of them), recbole or triples (any folder of that format), or a public set: h2020, h2020-names, "
    "lastfm-kg, codex-s, umls, patents, miyagi, thueringen, slovenia or sbir"
)
_DAY_SHOWN = "YYYY-MM-DD"
_ENCODER_HELP = "Text model, DURE_ENCODER by default; none leaves text out"
_TEXT_HELP = "awards: column of text; repeat. The name by default"
_ATTRIBUTE_HELP = "awards: column of a category or number that was known before the award; repeat"
_QUERY_HELP = "Id of who asks; of triples 'head|relation|?' or '?|relation|tail'; repeat. All with a history by default"
_SHOWN_ROWS = 10
"""A screen holds so many beside the rest; ``--json`` has all."""
_MOST_SHOWN = 50
"""Rows of the table on a terminal; ``--json`` has all."""
_NEXT_COLUMNS: Final = (
    Wording("질의", "query"),
    Wording("순위", "rank"),
    Wording("후보", "candidate"),
    Wording("점수", "score"),
)
_TaskOption = Annotated[str | None, typer.Option("--task", help="A task of the current snapshot, such as partners")]
_SyntheticOption = Annotated[
    bool, typer.Option("--synthetic", help="Made-up facts of the snapshot take part, and are named")
]


_FixedOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ROW.SETTING=VALUE", help="A setting that valid shall not choose; repeat"),
]


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(help=_SETS)],
    path: Annotated[Path, typer.Argument(help="Folder of the published files; the CSV file of awards")],
    out: Annotated[Path, typer.Option("--out", help=f"Where the folders are written; {_REPLACED}")] = Path(
        "experiments/data"
    ),
    *,
    called: Annotated[
        str, typer.Option("--name", help="recbole, triples: name of the folder; that of the files by default")
    ] = "",
    organisation: Annotated[str, typer.Option(help="awards: column of who was awarded; guessed by usual names")] = "",
    item: Annotated[str, typer.Option(help="awards: column of the programme, measure or call")] = "",
    date: Annotated[str, typer.Option(help="awards: column of the day, month or year")] = "",
    organisation_text: Annotated[list[str] | None, typer.Option(help=_TEXT_HELP)] = None,
    item_text: Annotated[list[str] | None, typer.Option(help=_TEXT_HELP)] = None,
    organisation_attribute: Annotated[list[str] | None, typer.Option(help=_ATTRIBUTE_HELP)] = None,
    item_attribute: Annotated[list[str] | None, typer.Option(help=_ATTRIBUTE_HELP)] = None,
    valid_from: Annotated[str | None, typer.Option(metavar=_DAY_SHOWN, help="awards: first day of valid")] = None,
    test_from: Annotated[str | None, typer.Option(metavar=_DAY_SHOWN, help="awards: first day of the test")] = None,
    keep_years: Annotated[
        bool, typer.Option("--keep-years", help="awards: titles that differ in a year or round stay different items")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Make folders of a public set, or one of a list of awards."""
    from recommender.importers.award_list import ListRequest
    from recommender.importers.list_columns import AwardColumns
    from recommender.importers.registry import AWARDS, import_set

    request = ListRequest(
        AwardColumns(
            organisation,
            item,
            date,
            tuple(organisation_text or ()),
            tuple(item_text or ()),
            tuple(organisation_attribute or ()),
            tuple(item_attribute or ()),
        ),
        parse_day(valid_from),
        parse_day(test_from),
        keep_years,
    )
    if name == AWARDS:
        if called:
            raise ConfigError(
                Wording(
                    "목록의 폴더는 파일 이름을 그대로 씁니다. --name은 recbole과 triples에만 쓰십시오",
                    "the folder of a list has the name of its file; --name is for recbole and triples",
                )
            )
        _import_list(path, out, request, json=json)
        return
    if request != ListRequest():
        raise ConfigError(
            Wording(
                f"열과 날짜는 awards에만 지정합니다. {name}에는 정해진 것이 있으니 그 옵션들을 빼십시오",
                f"columns and days are read for awards alone, {name} has its own; leave those options out",
            )
        )
    with progress_shown(quiet=json) as progress:
        folders = import_set(name, path, out, progress, called)
    if json:
        say_json([str(folder) for folder in folders])
        return
    for folder in folders:
        _say_written(folder)
    say_next(folders[0])


def _say_written(path: Path) -> None:
    say(Wording(f"저장: {path}", f"wrote {path}"))


def _read_config(context: typer.Context, path: Path | None) -> Path | None:
    """Take the options of a file as defaults, which those of the command line go before."""
    if path is not None:
        from recommender.lab.options import read_options

        found = read_options(path)
        for name in ("model", "set"):
            if isinstance(found.get(name), str):
                found[name] = [found[name]]
        if "set" in found:
            found["fixed"] = found.pop("set")
        context.default_map = found
    return path


@app.command()
def run(
    folder: Annotated[Path | None, typer.Argument(help="Experiment folder with its dataset.toml")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the results; runs/<dataset> by default")] = None,
    *,
    model: Annotated[
        list[str] | None, typer.Option("--model", help="auto (the engine), all, or a name; repeat")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds; the spread over them is shown")] = 5,
    budget: Annotated[float, typer.Option(min=0.1, help="Minutes that one engine row may take to learn")] = 20.0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda")] = "auto",
    encoder: Annotated[str | None, typer.Option(help=_ENCODER_HELP)] = None,
    task: _TaskOption = None,
    only: Annotated[
        bool, typer.Option("--only", help="The named models alone, without baselines and controls")
    ] = False,
    cold: Annotated[
        bool, typer.Option("--cold/--no-cold", help="Ask a fifth of the queries as if never seen, where few are new")
    ] = True,
    synthetic: _SyntheticOption = False,
    ranks: Annotated[str, typer.Option(help="Write the rank of every answer, too: csv or parquet")] = "",
    fixed: _FixedOption = None,
    config: Annotated[
        Path | None,
        typer.Option(callback=_read_config, is_eager=True, help="TOML file of these options; those given here count"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Compare models on a folder; run again to go on.

    Settings are chosen on valid, and tested once with each seed.
    """
    from recommender.bench.model_names import AUTO, refuse_unknown_models

    del config  # what it says stands in the other parameters
    settings = read_settings()
    source, out = _places(folder, out, task)
    refuse_unknown_models(model or [AUTO], folder)
    from recommender.bench.catalogue import ModelChoice
    from recommender.lab.experiment import Request
    from recommender.lab.fixed_settings import read_fixed_settings

    if task is not None:
        _export(task, source, synthetic=synthetic)
    request = Request(
        folder=source,
        out=out,
        wanted=ModelChoice(tuple(model or [AUTO]), only=only),
        seeds=seeds,
        budget_minutes=budget,
        device=device,
        encoder=encoder or settings.encoder,
        text_cache=settings.files.text_vectors,
        hide_queries=cold,
        ranks=ranks,
        fixed=read_fixed_settings(fixed or ()),
        oracle=_oracle(settings, quiet=json) if task is not None and synthetic else None,
    )
    run_and_show(request, json=json)


@app.command()
def predict(
    folder: Annotated[Path, typer.Argument(help="Experiment folder with its dataset.toml")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the results; runs/<dataset> by default")] = None,
    *,
    model: Annotated[str, typer.Option("--model", help="auto (the engine) or another row, such as ease")] = "auto",
    query: Annotated[list[str] | None, typer.Option(help=_QUERY_HELP)] = None,
    n: Annotated[int, typer.Option("-n", min=1, help="How many candidates each")] = 10,
    to: Annotated[Path | None, typer.Option("--to", help="CSV file to write them to, in place of showing them")] = None,
    embeddings: Annotated[
        Path | None,
        typer.Option("--embeddings", help="CSV file for the vectors of candidates or entities, if it has any"),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the training")] = 0,
    budget: Annotated[float, typer.Option(min=0.1, help="Minutes that the row may take to learn")] = 20.0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda")] = "auto",
    encoder: Annotated[str | None, typer.Option(help=_ENCODER_HELP)] = None,
    fixed: _FixedOption = None,
    json: JsonOption = False,
) -> None:
    """Save a model of all rows of a folder, and rank what comes next.

    It learns from train, valid and test alike, by the settings that valid chooses; a model of triples from train.
    """
    from recommender.bench.model_names import refuse_without_vectors
    from recommender.lab.experiment import Experiment
    from recommender.lab.fixed_settings import read_fixed_settings
    from recommender.lab.saved import open_model, refuse_unknown_queries, save_model

    request = _one_row(_places(folder, out, None), model, budget, device, encoder)
    request = replace(request, fixed=read_fixed_settings(fixed or ()))
    refuse_unwritable({"--to": to, "--embeddings": embeddings})  # what is learned first takes minutes
    with progress_shown(quiet=json) as progress:
        experiment = Experiment(request, progress)
        refuse_unknown_queries(experiment.dataset, query or ())
        if embeddings is not None:
            refuse_without_vectors(model, experiment.dataset.spec.task.kind)
        path = save_model(experiment, model, seed=seed, progress=progress)
        opened = open_model(path, text_cache=request.text_cache, progress=progress)
        found = opened.predict(query or (), n)
    if to is not None:
        found.to_csv(to, index=False)
    if embeddings is not None:
        opened.embeddings().to_csv(embeddings)
    if json:
        say_json(found.to_dict("records"))
        return
    if to is None:
        rows = [(each.query, each.rank, each.candidate, f"{each.score:.4f}") for each in found.itertuples()]
        title = Wording(f"{model}: 다음에 올 것", f"{model}: what comes next")
        say_table(title, _NEXT_COLUMNS, rows[:_MOST_SHOWN], right=(1, 3))
        left = len(rows) - _MOST_SHOWN
        if left > 0:
            say(
                Wording(
                    f"  그 밖에 {left:,}행; --to FILE.csv로 모두 저장", f"  and {left:,} more; --to FILE.csv writes all"
                )
            )
    again = "recommender.lab.open_model"
    say(Wording(f"모델: {path}; {again}로 다시 엽니다", f"model: {path}; open it again with {again}"))


@app.command()
def explain(
    folder: Annotated[Path, typer.Argument(help="Experiment folder with its dataset.toml")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the results; runs/<dataset> by default")] = None,
    *,
    cases: Annotated[int, typer.Option(min=1, help="How many recommendations are tested")] = 1000,
    model: Annotated[str, typer.Option("--model", help="auto (the engine) or another row of it, such as gnn")] = "auto",
    seed: Annotated[int, typer.Option(min=0, help="Of the training, and of the cases drawn")] = 0,
    budget: Annotated[float, typer.Option(min=0.1, help="Minutes that the row may take to learn")] = 20.0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda")] = "auto",
    encoder: Annotated[str | None, typer.Option(help=_ENCODER_HELP)] = None,
    json: JsonOption = False,
) -> None:
    """Test whether the engine's explanations are true.

    Scores must fall more without the paths that explain them than without random edges.
    """
    from recommender.lab.explain import explain_folder

    request = _one_row(_places(folder, out, None), model, budget, device, encoder)
    with progress_shown(quiet=json) as progress:
        found = explain_folder(request, cases, seed, progress)
    if json:
        say_json(found.plain)
        return
    show_explained(found, request.out)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="Folder of a finished run")],
    others: Annotated[list[Path], typer.Argument(help="Folders of runs on the same data")],
    metric: Annotated[str | None, typer.Option(help="Such as ndcg@10; the main one by default")] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Compare runs by paired differences on the same queries.

    Each pair of models has both means, an interval, and its p-value, as it is and corrected for the number of pairs.
    """
    from dataclasses import asdict

    from recommender.report.compare import compare_runs, open_run

    found = compare_runs(open_run(first), [open_run(path) for path in others], metric)
    if json:
        say_json([asdict(each) for each in found])
        return
    show_compared(found)


@app.command("list")
def list_(
    folder: Annotated[Path, typer.Argument(help="Where to look, three levels deep")] = Path("runs"),
    *,
    json: JsonOption = False,
) -> None:
    """List finished runs.

    Each has its date (UTC), data, models, main metric, best simple model, seeds and minutes of work.
    """
    from recommender.report.compare import find_runs

    show_runs(find_runs(folder), folder, json=json)


@app.command()
def models(
    name: Annotated[list[str] | None, typer.Argument(help="Models by name; all by default")] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Show the models with their settings.

    Each setting has its default and what it means. Which values a run tries stands in its report.
    """
    from recommender.bench.model_names import AUTO, ENGINE, MODEL_NAMES, refuse_unknown
    from recommender.models.settings import documented_models

    asked = {AUTO if each == ENGINE else each for each in name or ()}
    refuse_unknown(sorted(asked), sorted({each for names in MODEL_NAMES.values() for each in names}))
    show_models([each for each in documented_models() if not asked or asked & {*each.rows}], json=json)


@app.command()
def export(
    task: Annotated[str, typer.Option("--task", help=TASK_CHOICES)],
    out: Annotated[Path, typer.Option("--out", help=f"The experiment folder to write; {_REPLACED}")],
    *,
    synthetic: _SyntheticOption = False,
) -> None:
    """Write a task of the current snapshot as an experiment folder."""
    _export(task, out, synthetic=synthetic)
    _say_written(out)


def _import_list(path: Path, out: Path, request: ListRequest, *, json: bool) -> None:
    from recommender.importers.registry import import_list

    with progress_shown(quiet=json) as progress:
        folder, found = import_list(path, out, request, progress)
    refused = why_not_run(folder)
    if json:
        left_out = [vars(each) | {"reason": each.reason.en, "remedy": each.remedy.en} for each in found.left_out]
        notes = [note.en for note in (*found.notes, *filter(None, (refused,)))]
        say_json({"folder": str(folder), "notes": notes, "runs": refused is None, "left_out": left_out})
        return
    for note in found.notes:
        say(note)
    if count := len(found.left_out):
        say(Wording(f"제외한 행 {count:,}개:", f"{counted(count, 'row was', 'rows were')} left out:"))
    for each in found.left_out[:_SHOWN_ROWS]:
        said = f"{each.field} {each.value!r}"
        say(
            Wording(
                f"  {each.file} {each.line}번째 줄: {said}: {each.reason.ko}. {each.remedy.ko}",
                f"  {each.file}, line {each.line}: {said}: {each.reason.en}; {each.remedy.en}",
            )
        )
    if (more := count - _SHOWN_ROWS) > 0:
        say(Wording(f"  그 밖에 {more:,}개. --json으로 모두 볼 수 있습니다", f"  and {more:,} more; --json lists all"))
    say(Wording(f"만든 폴더: {folder}", f"wrote {folder}"))
    if refused:
        say(refused)
    else:
        say_next(folder)


def _one_row(places: tuple[Path, Path], model: str, budget: float, device: str, encoder: str | None) -> Request:
    """Ask for one row alone, with one seed."""
    from recommender.bench.model_names import refuse_unknown_models

    refuse_unknown_models([model], places[0])
    from recommender.bench.catalogue import ModelChoice
    from recommender.lab.experiment import Request

    settings = read_settings()
    return Request(
        folder=places[0],
        out=places[1],
        wanted=ModelChoice((model,), only=True),
        seeds=1,
        budget_minutes=budget,
        device=device,
        encoder=encoder or settings.encoder,
        text_cache=settings.files.text_vectors,
    )


def _places(folder: Path | None, out: Path | None, task: str | None) -> tuple[Path, Path]:
    """Return the experiment folder and the folder of results; one of folder and task is needed."""
    if (folder is None) == (task is None):
        raise ConfigError(
            Wording(
                "실험 폴더와 --task로 지정하는 그래프의 과제 가운데 하나만 적으십시오",
                "name an experiment folder, or a task of the graph with --task; not both, not neither",
            )
        )
    if folder is not None:
        return folder, out or Path("runs") / folder.resolve().name
    results = out or Path("runs") / str(task)
    return results / "dataset", results


def _oracle(settings: Settings, *, quiet: bool) -> Oracle | None:
    """Return the rule of the made-up city, where the home has one."""
    from cli.city import oracle_of
    from recommender.snapshot.snapshot import open_snapshot

    return oracle_of(settings, open_snapshot(settings.files.snapshots), quiet=quiet)


def _export(task: str, out: Path, *, synthetic: bool) -> None:
    from recommender.knowledge.folder.export import export_task
    from recommender.knowledge.tasks import get_task
    from recommender.snapshot.snapshot import open_snapshot

    chosen = get_task(task)
    export_task(open_snapshot(read_settings().files.snapshots), chosen, out, include_synthetic=synthetic)
