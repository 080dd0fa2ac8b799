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
# # 첫걸음 · First look
#
# This notebook looks at the graph through `networkx`, then runs the engine where it wins: **by which programme will an
# organisation be supported next?** The graph is the snapshot in `DURE_HOME` where there is one, and otherwise the
# patents of the sample. The awards are those of Miyagi prefecture, Japan, which ship with the project (gBizINFO,
# Government of Japan Standard Terms of Use). All of it is real public data.
#
# 어떤 기관이 다음에 어느 사업의 지원을 받을지, 과거의 지원 내역만 보고 맞힐 수 있는지 시험합니다.

# %%
import os
import tempfile
from pathlib import Path

import networkx as nx
import pandas as pd
from IPython.display import SVG

from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_awards, sample_loads
from recommender.importers.registry import import_set
from recommender.lab import run_experiment
from recommender.report.pictures import all_pictures
from recommender.report.words import verdicts
from recommender.snapshot.network import to_networkx
from recommender.snapshot.snapshot import Snapshot, open_snapshot, write_snapshot
from stores.embedded import EmbeddedStore

home = Path(os.environ.get("DURE_HOME", "dure-data"))


def sample_snapshot(folder: Path) -> Snapshot:
    """Load the sample's patents into a store of their own and copy it out."""
    with EmbeddedStore(folder / "graph.duckdb") as store:
        store.migrate()
        for name, path in sample_loads():
            if name == "kipris":
                print(load(find_source(name), [path], store, quarantine_dir=folder / "quarantine"))
        return write_snapshot(store, folder / "snapshots")


if (home / "snapshots" / "current").exists():
    snapshot = open_snapshot(home / "snapshots")
else:
    scratch = tempfile.TemporaryDirectory(prefix="dure-first-look-")
    snapshot = sample_snapshot(Path(scratch.name))
print("snapshot", snapshot.id[:12])

# %% [markdown]
# ## The graph
#
# Companies and institutions, joined where they filed a patent together. Made-up organisations, if the snapshot holds
# any, are left out: this page speaks of real data only.

# %%
everything = to_networkx(snapshot, labels=("Company", "Institution"))
real = [name for name, made_up in everything.nodes(data="synthetic") if not made_up]
partners = nx.Graph(
    everything.subgraph(real).edge_subgraph(
        edge for edge in everything.subgraph(real).edges(keys=True) if everything.edges[edge]["type"] == "CO_FILED_WITH"
    )
)
degrees = pd.Series(dict(partners.degree()), name="partners").sort_values(ascending=False)
print(f"{partners.number_of_nodes()} organisations, {partners.number_of_edges()} pairs that filed together,")
circles = sorted(map(len, nx.connected_components(partners)), reverse=True)
print(f"{len(circles)} circles, the largest of {circles[0]}")
top = degrees.head(5).rename(index=lambda name: everything.nodes[name]["caption"]).to_frame()
top["share of all pairs"] = (top["partners"] / partners.number_of_edges()).map("{:.0%}".format)
top

# %% [markdown]
# A few universities are in most pairs. The sample was collected by asking for two of them, so this says how the data
# was gathered before it says anything about the city. With 33 askers after a time split no model can show a small
# difference here, so the experiment is on other data.
#
# ## The experiment
#
# 13,201 awards to companies, farms, schools and hospitals from 2009 on, without local governments. Scorers learn from
# awards before 2019, choose their settings on 2019 and 2020, learn anew from all before 2021, and are then asked once
# about the first awards by a programme after that. Each asker has all programmes ranked, without those that it knows.
#
# `auto` is the engine: message passing over the graph, boosted trees and one simple scorer, in a blend that valid
# chooses. Beside it stand tuned simple scorers, and the engine without its network, without the graph, and with a
# shuffled graph. Names are left out (`encoder="none"`).

# %%
scratch = tempfile.TemporaryDirectory(prefix="dure-awards-")
folder, _ = import_set("miyagi", sample_awards(), Path(scratch.name) / "data")
results = run_experiment(folder, "auto", Path(scratch.name) / "runs", seeds=3, encoder="none", cold=False)
findings = results.findings
pd.Series(findings.test.questions.facts, name="test window").to_frame()

# %%
shown = results.metrics.query("slice == 'all' and metric in ('ndcg@10', 'recall@5', 'mrr')")
shown.pivot_table(index="model", columns="metric", values="mean").sort_values(findings.main, ascending=False).round(3)

# %% [markdown]
# ## Is it more than chance?
#
# Differences are paired on the same questions, and organisations are drawn anew 2,000 times. What the network, the
# graph and its links give is the engine less the engine without them.

# %%
for line in verdicts(findings):
    print("-", line.en)

# %% [markdown]
# ## The picture

# %%
SVG(all_pictures(findings)[0].svg)

# %% [markdown]
# ## What to conclude, and what not
#
# - **Do conclude**: on these awards the engine finds what comes next better than the best tuned simple scorer of the
#   same run, and the interval of the ratio lies above 1.
# - **Do conclude**: the graph is what it lives on. Without links, or with shuffled ones, it is worse than item-kNN.
# - **Do not conclude** that the neural network is needed here: where the interval of its share holds 0, trees over the
#   same graph do as well without it.
# - **Do not conclude** that Goyang's figures will be these: another country, other programmes, organisations with a
#   history. Companies without one are another question, which the slice of newcomers in a report answers.
# - **Do not conclude** that an organisation *should* apply. The experiment asks who was supported next, not who gained.
