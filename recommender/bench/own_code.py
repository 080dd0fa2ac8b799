"""A hash of code that a model brings from outside the project, so that a changed model is fitted anew."""

from __future__ import annotations

import dataclasses
import json
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256
from types import CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Final

import numpy as np

from recommender.bench.contender import config_of

_PROJECT: Final = __name__.partition(".")[0]
_INSTALLED: Final = tuple(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
_PLAIN: Final = (str, int, float, bool, tuple, list, set, frozenset, dict, np.ndarray, np.generic, type(None))

Part = FunctionType | type
"""What has code of its own: a function or a class."""


def own_code(estimator: object) -> str:
    """Return a short hash of what an estimator from outside the project does; empty for one of the project.

    Hashed is bytecode, which is what runs even where a file or a cell has been edited since: that of the classes and
    functions an estimator is made of and of those that they name, with the plain values that they read. Comments and
    places in a file do not count. Left out are installed packages, and the project's own code, which ``code_version``
    hashes.
    """
    seen: set[int] = set()
    found: list[tuple[str, str]] = []
    waiting = list(_parts(estimator))
    while waiting:
        part = waiting.pop()
        if id(part) in seen or not _is_own(part):
            continue
        seen.add(id(part))
        functions, values = dict(_functions(part)), _class_values(part)
        waiting += part.__bases__ if isinstance(part, type) else ()
        for function in functions.values():
            values |= _read_by(function)
        waiting += [each for value in values.values() for each in _parts(value)]
        code = {name: _described(function.__code__) for name, function in functions.items()}
        plain = {name: config_of(value) for name, value in values.items() if isinstance(value, _PLAIN)}
        text = json.dumps([code, plain], sort_keys=True, default=str)
        found.append((f"{part.__module__}.{part.__qualname__}", text))
    return sha256(repr(sorted(found)).encode()).hexdigest()[:16] if found else ""


def _parts(value: object) -> Iterator[Part]:
    """Yield functions and classes that a value is made of; of an object its class, and its fields that are settings."""
    if isinstance(value, FunctionType | type):
        yield value
    elif isinstance(value, MethodType):
        yield from _parts(value.__func__)
        yield from _parts(value.__self__)
    elif isinstance(value, partial):
        yield from _parts((value.func, value.args, value.keywords))
    elif isinstance(value, Mapping):
        yield from _parts(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _parts(each)
    elif hasattr(value, "__wrapped__"):
        yield from _parts(value.__wrapped__)
    elif not isinstance(value, (*_PLAIN, ModuleType)):
        yield type(value)
        if dataclasses.is_dataclass(value):
            yield from _parts([getattr(value, each.name) for each in dataclasses.fields(value) if each.compare])


def _is_own(part: Part) -> bool:
    """Whether a part is neither the project's nor installed nor built in."""
    name = part.__module__ or ""
    if name == "__main__":  # a script's or a notebook's own, whatever program runs it
        return True
    if name.partition(".")[0] == _PROJECT or name in sys.builtin_module_names:
        return False
    return not (getattr(sys.modules.get(name), "__file__", None) or "").startswith(_INSTALLED)


def _functions(part: Part) -> Iterator[tuple[str, FunctionType]]:
    """Yield a function itself, or those of a class by name."""
    if isinstance(part, FunctionType):
        yield "", part
        return
    for name, value in vars(part).items():
        inner: tuple[Any, ...] = (getattr(value, "__func__", getattr(value, "__wrapped__", value)),)
        if isinstance(value, property):
            inner = (value.fget, value.fset)
        elif isinstance(value, cached_property):
            inner = (value.func,)
        yield from ((f"{name}.{at}", each) for at, each in enumerate(inner) if isinstance(each, FunctionType))


def _class_values(part: Part) -> dict[str, object]:
    if not isinstance(part, type):
        return {}
    return {name: value for name, value in vars(part).items() if not name.startswith("__") and not callable(value)}


def _read_by(function: FunctionType) -> dict[str, object]:
    """Return what a function reads from outside of it, by name: globals, attributes of modules, closures, defaults."""
    names = _names(function.__code__)
    read = {name: function.__globals__[name] for name in names if name in function.__globals__}
    for module in [value for value in read.values() if isinstance(value, ModuleType)]:
        read |= {f"{module.__name__}.{name}": vars(module)[name] for name in names if name in vars(module)}
    enclosed = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    read |= {f"closure {name}": cell.cell_contents for name, cell in enclosed if cell != CellType()}
    return read | {"defaults": (function.__defaults__, function.__kwdefaults__)}


def _names(code: CodeType) -> set[str]:
    """Names that code reads, and code within it."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return set(code.co_names).union(*map(_names, inner))


def _described(code: CodeType) -> list[object]:
    """Instructions, names and constants of code, without its place in a file; alike in every process."""
    constants = [_described(each) if isinstance(each, CodeType) else _constant(each) for each in code.co_consts]
    return [code.co_code.hex(), code.co_names, code.co_varnames, constants]


def _constant(value: object) -> str:
    # The order of a set of words differs from process to process.
    return repr(sorted(map(repr, value)) if isinstance(value, frozenset) else value)
