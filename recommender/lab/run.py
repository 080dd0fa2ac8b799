"""An experiment in one call from Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from graph_schema.errors import ConfigError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.bench.figures import Metric
from recommender.bench.model_names import refuse_unknown_models
from recommender.lab.available import Resources, available_models
from recommender.lab.experiment import Experiment, Request, without_needless_text
from recommender.lab.fixed_settings import read_fixed_settings
from recommender.lab.options import RunOptions, check_options
from recommender.lab.results import Results

Models = str | Iterable[Any] | Mapping[str, Any]
"""Names and estimators; or estimators, or sequences of variants of one, by the names of their rows."""


def run_experiment(
    folder: Path | str,
    models: Models = "auto",
    out: Path | str | None = None,
    *,
    metrics: Mapping[str, Metric] | None = None,
    text_cache: Path | str | None = None,
    progress: Progress = silent,
    **options: Unpack[RunOptions],
) -> Results:
    """Compare models on an experiment folder, as ``dure experiment run`` does, and return what was found.

    ``models`` are names, estimators, or a mapping of names to an estimator or to its variants, of which valid chooses
    the best. ``out`` is the folder of the results, ``runs/<folder>`` by default; finished fits in it are used again.
    ``metrics`` are functions of ``PositiveRanks`` to a value for each question, shape (Q,), by name; they stand in the
    report beside the others. ``text_cache`` is a file that keeps vectors of texts from one call to the next; without it
    each call encodes them anew. ``options`` have the names of the command line: ``seeds``, ``budget``, ``device``,
    ``encoder``, ``only``, ``cold``, ``ranks``, ``set``.

    Raises ``ConfigError`` for an option or an estimator that is none, ``NotFoundError`` for a name that no model has,
    and what ``Experiment`` raises.
    """
    options = check_options(options)
    folder = Path(folder)
    names, own = _named(models)
    refuse_unknown_models([name for name in names if name not in own], folder)
    given = Request(folder, Path("runs") / folder.resolve().name if out is None else Path(out))
    request = replace(
        given,
        wanted=ModelChoice(names, only=options.get("only", False)),
        seeds=options.get("seeds", given.seeds),
        budget_minutes=options.get("budget", given.budget_minutes),
        device=options.get("device", given.device),
        encoder=options.get("encoder", given.encoder),
        text_cache=None if text_cache is None else Path(text_cache),
        hide_queries=options.get("cold", given.hide_queries),
        metrics=dict(metrics or {}),
        ranks=options.get("ranks", ""),
        fixed=read_fixed_settings(options.get("set", [])),
    )

    def available(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
        theirs = replace(resources, models=tuple(name for name in resources.models if name not in own))
        simple, engine = available_models(bench, theirs)
        return {**simple, **own}, engine

    request = request if own else without_needless_text(request)
    return Results(Experiment(request, progress, available).run(progress), request.out)


def _named(models: Models) -> tuple[tuple[str, ...], dict[str, tuple[Any, ...]]]:
    """Return the names of all rows asked for, and the variants of those that come with the call."""
    if isinstance(models, str):
        return (models,), {}
    if isinstance(models, Mapping):
        pairs = list(models.items())
    else:
        pairs = [(each if isinstance(each, str) else str(getattr(each, "name", "")), each) for each in models]
    own: dict[str, tuple[Any, ...]] = {}
    for name, each in pairs:
        variants = tuple(each) if isinstance(each, Sequence) and not isinstance(each, str) else (each,)
        if isinstance(each, str) and not isinstance(models, Mapping):
            continue
        if not name or name in own or not variants or not all(hasattr(one, "fit") for one in variants):
            raise ConfigError(
                Wording(
                    f"{name!r}: 모델로 쓸 수 없는 값입니다({each!r}). 모델의 이름, fit과 고유한 이름이 있는 추정기, "
                    "또는 이름과 추정기의 매핑을 주십시오",
                    f"{each!r} is not a model under the name {name!r}; give names, estimators with fit and a name of "
                    "their own, or a mapping of names to estimators",
                )
            )
        own[name] = variants
    if not pairs:
        raise ConfigError(
            Wording(
                "지정한 모델이 없습니다. auto, all, 모델의 이름이나 추정기를 주십시오",
                "no model is named; give auto, all, a name or an estimator",
            )
        )
    return tuple(name for name, _ in pairs), own
