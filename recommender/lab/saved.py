"""A model of an experiment that knows all of the folder: saved, opened again, and asked what comes next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

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
from recommender.lab.experiment import Experiment, Request, text_vectors
from recommender.measure.arrays_file import write_arrays
from recommender.models.stored import estimator_of, restored

_FOLDER: Final = "models"
_FORMAT: Final = 1
"""Raised when a model saved before could not be opened any more."""
_AT_ONCE: Final = 256
"""Questions that are scored together."""


@dataclass(frozen=True)
class SavedModel:
    """A model that has learned from every row of its folder, train, valid and test alike."""

    name: str
    known: Known
    scorer: Any

    def predict(self, queries: Sequence[str] = (), n: int = 10) -> pd.DataFrame:
        """Return the ``n`` best candidates of each query node, all that have a history by default.

        One row each: ``query``, ``rank`` from 1, ``candidate``, ``score``. What a query is linked to already is left
        out where the folder masks it. Raises ``NotFoundError`` for an id that the query label does not have.
        """
        rows = self._rows(queries)
        parts = [self._best(rows[begin : begin + _AT_ONCE], n) for begin in range(0, len(rows), _AT_ONCE)]
        return pd.concat(parts, ignore_index=True) if parts else self._frame([], [], [], [])

    def embeddings(self) -> pd.DataFrame:
        """Return the vector of each candidate, a row each with its id as index.

        Raises ``ConfigError`` where the model has none: one that describes a candidate by each question, as the engine
        does, has no vector that is the candidate's own.
        """
        vectors = getattr(self.scorer, "embeddings", None)
        if vectors is None:
            raise ConfigError(
                Wording(
                    f"후보의 벡터가 없는 모델: {self.name}. svd-cosine, lightgcn, attribute-factors에는 있습니다",
                    f"{self.name} has no vector for each candidate; svd-cosine, lightgcn and attribute-factors have",
                )
            )
        return pd.DataFrame(vectors, index=pd.Index(self.known.candidates.ids, name="id"))

    def _rows(self, queries: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
        if not queries:
            return np.flatnonzero(np.diff(self.known.history.indptr))
        refuse_unknown_queries(self.known.dataset, queries)
        places = self.known.queries.places
        return np.array([places[each] for each in queries], dtype=np.int64)

    def _best(self, rows: Any, n: int) -> pd.DataFrame:
        asked = self.known.history_of(rows)
        scores = np.where(blocked_cells(asked, self.known), -np.inf, self.scorer.score(asked))
        order = np.argsort(-scores, axis=1, kind="stable")[:, :n]
        row, rank = np.nonzero(np.isfinite(np.take_along_axis(scores, order, axis=1)))
        candidate = order[row, rank]
        ids, names = self.known.queries.ids, self.known.candidates.ids
        queries = [ids[at] for at in rows[row].tolist()]
        return self._frame(queries, rank + 1, [names[at] for at in candidate.tolist()], scores[row, candidate])

    @staticmethod
    def _frame(queries: Any, ranks: Any, candidates: Any, scores: Any) -> pd.DataFrame:
        return pd.DataFrame({"query": queries, "rank": ranks, "candidate": candidates, "score": scores})


def refuse_unknown_queries(dataset: Dataset, queries: Sequence[str]) -> None:
    """Raise ``NotFoundError`` for an id that the query label of a folder that recommends does not have."""
    label = dataset.spec.task.query
    unknown = [each for each in queries if each not in dataset.nodes[label].places]
    if unknown:
        names = ", ".join(unknown[:3])
        raise NotFoundError(
            Wording(
                f"폴더에 없는 {label}: {names}. id는 nodes/{label}.csv나 edges의 파일에 있습니다",
                f"{names} is not a {label} of the folder; its ids stand in nodes/{label}.csv or in the edges",
            )
        )


def save_model(experiment: Experiment, name: str = "auto", *, seed: int = 0, progress: Progress = silent) -> Path:
    """Let the variant of a row that valid chose learn from all rows of the folder, and write it into the results.

    What a run has tried is used again. Raises ``ConfigError`` for a folder of triples, a row that is not there, and a
    model of one's own, whose settings could not be read again.
    """
    dataset, request = experiment.dataset, experiment.request
    if dataset.spec.task.kind != "recommend":
        raise ConfigError(
            Wording(
                "트리플 모델은 저장할 수 없습니다. 추천 과제의 폴더에서 모델을 저장하십시오",
                "a model of triples is not saved; save one of a folder that recommends",
            )
        )
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
        estimator_of(config)
    except ModelError as error:
        raise ConfigError(
            Wording(
                f"모델 {name}: 설정을 저장할 수 없습니다. 코드를 보관해 두고 다시 학습하십시오",
                f"the settings of {name} cannot be written down: keep its code, and fit it again",
            )
        ) from error
    known = all_known(dataset, experiment.vectors)
    scorer = estimator.fit(known, np.random.default_rng(seed))
    path = request.out / _FOLDER / name
    path.mkdir(parents=True, exist_ok=True)
    if hasattr(scorer, "arrays"):
        write_arrays(path / "arrays.safetensors", scorer.arrays())
    about = {
        "format": _FORMAT,
        "name": name,
        "config": config,
        "seed": seed,
        "folder": str(request.folder.resolve()),
        "data": dataset.content_hash,
        "encoder": request.encoder,
        "device": request.device,
    }
    (path / "model.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def open_model(path: Path | str, *, text_cache: Path | None = None, progress: Progress = silent) -> SavedModel:
    """Open what ``save_model`` wrote; what stores nothing is fitted again, which gives the same scores.

    Raises ``ModelError`` where the files are damaged, or the folder has changed since.
    """
    path = Path(path)
    try:
        about = json.loads((path / "model.json").read_text(encoding="utf-8"))
        folder, name = Path(about["folder"]), str(about["name"])
        request = Request(folder, path, encoder=about["encoder"], device=about["device"], text_cache=text_cache)
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
    known = all_known(dataset, text_vectors(dataset, request, progress)[1])
    return SavedModel(name, known, restored(estimator_of(config), path / "arrays.safetensors", known, seed))
