"""What is known of the askers on a day, one array per property: nodes of the snapshot or profiles of a request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from graph_schema.catalog import relation_type
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.measure.arrays import Days, Objects
from recommender.rules.lapsed import Lapsed, certificates_on, stated_certificates
from recommender.snapshot.annual import CompanyFigures, figures_of, unknown_figures
from recommender.snapshot.dated_facts import DatedFacts, day, day_column, text_column
from recommender.snapshot.link_rows import either, reached, rows_of, taken
from recommender.snapshot.snapshot import Snapshot

T = TypeVar("T")
_COLUMNS: Final = ("founded_on", "legal_form", "certificates", "certificate_periods")


@dataclass(frozen=True)
class Askers:
    """Askers of one label, A of them; NaT, NaN and None stand for what is not known.

    ``row``: (A,) position in the label's vocabulary, -1 for a profile. ``figures``: employees and sales.
    ``industries`` and ``regions``: (A, nodes) the stated codes. ``industry_closure``, ``region_closure``: the same with
    all their ancestors. ``possible_industries`` adds the codes of a later revision that continue a stated one, where
    more than one does. ``revisions``: (A,) bits of the industry code revisions in which the asker's industry is known.
    ``stated``: what a profile links to, by relationship type. ``latest_founding``: last possible day, of a profile
    that tells only a period.
    ``standing``: what a profile says may bar it from support. ``words``: the text of a profile and
    its certificates. ``guessed_codes``: of KSIC 11, of the industries that its text suggests. ``lapsed``: certificates
    whose years are over, by position of the asker. ``likely``: the same
    asker with its guesses taken as facts, None where it has none; for sentences, and to set back, never to decide.
    """

    label: str
    row: npt.NDArray[np.int64]
    founded_on: Days
    figures: CompanyFigures
    legal_form: Objects
    certificates: Objects
    industries: sparse.csr_array
    industry_closure: sparse.csr_array
    possible_industries: sparse.csr_array
    revisions: npt.NDArray[np.int64]
    regions: sparse.csr_array
    region_closure: sparse.csr_array
    stated: frozenset[tuple[str, NodeRef]] = frozenset()
    latest_founding: np.datetime64 | None = None
    standing: tuple[str, ...] = ()
    words: str = ""
    guessed_codes: tuple[str, ...] = ()
    lapsed: Mapping[int, tuple[Lapsed, ...]] = field(default_factory=dict)
    likely: Askers | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, judge: Callable[[], T]) -> T:
        """Return what ``judge`` says of these askers alone, asked the first time; ``key`` names it and its day."""
        if key not in self._kept:
            self._kept[key] = judge()
        found: T = self._kept[key]
        return found

    @property
    def founded_until(self) -> Days:
        """Latest possible day of founding, (A,): that of founding itself unless a profile tells only a period."""
        return self.founded_on if self.latest_founding is None else np.array([self.latest_founding])

    def __len__(self) -> int:
        return len(self.row)


def askers_of_nodes(facts: DatedFacts, label: str, rows: npt.NDArray[np.int64], as_of: date) -> Askers:
    """Return what was known on a day of the nodes of ``label`` at positions ``rows``."""
    snapshot = facts.snapshot
    columns = snapshot.nodes(label)
    table = columns.select([name for name in _COLUMNS if name in columns.column_names]).take(rows)
    none = np.full(len(rows), None, dtype=object)
    is_company = label == "Company"
    certificates, lapsed = _held(table, as_of) if is_company else (none, {})
    asker = _with_links(
        facts,
        label,
        rows,
        (
            day_column(table, "founded_on"),
            facts.company_figures(as_of).take(rows) if is_company else unknown_figures(len(rows)),
            text_column(table, "legal_form") if is_company else none,
            certificates,
        ),
        (_industries(facts, label, rows, as_of), _regions(facts, label, rows, as_of)),
    )
    return replace(asker, lapsed=lapsed) if lapsed else asker


def _held(companies: pa.Table, as_of: date) -> tuple[Objects, dict[int, tuple[Lapsed, ...]]]:
    """Certificates that companies held on a day, None where none was known of, and those whose years were over."""
    certificates = text_column(companies, "certificates")
    lapsed = {}
    if "certificate_periods" in companies.column_names:  # older snapshots have none
        for row, periods in enumerate(companies.column("certificate_periods").to_pylist()):
            if periods:
                names, over = certificates_on(certificates[row] or (), periods, as_of)
                certificates[row] = names or None
                if over:
                    lapsed[row] = over
    return certificates, lapsed


def asker_of_profile(facts: DatedFacts, profile: Profile, as_of: date) -> Askers:
    """Return what a profile states; a centre it is in gives its region."""
    snapshot = facts.snapshot
    regions = _stated(snapshot, profile, "Region")
    centers = _stated(snapshot, profile, "Center")
    certificates, lapsed = stated_certificates(profile.certificates, as_of)
    of_centers = reached(centers, facts.links(relation_type("Center", "LOCATED_IN", "Region"), as_of))
    asker = _with_links(
        facts,
        profile.label,
        np.array([-1]),
        (
            np.array([profile.founded_on], dtype="datetime64[D]"),
            figures_of(profile.employees, profile.revenue_krw),
            np.array([profile.legal_form], dtype=object),
            np.array([certificates or None, None], dtype=object)[:1],
        ),
        (_stated(snapshot, profile, "Industry"), either(regions, of_centers)),
    )
    certain = replace(profile, links=profile.likely_links, guesses={})
    stated = frozenset((type_, ref) for type_, refs in profile.links.items() for ref in refs)
    latest = None if profile.founded_until is None else day(profile.founded_until)
    return replace(
        asker,
        stated=stated,
        latest_founding=latest,
        standing=profile.standing,
        words=" ".join((profile.text, *profile.certificates)),
        guessed_codes=_guessed_codes(facts, profile),
        lapsed={0: lapsed} if lapsed else {},
        likely=asker_of_profile(facts, certain, as_of) if profile.guesses else None,
    )


def _with_links(
    facts: DatedFacts,
    label: str,
    row: npt.NDArray[np.int64],
    columns: tuple[Days, CompanyFigures, Objects, Objects],
    links: tuple[sparse.csr_array, sparse.csr_array],
) -> Askers:
    industries, regions = links
    tree = facts.closure("Industry")
    continued = either(industries, reached(industries, facts.successors))
    surely = either(industries, reached(industries, facts.only_successors))
    return Askers(
        label,
        row,
        *columns,
        industries=industries,
        industry_closure=reached(surely, tree),
        possible_industries=reached(continued, tree),
        revisions=revisions_of(facts, continued),
        regions=regions,
        region_closure=reached(regions, facts.closure("Region")),
    )


def revisions_of(facts: DatedFacts, industries: sparse.csr_array) -> npt.NDArray[np.int64]:
    """Bits of the revisions in which the industries of each row are written, (rows,)."""
    bits = np.zeros(industries.shape[0], dtype=np.int64)
    np.bitwise_or.at(bits, rows_of(industries), facts.revisions[industries.indices])
    return bits


def _none(facts: DatedFacts, count: int, label: str) -> sparse.csr_array:
    return sparse.csr_array((count, len(facts.snapshot.vocabulary(label))), dtype=np.float32)


def _industries(facts: DatedFacts, label: str, rows: npt.NDArray[np.int64], as_of: date) -> sparse.csr_array:
    if label != "Company":
        return _none(facts, len(rows), "Industry")
    return taken(facts.links(relation_type(label, "IN_INDUSTRY", "Industry"), as_of), rows)


def _regions(facts: DatedFacts, label: str, rows: npt.NDArray[np.int64], as_of: date) -> sparse.csr_array:
    own = taken(facts.links(relation_type(label, "LOCATED_IN", "Region"), as_of), rows)
    if label != "Company":
        return own
    centers = taken(facts.links(relation_type("Company", "LOCATED_IN", "Center"), as_of), rows)
    return either(own, reached(centers, facts.links(relation_type("Center", "LOCATED_IN", "Region"), as_of)))


def _guessed_codes(facts: DatedFacts, profile: Profile) -> tuple[str, ...]:
    nodes = (facts.snapshot.vocabulary("Industry").find(ref.id) for ref in profile.guesses.get("IN_INDUSTRY", ()))
    return tuple(code for node in nodes if node is not None and (code := str(facts.ksic_codes[node])))


def _stated(snapshot: Snapshot, profile: Profile, label: str) -> sparse.csr_array:
    """(1, nodes) nodes of a label that the profile links to; those that the snapshot lacks are left out."""
    vocabulary = snapshot.vocabulary(label)
    refs: list[NodeRef] = [
        ref
        for type_ in ("IN_INDUSTRY", "LOCATED_IN")
        for ref in profile.links.get(type_, ())
        if ref.label == label and vocabulary.find(ref.id) is not None
    ]
    columns = sorted({position for ref in refs if (position := vocabulary.find(ref.id)) is not None})
    ones = np.ones(len(columns), dtype=np.float32)
    places = np.array(columns, dtype=np.int64), np.array([0, len(columns)])
    return sparse.csr_array((ones, *places), shape=(1, len(vocabulary)))
