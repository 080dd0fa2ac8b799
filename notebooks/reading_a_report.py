# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 보고서 읽기 · Reading a report: intervals, slices, controls
#
# To learn what figures can say, one needs a world in which the truth is known. So this one is **made up
# (synthetic)**: companies belong to hidden circles, projects are mostly staffed from one circle, some companies are
# popular everywhere. Nothing on this page says anything about a real city.
#
# 여기 나오는 기업과 과제는 모두 가상입니다. 정답을 아는 세계를 만들어, 보고서의 수치가 무엇을 말하고 무엇을 말하지
# 않는지 봅니다.
# %%
import tempfile
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa

from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.knowledge.altered import shuffled
from recommender.knowledge.folder.write import ExperimentFolder, write_folder
from recommender.knowledge.known import Estimator, Known, Questions, Scorer
from recommender.lab.experiment import NO_ENCODER, Experiment, Request
from recommender.measure.arrays import Floats
from recommender.measure.bootstrap import interval
from recommender.measure.metrics import compute
from recommender.measure.resampling import Resampling
from recommender.report.tables import all_tables
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.popularity import Popularity

scratch = tempfile.TemporaryDirectory(prefix="dure-notebook-")
home = Path(scratch.name)

# %% [markdown]
# ## 1. 정답을 아는 세계 · A world whose truth is known

# %%
rng = np.random.default_rng(7)
companies, circles, projects = 300, 10, 700
circle = rng.integers(0, circles, companies)
honesty = 0.6  # share of companies whose industry tells their circle
told = np.where(rng.random(companies) < honesty, circle, rng.integers(0, circles, companies))
fame = rng.pareto(2.0, companies) + 0.2
founded = np.sort(rng.integers(-2_000, 2_500, companies))  # days since 2018-01-01; many are there from the start
members, worked = [], []
for project, start in enumerate(np.sort(rng.integers(0, 2_900, projects))):
    home_circle = rng.integers(0, circles)
    chance = fame * np.where(circle == home_circle, 1.0, 0.03) * (founded <= start)
    team = sorted(rng.choice(companies, size=rng.integers(2, 5), replace=False, p=chance / chance.sum()))
    moment = str(np.datetime64("2018-01-01") + int(start))
    members += [(f"C{each:03}", f"P{project:03}", moment) for each in team]
    worked += [(f"C{a:03}", f"C{b:03}", moment) for a, b in combinations(team, 2)]


def edges(rows: list[tuple[str, str, str]]) -> pa.Table:
    """Return rows as an edge table."""
    return pa.table(dict(zip(("src", "dst", "time"), zip(*rows, strict=True), strict=True)))


spec = {
    "name": "circles-synthetic",
    "task": {
        "kind": "recommend",
        "query": "Company",
        "candidate": "Company",
        "target": ["Company", "WORKED_WITH", "Company"],
        "symmetric": True,
    },
    "split": {"kind": "global_time", "train_before": "2023-06-01", "valid_before": "2024-06-01"},
    "report": {"k": [10], "main": "ndcg@10"},
}
ids = [f"C{each:03}" for each in range(companies)]
folder = write_folder(
    home / "circles-synthetic",
    ExperimentFolder(
        spec,
        {"Company": pa.table({"id": ids, "industry": [f"industry {each}" for each in told]})},
        {("Company", "WORKED_WITH", "Company"): edges(worked), ("Company", "MEMBER_OF", "Project"): edges(members)},
        "Made up for a notebook: hidden circles, popular companies, an industry that tells the circle in 60 %.",
    ),
)
print(f"{companies} companies, {projects} projects, {len(worked)} pairs that worked together")


# %% [markdown]
# Beside three simple models there are rows that only a made-up world can have, and one that every report should have:
#
# - `truth` knows the hidden circles and the fame. It is the ceiling: what is left above it is chance.
# - `chance` ranks at random, anew with every seed. It is the floor.
# - `walk-on-shuffled` is the graph walk on a graph whose edges were swapped at random, every node keeping its number of
#   edges. It is the **control**: what it can still do comes from degrees, not from who knows whom.


# %%
@dataclass(frozen=True)
class Truth:
    """Fame of the candidate, times 1 in the same circle and 0.03 elsewhere; only a made-up world can tell."""

    name: str = "truth"

    def fit(self, _known: Known, _rng: np.random.Generator) -> "Truth":
        """Know it all already."""
        return self

    def score(self, questions: Questions) -> Floats:
        """Return the true odds, (Q, C)."""
        same = circle[questions.query][:, None] == circle[None, :]
        return (fame * np.where(same, 1.0, 0.03)).astype(np.float32)


@dataclass(frozen=True)
class Chance:
    """Random scores."""

    name: str = "chance"

    def fit(self, known: Known, rng: np.random.Generator) -> Scorer:
        """Draw one number for every pair."""
        drawn = rng.random((len(known.queries), len(known.candidates)), dtype=np.float32)
        return Fixed(drawn)


@dataclass(frozen=True)
class Fixed:
    """Scores of all pairs, (queries, candidates)."""

    values: Floats

    def score(self, questions: Questions) -> Floats:
        """Look them up."""
        return self.values[questions.query]


@dataclass(frozen=True)
class OnShuffled:
    """A model that learns from a shuffled graph."""

    inner: Estimator
    name: str = "walk-on-shuffled"

    def fit(self, known: Known, rng: np.random.Generator) -> Scorer:
        """Shuffle, then learn."""
        return self.inner.fit(shuffled(known, rng), rng)


walk = GraphWalk(restart=0.3)
simple: Variants = {
    "popularity": (Popularity(),),
    "content-knn": (ContentKnn(100, 0.1, 0.0),),
    "graph-walk": (walk,),
    "chance": (Chance(),),
}
controls: Variants = {"walk-on-shuffled": (OnShuffled(walk),), "truth": (Truth(),)}


def available(_bench: Bench, _means: object) -> tuple[Variants, Variants]:
    """Name the rows of this page."""
    return simple, controls


request = Request(folder, home / "run", ModelChoice((*simple, *controls), only=True), seeds=3, encoder=NO_ENCODER)
experiment = Experiment(request, available=available)
findings = experiment.run()
tables = {each.key: pd.DataFrame(each.rows, columns=each.header) for each in all_tables(findings)}
tables["main"]

# %% [markdown]
# Three numbers stand in a cell, and they are three different things. The first is a **mean over questions**. In
# brackets is its **interval**: how far the mean would move with other questions of the same kind. After ± stands the
# **spread over seeds**: how far it moves when the same model is trained again. A small ± does not make the interval
# narrower.
#
# 대괄호는 질의가 달랐다면 얼마나 움직였을지, ±는 같은 모델을 다시 학습하면 얼마나 움직이는지입니다. 서로 다른 것입니다.

# %% [markdown]
# ## 2. 구간 · Intervals
#
# **Overlapping intervals do not mean "no difference".** Both models answer the same questions, hard ones are hard for
# both, and that part cancels in the difference. And **questions are not independent**: the partners of one project ask
# about each other, so whole projects are resampled together. Who forgets that gets intervals that are too narrow.

# %%
values = pd.read_parquet(home / "run" / "queries.parquet")
groups = values["group"].to_numpy()
rows = {}
for name in ("graph-walk", "popularity"):
    column = values[f"{name}|ndcg@10"].to_numpy()
    for how, chosen in (("by project", groups), ("by question (too narrow)", None)):
        found = interval(column, groups=chosen)
        rows[f"{name}, {how}"] = (found.mean, found.low, found.high)
gap = findings.test.compare("graph-walk", "popularity", "all", "ndcg@10").difference
rows["difference, paired, by project"] = (gap.mean, gap.low, gap.high)
print(f"{len(values)} questions, {len(np.unique(groups))} independent groups")
pd.DataFrame(rows, index=["mean", "low", "high"]).T.round(4).assign(width=lambda frame: frame["high"] - frame["low"])

# %% [markdown]
# **A 95 % interval is wrong in 5 % of cases.** Here 40 pairs of random scorers are compared; none is better than
# another, by construction. Some intervals will still leave out zero, and would look like findings to whoever reads
# only those.

# %%
questions = experiment.bench.questions("test")
resampling = Resampling(questions.groups)


def random_values(seed: int) -> np.ndarray:
    """NDCG@10 of every question for random scores."""
    outcome = experiment.bench.rank(experiment.bench.fit(Chance(), "test", seed), "test", "chance")
    return compute(outcome.ranks, "ndcg@10")


duels = [resampling.compare(random_values(2 * each), random_values(2 * each + 1))[0] for each in range(40)]
false = sum(each.low > 0 or each.high < 0 for each in duels)
print(f"{len(duels)} comparisons of equally good models: {false} exclude zero, {0.05 * len(duels):.0f} are expected")

# %% [markdown]
# So: **fix the metric and the comparison before looking**. The report's main metric on all questions is that one; its
# other tables are for understanding.
#
# ## 3. 구간별 · Slices
#
# How much is known of who asks decides what can be done at all.

# %%
tables["slices"]

# %%
window = findings.test
named = {"all": "all", "warm": "warm (5+)", "few_shot": "few-shot (1-4)", "cold_query": "cold query (0)"}
present = [name for name in named if name in window.groups]
frame = pd.DataFrame(
    {
        f"{named[name]}, n={len(window.groups[name])}": {
            each.name: each.slices[name]["ndcg@10"].mean for each in window.models
        }
        for name in present
    }
)
frame.round(3)

# %% [markdown]
# What the single mean hides: somebody without an edge gives the walk nothing to start from, so there it falls back on
# what is usual in the same industry and comes out level with content. A small slice has a wide interval: read its `n`
# first, and do not explain a dip that the interval explains already. In *cold candidate* only companies without any
# known pair count as answers; whoever ranks by the past puts them last.
#
# ## 4. 대조군 · Controls
#
# A graph model that beats popularity may have learned nothing but *who has many edges*. The control has the same
# degrees and no other truth. What the model has above **that** is what the graph's wiring is worth.

# %%
steps = [("walk-on-shuffled", "chance"), ("graph-walk", "walk-on-shuffled"), ("truth", "graph-walk")]
meaning = ["what degrees alone give", "what the right wiring adds", "what a perfect model could still gain"]
ladder = [window.compare(model, against, "all", "ndcg@10").difference for model, against in steps]
pd.DataFrame(
    [
        (f"{model} - {against}", what, each.mean, each.low, each.high)
        for (model, against), what, each in zip(steps, meaning, ladder, strict=True)
    ],
    columns=["compared", "meaning", "Δ NDCG@10", "low", "high"],
).round(4)

# %% [markdown]
# ## 5. 그림 · The picture
#
# Left: the ladder from chance to the truth. Right: where the gain of the graph over popularity comes from, by slice.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4))
order = [each.name for each in window.models][::-1]
colours = {"truth": "#7a4fa3", "walk-on-shuffled": "#2a6f97", "graph-walk": "#b5541c"}
for place, name in enumerate(order):
    found = window.model(name).slices["all"]["ndcg@10"]
    left.plot([found.low, found.high], [place, place], color=colours.get(name, "#5b6b7b"), linewidth=2.5)
    left.plot(found.mean, place, "o", color=colours.get(name, "#5b6b7b"))
left.set_yticks(range(len(order)), order)
left.set(xlabel="NDCG@10, 95 % interval", title="Floor, control, models, ceiling", xlim=(0, None))
for place, name in enumerate(present[::-1]):
    found = window.compare("graph-walk", "popularity", name, "ndcg@10").difference
    right.plot([found.low, found.high], [place, place], color="#b5541c", linewidth=2.5)
    right.plot(found.mean, place, "o", color="#b5541c")
right.set_yticks(range(len(present)), [f"{named[name]}\nn={len(window.groups[name])}" for name in present[::-1]])
right.axvline(0, color="black", linewidth=0.8)
right.set(xlabel="NDCG@10 of graph-walk minus popularity", title="Who gains from the graph")
for axes in (left, right):
    axes.grid(visible=True, axis="x", color="#e3e8ee")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## 결론 · What to conclude, and what not
#
# - **Do conclude** that one model is better where the interval of the *paired* difference leaves out zero, for the
#   metric that was fixed beforehand, on all questions.
# - **Do conclude** that the graph matters where the model beats its own **shuffled control**, not where it beats
#   popularity.
# - **Do conclude** for whom it matters from the slices, with their `n` and their intervals.
# - **Do not conclude** that a figure far below 1 is bad: `truth` knows everything there is to know and does not reach 1
#   either, since teams are drawn by chance.
# - **Do not conclude** from one slice out of many that something works there: one in twenty intervals errs.
# - **Do not conclude** anything about real companies from this page, nor from any report whose data set is called
#   `...-synthetic`.
#
# 그래프의 값은 인기와의 차이가 아니라 **섞은 그래프와의 차이**입니다. 가상 자료의 수치는 현실에 대해 아무것도 말하지
# 않습니다.
