"""What askers of whom a scorer knows nothing gain by their own texts: ``python -m benchmarks.own_text --home HOME``.

The scorer is that which serves a task, trained before a window of the home's snapshot. Of the window's askers those
count whom it gives the prior alone, since nothing of the kind is known of them; they are ranked by that, and by it
together with the nearness of their texts as it serves, with other weights beside. NDCG@10 over all candidates, without
the rules. ``--window valid`` is for choosing, ``test`` to be looked at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.reverse import serving_bundle
from graph_schema.errors import DureError
from recommender.knowledge.known import Questions, Scorer
from recommender.knowledge.task_data import TaskData
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.measure.triple_metrics import compute_any
from recommender.models.served import simple_rows
from recommender.publish.bundle import Bundle
from recommender.publish.task_training import TrainConfig, trial_of
from recommender.scorers.prior import is_prior_alone
from recommender.serve.own_text import OwnText
from recommender.snapshot.dated_facts import DatedFacts
from stores.home import Home

WEIGHTS: Final = (0.0, 0.3, 1.0, 3.0)
"""Of the texts beside 1 for the scores; 1 is served."""


@dataclass(frozen=True)
class WithOwnText:
    """A scorer with ``weight`` times the nearness of texts, (query nodes, C), where it gives the prior alone."""

    scorer: Scorer
    near: Floats
    weight: float

    def score(self, questions: Questions) -> Floats:
        """Return (Q, C)."""
        scores = self.scorer.score(questions)
        alone = is_prior_alone(scores)
        near = np.nan_to_num(self.near[questions.query[alone]])
        scores[alone] = standard(scores[alone]) + np.float32(self.weight) * standard(near)
        return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each weight: its figure, and how many different first fives it gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"))
    parser.add_argument("--task", default="partners")
    parser.add_argument("--window", choices=("valid", "test"), default="valid")
    given = parser.parse_args(arguments)
    try:
        show(serving_bundle(Home(given.home)), given.task, given.window)
    except DureError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def show(bundle: Bundle, task: str, window: str) -> None:
    """Measure one task of a bundle on one of its windows."""
    data = bundle.data(task)
    trial = trial_of(data, TrainConfig())
    served = bundle.task_model(task)
    variants = [] if trial is None else simple_rows(trial.bench.known("valid")).get(served.scorer, ())
    if trial is None or not variants:
        print(f"{task} is served by {served.scorer}, which knows something of every asker; name a task of a simple one")
        return
    stage = trial.bench.stage("valid" if window == "valid" else "test")
    first = (trial.windows.valid if window == "valid" else trial.windows.test)[0]
    scorer: Scorer = trial.bench.fit(variants[0], stage.name, 0)
    near = nearness(data, stage.questions.query, first)
    alone = is_prior_alone(scorer.score(stage.questions))
    print(f"{task}, {window} from {first}: {alone.sum()} of {len(alone)} askers by the prior of {served.scorer} alone")
    for weight in WEIGHTS:
        ranked = WithOwnText(scorer, near, weight)
        values = np.asarray(compute_any(trial.bench.behind(None).rank(ranked, stage.name, task).ranks, "ndcg@10"))
        print(
            f"  texts × {weight}: {_mean(values, alone):.4f}; {_firsts(ranked, stage.questions, alone)} different fives"
        )


def nearness(data: TaskData, askers: Indices, day: date) -> Floats:
    """Cosines of the askers' texts to all nodes of the candidate label, (query nodes, C), 0 elsewhere."""
    known, own = data.known, OwnText(data, DatedFacts(data.snapshot))
    found = np.zeros((len(known.queries), len(known.candidates)), dtype=np.float32)
    for label, positions in data.query_space.members.items():
        start = data.query_space.starts[label]
        here = askers[(askers >= start) & (askers < start + len(positions))]
        found[np.ix_(here, data.columns)] = own.of_pairs(label, positions[here - start], day)
    return found


def _mean(values: Floats, alone: Flags) -> float:
    return float(values[alone].mean())


def _firsts(scorer: WithOwnText, questions: Questions, alone: Flags) -> int:
    first = np.argsort(-scorer.score(questions)[alone], axis=1, kind="stable")[:, :5]
    return len({tuple(row) for row in first.tolist()})


if __name__ == "__main__":
    sys.exit(main())
