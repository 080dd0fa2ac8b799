"""Which column of a list of awards says who, what and when: as it was named, or by the usual names for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph_schema.errors import ConfigError, SourceError
from graph_schema.wording import Wording

_ORGANISATION: Final = """
    기업명 업체명 회사명 법인명 기관명 상호 상호명 사업자명 수혜기업 수혜기업명 선정기업 선정기업명 지원기업 지원기업명
    수행기관 수행기관명 주관기관 주관기관명 보조사업자 보조사업자명
    organisation organization organisationname organizationname company companyname firm firmname enterprise
    beneficiary beneficiaryname recipient recipientname org
"""
_ITEM: Final = """
    지원사업명 지원사업 보조사업명 세부사업명 사업명 공고명 프로그램명 프로그램 시책명
    programme program programmename programname measure measurename call callname scheme subsidy subsidyname grant item
"""
_DATE: Final = """
    선정일 선정일자 지원일 지원일자 교부일 교부일자 교부결정일 협약일 협약일자 결정일 결정일자
    선정연도 선정년도 지원연도 지원년도 교부연도 협약연도 사업연도 사업년도 연도 년도 일자 날짜
    date awarddate dateofaward approvaldate awardedon year awardyear fiscalyear
"""
_USUAL: Final = {"organisation": _ORGANISATION.split(), "item": _ITEM.split(), "date": _DATE.split()}
"""The likeliest first, written as ``_plain`` does."""
_SEPARATORS: Final = re.compile(r"[\W_]+")
ROLES: Final = {"organisation": "기관", "item": "항목", "date": "날짜"}
"""What the columns are called in Korean, by their option."""


@dataclass(frozen=True)
class AwardColumns:
    """Columns of a list: who was awarded what and when, texts and attributes of both; empty where not named."""

    organisation: str = ""
    item: str = ""
    date: str = ""
    organisation_text: tuple[str, ...] = ()
    item_text: tuple[str, ...] = ()
    organisation_attribute: tuple[str, ...] = ()
    item_attribute: tuple[str, ...] = ()


def find_columns(path: Path, found: Sequence[str], named: AwardColumns) -> AwardColumns:
    """Return the columns to read, those that are not named by their usual names; texts are then the names.

    Raises ``SourceError`` where a column is not there or none is known, ``ConfigError`` where one is called ``id`` or
    stands for two of organisation, item and date.
    """
    _refuse_absent(path, found, named)
    usual = {role: _usual(found, names) for role, names in _USUAL.items()}
    chosen = {role: getattr(named, role) or usual[role] for role in _USUAL}
    for role, column in chosen.items():
        if not column:
            raise SourceError(
                Wording(
                    f"{path}: 이름으로 알 수 있는 {ROLES[role]} 열이 없습니다. --{role} 옵션으로 열을 지정하십시오. "
                    f"있는 열: {', '.join(found)}",
                    f"{path}: no column has a usual name for the {role}; name it with --{role}; the file has "
                    f"{', '.join(found)}",
                )
            )
    _refuse_shared(path, chosen)
    return replace(
        named,
        organisation=chosen["organisation"],
        item=chosen["item"],
        date=chosen["date"],
        organisation_text=named.organisation_text or (usual["organisation"] or chosen["organisation"],),
        item_text=named.item_text or (usual["item"] or chosen["item"],),
    )


def is_name(values: Iterable[str]) -> bool:
    """Whether most values have more letters than digits, so that they say something, unlike numbers and codes."""
    judged = [sum(map(str.isalpha, value)) > sum(map(str.isdigit, value)) for value in values]
    return sum(judged) * 2 > len(judged)


def _usual(found: Sequence[str], names: Sequence[str]) -> str:
    by_name = {_plain(column): column for column in reversed(found)}
    return next((by_name[name] for name in names if name in by_name), "")


def _plain(column: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", column)).casefold()


def _refuse_shared(path: Path, chosen: Mapping[str, str]) -> None:
    for column in chosen.values():
        roles = [role for role, other in chosen.items() if other == column]
        if len(roles) > 1:
            raise ConfigError(
                Wording(
                    f"{path}: 한 열을 {' 열과 '.join(ROLES[role] for role in roles)} 열로 함께 쓸 수 없습니다: "
                    f"{column!r}. --{roles[-1]} 옵션으로 다른 열을 지정하십시오",
                    f"{path}: column {column!r} stands for the {' and the '.join(roles)}; name another one with "
                    f"--{roles[-1]}",
                )
            )


def _refuse_absent(path: Path, found: Sequence[str], named: AwardColumns) -> None:
    for role, given in vars(named).items():
        for column in filter(None, (given,) if isinstance(given, str) else given):
            option = f"--{role.replace('_', '-')}"
            if column not in found:
                raise SourceError(
                    Wording(
                        f"{path}: {option} 옵션으로 지정한 열이 없습니다: {column!r}. 있는 열: {', '.join(found)}",
                        f"{path} has no column {column!r}, which {option} names; it has {', '.join(found)}",
                    )
                )
            if column == "id" and role.endswith(("_text", "_attribute")):
                raise ConfigError(
                    Wording(
                        f"{option} id: 실험 폴더가 쓰는 열 이름입니다. 파일에서 열 이름을 바꾸십시오: {path}",
                        f"{option} id: the folder has a column of that name; rename it in {path}",
                    )
                )
