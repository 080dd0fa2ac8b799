"""The real files give the counts that are published, and the same bytes each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.leaks import refuse_leaks
from recommender.importers.awards import Award
from recommender.importers.miyagi import read_awards
from recommender.importers.registry import import_set
from recommender.knowledge.dataset import SPLITS, Dataset, Edges
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.stages import StageName, build_stage
from tests.recommender.importers.contents import bytes_of

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
    names = {name: name for name in ("h2020", "lastfm-kg", "codex-s", "umls", "sbir")}
    names |= {
        "h2020-names": "h2020",
        "miyagi": "miyagi-subsidies",
        "slovenia": "slovenia-sf",
        "thueringen": "thueringen-erdf",
    }
    return {**{name: bench / folder for name, folder in names.items()}, "patents": shared_data / "patents"}


@cache
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


@pytest.mark.parametrize(
    ("name", "window", "askers", "candidates", "positives"),
    [
        ("thueringen-measures", "valid", 131, 79, 138),
        ("thueringen-measures", "test", 271, 83, 299),
        ("thueringen-companies", "valid", 100, 26, 105),
        ("thueringen-companies", "test", 216, 28, 233),
        ("miyagi-programmes", "valid", 34, 267, 34),
        ("miyagi-programmes", "test", 150, 415, 163),
        ("miyagi-programmes-no-farm", "valid", 6, 261, 6),
        ("miyagi-programmes-no-farm", "test", 53, 408, 60),
        ("slovenia-calls", "valid", 11, 1_524, 117),
        ("slovenia-calls", "test", 23, 1_660, 444),
        ("slovenia-organisations", "valid", 90, 44, 125),
        ("slovenia-organisations", "test", 455 - 90, 44, 483),
        ("sbir-agency", "valid", 553, 24, 693),
        ("sbir-agency", "test", 613, 25, 814),
        ("sbir-topics", "valid", 78, 10_299, 79),
        ("sbir-topics", "test", 257, 10_299, 279),
    ],
)
def test_awards_are_asked_as_often_as_published(
    sets: Path, name: str, window: StageName, askers: int, candidates: int, positives: int
) -> None:
    stage = build_stage(_read(sets / name), window, {})
    assert (len(stage.questions), int(stage.is_candidate.sum()), stage.positives.nnz) == (askers, candidates, positives)
    refuse_leaks(stage.known.dataset, stage)


@pytest.mark.parametrize(("cut", "askers"), [(date(2019, 1, 1), 126), (date(2021, 1, 1), 153)])
def test_miyagi_has_its_published_askers_while_the_paddy_payment_is_two_programmes(
    shared_data: Path, cut: date, askers: int
) -> None:
    """The folder has it as one programme, so that three organisations have nothing new from 2021 on."""
    found = read_awards(_sources(shared_data)["miyagi"])
    assert len({(award.organisation, award.item) for award in found.awards}) == 5_013
    past, late = _divided(found.awards, cut)
    organisations, items = {organisation for organisation, _ in past}, {item for _, item in past}
    new = {organisation for organisation, item in late - past if organisation in organisations and item in items}
    assert len(new) == askers


def test_thueringen_has_its_published_pairs_and_companies_under_more_legal_forms(sets: Path) -> None:
    """2,177 companies are published; names that write the form in full, and cooperatives, are 97 more."""
    everybody, companies = (_read(sets / f"thueringen-{name}") for name in ("measures", "companies"))
    pairs = set(zip(everybody.target.src.tolist(), everybody.target.dst.tolist(), strict=True))
    assert (len(pairs), len(everybody.nodes["Organisation"]), len(everybody.nodes["Measure"])) == (3_881, 2_858, 96)
    assert len(companies.nodes["Organisation"]) == 2_177 + 97


def _divided(awards: Sequence[Award], cut: date) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    past, late = set[tuple[str, str]](), set[tuple[str, str]]()
    for award in awards:
        (past if award.day is not None and award.day < cut else late).add((award.organisation, award.item))
    return past, late
