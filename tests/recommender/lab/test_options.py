"""Options from a file or from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError
from recommender.lab.options import check_options, read_options


def _file(path: Path, text: str) -> Path:
    (path / "run.toml").write_text(text, encoding="utf-8")
    return path / "run.toml"


def test_a_file_has_the_names_of_the_command_line(tmp_path: Path) -> None:
    text = 'folder = "data"\nmodel = ["auto", "ease"]\nseeds = 3\nbudget = 5\nonly = true\nranks = "csv"\n'
    assert read_options(_file(tmp_path, text)) == {
        "folder": "data",
        "model": ["auto", "ease"],
        "seeds": 3,
        "budget": 5,
        "only": True,
        "ranks": "csv",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sedes = 3", "'sedes' is not an option; near are seeds"),
        ("modle = 3\nbuget = 1", "'modle' is not an option; near are model; 'buget' is not an option; near are budget"),
        ("qqq = 3", "'qqq' is not an option; known are budget, cold, device"),
        ("seeds = 2.5", "seeds takes a whole number, not 2.5"),
        ("seeds = true", "seeds takes a whole number, not True"),
        ('only = "yes"', "only takes true or false, not 'yes'"),
        ("model = [1]", r"model takes text or a list of texts, not \[1\]"),
        ("seeds =", "is not TOML in UTF-8"),
    ],
)
def test_what_is_no_option_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=rf"run\.toml.*{words}"):
        read_options(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml cannot be read"):
        read_options(tmp_path / "absent.toml")


def test_a_call_is_checked_as_a_file_is() -> None:
    for options, words in (
        ({"sede": 1}, "'sede' is not an option; near are seeds"),
        ({"seeds": 0}, "seeds = 0 is too few"),
        ({"seeds": "two"}, "run_experiment: seeds takes a whole number, not 'two'"),
        ({"seeds": 2.5}, "seeds takes a whole number, not 2.5"),
        ({"seeds": True}, "seeds takes a whole number, not True"),
        ({"budget": "5"}, "budget takes a whole number or a number, not '5'"),
        ({"only": "yes"}, "only takes true or false, not 'yes'"),
        ({"encoder": 3}, "encoder takes text, not 3"),
        ({"budget": 0.0}, "too little"),
        ({"ranks": "xlsx"}, "'xlsx' is not a format; choose one of csv, parquet"),
    ):
        with pytest.raises(ConfigError, match=words):
            check_options(options)
    check_options({"seeds": np.int64(2), "budget": np.float64(0.5), "cold": np.bool_(0)})
