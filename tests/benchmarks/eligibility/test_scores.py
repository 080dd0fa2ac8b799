"""The labelled notices, and how what is read of them is counted."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from benchmarks.eligibility.__main__ import main
from benchmarks.eligibility.scores import (
    FIELDS,
    Facts,
    FieldScore,
    LabelledNotice,
    Misreading,
    left_rules,
    read_labels,
    read_programs,
    score,
)

FILES = ("bizinfo_2021.csv", "bizinfo_2026_meta.csv")
UNSEEN = ("bizinfo_2026_unseen.csv", "kstartup_2026_unseen.csv")
"""Files of public repositories that are not distributed."""
NOTHING: Facts = {field: frozenset() for field in (*FIELDS, "unread")}


def counted(field: str, said: object, read: set[object], unread: set[object] | None = None) -> FieldScore:
    label = LabelledNotice("P", "file.csv", "dev", {field: said})
    facts = {**NOTHING, field: frozenset(read), "unread": frozenset(unread or ())}
    return next(each for each in score([label], {"P": facts}, []) if each.field == field)


def test_as_many_notices_of_each_year_are_labelled_for_development_and_for_looking_once() -> None:
    labels = read_labels()
    kinds = [(label.file, label.half) for label in labels]

    assert len({label.id for label in labels}) == len(labels) == 645
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        (file, half): count
        for file in FILES
        for half, count in {"dev": 40, "held": 40, "second": 40, "third": 20, "fifth": 30}.items()
    } | {
        (file, half): count
        for half, counts in {"sixth": (75, 30), "seventh": (45, 15), "eighth": (15, 15), "ninth": (110, 0)}.items()
        for file, count in zip(UNSEEN, counts, strict=True)
        if count
    }
    assert {field for label in labels for field in label.facts} == set(FIELDS)


@pytest.mark.shared
@pytest.mark.parametrize(("half", "seed", "count"), [("second", 2712, 40), ("third", 2813, 20), ("fifth", 2914, 30)])
def test_a_later_series_is_what_its_seed_draws_of_the_notices_that_were_left(
    shared_data: Path, half: str, seed: int, count: int
) -> None:
    gold = json.loads((shared_data.parent / "cases/loaders/eligibility_gold_a.json").read_text("utf-8"))
    labels = read_labels()
    halves = [label.half for label in labels]
    used = {label.id for label in labels[: halves.index(half)]} | {each["pblancId"] for each in gold["notices"]}
    drawn: list[str] = []
    for name in FILES:
        with (shared_data / "programs" / name).open(encoding="utf-8-sig", newline="") as file:
            left = sorted({row["pblancId"] for row in csv.DictReader(file)} - used)
        drawn += random.Random(seed).sample(left, count)  # noqa: S311 - a draw that can be repeated

    assert [label.id for label in labels if label.half == half] == drawn


@pytest.mark.shared
def test_no_labelled_notice_is_among_those_that_others_read(shared_data: Path) -> None:
    gold = json.loads((shared_data.parent / "cases/loaders/eligibility_gold_a.json").read_text("utf-8"))

    assert not {label.id for label in read_labels()} & {notice["pblancId"] for notice in gold["notices"]}


def test_facts_of_a_set_count_one_by_one() -> None:
    total = counted("size", ["mid_size", "sme"], {"sme", "micro"})

    assert (total.right, total.wrong, total.missed, total.precision, total.recall) == (1, 1, 1, 0.5, 0.5)


def test_industries_count_as_one_fact() -> None:
    assert counted("industries", ["10", "11"], {"10", "11"}).right == 1
    total = counted("industries", ["10", "11"], {"10"})
    assert (total.right, total.wrong, total.missed) == (0, 1, 1)


def test_a_range_is_right_as_a_whole() -> None:
    assert counted("years", [3, 7], {(3.0, 7.0)}).right == 1
    assert counted("years", [3, 7], {(None, 7.0)}).wrong == 1


def test_any_kind_of_help_that_is_labelled_will_do() -> None:
    assert (counted("help", ["grant", "loan"], {"loan"}).right, counted("help", ["grant"], {"loan"}).wrong) == (1, 1)


def test_what_no_one_value_tells_is_to_be_left_to_people() -> None:
    left = counted("amount", "check", set(), {"support"})
    doubtful, asserted = counted("amount", "check", {5.0}, {"support"}), counted("amount", "check", {5.0})
    silent = counted("amount", "check", set())

    assert (left.left, left.to_leave, left.wrong, left.silent) == (1, 1, 0, 0)
    assert (doubtful.wrong, asserted.wrong) == (0, 1)
    assert (silent.wrong, silent.silent) == (0, 1)


def test_what_was_neither_read_nor_left_to_people_is_silent() -> None:
    assert counted("years", [None, 7], set()).silent == 1
    assert counted("years", [None, 7], set(), {"age"}).silent == 0


def test_others_among_the_kinds_leave_whoever_is_of_none_that_is_named() -> None:
    assert counted("kinds", "check", set(), {"other"}).left == 1
    assert counted("size", "check", set(), {"other"}).left == 0


def test_a_share_is_left_to_people_where_what_was_not_understood_tells_per_cent() -> None:
    assert set(left_rules(("support@summary:3 장치비의 50%", "age@title:0 7년"))) == {"support", "share", "age"}
    assert (
        counted("own_share", "check", set(), {"share"}).left,
        counted("amount", "check", set(), {"share"}).left,
    ) == (
        1,
        0,
    )


def test_a_difference_names_notice_field_and_both_values() -> None:
    assert str(Misreading("P", "size", ["sme"], {"micro"})) == "P size: label sme, read micro"
    assert str(Misreading("P", "amount", 5.0, set())) == "P amount: label 5.0, read nothing"


def test_a_line_has_the_wilson_intervals_of_both_shares() -> None:
    assert str(FieldScore("kinds", right=20, wrong=3, missed=7)).split() == (
        ["kinds", "20", "3", "7", "0.870", "(0.679-0.955)", "0.741", "(0.553-0.868)", "0"]
    )


def test_without_the_public_files_the_command_says_why_it_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--data", str(tmp_path)])

    assert capsys.readouterr().out == (
        f"skipped: {', '.join(sorted((*FILES, *UNSEEN)))} not in {tmp_path}; name the folder with --data\n"
    )


def test_labels_whose_file_is_not_at_hand_are_left_out_and_the_others_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = tmp_path / "labels.json"
    row = {"id": "kstartup:7", "file": UNSEEN[1], "half": "sixth", "kinds": ["pre_founder"]}
    labels.write_text(json.dumps({"notices": [row, {**row, "id": "제목", "file": UNSEEN[0]}]}), "utf-8")
    (tmp_path / UNSEEN[1]).write_text("pbanc_sn,biz_pbanc_nm,biz_enyy\n7,가상 모집,예비창업자\n", "utf-8")
    monkeypatch.setattr("benchmarks.eligibility.__main__.read_labels", lambda: read_labels(labels))
    main(["--data", str(tmp_path), "--half", "sixth"])
    told = capsys.readouterr().out.splitlines()

    assert told[0].startswith(f"skipped: {UNSEEN[0]} not in")
    assert next(line.split()[:4] for line in told if line.startswith("kinds")) == ["kinds", "1", "0", "0"]
    assert next(line.split()[:4] for line in told if line.startswith("years")) == ["years", "0", "0", "0"]


@pytest.mark.shared
def test_notices_for_development_are_read_as_well_as_they_were(shared_data: Path) -> None:
    labels = [label for label in read_labels() if label.half == "dev"]
    lines = {each.field: each for each in score(labels, read_programs(shared_data / "programs", labels), [])}

    assert {name for name, each in lines.items() if each.precision < 0.95} == set()
    assert {name for name, each in lines.items() if each.recall < 0.9} == set()
