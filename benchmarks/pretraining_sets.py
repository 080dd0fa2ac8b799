"""Public sets that pretrained weights are learned from and judged on, each opened with its windows and episodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from recommender.engine.episodes import Style
from recommender.engine.pool import blocked_cells
from recommender.engine.pretrained.canonical import CanonicalFeaturizer, CanonicalPools
from recommender.engine.pretrained.canonical_episodes import (
    CanonicalEpisode,
    CanonicalEpisodeConfig,
    asks_for_unseen,
    canonical_episodes,
    unseen_episodes,
)
from recommender.importers.registry import import_set
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.stages import Stage, build_stage
from recommender.measure.arrays import Floats, Values
from recommender.measure.metrics import ndcg
from recommender.measure.ranks import rank_positives
from recommender.scorers.content import has_text
from recommender.text.encoder import NODE_ROLE, load_encoder

STAGES: Final = ("valid", "test")
_DEPTH: Final = 10
_UNRANKED: Final = -1e3


@dataclass(frozen=True)
class PublicSet:
    """A folder that ``importer`` makes of files below the shared one; sets of one ``source`` are left out together.

    ``ships``: the terms of the source let anybody pass on what is learned from it, so the weights of the package are
    learned from it. Of ``large`` sets less is learned from, and pools are smaller.
    """

    folder: str
    importer: str
    files: str
    source: str
    ships: bool
    large: bool = False

    @property
    def episodes(self) -> CanonicalEpisodeConfig:
        """How much is learned from."""
        return CanonicalEpisodeConfig(3, 60, pool=self.pool) if self.large else CanonicalEpisodeConfig(6, 300)

    @property
    def pool(self) -> int:
        """Candidates of a pool."""
        return 300 if self.large else 1_000


SETS: Final = (
    PublicSet("thueringen-measures", "thueringen", "bench/thueringen-erdf", "Thüringen", ships=False),
    PublicSet("thueringen-companies", "thueringen", "bench/thueringen-erdf", "Thüringen", ships=False),
    PublicSet("miyagi-programmes", "miyagi", "bench/miyagi-subsidies", "Miyagi", ships=True),
    PublicSet("miyagi-programmes-no-farm", "miyagi", "bench/miyagi-subsidies", "Miyagi", ships=True),
    PublicSet("sbir-agency", "sbir", "bench/sbir", "SBIR", ships=True),
    PublicSet("sbir-topics", "sbir", "bench/sbir", "SBIR", ships=True, large=True),
    PublicSet("slovenia-calls", "slovenia", "bench/slovenia-sf", "Slovenia", ships=False),
    PublicSet("slovenia-organisations", "slovenia", "bench/slovenia-sf", "Slovenia", ships=False),
    PublicSet("h2020-P-2019", "h2020", "bench/h2020", "Horizon 2020", ships=True, large=True),
    PublicSet("h2020-C-2019", "h2020", "bench/h2020", "Horizon 2020", ships=True, large=True),
    PublicSet("patents-applicant", "patents", "data/patents", "Patents", ships=False),
    PublicSet("patents-co-applicant", "patents", "data/patents", "Patents", ships=False),
)


class OpenSet:
    """A set in memory: its windows, their pools and episodes, each made when first asked for.

    Files are imported below ``out``; of each window ``most`` questions at most are asked, drawn with a fixed seed.
    """

    def __init__(self, each: PublicSet, shared: Path, out: Path, vectors: Path, most: int) -> None:
        self.each = each
        folder = out / each.folder
        if not folder.exists():
            import_set(each.importer, shared / each.files, out)
        dataset = read_dataset(folder)
        ends = {dataset.spec.task.query, dataset.spec.task.candidate}
        texts = {label: dataset.nodes[label].texts for label in sorted(ends)}
        encoder = load_encoder(cache=vectors)
        known = {label: encoder.encode(text, NODE_ROLE) for label, text in texts.items() if text is not None}
        stages = {name: build_stage(dataset, name, known) for name in STAGES}
        self.style = Style.of(stages["valid"])
        self.stages = {name: _sampled(stage, most) for name, stage in stages.items()}

    @cached_property
    def pools(self) -> Mapping[str, CanonicalPools]:
        """Pools of the questions of both windows."""
        return {
            name: CanonicalFeaturizer(stage.known).pools(stage.questions, self.each.pool)
            for name, stage in self.stages.items()
        }

    @cached_property
    def episodes(self) -> Mapping[str, list[CanonicalEpisode]]:
        """Episodes from before each window."""
        return {
            name: canonical_episodes(stage.known, self.style, self.each.episodes, np.random.default_rng(0))
            for name, stage in self.stages.items()
        }

    @cached_property
    def taught(self) -> list[CanonicalEpisode]:
        """Episodes for other sets: those from before the test, and windows that ask for candidates never seen."""
        known = self.stages["test"].known
        episodes = list(self.episodes["test"])
        if has_text(known, known.task.candidate) and not (known.same_label or asks_for_unseen(known)):
            config = replace(self.each.episodes, windows=4)
            episodes += unseen_episodes(known, self.style, config, np.random.default_rng(0))
        return episodes

    def values(self, stage: str, rows: Floats) -> Values:
        """NDCG@10 of scores of the pool's rows; what is outside a pool stands below."""
        asked, pools = self.stages[stage].questions, self.pools[stage]
        scores = np.full((len(asked), asked.n_candidates), _UNRANKED, np.float32)
        scores[pools.question, pools.candidate] = rows
        scores[blocked_cells(asked, self.stages[stage].known)] = scores.min() - 1.0
        scores[self.stages[stage].masked.toarray() > 0] = scores.min()
        return ndcg(rank_positives(scores, self.stages[stage].positives), _DEPTH)

    @property
    def questions(self) -> list[str]:
        """Ids of who is asked in the test window."""
        stage = self.stages["test"]
        return [stage.known.queries.ids[place] for place in stage.questions.query.tolist()]


def _sampled(stage: Stage, most: int) -> Stage:
    """Ask some of the questions, without the answers of the window."""
    rows = np.arange(len(stage.questions))
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(1).choice(rows, most, replace=False))
    return replace(
        stage,
        known=stage.known.known_only,
        questions=stage.questions.take(rows),
        positives=stage.positives[rows],
        masked=stage.masked[rows],
        groups=stage.groups[rows],
    )
