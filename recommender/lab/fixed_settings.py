"""Settings of rows that the user fixes; what else a row has to choose among is left to valid."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from recommender.bench.catalogue import Variants
from recommender.bench.model_names import AUTO, ENGINE, SERVED

_FORM: Final = re.compile(r"\s*([^\s.=]+)\.([^\s=]+)\s*=\s*(.*\S)\s*")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PARTS: Final = ("variants", "pilots")
"""Fields of a row that chooses for itself among estimators, each of which takes a setting that the row lacks."""


@dataclass(frozen=True)
class FixedSetting:
    """``row.path = value``; the path of a setting within another is dotted, as ``dure experiment models`` shows it."""

    row: str
    path: str
    value: Any

    def __str__(self) -> str:
        return f"{self.row}.{self.path}={self.value}"


def read_fixed_settings(texts: str | Sequence[str]) -> tuple[FixedSetting, ...]:
    """Read ``ROW.SETTING=VALUE``, the value as TOML writes it or as plain text; raises ``ConfigError`` for others."""
    return tuple(_read(text) for text in ([texts] if isinstance(texts, str) else texts))


def _read(text: str) -> FixedSetting:
    found = _FORM.fullmatch(text)
    if found is None:
        raise ConfigError(
            Wording(
                f"설정을 읽을 수 없습니다: {text!r}. ease.regularisation=20처럼 행.설정=값으로 적으십시오",
                f"{text!r} is not a setting; write ROW.SETTING=VALUE, such as ease.regularisation=20",
            )
        )
    row, path, value = found.groups()
    if row == SERVED:
        raise ConfigError(
            Wording(
                f"--set {text}: {SERVED}는 `dure train`이 학습하는 그대로이므로 설정을 바꿀 수 없습니다. 빼십시오",
                f"--set {text}: {SERVED} is what `dure train` trains, as it is; leave it out",
            )
        )
    return FixedSetting(AUTO if row == ENGINE else row, path, _plain(value))


def _plain(text: str) -> Any:
    """Return a value as TOML reads it, a number as Python does (``.2``), else the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return float(text) if _NUMBER.fullmatch(text) else text


def fix_settings(rows: Variants, fixed: Sequence[FixedSetting], *, distinct: bool) -> Variants:
    """Return rows with the settings of some fixed in all variants; ``distinct`` ones alone where that is asked for.

    Those of the engine stay as many as they are, since a control follows its choice by the place. Raises
    ``ConfigError`` for a setting that a row does not have, and for a value that it cannot take.
    """
    found = dict(rows)
    for each in fixed:
        name = ENGINE if each.row == AUTO and ENGINE in found else each.row
        if name in found:
            variants = [_with(variant, each.path.split("."), each) for variant in found[name]]
            found[name] = tuple(one for at, one in enumerate(variants) if not distinct or one not in variants[:at])
    return found


def refuse_absent_rows(fixed: Sequence[FixedSetting], rows: Sequence[str]) -> None:
    """Raise ``ConfigError`` where a row whose setting is fixed is not run."""
    absent = [each.row for each in fixed if each.row not in rows]
    if absent:
        names, run = ", ".join(dict.fromkeys(absent)), ", ".join(rows)
        raise ConfigError(
            Wording(
                f"--set: 실행하지 않는 모델의 설정입니다({names}). 실행할 모델: {run}",
                f"--set: {names} is not run; the models of this run are {run}",
            )
        )


def _with(value: Any, path: Sequence[str], fixed: FixedSetting) -> Any:
    """Return an estimator, or a setting of it, with what ``path`` leads to replaced."""
    name, *rest = path
    if not is_dataclass(value) or isinstance(value, type):
        raise _unknown(fixed, ())
    if name in _settings(value):
        old = getattr(value, name)
        new = _with(old, rest, fixed) if rest else _fitting(get_type_hints(type(value))[name], old, fixed)
        return replace(value, **{name: new})
    parts = [each for each in _PARTS if each in _settings(value)]
    if not parts:
        raise _unknown(fixed, tuple(_paths(value)))
    return replace(value, **{part: tuple(_with(one, path, fixed) for one in getattr(value, part)) for part in parts})


def _settings(value: Any) -> list[str]:
    return [field.name for field in fields(value) if field.compare and field.name != "name"]


def _paths(value: Any, within: str = "") -> Iterator[str]:
    """Yield the settings of an estimator, and those within them behind a dot."""
    for name in _settings(value):
        yield f"{within}{name}"
        inner = getattr(value, name)
        if is_dataclass(inner):
            yield from _paths(inner, f"{within}{name}.")


def _fitting(hint: Any, old: Any, fixed: FixedSetting) -> Any:
    """Return the value in the type of the one that it takes the place of."""
    value = fixed.value
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise _unfit(fixed, Wording.alike(", ".join(map(str, get_args(hint)))))
        return value
    if isinstance(value, int) and not isinstance(value, bool) and isinstance(old, float):
        return float(value)
    if isinstance(old, tuple | Mapping) or is_dataclass(old):
        raise _unfit(fixed, Wording("파이썬에서 추정기로만 지정", "an estimator from Python alone"))
    if old is not None and type(value) is not type(old):
        raise _unfit(fixed, Wording(f"{old!r} 같은 값", f"such as {old!r}"))
    return value


def _unknown(fixed: FixedSetting, known: Sequence[str]) -> ConfigError:
    near = ", ".join(get_close_matches(fixed.path, known) or known)
    return ConfigError(
        Wording(
            f"--set: {fixed.row}에 없는 설정: {fixed.path}. `dure experiment models {fixed.row}`에 설정이 있습니다"
            + (f"(예: {near})" if near else ""),
            f"--set: {fixed.row} has no setting {fixed.path}; `dure experiment models {fixed.row}` shows them"
            + (f" (near: {near})" if near else ""),
        )
    )


def _unfit(fixed: FixedSetting, fits: Wording) -> ConfigError:
    return ConfigError(
        Wording(
            f"--set: {fixed.row}.{fixed.path} = {fixed.value!r}: 맞지 않는 값입니다(적을 수 있는 값: {fits.ko})",
            f"--set: {fixed.row}.{fixed.path} cannot be {fixed.value!r}; what fits: {fits.en}",
        )
    )
