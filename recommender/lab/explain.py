"""Whether explanations are true: a path's removal must lower the score more than that of random edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from graph_schema.errors import ConfigError, EvaluationError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.estimator import EngineEstimator, EngineScorer
from recommender.engine.paths import TARGET, BasketPath, PathFinder, edges_of, without_edges, without_given
from recommender.knowledge.known import Known, Questions
from recommender.lab.experiment import Experiment, Request
from recommender.measure.arrays import Floats, Indices
from recommender.report.explained import DEPTH, LEAST_FALL, TRIED, Explained, Share, refuse_other_data, write_explained

_BATCH: Final = 100
"""Cases taken away at once: each is scored with all others gone too, so few at a time, and many for speed."""
_LEAST_GRAPH: Final = 500
"""At most ``_BATCH`` cases are taken away at once, and one for so many known edges: the rest must stay as it was."""
_ATTRIBUTES: Final = ("given:", "match:", "text:")

Edge = tuple[str, int, int]


@dataclass(frozen=True)
class ExplainedCandidate:
    """A recommended candidate of a question, with what explains it; ``path`` is None where no path does.

    ``paths`` are the strongest ones, among which ``path`` is chosen.
    """

    question: int
    candidate: int
    paths: tuple[BasketPath, ...]

    @property
    def path(self) -> BasketPath | None:
        """The first of the paths."""
        return self.paths[0] if self.paths else None


def explain(
    scorer: EngineScorer, asked: Questions, cases: int = 1_000, seed: int = 0, progress: Progress = silent
) -> Explained:
    """Test the explanations of ``cases`` recommendations drawn from the first ten of the questions.

    Raises ``EvaluationError`` where nothing can be recommended.
    """
    rng = np.random.default_rng(seed)
    drawn, questions = draw_cases(scorer, asked, cases, rng)
    known = scorer.parts.featurizer.known
    size = sum(len(each) for each in known.relations) + len(known.pairs)
    most = max(1, min(_BATCH, size // _LEAST_GRAPH))
    claimed, scores = _claimed(scorer, questions, drawn, most, progress)
    joined = [case for case in claimed if case.path is not None]
    before = scores[[at for at, case in enumerate(claimed) if case.path is not None]]
    drops: dict[int, tuple[float, float]] = {}
    # The falls are measured anew, in other company: what was chosen for a large one is not judged by it. Where the
    # graph is too small for company, the second measurement repeats the first.
    for batch in batches(joined, questions, most):
        progress("explain", len(drops), len(joined))
        mine = [joined[at] for at in batch]
        paths = {edge for case in mine if case.path for edge in case.path.edges}
        others = random_edges(known, mine, questions, rng)
        removed = [_scores(scorer, known, questions, mine, edges) for edges in (paths, others)]
        for at, path, other in zip(batch, *removed, strict=True):
            drops[at] = float(before[at] - path), float(before[at] - other)
    progress("explain", len(joined), len(joined))
    found = _summary(scorer, questions, claimed, [drops[at] for at in range(len(joined))], seed)
    return replace(found, connected_without_effect=sum(case.path is not None for case in drawn) - len(joined))


def _claimed(
    scorer: EngineScorer, questions: Questions, drawn: Sequence[ExplainedCandidate], most: int, progress: Progress
) -> tuple[list[ExplainedCandidate], Floats]:
    """Keep that path of each case alone without which its score falls most, and none where it does not fall.

    Returns the cases with their scores on the whole graph, NaN where nothing joins a case.
    """
    known, claimed = scorer.parts.featurizer.known, list(drawn)
    scores = np.full(len(drawn), np.nan, dtype=np.float32)
    places = [at for at, case in enumerate(drawn) if case.path is not None]
    cases = [drawn[at] for at in places]
    scores[places] = before = _scores(scorer, known, questions, cases, set())
    falls = np.full((len(cases), TRIED), -np.inf)
    for place in range(TRIED):
        some = [at for at, case in enumerate(cases) if len(case.paths) > place]
        tried = [replace(cases[at], paths=cases[at].paths[place:]) for at in some]
        for done, batch in enumerate(groups := batches(tried, questions, most)):
            progress(f"choose paths, {place + 1} of {TRIED}", done, len(groups))
            mine = [tried[at] for at in batch]
            edges = {edge for case in mine if case.path for edge in case.path.edges}
            rows = [some[at] for at in batch]
            falls[rows, place] = before[rows] - _scores(scorer, known, questions, mine, edges)
    for at, case, row in zip(places, cases, falls, strict=True):
        best = int(row.argmax())
        claimed[at] = replace(case, paths=case.paths[best : best + 1] if row[best] >= LEAST_FALL else ())
    return claimed, scores


def explain_folder(request: Request, cases: int, seed: int, progress: Progress = silent) -> Explained:
    """Test the explanations of the engine row that the request names; what a run in its folder chose is kept.

    Raises ``ConfigError`` for a model that has no paths, for triples, and where the folder of results holds a run on
    other data.
    """
    experiment = Experiment(request, progress)
    refuse_other_data(request.out, experiment.dataset.content_hash)
    contender = next((each for each in experiment.contenders if each.asked), None)
    bench = experiment.bench
    explains = contender is not None and all(isinstance(each, EngineEstimator) for each in contender.variants)
    if contender is None or not explains or not isinstance(bench, RecommendBench):
        names = ", ".join(request.wanted.models)
        raise ConfigError(
            Wording(
                f"{experiment.dataset.name}에서 추천 이유로 보여 줄 경로가 없는 모델: {names}. 추천 과제의 폴더에서 "
                "auto나 gnn 같은 엔진 모델을 지정하십시오",
                f"{names} on {experiment.dataset.name} has no paths to explain by; "
                "name an engine row, such as auto or gnn, on a folder that recommends",
            )
        )
    estimator = experiment.chosen(contender, progress)
    scorer = bench.fit(estimator, "test", seed)
    assert isinstance(scorer, EngineScorer)
    found = replace(explain(scorer, bench.given_questions("test"), cases, seed, progress), model=contender.name)
    write_explained(found, request.out)
    return found


def draw_cases(
    scorer: EngineScorer, asked: Questions, count: int, rng: np.random.Generator
) -> tuple[list[ExplainedCandidate], Questions]:
    """Return cases drawn from the first ten of each question, and the questions that they are about."""
    rows = np.sort(rng.permutation(len(asked))[: max(1, count)])
    questions = asked.take(rows)
    pool = scorer.parts.examples(questions).pool
    scores = scorer.score(questions)
    pairs: list[tuple[int, int]] = []
    for question in range(len(rows)):
        mine = pool.candidate[pool.start[question] : pool.start[question + 1]]
        best = mine[np.argsort(-scores[question, mine], kind="stable")[:DEPTH]]
        pairs += [(question, int(candidate)) for candidate in best]
    if not pairs:
        raise EvaluationError(
            Wording(
                "시험 구간에 추천된 후보가 없어 설명할 것이 없습니다",
                "nothing is recommended in the test window, so there is nothing to explain",
            )
        )
    finder = PathFinder(scorer, questions)
    chosen = np.sort(rng.permutation(len(pairs))[:count])
    drawn = [pairs[at] for at in chosen]
    return [ExplainedCandidate(row, each, tuple(finder.strongest(row, each, TRIED))) for row, each in drawn], questions


def batches(cases: Sequence[ExplainedCandidate], questions: Questions, most: int) -> list[list[int]]:
    """Divide cases with a path; those of one batch share no basket, no recommended candidate and no question.

    Who asks is a basket too, as it joins what it is paired with.
    """
    found: list[tuple[list[int], set[tuple[str, int]]]] = []
    for at, case in enumerate(cases):
        assert case.path is not None
        names = {
            (case.path.relation, case.path.basket),
            (TARGET, int(questions.query[case.question])),
            ("candidate", case.candidate),
            ("question", case.question),
        }
        for members, taken in found:
            if len(members) < most and not names & taken:
                members.append(at)
                taken.update(names)
                break
        else:
            found.append(([at], names))
    return [members for members, _ in found]


def random_edges(
    known: Known, cases: Sequence[ExplainedCandidate], questions: Questions, rng: np.random.Generator
) -> set[Edge]:
    """Draw as many edges of the same relations as the paths have, at none of the nodes of the cases."""
    paths = [case.path for case in cases if case.path is not None]
    near = {case.candidate for case in cases} | {path.given for path in paths}
    if known.same_label:
        near |= {int(questions.query[case.question]) for case in cases}
    found: set[Edge] = set()
    for relation, number in Counter(path.relation for path in paths).items():
        basket, member = edges_of(known, relation)
        held = [path.basket for path in paths if path.relation == relation]
        free = np.flatnonzero(~np.isin(basket, held) & ~np.isin(member, list(near)))
        for at in rng.permutation(free)[: 2 * number]:
            found.add((relation, int(basket[at]), int(member[at])))
    return found


def _scores(
    scorer: EngineScorer, known: Known, questions: Questions, cases: Sequence[ExplainedCandidate], gone: set[Edge]
) -> Floats:
    """Standardised score of each case with some edges gone; (cases,)."""
    if not cases:
        return np.zeros(0, dtype=np.float32)
    rows, place = np.unique([case.question for case in cases], return_inverse=True)
    asked = questions.take(np.asarray(rows, dtype=np.int64))
    new = scorer.newcomers(asked)  # who loses the only given pair is asked for as before, on the same scale
    if gone:
        less = without_edges(known, gone)
        scorer = replace(scorer, parts=scorer.parts.over(less))
        asked = without_given(asked, known, gone)
    candidates: Indices = np.array([case.candidate for case in cases], dtype=np.int64)
    return np.asarray(scorer.score(asked, new)[place.reshape(-1), candidates], dtype=np.float32)


def _summary(
    scorer: EngineScorer,
    questions: Questions,
    drawn: Sequence[ExplainedCandidate],
    drops: Sequence[tuple[float, float]],
    seed: int,
) -> Explained:
    flags = [path > other for path, other in drops]
    names = [case.path.relation for case in drawn if case.path is not None]
    by_relation = {
        name: Share.of([flag for flag, each in zip(flags, names, strict=True) if each == name])
        for name in sorted(set(names))
    }
    reasons = Counter(_reason(scorer, questions, case) for case in drawn if case.path is None)
    medians = np.median(np.array(drops), axis=0) if drops else np.zeros(2)
    dataset = scorer.parts.featurizer.known.dataset
    return Explained(
        dataset.name,
        seed,
        Share.of(flags),
        by_relation,
        dict(reasons),
        float(medians[0]),
        float(medians[1]),
        data=dataset.content_hash,
    )


def _reason(scorer: EngineScorer, questions: Questions, case: ExplainedCandidate) -> str:
    """Name what speaks for a candidate without a path: attributes, or popularity where that is relatively more."""
    maker = scorer.parts.featurizer
    pool = scorer.parts.examples(questions).pool
    part = slice(pool.start[case.question], pool.start[case.question + 1])
    row = int(np.flatnonzero(pool.candidate[part] == case.candidate)[0])
    popular = float(maker.popularity[case.candidate] / max(float(maker.popularity.max()), 1e-9))
    columns = [
        at for at, name in enumerate(maker.pair_names) if name.startswith(_ATTRIBUTES) and name.endswith("/best")
    ]
    attributes = float(pool.features[part][row, columns].max()) if columns else 0.0
    return "attributes" if attributes > popular else "popularity"
