"""Support by the European Regional Development Fund in Thüringen, 2007 to 2014: an organisation's next measure.

List of beneficiaries that EU law has the managing authority publish, by way of os-data/eu-structural-funds. A row is an
approval or a payment; payments go on for years after an approval, so of those only a pair's first row counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.awards import (
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

_COMPANY: Final = re.compile(
    r"gmbh|mbh\b|\b(?:ag|kg|kgaa|ohg|ug|se|eg|ltd|limited)\b|\be\. ?g\b|gesellschaft mit beschr|aktiengesellschaft"
    r"|kommanditgesellschaft|unternehmergesellschaft|genossenschaft",
    re.IGNORECASE,
)
_TASK: Final = (
    "which measure supports it for the first time in 2012 to 2014 (valid: 2011)?\n"
    "An award is an approval, or the first payment of a pair. Candidates supported somebody before the window."
)


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the files under ``path``: all organisations, and companies by their legal form."""
    found = _read(path)
    comment = f"ERDF in Thüringen: an organisation with history, {_TASK}"
    yield awards_folder(AwardTask("thueringen-measures", "de", comment, WINDOWS), found)
    companies = found.only(a for a in found.awards if is_company(found.organisations[a.organisation]["name"]))
    comment = f"ERDF in Thüringen: a company (by its legal form) with history, {_TASK}"
    yield awards_folder(AwardTask("thueringen-companies", "de", comment, WINDOWS), companies)


def is_company(name: str) -> bool:
    """Whether a name has the legal form of a company or cooperative, short or in full."""
    return _COMPANY.search(name) is not None


def _read(path: Path) -> AwardSet:
    file = path / "awards.csv.gz"
    columns = ("org", "measure", "year", "granted")
    awards: list[Award] = []
    seen: set[tuple[str, str]] = set()
    for row in sorted(award_rows(file, columns, columns), key=lambda row: row["year"]):
        pair = row["org"], row["measure"]
        if _granted(file, row["granted"]) or pair not in seen:
            awards.append(Award(*pair, award_day(file, row["year"])))
        seen.add(pair)
    found = AwardSet(
        awards,
        descriptions(path / "orgs.csv.gz", "org", ("name",)),
        descriptions(path / "measures.csv", "measure", ("text",)),
        "Measure",
    )
    require_known(file, awards, found)
    return found


def _granted(file: Path, text: str) -> bool:
    try:
        return float(text) > 0
    except ValueError as error:
        raise SourceError(
            Wording(
                f"{file}: granted {text!r}: 금액이 아닙니다. 파일을 다시 받으십시오",
                f"{file}: granted {text!r} is not an amount; fetch the file again",
            )
        ) from error
