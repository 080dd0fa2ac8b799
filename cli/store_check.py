"""How the check of a store looks on a terminal and to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cli.language import locale_language
from cli.output import say
from graph_schema.errors import listed

if TYPE_CHECKING:
    from stores.base import CheckReport


def check_as_json(report: CheckReport) -> dict[str, object]:
    """Return all of a report; ``adopted`` tells whether what is adoptable was given its provenance."""
    return asdict(report)


def show_check(report: CheckReport) -> None:
    """Print what was drawn or edited by hand and is, or could be, taken up; what is refused is told as an error."""
    if report.adoptable:
        done = "adopted" if report.adopted else "to be adopted by `dure snapshot`"
        say(f"drawn by hand, {done}: {len(report.adoptable):,}\n{listed(report.adoptable, locale_language())}")
    if report.stale:
        done = "written anew" if report.adopted else "to be written anew by `dure snapshot`"
        say(f"nodes edited by hand, search text {done}: {report.stale:,}")
