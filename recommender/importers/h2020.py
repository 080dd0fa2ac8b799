"""Horizon 2020 participations: which organisation worked with which, in projects that began 2014 to 2019.

``participations.csv.gz`` has a row for each project (``rcn``) and organisation (``pic``), ``programme_parts.csv.gz``
one for each project and programme part (CORDIS, by way of zambujo/eunets, MIT). Names are left out, since having one
tells how active an organisation is, and so is money, which is known only when a project is granted. Folders with names
are a variant of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.files import read_table, require_values
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.write import ExperimentFolder
from recommender.measure.arrays import Flags, Texts

VALID_FROM: Final = date(2018, 1, 1)
TEST_FROM: Final = date(2019, 1, 1)
UNTIL: Final = date(2020, 1, 1)

PARTICIPATED: Final[EdgeKey] = ("Organisation", "PARTICIPATED_IN", "Project")
PARTNERED: Final[EdgeKey] = ("Organisation", "PARTNERED_WITH", "Organisation")
IN_PROGRAMME: Final[EdgeKey] = ("Project", "IN_PROGRAMME", "ProgrammePart")

_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_COORDINATOR: Final = "coordinator"
_COORDINATOR_WEIGHT: Final = 2.0
"""Who leads a project chooses its partners, so that the pair counts twice."""
_FEWEST_KNOWN: Final = 4
"""Members known of a consortium that is asked to be completed; of fewer it is hardly known."""
_NAME_FILES: Final = ("org_names.tsv.gz", "org_names_more.tsv.gz")
_NAMES_WARNING: Final = (
    "With names, which are known rather of organisations that are active: whether a name is there is itself a hint. "
    "Compare with the folder without names before anything is said of text."
)
_REPORT: Final = {"k": [10, 20], "main": "recall@20"}


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the files under ``path``: new partners, and completing a consortium."""
    members = read_members(path)
    programme = _programme(path, members)
    nodes = _nodes(members, programme)
    yield _partners(members, nodes, programme)
    yield _consortia(members, nodes, programme)


def named_folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make the same two folders with the names of organisations, empty where none is known."""
    names: dict[str, str] = {}
    for file in _NAME_FILES:
        table = read_table(path / file, ("pic", "name"), delimiter="\t")
        require_values(path / file, table, ("pic",))
        # The second file doubles quotation marks twice.
        rows = zip(table["pic"].to_pylist(), table["name"].to_pylist(), strict=True)
        names |= {pic: " ".join(name.replace('""', '"').split()) for pic, name in rows}
    for folder in folders(path):
        organisations = folder.nodes["Organisation"]
        column = pa.array([names.get(pic, "") for pic in organisations["id"].to_pylist()], pa.string())
        yield replace(
            folder,
            spec={**folder.spec, "name": str(folder.spec["name"]).replace("2019", "names")},
            nodes={**folder.nodes, "Organisation": organisations.append_column("name", column)},
            comment=f"{folder.comment}\n{_NAMES_WARNING}",
        )


def read_members(path: Path) -> pa.Table:
    """Read ``rcn, role, pic, type, country, start_date`` of the projects with two members or more, sorted."""
    file = path / "participations.csv.gz"
    columns = ("rcn", "role", "pic", "type", "country", "start_date")
    table = read_table(file, columns)
    require_values(file, table, ("rcn", "role", "pic", "type", "start_date"))
    unread = table.num_rows - pc.sum(pc.match_substring_regex(table["start_date"], _DAY)).as_py()
    if unread:
        raise SourceError(
            Wording(
                f"{file}: {table.num_rows}행 가운데 {unread}행의 start_date가 ISO 날짜가 아닙니다. "
                "파일을 다시 받으십시오",
                f"{file}: start_date is no ISO day in {unread} of {table.num_rows} rows; fetch the file again",
            )
        )
    table = table.filter(pc.less(table["start_date"], UNTIL.isoformat()))
    sizes = table.group_by("rcn").aggregate([("pic", "count_distinct")])
    shared = sizes.filter(pc.greater(sizes["pic_count_distinct"], 1))["rcn"]
    return table.filter(pc.is_in(table["rcn"], value_set=shared.combine_chunks())).sort_by(
        [("rcn", "ascending"), ("pic", "ascending")]
    )


def partner_pairs(members: pa.Table) -> pa.Table:
    """Return ``src < dst, time`` for every two members of a project, once for each project they share."""
    side = members.select(["rcn", "pic", "start_date"])
    pairs = side.join(side.drop_columns("start_date"), keys="rcn", join_type="inner", right_suffix="_other")
    pairs = pairs.filter(pc.less(pairs["pic"], pairs["pic_other"]))
    return pa.table({"src": pairs["pic"], "dst": pairs["pic_other"], "time": pairs["start_date"]})


def consortium_splits(members: pa.Table) -> Texts:
    """Return the ``split`` of each member row, shape (rows,).

    A project of a window with at least four members that are known, having worked in a project before the window, is
    asked: its coordinator and half of its known members are context, the rest is hidden. Every other project of a
    window is context, so that it asks nothing and is history later.
    """
    start = _texts(members, "start_date")
    split = np.full(len(start), "train", dtype="<U13")
    for name, begin, end in (("valid", VALID_FROM, TEST_FROM), ("test", TEST_FROM, UNTIL)):
        inside = (start >= begin.isoformat()) & (start < end.isoformat())
        past = np.unique(_texts(members, "pic")[start < begin.isoformat()])
        known = inside & np.isin(_texts(members, "pic"), past)
        split[inside] = f"{name}_context"
        split[_hidden(members, inside, known)] = name
    return split


def _hidden(members: pa.Table, inside: Flags, known: Flags) -> Flags:
    """Flag the rows to be found: half of the known members, rounded up, without the coordinator; and all newcomers.

    Newcomers are no candidates, so they are not asked; showing them would tell who else is in the project.
    """
    _, project = np.unique(_texts(members, "rcn"), return_inverse=True)
    coordinator = _texts(members, "role") == _COORDINATOR
    asked = inside & (np.bincount(project, weights=known)[project] >= _FEWEST_KNOWN)
    pool = np.flatnonzero(asked & known & ~coordinator)
    drawn = pool[np.lexsort((_draw(members, pool), project[pool]))]
    sizes = np.bincount(project[drawn], minlength=project.max(initial=0) + 1)
    place = np.arange(len(drawn)) - (np.cumsum(sizes) - sizes)[project[drawn]]
    hidden: Flags = asked & ~known & ~coordinator
    hidden[drawn[place < ((sizes + 1) // 2)[project[drawn]]]] = True
    return hidden


def _draw(members: pa.Table, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Draw a number for each row from its own ids: a shuffle that stays when other rows come or go."""
    pairs = zip(_texts(members, "rcn")[rows], _texts(members, "pic")[rows], strict=True)
    digests = b"".join(hashlib.blake2b(f"{rcn}|{pic}".encode(), digest_size=8).digest() for rcn, pic in pairs)
    return np.frombuffer(digests, dtype="<u8")


def _partners(members: pa.Table, nodes: Mapping[str, pa.Table], programme: pa.Table) -> ExperimentFolder:
    return ExperimentFolder(
        {
            "name": "h2020-P-2019",
            "task": {
                "kind": "recommend",
                "query": "Organisation",
                "candidate": "Organisation",
                "target": list(PARTNERED),
                "symmetric": True,
                "query_where": {"type": "PRC"},
                "candidate_seen": True,
                "query_seen": True,
            },
            "split": {
                "kind": "global_time",
                "train_before": VALID_FROM,
                "valid_before": TEST_FROM,
                "refit": "train+valid",
            },
            "mask": {"known": True, "self": True},
            "report": _REPORT,
        },
        nodes,
        {PARTNERED: partner_pairs(members), PARTICIPATED: _participations(members), IN_PROGRAMME: programme},
        comment=(
            "Horizon 2020, new partners: with whom does a company (type PRC) first share a project in 2019 (valid: "
            "2018)?\n"
            "PARTNERED_WITH has a row for each project that two organisations share, so history shows how often and "
            "how lately; pairs known before the window are masked, so only new partners count.\n"
            "PARTICIPATED_IN has weight 2 for the coordinator and 1 for others, and is known only before the window."
        ),
    )


def _consortia(members: pa.Table, nodes: Mapping[str, pa.Table], programme: pa.Table) -> ExperimentFolder:
    target = _participations(members).append_column("split", pa.array(consortium_splits(members), pa.string()))
    return ExperimentFolder(
        {
            "name": "h2020-C-2019",
            "task": {
                "kind": "recommend",
                "query": "Project",
                "candidate": "Organisation",
                "target": list(PARTICIPATED),
                "candidate_seen": True,
            },
            "split": {"kind": "column", "refit": "train+valid"},
            "mask": {"known": True, "self": True},
            "report": _REPORT,
        },
        nodes,
        {PARTICIPATED: target, IN_PROGRAMME: programme},
        comment=(
            "Horizon 2020, completing a consortium: given a project of 2019 (valid: 2018) with its programme part, its "
            "coordinator and half of its known members, who are the others?\n"
            "Asked are projects with at least four members that worked in a project before the window; the others of a "
            "window stand as context and ask nothing.\n"
            "PARTICIPATED_IN has weight 2 for the coordinator and 1 for others."
        ),
    )


def _participations(members: pa.Table) -> pa.Table:
    leads = pc.equal(members["role"], _COORDINATOR)
    return pa.table(
        {
            "src": members["pic"],
            "dst": members["rcn"],
            "time": members["start_date"],
            "weight": pc.if_else(leads, _COORDINATOR_WEIGHT, 1.0).cast(pa.int8()),
        }
    )


def _nodes(members: pa.Table, programme: pa.Table) -> dict[str, pa.Table]:
    organisations = members.group_by("pic").aggregate([("type", "min"), ("country", "min")])
    projects = members.group_by("rcn").aggregate([("start_date", "min")])
    parts = pc.unique(programme["dst"])
    return {
        "Organisation": organisations.rename_columns({"pic": "id", "type_min": "type", "country_min": "country"}),
        "Project": projects.rename_columns({"rcn": "id", "start_date_min": "start_date"}),
        "ProgrammePart": pa.table({"id": parts}),
    }


def _programme(path: Path, members: pa.Table) -> pa.Table:
    file = path / "programme_parts.csv.gz"
    table = read_table(file, ("rcn", "programme_part"))
    require_values(file, table, ("rcn", "programme_part"))
    shared = pc.is_in(table["rcn"], value_set=pc.unique(members["rcn"]))
    return table.filter(shared).rename_columns(["src", "dst"])


def _texts(table: pa.Table, column: str) -> Texts:
    return np.asarray(table.column(column).to_pylist(), dtype=np.str_)
