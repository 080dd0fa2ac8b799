"""Structural funds of Slovenia, 2007 to 2015: who answers a new public call, and which new call suits an organisation.

Published by the managing authority, by way of os-data/eu-structural-funds. Only public calls (javni razpis) count:
projects that were confirmed directly name their recipient. A call is new in a window where nobody had it before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from recommender.importers.awards import (
    MANY_ORGANISATIONS,
    Award,
    AwardSet,
    AwardTask,
    award_day,
    award_rows,
    awards_folder,
    descriptions,
    require_known,
)
from recommender.knowledge.folder.write import ExperimentFolder

WINDOWS: Final = (date(2011, 1, 1), date(2012, 1, 1))

_VALID_ONE_IN: Final = 5
"""A fifth of the calls chooses settings, the others judge: test decides, so it gets more."""
_PUBLIC_CALL: Final = "JAVNI RAZPIS"
_CALLS_COMMENT: Final = (
    "Slovenia, new calls: which organisations with history win a call that is new in 2012 or later (valid: 2011), by "
    "its text?\n"
    "Rows of a window whose call is older are context: they ask nothing, and are history later. What calls of 2011 "
    "gave out from 2012 on is context of the test and unknown."
)
_ORGANISATIONS_COMMENT: Final = (
    "Slovenia, organisations: which of the calls that are new in 2011 or later does an organisation with history win?\n"
    "Nobody had a candidate before, so popularity has nothing to count. The format has one set of candidates for valid "
    "and test, and calls of another window would stand among them; so both ask of the same calls, with knowledge until "
    "2010: valid a fifth of the organisations, drawn by a hash, the test the others. What older calls gave out from "
    "2011 on is left out."
)


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the files under ``path``: a new call's organisations, and an organisation's new calls."""
    found = _read(path)
    first = _first_days(found.awards)
    yield awards_folder(
        AwardTask(
            "slovenia-calls",
            "sl",
            _CALLS_COMMENT,
            reverse=True,
            more={"candidate_seen": True},
            report=MANY_ORGANISATIONS,
        ),
        found.only(replace(award, split=_split(award, first[award.item])) for award in found.awards),
    )
    new = {item for item, day in first.items() if day >= WINDOWS[0]}
    asked = {item: {**found.items[item], "asked": str(item in new).lower()} for item in first}
    kept = [replace(a, split=_asker_split(a)) for a in found.awards if a.item in new or _window(a.day) == "train"]
    yield awards_folder(
        AwardTask(
            "slovenia-organisations",
            "sl",
            _ORGANISATIONS_COMMENT,
            refit="train",
            more={"candidate_where": {"asked": True}, "query_seen": True},
        ),
        replace(found, awards=kept, items=asked),
    )


def _read(path: Path) -> AwardSet:
    file = path / "awards.csv.gz"
    columns = ("org", "programme", "year", "operation", "mode")
    awards = [
        Award(row["org"], row["programme"], award_day(file, row["year"]), " ".join(row["operation"].split()))
        for row in award_rows(file, columns, ("org", "programme", "year", "mode"))
        if row["mode"] == _PUBLIC_CALL
    ]
    found = AwardSet(
        awards,
        descriptions(path / "orgs.csv.gz", "org", ("name", "region", "municipality")),
        descriptions(path / "programmes.csv.gz", "programme", ("title",)),
        "Call",
    )
    require_known(file, awards, found)
    return found


def _first_days(awards: Iterable[Award]) -> dict[str, date]:
    first: dict[str, date] = {}
    for award in awards:
        if award.day is not None:
            first[award.item] = min(award.day, first.get(award.item, award.day))
    return first


def _window(day: date | None) -> str:
    if day is None or day < WINDOWS[0]:
        return "train"
    return "valid" if day < WINDOWS[1] else "test"


def _split(award: Award, first: date) -> str:
    window = _window(award.day)
    return window if window == _window(first) else f"{window}_context"


def _asker_split(award: Award) -> str:
    """Return the split of an award by its organisation's own id: a draw that stays when others come or go."""
    if _window(award.day) == "train":
        return "train"
    drawn = hashlib.blake2b(award.organisation.encode(), digest_size=8).digest()
    return "valid" if int.from_bytes(drawn, "big") % _VALID_ONE_IN == 0 else "test"
