"""Korean patents and the organisations that filed them: whose is a new patent, and who files together next.

A table in the columns of KIPRIS Plus, organisations only. What is known only after the filing (status, registration)
is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Final

import pyarrow as pa

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.importers.files import read_table, require_values
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.write import ExperimentFolder

FILED: Final[EdgeKey] = ("Organisation", "FILED", "Patent")
CO_FILED: Final[EdgeKey] = ("Organisation", "CO_FILED_WITH", "Organisation")
IN_FIELD: Final[EdgeKey] = ("Patent", "IN_FIELD", "TechField")
PART_OF: Final[EdgeKey] = ("TechField", "PART_OF", "TechField")

APPLICANT_CUTS: Final = (date(2021, 1, 1), date(2022, 1, 1))
CO_APPLICANT_CUTS: Final = (date(2018, 1, 1), date(2020, 1, 1))

_FILE: Final = "patents_orgs_only.csv"
_COLUMNS: Final = ("applicationNumber", "applicationDate", "inventionTitle", "ipc", "applicant_orgs", "abstract")
_DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_IPC: Final = re.compile(r"([A-H]\d{2}[A-Z])(?:\s*\d+(?:/\d+)?)?")
_IPC_LENGTHS: Final = (1, 3, 4)
"""Characters of a section, a class and a subclass."""
_LEGAL_FORMS: Final = re.compile(r"주식회사|\(주\)|재단법인|\(재\)|사단법인|\(사\)|[\s.,·]")


def folders(path: Path) -> Iterator[ExperimentFolder]:
    """Make two folders of the table under ``path``: the applicant of a new patent, and new co-applicants."""
    file = path / _FILE
    table = read_table(file, _COLUMNS)
    require_values(file, table, ("applicationNumber", "applicationDate", "applicant_orgs"))
    rows = table.to_pylist()
    days = [_day(file, row["applicationDate"]) for row in rows]
    numbers = [row["applicationNumber"] for row in rows]
    if twice := len(numbers) - len(set(numbers)):
        raise SourceError(
            Wording(
                f"{file}: 두 번 적힌 출원번호가 {twice}개 있습니다. 파일을 다시 받으십시오",
                f"{file}: {twice} application numbers stand twice; fetch it again",
            )
        )
    applicants = [sorted({organisation_id(name) for name in _split(row["applicant_orgs"])}) for row in rows]
    fields = [sorted({match[1] for code in _split(row["ipc"]) if (match := _IPC.fullmatch(code))}) for row in rows]
    nodes = {
        "Organisation": _organisations(rows),
        "Patent": pa.table(
            {
                "id": numbers,
                "filed_on": days,
                "title": [" ".join(row["inventionTitle"].split()) for row in rows],
                "abstract": [" ".join(row["abstract"].split()) for row in rows],
            }
        ),
        "TechField": _fields(fields),
    }
    edges: dict[EdgeKey, pa.Table] = {
        FILED: _edges(
            (name, number, day) for names, number, day in zip(applicants, numbers, days, strict=True) for name in names
        ),
        IN_FIELD: _edges((number, code) for number, codes in zip(numbers, fields, strict=True) for code in codes),
        PART_OF: _edges((code, above) for code in nodes["TechField"]["id"].to_pylist() if (above := _above(code))),
    }
    yield _applicant(nodes, edges)
    pairs = _edges((*pair, day) for names, day in zip(applicants, days, strict=True) for pair in combinations(names, 2))
    yield _co_applicant(nodes, {**edges, CO_FILED: pairs})


def organisation_id(name: str) -> str:
    """Return the form under which spellings of one organisation meet: compatibility form, no legal form, no blanks."""
    text = unicodedata.normalize("NFKC", name.replace("ㆍ", "·"))
    return (_LEGAL_FORMS.sub("", text) or text.strip()).casefold()


def _applicant(nodes: dict[str, pa.Table], edges: dict[EdgeKey, pa.Table]) -> ExperimentFolder:
    return ExperimentFolder(
        _spec("patents-applicant", FILED, ("Patent", "Organisation"), {}, APPLICANT_CUTS),
        nodes,
        edges,
        comment=(
            "Korean patents: which organisation files a new patent, by its title, abstract and IPC?\n"
            "Candidates are all organisations of the table, those included that filed nothing before."
        ),
    )


def _co_applicant(nodes: dict[str, pa.Table], edges: dict[EdgeKey, pa.Table]) -> ExperimentFolder:
    more: dict[str, object] = {"symmetric": True, "candidate_seen": True}
    return ExperimentFolder(
        _spec("patents-co-applicant", CO_FILED, ("Organisation", "Organisation"), more, CO_APPLICANT_CUTS),
        nodes,
        edges,
        comment=(
            "Korean patents: with whom does an organisation first file together?\n"
            "CO_FILED_WITH has a row for each joint patent. Candidates have filed together before: the table names "
            "organisations only because they file, so that one without history would be given away by being listed."
        ),
    )


def _spec(
    name: str, target: EdgeKey, sides: tuple[str, str], more: dict[str, object], cuts: tuple[date, date]
) -> dict[str, object]:
    return {
        "name": name,
        "language": "ko",
        "task": {"kind": "recommend", "query": sides[0], "candidate": sides[1], "target": list(target), **more},
        "split": {
            "kind": "global_time",
            "train_before": cuts[0],
            "valid_before": cuts[1],
            "refit": "train+valid",
        },
        "mask": {"known": True, "self": True},
        "report": {"k": [10, 20], "main": "mrr"},
    }


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _day(file: Path, text: str) -> date:
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(
            Wording(
                f"{file}: applicationDate {text!r}: 날짜가 아닙니다. 20260302처럼 적으십시오",
                f"{file}: applicationDate {text!r} is not a date; write it like 20260302",
            )
        ) from error


def _organisations(rows: list[dict[str, str]]) -> pa.Table:
    """Return each organisation under the first, by order of characters, of the names it is written with."""
    names: dict[str, str] = {}
    for name in sorted({name for row in rows for name in _split(row["applicant_orgs"])}):
        names.setdefault(organisation_id(name), " ".join(name.split()))
    return pa.table({"id": list(names), "name": list(names.values())})


def _fields(fields: list[list[str]]) -> pa.Table:
    codes = sorted({code[:length] for each in fields for code in each for length in _IPC_LENGTHS})
    return pa.table({"id": codes, "level": [_IPC_LENGTHS.index(len(code)) + 1 for code in codes]})


def _above(code: str) -> str | None:
    level = _IPC_LENGTHS.index(len(code))
    return code[: _IPC_LENGTHS[level - 1]] if level else None


def _edges(rows: Iterable[tuple[object, ...]]) -> pa.Table:
    """Return ``src, dst`` and, where a third value is given, ``time``."""
    columns = list(zip(*rows, strict=True)) or [(), ()]
    return pa.table(dict(zip(("src", "dst", "time"), map(list, columns), strict=False)))
