"""From answers of the recommender to the lists that a Neo4j server carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from graph_schema.choices import choice_words
from graph_schema.model import NodeRef
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Audience, Verdict
from recommender.serve.list_pool import Wanted, lists_by
from recommender.serve.many_lists import AskerBlock, Listed, blocks_of
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
        self._askers = 0
        self._results: Counter[NodeRef] = Counter()

    @property
    def most_listed(self) -> tuple[NodeRef, int, int] | None:
        """The result that most lists of a run for all hold, how many hold it, and how many askers were ranked for.

        A coordinator sees by it whether nearly everybody was recommended the same. None before such a run.
        """
        most = self._results.most_common(1)
        return (*most[0], self._askers) if most else None

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

    def of_all(self, home: Path, jobs: int, progress: Progress) -> Run:
        """Return the lists of all askers of the task, which are made block by block as they are read.

        ``jobs`` processes, or as many as there are blocks, open the model under ``home``; one alone is this one.
        """
        blocks = blocks_of(self._recommender.bundle.data(self._task.name))
        if min(jobs, len(blocks)) > 1:
            wanted = Wanted(home, self._recommender.bundle.version, self._task.name, self._n, self._as_of)
            made = lists_by(wanted, blocks, min(jobs, len(blocks)))
        else:
            lists = self._recommender.lists(self._task.name, n=self._n, as_of=self._as_of)
            made = (lists.of(block) for block in blocks)
        return Run(self._task.name, self._counted(blocks, made, progress), self._shared)

    def _counted(
        self, blocks: Sequence[AskerBlock], made: Generator[list[Listed], None, None], progress: Progress
    ) -> Iterator[Recommended]:
        done, total = 0, sum(map(len, blocks))
        with closing(made):
            for block, listed in zip(blocks, made, strict=True):
                self._results.update(item.result for item in listed)
                self._askers += len(block)
                for item in listed:
                    grade = None if item.grade is None else item.grade.value
                    reasons = item.reason_ko, item.reason_en
                    properties = _properties(item.rank, item.score, grade, reasons, list(item.to_be_checked))
                    yield Recommended(item.asker, item.result, properties)
                done += len(block)
                progress(f"recommend {self._task.name}", done, total)


def _properties(
    rank: int, score: float, grade: str | None, reasons: tuple[str, str], checks: list[str]
) -> dict[str, object]:
    return {
        "rank": rank,
        "grade": grade,
        "codes": None if grade is None else f"가능성: {choice_words('grade', grade).ko}",
        "score": score,
        "reason_ko": reasons[0],
        "reason_en": reasons[1],
        "to_be_checked": checks,
        "checks": len(checks),
    }
