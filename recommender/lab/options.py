"""Options of a run by their names on the command line, from a file or from Python; unknown ones are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypedDict

from graph_schema.errors import ConfigError

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
    "json": (bool,),
}


def read_options(path: Path) -> dict[str, object]:
    """Read a file of options; raises ``ConfigError`` where it is absent, no TOML, or holds what is no option."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); name a TOML file of options") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML in UTF-8: {error}") from error
    refuse_unknown(found, _KINDS, str(path))
    for name, value in found.items():
        # A truth value is an integer to Python, and no number of seeds.
        fits = isinstance(value, _KINDS[name]) and (isinstance(value, bool) == (bool in _KINDS[name]))
        if not fits or (isinstance(value, list) and not all(isinstance(each, str) for each in value)):
            kinds = " or ".join("list of texts" if kind is list else _WORDS[kind] for kind in _KINDS[name])
            raise ConfigError(f"{path}: {name} = {value!r} is no {kinds}")
    return found


_WORDS: Final = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def refuse_unknown(names: Iterable[str], known: Iterable[str], where: str) -> None:
    """Raise ``ConfigError`` for the names that are no options, each with those that are near, else with all."""
    known = sorted(known)
    faults = []
    for name in names:
        if name not in known:
            near = get_close_matches(name, known)
            faults.append(
                f"{name!r} is not an option; {'near are' if near else 'known are'} {', '.join(near or known)}"
            )
    if faults:
        raise ConfigError(f"{where}: {'; '.join(faults)}")


def check_options(options: RunOptions) -> None:
    """Raise ``ConfigError`` for what a call from Python names or gives wrongly."""
    refuse_unknown(options, RunOptions.__annotations__, "run_experiment")
    seeds, budget, ranks = options.get("seeds", 1), options.get("budget", 1.0), options.get("ranks", "")
    if seeds < _FEWEST_SEEDS:
        raise ConfigError(f"seeds = {seeds} is too few; give {_FEWEST_SEEDS} or more")
    if budget < _LEAST_BUDGET:
        raise ConfigError(f"budget = {budget} minutes is too little; give {_LEAST_BUDGET} or more")
    check_ranks(ranks)


def check_ranks(ranks: str) -> None:
    """Raise ``ConfigError`` for a format that ranks are not written in; empty is none."""
    if ranks and ranks not in RANK_FORMATS:
        raise ConfigError(f"ranks = {ranks!r} is not a format; choose one of {', '.join(RANK_FORMATS)}")
