"""Past windows cut out of what is known, asked the way that the real window asks, for the engine to learn from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Pairs, Questions, joined
from recommender.knowledge.stages import VALID, VALID_CONTEXT, Stage, assign_splits, window_start
from recommender.measure.arrays import Floats, Indices

_FRESH_SHARE = 0.5
"""Where most answers of the window are new candidates, it is one of newcomers, and episodes must be too."""
_COLD_SHARE = 0.5
"""A window asks as most of its questions do."""
_LEAD_SHARE = 0.9
"""Chosen by hand: nearly all."""


@dataclass(frozen=True)
class Style:
    """How a window asks, read off its questions."""

    span: float
    """Length of a window in seconds; 0 where time does not matter."""
    fresh: bool
    """Whether questions are about nodes without known pairs that come with a part of their pairs."""
    cold: bool
    """Whether questions come without any pair."""
    given_share: float
    """Share of its pairs that a fresh question comes with, 0 to 1."""
    lead_given: bool
    """Whether the heaviest pair of a fresh question is among those given."""
    least: int
    """Fewest pairs, given and asked for together, of a fresh question."""

    @classmethod
    def of(cls, stage: Stage) -> Style:
        """Read the style off a window of which the answers may be seen, the valid one."""
        given = np.diff(stage.questions.context.indptr)
        answers = np.diff(stage.positives.indptr)
        known = np.diff(stage.known.history.indptr)[stage.questions.query]
        fresh = (known == 0) & (given > 0)
        is_fresh = bool(fresh.mean() > _FRESH_SHARE)
        total = (given + answers)[fresh]
        return cls(
            span=_span(stage),
            fresh=is_fresh,
            cold=bool((given == 0).mean() > _COLD_SHARE),
            given_share=float((given[fresh] / total).mean()) if is_fresh else 0.0,
            lead_given=is_fresh and _lead_given(stage),
            least=int(np.percentile(total, 1)) if is_fresh else 1,
        )


@dataclass(frozen=True)
class Episode:
    """A past window: what was known before it, its questions and their answers, shape (Q, C)."""

    known: Known
    questions: Questions
    positives: sparse.csr_array


@dataclass(frozen=True)
class EpisodeConfig:
    """Which past windows to cut out, or where nothing is dated, which folds of the pairs to hide."""

    count: int = 4
    """Windows, or folds where nothing is dated; 1 or more."""
    length: float = 1.0
    """Length of a window as a multiple of the real one's; above 0."""
    max_queries: int = 3_000
    """Questions of an episode at most, the others are left out at random; 1 or more."""
    folds: int = 10
    """Parts that pairs are divided into where nothing is dated; ``count`` of them are hidden in turn."""
    draws: int = 1
    """How often fresh questions are asked, each time with another part given; 1 or more."""


def make_episodes(known: Known, style: Style, config: EpisodeConfig, rng: np.random.Generator) -> list[Episode]:
    """Cut episodes out of ``known``, newest last; windows without questions are left out."""
    if style.span > 0:
        draws = config.draws if style.fresh else 1
        found = [_of_window(known, style, bounds, draws, rng) for bounds in _windows(known, style, config)]
    else:
        found = _of_folds(known, style, config, rng)
    return [_sampled(each, config.max_queries, rng) for each in found if each is not None]


def most_questions(known: Known, style: Style, config: EpisodeConfig) -> Indices:
    """Return as many questions as each episode has at most by the pairs in its window, without a bound; (episodes,)."""
    pairs = known.pairs
    if style.span <= 0:
        return np.full(config.count, len(np.unique(pairs.query)))
    draws = config.draws if style.fresh else 1
    within = ((pairs.time >= start) & (pairs.time < stop) for start, stop in _windows(known, style, config))
    return draws * np.array([len(np.unique(pairs.query[each])) for each in within], dtype=np.int64)


def _windows(known: Known, style: Style, config: EpisodeConfig) -> list[tuple[np.datetime64, np.datetime64]]:
    """Bounds of the past windows, the newest last."""
    step = np.timedelta64(max(1, int(style.span * config.length)), "s")
    starts = [known.now - step * (back + 1) for back in range(config.count)][::-1]
    return [(start, start + step) for start in starts]


def with_cold_copies(episode: Episode, share: float, rng: np.random.Generator) -> Episode:
    """Ask some questions a second time with nothing given, so that a node never seen is no surprise."""
    warm = np.flatnonzero(np.diff(episode.questions.context.indptr))
    drawn = np.sort(rng.permutation(warm)[: round(share * len(warm))])
    query = np.concatenate([episode.questions.query, episode.questions.query[drawn]])
    questions = Questions(query, episode.questions.given, episode.questions.n_candidates)
    positives = sparse.csr_array(sparse.vstack([episode.positives, episode.positives[drawn]]))
    return Episode(episode.known, questions, positives)


def _of_window(
    known: Known, style: Style, bounds: tuple[np.datetime64, np.datetime64], draws: int, rng: np.random.Generator
) -> Episode | None:
    past = known.before(bounds[0])
    pairs = known.pairs.take((known.pairs.time >= bounds[0]) & (known.pairs.time < bounds[1]))
    drawn = [_episode(past, pairs, style, rng) for _ in range(draws)]
    return _together([each for each in drawn if each is not None])


def _together(draws: list[Episode]) -> Episode | None:
    """Questions of the same window, drawn several times, as one episode."""
    if not draws:
        return None
    whole = draws[0]
    for each in draws[1:]:
        more = replace(each.questions.given, query=each.questions.given.query + len(whole.questions))
        query = np.concatenate([whole.questions.query, each.questions.query])
        questions = Questions(query, joined(whole.questions.given, more), whole.questions.n_candidates)
        whole = replace(
            whole, questions=questions, positives=sparse.csr_array(sparse.vstack([whole.positives, each.positives]))
        )
    return whole


def _of_folds(known: Known, style: Style, config: EpisodeConfig, rng: np.random.Generator) -> list[Episode | None]:
    """Hide a fold of the pairs, or of the query nodes where questions are about new ones."""
    whole_queries = style.fresh or style.cold
    if whole_queries:
        fold = rng.integers(0, config.folds, len(known.queries))[known.pairs.query]
    elif known.task.symmetric:
        low, high = (
            np.minimum(known.pairs.query, known.pairs.candidate),
            np.maximum(known.pairs.query, known.pairs.candidate),
        )
        _, pair = np.unique(low * len(known.queries) + high, return_inverse=True)
        fold = rng.integers(0, config.folds, len(known.pairs))[pair.reshape(-1)]
    else:
        fold = rng.integers(0, config.folds, len(known.pairs))
    found = []
    for each in range(min(config.count, config.folds)):
        hidden = fold == each
        if whole_queries and known.same_label:
            hidden |= np.isin(known.pairs.candidate, known.pairs.query[hidden])
        found.append(_episode(known.without(hidden), known.pairs.take(fold == each), style, rng))
    return found


def _episode(past: Known, pairs: Pairs, style: Style, rng: np.random.Generator) -> Episode | None:
    """Ask for ``pairs`` those who know ``past``."""
    task, shape = past.task, (len(past.queries), len(past.candidates))
    is_candidate = past.candidates.matching(task.candidate_where)
    if task.candidate_seen:
        is_candidate &= np.bincount(past.pairs.candidate, minlength=shape[1]) > 0
    past = replace(past, is_candidate=is_candidate)
    may_ask = past.queries.matching(task.query_where)
    if task.query_seen:
        may_ask &= np.diff(past.history.indptr) > 0
    pairs = pairs.take(is_candidate[pairs.candidate] & may_ask[pairs.query])
    new = np.asarray(past.history[pairs.query, pairs.candidate] == 0).reshape(-1) if len(pairs) else np.ones(0, bool)
    pairs = pairs.take(new & ~(past.same_label & (pairs.query == pairs.candidate)))
    if style.fresh:
        born = np.diff(past.history.indptr) == 0
        pairs = pairs.take(born[pairs.query])
        given, answers = _divided(pairs, style, rng)
    else:
        given, answers = None, pairs
    query = np.unique(answers.query)
    if not len(query):
        return None
    questions = past.history_of(query)
    if given is not None:
        place = np.full(shape[0], -1, dtype=np.int64)
        place[query] = np.arange(len(query))
        given = given.take(place[given.query] >= 0)
        questions = Questions(query, replace(given, query=place[given.query]), shape[1])
    return Episode(past, questions, sparse.csr_array(answers.matrix(shape)[query]))


def _divided(pairs: Pairs, style: Style, rng: np.random.Generator) -> tuple[Pairs, Pairs]:
    """Divide the pairs of each query into those given and those asked for; queries with too few are left out."""
    _, first = np.unique(np.stack([pairs.query, pairs.candidate]), axis=1, return_index=True)
    pairs = pairs.take(first)
    lead = -pairs.weight if style.lead_given else np.zeros(len(pairs), np.float32)
    order = np.lexsort((rng.random(len(pairs)), lead, pairs.query))
    pairs = pairs.take(order)
    _, start, inverse, size = np.unique(pairs.query, return_index=True, return_inverse=True, return_counts=True)
    place, total = np.arange(len(pairs)) - start[inverse], size[inverse]
    quota = np.clip(np.round(style.given_share * total), 1, np.maximum(total - 1, 1))
    enough = total >= max(2, style.least)
    is_given = place < quota
    return pairs.take(is_given & enough), pairs.take(~is_given & enough)


def _sampled(episode: Episode, most: int, rng: np.random.Generator) -> Episode:
    if len(episode.questions) <= most:
        return episode
    rows: Indices = np.sort(rng.choice(len(episode.questions), most, replace=False))
    return Episode(episode.known, episode.questions.take(rows), sparse.csr_array(episode.positives[rows]))


def _span(stage: Stage) -> float:
    """Seconds from the valid window to the test window; where the latter has no time, to the last valid row."""
    if np.isnat(stage.known.start):
        return 0.0
    dataset = stage.known.dataset
    codes = assign_splits(dataset)
    first, second = window_start(dataset, codes, "valid"), window_start(dataset, codes, "test")
    if np.isnat(second):
        times = dataset.target.time[np.isin(codes, (VALID, VALID_CONTEXT))]
        second = times[~np.isnat(times)].max()  # there is one: it opened the window
    return max(1.0, float((second - first) / np.timedelta64(1, "s")))


def _lead_given(stage: Stage) -> bool:
    """Whether the heaviest pair of a question is among those given, wherever weights differ."""
    given = stage.questions.given
    weights = np.concatenate([given.weight, stage.known.pairs.weight])
    if not len(given) or weights.min() == weights.max():
        return False
    heaviest: Floats = np.full(len(stage.questions), -np.inf, np.float32)
    np.maximum.at(heaviest, given.query, given.weight)
    return bool((heaviest == weights.max()).mean() > _LEAD_SHARE)
