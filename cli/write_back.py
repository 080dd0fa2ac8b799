"""From answers of the recommender to the lists that a Neo4j server carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Audience
from recommender.snapshot.dated_facts import today_in_korea
from stores.recommendations import Recommended

if TYPE_CHECKING:
    from graph_schema.progress import Progress
    from recommender.language.answers import Answer, Recommendation
    from recommender.serve.recommender import Recommender


class Lists:
    """The lists of one task, ``n`` results each, for the day ``as_of`` (today in Korea where None)."""

    def __init__(self, recommender: Recommender, task: str, *, n: int, as_of: date | None) -> None:
        self._recommender = recommender
        self._task = get_task(task)
        self._n = n
        self._as_of = as_of or today_in_korea()
        self._created_at = datetime.now(UTC)

    def of(self, asker: NodeRef) -> list[Recommended]:
        """Return the list of one asker, as the city's coordinators may read it."""
        answer = self._recommender.recommend(
            self._task.name, asker, n=self._n, as_of=self._as_of, audience=Audience.CITY
        )
        return [Recommended(asker, item.ref, self._properties(answer, item)) for item in answer.recommendations]

    def of_all(self, progress: Progress) -> Iterator[Recommended]:
        """Yield the lists of all askers of the task, one asker at a time."""
        vocabularies = {label: self._recommender.snapshot.vocabulary(label) for label in self._task.query}
        total, done = sum(map(len, vocabularies.values())), 0
        for label, vocabulary in vocabularies.items():
            for place in range(len(vocabulary)):
                yield from self.of(NodeRef(label, vocabulary.id(place)))
                done += 1
                progress(f"recommend {self._task.name}", done, total)

    def _properties(self, answer: Answer, item: Recommendation) -> dict[str, object]:
        checks = [check.ko for check in item.checks if check.verdict == "to_be_checked"]
        return {
            "rank": item.rank,
            "grade": None if item.grade is None else str(item.grade),
            "score": item.score,
            "reason_ko": " / ".join(reason.ko for reason in item.reasons),
            "reason_en": " / ".join(reason.en for reason in item.reasons),
            "to_be_checked": checks,
            "checks": len(checks),
            "as_of": self._as_of,
            "model_version": answer.lineage.model_version,
            "snapshot_id": answer.lineage.snapshot_id,
            "created_at": self._created_at,
        }
