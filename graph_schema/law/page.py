"""Makes ``docs/law.md`` from the rows; ``python -m graph_schema.law.page docs/law.md`` writes it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from graph_schema.documentation import table_row, wrapped
from graph_schema.law.rows import TABLES, LawRow, table

_HEADING: Final = """# The law as data

Made from `graph_schema/law/tables/*.csv` by `python -m graph_schema.law.page docs/law.md`; do not edit it here.

Each row is one line of an act, a decree or a notice, with the days on which it holds. The recommender's rules, the
reading of notices and the synthetic city ask the rows of the day that they are asked about, so that a backtest uses
the law of its time, and no figure of the law stands in code. `dure law` shows the rows, `dure law --to-confirm` those
that somebody has to look up in the text itself (law.go.kr, the city's notice); `dure doctor` counts them. To change the
law, close a row with `valid_to` and add another below it; `tests/graph_schema/law` has one case for each line.

A row is **confirmed** where it was read in the text that its source names. It then holds from the earliest day on which
a text that was read held it; it may be older. A figure that is not known is left out.

**Three values.** What is asked is so, is not so, or is not known, as far as facts and rows go:

| question | function | not known where |
|---|---|---|
| size class | `size.size_class(industry, sales, staff, on)` | a fact that could change it is not known |
| start-up | `startups.is_startup(founded, on)` | only one of the new industries would still be a start-up |
| certificate | `certificates.certificate_holds(kind, issued, on)` | the day of issue or the validity is not known |
| quota | `quotas.reached_quotas(share, on)` | the share is not known |
| centre | `admission.may_move_in(industry, unit_use, on)` | there is a condition, or no row names the industry |
| fund | `barred_industries.fund_admits(fund, industry, on)` | a part is left out, or the day's list is not known |
| grace | `size.grace(kind, outgrown)` | none is given: the act is younger than the day |
| clock | `clocks.deadline(kind, received)` | refused: clocks in hours, years without known holidays |

Where no row names an industry, a manager or the mayor may still recognise it, so that it is never refused for that.

**Not judged.** Total assets, independence and related companies. What ends grace early but the number of workers
(mergers, groups, an earlier grace): who is too large by now and was not in a year from which grace may last is to be
checked; without figures of that year it counts as too large. In which business year a new limit applies first. Which
industries the ministry names as new ones. Whether a factory is an urban-type one. The rules of the centre itself: the
industries that a space names (`ADMITS`) go before the law. What other funds than the five of `barred_industries`
leave out, a city's own fund among them. The list of restricted industries in complexes (별표 1 of the decree). Goyang's
notices are known from the press alone, and in part.

**Which rows act.** The last column of each table names the modules that ask for a row by the day. Rows of which it
says **nothing** decide nothing by themselves: `dure law` shows them, `dure size` counts part-timers and `dure
deadline` the days of a complaint where a person asks. No register tells part-timers, assets or owners, whether a
centre has a day-care centre, or how large the area of one industry in it is, and what companies raise are needs (애로),
for which no clock of a complaint (민원) runs. A certificate whose years are over since the day of issue that a list of
companies or a request states no longer counts, and its renewal is to be checked; a unit is judged by the list of its
use, as far as that is known, and by whether its centre is in an industrial complex; and who may move into a support
facility is to be checked where the ancillary area (부대면적) of its centre, of which support facilities are a part
beside common ones, reaches the quota.

**Industries** are codes of KSIC 11; the most specific row decides. Where a row speaks of a part of a code, or a company
states only a section or several industries, all rows that may decide are taken, and where they agree the answer is
certain.
"""
_COLUMNS: Final = ("row", "industry", "figure", "in force", "Korean", "English", "by", "confirmed", "acts in")
_TARGETS: Final = "recommender/rules/targets.py"
_CITY: Final = "loaders/synthesize/admission.py"
_NOTICES: Final = "loaders/eligibility/reading.py"
_ALL: Final = ""
"""All kinds of a table."""

READERS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "size_ceilings": {_ALL: (_TARGETS, _CITY)},
    "headcounts": {_ALL: (_TARGETS, _CITY)},
    "size_method": {
        "sales_years": ("recommender/snapshot/annual.py",),
        **dict.fromkeys(("micro_grace", "micro_grace_workers", "sme_grace"), ("recommender/rules/grace.py",)),
    },
    "startups": {
        "startup": (_TARGETS, _CITY, _NOTICES),
        "new_industry": (_TARGETS, _CITY),
        "youth": ("loaders/eligibility/leaders.py",),
    },
    "certificates": dict.fromkeys(
        ("venture", "innobiz", "mainbiz", "women", "disabled", "social", "laboratory"), ("recommender/rules/lapsed.py",)
    ),
    "quotas": dict.fromkeys(
        ("complex_industrial", "complex_mixed", "outside_capital", "outside_elsewhere"),
        ("recommender/rules/space_centers.py",),
    ),
    "admission": {_ALL: ("recommender/rules/legal.py", "loaders/synthesize/spaces.py")},
    "barred_industries": {_ALL: ("recommender/rules/barred_industry.py", "recommender/rules/legal.py")},
}
"""Which modules ask for the rows of a table by the day, for each kind of row; rows that are not here decide nothing."""
_NOBODY: Final = "**nothing**"


def law_page() -> str:
    """Return the page: how the rows are used, a count of each table, and every row."""
    return wrapped("\n".join([_HEADING, *_counts(), *(line for name in TABLES for line in _section(name))]))


def write_page(path: Path) -> None:
    """Write the page to ``path``."""
    path.write_text(law_page(), encoding="utf-8")


def readers_of(name: str, row: LawRow) -> tuple[str, ...]:
    """Return the modules that ask for a row of a table."""
    of = READERS.get(name, {})
    return of.get(row.kind) or of.get(_ALL, ())


def _counts() -> Iterator[str]:
    yield "| table | Korean | English | rows | confirmed | that act |"
    yield "|---|---|---|---|---|---|"
    for name, (ko, en) in TABLES.items():
        rows = table(name)
        counts = len(rows), sum(row.confirmed for row in rows), sum(bool(readers_of(name, row)) for row in rows)
        yield table_row((f"`{name}`", ko, en, *map(str, counts)))
    yield ""


def _section(name: str) -> Iterator[str]:
    yield f"## {TABLES[name][0]} ({name})\n"
    yield table_row(_COLUMNS)
    yield "|" + "---|" * len(_COLUMNS)
    for row in table(name):
        yield table_row((*_cells(row), ", ".join(f"`{each}`" for each in readers_of(name, row)) or _NOBODY))
    yield ""


def _cells(row: LawRow) -> tuple[str, ...]:
    confirmed = f"yes: {row.source}" if row.confirmed else f"**to be confirmed**: {row.source}"
    industry = f"{row.industry} (part)" if row.part else row.industry
    figure = row.verdict if math.isnan(row.figure) else f"{row.figure:,.15g} {row.unit}"
    return (f"`{row.id}`", industry, figure, row.period, row.ko, row.en, row.cited, confirmed)


if __name__ == "__main__":
    write_page(Path(sys.argv[1]))
