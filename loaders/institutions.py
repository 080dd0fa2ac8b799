"""Organisations that a row mentions by name, and where the name of an institution says that it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from graph_schema.model import NodeRef
from loaders import regions
from loaders.names import InstitutionKind, institution_kind, institution_ref, legal_form, organisation_ref, tidy
from loaders.records import RowRecords

SOURCE: Final = "institution-names"
"""Provenance of a place that no register tells, but the institution's own name."""
_PUBLIC: Final = frozenset({"agency", "association", "government", "institute"})
"""Kinds that are named after the place that they work for. A university's name does not say where it is:
충남대학교 is in 대전, 세종대학교 in 서울.
"""
_ELSEWHERE: Final = re.compile(r"지방|대(?:학|병원|치과|의료)")
"""Regional offices of the state may sit outside their region (서울지방중소벤처기업청), and hospitals are where their
university is.
"""
_BODIES: Final = re.compile(r"\s?(?:산업|과학|경제|상공회의소|테크노|문화|도시|일자리|창업|전자|의료기기|시청)")
"""What follows the short name of a city that founded a body; 아산사회복지재단 is not of 아산시."""
_LEGAL_FORM: Final = re.compile(r"^(?:재단법인|사단법인|\((?:재|사)\))\s?")
_KEPT: Final = 4_096
"""Names whose reading is kept: a few hundred bodies give all notices."""
_FAMILY: Final = "세종"
"""A king's name before it was a city's."""


def mention_organisation(records: RowRecords, name: str, place: str | None = None) -> NodeRef:
    """Add a company or an institution that is known by name, and the ``place`` where the row says that it is."""
    company = organisation_ref(name)
    if company.label == "Institution":
        return mention_institution(records, name, place)
    records.mention(company, name=tidy(name), legal_form=legal_form(name))
    if place:
        _place(records, records.source, company, place)
    return company


def mention_institution(records: RowRecords, name: str, place: str | None = None) -> NodeRef:
    """Add an institution that is known by name, and where the row or, failing that, its name says that it is."""
    known = _known(name)
    institution = records.mention(known.ref, name=known.name, kind=known.kind)
    if place:
        _place(records, records.source, institution, place)
    elif known.kind in _PUBLIC and (named := named_place(known.name)):
        _place(records, SOURCE, institution, named)
    return institution


class _Institution(NamedTuple):
    ref: NodeRef
    name: str
    kind: InstitutionKind


@lru_cache(maxsize=_KEPT)
def _known(name: str) -> _Institution:
    """Return what a name tells by itself."""
    return _Institution(institution_ref(name), tidy(name), institution_kind(name))


def _place(records: RowRecords, source: str, organisation: NodeRef, place: str) -> None:
    """Say where an organisation is, in one fact for all rows that say so; another place is another fact."""
    own = RowRecords(source, f"{organisation.id}@{place}", records.synthetic)
    own.link(organisation, "LOCATED_IN", regions.mention(records, place))
    records.records.extend(own.records)


@cache
def named_place(name: str) -> str | None:
    """Return the region that a public body is named after, where its name begins with one and with no second.

    경기도경제과학진흥원, 경기테크노파크, 고양시정연구원 and 고양산업진흥원 say where they are,
    대구경북디자인진흥원 does not.
    """
    name = _LEGAL_FORM.sub("", name)
    if _ELSEWHERE.search(name):
        return None
    found = regions.find(name)
    if found:
        return found
    for short, code in _short_names().items():
        if name.startswith(short):
            rest = name.removeprefix(short).lstrip()
            is_city = len(code) > regions.PROVINCE_DIGITS
            return code if not _begins_with_province(rest) and (not is_city or _BODIES.match(rest)) else None
    return None


def _begins_with_province(text: str) -> bool:
    return any(text.startswith(region.short) for region in regions.table().values() if region.short)


@cache
def _short_names() -> dict[str, str]:
    """Codes by the short names of cities and provinces; 광주 is the province of that name."""
    provinces = {regions.table()[code].short: code for code in sorted(regions.provinces())}
    cities = {
        region.name.removesuffix("시"): code
        for code, region in regions.table().items()
        if region.name.endswith("시") and len(region.parent) == regions.PROVINCE_DIGITS
    }
    return {short: code for short, code in (cities | provinces).items() if short != _FAMILY}
