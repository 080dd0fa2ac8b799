"""What serves is imported without the packages that it can do without."""

from __future__ import annotations

import subprocess
import sys

import pytest

_OPENINGS = {
    "the command": """
from cli.main import main
sys.argv = ["dure", "recommend", "--profile", "빵집"]
try:
    main()
except SystemExit:
    pass
""",
    "a process of a pool": """
from recommender.serve.worker import open_in_worker
try:
    open_in_worker(Path("nowhere"), "1")
except DureError:
    pass
""",
}


@pytest.mark.parametrize("opening", _OPENINGS.values(), ids=_OPENINGS)
def test_opening_a_model_imports_neither_pandas_nor_scikit_learn(opening: str) -> None:
    code = f"""
import sys
from pathlib import Path
from graph_schema.errors import DureError
{opening}
import pyarrow
assert "lightgbm" in sys.modules
assert not {{"pandas", "sklearn"}} & set(sys.modules)
assert pyarrow.table({{"a": [1]}}).to_pandas()["a"].tolist() == [1]
import sklearn
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
