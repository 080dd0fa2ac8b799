"""What stands in the cells of a report's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.run import ContenderRun, Tried
from recommender.knowledge.dataset import BadRow
from recommender.report.plain import as_plain, to_text, without_costs
from recommender.report.summaries import depends_on_seed, mean_calibration_error
from recommender.report.tables import Table, all_tables, differing_settings, settings_text
from tests.recommender.report.small_findings import (
    TWELVE_FIRST,
    TWELVE_FOURTH,
    TWELVE_SECOND,
    findings,
    outcome,
    row,
    window,
)
from tests.recommender.scorers.small import taken

FIRST, SECOND, FOURTH = TWELVE_FIRST, TWELVE_SECOND, TWELVE_FOURTH
BEST = row("popularity", SECOND)
AUTO = row("auto", FIRST, role=Role.ENGINE, asked=True)
TWO_SEEDS = row("auto", FIRST, SECOND, role=Role.ENGINE, asked=True)
NO_DATE = (Wording("no date", "no date"), Wording("remedy", "remedy"))
WORSE = "-0.2500 [-0.2500, -0.2500]"
HALF = "+0.5000 [+0.5000, +0.5000]"


def table(key: str, *rows: ContenderRun, **changed: object) -> Table | None:
    found = [each for each in all_tables(findings(*rows, **changed)) if each.key == key]
    assert len(found) <= 1
    return found[0] if found else None


def plain(cell: str | Wording) -> str:
    return cell.both if isinstance(cell, Wording) else cell


def cells(key: str, *rows: ContenderRun, **changed: object) -> list[list[str]]:
    found = table(key, *rows, **changed)
    return [] if found is None else [list(map(plain, each)) for each in found.rows]


def test_the_main_table_has_the_best_first_and_a_star_at_the_best_simple_one() -> None:
    assert cells("main", row("prior", FOURTH), BEST, AUTO) == [
        ["auto", "엔진 · engine", "1.0000 [1.0000, 1.0000]", HALF, "0.0010", "0.0020", "2.000 [2.000, 2.000]"],
        ["popularity", "단순 · simple", "0.5000 [0.5000, 0.5000]", "★", "", "", ""],
        ["prior", "단순 · simple", "0.2500 [0.2500, 0.2500]", WORSE, "0.0010", "0.0020", "0.500 [0.500, 0.500]"],
    ]


def test_the_pretrained_network_is_no_control() -> None:
    """Nothing is taken away from the engine in its rows; a model of one's own under that name is simple."""
    shipped = [row(name, FIRST, role=Role.PRETRAINED, asked=True) for name in ("pretrained", "fine-tuned")]
    kinds = {each[0]: each[1] for each in cells("main", *shipped, row("gnn", FIRST, role=Role.CONTROL), BEST)}
    assert kinds["pretrained"] == kinds["fine-tuned"] == "사전학습 · pretrained"
    assert kinds["gnn"] == "대조군 · control"
    assert cells("main", row("pretrained", FIRST))[0][1] == "단순 · simple"


def test_without_a_simple_model_nothing_is_compared() -> None:
    assert cells("main", AUTO)[0][3:] == ["–", "", "", ""]


def test_the_spread_is_the_standard_deviation_over_seeds() -> None:
    """Means 1 and 0.5: √(2 · 0.25²); of one seed there is none."""
    (only,) = cells("main", row("auto", FIRST, SECOND))
    assert only[2].startswith("0.7500 ")
    assert only[2].endswith(f" ±{0.5 / np.sqrt(2):.4f}")
    assert "±" not in cells("main", AUTO)[0][2]


def test_a_control_and_a_row_that_was_named_alone_are_marked() -> None:
    control = row("engine-without-gnn", SECOND, role=Role.CONTROL)
    assert cells("main", control)[0][1] == "대조군 · control"
    assert cells("main", control, only=True)[0][1] == "대조군, 지정 (--only) · control, named (--only)"


def test_gains_name_both_sides_and_the_metric() -> None:
    """1 − 1/2 in the reciprocal rank, 1 − 1/log2(3) in the discounted gain."""
    found = cells("gains", AUTO, row("engine-without-gnn", SECOND, role=Role.CONTROL))
    assert [each[1:3] for each in found] == [
        ["auto − engine-without-gnn", "mrr"],
        ["auto − engine-without-gnn", "ndcg@10"],
    ]
    assert found[0][3] == HALF
    assert found[1][3].startswith(f"+{1 - 1 / np.log2(3):.4f} ")
    assert cells("gains", AUTO, BEST) == []


def test_other_metrics_are_all_but_the_main_one() -> None:
    found = table("metrics", AUTO, BEST)
    assert found is not None
    assert list(map(plain, found.header)) == ["모델 · model", "recall@1", "ndcg@10"]
    assert found.rows[1][1] == "0.0000 [0.0000, 0.0000]", "the second place is not in a list of one"
    assert found.rows[1][2].startswith(f"{1 / np.log2(3):.4f}")


def test_slices_are_those_with_questions_and_say_how_many() -> None:
    found = table("slices", row("auto", (0, 1, 3, 3)))
    assert found is not None
    assert [plain(each) for each in found.header[1:]] == ["전체 (4) · all (4)", "신규 질의 (0) (1) · cold query (1)"]
    assert found.rows[0][1] == "0.5000 [0.2500, 0.8125]"
    assert found.rows[0][2] == "1.0000", "one event has no interval"


def test_cold_questions_are_compared_with_content() -> None:
    """By nature in the slice of the window, made unseen on all questions of the other window."""
    content = row("content-knn", SECOND)
    found = cells("cold", AUTO, content, hidden=window(row("auto", SECOND, asked=True), content))
    assert [each[:3] for each in found] == [
        ["auto", "content-knn", "신규 · by nature"],
        ["auto", "content-knn", "가림 · made unseen"],
    ]
    assert [each[3].split(" ")[0] for each in found] == [f"+{1 - 1 / np.log2(3):.4f}", "+0.0000"]
    assert cells("cold", AUTO, BEST) == [], "content-kNN was not run"


def test_unseen_questions_have_a_table_of_their_own() -> None:
    found = table("unseen", AUTO, hidden=window(BEST))
    assert found is not None
    assert found.title.both == "신규 질의, 가려서 만듦 (12) · cold queries, made unseen (12)"
    assert list(found.header[1:]) == ["mrr", "ndcg@10"], "the main metric comes once"
    assert found.rows[0][:2] == ["popularity", "0.5000 [0.5000, 0.5000]"]
    assert table("unseen", AUTO) is None


def test_the_detail_has_every_metric_and_every_slice_of_what_was_asked_for() -> None:
    found = cells("detail", AUTO, BEST, row("prior", FOURTH))
    assert [each[:3] for each in found] == [
        ["auto", "전체 · all", "mrr"],
        ["auto", "전체 · all", "recall@1"],
        ["auto", "전체 · all", "ndcg@10"],
        ["auto", "신규 질의 (0) · cold query", "mrr"],
    ]
    assert [each[5] for each in found][:2] == ["2.000 [2.000, 2.000]", "–"], "a ratio to zero is none"


def test_costs_are_means_over_seeds_and_memory_is_the_highest() -> None:
    first = replace(outcome(FIRST, fit_seconds=10.0, score_seconds=1.0, peak_mib=2000.0), coverage=0.2, gini=0.9)
    second = replace(outcome(FIRST, fit_seconds=20.0, score_seconds=4.0, peak_mib=1000.0), coverage=0.4, gini=0.5)
    auto = replace(row("auto", FIRST, FIRST), outcomes=(first, second))
    assert cells("cost", auto) == [["auto", "0.300", "0.700", "–", "15.0", "2.5", "2,000", "2"]]


def test_a_row_whose_second_seed_ranked_alike_is_marked() -> None:
    assert cells("cost", AUTO)[0][-1] == "1 (같음) · 1 (alike)"
    assert cells("cost", AUTO, seeds=(0,))[0][-1] == "1", "nobody knows"
    assert cells("cost", row("auto", FIRST, SECOND))[0][-1] == "2"


@pytest.mark.parametrize(
    ("ran", "seeds", "most", "depends"),
    [(1, 1, None, None), (1, 2, None, False), (2, 2, None, True), (1, 3, 1, None), (2, 3, 2, True), (1, 3, 2, False)],
)
def test_whether_a_row_depends_on_its_seed(ran: int, seeds: int, most: int | None, *, depends: bool | None) -> None:
    """Where only one seed was to be run nobody knows."""
    found = row("auto", *[FIRST] * ran)
    found = replace(found, contender=replace(found.contender, most_seeds=most))
    assert depends_on_seed(found, range(seeds)) is depends


def test_the_calibration_error_is_the_mean_over_the_seeds_that_have_one() -> None:
    """Of 10 candidates said with 0.4 none came true, of 30 said with 0.5 half: 0.4 · 10/40; and 0.3 alone."""
    bins = np.array([[0.4, 0.0, 10.0], [0.5, 0.5, 30.0]]), np.array([[0.3, 0.6, 7.0]])
    found = row("auto", FIRST, FIRST, FIRST)
    outcomes = [replace(each, reliability=part) for each, part in zip(found.outcomes, bins, strict=False)]
    found = replace(found, outcomes=(*outcomes, found.outcomes[2]))
    assert mean_calibration_error(found) == pytest.approx((0.1 + 0.3) / 2)
    assert cells("cost", found)[0][3] == "0.200"
    assert mean_calibration_error(AUTO) is None


def test_variants_that_were_tried_are_shown_with_the_chosen_one_marked() -> None:
    tried = [
        Tried({"type": "Walk", "steps": 1}, {"mrr": 0.25}, behind=1.26),
        Tried({"type": "Walk", "steps": 2}, {"mrr": 0.5}, behind=0.0),
    ]
    found = replace(row("walk", FIRST, tried=tried), chosen=1)
    assert cells("tried", found) == [
        ["walk", "", "0.2500", "1.3", "Walk(steps=1)"],
        ["walk", "✓", "0.5000", "0.0", "Walk(steps=2)"],
    ]
    only = row("walk", FIRST, tried=[Tried({"type": "Walk", "name": "walk"}, {})])
    assert cells("tried", only) == [["walk", "✓", "– (하나뿐) · – (the only one)", "–", "Walk()"]]


def test_settings_that_are_too_long_are_cut() -> None:
    assert len(settings_text({"type": "Walk", "words": "x" * 500})) == 160
    assert settings_text("plain") == "plain"


def test_failures_are_cut_and_bad_rows_shown_up_to_twenty() -> None:
    broken = replace(row("ease"), failure=Wording("가" * 500, "x" * 500))
    assert cells("failed", AUTO, broken) == [["ease", f"{'가' * 160} · {'x' * 160}"]]
    bad = tuple(BadRow("edges.csv", 2 + line, "time", "v" * 90, *NO_DATE) for line in range(21))
    dataset = replace(taken([(0, 0)]).dataset, quarantine=bad)
    found = table("quarantine", AUTO, dataset=dataset)
    assert found is not None
    assert len(found.rows) == 20
    assert found.rows[0] == ["edges.csv:2", "time", "v" * 60, NO_DATE[0]]
    assert found.title.both.endswith("rows that were left out: 21")


def test_tables_come_in_the_order_in_which_a_reader_asks() -> None:
    control, broken = (
        row("engine-without-gnn", SECOND, role=Role.CONTROL),
        replace(row("ease"), failure=Wording("까닭", "why")),
    )
    tried = row("content-knn", FOURTH, tried=[Tried({}, {"mrr": 0.1})])
    found = all_tables(findings(AUTO, BEST, control, tried, broken, hidden=window(BEST)))
    assert [each.key for each in found] == [
        *("main", "gains", "metrics", "slices", "cold", "unseen", "detail", "cost", "tried", "failed")
    ]
    for each in found:
        assert all(len(line) == len(each.header) for line in each.rows), each.key


def test_plain_values_hold_every_seed_and_slice() -> None:
    plain = as_plain(findings(TWO_SEEDS, BEST, replace(row("ease", asked=True), failure=Wording("가", "x"))))
    auto = plain["models"]["auto"]
    assert [each["seed"] for each in auto["seeds"]] == [0, 1]
    assert [each["slices"]["all"]["mrr"]["mean"] for each in auto["seeds"]] == [1.0, 0.5]
    assert auto["slices"]["all"]["mrr"]["mean"] == 0.75
    assert auto["slices"]["cold_query"]["mrr"] == {"mean": 0.75, "low": 0.75, "high": 0.75}
    assert (auto["coverage"], auto["gini"], auto["depends_on_seed"]) == (0.5, 0.25, True)
    assert plain["failed"] == {"ease": "x"}
    assert plain["failed_ko"] == {"ease": "가"}
    assert plain["failed_asked"] == ["ease"]
    assert plain["slices"] == {"all": 12, "cold_query": 1}
    assert plain["unseen_queries"] is None
    assert plain["best_simple"] == "popularity"


def test_plain_values_hold_the_corrected_p_value() -> None:
    plain = as_plain(findings(AUTO, BEST, row("prior", FOURTH)))
    assert [each["p_holm"] for each in plain["against_best_simple"]] == pytest.approx([4 / 2001, 4 / 2001])


def test_costs_and_moments_change_no_hash_but_figures_do() -> None:
    def hash_of(places: Sequence[int], seconds: float, finished: str) -> str:
        found = replace(row("auto", places), outcomes=(outcome(places, fit_seconds=seconds, peak_mib=seconds),))
        return str(as_plain(findings(found, finished=finished))["figures_hash"])

    same = hash_of(FIRST, 1.0, "2026-01-01T00:00:00+00:00")
    assert hash_of(FIRST, 9999.0, "2026-02-02T00:00:00+00:00") == same
    assert hash_of(SECOND, 1.0, "2026-01-01T00:00:00+00:00") != same


def test_costs_are_left_out_at_any_depth() -> None:
    plain = {"a": [{"fit_seconds": 1, "b": ({"curve": [1], "c": 2},)}], "minutes": 3}
    assert without_costs(plain) == {"a": [{"b": [{"c": 2}]}]}


def test_figures_that_are_none_cannot_be_written() -> None:
    assert to_text({"이름": 0.5}) == '{\n "이름": 0.5\n}\n'
    with pytest.raises(ValueError, match="JSON"):
        to_text({"a": float("nan")})


def test_every_text_of_a_table_is_korean_on_one_side_and_english_on_the_other() -> None:
    """Names of metrics, figures and marks are the same in both."""
    control, broken = (
        row("engine-without-gnn", SECOND, role=Role.CONTROL),
        replace(row("ease"), failure=Wording("까닭", "why")),
    )
    bad = (BadRow("edges.csv", 2, "time", "v", *NO_DATE),)
    dataset = replace(taken([(0, 0)]).dataset, quarantine=bad)
    tried = row("content-knn", FOURTH, tried=[Tried({}, {})])
    found = all_tables(findings(AUTO, BEST, control, tried, broken, hidden=window(BEST), dataset=dataset))
    texts = [
        text for each in found for text in (each.title, each.note, *each.header, *(c for r in each.rows for c in r))
    ]
    both = [each for each in texts if isinstance(each, Wording) and each.ko != each.en]
    assert len(both) > 40
    for each in both:
        hangul = [any("가" <= letter <= "힣" for letter in text) for text in (each.ko, each.en)]
        assert hangul == [True, False], each
    for text in (each for each in texts if isinstance(each, str)):
        assert not any("가" <= letter <= "힣" for letter in text), text
    headings = {cell for each in found for cell in each.header if isinstance(cell, str)}
    assert headings <= {*window(AUTO).metrics, "Δ", "p", "p (Holm)", "✓", "Gini", "ECE"}


def test_unseen_questions_are_told_by_the_metrics_that_they_have() -> None:
    """The main one, and of two others those that the window has."""
    hidden = replace(window(BEST), metrics=("mrr", "recall@1"))
    found = table("unseen", AUTO, hidden=hidden)
    assert found is not None
    assert list(found.header[1:]) == ["mrr"]


def test_nested_settings_are_shown_where_variants_differ_in_them() -> None:
    configs = [{"type": "Mix", "a": 1, "part": {"b": 2, "c": [3, each]}} for each in (4, 5)]
    assert differing_settings(configs) == {"part.c.1"}
    assert settings_text(configs[0], {"part.c.1"}) == "Mix(a=1, part.c.1=4)"
    assert settings_text(configs[0]) == "Mix(a=1)"
    assert differing_settings([]) == set()
    assert differing_settings([{"a": 1}, {"a": 1, "b": 2}]) == {"b"}, "one has no such setting"
