"""Learns which topics a wish is about: ``python -m benchmarks.topic_weights``.

Fits one logistic regression for each topic to labelled wishes (``tests/recommender/serve/wishes.jsonl``), encoded as
requests are, and writes ``recommender/serve/topic_weights.json``. ``--held-out`` writes nothing and prints, over five
folds, how well wishes that were left out are told apart.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import KFold

from recommender.measure.arrays import Floats
from recommender.serve.request_text import REQUEST_ROLE
from recommender.serve.topics import TOPICS, WEIGHTS_FILE
from recommender.text.encoder import DEFAULT_ENCODER, load_encoder

WISHES: Final = Path("tests/recommender/serve/wishes.jsonl")
_PENALTY: Final = 100.0
"""Inverse strength of the penalty: over five folds .70 of mean average precision, .67 with 10 and .62 with 3."""
_FOLDS: Final = 5
_DIGITS: Final = 3
"""Decimals of a stored weight; more change no probability by .001."""


def wishes(path: Path = WISHES) -> list[Mapping[str, Any]]:
    """Read the labelled wishes: ``text`` and ``topics``, ids of topics."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def learn(vectors: Floats, about: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """Fit weights by topic, the intercept last, to N vectors and the topics of each; the same for the same input."""
    found = {}
    for topic in TOPICS:
        is_about = np.array([topic.id in topics for topics in about])
        if is_about.any():
            model = LogisticRegression(C=_PENALTY, solver="liblinear", random_state=0, max_iter=1000)
            model.fit(vectors.astype(np.float64), is_about)
            found[topic.id] = [*model.coef_[0].round(_DIGITS).tolist(), round(float(model.intercept_[0]), _DIGITS)]
    return found


def left_out(vectors: Floats, about: Sequence[Sequence[str]]) -> dict[str, float]:
    """Average precision of each topic over wishes that its weights were not learned from."""
    scores = {topic: np.zeros(len(about)) for topic in learn(vectors, about)}
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(vectors):
        for topic, weights in learn(vectors[train], [about[at] for at in train]).items():
            scores[topic][test] = vectors[test] @ np.array(weights[:-1]) + weights[-1]
    truth = {topic: [topic in topics for topics in about] for topic in scores}
    return {topic: float(average_precision_score(truth[topic], each)) for topic, each in scores.items()}


def main() -> None:
    """Learn and write the weights, or show what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="write nothing, print the average precision by topic")
    options = parser.parse_args()
    rows = wishes()
    vectors = load_encoder().encode([row["text"] for row in rows], REQUEST_ROLE)
    about = [row["topics"] for row in rows]
    if options.held_out:
        found = left_out(vectors, about)
        for topic, precision in found.items():
            print(f"{topic:14} {precision:.2f}")
        print(f"{'mean':14} {np.mean(list(found.values())):.3f} over {len(found)} topics, {len(rows)} wishes")
        return
    learned = ",\n  ".join(f'"{topic}": {json.dumps(weights)}' for topic, weights in learn(vectors, about).items())
    WEIGHTS_FILE.write_text(f'{{"encoder": "{DEFAULT_ENCODER}", "topics": {{\n  {learned}\n}}}}\n', "utf-8")


if __name__ == "__main__":
    main()
