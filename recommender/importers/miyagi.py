"""Subsidies of Miyagi prefecture, Japan: which subsidy does an organisation receive next, approvals by day.

From METI's gBizINFO (Government of Japan Standard Terms of Use) by way of Rioto3/gbizinfo-subsidy-analysis (MIT).
Local governments are dropped: they receive by office what organisations apply for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

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

WINDOWS: Final = (date(2019, 1, 1), date(2021, 1, 1))

_LOCAL_GOVERNMENT: Final = "local_gov"
_ONE_PROGRAMME: Final = "水田活用"
"""Part of the titles that one payment to farms has had."""
_FARM_PAYMENT: Final = re.compile("直接支払交付金|経営所得安定|収入減少影響緩和|畑作物|コメ新市場")
_TASK: Final = "which subsidy does an organisation with history first receive from 2021 on (valid: 2019 and 2020)?\n"
_RULES: Final = (
    "Without local governments; the titles of the payment for paddy fields (水田活用) are one programme. "
    "Candidates were granted to somebody before the window."
)


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the files under ``path``: all programmes, and those that are no payment to farms."""
    found = one_paddy_payment(read_awards(path))
    comment = f"Miyagi, Japan: {_TASK}{_RULES}"
    yield awards_folder(AwardTask("miyagi-programmes", "ja", comment, WINDOWS), found)
    others = found.only(a for a in found.awards if not _FARM_PAYMENT.search(found.items[a.item]["title"]))
    comment = f"Miyagi, Japan, without payments to farms: {_TASK}{_RULES}"
    yield awards_folder(AwardTask("miyagi-programmes-no-farm", "ja", comment, WINDOWS), others)


def read_awards(path: Path) -> AwardSet:
    """Read the awards of all but local governments, programmes as published."""
    file = path / "awards.csv.gz"
    columns = ("org", "programme", "date")
    found = AwardSet(
        [
            Award(row["org"], row["programme"], award_day(file, row["date"]))
            for row in award_rows(file, columns, columns)
        ],
        descriptions(path / "orgs.csv.gz", "org", ("name", "kind")),
        descriptions(path / "programmes.csv.gz", "programme", ("title",)),
    )
    require_known(file, found.awards, found)
    return found.only(a for a in found.awards if found.organisations[a.organisation]["kind"] != _LOCAL_GOVERNMENT)


def one_paddy_payment(found: AwardSet) -> AwardSet:
    """Return the set with the payment for paddy fields under the first of its ids."""
    same = sorted(item for item, columns in found.items.items() if _ONE_PROGRAMME in columns["title"])
    merged = dict.fromkeys(same, same[0]) if same else {}
    return found.only(replace(a, item=merged.get(a.item, a.item)) for a in found.awards)
