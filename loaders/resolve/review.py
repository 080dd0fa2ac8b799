"""The list of pairs that a person decides on: a table to fill in with a spreadsheet and to give back."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph_schema.catalog import parse_ref
from graph_schema.errors import Fault, SchemaError, ValidationError
from loaders.resolve.decisions import Pair, Proposal, Side, pair_of
from loaders.tables import Shape, table_rows

DECISION: Final = "decision"
_WORDS: Final = {"same": True, "같음": True, "different": False, "다름": False}
_SIDE: Final = ("node", "name", "regions", "industries", "text")
COLUMNS: Final = (
    DECISION,
    *(f"{name}_1" for name in _SIDE),
    *(f"{name}_2" for name in _SIDE),
    "score",
    "evidence",
)
_LONGEST_TEXT: Final = 120
"""Characters of a text in a cell of the list, so that a row fits a screen."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_review(path: Path, proposals: Iterable[Proposal]) -> int:
    """Write the pairs that a person should look at, the decision left empty; return how many there are.

    Addresses, numbers and names of persons are not in it.
    """
    rows = [
        ("", *_cells(each.member), *_cells(each.stays), f"{each.score:.1f}", "; ".join(each.evidence))
        for each in proposals
        if not each.same
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows(rows)
    return len(rows)


def read_review(path: Path) -> dict[Pair, bool]:
    """Return what a person decided, whether each pair is one organisation; pairs without a decision are left out.

    Raises ``ValidationError`` with every row that cannot be read, ``SourceError`` where the file is no such table.
    """
    answers: dict[Pair, bool] = {}
    faults: list[Fault] = []
    for row in table_rows(path, Shape((DECISION, "node_1", "node_2"))):
        word = row.values[DECISION].strip().lower()
        if not word:
            continue
        try:
            pair = pair_of(*(parse_ref(row.values[name]) for name in ("node_1", "node_2")))
        except (SchemaError, ValidationError) as error:
            faults.append(Fault(f"row {row.number}", word, str(error), "copy both nodes as the list had them"))
            continue
        same = _WORDS.get(word)
        if same is None:
            reason = "not a decision"
            faults.append(Fault(f"row {row.number} {DECISION}", word, reason, f"write {', '.join(_WORDS)} or nothing"))
        elif answers.setdefault(pair, same) != same:
            reason = "an earlier row decides the opposite for this pair"
            faults.append(Fault(f"row {row.number} {DECISION}", word, reason, "keep one of the two rows"))
    if faults:
        raise ValidationError(str(path), faults)
    return answers


def _cells(side: Side) -> tuple[str, ...]:
    cells = (side.name, ", ".join(side.regions), ", ".join(side.industries), side.text[:_LONGEST_TEXT])
    return (str(side.ref), *map(_plain, cells))


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
