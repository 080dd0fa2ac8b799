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
# # 빠진 사실 채우기 · Completing triples
#
# A graph of facts is never whole. The question of this notebook: **of facts that were taken out at random, how many
# does a model put back?** `head | relation | ?` and `? | relation | tail` are asked of every fact of the test, all
# entities of the right kind are ranked, and other answers that are known do not count as wrong (the filtered setting).
#
# The data are **real data**: who filed which of 1,325 patents of KIPRIS, and in which fields of technology they lie,
# from the sample that ships with the project.
#
# 특허, 출원 기관, 기술 분류를 잇는 사실의 일부를 지우고 다시 찾는 실험입니다. 무작위로 나눕니다.

# %%
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from IPython.display import SVG

from loaders.samples import FOLDER
from recommender.importers.registry import import_set
from recommender.lab import run_experiment
from recommender.report.pictures import all_pictures
from recommender.report.words import verdicts

# %% [markdown]
# ## 1. 사실을 세 줄기로 · Facts as triples
#
# A fact is a head, a relation and a tail. Fields are read at two levels, `H01L` and `H01`, and joined by `PART_OF`.

# %%
patents = pd.read_csv(FOLDER / "patents.csv", dtype=str, keep_default_na=False)
patent = "p" + patents["applicationNumber"]
filed = pd.DataFrame({"head": patents["applicant_orgs"].str.split("|"), "tail": patent}).explode("head")
filed["head"] = filed["head"].str.strip()
fields = pd.DataFrame({"head": patent, "tail": patents["ipc"].str.findall(r"[A-H]\d{2}[A-Z]")}).explode("tail").dropna()
wider = pd.DataFrame({"head": fields["tail"], "tail": fields["tail"].str[:3]})
triples = pd.concat(
    [
        filed.assign(relation="FILED"),
        fields.assign(relation="IN_FIELD"),
        wider.assign(relation="PART_OF"),
    ]
)[["head", "relation", "tail"]].drop_duplicates(ignore_index=True)
triples["relation"].value_counts().to_frame("facts")

# %% [markdown]
# ## 2. 나누기 · Split
#
# A tenth of the facts about patents is kept for choosing, a tenth for the test. A fact whose ends occur in no other
# fact stays, since nobody could put it back.

# %%
FEWEST, TEST, VALID = 3, 0.1, 0.2
draw = np.random.default_rng(0).random(len(triples))
often = triples["head"].map(triples["head"].value_counts()) + triples["tail"].map(triples["tail"].value_counts())
movable = (triples["relation"] != "PART_OF") & (often > FEWEST)
part = np.where(movable & (draw < TEST), "test", np.where(movable & (draw < VALID), "valid", "train"))
scratch = tempfile.TemporaryDirectory(prefix="dure-triples-")
source = Path(scratch.name) / "files"
source.mkdir()
for name in ("train", "valid", "test"):
    triples[part == name].to_csv(source / f"{name}.txt", sep="\t", header=False, index=False)
(folder,) = import_set("triples", source, Path(scratch.name) / "data", called="kipris-triples")
pd.Series(part, name="facts").value_counts().to_frame()

# %% [markdown]
# ## 3. 돌리기 · Run
#
# `auto` for triples is a stack: factorisations, rules, and a graph encoder without a vector for any entity, weighed on
# valid. Its parts stand beside it, each alone; controls are left out here, which saves minutes. On the command line:
#
# ```console
# $ dure experiment import triples files --name kipris-triples --out data
# $ dure experiment run data/kipris-triples --seeds 1 --budget 0.2 --only --model auto --model gnn --model ease …
# ```

# %%
models = ("relation-popularity", "path-rules", "ease", "complex", "gnn", "auto")
results = run_experiment(folder, models, Path(scratch.name) / "runs", seeds=1, budget=0.2, encoder="none", only=True)
findings = results.findings
shown = results.metrics.query("slice == 'all' and metric in ('mrr', 'hits@1', 'hits@10')")
shown.pivot_table(index="model", columns="metric", values="mean").sort_values("mrr", ascending=False).round(3)

# %%
for line in verdicts(findings):
    print("-", line.en)

# %% [markdown]
# ## 4. 그림 · The picture

# %%
SVG(all_pictures(findings)[0].svg)

# %% [markdown]
# ## What to conclude, and what not
#
# - **Do conclude**: which facts can be put back from the others, and which parts of the engine do so; the figures of
#   its parts stand beside it.
# - **Do conclude**: a popular answer is hard to beat where one organisation filed a third of all patents.
# - **Do not conclude** anything about the future: the split is random, so facts of the same year help each other. What
#   comes next is asked with a split by time (`first_look.ipynb`).
# - **Do not conclude** that a fact is false because its rank is low, nor that it is true because it is high.
