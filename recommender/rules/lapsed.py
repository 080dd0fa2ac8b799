"""Which certificates a company holds on a day: by the days that are stated, else by the years that the law gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from graph_schema.certificates import held, issues, parted, period, without_paper
from graph_schema.law.certificates import certificate_holds
from graph_schema.law.rows import LawRow, in_force
from graph_schema.wording import Wording

_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "벤처기업": "venture",
        "이노비즈": "innobiz",
        "메인비즈": "mainbiz",
        "여성기업": "women",
        "장애인기업": "disabled",
        "사회적기업": "social",
        "기업부설연구소": "laboratory",
    }
)
"""Kinds of the law's table by the names of certificates."""


class Lapsed(NamedTuple):
    """A certificate whose years are over since it was issued, by a row of the law; it may have been renewed since."""

    name: str
    issued: date
    row: LawRow

    def said(self) -> Wording:
        """Tell what was held, and what says that it no longer is."""
        return Wording(
            f"{self.issued} 발급된 {self.name}의 유효기간 {self.row.figure:g}년이 지남({self.row.cited}), "
            "갱신 여부 확인 필요",
            f"the {self.name} issued on {self.issued} was valid for {self.row.figure:g} years ({self.row.cited_en}); "
            "whether it was renewed is to be checked",
        )


def certificates_on(names: Iterable[str], periods: Collection[str], on: date) -> tuple[list[str], tuple[Lapsed, ...]]:
    """Return the certificates that are held on a day, and those whose years are over.

    Until when one is valid is the law's to say where only the day of its issue is stated.
    """
    issued = issues(periods)
    closed = [written for written in periods if written.partition("/")[2][:1] != " "]
    kept, lapsed = [], []
    for name in held(names, periods, on):
        day = issued.get(name)
        over = day and not _is_valid(name, closed, on) and _over(name, day, on)
        if over:
            lapsed.append(over)
        else:
            kept.append(name)
    return kept, tuple(lapsed)


def stated_certificates(written: Iterable[str], on: date) -> tuple[list[str], tuple[Lapsed, ...]]:
    """Return the same of certificates that are written with the day of their issue, or without."""
    parts = [parted(each) for each in written]
    return certificates_on([name for name, _ in parts], [period(name, day) for name, day in parts if day], on)


def _is_valid(name: str, closed: Collection[str], on: date) -> bool:
    """Whether one of the periods whose last day is known holds on a day."""
    own = [written for written in closed if written.partition(" ")[2] == name]
    return bool(own and held([name], own, on))


def _over(name: str, issued: date, on: date) -> Lapsed | None:
    kind = _KINDS.get(without_paper(name))
    if kind is None or certificate_holds(kind, issued, on) >= 0:
        return None
    return Lapsed(name, issued, in_force("certificates", kind, issued)[0])
