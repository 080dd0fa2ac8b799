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
# # 왜 이것을 추천했나 · Why did it recommend this?
#
# Three ways to ask, from cheap to strict: the **path** that is shown as a reason; the **removal test**, which takes the
# path out of the graph and looks whether the score falls; and **what-if**, which changes the asker and looks what else
# changes. All on **real data**: patents and notices of the sample that ships with the project. Only the company of the
# what-if is made up (synthetic).
#
# 이유를 묻는 세 가지 방법: 경로, 제거 시험, 가정 바꾸기. 자료는 실제이며, 가정에 쓰는 기업 하나만 가상입니다.

# %%
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from recommender.bench.recommend_bench import RecommendBench
from recommender.knowledge.folder.export import export_task
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.known import Known
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Reason
from recommender.reasons.explain import Explainer
from recommender.rules.askers import asker_of_profile
from recommender.rules.base import CandidatePairs, Code
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.scorers.graph_walk import GraphWalk
from recommender.serve.profile_reading import read_profile
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import write_snapshot
from stores.embedded import EmbeddedStore

scratch = tempfile.TemporaryDirectory(prefix="dure-notebook-")
home = Path(scratch.name)
with EmbeddedStore(home / "graph.duckdb") as store:
    store.migrate()
    for name, path in sample_loads():
        load(find_source(name), [path], store, quarantine_dir=home / "quarantine")
    snapshot = write_snapshot(store, home / "snapshots")
print("snapshot", snapshot.id[:12])

# %% [markdown]
# ## 1. 추천 · What was recommended
#
# The task `partners` as an experiment folder, and a graph walk over joint patents: partners of partners, of theirs,
# and so on. What it learns from ends on the day before the test window. Everybody who had a partner by then asks.

# %%
folder = export_task(snapshot, get_task("partners"), home / "partners")
bench = RecommendBench(read_dataset(folder), {})
known = bench.known("test")
until = known.start.astype("datetime64[D]").item()
model = GraphWalk(restart=0.3, over="target")
rng = np.random.default_rng(0)


def shares(facts: Known, askers: np.ndarray) -> np.ndarray:
    """Share of all walkers on candidates who end at each, (askers, candidates); what is known already has 0."""
    asked = facts.history_of(askers)
    scores = model.fit(facts, rng).score(asked).astype(np.float64)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[known.history[askers].toarray() > 0] = 0.0
    scores[np.arange(len(askers)), askers] = 0.0
    return scores


askers = np.flatnonzero(np.diff(known.history.indptr) > 0)
before = shares(known, askers)
top = np.argsort(-before, axis=1, kind="stable")[:, :3]
ids = known.queries.ids
print(f"{len(askers)} organisations with a partner before {until}, {top.size} recommendations")

# %% [markdown]
# ## 2. 경로 · The paths
#
# `Explainer` searches the snapshot for short paths as they were known on a day. None leads through a *hub*, a node that
# many share: "both filed with the big university" is true of nearly everybody, so it explains nothing.

# %%
explainer = Explainer(Network(DatedFacts(snapshot)))
eve = until - timedelta(days=1)


def node(place: int) -> NodeRef:
    """Return the address of an organisation."""
    return NodeRef(*ids[place].split(":", 1))


def is_joint(reason: Reason) -> bool:
    """Tell whether a path consists of joint patents alone, which is all that the walk sees."""
    return bool(reason.steps) and all(step.type == "CO_FILED_WITH" for step in reason.steps)


cases = []
for row, asker in enumerate(askers):
    search = explainer.search(node(asker), eve)
    for candidate, reasons in zip(top[row], explainer.reasons(search, [node(c) for c in top[row]]), strict=True):
        joint = next((reason for reason in reasons if is_joint(reason)), None)
        cases.append((asker, int(candidate), float(before[row, candidate]), len(reasons), joint))
cases = pd.DataFrame(cases, columns=["asker", "candidate", "share", "reasons", "path"])
explained = cases[cases["path"].notna()].reset_index(drop=True)
some = (cases["reasons"] > 0).mean()
print(f"{len(cases)} recommendations: {some:.0%} have some path, {len(explained)} one of joint patents alone")
for reason in explained.nlargest(3, "share")["path"]:
    print(f"\n{reason.ko}\n{reason.en}")
    print("  " + " | ".join(f"{step.type} {step.on} ({step.origin})" for step in reason.steps))

# %% [markdown]
# ## 3. 제거 시험 · The removal test
#
# A path is a **true** explanation of a score if the score rests on it. So the path's relationships are taken out, the
# model learns again, and the share of walkers who end at the candidate is compared with what it was. As a control, as
# many relationships of the same type are taken out at random: anywhere, and, which is harder, at the asker or the
# candidate themselves.

# %%
Edge = tuple[int, int]
number = {id_: place for place, id_ in enumerate(ids)}
once = known.pairs.query < known.pairs.candidate
everywhere = sorted(set(zip(known.pairs.query[once].tolist(), known.pairs.candidate[once].tolist(), strict=True)))


def without(edges: Sequence[Edge]) -> Known:
    """Return what is known without some pairs, both ways round."""
    codes = known.pairs.query * len(ids) + known.pairs.candidate
    both = [(a * len(ids) + b, b * len(ids) + a) for a, b in edges]
    return known.without(np.isin(codes, both))


def share_without(edges: Sequence[Edge], case: pd.Series) -> float:
    """Share of walkers who still end at the candidate."""
    return float(shares(without(edges), np.array([case["asker"]]))[0, case["candidate"]])


def drawn(pool: Sequence[Edge], size: int) -> list[Edge]:
    """Draw some relationships."""
    return [pool[place] for place in rng.choice(len(pool), min(size, len(pool)), replace=False)]


chosen = explained.iloc[rng.permutation(len(explained))[:60]]
rows = []
for _, case in chosen.iterrows():
    steps = [(number[str(step.source)], number[str(step.target)]) for step in case["path"].steps]
    path = [(min(step), max(step)) for step in steps]
    others = [edge for edge in everywhere if edge not in path]
    near = [edge for edge in others if {case["asker"], case["candidate"]} & set(edge)]
    rows.append(
        {
            "the path": share_without(path, case) / case["share"] - 1,
            "random, anywhere": share_without(drawn(others, len(path)), case) / case["share"] - 1,
            "random, at either end": share_without(drawn(near, len(path)), case) / case["share"] - 1
            if near
            else np.nan,
        }
    )
changes = pd.DataFrame(rows)
summary = changes.describe().loc[["count", "mean", "25%", "50%", "75%"]].T
summary["falls less than by the path"] = [
    np.nan if name == "the path" else (changes[name] > changes["the path"])[changes[name].notna()].mean()
    for name in changes
]
summary.round(3)

# %% [markdown]
# ## 4. 가정 바꾸기 · What if?
#
# For support programmes the rules decide who is in and out, so the strict question is what the *rules* would say of
# another company. A made-up (synthetic) company in Goyang asks; one fact is changed at a time.

# %%
day = date(2021, 10, 15)  # most notices of the sample that name regions are of that year
facts = DatedFacts(snapshot)
programs = [NodeRef("Program", id_) for id_ in snapshot.vocabulary("Program").ids()]
candidates = Candidates(facts, programs)
company = {"region": "고양시", "industry": "29", "employees": 18, "founded_on": "2018-03-02"}
what_if = {
    "as it is": {},
    "industry: software (62)": {"industry": "62"},
    "district: Suwon": {"region": "수원시"},
    "district: Busan": {"region": "부산광역시"},
    "certificate: venture": {"certificates": ["벤처기업"]},
    "region not told": {"region": None},
    "founded in 2005": {"founded_on": "2005-03-02"},
    "industry not told": {"industry": None},
}


def verdicts(change: dict[str, object]) -> np.ndarray:
    """Return the worst that any rule says of each programme: in, to be checked, out."""
    profile, _ = read_profile(company | change, snapshot, today=day)
    decisions = decide(get_task("programs"), CandidatePairs(asker_of_profile(facts, profile, day), candidates, day))
    said = np.stack([np.broadcast_to(each, decisions.pairs.shape)[0] for each in decisions.by_rule])
    worst = np.full(said.shape[1], "in", dtype=object)
    worst[((said != Code.IN) & (said != Code.OUT)).any(axis=0)] = "to be checked"
    worst[(said == Code.OUT).any(axis=0)] = "out"
    return worst


said = pd.DataFrame({name: verdicts(change) for name, change in what_if.items()})
said.index = [snapshot.caption(ref) for ref in programs]
base = said["as it is"]
counted = said.apply(pd.Series.value_counts).T.fillna(0).astype(int)
counted["let in"] = [int(((base == "out") & (said[name] != "out")).sum()) for name in said]
counted["kept out"] = [int(((base != "out") & (said[name] == "out")).sum()) for name in said]
counted["changed in any way"] = [int((base != said[name]).sum()) for name in said]
counted

# %%
lost = said.index[(base != "out") & (said["district: Busan"] == "out")]
gained = said.index[(base == "out") & (said["district: Busan"] != "out")]
print("a company in Busan would lose:", *lost[:3], sep="\n  ")
print("and gain:", *gained[:3], sep="\n  ")

# %% [markdown]
# ## 5. 그림 · The picture

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12.5, 4.2))
left.boxplot(
    [changes[name].dropna() for name in changes], tick_labels=list(changes), orientation="horizontal", widths=0.6
)
left.axvline(0, color="black", linewidth=0.8)
left.set(xlabel="change of the candidate's share, relative", title=f"Removal test, {len(changes)} recommendations")
shown = counted.drop("as it is").iloc[::-1]
right.barh(shown.index, shown["let in"], color="#1f7a4d", label="let in")
right.barh(shown.index, -shown["kept out"], color="#b5541c", label="kept out")
right.axvline(0, color="black", linewidth=0.8)
right.set(xlabel="programmes, against the company as it is", title="What if one fact were another?")
right.legend()
for axes in (left, right):
    axes.grid(visible=True, axis="x", color="#e3e8ee")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## 결론 · What to conclude, and what not
#
# - **Do conclude** that a path explains a score where taking it out lowers the score more than taking out random
#   relationships of the same type does; the table of section 3 says in how many cases.
# - **Do conclude** from what-if which facts decide. What changes nothing was not used, whatever the text of a notice
#   may say.
# - **Do conclude** that who tells less is kept out of less: an unknown fact gives *to be checked*, never *out*. That is
#   a question left to a person, not a better answer.
# - **Do not conclude** that recommendations without a path are wrong. Their score comes through hubs, which are no
#   reason to show a person; they should be offered with that said.
# - **Do not conclude** from the removal test that the path *causes* anything in the world. It tells what the model
#   rests on, not why organisations work together.
# - **Do not conclude** that a company in another district *would be granted* something. The rules say who may apply,
#   and *to be checked* means that the notice does not tell.
#
# 제거 시험은 모델이 무엇에 기대는지를 보여 줄 뿐, 협력의 원인을 보여 주지는 않습니다.
