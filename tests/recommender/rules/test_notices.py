"""A notice without text, and one that sends its reader on, are told as to be checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.sources.bizinfo import SOURCE
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Verdict
from recommender.rules.askers import asker_of_profile
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.snapshot import write_snapshot
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import write_csv
from tests.recommender.rules.judging import program


def test_a_notice_whose_text_is_not_at_hand_is_to_be_checked_once() -> None:
    checks = program("bakery")
    assert checks["notice"].verdict is Verdict.CHECK
    assert checks["notice"].ko == "공고문 본문이 없어 업력·종업원 수·매출액·인증·제외 대상 등은 확인 필요"
    assert not {"age", "size", "revenue", "certificate", "representative", "exclusion", "support"} & checks.keys()


def test_a_notice_that_sends_its_reader_on_is_to_be_checked_with_its_words() -> None:
    check = program("bakery", unread=["notice@summary:30 자세한 지원대상 공고문 참조"])["notice"]
    assert check.verdict is Verdict.CHECK
    assert check.ko == "자세한 조건은 공고문 원문에 있어 확인 필요 (원문: 자세한 지원대상 공고문 참조)"


def test_a_notice_that_was_read_to_its_end_needs_no_word() -> None:
    assert "notice" not in program("bakery", unread=[])


def test_the_words_of_a_notice_become_a_verdict_with_its_reason(tmp_path: Path) -> None:
    """From a file of a register through the graph and its snapshot to what a company is told."""
    row = {
        "pblancId": "PBLN_000000000900001",
        "pblancNm": "[경기] 2026년 가상 특례보증 지원 공고",
        "trgetNm": "중소기업",
        "bsnsSumryCn": "가상 사업 ☞ 업력 3년 이상 7년 이내, 매출액 50억원 미만인 이노비즈 인증기업 ☞ 업체당 최대 1억원",
    }
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        store.migrate()
        load(SOURCE, [write_csv(tmp_path / "a.csv", [row])], store, quarantine_dir=tmp_path)
        facts = DatedFacts(write_snapshot(store, tmp_path / "snapshots"))
    today = date(2026, 3, 2)
    young = Profile("회사", founded_on=date(2025, 1, 1), revenue_krw=6e9, certificates=("이노비즈",))
    pairs = CandidatePairs(
        asker_of_profile(facts, young, today), Candidates(facts, [NodeRef("Program", row["pblancId"])]), today
    )
    checks = {check.rule: check for check in decide(get_task("programs"), pairs).checks(0, 0)}

    assert not np.any(decide(get_task("programs"), pairs).admitted)
    assert checks["age"].verdict is Verdict.OUT
    assert checks["age"].ko == "업력 3~7년 대상, 설립일 2025-01-01, 기준일 2026-03-02 (원문: 업력 3년 이상 7년 이내)"
    assert checks["revenue"].ko == "매출액 50억 원 이내 대상, 현재 60억 원 (원문: 매출 50억원 미만)".replace(
        "매출 ", "매출액 "
    )
    assert (checks["certificate"].verdict, checks["support"].verdict) == (Verdict.IN, Verdict.IN)
    assert "notice" not in checks
