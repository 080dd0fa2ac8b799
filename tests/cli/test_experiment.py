"""Experiments as an analyst runs them."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from cli.experiments import minutes_apart, show_explained
from cli.language import korean_meanings
from graph_schema.errors import ConfigError, EvaluationError
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.engine.episodes import Style
from recommender.engine.trained_parts import EngineConfig
from recommender.knowledge.known import Known
from recommender.lab.experiment import Experiment, Request
from recommender.models.settings import documented_models
from recommender.report.explained import Explained, Share
from tests.command_line import Run
from tests.recommender.bench.models import Broken, Popular
from tests.recommender.engine.small_engine import quick
from tests.recommender.folders import shop
from tests.recommender.knowledge.test_from_snapshot import write_partners

QUICK = ("--model", "popularity", "--only", "--seeds", 2, "--encoder", "none", "--no-cold")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop().write(tmp_path / "data")
    return tmp_path / "data"


def test_run_list_and_compare(run: Run, folder: Path, tmp_path: Path) -> None:
    """A run says what it will take, what it found and where it lies; it is listed, and compared with itself."""
    out = tmp_path / "runs/popular"
    answer = run("experiment", "run", folder, *QUICK, "--out", out)
    assert answer.exit_code == 0, answer.output
    assert "60 queries, 80 candidates" in answer.output
    assert "1 model, " in answer.output
    assert "estimate: under a minute, " in answer.output
    assert "recall@20" in answer.output
    for name in ("metrics.json", "figures.json", "report.md", "report.html", "run-popularity-0.trec"):
        assert (out / name).stat().st_size > 0
    (listed,) = json.loads(run("experiment", "list", tmp_path / "runs", "--json").output)
    assert (listed["dataset"], listed["model"], listed["metric"]) == ("world", "popularity", "recall@20")
    assert (listed["seeds"], len(listed["date"])) == (2, len("2026-03-02 10:00"))
    assert listed["minutes"] >= 0
    compared = run("experiment", "compare", out, out).output
    assert "popular/popularity" in compared
    assert compared.count(f"{listed['value']:.4f}") == 2
    assert listed["only"] is True
    shown = run("experiment", "list", tmp_path / "runs").output
    assert f"{listed['value']:.4f}   popularity (of those named)" in shown


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (("simple", "engine"), " (about 2 min for simple models, about 7 min for the engine with its controls)"),
        (("engine",), ""),
        (("simple",), ""),
    ],
)
def test_minutes_are_told_apart_where_there_are_two_kinds_of_rows(roles: tuple[str, ...], said: str) -> None:
    estimate = SimpleNamespace(minutes=9.0, simple_minutes=2.0, engine_minutes=7.0)
    experiment = SimpleNamespace(estimate=estimate, contenders=[SimpleNamespace(role=role) for role in roles])
    assert minutes_apart(cast("Experiment", experiment)).en == said


def test_every_command_has_its_summary_whole(run: Run) -> None:
    """A list of commands cuts what is longer than its line."""
    listed = run("experiment", "--help").output
    assert "Save a model of all rows of a folder, and rank what comes next." in listed
    assert "..." not in listed.partition("Commands:")[2]


def test_models_are_shown_with_the_meaning_of_each_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("experiment", "models", "ease")
    assert answer.exit_code == 0, answer.output
    assert "ease (recommending): score(q, ·) = s B" in answer.output
    assert "ease (triples): EASE (Steck 2019)" in answer.output
    assert "λ: what is added to the diagonal of the Gram matrix, in baskets; above 0." in answer.output
    (found,) = json.loads(run("experiment", "models", "engine", "--json").output)[:1]
    assert (found["kind"], found["rows"][0], found["estimator"]) == ("recommend", "auto", "EngineEstimator")
    assert ("config.pool", "1000") in {(each["name"], each["default"]) for each in found["settings"]}
    assert "near are item-knn" in str(run("experiment", "models", "itemknn").exception)
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    korean = run("experiment", "models", "ease").output
    assert "ease (관계 예측): EASE(Steck 2019). 개체가 사용자" in korean
    assert "그람 행렬의 대각선에 더하는 값" in korean


def test_every_meaning_of_a_setting_is_told_in_korean() -> None:
    meanings = {each.summary for each in documented_models()}
    meanings |= {one.meaning for each in documented_models() for one in each.settings}
    assert meanings == korean_meanings().keys()


def test_a_list_of_awards_is_imported_with_what_was_left_out(run: Run, tmp_path: Path) -> None:
    rows = [f"{org},{item},{year}" for year in (2018, 2019, 2020) for org in "ab" for item in "pq"]
    (tmp_path / "grants.csv").write_text("\n".join(["who,scheme,year", *rows, "c,p,soon"]), encoding="utf-8")
    command = ("experiment", "import", "awards", tmp_path / "grants.csv", "--out", tmp_path / "sets")
    assert "name it with --organisation; the file has who, scheme, year" in str(run(*command).exception)
    answer = run(*command, "--organisation", "who", "--valid-from", "2019-01-01", "--test-from", "2020-01-01")
    assert answer.exit_code == 0, answer.output
    assert "12 awards of 2 organisations by 2 items" in answer.output
    assert "1 row was left out:" in answer.output
    assert "grants.csv, line 14: year 'soon': not a day, month or year; write it like 2026-03-02" in answer.output
    found = json.loads(run(*command, "--organisation", "who", "--json").output)
    assert (found["folder"], found["left_out"][0]["line"]) == (str(tmp_path / "sets/grants"), 14)
    assert found["left_out"][0]["reason"] == "not a day, month or year"


def test_a_list_of_awards_is_imported_in_the_language_of_the_locale(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs read English whatever the locale."""
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    rows = [f"{org},{item},{year}" for year in (2018, 2019, 2020) for org in "ab" for item in "pq"]
    (tmp_path / "grants.csv").write_text("\n".join(["기업명,사업명,연도", *rows, "c,p,곧"]), encoding="utf-8")
    command = ("experiment", "import", "awards", tmp_path / "grants.csv", "--out", tmp_path / "sets")
    told = run(*command).output.splitlines()
    assert told == [
        "기관: 기업명, 항목: 사업명, 날짜: 연도",
        "기관 2곳, 항목 2개, 선정 12건",
        (
            "구간: 2019-01-01 전은 train, 2020-01-01 전은 valid, 그 뒤는 test. 기본값은 선정의 약 10분의 1씩입니다. "
            "목록의 기간: 2018-01-01 ~ 2020-01-01"
        ),
        "제외한 행 1개:",
        "  grants.csv 14번째 줄: 연도 '곧': 날짜, 월, 연도 가운데 어느 것도 아님. 2026-03-02처럼 적으십시오",
        f"만든 폴더: {tmp_path}/sets/grants",
        (
            "아직 실행할 수 없습니다. valid 구간에 물어볼 질의가 없습니다. Organisation__AWARDED__Programme.csv에서 이 "
            "구간에 드는 쌍 4개: 앞 구간에서 이미 알려진 쌍 4개. dataset.toml과 분할을 확인하십시오. --valid-from과 "
            "--test-from으로 구간을 옮기거나 더 긴 목록을 쓰십시오"
        ),
    ]
    assert json.loads(run(*command, "--json").output)["notes"][0] == "organisation: 기업명, item: 사업명, date: 연도"


def test_columns_are_refused_for_a_public_set(run: Run, tmp_path: Path) -> None:
    answer = run("experiment", "import", "umls", tmp_path, "--item", "x")
    assert "columns and days are read for awards alone" in str(answer.exception)


def test_what_nobody_reads_in_a_folder_is_told_before_the_run(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "edges/User__SAW__Item.csv").write_text("src,dst,Time\nu01,i01,2030-01-01\n", encoding="utf-8")
    answer = run("experiment", "run", folder, *QUICK, "--out", tmp_path / "out")
    told = " ".join(answer.output.split())
    assert "note: edges/User__SAW__Item.csv: not known and left aside: 'Time'" in told


def test_a_run_whose_asked_model_failed_is_listed_and_not_compared(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "runs/broken"
    with pytest.raises(EvaluationError):
        Experiment(Request(folder, out, seeds=1, encoder="none", hide_queries=False), available=_one_broken).run()
    (listed,) = json.loads(run("experiment", "list", tmp_path / "runs", "--json").output)
    assert (listed["model"], listed["value"]) == ("auto", None)
    assert "failed" in run("experiment", "list", tmp_path / "runs").output
    both = Request(
        folder, tmp_path / "both", ModelChoice(("auto", "popularity")), 1, encoder="none", hide_queries=False
    )
    with pytest.raises(EvaluationError):
        Experiment(both, available=_one_broken).run()
    rows = json.loads(run("experiment", "list", tmp_path / "both", "--json").output)
    assert [(each["model"], each["value"] is None) for each in rows] == [("popularity", False), ("auto", True)]
    answer = run("experiment", "compare", out, out, "--json")
    assert answer.exit_code == 1
    assert "has no figures of a model that was asked for" in str(answer.exception)


def _one_broken(_bench: object, _means: object) -> tuple[Variants, Variants]:
    return {"popularity": (Popular(),)}, {"engine": (Broken(),)}


def test_a_row_without_paths_cannot_be_explained(run: Run, folder: Path, tmp_path: Path) -> None:
    answer = run("experiment", "explain", folder, "--model", "popularity", "--out", tmp_path / "out")
    assert "has no paths to explain by" in str(answer.exception)


def test_explanations_are_tested_and_written(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the network alone, with one variant and few questions, takes seconds."""
    monkeypatch.setattr("recommender.models.engine.plan", _quick_plan)
    options = ("--model", "gnn", "--cases", 5, "--encoder", "none", "--device", "cpu", "--out", tmp_path / "out")
    answer = run("experiment", "explain", folder, *options)
    assert answer.exit_code == 0, answer.output
    assert "95 % interval" in answer.output
    found = json.loads((tmp_path / "out/explain.json").read_text(encoding="utf-8"))
    assert found["all"]["cases"] + sum(found["without_path"].values()) == 5
    assert found["model"] == "gnn"
    assert f"gnn on world, data {found['data'][:12]}" in answer.output
    assert "joins: " in answer.output
    assert "## 설명 · Explanations" in (tmp_path / "out/report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("C.UTF-8", ["no path explains 2 more; what speaks for them: attributes"]),
        ("ko_KR.UTF-8", ["경로로 설명되지 않는 2건의 근거: 속성"]),
    ],
)
def test_recommendations_that_paths_join_in_vain_are_not_called_without_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, told: list[str]
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    every = Share.of([True] * 8)
    show_explained(
        Explained("world", 0, every, {"target": every}, {"attributes": 2}, 1.0, 0.5, connected_without_effect=2),
        Path("out"),
    )
    assert [line.strip() for line in capsys.readouterr().out.splitlines() if "2 more" in line or "2건" in line] == told


def test_a_folder_with_a_run_on_other_data_is_no_place_for_explanations(run: Run, folder: Path, tmp_path: Path) -> None:
    run("experiment", "run", folder, *QUICK, "--out", tmp_path / "out")
    report = (tmp_path / "out/report.md").read_bytes()
    shop(seed=1).write(tmp_path / "other")
    answer = run("experiment", "explain", tmp_path / "other", "--encoder", "none", "--out", tmp_path / "out")
    assert "holds a run on data" in str(answer.exception)
    assert (tmp_path / "out/report.md").read_bytes() == report


def _quick_plan(known: Known, style: Style, *_: object) -> EngineConfig:
    del known
    return quick(style)


def test_json_is_that_of_the_file(run: Run, folder: Path, tmp_path: Path) -> None:
    answer = run("experiment", "run", folder, *QUICK, "--out", tmp_path / "out", "--json")
    assert json.loads(answer.stdout) == json.loads((tmp_path / "out/metrics.json").read_text(encoding="utf-8"))


def test_what_comes_next_is_ranked_saved_and_written(run: Run, folder: Path, tmp_path: Path) -> None:
    command = ("experiment", "predict", folder, "--out", tmp_path / "out", "--model", "svd-cosine", "--encoder", "none")
    shown = run(*command, "--query", "u01", "-n", 3, "--embeddings", tmp_path / "vectors.csv")
    assert shown.exit_code == 0, shown.output
    assert shown.output.count("u01") == 3
    assert (tmp_path / "out/models/svd-cosine/model.json").exists()
    assert len((tmp_path / "vectors.csv").read_text().splitlines()) == 81
    written = run(*command, "-n", 2, "--to", tmp_path / "next.csv")
    assert written.exit_code == 0, written.output
    lines = (tmp_path / "next.csv").read_text().splitlines()
    assert (lines[0], len(lines)) == ("query,rank,candidate,score", 121)


def test_the_next_command_is_one_that_a_shell_takes(run: Run, tmp_path: Path) -> None:
    """It is told where both windows ask: each organisation takes another of the programmes later on."""
    taken = {2018: "ap bq cp dq", 2019: "aq bp", 2020: "cq dp"}
    rows = [f"{org},{item},{year}" for year, pairs in taken.items() for org, item in pairs.split()]
    (tmp_path / "지원 이력.csv").write_text("\n".join(["company,programme,year", *rows]), encoding="utf-8")
    told = run("experiment", "import", "awards", tmp_path / "지원 이력.csv", "--out", tmp_path).output.splitlines()
    _, _, command = told[-1].partition("next: ")
    words = ["dure", "experiment", "run", f"{tmp_path}/지원 이력", "--out", "runs/지원 이력"]
    assert shlex.split(command) == words


@pytest.mark.parametrize(
    ("option", "place", "why"),
    [("--to", "absent/x.csv", "No such file or directory"), ("--embeddings", "", "Is a directory")],
)
def test_a_file_that_cannot_be_written_is_told_before_anything_is_learned(
    run: Run, folder: Path, tmp_path: Path, option: str, place: str, why: str
) -> None:
    where = ("--out", tmp_path / "out", option, tmp_path / place)
    answer = run("experiment", "predict", folder, "--model", "popularity", *where)
    assert isinstance(answer.exception, ConfigError)
    assert f"{tmp_path / place} cannot be written ({why}); name another file with {option}" in str(answer.exception)
    assert not (tmp_path / "out/models").exists()


def test_vectors_of_a_model_without_any_are_refused_before_it_learns(run: Run, folder: Path, tmp_path: Path) -> None:
    where = ("--out", tmp_path / "out", "--embeddings", tmp_path / "vectors.csv", "--encoder", "none")
    answer = run("experiment", "predict", folder, "--model", "ease", *where)
    assert "ease has no vector for each candidate; models that have: svd-cosine" in str(answer.exception)
    assert not (tmp_path / "out/models").exists()
    assert not (tmp_path / "vectors.csv").exists()


def test_what_comes_next_is_shown_in_the_language_of_the_locale(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    shown = run(
        "experiment", "predict", folder, "--out", tmp_path / "out", "--model", "popularity", "--encoder", "none"
    )
    assert "질의 순위 후보 점수" in " ".join(shown.output.split())


@pytest.mark.parametrize("command", ["run", "predict", "explain"])
def test_a_slip_is_told_before_the_folder_is_read(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Texts take minutes to encode, and would be encoded for nothing."""
    monkeypatch.setattr("recommender.lab.experiment.read_dataset", lambda _: pytest.fail("the folder was read"))
    answer = run("experiment", command, folder, "--model", "ItemKNN")
    assert str(answer.exception).startswith("no model is called ItemKNN; near are item-knn")


def test_an_unknown_id_is_told_before_anything_is_learned(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.lab.saved.save_model", lambda *_, **__: pytest.fail("it learned"))
    options = ("--model", "popularity", "--encoder", "none", "--out", tmp_path / "out", "--query", "nobody")
    answer = run("experiment", "predict", folder, *options)
    assert str(answer.exception).startswith("the folder has no User nobody")


def test_a_slip_is_told_before_a_task_is_exported(run: Run, tmp_path: Path) -> None:
    answer = run("experiment", "run", "--task", "partners", "--model", "complex", "--out", tmp_path / "out")
    assert str(answer.exception).startswith("no model is called complex")
    assert not (tmp_path / "out").exists()


def test_an_empty_list_says_what_to_do(run: Run, tmp_path: Path) -> None:
    assert "dure experiment run" in run("experiment", "list", tmp_path).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run",), "name an experiment folder, or a task"),
        (("run", "absent"), "dataset.toml is not there"),
        (("run", "--task", "partners"), "dure snapshot"),
        (("run", "--task", "partners", "here"), "not both"),
        (("compare", "a", "b"), "no finished run"),
        (("import", "movielens", "."), "no set is called"),
        (("export", "--task", "nothing", "--out", "x"), "unknown task"),
    ],
)
def test_mistakes_are_answered_with_a_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run("experiment", *arguments)
    assert answer.exit_code != 0
    assert words in str(answer.exception)


def test_a_task_of_the_graph_is_exported_and_run(run: Run, home: Path, tmp_path: Path) -> None:
    run("experiment", "list", tmp_path)
    write_partners(home / "snapshots")
    out = tmp_path / "out"
    answer = run("experiment", "run", "--task", "partners", *QUICK, "--out", out)
    assert answer.exit_code == 0, (answer.output, answer.exception)
    assert (out / "dataset/dataset.toml").exists()
    assert "CompanyInstitution" in (out / "report.md").read_text(encoding="utf-8")
    assert run("experiment", "export", "--task", "partners", "--out", tmp_path / "again").exit_code == 0
    assert (tmp_path / "again/dataset.toml").read_bytes() == (out / "dataset/dataset.toml").read_bytes()


def test_a_file_of_options_is_taken_and_the_command_line_goes_before(run: Run, folder: Path, tmp_path: Path) -> None:
    """A boolean, a number, a list and a place, and one of them given anew."""
    config = tmp_path / "run.toml"
    config.write_text(
        f'folder = "{folder}"\nmodel = "popularity"\nonly = true\ncold = false\nencoder = "none"\nseeds = 3\n'
        f'out = "{tmp_path / "runs/one"}"\nranks = "csv"\n',
        encoding="utf-8",
    )
    assert run("experiment", "run", "--config", config).exit_code == 0
    assert (tmp_path / "runs/one/ranks.csv").exists()
    answer = run("experiment", "run", "--config", config, "--seeds", 1, "--out", tmp_path / "runs/two", "--json")
    assert json.loads(answer.stdout)["seeds"] == [0]
    listed = json.loads(run("experiment", "list", tmp_path / "runs", "--json").output)
    assert [(each["model"], each["seeds"]) for each in listed] == [("popularity", 3), ("popularity", 1)]


def test_a_setting_is_given_on_the_command_line_or_in_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "run.toml"
    config.write_text('model = "ease"\nonly = true\nset = "ease.regularisation = 3"\n', encoding="utf-8")
    command = (
        "experiment",
        "run",
        folder,
        "--config",
        config,
        "--seeds",
        1,
        "--no-cold",
        "--encoder",
        "none",
        "--json",
    )
    for more, value in (((), 3.0), (("--set", "ease.regularisation=9"), 9.0)):
        answer = run(*command, "--out", tmp_path / f"out{value}", *more)
        assert answer.exit_code == 0, answer.output
        assert json.loads(answer.stdout)["models"]["ease"]["config"]["regularisation"] == value
    told = run(*command, "--out", tmp_path / "none", "--set", "ease.lambda=3")
    assert "ease has no setting lambda" in str(told.exception)


def test_a_model_with_a_given_setting_is_saved(run: Run, folder: Path, tmp_path: Path) -> None:
    place = ("--out", tmp_path / "out", "--model", "svd-cosine", "--encoder", "none")
    answer = run("experiment", "predict", folder, *place, "--set", "svd-cosine.dimension=5", "-n", 1, "--json")
    assert answer.exit_code == 0, answer.output
    saved = json.loads((tmp_path / "out/models/svd-cosine/model.json").read_text(encoding="utf-8"))
    assert saved["config"]["dimension"] == 5


def test_an_unknown_option_in_a_file_is_refused_with_the_near_ones(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_text("seed = 3\n", encoding="utf-8")
    answer = run("experiment", "run", folder, "--config", tmp_path / "run.toml")
    assert "'seed' is not an option; near are seeds" in str(answer.exception)


def test_triples_of_another_set_are_refused_under_a_sets_name(run: Run, tmp_path: Path) -> None:
    for split in ("train", "valid", "test"):
        (tmp_path / f"{split}.txt").write_text("a\tis\tb\n", encoding="utf-8")
    answer = run("experiment", "import", "umls", tmp_path, "--out", tmp_path / "sets")
    assert "train.txt has 1 lines, as published 5,216; it looks like triples" in str(answer.exception)
    assert run("experiment", "import", "triples", tmp_path, "--out", tmp_path / "sets", "--name", "x").exit_code == 0
    assert (tmp_path / "sets/x/dataset.toml").exists()
