"""The rule of the made-up city in reports: made again from what the home keeps, and a row of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.city import UNTIL, CityOracle, make_city, oracle_of, rebuilt
from cli.settings import Settings
from graph_schema.errors import ConfigError
from graph_schema.progress import silent
from recommender.measure.gap import GapClosed
from recommender.publish.promotion import gap_words
from recommender.snapshot.snapshot import open_snapshot, write_snapshot
from stores.embedded import EmbeddedStore
from stores.home import Home
from tests.command_line import Run
from tests.loaders.synthesize.surroundings import fill


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with a city of 400 companies and its snapshot."""
    home = Home(tmp_path_factory.mktemp("home") / "data")
    home.path.mkdir()
    with EmbeddedStore(home.graph) as store:
        fill(store)
        make_city(Settings(home=home.path), store, companies=400, seed=7, progress=silent)
        write_snapshot(store, home.snapshots)
    return home


def test_the_city_is_made_again_from_what_the_home_keeps(made: Home) -> None:
    oracle = oracle_of(Settings(home=made.path), open_snapshot(made.snapshots))
    assert isinstance(oracle, CityOracle)
    assert oracle.settings == {"type": "oracle", "companies": 400, "seed": 7, "until": UNTIL.isoformat()}


def test_another_city_is_refused_with_the_remedy(made: Home) -> None:
    snapshot = open_snapshot(made.snapshots)
    with EmbeddedStore(made.graph, read_only=True) as store:
        assert len(rebuilt(store, snapshot, 7, UNTIL).players.companies) == 400
        with pytest.raises(ConfigError, match=r"400 companies, seed 8, .* give the --seed and --until"):
            rebuilt(store, snapshot, 8, UNTIL)


def test_where_it_cannot_be_made_again_a_note_says_why(
    made: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Home(shutil.copytree(made.path, tmp_path / "other"))
    other.city.write_text(json.dumps({"seed": 8, "until": UNTIL.isoformat()}), encoding="utf-8")
    snapshot = open_snapshot(other.snapshots)
    assert oracle_of(Settings(home=other.path), snapshot) is None
    assert "differs from the snapshot in" in " ".join(capsys.readouterr().out.split())
    other.city.write_text("{", encoding="utf-8")
    assert oracle_of(Settings(home=other.path), snapshot) is None
    assert "city.json" in capsys.readouterr().out
    other.city.unlink()
    assert oracle_of(Settings(home=other.path), snapshot) is None
    assert capsys.readouterr().out == ""


def _run(run: Run, out: Path, *arguments: object) -> dict[str, Any]:
    chosen = ("--model", "popularity", "--only", "--encoder", "none", "--seeds", 2)
    result = run("experiment", "run", *arguments, "--out", out, *chosen)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    return found


def test_a_report_on_the_city_has_the_rule_as_a_row_that_competes_with_none(
    run: Run, home: Path, made: Home, tmp_path: Path
) -> None:
    shutil.copytree(made.path, home, dirs_exist_ok=True)
    found = _run(run, tmp_path / "run", "--task", "programs", "--synthetic")
    rows = found["models"]
    page = (tmp_path / "run" / "report.md").read_text(encoding="utf-8")
    assert list(rows) == ["oracle", "popularity"]
    assert rows["oracle"]["role"] == "oracle"
    assert rows["oracle"]["config"]["companies"] == 400
    means = {name: row["slices"]["all"]["ndcg@10"]["mean"] for name, row in rows.items()}
    assert means["oracle"] > means["popularity"] + 0.1
    assert "| oracle | 참 규칙 · true rule |" in page
    assert "the named model alone was run" in page
    assert "best of 1 named simple model: popularity" in page
    assert list(_run(run, tmp_path / "bare", tmp_path / "run" / "dataset")["models"]) == ["popularity"]


def test_words_for_a_share_and_for_none() -> None:
    known = GapClosed("engine", "ease", 0.25, 0.4, 0.3, 0.5)
    assert gap_words(known).ko.endswith("기준선(ease)과의 간격 가운데 engine의 몫 40% [30%, 50%].")
    assert gap_words(known).en.endswith("engine closes 40% [30%, 50%] of the gap from ease.")
    assert gap_words(GapClosed("engine", "ease", 0.25)).en.endswith("is not shown to be ahead of ease.")
