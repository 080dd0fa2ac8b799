"""Horizon 2020 participations as two experiment folders."""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.h2020 import IN_PROGRAMME, PARTICIPATED, PARTNERED
from recommender.importers.registry import import_set
from tests.recommender.importers.contents import edge_rows, node_rows

PROJECTS = {
    # project: (start, members, the coordinator first)
    "1": ("2016-02-01", "ABCDE"),
    "2": ("2017-12-31", "AF"),
    "3": ("2017-06-01", "G"),  # alone: no collaboration, so G stays unknown
    "4": ("2018-01-01", "ABCDN"),  # four known members: asked
    "5": ("2018-12-31", "BNF"),  # two known members: history only
    "6": ("2019-01-01", "NABC"),  # N is known by now
    "7": ("2019-05-01", "GABC"),  # three known members
    "8": ("2020-01-01", "ABCDE"),  # after the last window
}
HEADER = "rcn,role,pic,type,country,start_date,contribution,total_cost"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [
        f"{rcn},{'participant' if place else 'coordinator'},{pic},{'PRC' if pic in 'ABN' else 'HES'},NA,{start},1.5,"
        for rcn, (start, members) in PROJECTS.items()
        for place, pic in enumerate(members)
    ]
    _write(tmp_path / "participations.csv.gz", [HEADER, *rows])
    _write(tmp_path / "programme_parts.csv.gz", ["rcn,programme_part", "1,SC4", "1,LEIT", "3,ERC", "6,LEIT"])
    return tmp_path


def _write(path: Path, lines: list[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


@pytest.fixture
def made(source: Path, tmp_path: Path) -> tuple[Path, Path]:
    partners, consortia = import_set("h2020", source, tmp_path / "sets")
    return partners, consortia


def _members(consortia: Path, project: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in edge_rows(consortia, PARTICIPATED):
        if row["dst"] == project:
            found[row["split"]].add(row["src"])
    return dict(found)


def test_projects_of_one_and_after_the_windows_do_not_count(made: tuple[Path, Path]) -> None:
    for folder in made:
        assert [row["id"] for row in node_rows(folder, "Project")] == ["1", "2", "4", "5", "6", "7"]
        assert {row["dst"] for row in edge_rows(folder, IN_PROGRAMME)} == {"SC4", "LEIT"}


def test_an_organisation_has_type_and_country_and_no_name_or_money(made: tuple[Path, Path]) -> None:
    for folder in made:
        rows = node_rows(folder, "Organisation")
        assert [row["id"] for row in rows] == list("ABCDEFGN")
        assert rows[0] == {"id": "A", "type": "PRC", "country": "NA"}


def test_history_is_what_began_before_the_windows(made: tuple[Path, Path]) -> None:
    assert _members(made[1], "1") == {"train": set("ABCDE")}
    assert _members(made[1], "2") == {"train": set("AF")}


@pytest.mark.parametrize(
    ("project", "window", "coordinator", "known"), [("4", "valid", "A", "BCD"), ("6", "test", "N", "ABC")]
)
def test_half_of_the_known_members_is_asked_for(
    made: tuple[Path, Path], project: str, window: str, coordinator: str, known: str
) -> None:
    """Of three known members besides the coordinator two are hidden; a newcomer is hidden as well."""
    split = _members(made[1], project)
    assert set(split) == {window, f"{window}_context"}
    assert coordinator in split[f"{window}_context"]
    assert len(split[window] & set(known)) == 2
    assert len(split[f"{window}_context"]) == 2


def test_a_newcomer_is_never_shown(made: tuple[Path, Path]) -> None:
    assert "N" in _members(made[1], "4")["valid"]


def test_a_project_with_too_few_known_members_asks_nothing(made: tuple[Path, Path]) -> None:
    assert _members(made[1], "5") == {"valid_context": set("BNF")}
    assert _members(made[1], "7") == {"test_context": set("GABC")}


def test_the_shuffle_does_not_depend_on_the_order_or_on_other_projects(source: Path, tmp_path: Path) -> None:
    before = _members(import_set("h2020", source, tmp_path / "before")[1], "6")
    with gzip.open(source / "participations.csv.gz", "rt", encoding="utf-8") as file:
        rows = [line for line in file.read().splitlines()[1:] if not line.startswith("2,")]
    _write(source / "participations.csv.gz", [HEADER, *reversed(rows)])
    assert _members(import_set("h2020", source, tmp_path / "after")[1], "6") == before


def test_the_coordinator_weighs_two(made: tuple[Path, Path]) -> None:
    for folder in made:
        weights = {(row["src"], row["dst"]): row["weight"] for row in edge_rows(folder, PARTICIPATED)}
        assert (weights["A", "1"], weights["B", "1"], weights["N", "6"]) == ("2", "1", "2")


def test_partners_stand_once_for_each_project_they_share(made: tuple[Path, Path]) -> None:
    """10 + 1 + 10 + 3 + 6 + 6 pairs; A and B share four projects, and each pair has one direction."""
    rows = edge_rows(made[0], PARTNERED)
    assert len(rows) == 36
    assert all(row["src"] < row["dst"] for row in rows)
    days = [row["time"] for row in rows if (row["src"], row["dst"]) == ("A", "B")]
    assert days == ["2016-02-01", "2018-01-01", "2019-01-01", "2019-05-01"]


def test_membership_is_dated_where_partners_are_asked(made: tuple[Path, Path]) -> None:
    """Rows with a day and without a split are known only before the window."""
    rows = edge_rows(made[0], PARTICIPATED)
    assert set(rows[0]) == {"src", "dst", "time", "weight"}
    assert {row["time"] for row in rows if row["dst"] == "6"} == {"2019-01-01"}


def test_a_start_that_is_no_day_is_refused(source: Path, tmp_path: Path) -> None:
    _write(
        source / "participations.csv.gz",
        [HEADER, "1,coordinator,A,PRC,DE,01/02/2016,,", "1,participant,B,PRC,DE,2016-02-01,,"],
    )
    with pytest.raises(SourceError, match="start_date is no ISO day in 1 of 2 rows"):
        import_set("h2020", source, tmp_path / "sets")


def test_names_stand_in_folders_of_their_own(source: Path, made: tuple[Path, Path], tmp_path: Path) -> None:
    """Both files are read, quotation marks fixed; everything else is as without names."""
    _write(source / "org_names.tsv.gz", ["pic\tcountry\tname", "A\tFR\tAlpha  SA", "B\tFR\tBeta"])
    _write(source / "org_names_more.tsv.gz", ["pic\tname\tcity", 'B\t"Institut """"Beta"""""\tX', "Z\tZeta\tX"])
    named = import_set("h2020-names", source, tmp_path / "sets")
    assert [folder.name for folder in named] == ["h2020-P-names", "h2020-C-names"]
    for folder, bare in zip(named, made, strict=True):
        rows = {row["id"]: row for row in node_rows(folder, "Organisation")}
        assert rows["A"] == {"id": "A", "type": "PRC", "country": "NA", "name": "Alpha SA"}
        assert (rows["B"]["name"], rows["C"]["name"]) == ('Institut "Beta"', "")
        assert edge_rows(folder, PARTICIPATED) == edge_rows(bare, PARTICIPATED)
        assert "is itself a hint" in " ".join((folder / "dataset.toml").read_text(encoding="utf-8").split())


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"participations\.csv\.gz is not there"):
        import_set("h2020", tmp_path, tmp_path / "sets")
