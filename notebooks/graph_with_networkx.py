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
# # 그래프를 networkx와 pandas로 · The city's graph through networkx and pandas
#
# What does the graph hold, how is it wired, and how much of what one sees is the city rather than the way the data
# were gathered? Everything here is **real data**: the sample of public registers that ships with the project (patents
# from KIPRIS, notices of Bizinfo, K-Startup and NTIS, knowledge industry centres, code tables).
#
# 표본으로 실린 실제 공공데이터만 씁니다. 그래프의 모양이 도시의 모습인지, 자료를 모은 방식의 흔적인지 가려 봅니다.

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd

from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from recommender.snapshot.network import to_networkx
from recommender.snapshot.snapshot import write_snapshot
from stores.embedded import EmbeddedStore

# %% [markdown]
# ## 1. 적재와 스냅샷 · Load the sample, take a snapshot
#
# A snapshot is an immutable copy of the graph: equal rows give an equal id. To look at a graph of your own instead:
# `open_snapshot(Path("dure-data/snapshots"))` from `recommender.snapshot.snapshot`.

# %%
scratch = tempfile.TemporaryDirectory(prefix="dure-notebook-")
home = Path(scratch.name)
with EmbeddedStore(home / "graph.duckdb") as store:
    store.migrate()
    reports = [
        load(find_source(name), [path], store, quarantine_dir=home / "quarantine") for name, path in sample_loads()
    ]
    snapshot = write_snapshot(store, home / "snapshots")
print("snapshot", snapshot.id[:12])
pd.DataFrame([(each.source, each.read, each.loaded, each.quarantined) for each in reports]).set_axis(
    ["source", "read", "loaded", "quarantined"], axis=1
).groupby("source", sort=False).sum()

# %% [markdown]
# ## 2. 표로 보기 · As tables
#
# `to_networkx` gives a `MultiDiGraph`: nodes are named `Label:id` and carry `label`, `caption`, `synthetic`; edges
# carry `type`, `source` (the register), `on` (a day, where the register tells one) and `synthetic`. From there it is
# two data frames.

# %%
graph = to_networkx(snapshot)
nodes = pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index")
edges = pd.DataFrame(
    [(src, dst, data["type"], data["source"], data.get("on")) for src, dst, data in graph.edges(data=True)],
    columns=["src", "dst", "type", "register", "on"],
)
assert not nodes["synthetic"].any()
edges["relation"] = (
    nodes["label"].loc[edges["src"]].to_numpy()
    + " "
    + edges["type"]
    + " "
    + nodes["label"].loc[edges["dst"]].to_numpy()
)
by_relation = edges.groupby("relation").agg(
    edges=("src", "size"),
    sources=("src", "nunique"),
    targets=("dst", "nunique"),
    dated=("on", lambda days: days.notna().mean()),
)
by_relation.sort_values("edges", ascending=False).round({"dated": 2})

# %% [markdown]
# Read the last column first. Only dated relationships can be asked about "as of a day"; the others were simply always
# there as far as the data say. A backtest on undated facts knows the future without noticing.
#
# 날짜가 없는 관계는 "그날까지 알려진 것"을 가릴 수 없습니다.
# 과거 시점으로 돌아가는 실험에 그대로 쓰면 미래를 미리 보게 됩니다.

# %% [markdown]
# ## 3. 누가 함께 출원했나 · Who files patents together
#
# One node an organisation, one edge a pair; the weight is the number of joint patents.

# %%
joint = edges[edges["type"] == "CO_FILED_WITH"]
pairs = joint.assign(
    a=joint[["src", "dst"]].min(axis=1), b=joint[["src", "dst"]].max(axis=1), year=pd.to_datetime(joint["on"]).dt.year
)
weights = pairs.groupby(["a", "b"]).agg(patents=("on", "size"), first=("year", "min")).reset_index()
partners = nx.from_pandas_edgelist(weights, "a", "b", ["patents", "first"])
table = pd.DataFrame(
    {
        "organisation": nodes["caption"],
        "partners": pd.Series(dict(partners.degree())),
        "joint patents": pd.Series(dict(partners.degree(weight="patents"))),
        "betweenness": pd.Series(nx.betweenness_centrality(partners)),
    }
).dropna(subset="partners")
table[["partners", "joint patents"]] = table[["partners", "joint patents"]].astype(int)
table = table.sort_values("partners", ascending=False)
print(partners.number_of_nodes(), "organisations,", partners.number_of_edges(), "pairs")
table.head(8).set_index("organisation").round({"betweenness": 2})

# %% [markdown]
# ## 4. 수집 방식의 흔적 · How much of this is the way the data were gathered?
#
# The sample was collected by asking for the patents of two universities. A graph gathered around a node makes that node
# a hub. The test is simple: take the hubs out and see what holds the rest together.

# %%
hubs = list(table.index[:2])
rest = partners.copy()
rest.remove_nodes_from(hubs)


def shape(network: nx.Graph) -> dict[str, object]:
    """Describe a network in five figures."""
    parts = sorted(map(len, nx.connected_components(network)), reverse=True)
    return {
        "organisations": network.number_of_nodes(),
        "pairs": network.number_of_edges(),
        "in the largest part": f"{parts[0] / network.number_of_nodes():.0%}",
        "without any partner": f"{np.mean([degree == 0 for _, degree in network.degree()]):.0%}",
        "clustering": f"{nx.average_clustering(network):.2f}",
    }


pd.DataFrame({"as loaded": shape(partners), "without the two hubs": shape(rest)})

# %% [markdown]
# ## 5. 우연보다 뭉쳐 있나 · More clustered than chance?
#
# A clustering coefficient alone says little: hubs produce triangles by themselves, and one patent of four applicants
# makes a clique. So it is held against networks with the **same degrees**, wired at random.

# %%
rng = np.random.default_rng(0)
wired = []
for _ in range(100):
    swapped = partners.copy()
    swaps = 5 * swapped.number_of_edges()
    nx.double_edge_swap(swapped, nswap=swaps, max_tries=100 * swaps, seed=int(rng.integers(1 << 31)))
    wired.append(nx.average_clustering(swapped))
low, high = np.percentile(wired, (2.5, 97.5))
print(f"clustering {nx.average_clustering(partners):.2f}")
print(f"at random with the same degrees {np.mean(wired):.2f}, 95 % of the networks in [{low:.2f}, {high:.2f}]")

# %% [markdown]
# ## 6. 그림 · The picture
#
# Left: the pairs, the two hubs in orange; size is the number of partners. Numbers are those of the table below, so that
# the picture needs no Korean font. Right: how many organisations have at least so many partners, as loaded and without
# the hubs.

# %%
named = list(table.index[:10])
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5.4), width_ratios=(1.5, 1))
place = nx.spring_layout(partners, seed=3, k=0.32, iterations=60)
size = [18 + 6 * partners.degree(node) for node in partners]
colour = ["#b5541c" if node in hubs else "#2a6f97" for node in partners]
nx.draw_networkx_edges(partners, place, ax=left, alpha=0.25)
nx.draw_networkx_nodes(partners, place, ax=left, node_size=size, node_color=colour, linewidths=0)
nx.draw_networkx_labels(
    partners,
    place,
    {node: str(number) for number, node in enumerate(named, 1)},
    ax=left,
    font_size=8,
    font_color="white",
)
left.set_title(f"Joint patents: {partners.number_of_nodes()} organisations, {partners.number_of_edges()} pairs")
left.axis("off")
for network, label, line in ((partners, "as loaded", "#b5541c"), (rest, "without the two hubs", "#2a6f97")):
    degrees = np.sort([degree for _, degree in network.degree()])[::-1]
    right.step(degrees, np.arange(1, len(degrees) + 1), where="post", label=label, color=line)
right.set(
    xscale="symlog", yscale="log", xlabel="partners, at least", ylabel="organisations", title="Who has many partners"
)
right.grid(visible=True, color="#e3e8ee")
right.legend()
figure.tight_layout()
plt.show()
pd.DataFrame({"number": range(1, 11), "organisation": nodes.loc[named, "caption"].to_numpy()}).set_index("number").T

# %% [markdown]
# ## 결론 · What to conclude, and what not
#
# - **Do conclude**: in this sample the two universities hold nearly everything together; without them most
#   organisations have no partner left. Any scorer that learns "recommend the hub" will look good on it.
# - **Do conclude**: organisations cluster more than random networks with the same degrees do (section 5). That
#   comparison is the statement; the bare coefficient is not.
# - **Do not conclude** that this clustering shows circles of trust: one patent of three applicants is a triangle by
#   itself, which rewired pairs are not. To ask for more than that, rewire patents and applicants instead.
# - **Do not conclude** that the two universities are the centre of the city's innovation. They are the centre of the
#   query by which the sample was gathered.
# - **Do not conclude** that organisations without partners work alone. Joint patents are one trace of working together;
#   contracts, staff and purchases leave none here.
# - **Do not conclude** from betweenness that an organisation *mediates*: a path through a hub is no introduction.
#
# 표본의 중심은 도시의 중심이 아니라 수집 질의의 중심입니다.
# 무작위로 이은 같은 차수의 그래프와 견준 값만 결론으로 삼으십시오.
