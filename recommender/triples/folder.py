"""An experiment folder of kind ``triples`` as numbered triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from graph_schema.errors import NotFoundError
from graph_schema.wording import Wording
from recommender.knowledge.dataset import Dataset, Edges
from recommender.knowledge.spec import SplitSpec
from recommender.knowledge.stages import TEST, TRAIN, VALID, EmptyWindowError, drawn, moment
from recommender.measure.arrays import Indices, Splits
from recommender.triples.data import Queries, Triples

_SHOWN = 10
"""Relations that an error names: as many as a screen's line or two hold."""


@dataclass(frozen=True)
class NamedTriples:
    """Triples with the ids of their N entities, label after label, and the names of their R relations.

    Names of relations are unique. Ids are as in the files: two labels may share some, and the relation of a question
    says which label is meant.
    """

    triples: Triples
    entities: tuple[str, ...]
    relations: tuple[str, ...]

    def texts(self, queries: Queries) -> list[str]:
        """Write each question as in the run files: ``head|relation|?`` or ``?|relation|tail``."""
        size = len(self.relations)
        return [
            f"{self.entities[anchor]}|{self.relations[relation]}|?"
            if relation < size
            else f"?|{self.relations[relation - size]}|{self.entities[anchor]}"
            for anchor, relation in zip(queries.anchor.tolist(), queries.relation.tolist(), strict=True)
        ]

    def questions(self, texts: Sequence[str]) -> Queries:
        """Read what ``texts`` writes; raises ``NotFoundError`` where entity or relation is not one of the folder."""
        found = [self._question(each) for each in texts]
        places = np.array(found, dtype=np.int64).reshape(-1, 2)
        return Queries(places[:, 0], places[:, 1])

    def _question(self, text: str) -> tuple[int, int]:
        """Return entity and directed relation."""
        for relation, label, entity in self._readings(text):
            if (label, entity) in self._places:
                return self._places[label, entity], relation
        raise self._unknown(text)

    def _readings(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield directed relation, label and id of the entity, in each way to read a question: ids may hold ``|``."""
        for number, name in enumerate(self.relations):
            ahead, behind = f"?|{name}|", f"|{name}|?"
            if text.endswith(behind):
                yield number, int(self.triples.head_types[number]), text.removesuffix(behind)
            if text.startswith(ahead):
                yield number + len(self.relations), int(self.triples.tail_types[number]), text.removeprefix(ahead)

    @cached_property
    def _places(self) -> dict[tuple[int, str], int]:
        """Place of each entity by label and id."""
        labels = self.triples.entity_types.tolist()
        return {key: place for place, key in enumerate(zip(labels, self.entities, strict=True))}

    def _unknown(self, text: str) -> NotFoundError:
        known = (*self.relations, *self.entities)
        unknown = [part for part in text.split("|") if part != "?" and part not in known]
        near = [name for part in unknown for name in get_close_matches(part, known, 2)]
        names = ", ".join(dict.fromkeys(near)) or ", ".join(self.relations[:_SHOWN])
        return NotFoundError(
            Wording(
                f"폴더에 없는 질의: {text!r}. id와 관계를 head|relation|? 또는 ?|relation|tail로 적으십시오. "
                f"{'비슷한 이름' if near else '있는 관계'}: {names}",
                f"{text!r} is not a question of the folder; write head|relation|? or ?|relation|tail, with ids and "
                f"relations of its edges; {'near are' if near else 'relations are'} {names}",
            )
        )


def read_triples(dataset: Dataset) -> NamedTriples:
    """Return the triples of a folder by number, divided as ``[split]`` says.

    Every edge file is a relation. Rows without a split, and context rows, are known from the start. A triple in
    several rows is drawn once, and is as old as the earliest of them; where a column splits, it is in the splits of
    all. Raises ``EmptyWindowError`` where a window holds none.
    """
    labels = list(dataset.nodes)
    sizes = [len(dataset.nodes[label]) for label in labels]
    first = dict(zip(labels, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
    kind = {label: number for number, label in enumerate(labels)}
    rows = [_numbered(edges, number, first) for number, edges in enumerate(dataset.relations)]
    codes = _codes(dataset, np.concatenate(rows), sum(sizes))
    windows = {code: np.unique(np.concatenate(rows)[codes == code], axis=0) for code in (TRAIN, VALID, TEST)}
    for code, name in ((VALID, "valid"), (TEST, "test")):
        if not len(windows[code]):
            raise EmptyWindowError(
                Wording(
                    f"{dataset.folder}: {name} 구간에 트리플이 없습니다. dataset.toml의 [split]을 확인하십시오",
                    f"{dataset.folder} has no triple in the {name} window; look at [split] in dataset.toml",
                )
            )
    triples = Triples(
        sum(sizes),
        len(dataset.relations),
        windows[TRAIN],
        windows[VALID],
        windows[TEST],
        np.repeat(np.arange(len(labels)), sizes).astype(np.int64),
        np.array([kind[edges.source] for edges in dataset.relations], dtype=np.int64),
        np.array([kind[edges.target] for edges in dataset.relations], dtype=np.int64),
    )
    entities = tuple(each for label in labels for each in dataset.nodes[label].ids)
    return NamedTriples(triples, entities, _relation_names(dataset.relations))


def _relation_names(relations: Sequence[Edges]) -> tuple[str, ...]:
    """Name each relation as its file does; in full, with the labels at its ends, where the short name is another's."""
    count = Counter(edges.name for edges in relations)
    full = tuple("__".join(edges.key) for edges in relations)
    found = tuple(edges.name if count[edges.name] == 1 else whole for edges, whole in zip(relations, full, strict=True))
    # A short name may read as another's full one; file names, which the full ones are, never meet.
    return found if len(set(found)) == len(found) else full


def _numbered(edges: Edges, relation: int, first: dict[str, int]) -> Indices:
    head, tail = edges.src + first[edges.source], edges.dst + first[edges.target]
    return np.stack([head, np.full(len(head), relation), tail], axis=1).astype(np.int64)


def _codes(dataset: Dataset, rows: Indices, n_entities: int) -> Splits:
    """Window of each row, a place in ``SPLITS``; a draw by entity is by the head."""
    split = dataset.spec.split
    rng = np.random.default_rng(split.seed)
    if split.kind == "inductive":
        return drawn(n_entities, split.share, rng)[rows[:, 0]]
    triple = _triple_of(rows)
    if split.kind == "random":
        return drawn(int(triple.max(initial=-1)) + 1, split.share, rng)[triple]
    codes = np.concatenate([_codes_of_relation(edges, split) for edges in dataset.relations])
    return _earliest(codes, triple) if split.kind == "global_time" else codes


def _triple_of(rows: Indices) -> Indices:
    """Return the number of the triple in each row, shape (rows,), counted in the order in which they first appear."""
    _, first, place = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[place.reshape(-1)], dtype=np.int64)


def _earliest(codes: Splits, triple: Indices) -> Splits:
    """Give every row of a triple the earliest window of them all."""
    found = np.full(len(codes), TEST, dtype=np.int8)
    np.minimum.at(found, triple, codes)
    return found[triple]


def _codes_of_relation(edges: Edges, split: SplitSpec) -> Splits:
    if split.kind == "column":
        return np.where(np.isin(edges.split, (VALID, TEST)), edges.split, TRAIN).astype(np.int8)
    first, second = moment(split.train_before), moment(split.valid_before)
    return np.select([edges.time >= second, edges.time >= first], [TEST, VALID], TRAIN).astype(np.int8)
