"""What was turned down for a reason against it falls for the asker and for one like it; else nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.rejections import AGAINST, Rejection
from recommender.knowledge.task_data import ALL_KNOWN, TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.publish.bundle import load_bundle
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import TrainInput, train
from recommender.scorers.popularity import Popularity
from recommender.scorers.rejection_aware import with_rejections
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import WordEncoder, planted_city

CUT = date(2025, 8, 1)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return planted_city().snapshot(tmp_path_factory.mktemp("city"))


def data_of(snapshot: Snapshot, rejections: Sequence[Rejection]) -> TaskData:
    vectors = encode_snapshot(snapshot, WordEncoder())
    read = TaskInput(CUT, rejections=tuple(rejections), cuts=ALL_KNOWN)
    return TaskData(snapshot, get_task("programs"), vectors, read)


def turned_down(company: int, program: int, reason: str = "not_relevant", on: date = date(2025, 7, 1)) -> Rejection:
    return Rejection("programs", NodeRef("Company", f"C{company:03}"), NodeRef("Program", f"P{program:03}"), on, reason)


def open_pair(data: TaskData, company: int) -> int:
    """Return a programme of the company's theme that it has not taken."""
    return next(p for p in range(company % 4, 24, 4) if not data.known.history[company, p])


def ranks(scores: Floats, column: int) -> list[int]:
    return (scores > scores[:, [column]]).sum(axis=1).tolist()


def test_only_reasons_against_the_pair_before_the_cut_count(snapshot: Snapshot) -> None:
    plain = data_of(snapshot, ())
    free = open_pair(plain, 0)
    taken = int(plain.known.history[[0]].indices[0])
    given = [
        *(turned_down(0, free, reason) for reason in ("already_known", "deadline_too_close", "no_capacity", "other")),
        turned_down(0, free, "not_eligible"),
        turned_down(1, open_pair(plain, 1), on=CUT),
        turned_down(2, 23, "too_far", on=date(2025, 1, 1)),
        turned_down(2, 23, "wrong_size", on=date(2025, 3, 1)),
        turned_down(0, taken),
        Rejection("finance", NodeRef("Company", "C003"), NodeRef("Program", "P000"), date(2025, 1, 1), "not_relevant"),
        Rejection("programs", NodeRef("Company", "gone"), NodeRef("Program", "P000"), date(2025, 1, 1), "too_costly"),
    ]
    rejected = data_of(snapshot, given).rejected
    assert (rejected.query.tolist(), rejected.candidate.tolist()) == ([2], [23])
    assert rejected.time.tolist() == [datetime(2025, 3, 1)]  # noqa: DTZ001 - days have no zone
    assert len(AGAINST) == 4


def test_whatever_serves_it_falls_for_the_asker_and_for_one_like_it(snapshot: Snapshot) -> None:
    """Companies 0 and 4 share industry and district; 1 shares neither. Popularity itself knows no asker."""
    plain = data_of(snapshot, ())
    most = Popularity().fit(plain.known, np.random.default_rng(0)).score(plain.known.history_of(np.array([0])))[0]
    program = int(np.argmax(np.where(plain.known.history[[0]].toarray()[0] > 0, -1, most)))
    data = data_of(snapshot, [turned_down(0, program)])
    asked = data.known.history_of(np.array([0, 4, 1]))
    scorer = Popularity().fit(data.known, np.random.default_rng(0))
    lowered = with_rejections(scorer, data.known, data.rejected)
    before, after = scorer.score(asked), lowered.score(asked)
    own, like, other = (np.subtract(ranks(after, program), ranks(before, program))).tolist()
    assert own > 0
    assert like > 0
    assert other == 0
    rest = np.delete(np.arange(data.n_candidates), program)
    assert (np.argsort(-before[:, rest], kind="stable") == np.argsort(-after[:, rest], kind="stable")).all()


def test_without_rejections_a_scorer_stays_as_it_is(snapshot: Snapshot) -> None:
    data = data_of(snapshot, [turned_down(0, 0, "already_known")])
    scorer = Popularity().fit(data.known, np.random.default_rng(0))
    assert with_rejections(scorer, data.known, data.rejected) is scorer


def test_a_model_keeps_the_rejections_of_its_training(snapshot: Snapshot, tmp_path: Path) -> None:
    given = [turned_down(0, 5), turned_down(0, 6, on=date(2030, 1, 1))]
    config = TrainConfig(tasks=("programs",), scorers=("popularity",), until=CUT)
    version = train(snapshot, tmp_path, config, encoder=WordEncoder(), beside=TrainInput(given))
    bundle = load_bundle(ModelRegistry(tmp_path / "models").path(version), snapshot)
    assert bundle.rejections == (given[0],)
    assert bundle.task_model("programs").rejections == 1
    data = bundle.data("programs")
    scores = bundle.scorer("programs").score(data.known.history_of(np.array([0])))[0]
    assert scores.argmin() == 5
