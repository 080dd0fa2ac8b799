"""Completion of triples as a runner sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError, EvaluationError
from recommender.bench.bench import Bench
from recommender.bench.catalogue import Variants
from recommender.bench.contender import Contender
from recommender.bench.parts import PartStore
from recommender.bench.run import Runner
from recommender.bench.triple_bench import TripleBench
from recommender.knowledge.folder.read import read_dataset
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment, Request
from recommender.measure.arrays import Floats
from recommender.measure.triple_metrics import compute_any
from recommender.report.compare import compare_runs, open_run
from recommender.triples.data import Queries, Triples
from recommender.triples.evaluate import rank_split
from recommender.triples.folder import read_triples
from recommender.triples.protocols import FitContext, TripleScorer
from tests.recommender.bench.models import CallList


def guesses(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
    """Stand in for ``available_models``."""
    return {"popularity": (Guess(3), Guess(2))}, {"engine": (Guess(),), "engine-without-gnn": (Guess(500),)}


@dataclass(frozen=True)
class Guess:
    """Scores by chance, in a few levels so that there are ties."""

    levels: int = 1000

    def fit(self, triples: Triples, context: FitContext) -> GuessScorer:
        assert not len(triples.test)
        rng = np.random.default_rng(context.seed)
        shape = 2 * triples.n_relations, triples.n_entities, triples.n_entities
        return GuessScorer(rng.integers(self.levels, size=shape).astype(np.float32), triples.n_relations)


@dataclass(frozen=True)
class Noted:
    """Guesses, and notes on which device."""

    fits: CallList

    def fit(self, triples: Triples, context: FitContext) -> GuessScorer:
        self.fits.calls.append(context.device)
        return Guess().fit(triples, context)


class GuessScorer(TripleScorer):
    """A table of scores, which counts what it is asked."""

    def __init__(self, table: Floats, n_relations: int) -> None:
        super().__init__(n_relations)
        self._table = table
        self.asked = 0

    def score(self, queries: Queries) -> Floats:
        self.asked += len(queries)
        return self._table[queries.relation, queries.anchor]


def folder(path: Path, *, split: str = 'kind = "column"', report: str = "") -> Path:
    """Towns in countries and towns beside towns, of two labels; every fifth row is valid, every sixth test."""
    rng = np.random.default_rng(0)
    beside = sorted({(int(a), int(b)) for a, b in rng.integers(12, size=(50, 2)) if a != b})
    inside = [(town, town % 3) for town in range(12)]
    files = {
        "Town__BESIDE__Town": [(f"t{a}", f"t{b}") for a, b in beside],
        "Town__IN__Country": [(f"t{a}", f"land {b}") for a, b in inside],
    }
    return write(path, files, split, report)


def tastes(path: Path, items: str, films: str) -> Path:
    """Users like items and films that have the same numbers; the relations have the given names."""
    rng = np.random.default_rng(0)
    pairs = [sorted({(int(a), int(b)) for a, b in rng.integers(8, size=(40, 2))}) for _ in range(2)]
    rows = [[(f"u{user}", str(thing)) for user, thing in each] for each in pairs]
    return write(path, {f"User__{items}__Item": rows[0], f"User__{films}__Film": rows[1]})


def write(
    path: Path, files: dict[str, list[tuple[str, str]]], split: str = 'kind = "column"', report: str = ""
) -> Path:
    """Write a folder of triples; every fifth row of a file is valid, every sixth test."""
    (path / "edges").mkdir(parents=True)
    for name, rows in files.items():
        splits = ["test" if at % 6 == 5 else "valid" if at % 5 == 4 else "train" for at in range(len(rows))]
        lines = ["src,dst,split", *(f"{a},{b},{which}" for (a, b), which in zip(rows, splits, strict=True))]
        (path / "edges" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (path / "dataset.toml").write_text(
        f'name = "towns"\n[task]\nkind = "triples"\n[split]\n{split}\n[report]\n{report}\n', encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("levels", [3, 1000])
def test_ranks_are_those_of_the_filtered_setting(tmp_path: Path, levels: int) -> None:
    """The same as ranking each answer by hand, ties and labels included."""
    bench = TripleBench(read_dataset(folder(tmp_path)))
    scorer = bench.fit(Guess(levels), "test", 0)
    outcome = bench.rank(scorer, "test", "guess")
    wanted = rank_split(bench.triples, bench.triples.test, scorer.score)
    assert (outcome.ranks.above + 1).tolist() == wanted.optimistic.tolist()
    assert (outcome.ranks.above + outcome.ranks.tied).tolist() == wanted.pessimistic.tolist()
    assert compute_any(outcome.ranks, "mrr_realistic") == pytest.approx(1 / wanted.realistic)
    assert outcome.answers.tolist() == [*bench.triples.test[:, 2], *bench.triples.test[:, 0]]


def test_a_question_of_valid_is_scored_once(tmp_path: Path) -> None:
    """Lists, which mask other answers than the ranks do, are made on test alone."""
    bench = TripleBench(read_dataset(folder(tmp_path)))
    scorer = bench.fit(Guess(), "valid", 0)
    assert isinstance(scorer, GuessScorer)
    assert not len(bench.rank(scorer, "valid", "guess").lists.columns)
    assert scorer.asked == len(bench.questions("valid"))
    assert len(bench.rank(scorer, "test", "guess").lists.columns)


def test_a_part_of_another_device_is_not_taken(tmp_path: Path) -> None:
    dataset, fits = read_dataset(folder(tmp_path / "data")), CallList([])
    store = PartStore(tmp_path / "parts", {})
    for device in ("cpu", "cuda", "cpu"):
        Runner(TripleBench(dataset, device), store, (0,)).run([Contender("noted", (Noted(fits),))])
    assert fits.calls == ["cpu", "cuda"]


def test_both_sides_of_a_triple_are_one_group(tmp_path: Path) -> None:
    questions = TripleBench(read_dataset(folder(tmp_path))).questions("test")
    half = len(questions) // 2
    assert questions.groups[:half].tolist() == questions.groups[half:].tolist() == list(range(half))
    sides = {each.name: each.queries for each in questions.slices}
    assert sides["tail"].tolist() == [True] * half + [False] * half
    assert (sides["head"] == ~sides["tail"]).all()


def test_relations_fall_into_four_kinds(tmp_path: Path) -> None:
    """Three or more towns lie in one country, so IN is many to one; towns have several neighbours."""
    bench = TripleBench(read_dataset(folder(tmp_path)))
    slices = {each.name: each.queries for each in bench.questions("test").slices}
    relation = np.tile(bench.triples.test[:, 1], 2)
    assert (slices["N-1"] == (relation == 1)).all()
    assert (slices["N-N"] == (relation == 0)).all()


def test_run_files_have_one_list_for_each_distinct_query(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    findings = Experiment(Request(data, tmp_path / "out", seeds=2, encoder="none"), available=guesses).run()
    assert findings.test.metrics[0] == "mrr"
    lines = [line.split(" ") for line in (tmp_path / "out/run-auto-0.trec").read_text(encoding="utf-8").splitlines()]
    assert all(len(line) == 6 for line in lines)
    assert len({(line[0], line[2]) for line in lines}) == len(lines)
    assert any(line[0].startswith("?|IN|land%20") for line in lines)
    assert {line[2] for line in lines if line[0].endswith("|IN|?")} <= {"land%200", "land%201", "land%202"}
    text = (tmp_path / "out/report.md").read_text(encoding="utf-8")
    for word in (
        "head|relation|?",
        "mrr_pessimistic",
        "tail side",
        "N-1",
        "what the GNN adds",
        "ties: expected: ",
        "mrr_realistic = 1 / mean rank",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("items", "films", "names"),
    [
        ("LIKES", "LIKES", ("User__LIKES__Film", "User__LIKES__Item")),
        ("BUYS", "LIKES", ("BUYS", "LIKES")),
    ],
)
def test_relations_of_one_name_are_told_apart(tmp_path: Path, items: str, films: str, names: tuple[str, ...]) -> None:
    """No two questions share a name and no list has a candidate twice, though items and films share their ids."""
    data = tastes(tmp_path / "data", items, films)
    bench = TripleBench(read_dataset(data))
    assert read_triples(bench.dataset).relations == names
    questions = bench.questions("test")
    assert len(set(questions.names)) == len(questions) > 10
    Experiment(Request(data, tmp_path / "out", seeds=1, encoder="none"), available=guesses).run()
    lines = [line.split(" ") for line in (tmp_path / "out/run-auto-0.trec").read_text(encoding="utf-8").splitlines()]
    assert len({(line[0], line[2]) for line in lines}) == len(lines)
    (same,) = compare_runs(open_run(tmp_path / "out"), [open_run(tmp_path / "out")])
    assert (same.difference.low, same.difference.high) == (0, 0)


@pytest.mark.parametrize("asked", ["", 'refit = "train"', 'refit = "train+valid"'])
def test_the_report_tells_what_triples_are_learned_from(tmp_path: Path, asked: str) -> None:
    """They are learned from train whatever the folder says; one that asks for more is told so in a note."""
    data = folder(tmp_path / "data", split=f'kind = "column"\n{asked}')
    Experiment(Request(data, tmp_path / "out", seeds=1, encoder="none"), available=guesses).run()
    metrics = json.loads((tmp_path / "out/metrics.json").read_text(encoding="utf-8"))
    text = (tmp_path / "out/report.md").read_text(encoding="utf-8")
    assert metrics["task"]["split"]["refit"] == "train"
    assert any("split.refit" in note for note in metrics["notes"]) == ("valid" in asked)
    assert "learned from train; valid tunes" in text
    for untrue in ("refit on", "learned anew for test"):
        assert untrue not in text


@pytest.mark.parametrize("kind", ["random", "inductive"])
def test_drawn_splits(tmp_path: Path, kind: str) -> None:
    triples = read_triples(read_dataset(folder(tmp_path, split=f'kind = "{kind}"\nshare = 0.3'))).triples
    whole = np.concatenate((triples.train, triples.valid, triples.test))
    assert len(np.unique(whole, axis=0)) == len(whole)
    assert min(map(len, (triples.train, triples.valid, triples.test))) > 0


def dated(path: Path, split: str, again: tuple[str, ...] = ()) -> Path:
    """Twenty triples on days of January, some stated ``again``."""
    days = [f"e{at},e{(at + 1) % 20},2026-01-{at + 1:02}" for at in range(20)]
    (path / "edges").mkdir(parents=True)
    (path / "edges/E__NEXT__E.csv").write_text("\n".join(["src,dst,time", *days, *again]) + "\n", encoding="utf-8")
    (path / "dataset.toml").write_text(f'[task]\nkind = "triples"\n[split]\n{split}\n', encoding="utf-8")
    return path


_BY_TIME = 'kind = "global_time"\ntrain_before = 2026-01-15\nvalid_before = 2026-01-18'


@pytest.mark.parametrize("split", ['kind = "random"', 'kind = "inductive"', _BY_TIME])
def test_a_triple_on_several_dates_is_one_triple(tmp_path: Path, split: str) -> None:
    """It falls into one window, by its earliest date, and the others fall as if it were stated once."""
    again = tuple(f"e{at},e{at + 1},2026-01-30" for at in range(12))
    once, often = (
        TripleBench(read_dataset(dated(tmp_path / name, split, rows))).triples
        for name, rows in (("once", ()), ("often", again))
    )
    for window in ("train", "valid", "test"):
        assert getattr(once, window).tolist() == getattr(often, window).tolist()


def test_the_earliest_date_counts_wherever_it_stands(tmp_path: Path) -> None:
    """A row without a date is known from the start."""
    again = ("e19,e0,2026-01-02", "e18,e19,")
    triples = TripleBench(read_dataset(dated(tmp_path, _BY_TIME, again))).triples
    assert (len(triples.train), len(triples.valid), len(triples.test)) == (16, 3, 1)


def test_a_triple_that_a_column_puts_into_two_splits_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    with (path / "edges/Town__IN__Country.csv").open("a", encoding="utf-8") as file:
        file.write("t5,land 2,train\n")
    with pytest.raises(EvaluationError, match="in train too, one of t5, IN, land 2; give each triple one split"):
        TripleBench(read_dataset(path))


def test_a_folder_without_test_triples_an_unknown_metric_and_a_cut_off_of_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="auc"):
        TripleBench(read_dataset(folder(tmp_path / "a", report='main = "auc"')))
    with pytest.raises(ConfigError, match=r"k = \[0, 10\] .* cut-offs are 1 or more"):
        TripleBench(read_dataset(folder(tmp_path / "c", report="k = [0, 10]")))
    path = folder(tmp_path / "b")
    for file in (path / "edges").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("test", "train"), encoding="utf-8")
    with pytest.raises(EvaluationError, match="no triple in the test window"):
        TripleBench(read_dataset(path))
