"""The list of pairs that a person decides on: a table to fill in with a spreadsheet and to give back."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph_schema.catalog import parse_ref
from graph_schema.errors import ConfigError, Fault, SchemaError, ValidationError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from loaders import ksic, regions
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
_COPY: Final = Wording("두 노드를 목록에 있던 대로 옮겨 적으십시오", "copy both nodes as the list had them")
_NO_DECISION: Final = Wording("결정이 아닙니다", "not a decision")
_CHOICES: Final = Wording(
    f"{', '.join(_WORDS)} 가운데 하나를 적거나 비워 두십시오", f"write {', '.join(_WORDS)} or nothing"
)
_OPPOSITE: Final = Wording("앞의 행이 같은 쌍을 반대로 결정합니다", "an earlier row decides the opposite for this pair")
_KEEP_ONE: Final = Wording("두 행 가운데 하나만 남기십시오", "keep one of the two rows")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_review(path: Path, proposals: Iterable[Proposal]) -> int:
    """Write the pairs that a person should look at, the decision left empty; return how many there are.

    Addresses, numbers and names of persons are not in it. Raises ``ConfigError`` where there is a file already, which
    may hold decisions that nobody has taken in.
    """
    rows = [
        ("", *_cells(each.member), *_cells(each.stays), f"{each.score:.1f}", "; ".join(each.evidence))
        for each in proposals
        if not each.same
    ]
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(COLUMNS)
            lines.writerows(rows)
    except OSError as error:
        reason = system_reason(error)
        raise ConfigError(
            Wording(
                f"{path}: 쓸 수 없습니다({reason.ko}). 새 파일의 이름을 쓸 수 있는 폴더에 적으십시오. 이미 적어 넣은 "
                f"목록이면 먼저 `dure resolve decide {path}`로 반영하십시오",
                f"{path} cannot be written ({reason.en}); name a new file in a folder that can be written; where it is "
                f"a list filled in already, `dure resolve decide {path}` takes it in",
            )
        ) from error
    return len(rows)


def _fault(row: int, word: str, reason: Wording, remedy: Wording) -> Fault:
    where = Wording(f"{row}행: {reason.ko}", f"row {row}: {reason.en}")
    return Fault(DECISION, word, where, remedy)


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
            message = error.wording
            faults.append(
                _fault(row.number, word, Wording(f"두 노드를 읽을 수 없습니다: {message.ko}", message.en), _COPY)
            )
            continue
        same = _WORDS.get(word)
        if same is None:
            faults.append(_fault(row.number, word, _NO_DECISION, _CHOICES))
        elif answers.setdefault(pair, same) != same:
            faults.append(_fault(row.number, word, _OPPOSITE, _KEEP_ONE))
    if faults:
        raise ValidationError(str(path), faults)
    return answers


def _cells(side: Side) -> tuple[str, ...]:
    places, trades = ", ".join(map(_place, side.regions)), ", ".join(map(_trade, side.industries))
    cells = (side.name, places, trades, side.text[:_LONGEST_TEXT])
    return (str(side.ref), *map(_plain, cells))


def _place(code: str) -> str:
    """Name a region with its province; one that is not known by its code."""
    known = regions.table()
    if code not in known:
        return code
    return " ".join(known[each].name for each in dict.fromkeys((code[: regions.PROVINCE_DIGITS], code)))


def _trade(id_: str) -> str:
    """Name an industry; one of another revision by its id."""
    revision, _, code = id_.removeprefix("ksic").partition(":")
    known = {str(each): ksic.table(each) for each in ksic.REVISIONS}.get(revision, {})
    return known[code][1] if code in known else id_


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
