"""Rows of the law: one line of an act, a decree or a notice, with the days on which it holds.

Tables are CSV files beside this module, read when they are first asked for. To change the law, close a row with
``valid_to`` and add another; code names kinds, never figures.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph_schema.errors import NotFoundError
from graph_schema.law.citation import in_english
from graph_schema.wording import Wording

_FOLDER: Final = Path(__file__).parent / "tables"
_KEPT_DAYS: Final = 1024
"""Days whose rows are kept: those of three years, which a backtest walks through."""

TABLES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "size_ceilings": ("중소기업·소기업 매출 기준", "sales limits of SMEs and small enterprises"),
        "headcounts": ("소상공인 상시 근로자 수", "regular workers of micro enterprises"),
        "size_method": ("규모 판정 방법과 유예", "how size is determined, and grace"),
        "startups": ("창업기업 업력", "age of start-ups"),
        "certificates": ("인증의 유효기간", "how long certificates are valid"),
        "admission": ("지식산업센터 입주 자격", "who may move into a knowledge industry centre"),
        "barred_industries": ("지원 제외 업종", "industries that funds leave out"),
        "quotas": ("지식산업센터 지원시설 비율", "quotas of support facilities in a centre"),
        "clocks": ("민원 처리기간", "legal clocks of complaints"),
        "holidays": ("공휴일", "public holidays"),
    }
)
"""Tables by name, with what they hold in Korean and in English."""


@dataclass(frozen=True, slots=True)
class LawRow:
    """One line of the law.

    ``industry``: KSIC 11 code that it speaks of, empty for all; with ``part`` it speaks of a part of that code only.
    ``figure`` is NaN and ``valid_from`` None where they are not known. ``confirmed``: read in the text itself; else
    ``source`` says where it comes from and somebody has to look it up. The meaning of ``verdict`` and ``scope`` is that
    of their table.
    """

    id: str
    kind: str
    industry: str
    part: bool
    figure: float
    unit: str
    verdict: str
    scope: str
    authority: str
    article: str
    valid_from: date | None
    valid_to: date | None
    confirmed: bool
    source: str
    ko: str
    en: str

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day, both ends included; since when is not known counts as always."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    @property
    def cited(self) -> str:
        """Authority and article, as a reason names them."""
        return f"{self.authority} {self.article}".rstrip()

    @property
    def cited_en(self) -> str:
        """The same in English."""
        return in_english(self.authority, self.article)

    @property
    def period(self) -> str:
        """First and last day on which it holds, ``?`` where since when is not known."""
        return f"{self.valid_from or '?'} – {self.valid_to or ''}".rstrip()


@cache
def table(name: str) -> tuple[LawRow, ...]:
    """Return all rows of a table in the order of its file; raises ``NotFoundError`` for an unknown one."""
    if name not in TABLES:
        known = ", ".join(TABLES)
        raise NotFoundError(
            Wording(
                f"{name!r}: 그런 법령 표가 없습니다. 다음 가운데 하나를 적으십시오: {known}",
                f"the law has no table {name!r}; it has {known}",
            )
        )
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(values) for values in csv.DictReader(file))


@lru_cache(maxsize=_KEPT_DAYS)
def in_force(name: str, kind: str, on: date) -> tuple[LawRow, ...]:
    """Rows of one kind that hold on a day."""
    return tuple(row for row in table(name) if row.kind == kind and row.holds(on))


def figure_on(name: str, kind: str, on: date) -> float:
    """Return the figure of a kind on a day, NaN where none holds any more.

    Before the first day on which a text that was read held it, that text's figure counts: it may be older.
    """
    rows = in_force(name, kind, on) or tuple(
        row for row in table(name) if row.kind == kind and on < (row.valid_from or date.min)
    )
    first = min(rows, key=lambda row: row.valid_from or date.min, default=None)
    return first.figure if first else math.nan


def to_confirm() -> Iterator[LawRow]:
    """Rows that nobody has read in the text itself."""
    return (row for name in TABLES for row in table(name) if not row.confirmed)


def _row(values: Mapping[str, str]) -> LawRow:
    return LawRow(
        id=values["id"],
        kind=values["kind"],
        industry=values.get("industry", ""),
        part=values.get("part") == "yes",
        figure=float(values.get("figure") or math.nan),
        unit=values.get("unit", ""),
        verdict=values.get("verdict", ""),
        scope=values.get("scope", ""),
        authority=values["authority"],
        article=values["article"],
        valid_from=_day(values["valid_from"]),
        valid_to=_day(values.get("valid_to", "")),
        confirmed=values["confirmed"] == "yes",
        source=values["source"],
        ko=values["ko"],
        en=values["en"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
