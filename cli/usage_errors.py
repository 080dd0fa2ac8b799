"""What typer says of wrong usage, in Korean; it has no translations of its own."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from typing import Any, Final

_KOREAN: Final[Sequence[tuple[str, str]]] = (
    (r"^Try '(.+)' for help\.$", r"도움말: \1"),
    (r"^Error: ", "오류: "),
    (r"No such option: (\S+)", r"없는 옵션: \1"),
    (r" \(Possible options: (.+)\)$", r". 비슷한 옵션: \1"),
    (r"No such command '(.+?)'\.", r"없는 명령: \1."),
    (r"Did you mean (.+)\?$", r"비슷한 명령: \1"),
    (r"Missing command\.", "명령을 적으십시오"),
    (r"Missing argument '?(.+?)'?\.$", r"빠진 인자: \1"),
    (r"Missing option '?(.+?)'?\.$", r"빠진 옵션: \1"),
    (r"Got unexpected extra argument\(s\) \((.+)\)$", r"더 적힌 인자: \1"),
    (r"Option '(.+)' requires an argument\.$", r"값을 적어야 하는 옵션: \1"),
    (r"Option '(.+)' does not take a value\.$", r"값을 적지 않는 옵션: \1"),
    (r"Invalid value for '(.+?)': ", r"\1: 맞지 않는 값입니다. "),
    (r"Input should be greater than or equal to (\S+)$", r"\1 이상을 적으십시오"),
    (r"Input should be less than or equal to (\S+)$", r"\1 이하를 적으십시오"),
    (r"Input should be a valid integer.*$", "정수를 적으십시오"),
    (r"Input should be a valid number.*$", "수를 적으십시오"),
    (r"Value error, .+ is not one of (.+)\.$", r"다음 가운데 하나를 적으십시오: \1"),
)
"""Sentences of typer and of pydantic, which checks values for it, and their Korean."""


def say_usage_error(error: Any) -> None:
    """Print in Korean, on standard error, what typer prints of wrong usage in English.

    typer keeps the type of such errors to itself.
    """
    said = io.StringIO()
    error.show(said)
    sys.stderr.write(in_korean(said.getvalue()))


def in_korean(said: str) -> str:
    """Return lines of typer with the sentences that are known in Korean."""
    for english, korean in _KOREAN:
        said = re.sub(english, korean, said, flags=re.MULTILINE)
    return said
