"""All that a run found, with the comparisons that its report rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.figures import Comparison, WindowFigures
from recommender.bench.model_names import AUTO, SERVED
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.oracle import ORACLE
from recommender.measure.gap import GapClosed

GAINS: Mapping[str, str] = {
    "gnn": "engine-without-gnn",
    "graph": "engine-without-graph",
    "wiring": "engine-shuffled-graph",
}
"""What each control shows the worth of: the network, baskets, that relations join the right nodes."""
_OVER_BUDGET = 1.2
"""What a fit may take over the budget before it is told."""
COLD_METRIC = "ndcg@10"
CONTENT = "content-knn"


@dataclass(frozen=True)
class Findings:
    """A run in figures.

    ``test`` is the window as it is, ``hidden`` the one where some queries were made unseen, None where that was not
    done; ``hidden_note`` says why not. ``only``: no others than the models that were named were run. ``finished``: the
    moment, in UTC.
    """

    dataset: Dataset
    valid_facts: Mapping[str, object]
    test: WindowFigures
    hidden: WindowFigures | None
    hidden_note: Wording | None
    notes: tuple[Wording, ...]
    seeds: tuple[int, ...]
    hashes: Mapping[str, str]
    settings: Mapping[str, object]
    only: bool = False
    finished: str = ""

    @property
    def minutes(self) -> float:
        """Minutes that all fits and rankings took, those of earlier runs that were kept among them."""
        windows = [self.test] if self.hidden is None else [self.test, self.hidden]
        outcomes = [each.cost for window in windows for model in window.models for each in model.row.outcomes]
        tried = [each.fit_seconds for model in self.test.models for each in model.row.tried]
        return (sum(tried) + sum(each.fit_seconds + each.score_seconds for each in outcomes)) / 60

    @property
    def main(self) -> str:
        """Metric that settings were chosen by."""
        return self.test.metrics[0]

    @property
    def model_notes(self) -> dict[str, Wording]:
        """Return what scorers of the test window say of themselves, by model."""
        found = {each.name: [one.note for one in each.row.outcomes if one.note] for each in self.test.models}
        return {name: notes[0] for name, notes in found.items() if notes}

    @property
    def best_simple(self) -> str | None:
        """Name of the simple model that did best on test, the hardest one to beat; None where none was run."""
        return next((each.name for each in self.test.models if each.row.contender.role is Role.SIMPLE), None)

    def over_budget(self) -> dict[str, float]:
        """Return the rows of the engine whose longest fit took more than the budget and a fifth, with its minutes."""
        budget = self.settings.get("budget")
        rows = [each.row for each in self.test.models if each.row.contender.role in (Role.ENGINE, Role.CONTROL)]
        longest = {
            row.name: max([each.fit_seconds for each in row.tried] + [each.cost.fit_seconds for each in row.outcomes])
            / 60
            for row in rows
        }
        if not isinstance(budget, int | float):
            return {}
        return {name: minutes for name, minutes in longest.items() if minutes > _OVER_BUDGET * budget}

    def against_best(self) -> list[Comparison]:
        """Compare each row with the best simple one, on all queries by the main metric."""
        rows = [each.name for each in self.test.models if each.row.contender.role is not Role.ORACLE]
        found = (self._compare(name, self.best_simple, "all", self.main) for name in rows)
        return [each for each in found if each is not None]

    def gap_closed(self) -> GapClosed | None:
        """Say how far the engine gets from the best simple model towards the oracle; None where either was not run."""
        learned = self.test.model(AUTO) or self.test.model(SERVED)
        simple, oracle = self.test.model(self.best_simple or ""), self.test.model(ORACLE)
        if learned is None or simple is None or oracle is None:
            return None
        ours, theirs = ((row.name, row.whole[:, 0]) for row in (learned, simple))
        return GapClosed.of(ours, theirs, oracle.whole[:, 0], self.test.groups["all"])

    def asked_in_detail(self) -> list[Comparison]:
        """Compare the models asked for with the best simple one: by every metric, and on every slice."""
        pairs = [("all", metric) for metric in self.test.metrics]
        pairs += [(name, self.main) for name in self.test.groups if name != "all"]
        found = (self._compare(name, self.best_simple, *pair) for name in self._asked() for pair in pairs)
        return [each for each in found if each is not None]

    def gains(self) -> dict[str, Comparison]:
        """Say what each part adds to the engine."""
        metrics = dict.fromkeys((self.main, "ndcg@10" if "ndcg@10" in self.test.metrics else self.main))
        found = {
            f"{part}:{metric}": self._compare(AUTO, control, "all", metric)
            for part, control in GAINS.items()
            for metric in metrics
        }
        return {name: each for name, each in found.items() if each is not None}

    def cold(self) -> list[tuple[str, Comparison]]:
        """Compare the models asked for with content-kNN on cold queries, by nature and made unseen."""
        found = []
        for kind, window, slice_ in (("by nature", self.test, "cold_query"), ("made unseen", self.hidden, "all")):
            if window is None or COLD_METRIC not in window.metrics:
                continue
            for name in self._asked():
                each = window.compare(name, CONTENT, slice_, COLD_METRIC)
                if each is not None:
                    found.append((kind, each))
        return found

    def _asked(self) -> list[str]:
        return [each.name for each in self.test.models if each.row.contender.asked]

    def _compare(self, model: str, against: str | None, slice_: str, metric: str) -> Comparison | None:
        return None if against is None else self.test.compare(model, against, slice_, metric)
