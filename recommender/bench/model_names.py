"""The names of all models, so that a slip is refused before anything heavy is imported, read or encoded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.wording import Wording
from recommender.knowledge.spec import read_spec

AUTO: Final = "auto"
"""The engine in the size that a budget allows; its files carry this name."""
ALL: Final = "all"
ENGINE: Final = "engine"
"""Another name of ``AUTO``, which its makers use."""
PRETRAINED_ROWS: Final = ("pretrained", "fine-tuned")
"""The network that ships with the package, as it is and carried on by the past of a folder."""
SERVED: Final = "served"
"""What ``dure train`` trains, in the size that serves a city."""
_BOTH: Final = (AUTO, ENGINE, ALL, "engine-without-gnn", "gnn", "engine-shuffled-graph")
MODEL_NAMES: Final = {
    "recommend": (
        *("popularity", "recent-popularity", "conditional-popularity", "regional-popularity", "attribute-factors"),
        *("content-knn", "item-knn", "basket-knn", "adamic-adar", "ease", "graph-walk", "svd-cosine", "lightgcn"),
        *("simple-blend", *_BOTH, "engine-without-graph", *PRETRAINED_ROWS, SERVED),
    ),
    "triples": (
        *("relation-popularity", "common-neighbours", "path-rules", "ease", "complex", "distmult"),
        *_BOTH,
    ),
}
"""Every name by the kind of a folder's task; of these the data at hand may let fewer work, which the run then says."""

WITHOUT_TEXT: Final = frozenset(
    {
        *("popularity", "recent-popularity", "conditional-popularity", "regional-popularity", "attribute-factors"),
        *("item-knn", "adamic-adar", "ease", "graph-walk", "svd-cosine", "lightgcn"),
    }
)
"""Models that recommend and read no text: a run of these alone need not turn it into vectors."""

WITH_VECTORS: Final = {
    "recommend": ("svd-cosine", "lightgcn", "attribute-factors"),
    "triples": ("complex", "distmult"),
}
"""Models that have a vector for each candidate or entity, by the kind of a folder's task."""


def refuse_without_vectors(model: str, kind: str) -> None:
    """Raise ``ConfigError`` for a model that has no vectors: the engine describes a candidate by each question anew."""
    if model not in WITH_VECTORS[kind]:
        having = ", ".join(WITH_VECTORS[kind])
        raise ConfigError(
            Wording(
                f"후보의 벡터가 없는 모델: {model}. 벡터가 있는 모델: {having}",
                f"{model} has no vector for each candidate; models that have: {having}",
            )
        )


def refuse_unknown_models(names: Iterable[str], folder: Path | None) -> None:
    """Raise ``NotFoundError`` for a name that no folder of this kind has a model of, with the near ones.

    ``folder`` is an experiment folder, or None for a task of the graph, which recommends. One without a readable
    ``dataset.toml`` raises what ``read_spec`` does.
    """
    refuse_unknown(names, MODEL_NAMES["recommend" if folder is None else read_spec(folder).task.kind])


def refuse_unknown(names: Iterable[str], known: Collection[str]) -> None:
    """Raise ``NotFoundError`` for a name that is not among those that are known, with the near ones."""
    for name in names:
        if name not in known:
            # Other libraries write the same names without hyphens, such as ItemKNN.
            near = ", ".join(get_close_matches(name.lower(), known))
            likely = Wording(f"비슷한 모델: {near}. ", f"near are {near}; ") if near else Wording("", "")
            every = ", ".join(known)
            raise NotFoundError(
                Wording(
                    f"없는 모델: {name}. {likely.ko}있는 모델: {every}",
                    f"no model is called {name}; {likely.en}known are {every}",
                )
            )
