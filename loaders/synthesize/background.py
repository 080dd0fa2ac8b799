"""What the store already holds and the made-up city is built around: industries, places, programmes, technologies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import arrow_schema
from graph_schema.errors import NotFoundError
from graph_schema.wording import Wording
from loaders.synthesize.sampling import Ints, Strings
from loaders.synthesize.trades import SECTIONS, UNLIKELY_CODES, UNLIKELY_WORDS
from stores.base import GraphStore

DISTRICTS = ("41281", "41285", "41287")
"""Goyang: Deogyang-gu, Ilsandong-gu, Ilsanseo-gu."""

_REVISION = 11
"""Made-up companies have codes of the revision in force."""
_LEAF_LENGTH = 5
"""Digits of a class, the leaf of the tree."""
_UNBUILT = ("approved", "building")
"""Stages in which a centre has no tenants yet."""
_NO_INDUSTRY = Wording("한국표준산업분류 11차의 세세분류(Industry)", "Industry (KSIC 11 leaves)")
_NO_CENTER = Wording("고양시의 완공된 지식산업센터(Center)", "Center (completed, in Goyang)")


@dataclass(frozen=True)
class CityIndustries:
    """Leaves of KSIC 11 that the city's companies work in, aligned arrays.

    ``section`` is the letter, ``group`` the number of the three-digit group; ``ancestors`` maps each leaf's position
    to the ids of itself and everything above.
    """

    ids: Strings
    names: Strings
    codes: Strings
    section: Strings
    group: Ints
    ancestors: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Background:
    """Everything that is read from the store; made-up rows of an earlier run are left out."""

    industries: CityIndustries
    district_ancestors: tuple[frozenset[str], ...]
    centers: pa.Table
    center_district: Ints
    programs: pa.Table
    program_links: dict[str, dict[str, list[str]]]
    technologies: pa.Table
    technology_fields: dict[str, list[str]]
    fields: pa.Table
    topics: frozenset[str]
    institutions: pa.Table


def read_background(store: GraphStore) -> Background:
    """Read the store; raises ``NotFoundError`` naming every label that must be loaded first."""
    tables = {label: _nodes(store, label) for label in _REQUIRED}
    parents = _links(store, "Industry", "PART_OF", "Industry")
    industries = _industries(tables["Industry"], parents)
    centers, center_district = _goyang_centers(tables["Center"], _links(store, "Center", "LOCATED_IN", "Region"))
    regions = set(tables["Region"]["id"].to_pylist())
    missing = [
        Wording(f"{node_type(label).ko}({label})", label)
        for label in ("Program", "Technology")
        if not tables[label].num_rows
    ]
    missing += [_NO_INDUSTRY] if not len(industries.ids) else []
    missing += [_NO_CENTER] if not centers.num_rows else []
    missing += [Wording(f"지역(Region) {code}", f"Region {code}") for code in DISTRICTS if code not in regions]
    if missing:
        raise NotFoundError(
            Wording(
                f"가상의 도시를 만들려면 실제 자료가 있어야 합니다. 저장소 {store.uri}에 없는 것: "
                f"{', '.join(each.ko for each in missing)}. 먼저 'dure demo'로 예시 자료를 적재하거나 'dure load'로 "
                "가지고 있는 파일을 적재하십시오",
                f"a made-up city needs real surroundings, and the store {store.uri} holds no "
                f"{', no '.join(each.en for each in missing)}; load the sample first with 'dure demo', or your own "
                "files with 'dure load'",
            )
        )
    region_parents = _links(store, "Region", "PART_OF", "Region")
    return Background(
        industries=industries,
        district_ancestors=tuple(_ancestors(code, region_parents) | {code[:2]} for code in DISTRICTS),
        centers=centers,
        center_district=center_district,
        programs=tables["Program"],
        program_links={
            target: _links(store, "Program", type_, target)
            for type_, target in (("TARGETS", "Industry"), ("TARGETS", "Region"), ("ABOUT", "Topic"))
        },
        technologies=tables["Technology"],
        technology_fields=_links(store, "Technology", "IN_FIELD", "TechField"),
        fields=_nodes(store, "TechField"),
        topics=frozenset(_nodes(store, "Topic")["id"].to_pylist()),
        institutions=_nodes(store, "Institution"),
    )


_REQUIRED = ("Industry", "Region", "Center", "Program", "Technology")


def strings(table: pa.Table, column: str) -> Strings:
    """Return a text column as an array of ``str``, absent values as ``""``."""
    filled: list[Any] = [value or "" for value in table[column].to_pylist()]
    return np.array(filled, np.object_)


def _nodes(store: GraphStore, label: str) -> pa.Table:
    node = node_type(label)
    table = pa.Table.from_batches(store.read_nodes(node), schema=arrow_schema(node.stored))
    return table.filter(pa.array([not made_up for made_up in table["synthetic"].to_pylist()], pa.bool_()))


def _links(store: GraphStore, source: str, type_: str, target: str) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for batch in store.read_relationships(relation_type(source, type_, target)):
        columns = (batch.column(batch.schema.get_field_index(name)).to_pylist() for name in ("src", "dst", "synthetic"))
        for src, dst, made_up in zip(*columns, strict=True):
            if not made_up:
                links.setdefault(src, []).append(dst)
    return links


def _ancestors(id_: str, parents: dict[str, list[str]]) -> frozenset[str]:
    found = {id_}
    waiting = [id_]
    while waiting:
        new = set(parents.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)


def _industries(table: pa.Table, parents: dict[str, list[str]]) -> CityIndustries:
    rows = []
    for id_, name, code, revision in zip(
        *(table[c].to_pylist() for c in ("id", "name", "code", "revision")), strict=True
    ):
        if revision != _REVISION or len(code or "") != _LEAF_LENGTH:
            continue
        above = _ancestors(id_, parents)
        section = next((a.rpartition(":")[2] for a in above if a.rpartition(":")[2].isalpha()), "")
        likely = not code.startswith(UNLIKELY_CODES) and not any(word in name for word in UNLIKELY_WORDS)
        if section in SECTIONS and likely:
            rows.append((id_, name, code, section, above))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    ids, names, codes, sections = (np.array(column, np.object_) for column in columns[:4])
    group = np.unique([code[:3] for code in columns[2]], return_inverse=True)[1].astype(np.int64)
    return CityIndustries(ids, names, codes, sections, group, tuple(columns[4]))


def _goyang_centers(table: pa.Table, located: dict[str, list[str]]) -> tuple[pa.Table, Ints]:
    """Keep centres of the three districts that stand; the district is also the end of a centre's id."""
    place = {code: i for i, code in enumerate(DISTRICTS)}
    district = [
        next((place[r] for r in (*located.get(id_, ()), id_.rpartition("@")[2]) if r in place), -1)
        for id_ in table["id"].to_pylist()
    ]
    kept = np.array(district, np.int64)
    standing = (kept >= 0) & ~np.isin(strings(table, "stage").astype(str), _UNBUILT)
    return table.filter(pa.array(standing, pa.bool_())), kept[standing]
