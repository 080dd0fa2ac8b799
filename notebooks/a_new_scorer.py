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
# # 새 채점기 서른 줄 · A new scorer in 30 lines, compared
#
# An idea for finding out who filed a patent: *whoever filed in the same technical fields lately, rare fields counting
# more*. Is that better than what is there? **Real data**: the patents of KIPRIS in the sample that ships with the
# project.
#
# "최근 같은 기술 분야에 출원한 기관일수록"이라는 생각을 채점기로 만들고, 기준선들과 같은 질의에서 짝지어 비교합니다.
# %%
import tempfile
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy import sparse

from loaders.samples import FOLDER
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.importers.patents import folders
from recommender.knowledge.folder.write import write_folder
from recommender.knowledge.known import Known, Questions
from recommender.lab.experiment import NO_ENCODER, Experiment, Request
from recommender.measure.arrays import Floats
from recommender.report.tables import main_table
from recommender.scorers.registry import simple_contenders

scratch = tempfile.TemporaryDirectory(prefix="dure-notebook-")
home = Path(scratch.name)
patents = pd.read_csv(FOLDER / "patents.csv", dtype=str, keep_default_na=False)
patents.assign(abstract="").to_csv(home / "patents_orgs_only.csv", index=False)
applicant = next(each for each in folders(home) if each.spec["name"] == "patents-applicant")
data = write_folder(home / "patents-applicant", applicant)
print((data / "dataset.toml").read_text(encoding="utf-8"))


# %% [markdown]
# ## 1. 채점기 · The scorer
#
# An estimator is a frozen dataclass of settings with `fit(known, rng)`; what it returns has `score(questions)`, one
# finite number for every node of the candidate label, higher is better. `known` holds nothing later than the window
# that will be asked, so a scorer cannot look ahead by accident.


# %%
@dataclass(frozen=True)
class FieldClock:
    """score(q, c) = Σ_f w_f Σ_{p in f, filed by c} 2^(-age_p / half-life) + prior · filings of c, w_f rarer = more."""

    half_life_days: float = 730.0
    prior: float = 0.01
    name: str = "field-clock"

    def fit(self, known: Known, _rng: np.random.Generator) -> "FieldClockScorer":
        """Count, for every field and organisation, the filings, old ones less."""
        facts = sparse.hstack(list(known.adjacency(known.task.query).values()), format="csr")
        age = np.nan_to_num((known.now - known.pairs.time) / np.timedelta64(1, "D"))
        fresh = 0.5 ** (age / self.half_life_days)
        shape = len(known.queries), len(known.candidates)
        filed = sparse.coo_array((fresh, (known.pairs.query, known.pairs.candidate)), shape=shape).tocsr()
        rarity = 1.0 / np.log(2.0 + np.asarray(facts.sum(axis=0)))
        facts = sparse.csr_array(facts @ sparse.diags_array(rarity))
        return FieldClockScorer(facts, (facts.T @ filed).tocsr(), self.prior * np.asarray(filed.sum(axis=0)))


@dataclass(frozen=True)
class FieldClockScorer:
    """``facts``: (patents, fields); ``experience``: (fields, organisations); ``prior``: (organisations,)."""

    facts: sparse.csr_array
    experience: sparse.csr_array
    prior: Floats

    def score(self, questions: Questions) -> Floats:
        """Sum the experience in the fields of each patent."""
        return ((self.facts[questions.query] @ self.experience).toarray() + self.prior).astype(np.float32)


# %% [markdown]
# ## 2. 같은 시험 · The same bench for all
#
# The settings of the new scorer are chosen on valid, as those of the baselines are; no more variants than they have. A
# baseline left untuned would be a gift to the new idea.
#
# Change the *code* of your scorer and run again: it is fitted anew, and the finished fits of the baselines are used
# again. Fits are told apart by settings, by the project's code, and by what your own classes and functions do.

# %%
baselines = ("popularity", "recent-popularity", "conditional-popularity", "content-knn", "basket-knn", "graph-walk")
mine = tuple(FieldClock(days, prior) for days in (365.0, 1_095.0, 3_650.0) for prior in (0.01, 0.1))


def available(bench: Bench, _means: object) -> tuple[Variants, Variants]:
    """Put the new scorer beside the simple ones that suit the data."""
    return simple_contenders(bench.known("valid")) | {"field-clock": mine}, {}


wanted = ModelChoice((*baselines, "field-clock"), only=True)
experiment = Experiment(Request(data, home / "run", wanted, seeds=2, encoder=NO_ENCODER), available=available)
findings = experiment.run()
table = main_table(findings)
pd.DataFrame(table.rows, columns=table.header)

# %% [markdown]
# ## 3. 제대로 된 채점기인가 · Does it keep the contract?
#
# Before a figure is believed: does a question get the same scores alone as in a batch, and does a fact of tomorrow
# change anything? Both are faults that make a scorer look better than it is.

# %%
bench = experiment.bench
known = bench.known("test")
scorer = FieldClock().fit(known, np.random.default_rng(0))
some = np.arange(len(known.queries))[-50:]
together = scorer.score(known.history_of(some))
alone = np.concatenate([scorer.score(known.history_of(some[[place]])) for place in range(len(some))])
earlier = known.before(known.start - np.timedelta64(365, "D"))
print("finite:", np.isfinite(together).all(), "| alone as in a batch:", np.allclose(together, alone))
print("newest fact it learned from:", known.pairs.time.max().astype("datetime64[D]"), "| window starts:", known.start)
fewer = FieldClock().fit(earlier, np.random.default_rng(0)).score(known.history_of(some))
print("learning from a year less changes scores:", not np.allclose(together, fewer))

# %% [markdown]
# ## 4. 짝지은 비교 · The paired comparison
#
# Every patent is a question to both. What counts is the difference on the same patent, resampled 2,000 times: the
# interval of the mean difference, not whether two intervals overlap.

# %%
comparisons = [findings.test.compare("field-clock", name, "all", "mrr") for name in baselines]
gains = pd.DataFrame(
    [
        (each.against, each.difference.mean, each.difference.low, each.difference.high, each.difference.p_value)
        for each in comparisons
    ],
    columns=["against", "Δ MRR", "low", "high", "p"],
).set_index("against")
gains.round(4)

# %%
values = pd.read_parquet(home / "run" / "queries.parquet")
rival = max(baselines, key=lambda name: values[f"{name}|mrr"].mean())
difference = values["field-clock|mrr"] - values[f"{rival}|mrr"]
verdict = pd.Series(np.sign(difference)).map({1.0: "better", 0.0: "equal", -1.0: "worse"}).value_counts()
print(f"against {rival}, the best of the baselines on test:", verdict.to_dict())
sentence = (
    "better" if gains.loc[rival, "low"] > 0 else "worse" if gains.loc[rival, "high"] < 0 else "no difference shown"
)
print("verdict on the mean:", sentence)

# %% [markdown]
# ## 5. 그림 · The picture
#
# Left: the gain over each baseline with its interval. Right: the same gain patent by patent, sorted. A mean can come
# from a few patents that gain much, or from many that gain a little; the right picture tells which.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4), width_ratios=(1, 1.1))
for place, (_, row) in enumerate(gains.iloc[::-1].iterrows()):
    colour = "#1f7a4d" if row["low"] > 0 else "#b5541c" if row["high"] < 0 else "#5b6b7b"
    left.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=2.5)
    left.plot(row["Δ MRR"], place, "o", color=colour)
left.set_yticks(range(len(gains)), gains.index[::-1])
left.axvline(0, color="black", linewidth=0.8)
left.set(xlabel="MRR of field-clock minus that of ...", title="Mean gain, 95 % paired interval")
ordered = np.sort(difference.to_numpy())[::-1]
right.fill_between(range(len(ordered)), ordered, where=ordered > 0, color="#1f7a4d", step="mid")
right.fill_between(range(len(ordered)), ordered, where=ordered < 0, color="#b5541c", step="mid")
right.axhline(0, color="black", linewidth=0.8)
right.set(
    xlabel="patents, sorted by gain", ylabel="difference in MRR", title=f"field-clock against {rival}, one by one"
)
for axes in (left, right):
    axes.grid(visible=True, color="#e3e8ee")
figure.tight_layout()
plt.show()

# %% [markdown]
# ## 결론 · What to conclude, and what not
#
# - **Do conclude** what the sentence under section 4 says, and no more: better, worse, or no difference shown, on this
#   window, against the hardest baseline. That a new idea beats popularity is not yet an argument for it.
# - **Do conclude** that a page like this one is worth making when the answer is *worse*. Most ideas end so, and one
#   that is told saves the next analyst a week.
# - **Do conclude** from the right picture on whom the difference rests. Equal on most patents means that both know the
#   same thing.
# - **Do not conclude** from *no difference shown* that both are equally good. The interval says how large a difference
#   these patents could have overlooked.
# - **Do not conclude** from the sixth idea tried on this test window that it is better: each look at test uses it up.
#   Try ideas on valid; the table of the report holds all valid figures.
# - **Do not conclude** that recency matters because the formula has it. Look at which half-life valid chose, and
#   compare with one that is endless.
#
# 최선의 기준선과 짝지은 구간만 결론입니다. "차이가 보이지 않음"은 "같음"이 아닙니다.
