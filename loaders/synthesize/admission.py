"""Which made-up company may apply to which programme: only facts the graph knows decide, the unknown admits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.law.size import Limit, sales_limit, staff_limit
from graph_schema.law.startups import is_startup
from graph_schema.law.truth import Truth, at_most, fewer
from loaders.synthesize.background import Background
from loaders.synthesize.companies import Companies
from loaders.synthesize.sampling import Bools, Floats, Ints, as_date
from loaders.synthesize.trades import CERTIFICATES

_YEAR = 365.25
"""Days."""
_NOT_COMPANIES = ("university", "institute", "individual", "pre_founder")
_BY_CERTIFICATE = {"venture": "벤처기업", "social": "사회적기업", "women": "여성기업", "disabled": "장애인기업",
                   "exporter": "수출유망중소기업"}  # fmt: skip
_DECIDABLE = ("sme", "mid_size", "micro", "startup", "sole", "corporation", *_BY_CERTIFICATE, *_NOT_COMPANIES)


@dataclass(frozen=True)
class Rules:
    """What is known of each programme, aligned arrays; limits that are not known are infinite.

    ``industry`` (leaves, programmes) and ``region`` (districts, programmes) are True where admitted or unknown;
    ``targets`` (programmes, kinds) marks the kinds admitted, ``open_target`` where the kinds decide nothing.
    """

    industry: Bools
    region: Bools
    min_age: Floats
    max_age: Floats
    min_employees: Floats
    max_employees: Floats
    min_revenue: Floats
    max_revenue: Floats
    targets: Bools
    open_target: Bools

    def take(self, columns: Ints) -> Rules:
        """Return the rules of some programmes."""
        return Rules(
            industry=self.industry[:, columns],
            region=self.region[:, columns],
            min_age=self.min_age[columns],
            max_age=self.max_age[columns],
            min_employees=self.min_employees[columns],
            max_employees=self.max_employees[columns],
            min_revenue=self.min_revenue[columns],
            max_revenue=self.max_revenue[columns],
            targets=self.targets[columns],
            open_target=self.open_target[columns],
        )


def read_rules(background: Background, programs: pa.Table, links: Mapping[str, Mapping[str, list[str]]]) -> Rules:
    """Turn the programmes' typed facts into arrays; ``links`` are targeted ids by label, then by programme."""
    ids = programs["id"].to_pylist()
    targets = [set(kinds or ()) for kinds in programs["targets"].to_pylist()]
    return Rules(
        industry=_admitted(
            ids, programs["all_industries"].to_pylist(), links["Industry"], background.industries.ancestors
        ),
        region=_admitted(ids, programs["nationwide"].to_pylist(), links["Region"], background.district_ancestors),
        min_age=_limits(programs["min_company_age"], 0),
        max_age=_limits(programs["max_company_age"], np.inf),
        min_employees=_limits(programs["min_employees"], -np.inf),
        max_employees=_limits(programs["max_employees"], np.inf),
        min_revenue=_limits(programs["min_revenue_krw"], -np.inf),
        max_revenue=_limits(programs["max_revenue_krw"], np.inf),
        targets=np.array([[kind in admitted for kind in _DECIDABLE] for admitted in targets]),
        open_target=np.array([not admitted or not admitted <= set(_DECIDABLE) for admitted in targets]),
    )


def eligible(rules: Rules, companies: Companies, rows: Ints, opens: Ints, closes: Ints) -> Bools:
    """Decide for companies at ``rows`` and windows from day ``opens`` to ``closes``; shape (rows, programmes).

    A company must exist and be old enough when the window opens, and be young enough when it closes.
    """
    founded = companies.founded[rows][:, None]
    employees = companies.employees[rows][:, None]
    allowed = rules.industry[companies.leaf[rows]] & rules.region[companies.district[rows]]
    allowed &= founded <= (opens - rules.min_age * _YEAR)[None, :]
    allowed &= founded >= (closes - rules.max_age * _YEAR)[None, :]
    allowed &= (employees >= rules.min_employees[None, :]) & (employees <= rules.max_employees[None, :])
    revenue = companies.revenue[rows][:, None]
    allowed &= (revenue >= rules.min_revenue[None, :]) & (revenue <= rules.max_revenue[None, :])
    kinds = company_kinds(companies, rows, int(closes.max(initial=0)))
    fits = (kinds.astype(np.float32) @ rules.targets.T.astype(np.float32)) > 0
    allowed &= fits | rules.open_target[None, :]
    return allowed


def company_kinds(companies: Companies, rows: Ints, day: int) -> Bools:
    """Mark which kinds of applicant each company is by the law of ``day``; shape (rows, decidable kinds)."""
    on = as_date(day)
    sme, small, few = _sizes(companies, rows, on)
    names = [c[0] for c in CERTIFICATES]
    kinds: dict[str, npt.NDArray[np.bool_]] = {
        "sme": sme >= 0,
        "mid_size": sme < 0,
        "micro": np.minimum(small, few) >= 0,
        "startup": is_startup(companies.founded[rows].astype("datetime64[D]"), on) > 0,
        "sole": companies.sole[rows],
        "corporation": ~companies.sole[rows] & ~companies.other_form[rows],
    }
    kinds |= {kind: companies.certified[rows, names.index(name)] for kind, name in _BY_CERTIFICATE.items()}
    nobody = np.zeros(len(rows), np.bool_)
    return np.column_stack([kinds.get(kind, nobody) for kind in _DECIDABLE])


def _sizes(companies: Companies, rows: Ints, on: date) -> tuple[Truth, Truth, Truth]:
    """Whether each company is an SME and a small enterprise by its sales, and has few enough workers to be micro."""
    _, first, of = np.unique(companies.leaf[rows], return_index=True, return_inverse=True)
    codes = [str(code) for code in companies.codes[rows][first]]
    sales, staff = companies.revenue[rows], companies.employees[rows]

    def bounds(limits: list[Limit]) -> tuple[Floats, Floats]:
        low, high = (np.array([getattr(each, end) for each in limits]) for end in ("low", "high"))
        return low[of], high[of]

    sme, small = (at_most(sales, *bounds([sales_limit(kind, code, on) for code in codes])) for kind in ("sme", "small"))
    return sme, small, fewer(staff, *bounds([staff_limit(code, on) for code in codes]))


def _admitted(
    ids: list[str],
    everyone: list[bool | None],
    targeted: Mapping[str, list[str]],
    ancestors: tuple[frozenset[str], ...],
) -> Bools:
    """Admit where everyone is, where a target is the place itself or above it, or where nothing is known."""
    known = frozenset().union(*ancestors)
    admitted = np.ones((len(ancestors), len(ids)), np.bool_)
    for column, (id_, open_) in enumerate(zip(ids, everyone, strict=True)):
        targets = targeted.get(id_, ())
        if open_ or (not targets and open_ is None):
            continue
        hits = known.intersection(targets)
        admitted[:, column] = [not hits.isdisjoint(above) for above in ancestors] if hits else False
    return admitted


def _limits(column: pa.ChunkedArray, absent: float) -> Floats:
    return np.array([absent if value is None else value for value in column.to_pylist()], np.float32)
