"""What the test of explanations found, kept beside a run on the same data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from recommender.report.explained import (
    Explained,
    Share,
    drop_explained_elsewhere,
    refuse_other_data,
    section,
    with_explained,
    write_explained,
)

FOUND = Explained(
    "world",
    3,
    Share.counted(90, 100),
    {"target": Share.counted(60, 60), "Item__IN__Field": Share.counted(30, 40)},
    {"popularity": 5, "attributes": 2},
    1.25,
    0.5,
    connected_without_effect=20,
    model="auto",
    data="abc" * 20,
)


def with_run(out: Path, data: str) -> Path:
    out.mkdir(exist_ok=True)
    (out / "metrics.json").write_text(json.dumps({"hashes": {"data": data}}), encoding="utf-8")
    return out


def test_a_share_has_the_wilson_interval() -> None:
    """90 of 100: (0.9 + z²/200 ± z √(0.09/100 + z²/40000)) / (1 + z²/100) with z = 1.96."""
    assert (FOUND.all.cases, FOUND.all.lowered_more, FOUND.all.share) == (100, 90, 0.9)
    assert FOUND.all.low == pytest.approx(0.8256, abs=1e-4)
    assert FOUND.all.high == pytest.approx(0.9448, abs=1e-4)
    assert Share.of([True, False, True, True]) == Share.counted(3, 4)
    assert Share.of([]).share == 0


def test_what_paths_connect_without_effect_counts_as_not_explained() -> None:
    assert FOUND.share_of_joined == Share.counted(90, 120)
    assert FOUND.plain["share_of_joined"]["share"] == 0.75
    assert FOUND.plain["target_share"] == 0.95


def test_the_section_shows_all_cases_and_each_relation() -> None:
    text = section(FOUND)
    assert "| 전체 · all | 100 | 90 | 0.900 | 0.826–0.945 |" in text
    assert "| target | 60 | 60 | 1.000 |" in text
    assert "| Item__IN__Field | 40 | 30 | 0.750 |" in text
    assert f"Explained: auto on world, data hash {('abc' * 20)[:16]}, seed 3." in text
    assert "Of all 120 recommendations that any path joins, 90 have a true explanation: share 0.750" in text
    assert (
        "1.250 without the path, 0.500 without random edges. No path explains 7 further recommendations, 20 of" in text
    )
    assert "attributes 2, popularity 5." in text


def test_the_section_says_the_same_in_korean() -> None:
    text = section(FOUND)
    assert f"설명한 모델: auto, 데이터 world, 데이터 해시 {('abc' * 20)[:16]}, 시드 3. · Explained: auto" in text
    assert "추천 120건 가운데 90건의 설명이 참입니다: 비율 0.750" in text
    assert "경로로 설명되지 않는 추천이 7건 더 있으며, 그중 20건은" in text
    assert "그 근거: 속성 2, 인기 5. · Median fall" in text


def test_a_section_without_names_says_so() -> None:
    text = section(Explained("world", 0, Share.of([]), {}, {}, 0, 0))
    assert "Explained: a model that is not recorded on world, data hash unknown" in text
    assert "speak for them: none." in text


def test_the_section_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    """What stands before it and after it stays, whichever stands there."""
    out = with_run(tmp_path, FOUND.data)
    report = out / "report.md"
    report.write_text("# Report\n\ntext\n\n## Explanations\n\nold words\n\n## Later\n\nlast\n", encoding="utf-8")
    write_explained(FOUND, out)
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# Report\n\ntext\n\n## Later\n\nlast\n\n## 설명 · Explanations\n")
    assert "old words" not in text
    write_explained(FOUND, out)
    assert report.read_text(encoding="utf-8") == text
    assert text.count("Explanations") == 1


def test_a_folder_without_a_report_gets_the_section_alone(tmp_path: Path) -> None:
    write_explained(FOUND, tmp_path / "new")
    assert (tmp_path / "new/report.md").read_text(encoding="utf-8") == section(FOUND)
    assert json.loads((tmp_path / "new/explain.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(FOUND.plain)
    )


def test_what_was_written_is_read_back_for_a_report_of_the_same_data(tmp_path: Path) -> None:
    write_explained(FOUND, tmp_path)
    assert with_explained("# New\n", tmp_path, FOUND.data) == "# New\n\n" + section(FOUND)
    assert with_explained("# New\n", tmp_path, "other") == "# New\n"
    assert with_explained("# New\n", tmp_path / "empty", FOUND.data) == "# New\n"


@pytest.mark.parametrize("text", ["no json", "[]", '{"by_relation": {}}', '{"by_relation": 3, "all": {}}', "null"])
def test_a_file_that_is_no_record_of_explanations_adds_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "explain.json").write_text(text, encoding="utf-8")
    assert with_explained("# New\n", tmp_path, "") == "# New\n"


def test_a_record_of_an_older_version_is_read_without_what_it_lacks(tmp_path: Path) -> None:
    write_explained(FOUND, tmp_path)
    plain = json.loads((tmp_path / "explain.json").read_text(encoding="utf-8"))
    for name in ("connected_without_effect", "depth", "tried", "least_fall", "share_of_joined"):
        del plain[name]
    (tmp_path / "explain.json").write_text(json.dumps(plain), encoding="utf-8")
    text = with_explained("", tmp_path, FOUND.data)
    assert "Of all 100 recommendations that any path joins" in text


def test_other_data_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    out = with_run(tmp_path, "x" * 64)
    with pytest.raises(ConfigError, match=r"run on data xxxxxxxxxxxx, .* from data abcabcabcabc; .* --out"):
        write_explained(FOUND, out)
    assert not (out / "explain.json").exists()
    refuse_other_data(with_run(tmp_path, FOUND.data), FOUND.data)
    refuse_other_data(tmp_path / "nowhere", FOUND.data)


@pytest.mark.parametrize(("data", "kept"), [(FOUND.data, True), ("other", False)])
def test_a_run_on_other_data_removes_what_was_explained(tmp_path: Path, data: str, *, kept: bool) -> None:
    write_explained(FOUND, tmp_path)
    drop_explained_elsewhere(tmp_path, data)
    assert (tmp_path / "explain.json").exists() is kept


def test_explanations_of_unknown_data_are_kept(tmp_path: Path) -> None:
    write_explained(Explained("world", 0, Share.of([True]), {}, {}, 1, 0), tmp_path)
    drop_explained_elsewhere(tmp_path, "other")
    assert (tmp_path / "explain.json").exists()
