"""Awards of the US programme SBIR: a company's next agency, and which firms should hear of a topic.

US federal data by way of ereidelbach/SBIR. Phase II awards alone, without those whose agency is only a department of
several branches or is not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
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

WINDOWS: Final = (date(2010, 1, 1), date(2013, 1, 1))
TOPICS_FROM: Final = date(2013, 1, 1)
"""First release that is asked in the test; what was awarded earlier is known."""

_NO_BRANCH: Final = ("", "Department of Defense")
_MASKED: Final = "[individual awardee]"
_AWARDS: Final = "phase2_awards.csv.gz"
_AGENCY_COMMENT: Final = (
    "SBIR, new agencies: by which agency or branch is a firm with history first awarded a Phase II from 2013 on "
    "(valid: 2010 to 2012)?\n"
    "A project has title and abstract, and is known from its year on."
)
_TOPICS_COMMENT: Final = (
    "SBIR, topics: which firms win a Phase II on a topic, by its text and agency?\n"
    "Every Phase II award before 2013 stands as a topic that its firm won (train). Asked are topics released in 2011 "
    "and 2012 (valid) and from 2013 on (test), whose winners were awarded in 2013 or later and have a Phase II before. "
    "Knowledge ends with 2012 for both, so that no winner of a topic of valid is known in the test."
)


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the files under ``path``: a firm's new agencies, and the firms of a topic."""
    rows = award_rows(path / _AWARDS, ("award", "firm", "year", "programme", "title", "abstract"), ("award", "firm"))
    firms = descriptions(path / "firms.csv.gz", "firm", ("name",))
    for columns in firms.values():
        columns["name"] = columns["name"].replace(_MASKED, "")
    yield _agencies(path, rows, firms)
    yield _topics(path, rows, firms)


def _agencies(path: Path, rows: list[dict[str, str]], firms: dict[str, dict[str, str]]) -> ExperimentFolder:
    file = path / _AWARDS
    awards = [
        Award(row["firm"], row["programme"], award_day(file, row["year"]), _text(row))
        for row in rows
        if row["programme"] not in _NO_BRANCH
    ]
    found = AwardSet(awards, firms, {award.item: {"name": award.item} for award in awards}, "Agency")
    require_known(file, awards, found)
    return awards_folder(AwardTask("sbir-agency", "en", _AGENCY_COMMENT, WINDOWS), found)


def _topics(path: Path, rows: list[dict[str, str]], firms: dict[str, dict[str, str]]) -> ExperimentFolder:
    file = path / _AWARDS
    past = [row for row in rows if award_day(file, row["year"]) < TOPICS_FROM]
    items = {row["award"]: {"agency": _agency(row["programme"], "/"), "text": _text(row)} for row in past}
    topics = descriptions(path / "topics.csv.gz", "topic", ("name", "description", "agency", "released"))
    asked = _winners(path, topics)
    for topic in {award.item for award in asked}:
        row = topics[topic]
        items[topic] = {"agency": _agency(row["agency"], "|"), "text": f"{row['name']} {row['description']}".strip()}
    known = [Award(row["firm"], row["award"], award_day(file, row["year"]), split="train") for row in past]
    found = AwardSet([*known, *asked], firms, items, "Topic")
    require_known(file, found.awards, found)
    task = AwardTask(
        "sbir-topics",
        "en",
        _TOPICS_COMMENT,
        reverse=True,
        refit="train",
        more={"candidate_seen": True},
        report=MANY_ORGANISATIONS,
    )
    return awards_folder(task, found)


def _winners(path: Path, topics: Mapping[str, Mapping[str, str]]) -> list[Award]:
    """Return who won a topic in 2013 or later, in the window of its release; without a day, as that is the answer's."""
    file, columns = path / "topic_winners.csv", ("topic", "firm", "year")
    found = []
    for row in award_rows(file, columns, columns):
        if row["topic"] not in topics:
            raise SourceError(
                Wording(
                    f"{file}: topics.csv.gz에 없는 topic입니다: {row['topic']!r}. 데이터의 모든 파일을 다시 받으십시오",
                    f"{file}: topic {row['topic']!r} is not in topics.csv.gz; fetch all files of the set again",
                )
            )
        if award_day(file, row["year"]) >= TOPICS_FROM:
            released = award_day(path / "topics.csv.gz", topics[row["topic"]]["released"])
            split = "test" if released >= TOPICS_FROM else "valid"
            found.append(Award(row["firm"], row["topic"], None, split=split))
    return found


def _text(row: Mapping[str, str]) -> str:
    return " ".join(f"{row['title']} {row['abstract']}".split())


def _agency(text: str, separator: str) -> str:
    """Return department and branches in one order, however the file writes them."""
    return "|".join(sorted({part.strip() for part in text.split(separator) if part.strip()}))
