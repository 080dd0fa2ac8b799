"""What a run says in sentences follows from its intervals alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.run import ContenderRun, Tried
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.spec import Spec
from recommender.lab import run_experiment
from recommender.measure.ranks import TIE_RULE
from recommender.report.plain import as_plain
from recommender.report.words import best_simple_words, conditions, verdicts
from tests.recommender.report.small_findings import (
    FACTS,
    TWELVE_FIRST,
    TWELVE_FOURTH,
    TWELVE_SECOND,
    findings,
    row,
)
from tests.recommender.scorers.small import edges, taken

FIRST, SECOND, FOURTH = TWELVE_FIRST, TWELVE_SECOND, TWELVE_FOURTH
BEST = row("popularity", SECOND)
AUTO = row("auto", FIRST, role=Role.ENGINE, asked=True)
P = "p = 0.0010"
"""Twice one in 2,001: no resampling went the other way."""


def spoken(*rows: ContenderRun, **changed: object) -> list[str]:
    return [each.en for each in verdicts(findings(*rows, **changed))]


def told(start: str, **changed: object) -> str:
    (line,) = (each.en for each in conditions(findings(AUTO, BEST, **changed)) if each.en.startswith(f"{start}:"))
    return line


def spec_of(**task: object) -> Spec:
    plain = {"query": "User", "candidate": "Item", "target": ("User", "TOOK", "Item")}
    return Spec.model_validate({"name": "small", "task": plain | task})


def with_spec(spec: Spec) -> Dataset:
    return replace(taken([(0, 0)]).dataset, spec=spec)


def test_a_model_that_is_always_first_is_twice_as_good_as_one_that_is_always_second() -> None:
    """1 / 1 against 1 / 2 in each question, so that no resampling says otherwise."""
    first, best = spoken(BEST, AUTO)
    assert first == (
        "auto: mrr 1.0000 [1.0000, 1.0000]. against popularity: 2.000 × [2.000, 2.000], "
        f"Δ [+0.5000, +0.5000], {P}: better, the interval lies above zero"
    )
    assert best == "best simple baseline: popularity, mrr 0.5000"


def test_a_worse_model_is_called_worse() -> None:
    line = spoken(BEST, row("auto", FOURTH, asked=True, role=Role.ENGINE))[0]
    assert "0.500 × [0.500, 0.500], Δ [-0.2500, -0.2500]" in line
    assert line.endswith(": worse, the interval lies below zero")


def test_a_difference_that_few_events_show_is_not_called_one() -> None:
    """Four of four are won by chance once in eight times, on either side."""
    four = row("auto", FIRST[:4], asked=True, role=Role.ENGINE)
    line = spoken(row("popularity", SECOND[:4]), four)[0]
    assert "Δ [+0.0000, +0.5000], p = 0.1250" in line
    assert line.endswith(": no difference shown, the interval holds zero")


def test_many_models_that_are_asked_for_are_judged_together() -> None:
    """Seven of seven is p = 1/64; of two models that reach it each is shown, of four none: 4/64 is above 0.05."""
    won, best = row("won", FIRST[:7], asked=True), row("popularity", SECOND[:7])
    other = [replace(won, contender=replace(won.contender, name=f"other-{at}", role=Role.ENGINE)) for at in range(4)]
    two, four = spoken(best, *other[:2]), spoken(best, *other)
    assert [line.endswith(": better, the interval lies above zero") for line in two[:2]] == [True, True]
    assert all(
        line.endswith(
            "the interval leaves out zero, but of 4 comparisons together it proves no difference (Holm p = 0.0625)"
        )
        for line in four[:4]
    )


def test_equal_models_show_no_difference() -> None:
    """An interval that touches zero is neither above nor below it; a p-value is at most 1."""
    line = spoken(BEST, row("auto", SECOND, asked=True, role=Role.ENGINE))[0]
    assert "Δ [+0.0000, +0.0000], p = 1.0000" in line
    assert line.endswith(": no difference shown, the interval holds zero")


def test_a_model_that_wins_one_question_and_loses_another_shows_no_difference() -> None:
    mixed = row("auto", (0, 3, 1, 1) * 3, asked=True, role=Role.ENGINE)
    (line, _) = spoken(BEST, mixed)
    assert line.endswith("no difference shown, the interval holds zero")


def test_the_best_simple_model_is_the_best_on_test_and_not_the_first_named() -> None:
    rows = row("prior", FOURTH), AUTO, BEST
    assert findings(*rows).best_simple == "popularity"
    assert [each.name for each in findings(*rows).test.models] == ["auto", "popularity", "prior"]
    assert spoken(*rows)[-1] == "best simple baseline: popularity, mrr 0.5000"


def test_models_that_nobody_asked_for_are_in_no_sentence_of_their_own() -> None:
    lines = spoken(BEST, row("prior", FOURTH), replace(AUTO, contender=replace(AUTO.contender, asked=False)))
    assert lines == ["best simple baseline: popularity, mrr 0.5000"]


def test_the_best_simple_model_is_not_compared_with_itself() -> None:
    assert spoken(row("popularity", SECOND, asked=True)) == ["best simple baseline: popularity, mrr 0.5000"]


def test_without_a_simple_model_only_the_value_is_said() -> None:
    assert spoken(AUTO) == ["auto: mrr 1.0000 [1.0000, 1.0000]"]


@pytest.mark.parametrize(
    ("control", "places", "words"),
    [
        ("engine-without-gnn", SECOND, "the graph neural network: +0.5000 mrr [+0.5000, +0.5000]"),
        ("engine-without-graph", FOURTH, "the graph: +0.7500 mrr [+0.7500, +0.7500]"),
        ("engine-shuffled-graph", FIRST, "that relations join the right nodes: +0.0000 mrr [+0.0000, +0.0000]"),
    ],
)
def test_each_control_says_what_its_part_is_worth(control: str, places: tuple[int, ...], words: str) -> None:
    """In the main metric and in ndcg@10."""
    lines = spoken(AUTO, row(control, places, role=Role.CONTROL))
    (said,) = (line for line in lines if line.startswith(words))
    worth = "no difference shown" if places == FIRST else "better, the interval lies above zero"
    assert worth in said
    assert len([line for line in lines if line.startswith(words.partition(":")[0])]) == 2
    assert sum("ndcg@10" in line for line in lines) == 1


def test_a_failure_is_told_with_its_reason() -> None:
    broken = replace(row("ease"), failure=Wording("메모리가 모자랍니다", "not enough memory"))
    assert spoken(BEST, broken)[-1] == "ease: could not be run: not enough memory"
    assert verdicts(findings(BEST, broken))[-1].ko == "ease: 돌리지 못했습니다: 메모리가 모자랍니다"


@pytest.mark.parametrize(("events", "warned"), [(29, True), (30, False), (31, False), (0, True)])
def test_few_events_are_a_caution(events: int, *, warned: bool) -> None:
    lines = spoken(BEST, facts=FACTS | {"events": events})
    assert (f"caution: only {events} independent events" in lines[-1]) is warned


def test_what_models_say_of_themselves_is_said_once_for_all_that_say_the_same() -> None:
    note = Wording("배운 것이 없습니다", "nothing was learned")
    silent = [AUTO, row("gnn", SECOND, role=Role.CONTROL)]
    noted = [replace(each, outcomes=tuple(replace(one, note=note) for one in each.outcomes)) for each in silent]
    assert "caution: auto, gnn: nothing was learned" in spoken(BEST, *noted)
    assert "주의: auto, gnn: 배운 것이 없습니다" in [each.ko for each in verdicts(findings(BEST, *noted))]
    assert as_plain(findings(BEST, *noted))["model_notes"] == dict.fromkeys(("auto", "gnn"), "nothing was learned")
    assert as_plain(findings(BEST, *noted))["figures_hash"] == as_plain(findings(BEST, *silent))["figures_hash"]


def test_one_model_that_was_named_alone_is_one() -> None:
    assert spoken(AUTO, only=True)[0] == "--only: the named model alone was run, no other baselines and no controls"
    assert spoken(AUTO, BEST, only=True)[0].startswith("--only: the 2 named models alone were run")


def test_the_longest_fit_counts_against_the_budget_tried_ones_too() -> None:
    """A fifth over twenty minutes is let pass, a second more is not; others have no budget."""
    variant = Tried("settings", {}, fit_seconds=24 * 60.0)
    for seconds, over in ((24 * 60.0, {}), (24 * 60.0 + 1, {"auto": pytest.approx(24 + 1 / 60)})):
        slow = row("auto", FIRST, role=Role.ENGINE, tried=[replace(variant, fit_seconds=seconds)])
        assert findings(BEST, slow).over_budget() == over
    for name, role in (("ease", Role.SIMPLE), ("fine-tuned", Role.PRETRAINED)):
        assert findings(row(name, FIRST, role=role, tried=[replace(variant, fit_seconds=1e6)])).over_budget() == {}
    assert findings(AUTO, settings={"budget": None}).over_budget() == {}


def test_minutes_are_those_of_every_fit_and_ranking() -> None:
    """Two seeds of 60 + 30 seconds, one of another row, and a variant of 120 seconds that was tried: 6.5 minutes."""
    found = findings(row("auto", FIRST, SECOND, tried=[Tried("x", {}, fit_seconds=120.0)]), BEST)
    assert found.minutes == pytest.approx((3 * 90 + 120) / 60)
    assert replace(found, hidden=found.test).minutes == pytest.approx((6 * 90 + 120) / 60)


def test_named_models_alone_are_called_so() -> None:
    """One model is no plural; what failed was named, too; a row that is no simple one is not counted among them."""
    one = findings(BEST, AUTO, only=True)
    assert best_simple_words(one).en == "best of 1 named simple model"
    assert best_simple_words(one).ko == "지정한 단순 모델 1개 중 최선"
    two = findings(BEST, row("prior", FOURTH), replace(row("ease"), failure=Wording("까닭", "why")), only=True)
    assert best_simple_words(two).en == "best of 2 named simple models"
    assert verdicts(two)[0].en.startswith("--only: the 3 named models alone were run")
    assert best_simple_words(findings(BEST)).en == "best simple baseline"


def test_the_data_are_named_with_counts_and_the_first_letters_of_their_hash() -> None:
    line = told("data")
    assert line == f"data: small, hash {'d' * 16}; User 5, Item 4, Field 2, Group 1; User__TOOK__Item 2"


@pytest.mark.parametrize(("more", "words"), [(11, None), (12, " and 1 more relations"), (14, " and 3 more relations")])
def test_twelve_relations_are_named_and_the_others_counted(more: int, words: str | None) -> None:
    """The target is the first of them."""
    links = [edges(("User", f"R{number}", "Field"), [(0, 0)]) for number in range(more)]
    line = told("data", dataset=taken([(0, 0)], links=links).dataset)
    assert line.count("__Field 1") == 11
    assert line.endswith(words or "User__R10__Field 1")


def test_the_task_says_what_is_asked_and_among_whom() -> None:
    assert told("task") == "task: which Item for each User, by User__TOOK__Item"
    narrow = with_spec(spec_of(query_where={"type": "a"}, candidate_where={"kind": "x"}, candidate_seen=True))
    line = told("task", dataset=narrow)
    assert line.startswith("task: which Item for each User, by User__TOOK__Item, queries where {'type': ")
    assert ", candidates where {'kind': " in line
    assert line.endswith(", candidates seen before only")
    assert "queries where" not in told("task", dataset=with_spec(spec_of(candidate_where={"kind": "x"})))
    asked = told(
        "task",
        dataset=with_spec(spec_of(candidate="User", target=("User", "MET", "User"), query_seen=True, symmetric=True)),
    )
    assert asked.endswith(", queries with a history only, in both directions")


def test_the_split_says_how_many_were_asked_and_drawn_from_how_many() -> None:
    facts = {"queries": 4, "positives": 9, "drawn_from": 7, "starts": "2025-01-01", "events": 40}
    line = told("split", facts=facts)
    assert "refit on train+valid" in line
    assert line.endswith("valid 4 queries with 4 answers; test 4 queries (drawn from 7) with 9 answers from 2025-01-01")


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        ({"known": True, "self": True}, "filter: pairs known before and the query itself are no candidate"),
        ({"known": True, "self": False}, "filter: pairs known before are no candidate"),
        ({"known": False, "self": True}, "filter: the query itself is no candidate"),
        ({"known": False, "self": False}, "filter: nothing is left out of the candidates"),
    ],
)
def test_the_filter_says_what_is_no_candidate(mask: dict[str, bool], words: str) -> None:
    plain = spec_of().model_dump(mode="json", by_alias=True) | {"mask": mask}
    assert told("filter", dataset=with_spec(Spec.model_validate(plain))) == words


def test_candidates_resampling_and_means_are_stated() -> None:
    assert told("candidates") == "candidates: 1,234, full ranking, none sampled"
    assert told("ties") == f"ties: {TIE_RULE}"
    assert "2,000 resamples of 40 groups" in told("intervals")
    assert "2,000 resamples of 12 groups" in told("intervals", facts={k: v for k, v in FACTS.items() if k != "events"})
    assert told("text") == "text: none; device cpu; budget 20.0 minutes an engine row"
    assert told("versions") == "versions: code vv, config cc"
    assert told("unseen queries", hidden_note=Wording("적음", "too few")) == "unseen queries: too few"
    assert told("note", notes=(Wording("말", "a word"),)) == "note: a word"
    assert not [each for each in conditions(findings(BEST)) if each.en.startswith(("unseen", "note"))]


def test_rows_with_fewer_seeds_than_the_run_are_named() -> None:
    def limited(most: int | None) -> str:
        contender = replace(AUTO.contender, most_seeds=most)
        (line,) = (
            each.en
            for each in conditions(findings(BEST, replace(AUTO, contender=contender)))
            if each.en.startswith("choice")
        )
        return line

    assert "each of the seeds 0, 1 (auto: the first 1);" in limited(1)
    assert "each of the seeds 0, 1;" in limited(2)
    assert "each of the seeds 0, 1;" in limited(None)


def test_a_task_of_triples_is_told_in_its_own_words() -> None:
    spec = Spec.model_validate({"name": "kg", "task": {"kind": "triples"}})
    found = findings(BEST, dataset=with_spec(spec))
    text = "\n".join(each.en for each in conditions(found))
    for words in (
        "task: head|relation|?, ?|relation|tail over all relations, filtered",
        "learned from train; valid tunes",
        "filter: other known answers of train, valid and test are not candidates",
        "mrr_realistic = 1 / mean rank",
        "then learned from train, valid tuning, and scored once",
    ):
        assert words in text
    assert "refit on" not in text


@pytest.mark.parametrize("cold", [False, True])
def test_why_no_queries_were_made_unseen_is_told_in_korean_too(tmp_path: Path, *, cold: bool) -> None:
    """A window of triples has none that could be hidden."""
    facts = [(f"e{one}", f"e{(one + 1) % 30}", ("train", "train", "valid", "test")[one % 4]) for one in range(30)]
    (tmp_path / "edges").mkdir()
    rows = "\n".join(["src,dst,split", *map(",".join, facts)])
    (tmp_path / "edges/E__NEXT__E.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "dataset.toml").write_text('[task]\nkind = "triples"\n', encoding="utf-8")
    found = run_experiment(
        tmp_path, "relation-popularity", tmp_path / "out", only=True, seeds=1, encoder="none", cold=cold
    ).findings
    (line,) = (each for each in conditions(found) if each.en.startswith("unseen queries:"))
    assert not re.search("[a-z]{3}", line.ko.replace("--no-cold", ""))


def test_every_sentence_is_in_both_languages() -> None:
    """Figures are the same in both; Korean sentences hold Hangul, English ones none."""
    broken = replace(row("ease"), failure=Wording("까닭", "why"))
    control = row("engine-without-gnn", SECOND, role=Role.CONTROL)
    found = findings(
        BEST,
        AUTO,
        control,
        broken,
        only=True,
        hidden_note=Wording("적음", "few"),
        notes=(Wording("말", "x"),),
        facts=FACTS | {"events": 2},
    )
    for line in [*verdicts(found), *conditions(found)]:
        hangul = [any("가" <= letter <= "힣" for letter in text) for text in (line.ko, line.en)]
        assert hangul == [True, False], line
        figures = [sorted(re.findall(r"\d+\.\d+", text)) for text in (line.ko, line.en)]
        assert figures[0] == figures[1], line


def test_values_are_means_over_the_questions() -> None:
    """(1 + 1/2 + 1/4 + 1/4) / 4."""
    found = findings(row("auto", (0, 1, 3, 3)))
    assert found.test.models[0].slices["all"]["mrr"].mean == pytest.approx(0.5)
    assert found.test.models[0].slices["cold_query"]["mrr"].mean == 1
    assert "few_shot" not in found.test.groups, "nobody is in it"
    assert np.allclose(found.test.models[0].whole[:, 0], [1, 0.5, 0.25, 0.25])
