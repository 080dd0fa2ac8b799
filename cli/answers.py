"""How answers and figures look on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from cli.output import console, say
from graph_schema.wording import Language

if TYPE_CHECKING:
    from recommender.language.answers import Answer, Recommendation


_WIDTHS: tuple[tuple[int, Literal["left", "right"]], ...] = (
    (3, "right"),
    (6, "right"),
    (6, "left"),
    (44, "left"),
    (52, "left"),
    (30, "left"),
)
"""Widest each column may be, and where its text stands."""
_HEADERS = {
    "ko": ("#", "점수", "가능성", "추천", "이유", "확인할 것"),
    "en": ("#", "score", "likely", "recommended", "why", "to be checked"),
}
_EXCLUDED = {"ko": "조건이 맞지 않아 제외: {}", "en": "Kept out by a condition: {}"}
_WHERE = {"ko": "공고와 신청 방법", "en": "Notices, and how to apply"}
_ALIKE = {"ko": "(같은 조건 {}건 더)", "en": "({} more just like it)"}
_FOR_ALL = {"ko": "모든 추천에서 확인할 것", "en": "To be checked for each of them"}
_UNKNOWN = {
    "ko": re.compile(r"(?P<subject>[^,()]+?)(?P<rest>[을를] 알 수 없어 확인 필요)"),
    "en": re.compile(r"(?P<subject>[^,;()]+?)(?P<rest> (?:is|are) not known)"),
}
"""A check that says of a subject no more than that it is not known."""
_LINEAGE = {"ko": "기준일 {} · 모델 {} ({}) · 스냅샷 {}", "en": "as of {} · model {} ({}) · snapshot {}"}
_SYNTHETIC = {"ko": "(가상)", "en": "(synthetic)"}


def show_answer(answer: Answer, *, language: Language, reasons: int = 1) -> None:
    """Print an answer as a table, at most ``reasons`` reasons a result, then what goes with it.

    That are what is to be checked for each result alike, the addresses of notices, what was kept out, notes, and the
    lineage.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    pending = [_pending(item, language) for item in answer.recommendations]
    for_all = [check for check in pending[0] if all(check in each for each in pending)] if len(pending) > 1 else []
    if answer.recommendations:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=False)
        for name, (width, justify) in zip(_HEADERS[language], _WIDTHS, strict=True):
            table.add_column(name, max_width=width, overflow="fold", justify=justify)
        for item, checks in zip(answer.recommendations, pending, strict=True):
            own = "\n".join(_in_short([check for check in checks if check not in for_all], language))
            table.add_row(*(Text(cell) for cell in (*_row(item, language, reasons), own)))
        console().print(table)
    if for_all:
        say("\n".join([_FOR_ALL[language], *(f"  - {check}" for check in _in_short(for_all, language))]))
    if addresses := [f"  {item.rank}. {item.url}" for item in answer.recommendations if item.url]:
        say("\n".join([_WHERE[language], *addresses]))
    if answer.recommendations and answer.excluded:
        say(_EXCLUDED[language].format(_excluded(answer, language)))
    for note in answer.notes:
        say(getattr(note, language))
    lineage = answer.lineage
    say(getattr(answer.served_by, language))
    say(getattr(answer.probability, language))
    made_of = answer.as_of, lineage.model_version, answer.scorer, lineage.snapshot_id[:12]
    say(_LINEAGE[language].format(*made_of))


def _excluded(answer: Answer, language: Language) -> str:
    from recommender.knowledge.tasks import get_task
    from recommender.rules.decide import excluded_said

    return str(getattr(excluded_said(get_task(answer.task), answer.excluded), language))


def _row(item: Recommendation, language: Language, reasons: int) -> tuple[str, ...]:
    from graph_schema.choices import choice_words

    marked = item.synthetic and _SYNTHETIC["ko"] not in item.caption
    caption = f"{item.caption} {_SYNTHETIC[language]}" if marked else item.caption
    if item.alike:
        caption = f"{caption} {_ALIKE[language].format(len(item.alike))}"
    grade = "–" if item.grade is None else choice_words("grade", item.grade).in_language(language)
    why = "\n".join(getattr(reason, language) for reason in item.reasons[:reasons])
    return str(item.rank), f"{item.score:.2f}", grade, caption, why


def _pending(item: Recommendation, language: Language) -> list[str]:
    return [getattr(check, language) for check in item.checks if check.verdict == "to_be_checked"]


def _in_short(checks: Sequence[str], language: Language) -> list[str]:
    """Join what is merely not known into one sentence, before what else is to be checked."""
    found = [_UNKNOWN[language].fullmatch(check) for check in checks]
    unknown = [match for match in found if match]
    others = [check for check, match in zip(checks, found, strict=True) if match is None]
    if not unknown:
        return others
    verb = unknown[-1]["rest"] if len(unknown) == 1 or language == "ko" else " are not known"
    return [", ".join(match["subject"] for match in unknown) + verb, *others]
