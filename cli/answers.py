"""How an answer looks on a terminal: score, what, why, what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cli.output import console, say

if TYPE_CHECKING:
    from recommender.results import Answer, Recommendation

Language = Literal["ko", "en"]

_HEADERS = {
    "ko": ("#", "점수", "추천", "이유", "확인할 것"),
    "en": ("#", "score", "recommended", "why", "to be checked"),
}
_NOTHING = {"ko": "조건에 맞는 결과가 없습니다.", "en": "Nothing meets the conditions."}
_EXCLUDED = {"ko": "제외됨", "en": "kept out"}
_SYNTHETIC = {"ko": "(가상)", "en": "(synthetic)"}


def show_answer(answer: Answer, *, language: Language, reasons: int = 1) -> None:
    """Print an answer as a table, at most ``reasons`` reasons a result, then what was kept out and the lineage."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    if not answer.recommendations:
        say(_NOTHING[language])
    else:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=False)
        for name, width in zip(_HEADERS[language], (3, 6, 44, 52, 30), strict=True):
            table.add_column(name, max_width=width, overflow="fold", justify="right" if width < 10 else "left")
        for item in answer.recommendations:
            table.add_row(*(Text(cell) for cell in _row(item, language, reasons)))
        console().print(table)
    if answer.excluded:
        kept = ", ".join(f"{rule} {count:,}" for rule, count in sorted(answer.excluded.items()))
        say(f"{_EXCLUDED[language]}: {kept}")
    lineage = answer.lineage
    say(f"as of {answer.as_of} · model {lineage.model_version} ({answer.scorer}) · snapshot {lineage.snapshot_id[:12]}")


def _row(item: Recommendation, language: Language, reasons: int) -> tuple[str, ...]:
    caption = f"{item.caption} {_SYNTHETIC[language]}" if item.synthetic else item.caption
    why = "\n".join(getattr(reason, language) for reason in item.reasons[:reasons])
    checks = "\n".join(getattr(check, language) for check in item.checks if check.verdict == "to_be_checked")
    return str(item.rank), f"{item.score:.2f}", caption, why, checks
