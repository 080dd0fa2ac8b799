"""A model of an experiment, saved, opened again, and asked what comes next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, ModelError, NotFoundError
from graph_schema.progress import Progress, silent
from graph_schema.system_errors import reason_of
from graph_schema.wording import Wording
from recommender.bench.contender import config_of
from recommender.engine.pool import blocked_cells
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.known import Known
from recommender.knowledge.stages import all_known
from recommender.lab.experiment import NO_ENCODER, Experiment, Request, text_vectors
from recommender.lab.saved_model import SavedModel
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.arrays_file import write_arrays
from recommender.models.stored import estimator_of, restored

_FOLDER: Final = "models"
_FORMAT: Final = 1
"""Raised when a model saved before could not be opened any more."""
_ARRAYS: Final = "arrays.safetensors"
_TRIPLES: Final = "triples"


@dataclass(frozen=True)
class SavedRecommender(SavedModel):
    """A model that has learned from every row of its folder, train, valid and test alike."""

    known: Known = field(repr=False)

    @property
    def _kind(self) -> str:
        return "recommend"

    @property
    def _candidates(self) -> tuple[str, ...]:
        return self.known.candidates.ids

    def _rows(self, queries: Sequence[str]) -> tuple[Indices, list[str]]:
        refuse_unknown_queries(self.known.dataset, queries)
        places, ids = self.known.queries.places, self.known.queries.ids
        some = np.array([places[each] for each in queries], dtype=np.int64)
        rows = some if len(queries) else np.flatnonzero(np.diff(self.known.history.indptr))
        return rows, [ids[at] for at in rows.tolist()]

    def _scored(self, rows: Indices) -> tuple[Floats, Flags]:
        asked = self.known.history_of(rows)
        return self.scorer.score(asked), blocked_cells(asked, self.known)


def refuse_unknown_queries(dataset: Dataset, queries: Sequence[str]) -> None:
    """Raise ``NotFoundError`` for a query that a folder does not have: an id, or a question about triples."""
    if dataset.spec.task.kind == _TRIPLES:
        from recommender.triples.folder import read_triples

        read_triples(dataset).questions(queries)
        return
    label = dataset.spec.task.query
    unknown = [each for each in queries if each not in dataset.nodes[label].places]
    if unknown:
        names = ", ".join(unknown[:3])
        raise NotFoundError(
            Wording(
                f"폴더에 없는 {label}: {names}. id는 nodes/{label}.csv나 edges의 파일에 있습니다",
                f"the folder has no {label} {names}; ids stand in nodes/{label}.csv or in the edges",
            )
        )


def save_model(experiment: Experiment, name: str = "auto", *, seed: int = 0, progress: Progress = silent) -> Path:
    """Let the variant of a row that valid chose learn from all rows of the folder, and write it into the results.

    A model of triples learns from train, since valid tunes it, as in a report. What a run has tried is used again.
    Raises ``ConfigError`` for a row that is not there, and a model of one's own, whose settings could not be read
    again.
    """
    dataset, request = experiment.dataset, experiment.request
    of_triples = dataset.spec.task.kind == _TRIPLES
    rows = {each.name: each for each in experiment.contenders}
    if name not in rows:
        raise ConfigError(
            Wording(
                f"실험에 없는 모델: {name!r}. 있는 모델: {', '.join(rows)}",
                f"the experiment has no row {name!r}; it has {', '.join(rows)}",
            )
        )
    estimator = experiment.chosen(rows[name], progress)
    config = config_of(estimator)
    try:
        _estimator_of(config, of_triples=of_triples)
    except ModelError as error:
        raise ConfigError(
            Wording(
                f"모델 {name}: 설정을 저장할 수 없습니다. 코드를 보관해 두고 다시 학습하십시오",
                f"the settings of {name} cannot be written down: keep its code, and fit it again",
            )
        ) from error
    if of_triples:
        scorer = experiment.bench.fit(estimator, "test", seed)
    else:
        scorer = estimator.fit(all_known(dataset, experiment.vectors), np.random.default_rng(seed))
    path = request.out / _FOLDER / name
    path.mkdir(parents=True, exist_ok=True)
    if hasattr(scorer, "arrays"):
        write_arrays(path / _ARRAYS, scorer.arrays())
    about = {
        "format": _FORMAT,
        "name": name,
        "config": config,
        "seed": seed,
        "folder": str(request.folder.resolve()),
        "data": dataset.content_hash,
        "encoder": request.encoder if experiment.vectors else NO_ENCODER,
        "device": request.device,
    }
    (path / "model.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def open_model(
    path: Path | str,
    folder: Path | str | None = None,
    *,
    text_cache: Path | str | None = None,
    progress: Progress = silent,
) -> SavedModel:
    """Open what ``save_model`` wrote; what stores nothing is fitted again, which gives the same scores.

    ``folder``: where the data lie now, the place in which they were by default. Raises ``ModelError`` where the files
    are damaged, or the folder has changed since, and ``SourceError`` where it is not there.
    """
    path = Path(path)
    try:
        about = json.loads((path / "model.json").read_text(encoding="utf-8"))
        folder, name = Path(folder or about["folder"]), str(about["name"])
        cache = None if text_cache is None else Path(text_cache)
        request = Request(folder, path, encoder=about["encoder"], device=about["device"], text_cache=cache)
        config, seed, data = about["config"], int(about["seed"]), about["data"]
    except (OSError, ValueError, KeyError) as error:
        why = reason_of(error)
        raise ModelError(
            Wording(
                f"{path}: 저장된 모델이 없습니다(model.json: {why.ko}). `dure experiment predict`로 만드십시오",
                f"{path} holds no saved model (model.json: {why.en}); make one with `dure experiment predict`",
            )
        ) from error
    dataset = read_dataset(folder)
    if dataset.content_hash != data:
        raise ModelError(
            Wording(
                f"{path}: 저장한 뒤에 {folder}의 자료가 바뀌었습니다. 모델을 다시 저장하십시오",
                f"{folder} has changed since {path} was saved; save the model again",
            )
        )
    of_triples = dataset.spec.task.kind == _TRIPLES
    estimator = _estimator_of(config, of_triples=of_triples)
    if of_triples:
        from recommender.lab.saved_triples import open_triples

        return open_triples(name, dataset, estimator, path / _ARRAYS, (seed, request.device))
    known = all_known(dataset, text_vectors(dataset, request, progress)[1])
    return SavedRecommender(name, restored(estimator, path / _ARRAYS, known, seed), known)


def _estimator_of(config: object, *, of_triples: bool) -> Any:
    if of_triples:
        from recommender.models.stored_triples import triple_estimator_of

        return triple_estimator_of(config)
    return estimator_of(config)
