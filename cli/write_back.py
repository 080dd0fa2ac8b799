"""From answers of the recommender to the lists that a Neo4j server carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Audience, Verdict
from recommender.snapshot.dated_facts import today_in_korea
from stores.recommendations import Recommended, Run

if TYPE_CHECKING:
    from graph_schema.progress import Progress
    from recommender.serve.recommender import Recommender


class TaskLists:
    """The lists of one task, ``n`` results each, for the day ``as_of`` (today in Korea where None)."""

    def __init__(self, recommender: Recommender, task: str, *, n: int, as_of: date | None) -> None:
        self._recommender = recommender
        self._task = get_task(task)
        self._n = n
        self._as_of = as_of or today_in_korea()
        self._shared = {
            "as_of": self._as_of,
            "model_version": recommender.bundle.version,
            "snapshot_id": recommender.snapshot.id,
            "created_at": datetime.now(UTC),
        }

    def of(self, asker: NodeRef) -> Run:
        """Return the list of one asker, as the city's coordinators may read it."""
        answer = self._recommender.recommend(
            self._task.name, asker, n=self._n, as_of=self._as_of, audience=Audience.CITY
        )
        listed = []
        for item in answer.recommendations:
            checks = [check.ko for check in item.checks if check.verdict is Verdict.CHECK]
            ko, en = (" / ".join(getattr(reason, language) for reason in item.reasons) for language in ("ko", "en"))
            grade = None if item.grade is None else str(item.grade)
            listed.append(Recommended(asker, item.ref, _properties(item.rank, item.score, grade, (ko, en), checks)))
        return Run(self._task.name, listed, self._shared)

    def of_all(self, progress: Progress) -> Run:
        """Return the lists of all askers of the task, which are made block by block as they are read."""
        return Run(self._task.name, self._made(progress), self._shared)

    def _made(self, progress: Progress) -> Iterator[Recommended]:
        lists = self._recommender.lists(self._task.name, n=self._n, as_of=self._as_of)
        done = 0
        for askers, block in lists.blocks():
            for item in block:
                grade = None if item.grade is None else str(item.grade)
                reasons = item.reason_ko, item.reason_en
                properties = _properties(item.rank, item.score, grade, reasons, list(item.to_be_checked))
                yield Recommended(item.asker, item.result, properties)
            done += askers
            progress(f"recommend {self._task.name}", done, len(lists))


def _properties(
    rank: int, score: float, grade: str | None, reasons: tuple[str, str], checks: list[str]
) -> dict[str, object]:
    return {
        "rank": rank,
        "grade": grade,
        "score": score,
        "reason_ko": reasons[0],
        "reason_en": reasons[1],
        "to_be_checked": checks,
        "checks": len(checks),
    }
