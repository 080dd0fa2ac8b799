"""Services whose answers are known and say nothing that the graph has a place for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.answers import saved_rows
from loaders.files import shown
from loaders.source import Row
from loaders.tables import Shape


@dataclass(frozen=True)
class Unplaced:
    """A service by the fields that all its rows have, what it is, why it is not loaded, and beside what it is fetched.

    ``beside`` are the sources whose register has it, too: who loads it as one of them made no mistake.
    """

    fields: tuple[str, ...]
    what: Wording
    why: Wording
    beside: tuple[str, ...]


_KSTARTUP: Final = ("kstartup", "kstartup-businesses")
SERVICES: Final = (
    Unplaced(
        ("titl_nm", "clss_cd"),
        Wording("K-Startup 콘텐츠", "K-Startup articles"),
        Wording(
            "글은 기업이 신청하거나 만날 대상이 아니어서 그래프에 둘 자리가 없습니다",
            "an article is nothing that a company could apply for or meet",
        ),
        _KSTARTUP,
    ),
    Unplaced(
        ("titl_nm", "ctnt"),
        Wording("K-Startup 통계", "K-Startup statistics"),
        Wording(
            "통계 보고서는 개별 기업을 말하지 않아 그래프에 둘 자리가 없습니다",
            "a statistical report speaks of no single company",
        ),
        _KSTARTUP,
    ),
    Unplaced(
        ("EquipID",),
        Wording("NTIS 연구장비", "NTIS research equipment"),
        Wording(
            "장비는 그래프의 대상이 아니고 추천하는 종류도 아닙니다",
            "equipment is neither in the graph nor a kind of what is recommended",
        ),
        ("ntis-projects", "ntis-results"),
    ),
)


def reason(path: Path) -> Wording | None:
    """Say of a file of one of these services what it is and why it is not loaded; None where it is of none."""
    service = service_of(path)
    if service is None:
        return None
    return Wording(
        f"{shown(path)}: {service.what.ko} 자료입니다. {service.why.ko}. 파일은 그대로 두어도 됩니다",
        f"{shown(path)} is of {service.what.en}, for which the graph has no place: {service.why.en}; nothing needs to "
        "be done",
    )


def nothing_kept(service: Unplaced) -> Wording:
    """Say in a report of a load that a file was recognised."""
    return Wording(
        f"알아본 파일이나 그래프에 둘 내용이 없음, {service.what.ko}: {service.why.ko}",
        f"recognised, holds nothing that the graph keeps, {service.what.en}: {service.why.en}",
    )


def service_of(path: Path) -> Unplaced | None:
    """Return the service that a file is of; None where it is of none."""
    for service in SERVICES:
        row = _first_row(path, service)
        if row and set(service.fields) <= row.values.keys():
            return service
    return None


def _first_row(path: Path, service: Unplaced) -> Row | None:
    with suppress(SourceError):
        return next(saved_rows(path, Shape(service.fields), tags=("item", "HIT")), None)
    return None
