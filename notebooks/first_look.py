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
# This notebook looks at the graph through `networkx` and runs one link-prediction experiment: **which organisations
# will file a patent together for the first time?** It uses the snapshot in `DURE_HOME` where there is one, and
# otherwise loads the patents of the sample that ships with the project. Both are real public data (KIPRIS).
#
# 공동 출원은 연구개발 협력의 흔적입니다. 과거의 공동 출원만 보고 이후의 새 협력 상대를 맞힐 수 있는지 시험합니다.

# %%
import os
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from IPython.display import SVG

from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from recommender.knowledge.tasks import get_task
from recommender.publish.contenders import contenders, simple_contenders
from recommender.served.evaluation.figures import Settings
from recommender.served.evaluation.picture import metric_picture
from recommender.served.evaluation.report import conditions, text_table
from recommender.served.evaluation.runner import evaluate
from recommender.snapshot.network import to_networkx
from recommender.snapshot.snapshot import Snapshot, open_snapshot, write_snapshot
from recommender.text.encoder import load_encoder, node_texts
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
# was gathered before it says anything about the city. It also means that *popularity alone* will be hard to beat.

# %% [markdown]
# ## The experiment
#
# Time is cut twice. Scorers learn from facts before the first cut, choose their settings on the pairs between the
# cuts, learn anew from all facts before the second cut, and are then asked once about the pairs after it. Each asker
# has all organisations ranked, without itself and its earlier partners. Ties count as the mean over random orders.
#
# The contenders: chance, popularity, content-kNN, popularity among peers, item-kNN, a graph walk, and the graph neural
# network. The simple ones are tuned on the same pairs as it is.
#
# Text is needed of askers and candidates only: patents get empty vectors here, which saves a minute.

# %%
encoder = load_encoder(cache=home / "text-vectors.sqlite" if home.exists() else None)
vectors = {
    node: np.zeros((len(snapshot.nodes(node)), encoder.dimension), dtype=np.float32)
    for node in {r.source for r in snapshot.relations()} | {r.target for r in snapshot.relations()}
}
for label in ("Company", "Institution"):
    texts = [
        "" if made_up else text
        for text, made_up in zip(
            node_texts(snapshot, label), snapshot.nodes(label).column("synthetic").to_pylist(), strict=True
        )
    ]
    vectors[label] = encoder.encode(texts, "passage")

report = evaluate(
    snapshot,
    get_task("partners"),
    (*simple_contenders(), *contenders(["gnn"])),
    vectors,
    Settings(seeds=(0, 1, 2), metrics=("ndcg@10", "recall@10", "mrr")),
)
for line in conditions(report):
    print("-", line)

# %%
header, rows = text_table(report)
pd.DataFrame(rows, columns=header).set_index("scorer")

# %% [markdown]
# ## Who is asked matters
#
# An organisation that never filed with anyone before (*cold*) and one with partners already are different questions.

# %%
slices = {
    name: {scorer.name: scorer.slices[name]["ndcg@10"].mean for scorer in report.scorers}
    for name in ("all", "warm", "few_shot", "cold")
    if report.test.queries[name]
}
pd.DataFrame(slices).rename(columns=lambda name: f"{name} ({report.test.queries[name]})").round(3)

# %% [markdown]
# ## The picture

# %%
SVG(metric_picture(report))

# %% [markdown]
# ## What to conclude, and what not
#
# - **Do conclude**: in these data "recommend whom everyone files with" is the scorer to beat, and newcomers are why: a
#   first joint patent is nearly always one with a hub. A model that does not beat popularity *here* has shown nothing.
# - **Do conclude**: for askers with partners of their own popularity is much weaker, since they know the hubs already.
#   That is where knowledge of the graph can help.
# - **Do not conclude** that popularity is good advice for the city: the sample was collected around two universities,
#   so their new partners are in it and other pairs are mostly not.
# - **Do not conclude** that the network beats popularity, or the other way round, where the interval of Δ holds 0: a
#   few dozen askers and fewer independent events give wide intervals, and these data cannot show a small difference.
# - **Do not conclude** that two organisations *should* work together. The experiment asks who filed together next, not
#   who gained by it.
