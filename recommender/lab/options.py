"""Options of a run by their names on the command line, from a file or from Python; unknown ones are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypedDict, cast

import numpy as np

from graph_schema.errors import ConfigError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording

_FEWEST_SEEDS: Final = 1
"""A run needs one."""
_LEAST_BUDGET: Final = 0.1
"""Minutes: below six seconds not even the simple models are fitted."""
RANK_FORMATS: Final = ("csv", "parquet")


class RunOptions(TypedDict, total=False):
    """What both a file and a call from Python may say of a run."""

    seeds: int
    budget: float
    device: str
    encoder: str
    only: bool
    cold: bool
    ranks: str
    set: list[str]


_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "folder": (str,),
    "out": (str,),
    "task": (str,),
    "model": (str, list),
    "seeds": (int,),
    "budget": (int, float),
    "device": (str,),
    "encoder": (str,),
    "only": (bool,),
    "cold": (bool,),
    "synthetic": (bool,),
    "ranks": (str,),
    "set": (str, list),
    "json": (bool,),
}


def read_options(path: Path) -> dict[str, object]:
    """Read a file of options; raises ``ConfigError`` where it is absent, no TOML, or holds what is no option."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            Wording(
                f"{path}: 읽을 수 없습니다({system_reason(error).ko}). 옵션을 적은 TOML 파일을 지정하십시오",
                f"{path} cannot be read ({error.strerror}); name a TOML file of options",
            )
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            Wording(f"{path}: UTF-8로 적은 TOML이 아닙니다: {error}", f"{path} is not TOML in UTF-8: {error}")
        ) from error
    refuse_unknown(found, _KINDS, str(path))
    _refuse_other_kinds(found, str(path))
    return found


def _refuse_other_kinds(given: Mapping[str, object], where: str) -> None:
    """Raise ``ConfigError`` for a value that is not of its option's kind."""
    for name, value in given.items():
        plain = value.item() if isinstance(value, np.generic) else value
        # A truth value is an integer to Python, and no number of seeds.
        fits = isinstance(plain, _KINDS[name]) and (isinstance(plain, bool) == (bool in _KINDS[name]))
        if not fits or (isinstance(plain, list) and not all(isinstance(each, str) for each in plain)):
            kinds = [_WORDS[kind] for kind in _KINDS[name]]
            raise ConfigError(
                Wording(
                    f"{where}: {name} = {value!r}: 맞지 않는 값입니다(적을 수 있는 값: "
                    f"{' 또는 '.join(each.ko for each in kinds)})",
                    f"{where}: {name} takes {' or '.join(each.en for each in kinds)}, not {value!r}",
                )
            )


_WORDS: Final = {
    str: Wording("글", "text"),
    int: Wording("정수", "a whole number"),
    float: Wording("수", "a number"),
    bool: Wording("true나 false", "true or false"),
    list: Wording("글의 목록", "a list of texts"),
}


def refuse_unknown(names: Iterable[str], known: Iterable[str], where: str) -> None:
    """Raise ``ConfigError`` for the names that are no options, each with those that are near, else with all."""
    known = sorted(known)
    faults = []
    for name in names:
        if name not in known:
            near = get_close_matches(name, known)
            others = ", ".join(near or known)
            faults.append(
                Wording(
                    f"{name!r}: 없는 옵션입니다. {'비슷한 옵션' if near else '있는 옵션'}: {others}",
                    f"{name!r} is not an option; {'near are' if near else 'known are'} {others}",
                )
            )
    if faults:
        said = Wording.joined(faults)
        raise ConfigError(Wording(f"{where}: {said.ko}", f"{where}: {said.en}"))


def check_options(options: RunOptions) -> RunOptions:
    """Return what a call from Python gives, numbers of numpy as Python's own; raises ``ConfigError`` for faults."""
    refuse_unknown(options, RunOptions.__annotations__, "run_experiment")
    _refuse_other_kinds(options, "run_experiment")
    seeds, budget, ranks = options.get("seeds", 1), options.get("budget", 1.0), options.get("ranks", "")
    if seeds < _FEWEST_SEEDS:
        raise ConfigError(
            Wording(
                f"seeds = {seeds}: 너무 적습니다. {_FEWEST_SEEDS} 이상을 적으십시오",
                f"seeds = {seeds} is too few; give {_FEWEST_SEEDS} or more",
            )
        )
    if budget < _LEAST_BUDGET:
        raise ConfigError(
            Wording(
                f"budget = {budget}분: 너무 짧습니다. {_LEAST_BUDGET} 이상을 적으십시오",
                f"budget = {budget} minutes is too little; give {_LEAST_BUDGET} or more",
            )
        )
    check_ranks(ranks)
    plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in options.items()}
    return cast(RunOptions, plain)


def check_ranks(ranks: str) -> None:
    """Raise ``ConfigError`` for a format that ranks are not written in; empty is none."""
    if ranks and ranks not in RANK_FORMATS:
        formats = ", ".join(RANK_FORMATS)
        raise ConfigError(
            Wording(
                f"ranks = {ranks!r}: 없는 형식입니다. 다음 가운데 하나를 고르십시오: {formats}",
                f"ranks = {ranks!r} is not a format; choose one of {formats}",
            )
        )
