"""The city's companies: exact published margins, plausible joint distribution, texts that fit the industry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loaders.points import Point, columns_of, neighbourhoods
from loaders.synthesize.background import DISTRICTS, CityIndustries
from loaders.synthesize.business_numbers import business_numbers
from loaders.synthesize.sampling import (
    Bools,
    Floats,
    Ints,
    Strings,
    dates,
    numbered,
    quota,
    sigmoid,
    stream,
    subsets,
    top_share,
)
from loaders.synthesize.trades import (
    CERTIFICATES,
    CONSUMER_SECTIONS,
    MARKER,
    NAME_HEADS,
    NAME_MIDDLES,
    SECTIONS,
)

# Published figures of the city: single establishments, sole proprietors, under 5 employees, sections G and I.
SINGLE_SHARE = 0.9447
SOLE_SHARE = 0.7943
SMALL_SHARE = 0.8637
CONSUMER_SHARE = 0.4123

SMALL_LIMIT = 5
"""A company counts as small in the published figures with fewer employees than this."""

_DISTRICT_SHARES = (0.42, 0.33, 0.25)
"""Of the city's three districts."""
_YEAR = 365.25
"""Days."""
_OLDEST_YEARS = 55.0
"""The gamma distribution has a long tail that a young city has not."""
_SETTLED_DAYS = 20
"""No company was founded in the last days, so that each can have done something."""
_LATE_SHARE = 0.2
"""Founded within the five years that the city lives, so that there are newcomers at any moment."""
_OTHER_FORM_SHARE = 0.04
"""Of incorporated ones, those that are no stock company (유한회사, 조합)."""


@dataclass
class Companies:
    """Aligned arrays, one entry per company; ``leaf`` is a position in ``CityIndustries``, ``founded`` a day number.

    ``codes`` are those of KSIC 11.
    ``district`` and ``center`` (-1 for none) are settled when tenants move in.
    """

    ids: Strings
    leaf: Ints
    codes: Strings
    district: Ints
    center: Ints
    employees: Ints
    sole: Bools
    single: Bools
    other_form: Bools
    founded: Ints
    revenue: npt.NDArray[np.float64]
    certified: Bools
    technical: Floats

    def __len__(self) -> int:
        return len(self.ids)


def make_companies(industries: CityIndustries, count: int, seed: int, until: int) -> Companies:
    """Draw ``count`` companies founded before day ``until``; the four published shares hold up to rounding."""
    leaf = _draw_leaves(industries, count, seed)
    profile = [SECTIONS[s] for s in industries.section[leaf]]
    large_odds = np.array([p.large for p in profile])
    incorporated_odds = np.array([p.incorporated for p in profile])
    technical = np.array([p.technical for p in profile], np.float32)
    rng = stream(seed, "companies")
    small = top_share(rng.logistic(size=count) - large_odds, SMALL_SHARE)
    sole = top_share(rng.logistic(size=count) - incorporated_odds + 1.6 * small, SOLE_SHARE)
    single = top_share(rng.logistic(size=count) + 1.8 * small + 0.9 * sole, SINGLE_SHARE)
    employees = _draw_employees(rng, small, large_odds)
    log_size = np.log(employees)
    heads = np.array([p.revenue for p in profile]) * 1e6
    revenue = np.round(heads * employees**0.95 * np.exp(rng.normal(0, 0.55, count)), -6)
    return Companies(
        ids=numbered("syn-c-", count),
        leaf=leaf,
        codes=industries.codes[leaf],
        district=rng.permutation(np.repeat(np.arange(3), quota(_DISTRICT_SHARES, count))),
        center=np.full(count, -1, np.int64),
        employees=employees,
        sole=sole,
        single=single,
        other_form=~sole & (rng.random(count) < _OTHER_FORM_SHARE),
        founded=_draw_founding(rng, sole, log_size, until),
        revenue=revenue,
        certified=_draw_certificates(rng, technical, ~sole, log_size),
        technical=technical,
    )


def company_columns(companies: Companies, industries: CityIndustries, seed: int) -> dict[str, object]:
    """Return the catalog's columns of the companies, texts included."""
    form = np.where(companies.sole, "sole", np.where(companies.other_form, "other", "corporation"))
    return {
        "id": companies.ids,
        "source_id": companies.ids,
        "name": _names(companies, industries, seed),
        "business_number": business_numbers(companies.sole),
        "products": _products(companies, industries, seed),
        "founded_on": dates(companies.founded),
        "employees": companies.employees,
        "revenue_krw": companies.revenue,
        "legal_form": pa.array(form),
        "single_establishment": companies.single,
        "certificates": subsets(companies.certified, np.array([c[0] for c in CERTIFICATES], np.object_)),
    }


def company_points(companies: Companies, centers: pa.Table, seed: int) -> dict[str, list[float | str | None]]:
    """Return the points of companies: a tenant's is its centre's, another's a neighbourhood's of its district."""
    within = [list(neighbourhoods(code).values()) for code in DISTRICTS]
    drawn = stream(seed, "neighbourhoods").random(len(companies))
    points = [within[of][int(at * len(within[of]))] for of, at in zip(companies.district, drawn, strict=True)]
    of_centers = [Point(*row) for row in zip(*(centers[name].to_pylist() for name in Point._fields), strict=True)]
    for tenant in np.flatnonzero(companies.center >= 0):
        points[tenant] = of_centers[companies.center[tenant]]
    return columns_of(points)


def _draw_leaves(industries: CityIndustries, count: int, seed: int) -> Ints:
    """Fill sections by quota, and the leaves of a section with heavy-tailed popularity."""
    rng = stream(seed, "industries")
    letters = [s for s in SECTIONS if (industries.section == s).any()]
    consumer = [s for s in letters if s in CONSUMER_SECTIONS]
    others = [s for s in letters if s not in CONSUMER_SECTIONS]
    consumers = round(CONSUMER_SHARE * count) if others else count
    leaves = []
    for group, total in ((consumer, consumers if consumer else 0), (others, count - consumers if consumer else count)):
        for letter, size in zip(group, quota([SECTIONS[s].share for s in group], total) if group else [], strict=True):
            members = np.flatnonzero(industries.section == letter)
            weights = rng.lognormal(0, 1.1, len(members))
            leaves.append(rng.choice(members, size, p=weights / weights.sum()))
    return rng.permutation(np.concatenate(leaves)).astype(np.int64)


def _draw_employees(
    rng: np.random.Generator, small: Bools, large_odds: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Ints:
    few = rng.choice([1, 2, 3, 4], size=len(small), p=[0.5, 0.26, 0.14, 0.1])
    many = SMALL_LIMIT + np.floor(rng.lognormal(1.5 + 0.25 * large_odds, 1.15)).astype(np.int64)
    return np.where(small, few, np.minimum(many, 900)).astype(np.int64)


def _draw_founding(
    rng: np.random.Generator, sole: Bools, log_size: np.ndarray[tuple[int], np.dtype[np.float64]], until: int
) -> Ints:
    """Ages are gamma-distributed, older for larger companies; a fixed share is founded within the five years."""
    years = rng.gamma(1.6, np.where(sole, 4.6, 6.0) * (1 + 0.16 * log_size))
    late = top_share(rng.logistic(size=len(sole)) - 0.5 * log_size - 0.08 * years, _LATE_SHARE)
    years = np.where(late, rng.uniform(0, 5, len(sole)), np.minimum(years + 0.5, _OLDEST_YEARS))
    return (until - _SETTLED_DAYS - np.floor(years * _YEAR)).astype(np.int64)


def _draw_certificates(
    rng: np.random.Generator,
    technical: Floats,
    incorporated: Bools,
    log_size: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> Bools:
    odds = [b + t * technical + i * incorporated + s * log_size for _, b, t, i, s in CERTIFICATES]
    return rng.random((len(technical), len(CERTIFICATES))) < sigmoid(np.column_stack(odds))


def _names(companies: Companies, industries: CityIndustries, seed: int) -> Strings:
    """Give names that differ within a section for as long as there are combinations, each ending in the marker."""
    rng = stream(seed, "names")
    names = np.empty(len(companies), np.object_)
    section = industries.section[companies.leaf]
    for letter in sorted(set(section)):
        rows = np.flatnonzero(section == letter)
        stems = [h + m + e for e in SECTIONS[letter].endings for h in NAME_HEADS for m in NAME_MIDDLES]
        order = np.array(stems, np.object_)[rng.permutation(len(stems))]
        round_, place = np.divmod(np.arange(len(rows)), len(stems))
        number = np.where(round_ > 0, (round_ + 1).astype(str).astype(np.object_), "")
        names[rows] = order[place] + number
    form = np.where(companies.sole, "", np.where(companies.other_form, "협동조합 ", "주식회사 ")).astype(np.object_)
    named: Strings = form + names + MARKER
    return named


def _products(companies: Companies, industries: CityIndustries, seed: int) -> Strings:
    """Describe products by the industry's own name; a variant of the phrase is a second text for common leaves."""
    rng = stream(seed, "products")
    common = np.bincount(companies.leaf, minlength=len(industries.ids)) >= _COMMON
    texts = []
    for name, letter in zip(industries.names, industries.section, strict=True):
        patterns = SECTIONS[letter].product
        noun = _noun(name)
        texts.append([patterns[0].format(noun), patterns[-1].format(noun)])
    variant = (rng.random(len(companies)) < _VARIANT_SHARE) & common[companies.leaf]
    chosen: Strings = np.array(texts, np.object_)[companies.leaf, variant.astype(np.int64)]
    return chosen


_COMMON = 80
"""Companies of a leaf from which it splits into variants; fewer would leave variants nobody is in."""
_VARIANT_SHARE = 0.35
"""Companies of a common leaf that make the other thing, so that industry alone does not tell the product."""
_ENDINGS = (" 제조업", " 제조 및 판매업", " 건설업", " 공사업", " 운영업", " 생산업", " 서비스업", "업")


def _noun(name: str) -> str:
    """Turn the name of an industry into the name of what it makes or does."""
    ending = next((e for e in _ENDINGS if name.endswith(e)), "")
    return name.removesuffix(ending).removeprefix("그 외 ").removeprefix("기타 ").strip() or name
