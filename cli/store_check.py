"""How the check of a store looks on a terminal and to programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cli.language import locale_language
from cli.output import say
from graph_schema.errors import listed
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from stores.base import CheckReport


def check_as_json(report: CheckReport) -> dict[str, object]:
    """Return all of a report; ``adopted`` tells whether what is adoptable was given its provenance."""
    return asdict(report)


def show_check(report: CheckReport) -> None:
    """Print what was drawn or edited by hand and is, or could be, taken up; what is refused is told as an error."""
    if report.adoptable:
        done = (
            Wording("출처를 붙여 받아들임", "adopted")
            if report.adopted
            else Wording("`dure snapshot`이 받아들일 것", "to be adopted by `dure snapshot`")
        )
        number, each = f"{len(report.adoptable):,}", listed(report.adoptable, locale_language())
        say(Wording(f"손으로 그린 것, {done.ko}: {number}\n{each}", f"drawn by hand, {done.en}: {number}\n{each}"))
    if report.stale:
        done = (
            Wording("새로 씀", "written anew")
            if report.adopted
            else Wording("`dure snapshot`이 새로 쓸 것", "to be written anew by `dure snapshot`")
        )
        say(
            Wording(
                f"손으로 고친 노드, 검색용 글 {done.ko}: {report.stale:,}",
                f"nodes edited by hand, search text {done.en}: {report.stale:,}",
            )
        )
