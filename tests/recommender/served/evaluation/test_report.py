"""The report's files: they are there, hold the figures, and keep made-up data apart."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.measure.calibration import Curve
from recommender.served.evaluation.contender import Chance, Contender
from recommender.served.evaluation.figures import EvaluationReport, Settings
from recommender.served.evaluation.report import conditions, markdown, text_table, webpage, write_report
from recommender.served.evaluation.runner import evaluate
from recommender.served.queries import Queries
from recommender.served.scorer_protocols import Scorer
from recommender.served.scorers.popularity import Popularity
from recommender.served.task_data import TaskData
from tests.recommender.served.evaluation.graphs import circle_vectors, two_circles


@pytest.fixture(scope="module")
def report() -> EvaluationReport:
    snapshot = two_circles().snapshot()
    contenders = (Contender("chance", (Chance(),)), Contender("popularity", (Popularity(),)))
    settings = Settings(samples=200, seeds=(0, 1), run_depth=5)
    return evaluate(snapshot, get_task("partners"), contenders, circle_vectors(snapshot), settings)


@pytest.fixture(scope="module")
def made_up(report: EvaluationReport) -> EvaluationReport:
    return replace(report, settings=replace(report.settings, include_synthetic=True))


def test_all_files_are_written(report: EvaluationReport, tmp_path: Path) -> None:
    paths = write_report([report], tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        "report.md",
        "report.html",
        "metrics.json",
        f"run-partners-real-{report.scorers[0].name}.trec",
        f"run-partners-real-{report.scorers[1].name}.trec",
    ]
    assert all(path.stat().st_size > 0 for path in paths)


def test_metrics_hold_the_figures_as_numbers(report: EvaluationReport, tmp_path: Path) -> None:
    write_report([report], tmp_path)
    stored = json.loads((tmp_path / "metrics.json").read_text())[0]
    value = report.scorers[0].slices["all"]["ndcg@10"]
    assert stored["scorers"][0]["slices"]["all"]["ndcg@10"] == {
        "mean": value.mean,
        "low": value.low,
        "high": value.high,
    }
    assert (stored["data"], stored["best_simple"]) == ("real", report.best_simple)
    assert stored["test"]["queries"]["all"] == report.test.queries["all"]
    assert stored["ties"].startswith("expected")
    assert "values" not in stored["scorers"][0]


def test_the_page_holds_the_same_figures(report: EvaluationReport) -> None:
    page, text = webpage([report]), markdown([report])
    for row in text_table(report)[1]:
        for cell in row:
            assert cell in text
            assert cell in page


def test_conditions_name_data_queries_split_candidates_filter_and_ties(report: EvaluationReport) -> None:
    text = " ".join(conditions(report))
    for said in (
        "real data",
        f"{report.test.queries['all']} askers",
        report.test.start,
        report.valid.start,
        "ties: expected",
    ):
        assert said in text
    assert "full ranking" in text
    assert "known before the window" in text
    assert "min(positives, k)" in text


def test_few_events_are_called_few(report: EvaluationReport) -> None:
    few = replace(report, test=replace(report.test, events=9))
    many = replace(report, test=replace(report.test, events=30))
    assert any("only 9 independent events" in line for line in conditions(few))
    assert not any("caution" in line for line in conditions(many))


def test_a_drawn_sample_is_told(report: EvaluationReport) -> None:
    drawn = replace(report, test=replace(report.test, drawn_from=10_000))
    assert any("of 10000 askers" in line for line in conditions(drawn))


def test_made_up_and_real_figures_never_share_a_table(report: EvaluationReport, made_up: EvaluationReport) -> None:
    """Each has its own section; the real one comes first and the other says what it is in its heading."""
    text = markdown(sorted([made_up, report], key=lambda each: each.data != "real"))
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert len(headings) == 2
    assert "synthetic" not in headings[0]
    assert "가상 / synthetic" in headings[1]
    assert "says nothing about the real city" in text


def test_files_put_real_data_first(report: EvaluationReport, made_up: EvaluationReport, tmp_path: Path) -> None:
    write_report([made_up, report], tmp_path)
    assert [each["data"] for each in json.loads((tmp_path / "metrics.json").read_text())] == ["real", "synthetic"]
    assert (tmp_path / "run-partners-synthetic-popularity.trec").exists()


def test_the_page_stands_alone_and_its_picture_has_a_text(report: EvaluationReport) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[tuple[str, dict[str, str | None]]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(webpage([report]))
    names = [tag for tag, _ in reader.tags]
    assert names.count("svg") == 1
    assert names.count("table") == 4
    assert not {"script", "link", "img"} & set(names)
    (svg,) = (attributes for tag, attributes in reader.tags if tag == "svg")
    assert svg["role"] == "img"
    assert "ndcg@10" in str(svg["aria-label"])


def test_names_cannot_break_the_page(report: EvaluationReport) -> None:
    nasty = replace(report, scorers=(replace(report.scorers[0], name="<b>|x"), report.scorers[1]))
    assert "<b>|x" not in webpage([nasty])
    assert "<b>\\|x" in markdown([nasty])


def test_run_files_are_trec_runs(report: EvaluationReport, tmp_path: Path) -> None:
    write_report([report], tmp_path)
    lines = (tmp_path / "run-partners-real-popularity.trec").read_text().splitlines()
    fields = lines[0].split(" ")
    assert (fields[1], fields[3], fields[5], len(fields)) == ("Q0", "1", "popularity", 6)
    assert float(fields[4]) >= float(lines[1].split(" ")[4])
    assert len(lines) == 5 * report.test.queries["all"]


def test_ids_with_spaces_are_escaped(report: EvaluationReport, tmp_path: Path) -> None:
    scorer = report.scorers[0]
    run = (replace(scorer.run[0], query="Company:주식회사 가온%20"), *scorer.run[1:])
    write_report([replace(report, scorers=(replace(scorer, run=run),))], tmp_path)
    text = (tmp_path / f"run-partners-real-{scorer.name}.trec").read_text()
    assert text.startswith("Company:주식회사%20가온%2520 Q0 ")


def test_a_missing_matplotlib_is_named_with_the_remedy(
    report: EvaluationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ConfigError, match=r"pip install 'dure\[view\]'"):
        webpage([report])


@dataclass(frozen=True)
class Promising:
    """Popularity whose standard scores promise a link within a month."""

    months: int
    name: str = "promising"

    def fit(self, data: TaskData, rng: np.random.Generator) -> PromisingScorer:
        """Count what is popular."""
        return PromisingScorer(Popularity().fit(data, rng), self.months, Curve((0.0, 2.0), (0.05, 0.2)))


@dataclass(frozen=True)
class PromisingScorer:
    """The same, fitted."""

    scorer: Scorer
    months: int
    curve: Curve
    name: str = "promising"

    def score(self, queries: Queries) -> Floats:
        """Score as popularity does."""
        return self.scorer.score(queries)


def promising(months: int) -> EvaluationReport:
    snapshot = two_circles().snapshot()
    contenders = (Contender("popularity", (Popularity(),)), Contender("promising", (Promising(months),), simple=False))
    settings = Settings(samples=50, seeds=(0,))
    return evaluate(snapshot, get_task("partners"), contenders, circle_vectors(snapshot), settings)


def test_probabilities_are_held_against_later_links_with_a_table_and_a_picture(tmp_path: Path) -> None:
    report = promising(months=1)
    held = report.scorer("promising").reliability
    assert held is not None
    assert held.months == 1
    assert sum(abs(said - came) * n for said, came, n in held.bins) / sum(b[2] for b in held.bins) == pytest.approx(
        held.error
    )
    assert report.scorer("popularity").reliability is None
    write_report([report], tmp_path)
    page = (tmp_path / "report.html").read_text()
    assert f"ECE {held.error:.4f} over 10 bins of equal count, the first 20 of each list" in page
    assert "probability said against share that came true" in page
    assert f"ECE {held.error:.4f}" in (tmp_path / "report.md").read_text()
    stored = json.loads((tmp_path / "metrics.json").read_text())[0]["scorers"]
    assert {each["name"]: each["reliability"] and each["reliability"]["error"] for each in stored} == {
        "popularity": None,
        "promising": held.error,
    }


def test_a_window_shorter_than_the_promise_judges_nothing() -> None:
    assert promising(months=600).scorer("promising").reliability is None
