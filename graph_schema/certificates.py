"""Certificates of companies: their names in English, as the graph has the Korean ones, and when they are held."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final

_ENGLISH: Final[Mapping[str, str]] = {
    "벤처기업": "venture company",
    "이노비즈": "Inno-Biz, a technologically innovative SME",
    "메인비즈": "Main-Biz, an SME of innovative management",
    "여성기업": "women-owned enterprise",
    "장애인기업": "enterprise of a disabled owner",
    "사회적기업": "social enterprise",
    "예비사회적기업": "preliminary social enterprise",
    "마을기업": "village enterprise",
    "예비마을기업": "preliminary village enterprise",
    "자활기업": "self-support enterprise",
    "뿌리기업": "root-industry enterprise",
    "기업부설연구소": "corporate R&D centre",
    "연구개발전담부서": "dedicated R&D department",
    "수출유망중소기업": "promising export SME",
    "중소기업확인서": "confirmation as an SME",
    "녹색인증": "green certification",
    "특허": "patent",
}
_PAPER: Final = re.compile(r"(?:확인서|인증서|지정서|등록증|확인|인증)$")
"""What names have behind them that name the paper, not the certificate."""
_ISSUED: Final = re.compile(
    r"(?P<name>[^()]+?)\s*\(\s*(?P<year>\d{4})[-./]\s?(?P<month>\d{1,2})[-./]\s?(?P<day>\d{1,2})\.?[^()\d~]*\)"
)


def certificates_in_english(names: Iterable[str]) -> str:
    """Join certificates, each by its English name with the Korean in brackets; what has none by its own."""
    return ", ".join(map(_in_english, names))


def period(name: str, first: date, last: date | None = None) -> str:
    """Write from when to when a certificate is valid, both days included; until when is for the law where not known."""
    return f"{first}/{last or ''} {name}"


def parted(written: str) -> tuple[str, date | None]:
    """Return the name of a certificate and the day of issue that stands behind it: 벤처기업(2024-03-31)."""
    if found := _ISSUED.fullmatch(written):
        with suppress(ValueError):
            return found["name"], date(*map(int, found.group("year", "month", "day")))
    return written, None


def issues(periods: Iterable[str]) -> dict[str, date]:
    """Return the last day of issue of certificates of which it is not known until when they are valid."""
    found: dict[str, date] = {}
    for written in periods:
        days, _, name = written.partition(" ")
        if days.endswith("/"):
            found[name] = max(found.get(name, date.min), date.fromisoformat(days[:-1]))
    return found


def held(names: Iterable[str], periods: Collection[str], on: date) -> list[str]:
    """Return the certificates that are held on a day: those without a period, and those of which one holds."""
    day = on.isoformat()
    valid: dict[str, bool] = {}
    for written in periods:
        days, _, name = written.partition(" ")
        first, _, last = days.partition("/")
        valid[name] = valid.get(name, False) or (first <= day and (not last or day <= last))
    return [name for name in names if valid.get(name, True)]


def without_paper(name: str) -> str:
    """Return a certificate's name without blanks and the word for the paper: 벤처기업 확인서 → 벤처기업."""
    return _PAPER.sub("", re.sub(r"\s", "", name))


def is_known(name: str) -> bool:
    """Whether a certificate is one that has an English name here, by its own name or that of its paper."""
    return _in_english(name) != name


def _in_english(name: str) -> str:
    english = _ENGLISH.get(re.sub(r"\s", "", name)) or _ENGLISH.get(without_paper(name))
    return f"{english} ({name})" if english else name
