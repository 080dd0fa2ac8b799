"""What every bench asks of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from recommender.bench.bench import checked_depths
from recommender.knowledge.folder.read import read_dataset
from tests.recommender.folders import shop


def test_a_metric_that_is_not_known_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shop().write(folder)
    path = folder / "dataset.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[report]\nmain = "auc"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="auc"):
        checked_depths(read_dataset(folder))
