"""Notes at which streets rows have companies that are known by name and city alone, for the report of a load.

Rows of one name and city are one node, since nothing else says whose they are: an id that held the street would be
another with each move. Whether the rows mean one company is for a person to say, so the report asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from graph_schema.wording import Wording
from loaders.names import may_be_person, tidy
from loaders.remarks import remark
from loaders.streets import Street, are_elsewhere, street_of

_BY_NAME: Final = "name:"


class StatedSite(NamedTuple):
    """Where a row has a company, and who heads it there as far as that is stated."""

    row: str
    name: str
    street: Street
    head: str | None


@dataclass
class Sites:
    """What the rows of a load say, and the addresses that other sources have of the same companies."""

    _rows: defaultdict[str, dict[str, StatedSite]] = field(default_factory=lambda: defaultdict(dict))
    _elsewhere: dict[str, set[Street]] = field(default_factory=dict)

    def note(self, company: str, site: StatedSite) -> None:
        """Note a row's site of a company."""
        self._rows[company][site.row] = site

    def note_other(self, company: str, address: str | None) -> None:
        """Note the address that another source has of a company."""
        if company in self._rows and (street := street_of(address)):
            self._elsewhere.setdefault(company, set()).add(street)

    def remark(self) -> None:
        """Ask in the report about the companies whose rows may be of several."""
        rows = [each for each in map(self._sites, self._rows) if _are_several(each)]
        if rows:
            count = sum(map(len, rows))
            what = Wording(
                f"이름과 시가 같고 도로명이나 지번이 다른 행 {count:,}개를 번호가 없어 이름마다 한 기업으로 적재함, "
                "서로 다른 기업이면 기업 목록에 사업자등록번호를 적으십시오",
                f"{count:,} rows of one name and city at other streets, loaded as one company a name for want of a "
                "number; where they are several, enter them among the companies with their business numbers",
            )
            _remark(what, rows)
        others = [self._sites(company) for company in self._elsewhere if self._is_elsewhere(company)]
        if others:
            count = sum(map(len, others))
            what = Wording(
                f"다른 출처와 이름과 시가 같고 도로명이나 지번이 다른 행 {count:,}개를 한 기업으로 적재함, "
                "다른 기업이면 사업자등록번호를 적으십시오",
                f"{count:,} rows at other streets than another source has of the same name and city, "
                "loaded as one company; where they are two, enter their business numbers",
            )
            _remark(what, others)

    def _sites(self, company: str) -> Sequence[StatedSite]:
        return [*self._rows[company].values()]

    def _is_elsewhere(self, company: str) -> bool:
        """Whether no row of a company is where another source has it."""
        return all(
            are_elsewhere(site.street, street) for site in self._sites(company) for street in self._elsewhere[company]
        )


_NOTED: Final[ContextVar[Sites | None]] = ContextVar("sites", default=None)


@contextmanager
def noted() -> Iterator[Sites]:
    """Gather sites until the end of the block."""
    token = _NOTED.set(sites := Sites())
    try:
        yield sites
    finally:
        _NOTED.reset(token)


def note(company: str, row: str, name: str, address: str, head: str | None = None) -> None:
    """Note where a row has a company that has no number; dropped where no load is under way."""
    sites = _NOTED.get()
    if sites is not None and company.startswith(_BY_NAME) and (street := street_of(address)):
        sites.note(company, StatedSite(row, name, street, head))


def note_other(company: str, address: str | None) -> None:
    """Note the address that another source has of a company of the load that is under way."""
    if (sites := _NOTED.get()) is not None:
        sites.note_other(company, address)


def _are_several(sites: Sequence[StatedSite]) -> bool:
    """Whether two rows are at other streets, and no head says that they are of one company."""
    return any(
        are_elsewhere(one.street, other.street) and (one.head is None or one.head != other.head)
        for one, other in combinations({(each.street, each.head): each for each in sites}.values(), 2)
    )


def _remark(what: Wording, companies: Sequence[Sequence[StatedSite]]) -> None:
    for sites in companies:
        name = tidy(sites[0].name)
        remark(what, f"{name[0]}○○" if may_be_person(name) else name)
