"""A public set among the folders of ``python -m benchmarks.all_figures``, with the vectors of its texts."""

from __future__ import annotations

from pathlib import Path

from recommender.knowledge.dataset import Dataset
from recommender.knowledge.folder.read import read_dataset
from recommender.lab.experiment import Request, text_vectors
from recommender.measure.arrays import Floats


def opened_set(out: Path, name: str) -> tuple[Dataset, dict[str, Floats]]:
    """Read a set of the folder ``out``, and the text vectors of its nodes by label, which are kept there."""
    folder = out / "sets" / name
    dataset = read_dataset(folder)
    request = Request(folder, out, text_cache=out / "text-vectors.sqlite")
    return dataset, text_vectors(dataset, request, lambda *_: None)[1]
