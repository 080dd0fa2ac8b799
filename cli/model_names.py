"""The names of models, so that a slip is refused before a folder is read and its texts are encoded."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from graph_schema.errors import NotFoundError

_ENGINE: Final = ("auto", "engine", "all", "engine-without-gnn", "gnn", "engine-shuffled-graph")
MODEL_NAMES: Final = {
    "recommend": (
        *("popularity", "recent-popularity", "conditional-popularity", "attribute-factors", "content-knn", "item-knn"),
        *("basket-knn", "adamic-adar", "ease", "graph-walk", "svd-cosine", "lightgcn"),
        *(*_ENGINE, "engine-without-graph", "pretrained", "fine-tuned"),
    ),
    "triples": (
        *("relation-popularity", "common-neighbours", "path-rules", "ease", "complex", "distmult"),
        *_ENGINE,
    ),
}
"""Every name by the kind of a folder's task; of these the data at hand may let fewer work, which the run then says."""


def refuse_unknown_models(names: Sequence[str], folder: Path | None) -> None:
    """Raise ``NotFoundError`` for a name that no folder of this kind has a model of, with the near ones.

    ``folder`` is an experiment folder, or None for a task of the graph, which recommends. One without a readable
    ``dataset.toml`` raises what ``read_spec`` does.
    """
    from recommender.knowledge.spec import read_spec

    known = MODEL_NAMES["recommend" if folder is None else read_spec(folder).task.kind]
    for name in names:
        if name not in known:
            # Other libraries write the same names without hyphens, such as ItemKNN.
            near = get_close_matches(name.lower(), known)
            likely = f"near are {', '.join(near)}; " if near else ""
            raise NotFoundError(f"no model is called {name}; {likely}known are {', '.join(known)}")
