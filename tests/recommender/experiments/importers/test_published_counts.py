"""The real files give the counts that are published, and the same bytes each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from recommender.experiments.dataset import SPLITS, Dataset, Edges, read_dataset
from recommender.experiments.importers.registry import import_set
from tests.recommender.experiments.importers.contents import bytes_of

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def sets(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import every set that is at hand."""
    out = tmp_path_factory.mktemp("sets")
    for name, path in _sources(shared_data).items():
        import_set(name, path, out)
    return out


def _sources(shared_data: Path) -> dict[str, Path]:
    bench = shared_data.parent / "bench"
    if not bench.is_dir():
        pytest.skip(f"public sets are not at hand: {bench} does not exist")
    names = ("h2020", "lastfm-kg", "codex-s", "umls")
    return {**{name: bench / name for name in names}, "patents": shared_data / "patents"}


def _read(folder: Path) -> Dataset:
    dataset = read_dataset(folder)
    assert dataset.quarantine == ()
    assert dataset.notes == ()
    return dataset


def _sizes(edges: Edges) -> dict[str, int]:
    return {SPLITS[code]: count for code, count in sorted(Counter(edges.split.tolist()).items())}


def _pairs(edges: Edges, begin: str, end: str) -> set[tuple[int, int]]:
    """Return pairs of a span of time in both directions."""
    chosen = edges.take((edges.time >= np.datetime64(begin)) & (edges.time < np.datetime64(end)))
    pairs = set(zip(chosen.src.tolist(), chosen.dst.tolist(), strict=True))
    return pairs | {(dst, src) for src, dst in pairs}


def test_importing_twice_gives_the_same_bytes(sets: Path, shared_data: Path, tmp_path: Path) -> None:
    for name, path in _sources(shared_data).items():
        for again in import_set(name, path, tmp_path):
            assert bytes_of(again) == bytes_of(sets / again.name)


def test_lastfm_has_its_published_counts(sets: Path) -> None:
    dataset = _read(sets / "lastfm-kg")
    assert _sizes(dataset.target) == {"train": 17_350, "valid": 1_907, "test": 1_916}
    assert len(np.unique(dataset.target.src[dataset.target.split == SPLITS.index("test")])) == 1_867
    assert {label: len(nodes) for label, nodes in dataset.nodes.items()} == {
        "User": 1_872,
        "Item": 3_846,
        "Entity": 9_366 - 3_846,
    }
    assert sum(map(len, dataset.context)) == 15_518
    assert len({edges.name for edges in dataset.context}) == 60


@pytest.mark.parametrize(
    ("name", "entities", "relations", "sizes"),
    [("codex-s", 2_034, 42, (32_888, 1_827, 1_828)), ("umls", 135, 46, (5_216, 652, 661))],
)
def test_triples_have_their_published_counts(
    sets: Path, name: str, entities: int, relations: int, sizes: tuple[int, int, int]
) -> None:
    dataset = _read(sets / name)
    total = sum((Counter(_sizes(edges)) for edges in dataset.relations), Counter())
    assert (len(dataset.nodes["Entity"]), len(dataset.relations)) == (entities, relations)
    assert total == dict(zip(("train", "valid", "test"), sizes, strict=True))


def test_consortia_are_asked_as_often_as_prototypes_did(sets: Path) -> None:
    """1,396 projects of 2019 have four known members or more, and each has something hidden and its context."""
    target = _read(sets / "h2020-C-2019").target
    assert _sizes(target) == {
        "train": 61_964,
        "valid": 9_399,
        "test": 11_293,
        "valid_context": 7_818,
        "test_context": 10_067,
    }
    for window, queries, candidates, positives in (("valid", 1_145, 20_508, 5_823), ("test", 1_396, 24_256, 7_786)):
        begin = np.datetime64({"valid": "2018-01-01", "test": "2019-01-01"}[window])
        known = np.unique(target.src[target.time < begin])
        hidden = target.take((target.split == SPLITS.index(window)) & np.isin(target.src, known))
        shown = target.dst[target.split == SPLITS.index(f"{window}_context")]
        assert (len(np.unique(hidden.dst)), len(known), len(hidden)) == (queries, candidates, positives)
        assert np.isin(hidden.dst, shown).all()


def test_partners_are_asked_as_often_as_prototypes_did(sets: Path) -> None:
    """2,288 companies with history have a new partner in 2019; the folder also asks those without history."""
    dataset = _read(sets / "h2020-P-2019")
    assert len(dataset.target) == 854_459
    asked = np.flatnonzero(dataset.nodes["Organisation"].matching({"type": "PRC"}))
    for begin, end, queries, warm in (("2018", "2019", 4_260, 1_982), ("2019", "2020", 4_587, 2_288)):
        past = _pairs(dataset.target, "2014", begin)
        known = {first for first, _ in past}
        new = {first for first, second in _pairs(dataset.target, begin, end) - past if second in known}
        new &= set(asked.tolist())
        assert (len(new), len(new & known)) == (queries, warm)


def test_patents_have_166_organisations(sets: Path) -> None:
    dataset = _read(sets / "patents-applicant")
    assert {label: len(nodes) for label, nodes in dataset.nodes.items()} == {
        "Organisation": 166,
        "Patent": 1_325,
        "TechField": 425,
    }
    for begin, end, patents, filings in (("2021", "2022", 138, 179), ("2022", "2025", 371, 460)):
        time = dataset.target.time
        window = dataset.target.take((time >= np.datetime64(begin)) & (time < np.datetime64(end)))
        assert (len(np.unique(window.dst)), len(window)) == (patents, filings)


def test_new_co_applicants_are_few(sets: Path) -> None:
    dataset = _read(sets / "patents-co-applicant")
    for begin, end, queries, positives in (("2018", "2020", 24, 28), ("2020", "2025", 68, 93)):
        past = _pairs(dataset.target, "2000", begin)
        known = {first for first, _ in past}
        new = {pair for pair in _pairs(dataset.target, begin, end) - past if pair[1] in known}
        assert (len({first for first, _ in new}), len(new)) == (queries, positives)
