"""Names of relations that can be part of a file name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording

FILE_SAFE: Final = re.compile(r"[^\W_]+(?:[_-][^\W_]+)*")
"""A label or relation that can stand between two ``__`` in a file name."""

_UNSAFE: Final = re.compile(r"[\W_]+")


def upper_snake(names: Iterable[str]) -> dict[str, str]:
    """Map each name to UPPER_SNAKE (``film.person_or_entity`` → ``FILM_PERSON_OR_ENTITY``).

    Raises ``SourceError`` where two names become one, or nothing is left of one.
    """
    return _mapped(names, lambda name: _UNSAFE.sub("_", name).strip("_").upper())


def file_safe(names: Iterable[str]) -> dict[str, str]:
    """Map each name to itself, or to words joined by ``_`` where it could not be part of a file name."""
    return _mapped(names, lambda name: name if FILE_SAFE.fullmatch(name) else _UNSAFE.sub("_", name).strip("_"))


def _mapped(names: Iterable[str], change: Callable[[str], str]) -> dict[str, str]:
    changed: dict[str, str] = {}
    first: dict[str, str] = {}
    for name in names:
        new = change(name)
        if not new or first.setdefault(new, name) != name:
            taken = first.get(new, "")
            raise SourceError(
                Wording(
                    f"관계 {name!r}: 파일 이름으로 바꾸면 "
                    + (f"다른 관계와 같아집니다: {new!r}({taken!r})" if new else "남는 글자가 없습니다")
                    + ". 원본 파일에서 이름을 바꾸십시오",
                    f"relation {name!r} would be called {new!r} in a file name, which is "
                    f"{f'what {taken!r} is called' if new else 'nothing'}; rename it in the source file",
                )
            )
        changed[name] = new
    return changed
